"""The words of a promise and what it is a promise of (SL7; C4.1). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from amends.clock.acts import LOOK_BACK, Act, speaks
from amends.clock.spoken import SpokenTime
from amends.clock.tongues import Acting, Kind, Kinds
from amends.kit.sentences import Sentence

MOST_WORDS = 9
"""Words of an act that still make a short line."""

Time = SpokenTime | bool
"""When, or, without a time, whether vague words stand there."""


@dataclass(frozen=True)
class FoundPromise:
    """A promise found in a draft.

    `act` is verb and object in the writer's words ("ring you"), `due` an aware moment in UTC, `words` exactly what
    stands at `text[start:end]` (code points). Without a time that binds `due` is None; `vague` says that words like
    "soon" stand in its place (C4.2): who, and by when?
    """

    act: str
    due: datetime | None
    words: str
    start: int
    end: int
    kind: Kind
    vague: bool = False


def promise_of(text: str, sentence: Sentence, act: Act, time: Time, ahead: int, acting: Acting) -> FoundPromise:
    """The act with its time as it stands in `text`; it may reach to `ahead` in the sentence."""
    words = sentence.text
    if isinstance(time, bool):
        first, last = act.start, min(stop(words, act.end, acting), ahead)
        plain, due = words[act.verb : last], None
    else:
        ends, due = min(stop(words, max(act.end, time.end), acting), max(ahead, time.end)), time.due
        first, last = min(act.start, time.start), ends
        plain = words[act.verb : ends]
        if time.start >= act.end and not acting.verb_last:
            plain, last = _until(words, act, time, acting), time.end
        elif time.start >= act.verb:
            plain = words[act.verb : time.start].rstrip(" ,") + words[time.end : ends]
    last = first + len(words[first:last].rstrip(" .,!-–"))
    start, end = sentence.start + first, sentence.start + last
    kind = _kind(words, act, (first, last), ahead, acting)
    return FoundPromise(_short(plain, act, acting), due, text[start:end], start, end, kind, time is True)


def _kind(words: str, act: Act, span: tuple[int, int], ahead: int, acting: Acting) -> Kind:
    """What is promised: what tells it for sure, nearest first, else what makes it likely."""
    first, last = span
    if so_that_never(words[:first], acting) or prevents(words[act.start : max(ahead, last)], acting):
        return "prevent"
    clause = _clause(words, first, acting)
    pledged = _pledged(words, min(clause, act.start), act.end, acting)
    own = words[max(act.start, pledged) : min(max(stop(words, last, acting), last), max(ahead, last))]
    whole = own if pledged else words[clause:last]
    before = words[:last] if _names_nobody_anew(words, act, acting) else ""
    for table in (acting.kinds, *((hint,) for hint in acting.hints)):
        kind = _first_of(own, table)
        kind = _first_of(words[first:last], table) if kind == "other" else kind
        said = kind if whole == own else _first_of(whole, table)
        kind = said if kind == "other" or said in RANKED or (acting.verb_last and said != "other") else kind
        kind = _first_of(before, table if table[0][0] != "send" else ()) if kind == "other" else kind
        if kind != "other":
            return kind
    return "other"


def _pledged(words: str, begins: int, ends: int, acting: Acting) -> int:
    """Where what is promised begins, after "I confirm that"; 0 when nobody says so."""
    pledge = acting.pledges.search(words, begins, ends + LONGEST_PLEDGE)
    that = _THAT.search(words, pledge.end(), pledge.end() + LONGEST_PLEDGE) if pledge else None
    return that.end() if that else 0


LONGEST_PLEDGE = 40
"""Characters between a verb and its pledge, and between that and "that"."""
_THAT = re.compile(r"(?<!\w)(?:that|dass|que |qu')", re.IGNORECASE)


def _names_nobody_anew(words: str, act: Act, acting: Acting) -> bool:
    """Whether who or what acts was named before: "The refund is authorised and will show by Friday", "… he'll come"."""
    if acting.again.fullmatch(words[: act.start].rstrip().rpartition(" ")[2]):
        return True  # "the refund, which you'll have by Friday"
    bare = act.start == act.verb and " " not in words[act.start : act.end].strip()
    again = bare or acting.again.match(words, act.start) is not None
    return again and act.start > 0 and not speaks(words, act.start, acting)


def _clause(words: str, at: int, acting: Acting) -> int:
    """Where the clause of a place begins, for its object may come first ("Die Gutschrift senden wir …")."""
    return max((found.end() for found in acting.clause.finditer(words, max(0, at - LOOK_BACK), at)), default=0)


def so_that_never(before: str, acting: Acting) -> bool:
    """Whether a clause that leads to the act says "so that it does not happen again"."""
    clause = before.rstrip(" ,").rpartition(",")[2] if before.rstrip().endswith(",") else ""
    return prevents(clause, acting)


def before_never(words: str, acting: Acting) -> str:
    """Of "we make sure that it is not forgotten again" what stands before "that": its "not" refuses nothing."""
    that = _THAT.search(words) if prevents(words, acting) else None
    return words[: that.start()] if that else words


def _until(words: str, act: Act, time: SpokenTime, acting: Acting) -> str:
    """The words up to the time; a bare verb takes what follows it ("send tomorrow your new lid")."""
    plain, rest = words[act.verb : time.start], words[time.end : stop(words, time.end, acting)]
    bare = len(plain.split()) == 1 and not re.match(r" to (?!you\b)", rest)
    return plain + rest.lstrip() if bare else plain


def stop(words: str, after: int, acting: Acting) -> int:
    """Where the clause after a place ends."""
    found = acting.breaks.search(words, after)
    return found.start() if found else len(words)


_NAMES_NOBODY = re.compile(r"(?:The|Your|A|An|My|Our|It|You|This|He|She|They|That|Expect)\b")
_WE = re.compile(r"^(?:ich|wir|je|nous|j')\s?(?:werden?\s|vais\s|allons\s)?|(?<=\w) (?:ich|wir)\b", re.IGNORECASE)


def _short(plain: str, act: Act, acting: Acting) -> str:
    if acting.verb_last:
        plain = _WE.sub("", plain.strip())
    verb_ends = 0 if acting.verb_last else act.end - act.verb
    words = plain[: stop(plain, verb_ends, acting)].split()[:MOST_WORDS]
    short = re.sub(r"^(you)(?:'ll| will| shall)", r"\1", " ".join(words), flags=re.IGNORECASE)
    short = acting.drops.sub("", short.strip(" .,!"))
    return short[:1].lower() + short[1:] if _NAMES_NOBODY.match(short) else short.strip(" .,!")


RANKED: tuple[Kind, ...] = ("prevent", "partner", "refund")
"""Kinds that win whatever else is said."""


def prevents(words: str, acting: Acting) -> bool:
    """Whether these words say that it does not happen again; that wins whatever else they say."""
    return acting.kinds[0][1].search(words) is not None


def kind_of(words: str, acting: Acting) -> Kind:
    """What is promised by these words: a ranked kind, else what the first telling word says, else what is likeliest."""
    kind = _first_of(words, acting.kinds)
    likely = next((hint for hint, said in acting.hints if said.search(words)), kind)
    return likely if kind == "other" else kind


def sure_kind_of(words: str, acting: Acting) -> Kind:
    """What these words tell for sure; "other" when it is only likely."""
    return _first_of(words, acting.kinds)


def _first_of(words: str, table: Kinds) -> Kind:
    first: Kind = "other"
    at = len(words) + 1
    for kind, said in table:
        match = said.search(words)
        if match and kind in RANKED:
            return kind
        if match and match.start() < at:
            first, at = kind, match.start()
    return first
