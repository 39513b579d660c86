"""Promises in an agent's own words (SL7; model C0.3, C4). English, German and French; pure.

A promise is an act of ours ("I'll ring you", "der Kurier holt es ab", "vous l'aurez"), best with a time that binds.
What we did, what depends on the customer, opening hours, questions and others' words promise nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, timedelta

from amends.clock.acts import Act, acts, depends, under_condition
from amends.clock.phrasing import (
    FoundPromise,
    Time,
    before_never,
    kind_of,
    prevents,
    promise_of,
    so_that_never,
    stop,
    sure_kind_of,
)
from amends.clock.quoted import own_sentences
from amends.clock.spoken import Moment, SpokenTime, spoken_times
from amends.clock.tongues import TONGUES, Acting, Tongue, tongue
from amends.clock.tongues.patterns import plain

__all__ = ["FoundPromise", "find_promises"]

LONGEST = 1_000
"""Characters of a sentence that are looked at: nobody reads a longer one, and its end is not said to anybody."""


def find_promises(text: str, moment: Moment, language: str = "en") -> tuple[FoundPromise, ...]:
    """The promises in `text` as said at that moment, in reading order; none in a language that is not known.

    What is said without a time ("we refund you") is left out where its time follows ("the money is there on Friday").
    A time that has passed is no promise. Quoted lines (">"), what stands in quotation marks, and what follows
    "Original Message" are not ours.
    """
    if language not in TONGUES:
        return ()
    spoken = tongue(language)
    moment = replace(moment, now=moment.now.astimezone(UTC))
    found: list[tuple[FoundPromise, str]] = []
    lower = plain(text.lower())
    refers = any(that_day in lower for that_day in spoken.times.beside)
    for sentence in own_sentences(text):
        words = sentence.text[:LONGEST]
        said = moment
        for act, time, ahead in _acts_with_times(words, said, spoken):
            if isinstance(time, SpokenTime):
                moment = replace(moment, day=time.day or moment.day, named=time.day or moment.named)
            if time is False and not found and _THEREUPON.match(words):
                continue  # "Send us the form. Then we refund you."
            found.append((promise_of(text, sentence, act, time, ahead, spoken.acting), act.how))
        if refers and moment is said:
            named = [time.named for time in spoken_times(words, said, spoken.times) if time.named]
            moment = replace(moment, named=named[-1]) if named else moment
    return tuple(one for number, (one, how) in enumerate(found) if not _said_later(one, how, found[number + 1 :]))


_THEREUPON = re.compile(
    r"(?:danach|dann|anschließend|daraufhin|im anschluss|(?:and )?then|after that|afterwards|ensuite|puis)\b",
    re.IGNORECASE,
)
"""After what somebody else must do first, as long as nothing was promised before."""


def _said_later(one: FoundPromise, how: str, later: Sequence[tuple[FoundPromise, str]]) -> bool:
    """Whether a time follows for what has none: "Wir senden ihn Ihnen zu, er kommt am Freitag"."""
    open_ended = one.due is None and not one.vague
    return open_ended and any(after.due and (how == "does" or after.kind == one.kind) for after, _how in later)


def _acts_with_times(text: str, moment: Moment, spoken: Tongue) -> Iterator[tuple[Act, Time, int]]:
    """Each act with its time and where the next begins.

    The last act chooses first: a time between two acts may open the second.
    """
    acting = spoken.acting
    text = _asked(_DASH.sub(" – ", text))
    greeted = _GREETING.match(text)
    asked = acting.asks.match(text, greeted.end() if greeted else 0)
    if not text or asked or acting.general.search(text):
        return
    found = acts(text, acting)
    never = prevents(text, acting)
    times = _times(text, moment, spoken) if found or never else []
    if found and not never and _is_rule(text, times, acting):
        return
    pairs: list[tuple[Act, Time, int]] = []
    ahead, timed_after = len(text), False
    for number, act in reversed(list(enumerate(found))):
        before = found[number - 1].end if number else 0
        when: Time | None = _when(text, act, found[:number], ahead, times, acting)
        if not isinstance(when, SpokenTime):
            stale = any(before <= time.start < ahead for time in times)
            when = None if timed_after or stale else _untimed(text, act, ahead, acting, before)
        else:
            times = [time for time in times if time.end <= when.start or when.end <= time.start]
        if when is not None:
            pairs.append((act, when, ahead))
            ahead = min(act.start, when.start) if isinstance(when, SpokenTime) else act.start
        elif not _joined(text, act, ahead, times):
            ahead = act.start
        timed_after = act.follows and when is not None
    yield from reversed(pairs)
    if not pairs and never:
        yield from _prevention(text, times, found, acting)


def _times(text: str, moment: Moment, spoken: Tongue) -> list[SpokenTime]:
    """The times in a sentence; what is done "from now on" at an hour has its day, not a time."""
    times = list(spoken_times(text, moment, spoken.times))
    return [time for time in times if time.day] if spoken.acting.henceforth.search(text) else times


def _is_rule(text: str, times: list[SpokenTime], acting: Acting) -> bool:
    """Whether it says what is done for all and names no day: "Refunds are made within 14 days"."""
    if any(time.day for time in times) or acting.to_you.search(text):
        return False
    return acting.of_all.search(text) is not None


def _joined(text: str, act: Act, ahead: int, times: list[SpokenTime]) -> bool:
    """Whether somebody does it at the time of their act before: "On Friday she comes and fits it"."""
    own = any(act.start <= time.start < ahead for time in times)
    return act.how == "another" and not own and _AND_ALSO.search(text, max(0, act.start - 5), act.start) is not None


_AND_ALSO = re.compile(r"\b(?:and|und|et) $", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day)|sehr geehrte[rs]?|lieber?|hallo|moin|servus"
    r"|guten? (?:tag|morgen|abend)|bonjour|bonsoir|salut|coucou|ch(?:er|ère)s?|madame|monsieur)\b[^,;:.!?]{0,40}[,!] ",
    re.IGNORECASE,
)
_DASH = re.compile(r" [-—] ")
"""A dash as it is typed."""


def _prevention(
    text: str, times: Sequence[SpokenTime], found: list[Act], acting: Acting
) -> Iterator[tuple[Act, Time, int]]:
    """What we change, from a day or from now on, "so that it does not happen again" is promised in whatever words."""
    said: list[tuple[int, int, Time]] = [(one.start, one.end, one) for one in times if one.due is not None]
    said += [(act.start, act.end, False) for act in found if act.how in ("will", "does")]
    never = acting.kinds[0][1].search(text)
    inside = range(*never.span()) if never else range(0)
    said += [(*now.span(), False) for now in acting.henceforth.finditer(text) if now.start() not in inside]
    for start, end, time in said:
        if not (depends(text, start, acting) or under_condition(text, start, acting)):
            yield Act(start, start, end, "another"), time, len(text)
            return


def _asked(text: str) -> str:
    """Of a question what is said before it is asked: "I'll ring you on Tuesday, is that all right?"."""
    if not text.endswith("?"):
        return text
    all_right = _ALL_RIGHT.search(text)
    if all_right:
        return text[: all_right.start()]
    stops = list(_STOP.finditer(text))
    said = text[: stops[-1].start()] if stops else text[:-1]
    return said if _SAYS.match(said) else ""


_STOP = re.compile(r"[,;:](?=\s)| – ")
_SAYS = re.compile(
    r"(?:(?:i|we)(?:'ll| will| shall)|will|let me) (?!we\b|i\b|you\b|it\b|the\b|my\b|your\b|that\b|this\b|there\b)"
    r"|(?:ich|wir) \w|(?:je|nous) ",
    re.IGNORECASE,
)
_ALL_RIGHT = re.compile(
    r"(?:,| –)? (?:(?:if|wenn|falls|si) (?:that|this|it|das|dir|ihnen|es|ça|cela|c')['a-z ]{0,12}\b"
    r"(?:ok|okay|alright|all right|fine|good|works?|suits?|recht|passt|in ordnung|convient|va|bon)\b[^.,;]{0,20}"
    r"|(?<=, )(?:ok|okay|alright|all right|passt (?:das|es)|geht das|in ordnung|einverstanden|recht so"
    r"|(?:ça|cela) (?:te|vous) (?:va|convient)|d'accord)\b[^.,;]{0,20})\?$",
    re.IGNORECASE,
)
"""Asks whether the time that is said suits: "Will call you at 5 if that's ok?"."""


def _when(
    text: str, act: Act, earlier: list[Act], ahead: int, times: list[SpokenTime], acting: Acting
) -> SpokenTime | bool:
    """The act's time; False when there is none."""
    before = earlier[-1].end if earlier else 0
    own = text[act.start : ahead]
    never = prevents(own, acting) or so_that_never(text[: act.start], acting)
    pledges = acting.pledges.search(text, act.start, min(ahead, act.end + 40)) is not None
    spoken_of = _spoken_of(text, act, earlier, times, acting)
    for time in [*_inside(text, act, ahead, times), *_opening(text, act, before, times, acting), *spoken_of]:
        if time.due is None or (time.since and not never and time not in spoken_of):
            continue
        told = acting.wonders.search(own) is not None and acting.deadline.match(text, time.start) is not None
        under = time.start >= act.end and under_condition(text, time.start, acting, act.end)
        if under and not (pledges or told):
            continue
        if _refused(text, act, time, ahead, acting) or not _holds(text, act, time, ahead, acting):
            continue
        return _with_its_hour(text, act, time, ahead, times, acting)
    return False


