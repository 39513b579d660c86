"""Whether what words say has happened: expected, asked for, denied (C6). Pure."""

from __future__ import annotations

from typing import Literal

from amends.triage.reader.labels import LABELS
from amends.triage.reader.patterns import Found
from amends.triage.reader.tokens import Tokens

Time = Literal["happened", "expected", "hypothetical", "intended", "denied"]

NEGATIONS = frozenset(
    "not n't never no none nobody nor neither without hardly barely cannot noone zero nothing"
    " kein keine keinen nicht nie ohne pas jamais sans aucun aucune no nunca sin ni non mai senza niet geen nooit zonder".split()
)
BREAKS = frozenset(
    (",", ";", ":", "but", "–", "—", "and", "so", "yet", "because", "aber", "mais", "pero", "ma", "maar")
)
EXPECTED = frozenset(
    "expected expecting expect expects braced bracing brace dreaded dreading feared fearing fear afraid worried thought"
    " imagined imagine suppose supposing prepared anticipated anticipating used erwartet erwartete befürchtet befürchtete".split()
)
CONDITION = frozenset("if unless would could might wenn falls würde si".split())
WANTED = frozenset(
    "want wants wanted need needs please demand demanding request requested requesting hope hoping hopefully wish"
    " waiting wait expecting deserve when can could will how should must bitte möchte will quiero".split()
)
RATHER = frozenset(("rather", "instead", "without", "spared", "avoid", "avoided", "statt", "anstatt"))
ASKING = frozenset(
    "do does did can could is are will would has have any how what when where which who may should anyone anybody".split()
)
REFUSALS = ("refus", "declin", "weiger", "verweiger", "nieg", "rifiut")
AIMS = frozenset("get have receive give see find speak talk reach".split())
BACK = 7


def time_of(tokens: Tokens, found: Found, sentence: tuple[int, int]) -> Time:
    """Whether it happened, as far as the words before it in its sentence tell."""
    label = LABELS[found.label]
    before = tokens.words[max(sentence[0], found.first - BACK) : found.first]
    near = _since_break(before)
    if not found.pattern.denies and not NEGATIONS.isdisjoint(near[-3:]):
        return "denied"
    if label.polarity == "-" and not RATHER.isdisjoint(near[-4:]) and not found.pattern.denies:
        return "denied"
    if not EXPECTED.isdisjoint(before[-5:]) and not found.pattern.denies:
        return "expected"  # "I expected an answer and got none": what the pattern itself denies did not come
    if before[-2:] == ("sounds", "like"):
        return "intended"
    if before[-1:] == ("next",) or before[:2] == ("give", "up"):
        return "expected"
    if label.polarity == "+" and before[-1:] == ("to",) and tokens.words[found.first] in AIMS:
        return "intended"
    if label.polarity == "+" and any(word.startswith(REFUSALS) for word in near[-5:]):
        return "intended"
    if label.polarity == "+" and label.clue:
        if not CONDITION.isdisjoint(near) and tokens.words[found.first] not in NEGATIONS:
            return "hypothetical"
        if not WANTED.isdisjoint(near[-5:]) or _asks_for(tokens, sentence):
            return "intended"
    concedes = before[-2:] == (",", "if")  # "smiling, if an hour late"
    if label.polarity == "-" and label.clue and not concedes and not {"if", "unless"}.isdisjoint(near):
        return "hypothetical"
    return "happened"


def _since_break(before: tuple[str, ...]) -> tuple[str, ...]:
    for at in range(len(before) - 1, -1, -1):
        if before[at] in BREAKS:
            return before[at + 1 :]
    return before


def _asks_for(tokens: Tokens, sentence: tuple[int, int]) -> bool:
    """Whether a sentence asks for what it names; another question ("You call that fast?") may tell of it."""
    return is_question(tokens, sentence) and not ASKING.isdisjoint(tokens.words[slice(*sentence)][:3])


def is_question(tokens: Tokens, sentence: tuple[int, int]) -> bool:
    """Whether a sentence asks."""
    return "?" in tokens.words[slice(*sentence)][-2:]
