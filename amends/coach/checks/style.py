"""Plain words from one person to another: no templates, no officialese, no hiding (C7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.coach.brief import Brief
from amends.coach.checks.rule import Rule, apply
from amends.coach.draft import MOST_NOTES, Draft
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.signs.deeds import NO_ANSWER
from amends.coach.signs.templates import TEMPLATE
from amends.coach.words import words


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note about style."""
    yield from apply(RULES, draft, brief)
    yield from _number_first(draft)
    yield from _gaps(draft)
    yield from _policy(draft, brief)


RULES = (
    Rule(
        "TEMPLATE",
        TEMPLATE,
        gettext_lazy("“%(words)s” could answer anybody"),
        complaints=False,
    ),
    Rule(
        "LEGALESE",
        words(
            r"without (?:any )?(?:prejudice|admission|obligation|acknowledg\w+ (?:of )?(?:any )?(?:legal"
            r"|liability))",
            r"(?:no|any|accept|admission of|deny|exclude|limit) (?:legal )?liability\b",
            r"legal(?:ly)? (?:obligation|entitle\w*|binding|claim|oblig\w+|required|position)",
            r"(?:reserve|waive) (?:the|our|all|your) rights?\b",
            r"(?:force majeure|full and final settlement|ex gratia)\b",
        ),
        gettext_lazy("“%(words)s” speaks to a court"),
    ),
)

_NUMBER_FIRST = re.compile(
    r"^\s*(?:\[?#?\w{0,6}-?\d{3,}\]?|(?:your |our )?(?:ticket|case|reference|request"
    r"|ref)\b[^a-z\n]{0,6}(?:number|no|id)?[^a-z\n]{0,4}[\w-]*\d{3,})",
    re.IGNORECASE,
)
_POLICY = words(
    r"(?:our|company|store|shop|house|hotel|airline|the) (?:\w+ )?polic(?:y|ies)\b",
    r"(?:terms (?:and|&) conditions|terms of (?:service|use|business)|(?:the|our|these) terms\b|t&cs?)",
    r"(?:we|i)(?:'re| are|'m| am) (?:unable|not able|not allowed|not permitted|not authori[sz]ed"
    r"|not in a position) to\b",
    r"(?:we|i) (?:cannot|can't|can not|may not) (?!apologi|thank|imagine|undo|believe|stress|say sorry"
    r"|change what|turn back|excuse|wait|be sorry"
    r"|have been|ask you)\w+",
    r"(?:is|are|it's) (?:against|not covered by|excluded (?:by|from)|outside) (?:our|the)\b",
    r"(?:the|our) (?:rules|regulations|guidelines|system) (?:do(?:es)? not|don't|doesn't|won't"
    r"|will not) (?:allow|permit|let)",
)
_WAY_OUT = words(
    r"(?:but|however|instead|what (?:i|we) can|so (?:i|we))\b.{0,80}",
    r"(?:i|we)(?:'ll| will| can|'ve| have)\b(?! (?:not|never))",
    r"(?:i'm|we're|i am|we are) \w+ing\b",
    r"you (?:get|will (?:get|have|receive)|can have)\b",
)


def _number_first(draft: Draft) -> Iterator[Note]:
    match = _NUMBER_FIRST.match(draft.plain)
    if match is not None:
        title = _("A number stands before the greeting")
        yield note("TEMPLATE", match.span(), title, _("Begin with the name."), replacement="")


_GAP = re.compile(
    r"\b(?:the|an?|we|you|i|it|that|by|for|at|on|of|will|your|since|wrong|every|waiting for|cost you your)\s(?P<gap>…)"
    r"|(?P<before>…)\s(?:o'clock|days?|hours?)\b",
    re.IGNORECASE,
)


def _gaps(draft: Draft) -> Iterator[Note]:
    """A place of a saved answer in which nobody has written anything yet."""
    for found in islice(_GAP.finditer(draft.plain), MOST_NOTES):
        place = found.span("gap") if found["gap"] else found.span("before")
        yield note("GAP", place, _("Here is still a gap"))


def _policy(draft: Draft, brief: Brief) -> Iterator[Note]:
    """A rule or a "cannot" is fair when the next words say what can be done."""
    for found in draft.find(_POLICY) if brief.complaint else ():
        rest = found.sentence.text[found.match.end() :] + " " + draft.after(found.sentence)
        if not _WAY_OUT.search(rest):
            title = _("“%(words)s” closes the door") % {"words": found.words}
            yield note("POLICY", found.span, title)


def set_phrases(draft: Draft, brief: Brief, found: Sequence[Note]) -> Iterator[Note]:
    """A whole reply of phrases that could stand anywhere: nothing in it is for this customer (A209).

    In public it needs no worn phrase to be one: thanks and a sorry alone do not show that somebody has read.
    """
    if not draft.body or not (brief.public or any(note.code == "TEMPLATE" for note in found)):
        return
    empty = (_EMPTY, TEMPLATE, NO_ANSWER)
    said = [one for one in draft.body if not any(sign.search(one.text) for sign in empty)]
    if not any(len(one.text.split()) >= LEAST_SAID for one in said):
        title = _("Nothing in this is for this customer")
        yield note("SET_PHRASES", (0, len(draft.text.rstrip())), title)


LEAST_SAID = 3
_EMPTY = words(
    r"thank",
    r"we understand\b",
    r"unfortunately\b",
    r"(?:soon|shortly|as quickly as)\b",
    r"please\b",
    r"(?:sorry|apologi[sz]e|regret)\b",
)