def _with_its_hour(
    text: str, act: Act, time: SpokenTime, ahead: int, times: list[SpokenTime], acting: Acting
) -> SpokenTime:
    """Of a day that is named alone the hour may follow: "on Monday, arriving between 8 and 9", "am Montag ruft sie um 8"."""
    for later in times:
        if (
            later.due
            and later.start >= time.end
            and (
                _EXACTLY.fullmatch(text[time.end : later.start])
                or (acting.binds.search(text, later.start, later.end) and _ALSO.fullmatch(text[time.end : later.start]))
            )
        ):
            return replace(later, start=time.start)
        if time.whole_day and later.due and not later.day and time.end < later.start < ahead and time.due:
            between = text[time.end : later.start]
            same_day = timedelta(0) < time.due - later.due < timedelta(days=1)
            around = time.end <= act.end <= later.start and not _BREAKS.search(between)
            more = around or _MORE.match(between)
            return replace(later, start=time.start, day=time.day) if same_day and more else time
    return time


_ALSO = re.compile(
    r"(?: (?:once|when|after|as soon as|sobald|wenn|nachdem|dès que|quand|une fois)\b[^,;]{3,60},)?(?: \w{1,12}){0,2},? ?",
    re.IGNORECASE,
)
"""Before a time that binds more: "nach dem Mittag vorbei, spätestens um zwei", "once it is dry, by 3 at the latest"."""
_EXACTLY = re.compile(
    r",? ?(?:–|\()? ?(?:genauer(?: gesagt)?|und zwar|nämlich|sprich|or rather|(?:more )?precisely|to be (?:exact|precise)"
    r"|namely|that is|plus (?:précisément|exactement)|à savoir|c'est-à-dire),? ",
    re.IGNORECASE,
)
"""Before the same time again, told better: "bis Mitte Mai, genauer bis zum 13."."""
_MORE = re.compile(r" ?[,(–-][^;:]{0,30}$")


