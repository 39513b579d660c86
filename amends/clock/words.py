"""Promises in an agent's own words (SL7; model C0.3, C4). English; pure.

A promise is an act of ours ("I'll ring you", "the courier collects it", "you will have it") with a time
that binds. What we did, what the customer may do, opening hours and questions promise nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from amends.clock.acts import Act, acts, under_condition
from amends.clock.hours import Calendar
from amends.clock.spoken import Moment, SpokenTime, spoken_times
from amends.kit.sentences import Sentence, sentences

Kind = Literal["callback", "send", "refund", "tell", "other"]


@dataclass(frozen=True)
class FoundPromise:
    """A promise found in a draft.

    `act` is verb and object in the writer's words ("ring you"), `due` an aware moment, `words` exactly
    what stands at `text[start:end]`.
    """

    act: str
    due: datetime
    words: str
    start: int
    end: int
    kind: Kind


def find_promises(text: str, now: datetime, tz: ZoneInfo, hours: Calendar) -> tuple[FoundPromise, ...]:
    """The promises in `text` as said at `now` by somebody whose clocks show `tz`, in reading order.

    `hours` say when "today" and "tomorrow" end. A time that has passed, or no time at all ("soon"), is
    no promise (C0.3). Quoted lines (">") are not ours.
    """
    moment = Moment(now, tz, hours)
    found: list[FoundPromise] = []
    for sentence in sentences(text):
        if sentence.text.startswith(">") or sentence.text.endswith("?"):
            continue
        for act, time in _acts_with_times(sentence.text, moment):
            found.append(_promise(text, sentence, act, time))
            moment = replace(moment, day=time.day or moment.day)
    return tuple(found)


MOST_WORDS = 9
"""Words of an act that still make a short line."""

_BREAK = re.compile(r"[,;:()]|[.!]$| [-–—] |\b(?:and|but|so|because|when|if|once|which|who|unless|or)\b", re.I)
_NAMES_NOBODY = re.compile(r"(?:The|Your|A|An|My|Our|It|You|This|He|She|They|That|Expect)\b")
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "refund",
        re.compile(
            r"\b(?:refund\w*|reimburs\w+|money|pay\b.{0,80}\bback|credit\w*|repay\w*|fare|fee"
            r"|go(?:es)? back to you)\b",
            re.I,
        ),
    ),
    ("callback", re.compile(r"\b(?:ring|call|phone)(?:s|ing)?\b", re.I)),
    (
        "tell",
        re.compile(
            r"\b(?:writ(?:e|es|ing)|tell|know|update|inform|hear|e?mail|text|confirm|answer|reply|report"
            r"|told|keep you"
            r"|(?:get|come|be) back (?:to|with) you|find out)\b",
            re.I,
        ),
    ),
    (
        "send",
        re.compile(
            r"\b(?:(?:re)?send\w*|ship\w*|post\w*|dispatch\w*|deliver\w*|bring\w*|arriv\w+|leav\w+"
            r"|collect\w*|courier"
            r"|parcel|replacement|reach\w*|with you|you (?:have|get|receive)|at your|goes out|go out"
            r"|come|comes|coming"
            r"|being sent)\b",
            re.I,
        ),
    ),
)


def _acts_with_times(text: str, moment: Moment) -> Iterator[tuple[Act, SpokenTime]]:
    """Each act with its time. The last act chooses first: a time between two acts may open the second."""
    found = acts(text)
    times = list(spoken_times(text, moment)) if found else []
    pairs: list[tuple[Act, SpokenTime]] = []
    ahead = len(text)
    for act in reversed(found):
        time = _time_after(text, act, ahead, times) or _time_before(text, act, times)
        if time is not None:
            times.remove(time)
            pairs.append((act, time))
        ahead = act.start
    return reversed(pairs)


def _time_after(text: str, act: Act, ahead: int, times: list[SpokenTime]) -> SpokenTime | None:
    for time in times:
        if act.end <= time.start < ahead and not under_condition(text, time.start, act.end):
            return time
    return None


def _time_before(text: str, act: Act, times: list[SpokenTime]) -> SpokenTime | None:
    """A time that opens the clause: "Tomorrow I will …", "… and by five I will …"."""
    for time in times:
        opens = re.search(r"(?:^|[,;:]|\b(?:and|but|then|so))\s*$", text[: time.start], re.IGNORECASE)
        if opens and time.end <= act.start and not text[time.end : act.start].strip(" ,"):
            return time
    return None


def _promise(text: str, sentence: Sentence, act: Act, time: SpokenTime) -> FoundPromise:
    words = sentence.text
    stop = _stop(words, max(act.end, time.end))
    if time.start >= act.end:
        plain, last = _until(words, act, time), time.end
    else:
        plain, last = words[act.verb : stop], stop
    first = min(act.start, time.start)
    last = first + len(words[first:last].rstrip(" .,!"))
    start, end = sentence.start + first, sentence.start + last
    short = _short(plain, act.end - act.verb)
    return FoundPromise(short, time.due, text[start:end], start, end, _kind(short))


def _until(words: str, act: Act, time: SpokenTime) -> str:
    """The words up to the time; a bare verb takes what follows it ("send tomorrow your new lid")."""
    plain, rest = words[act.verb : time.start], words[time.end : _stop(words, time.end)]
    bare = len(plain.split()) == 1 and not re.match(r" to (?!you\b)", rest)
    return plain + rest.lstrip() if bare else plain


def _stop(words: str, after: int) -> int:
    stop = _BREAK.search(words, after)
    return stop.start() if stop else len(words)


def _short(plain: str, verb_ends: int) -> str:
    words = plain[: _stop(plain, verb_ends)].split()[:MOST_WORDS]
    short = re.sub(r"^(you)(?:'ll| will| shall)", r"\1", " ".join(words), flags=re.IGNORECASE)
    short = re.sub(r" (?:first thing|at the latest)$", "", short.strip(" .,!"))
    return short[:1].lower() + short[1:] if _NAMES_NOBODY.match(short) else short


def _kind(act: str) -> Kind:
    """Money first; else what the first telling word says."""
    matches = {kind: match.start() for kind, words in _KINDS if (match := words.search(act))}
    if "refund" in matches:
        return "refund"
    return min(matches, key=lambda kind: matches[kind], default="other")
