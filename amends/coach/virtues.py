"""What a good answer has: the thirteen items of C7.1 and how the words show them. English; pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.coach.brief import Brief
from amends.coach.checks.apology import SORRY, real_apologies, says_sorry
from amends.coach.draft import Draft
from amends.coach.facts import facts_named, says_back
from amends.coach.review import Virtue
from amends.coach.signs import causes, courtesies, deeds, feelings, times


@dataclass(frozen=True)
class Item:
    """One item: its points, the short word for the row, the hint when it lacks, and its test."""

    code: str
    points: int
    word: Promise
    hint: Promise
    met: Callable[[Draft, Brief], bool]


@dataclass(frozen=True)
class Rubric:
    """The virtues that apply, and the points met of those that apply, as a percentage."""

    virtues: tuple[Virtue, ...]
    score: float


ONLY_IN_COMPLAINTS = frozenset(
    [
        "listening",
        "validates_feeling",
        "regret",
        "responsibility",
        "explanation",
        "repair",
        "when",
        "prevention",
        "I_will",
    ]
)
SAID_ONCE = frozenset(
    ["thanks_for_writing", "validates_feeling", "regret", "responsibility", "explanation", "prevention"]
)
"""What the first apology says and a later letter about the same failure need not repeat (C7.4)."""
NOT_IN_PUBLIC = frozenset(["thanks_for_writing", "validates_feeling", "prevention", "come_back"])


def rubric(draft: Draft, brief: Brief) -> Rubric:
    """Judge a draft by the items that apply to it; with none met the score is 0."""
    items = [item for item in ITEMS if applies(item.code, brief)]
    met = {item.code: item.met(draft, brief) for item in items}
    points = sum(item.points for item in items if met[item.code])
    virtues = tuple(
        Virtue(item.code, str(item.word), met[item.code], "" if met[item.code] else str(item.hint)) for item in items
    )
    return Rubric(virtues, 100 * points / sum(item.points for item in items))


def applies(code: str, brief: Brief) -> bool:
    """Whether an item counts here: in public, in a question, a second time, for a fault of others."""
    if brief.public and code in NOT_IN_PUBLIC:
        return False
    if not brief.complaint and code in ONLY_IN_COMPLAINTS:
        return False
    if brief.apologised_before and code in SAID_ONCE:
        return False
    return not (code in ("responsibility", "prevention") and brief.fault in ("customer", "nobody"))


def heaviest_missing(found: Rubric, most: int) -> list[Virtue]:
    """The virtues that lack and weigh most."""
    points = {item.code: item.points for item in ITEMS}
    lacking = [virtue for virtue in found.virtues if not virtue.met]
    return sorted(lacking, key=lambda virtue: -points[virtue.code])[:most]


def _thanks(draft: Draft, brief: Brief) -> bool:
    return draft.says(courtesies.THANKS)


def _by_name(draft: Draft, brief: Brief) -> bool:
    """The customer is greeted by name and a named person signs."""
    names = [name for name in brief.customer_name.lower().split() if len(name) > 1]
    opening = draft.plain[:90].lower()
    greeted = not names or any(re.search(rf"\b{re.escape(name)}\b", opening) for name in names)
    closing = draft.plain.rstrip()[-90:]
    signer = brief.agent_name.split()
    signed = brief.signed or (
        bool(re.search(rf"\b{re.escape(signer[0])}\b", closing))
        if signer
        else courtesies.SIGNATURE.search(closing) is not None
    )
    return greeted and signed


def _listening(draft: Draft, brief: Brief) -> bool:
    return len(facts_named(draft, brief)) >= 2


def _feeling(draft: Draft, brief: Brief) -> bool:
    """Names the feeling, or says the customer's lot back in words that see it."""
    if draft.says(feelings.FEELING, feelings.SET_PHRASE):
        return True
    return says_sorry(draft) and any(
        says_back(sentence, brief) and feelings.MIRRORS.search(sentence.text) for sentence in draft.body[:3]
    )


def _regret(draft: Draft, brief: Brief) -> bool:
    """A real sorry, for something: no "if", no "any", not the inconvenience."""
    return any(not courtesies.BARE_REGRET.search(sentence.text) for sentence in real_apologies(draft))