def _spoken_of(text: str, act: Act, earlier: list[Act], times: list[SpokenTime], acting: Acting) -> list[SpokenTime]:
    """When somebody is back or free, who acts "then": "I'm back on Monday and will call you then"."""
    then = acting.then.search(text)
    if then is None or not then.start() <= act.start < then.end() or any(one.how != "being" for one in earlier):
        return []
    return [time for time in times if then.start() < time.end <= act.start]


def _inside(text: str, act: Act, ahead: int, times: list[SpokenTime]) -> list[SpokenTime]:
    """Those of its clause; a comma of a date ("Dienstag, 15.12., um 13 Uhr kommt …") begins no clause."""
    return [
        time for time in times if act.start < time.end and time.start < ahead and ";" not in text[act.end : time.start]
    ]


def _opening(text: str, act: Act, before: int, times: list[SpokenTime], acting: Acting) -> list[SpokenTime]:
    """A time that opens the clause: "Tomorrow I will …", "… and by five I will …", "Bis Freitag, 15 Uhr, …"."""
    found = []
    for time in times:
        if not before <= time.start or time.end > act.start:
            continue
        between = text[time.end : act.start]
        few = acting.verb_last and len(between) <= MOST_BETWEEN and not _CLAUSE_ENDS.search(between)
        few = few and not _AND.match(between)
        opens = acting.verb_last or _OPENS.search(text[: time.start])
        aside = _ASIDE.fullmatch(between) is not None
        if opens and (few or aside or between.strip(" ,-–:") in ("", "and" if not text[: time.start].strip() else "")):
            found.append(time)
    return found


