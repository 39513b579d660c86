"""The pieces of which times are made: "tomorrow", "um 15 Uhr", "4 June", "sous 48 heures". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from amends.clock.piece import Period, Piece
from amends.clock.tongues import Times
from amends.clock.tongues.patterns import plain

LONG_PAST = timedelta(days=300)
"""How far ahead a date without a year may lie: beyond it, the writer means the one that has been."""
AFTERNOON = re.compile(r"p|nachm|abend|de l'apr|du soir", re.IGNORECASE)
MINUTES = {
    "fuenf": 5,
    "zehn": 10,
    "zwanzig": 20,
    "twenty-five": 25,
    "five": 5,
    "ten": 10,
    "twenty": 20,
    "cinq": 5,
    "dix": 10,
    "vingt": 20,
}


_CLOCK_HOURS = range(7, 24)
"""What "d'ici 15 h" may mean as a time of the day; fewer hours, or more, are counted from now."""


@dataclass(frozen=True)
class _Said:
    """A match, the language's words, and whether 3/4 is the fourth of March."""

    match: re.Match[str]
    times: Times
    month_first: bool

    def __getitem__(self, name: str) -> str:
        """What a group holds, in small letters without accents; empty when it does not."""
        return plain((self.match.groupdict().get(name) or "").lower())

    @property
    def piece(self) -> Piece:
        return Piece(self.match.start(), self.match.end())

    def number(self, written: str) -> int:
        return int(written) if written.isdigit() else self.times.numbers.get(written, 1)

    def month(self, written: str) -> int:
        if written.isdigit():
            return int(written)
        return next((n for name, n in self.times.months.items() if written.startswith(name)), 0)

    def weekday(self, written: str) -> int:
        begins = sorted(self.times.weekdays, key=len, reverse=True)
        return next(self.times.weekdays[name] for name in begins if written.startswith(name))


def pieces(text: str, times: Times, *, month_first: bool = False) -> Iterator[Piece]:
    """The pieces of a sentence in order."""
    for match in times.pieces.finditer(text):
        piece = READERS[match.lastgroup or ""](_Said(match, times, month_first))
        if piece is not None:
            yield piece


def _fixed(said: _Said) -> Piece | None:
    minutes = said.times.fixed[said["fixed_of"]]
    if not minutes:
        return replace(said.piece, closing=True)
    return replace(said.piece, span=timedelta(minutes=minutes), whole_days=minutes % (24 * 60) == 0)


def _span(said: _Said) -> Piece | None:
    """ "Within 3 to 5 days"; without a number it must be the next one ("in the next hour"), and no plural."""
    low, high, unit = said["low"], said["high"], said["unit"]
    coming = said["coming"] or said["coming2"]
    name = _unit(said.times, unit)
    if not low and (not coming or name == "months" or (name != "working" and re.search(r"[sn]$", unit))):
        return None
    if low in ("a", "an") and name == "minutes":
        return None
    if not low and name == "weeks":
        return replace(said.piece, period=Period("week", 1))
    number = said.number(high or said["or_so"] or low or "1")
    if name == "hours" and number in _CLOCK_HOURS and said.match[0].lower().startswith("d'ici"):
        return replace(said.piece, clock=(number, 0, number > 12))
    return _counted(said, number, name)


def _eight(said: _Said) -> Piece:
    return _counted(said, said.number(said["eight_days"]), "days")


def _from_now(said: _Said) -> Piece | None:
    return _counted(said, said.number(said["fn_low"]), _unit(said.times, said["fn_unit"]))


def _counted(said: _Said, number: int, name: str) -> Piece:
    if name == "working":
        return replace(said.piece, working_days=number)
    if name == "months":
        return replace(said.piece, months=number)
    if name == "fortnights":
        number, name = 2 * number, "weeks"
    return replace(said.piece, span=timedelta(**{name: number}), whole_days=name in ("days", "weeks"))


def _unit(times: Times, written: str) -> str:
    return next(name for begins, name in times.units.items() if written.startswith(begins))


def _at_once(said: _Said) -> Piece:
    return replace(said.piece, at_once=True)


def _same_hour(said: _Said) -> Piece:
    return replace(said.piece, same_hour=True)


def _beside(said: _Said) -> Piece:
    return replace(said.piece, beside=said.times.beside[said["beside_of"]])


def _days(said: _Said) -> Piece:
    ahead, part = said.times.days[said["days"]]
    return replace(said.piece, ahead=ahead, part=part)


def _next_working(said: _Said) -> Piece:
    return replace(said.piece, working_days=1)


def _next_but_one(said: _Said) -> Piece:
    return replace(said.piece, working_days=2)


def _closing(said: _Said) -> Piece:
    words = said["closing"]
    return replace(said.piece, closing=True, ahead=1 if "morgig" in words else 0 if _THIS_DAY.search(words) else None)


_THIS_DAY = re.compile(r"\btoday|\bheutig|\bcette ")