def _responsibility(draft: Draft, brief: Brief) -> bool:
    if brief.fault == "partner" and draft.says(courtesies.CHOSE_PARTNER):
        return True
    return draft.says(causes.OURS, causes.NOT_OURS) or _cause_told(draft)


def _explanation(draft: Draft, brief: Brief) -> bool:
    return draft.says(causes.CAUSE, causes.NO_CAUSE) or _cause_told(draft)


def _cause_told(draft: Draft) -> bool:
    """A past clause about us in which something went wrong; only beside a sorry, else it may be a defence."""
    signs = (causes.WE, causes.PAST, causes.WENT_WRONG)
    return says_sorry(draft) and any(all(sign.search(one.text) for sign in signs) for one in draft.body)


def _repair(draft: Draft, brief: Brief) -> bool:
    return draft.says(deeds.DEED, deeds.NO_DEED)


def _when(draft: Draft, brief: Brief) -> bool:
    if brief.promises:
        return True
    return any(
        times.BY_WHEN.search(one.text) and not times.PAST_ONLY.search(one.text) and not times.NOT_OURS.search(one.text)
        for one in draft.sentences
        if not one.text.endswith("?")
    )


def _prevention(draft: Draft, brief: Brief) -> bool:
    return draft.says(deeds.PREVENTS)


def _in_person(draft: Draft, brief: Brief) -> bool:
    return draft.says(deeds.I_DO)


def _door_open(draft: Draft, brief: Brief) -> bool:
    return draft.says(courtesies.DOOR)


LONGEST_AVERAGE = 20
HIGHEST_GRADE = 8
MOST_SORRY_SENTENCES = 2


def _plain(draft: Draft, brief: Brief) -> bool:
    """Reading grade, length of sentences, length of the apology (C7.1, 13)."""
    counted = [len(courtesies.WORD.findall(sentence.text)) for sentence in draft.body]
    counted = [count for count in counted if count]
    if not counted:
        return False
    text = " ".join(sentence.text for sentence in draft.body)
    syllables = sum(_syllables(word) for word in courtesies.WORD.findall(text))
    average = sum(counted) / len(counted)
    grade = 0.39 * average + 11.8 * syllables / sum(counted) - 15.59
    sorries = sum(SORRY.search(sentence.text) is not None for sentence in draft.body)
    return average <= LONGEST_AVERAGE and grade <= HIGHEST_GRADE and sorries <= MOST_SORRY_SENTENCES


def _syllables(word: str) -> int:
    """Vowel groups less a silent e; never none (Flesch and Kincaid count these)."""
    groups = len(courtesies.VOWELS.findall(word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1
    return max(1, groups - silent)


ITEMS = (
    Item("thanks_for_writing", 4, _("Thanks"), _("Thank them for telling us."), _thanks),
    Item("by_name", 6, _("Names"), _("Greet by name, and sign with yours."), _by_name),
    Item(
        "listening",
        10,
        _("What happened"),
        _("Name two things of what happened: the thing, the day."),
        _listening,
    ),
    Item("validates_feeling", 8, _("Their feelings"), _("Say that they are right to feel so."), _feeling),
    Item("regret", 8, _("Sorry"), _("Say sorry, for the thing itself."), _regret),
    Item("responsibility", 16, _("Ours"), _("Say that it was us: “that was our mistake”."), _responsibility),
    Item("explanation", 8, _("Why"), _("Say how it came about, or by when we know."), _explanation),
    Item("repair", 16, _("Put right"), _("Say what exactly is done now, and for whom."), _repair),
    Item("when", 8, _("By when"), _("Name the day and the hour."), _when),
    Item("prevention", 6, _("Not again"), _("Say what changes, so that it does not happen again."), _prevention),
    Item("I_will", 4, _("In person"), _("Say “I will”: one person takes it on."), _in_person),
    Item("come_back", 2, _("Door open"), _("Say how to reach you directly."), _door_open),
    Item("plain_short", 4, _("Plain"), _("Shorter sentences, simpler words."), _plain),
)