_ASIDE = re.compile(r",\s[^,;:]{1,40},\s?")
"""Said between commas: "Tomorrow morning, before we open, I'll …"."""
_AND = re.compile(r"\s*(?:(?:an|zurück|durch|auf|ab|ein|zu|nach|mit|um|aus|vor|los|weg) )?(?:und|et)\b", re.IGNORECASE)
"""After a time of the act before: "Ich prüfe das bis Freitag und schicke …"."""
_CLAUSE_ENDS = re.compile(r"[,;:]\s*\S|\w\s*[,;:]")
"""Between a time and a verb: the time belongs to another clause ("…, die bis zwölf aufgegeben werden, gehen …")."""
_BREAKS = re.compile(r"[,;:]|\b(?:und|et|and)\b", re.IGNORECASE)
MOST_BETWEEN = 30
"""Characters that may stand between a time and the verb it opens for, where verbs come second."""
_OPENS = re.compile(r"(?:^|[,;:–(]|\b(?:and|but|then|so|that|und|aber|doch|dass)\b)\s*$", re.IGNORECASE)


def _refused(text: str, act: Act, time: Time, ahead: int, acting: Acting) -> bool:
    """Whether its own words take it back, or it depends on something, and no "at the latest" outweighs that."""
    end = stop(text, act.end, acting) if isinstance(time, bool) else stop(text, max(act.end, time.end), acting)
    tail = text[min(end, ahead) : min(end + 60, len(text))]
    own = before_never(text[act.start : min(end, ahead)], acting)
    if acting.wonders.search(own):
        return False
    if acting.refuses.search(own) or (end < ahead and acting.refuses.match(tail.lstrip(" ,;-–("))):
        return True
    hangs = depends(text, act.start, acting) or (act.how in ("another", "being") and depends(text, act.end, acting))
    return hangs and not acting.binds.search(text)


def _holds(text: str, act: Act, time: SpokenTime, ahead: int, acting: Acting) -> bool:
    """What "is" or "we have done" is promised only when it lies ahead; what is done "by six" may be so every day."""
    words = text[time.start : time.end]
    if time.only_hour and act.how in ("another", "being") and _is_every_day(text, act, time, ahead, acting):
        return False
    if act.how == "done":
        planned = acting.planned.search(text, act.start, ahead) is not None
        opens = act.start > time.start and _OPENS.search(text[: time.start]) is not None
        return planned or (opens and acting.deadline.match(words) is not None)
    if act.how == "being":
        said = min(ahead, stop(text, max(act.end, time.end), acting))
        return acting.deadline.match(words) is not None or acting.finished.search(text, act.start, said) is not None
    return True


def _is_every_day(text: str, act: Act, time: SpokenTime, ahead: int, acting: Acting) -> bool:
    """Whether others do this or that at an hour, whoever asks: "The bins go out by six"."""
    once = acting.to_you.search(text) or _THIS_ONCE.search(text)
    return not once and kind_of(text[act.start : max(ahead, time.end)], acting) == "other"


_THIS_ONCE = re.compile(
    r"\b(?:my|our|mein(?:e[nmrs]?)?|unser(?:e[nmrs]?)?|mon|ma|mes|notre|nos|mr|mrs|ms|herr|frau|mme|monsieur|madame)\b"
    r"|\bwill\b|'ll\b|going to\b|\w(?:ra|ront)\b",
    re.IGNORECASE,
)
"""Somebody of ours, or what lies ahead: no rule of every day."""


def _untimed(text: str, act: Act, ahead: int, acting: Acting, before: int) -> bool | None:
    """Without a time: True for vague words, False for a plain word of ours ("I will refund you"), None for neither."""
    if _refused(text, act, False, ahead, acting) or act.how in ("done", "being"):
        return None
    opening = max(before, act.start - MOST_BETWEEN)
    if acting.vague.search(text, opening, ahead):
        return True
    own = text[act.start : min(stop(text, act.end, acting), ahead)]
    if act.how == "will":
        return False if kind_of(own, acting) != "other" else None
    given = act.how in ("does", "whole", "another") and not before and acting.gives.match(text)
    return False if given and sure_kind_of(own, acting) in ("refund", "send", "callback") else None
