"""Which skills a case asks for, by the rules of the house (RO1, RO3). Pure.

A rule names words, a channel, a language, a brand, how grave it is, what the reader says that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amends.kit import folding


@dataclass(frozen=True)
class Rule:
    """What it asks for, and when: all that is set must hold, of the words any one. `brand_id` None: every brand.

    `topic`: what the reader says that it is about (`reader.topic`); `severity`: 1 to 5, it or a graver one; 0 is any.
    """

    skill: str
    words: tuple[str, ...] = ()
    channel: str = ""
    language: str = ""
    brand_id: int | None = None
    topic: str = ""
    severity: int = 0


@dataclass(frozen=True)
class Heard:
    """What a case began with: its words (title, first letter, order or unit, cause), and by which channel.

    `topic` is empty while no letter of it is read; `severity` is how grave it is judged by now.
    """

    text: str
    channel: str = ""
    language: str = ""
    brand_id: int | None = None
    topic: str = ""
    severity: int = 3


@dataclass(frozen=True)
class Asked:
    """A skill that is asked for, and what of the rule asked: a word, a topic, a severity (or a graver one).

    All are empty where the channel or the language did.
    """

    skill: str
    word: str = ""
    topic: str = ""
    severity: int = 0

    @property
    def by_reading_or_judging(self) -> bool:
        """Whether it is asked for by what nobody knows yet when a case begins."""
        return bool(self.topic or self.severity)


def asked_for(heard: Heard, rules: Iterable[Rule]) -> tuple[Asked, ...]:
    """Each skill once, by the first of the rules that asks for it."""
    text = folding.searched(heard.text)
    found: dict[str, Asked] = {}
    for rule in rules:
        if rule.skill not in found and _fits(rule, heard):
            word = next((word for word in rule.words if _stands_in(word, text)), "")
            if word or not rule.words:
                found[rule.skill] = Asked(rule.skill, word, rule.topic, rule.severity)
    return tuple(found.values())


def _fits(rule: Rule, heard: Heard) -> bool:
    wanted = (
        (rule.channel, heard.channel),
        (rule.language, heard.language),
        (rule.brand_id, heard.brand_id),
        (rule.topic, heard.topic),
    )
    return heard.severity >= rule.severity and all(not asked or asked == it for asked, it in wanted)


def _stands_in(word: str, text: str) -> bool:
    """From the beginning of a word: "repair" finds repairs. Where a script writes no gaps, anywhere."""
    asked = folding.searched(word)
    return bool(asked) and (f" {asked}" in f" {text}" or (asked >= "\u2e80" and asked in text))