_START = re.compile(r"begin|start|early|anfang|debut")
_MIDDLE = re.compile(r"mid|mitte|mi-|milieu")


def _period(said: _Said) -> Piece | None:
    of = said["of"] or said["run_together"] or said["overnext"] or said["month_of"] or said["month_in"]
    point = said["point"] or said["month_point"]
    if said["overnext"]:
        return replace(said.piece, period=Period("week", 2))
    if not point and _OF_A_MONTH.search(_before(said) + of):
        return None
    ahead = int(bool(said["ahead"] or said["ahead_m"]))
    named = said.month(said["month_of"] or said["month_in"]) if said["month_of"] or said["month_in"] else 0
    if not (
        ahead
        or point
        or named
        or re.search(
            r"out|over|this|cette|ce |dans la |diese|courant|laufe|verlauf|(?:end|ende)$|letzt|mitte$",
            of + said["out"],
        )
    ):
        return None
    where: Literal["start", "middle", "end"] = "end"
    if _START.search(point) or of == "wochenanfang":
        where = "start"
    elif _MIDDLE.search(point) or of in ("wochenmitte", "monatsmitte"):
        where = "middle"
    if re.search(r"week-?end|wochenende", of):
        before = re.search(
            r"(?:by|before|bis zum|bis|vor dem|avant|d'ici)\s(?:the |le |ce )?$", _before(said), re.IGNORECASE
        )
        ahead = ahead if said.times.strict_next else 0  # else "le week-end prochain" is the coming one
        return replace(said.piece, period=Period("week" if before else "weekend", ahead))
    unit: Literal["week", "month"] = "week" if re.search(r"week|woche|semaine", of) else "month"
    return replace(said.piece, period=Period(unit, ahead, named, where))


_OF_A_MONTH = re.compile(
    r"(?<!laufe )(?<!verlauf )(?<!rend )(?<!halb )(?<!noch )dieses monats$|(?<!cours )\bde ce mois$"
)
"""Belongs to what is named before it: "die Gebühr dieses Monats"."""


def _before(said: _Said) -> str:
    return said.match.string[max(0, said.match.start() - 16) : said.match.start()]


def _date(said: _Said) -> Piece | None:
    """Any written date; one that no calendar has is none."""
    name = said.match.lastgroup or ""
    key = {"iso": "iso", "day_month": "dm", "month_day": "md", "dotted": "dot", "ordinal": "ord"}[name]
    month = said.month(said[f"{key}_m"]) if said[f"{key}_m"] else 0
    return _on(
        said,
        said.number(said[f"{key}_d"] or said["ord_d2"] or said["ord_d3"]),
        month,
        said[f"{key}_y"],
        has_month=key != "ord",
    )


def _feast(said: _Said) -> Piece | None:
    """A day of every year: always the one ahead."""
    month, day = said.times.feasts[said["feast_name"]]
    return replace(
        said.piece, date=lambda today: date(today.year + ((month, day) < (today.month, today.day)), month, day)
    )


def _month_from(said: _Said) -> Piece | None:
    return _on(said, 1, said.month(said["mf_of"]), "", has_month=True)


def _iso_week(said: _Said) -> Piece:
    number = int(said["kw"] or said["kw2"])
    return replace(said.piece, date=lambda today: _end_of_iso_week(today, number))


def _end_of_iso_week(today: date, number: int) -> date | None:
    """Its Friday; None when there is no such week or it has been."""
    for year in (today.year, today.year + 1):
        with suppress(ValueError):
            friday = date.fromisocalendar(year, number, 5)
            if today <= friday <= today + LONG_PAST:
                return friday
    return None


def _slashed(said: _Said) -> Piece | None:
    day, month = int(said["sl_a"]), int(said["sl_b"])
    if (said.month_first and month <= 31 and day <= 12) or month > 12:
        day, month = month, day
    return _on(said, day, month, said["sl_y"], has_month=True)


def _on(said: _Said, day: int, month: int, written_year: str, *, has_month: bool) -> Piece | None:
    if not 1 <= day <= 31 or (has_month and not 1 <= month <= 12):
        return None
    year = int(written_year or 0)
    year += 2000 if 0 < year < 100 else 0
    return replace(said.piece, date=lambda today: _coming(today, year, month, day))


def _weekday(said: _Said) -> Piece | None:
    if said["wd_past"]:
        return None
    part = said.times.parts.get(said["wd_part"], "")
    after = bool(said["next"]) and said.times.next_week.search(said["next"]) is not None
    clock = (12, 0, True) if said["wd_part"] == "mittag" else _DAWN if said["wd_night"] else None
    week = bool(said["wd_after"])
    piece = replace(said.piece, weekday=said.weekday(said["name"]), part=part, clock=clock)
    if said["wd_over"]:
        return replace(piece, weeks_more=1, next_one=True)
    return replace(piece, next_one=after, week_after=week or (after and said.times.strict_next))


_DAWN = (6, 0, True)
"""When the night before a day is over."""


def _a_week_on(said: _Said) -> Piece:
    weeks = 2 if "fortnight" in said["aw_n"] + said["aw_n2"] else said.number(said["aw_n"] or "1")
    return replace(said.piece, weekday=said.weekday(said["aw_a"] or said["aw_b"]), weeks_more=weeks)


def _part(said: _Said) -> Piece:
    part = said.times.parts.get(said["part_name"] or said["half_day"], "morning")
    return replace(said.piece, part=part, ahead=0 if _TODAYS.match(said.match[0]) else None)


_TODAYS = re.compile(r"(?:this|cet?|cette) ", re.IGNORECASE)
"""Before a part of the day: today's, whatever day was spoken of."""


def _named(said: _Said) -> Piece:
    hour, minute = next(clock for name, clock in said.times.named.items() if said["named"].startswith(name))
    return replace(said.piece, clock=(hour, 30 if said["named_half"] else minute, True))


def _half(said: _Said) -> Piece:
    """Half past three, Viertel nach drei, trois heures moins le quart."""
    hour, how = said.number(said["half_of"]), said["how"] or said["plus"] or said["minus"] or said["plus_min"]
    digits = re.match(r"\d+", how)
    named = next((minutes for word, minutes in MINUTES.items() if word in how), 15)
    minutes = int(digits[0]) if digits else 30 if re.search("half|demi", how) else named
    if said["side"] in ("to", "vor") or said["minus"]:
        hour, minutes = hour - 1, 60 - minutes
    if said["half_before"]:
        hour, minutes = (hour - 1, minutes + 30) if said["side"] == "nach" else (hour, minutes - 30)
    half = said["half_half"]
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return replace(said.piece, clock=(hour, minutes % 60, bool(half) or hour > 12))


def _half_to(said: _Said) -> Piece:
    """Halb vier is half past three."""
    minutes = {"halb": 30, "dreiviertel": 45, "viertel": 15}[said["ht_how"]]
    return replace(said.piece, clock=(said.number(said["ht_of"]) - 1, minutes, False))


def _clock(said: _Said) -> Piece | None:
    """Any hour: 15:30, 15h30, 3.30 pm, 3 o'clock, at 3, 2-4 pm (the end of a range counts)."""
    name = said.match.lastgroup or ""
    key = {"dashed": "dash", "clock": "clock", "dot_clock": "dc", "hundred": "hun"}.get(name, name)
    written = said[f"{key}_last"] or said[f"{key}_last2"] or said[f"{key}_h"] or said[f"{key}_h2"] or said[f"{key}_h3"]
    if written == "midi":
        return replace(said.piece, clock=(12, 0, True))
    hour, minute = (
        said.number(written),
        said.number(said[f"{key}_m"] or said[f"{key}_m2"] or said[f"{key}_m3"] or said[f"{key}_m4"] or "0"),
    )
    half = said[f"{key}_half"]
    if (half and hour > 12) or (name == "dot_clock" and not half and not said["dc_prep"]) or hour > 24:
        return None
    if half and AFTERNOON.match(half):
        hour = hour % 12 + 12
    elif half:
        hour = hour % 12
    sure = bool(half) or hour > 12 or hour == 0 or written.startswith("0")
    return replace(said.piece, clock=(hour, minute, sure))


READERS: dict[str, Callable[[_Said], Piece | None]] = {
    "fixed": _fixed,
    "span": _span,
    "eight": _eight,
    "from_now": _from_now,
    "at_once": _at_once,
    "same_hour": _same_hour,
    "beside": _beside,
    "days": _days,
    "next_working": _next_working,
    "next_but_one": _next_but_one,
    "closing": _closing,
    "period": _period,
    "iso": _date,
    "feast": _feast,
    "month_from": _month_from,
    "iso_week": _iso_week,
    "slashed": _slashed,
    "day_month": _date,
    "month_day": _date,
    "dotted": _date,
    "ordinal": _date,
    "a_week_on": _a_week_on,
    "weekday": _weekday,
    "part": _part,
    "named": _named,
    "half": _half,
    "half_to": _half_to,
    "dashed": _clock,
    "clock": _clock,
    "dot_clock": _clock,
    "hour": _clock,
    "hundred": _clock,
    "bare": _clock,
}
"""By the outer group of a language's pattern."""


def _coming(today: date, year: int, month: int, day: int) -> date | None:
    """The date meant by what was written, seen from today; None when it is past or does not exist."""
    if year and month:
        return _exists(year, month, day)
    if month:
        dates = [_exists(today.year + n, month, day) for n in (0, 1)]
    else:
        months = [(today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1) for n in (0, 1, 2)]
        dates = [_exists(*of, day) for of in months]
    return next((found for found in dates if found and today <= found <= today + LONG_PAST), None)


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
