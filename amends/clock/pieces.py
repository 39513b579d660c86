"""The pieces of which English times are made: "tomorrow", "at 3", "4 June", "within 48 hours". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {"a": 1, "an": 1} | {word: n for n, word in enumerate(WORDS, 1)}
LONG_PAST = timedelta(days=300)
"""How far ahead a date without a year may lie: beyond it, the writer means the one that has been."""


@dataclass(frozen=True)
class Piece:
    """One piece and what it says; what it does not say is empty.

    `clock` is hour, minute and whether the half of the day is sure; `date` gives the date seen from a
    day; `week` is "this week", "next week", "this month", "next month" or "this " and a month's name.
    """

    start: int
    end: int
    date: Callable[[date], date | None] | None = None
    ahead: int | None = None
    weekday: int | None = None
    next_one: bool = False
    part: str = ""
    clock: tuple[int, int, bool] | None = None
    span: timedelta | None = None
    whole_days: bool = False
    working_days: int = 0
    at_once: bool = False
    closing: bool = False
    week: str = ""

    @property
    def names_day(self) -> bool:
        """Whether it says which day."""
        return self.date is not None or self.ahead is not None or self.weekday is not None

    def week_after(self, weekday: int) -> bool:
        """Whether "next Friday", said on that weekday, means the Friday of the week after."""
        return self.next_one and self.weekday is not None and self.weekday >= weekday


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a sentence in order."""
    for match in _PIECE.finditer(text):
        reader = _READERS[match.lastgroup or ""]
        piece = reader(match)
        if piece is not None:
            yield piece


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|(?-i:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun))\b"
)
_TH = "(?:st|nd|rd|th)"
_HOUR = r"(?:[01]?\d|2[0-4])"
_WORD = "|".join(WORDS)
_UNIT = r"(?:(?:working|business|week)[ -]?)?(?:min(?:ute)?s?|hours?|hrs?|h|days?|weeks?)\b"
_HALF = r"(?:a\.m\.?|p\.m\.?|am\b|pm\b)"
_PREP = r"(?:at|by|before|around|about|until|till|from|to|and|between|after|latest)"
_AFTER_HOUR = (
    r"(?=\s*(?:$|[,.;:!?)-](?!\d)|(?:today|tomorrow|tonight|on|in|and|to|so|at|with|when|i|we|sharp"
    r"|latest|from"
    rf"|if|but|or|that|for|myself|by|this|next|{_WEEKDAY})(?!\w)))"
)
_PIECE = re.compile(
    r"(?<![\w€£$.,#])(?=[a-zA-Z\d])(?:"
    r"(?P<span>(?:within|inside|in|no later than|less than"
    r"|under)\s+(?:the\s+(?:next\s+)?)?(?:(?P<low>\d{1,3}|half an"
    rf"|an?|{_WORD})(?:\s*(?:-|–|to|or)\s*(?P<high>\d{{1,3}}|{_WORD}))?\s*)?(?P<unit>{_UNIT}))"
    r"|(?P<at_once>(?:right away|right now|straight away|straightaway|immediately|at once|this (?:minute"
    r"|instant)"
    r"|now)\b)"
    r"|(?P<overmorrow>(?:the )?day after tomorrow\b)"
    r"|(?P<closing>(?:the )?(?:end of (?:the |this |your |our )?(?:working |business )?day"
    r"|close of business"
    r"|end of business|(?-i:COB|EOD))\b)"
    r"|(?P<week>(?:(?:the )?end of (?:the |this |(?P<which>next ))?(?P<whole>week|month|"
    rf"{_MONTH})|(?P<whole_next>next week))\b)"
    r"|(?P<relative>(?:today|tonight|tomorrow)\b)"
    r"|(?P<iso>(?P<iso_y>20\d\d)-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)\b)"
    rf"|(?P<day_month>(?:the )?(?P<dm_d>\d{{1,2}}){_TH}?(?: of)? (?P<dm_m>{_MONTH})\.?(?: (?P<dm_y>20\d\d))?)"
    rf"|(?P<month_day>(?P<md_m>{_MONTH})\.? (?P<md_d>\d{{1,2}}){_TH}?\b(?:,? (?P<md_y>20\d\d))?)"
    r"|(?P<dotted>(?P<dot_d>\d{1,2})\.(?P<dot_m>\d{1,2})\.(?P<dot_y>20\d\d)?(?!\d))"
    r"|(?P<ordinal>the (?P<ord_d>\d{1,2})(?:st|nd|rd|th)\b)"
    rf"|(?P<weekday>(?:(?P<next>next|this coming|this|coming) )?(?P<name>{_WEEKDAY}))"
    r"|(?P<part>(?:this |in the |the )?(?P<part_name>morning|afternoon|evening|night)\b)"
    r"|(?P<named>(?:noon|midday|midnight|lunch(?: ?time)?)\b)"
    rf"|(?P<half>(?P<how>half|quarter) (?P<side>past|to) (?P<of>{_HOUR}|{_WORD})\b)"
    rf"|(?P<dashed>{_HOUR}\s?[-–]\s?(?P<dash_last>{_HOUR})(?:\s?(?P<dash_half>{_HALF})|{_AFTER_HOUR}))"
    rf"|(?P<clock>(?P<clock_h>{_HOUR}):(?P<clock_m>[0-5]\d)(?!\d)(?:\s?(?P<clock_half>{_HALF}))?(?: ?h\b)?)"
    rf"|(?P<dot_clock>(?P<dc_prep>{_PREP} )?(?P<dc_h>{_HOUR})\.(?P<dc_m>[0-5]\d)(?:\s?(?P<dc_half>{_HALF}))?"
    r"(?!\d|\s?[€£$%]))"
    rf"|(?P<hour>(?P<hour_h>{_HOUR}|{_WORD})\s?(?:(?P<hour_half>{_HALF})|o'clock\b|h\b|hrs\b))"
    rf"|(?P<bare>{_PREP} (?P<bare_h>{_HOUR}|{_WORD}){_AFTER_HOUR})"
    r")",
    re.IGNORECASE,
)


def _span(match: re.Match[str]) -> Piece | None:
    low, high, unit = match["low"], match["high"], match["unit"].lower()
    idle = low is None and not re.search("next|within", match[0], re.IGNORECASE)
    if idle or (low in ("a", "an") and unit.startswith("min")):
        return None
    if low and low.lower() == "half an":
        return Piece(match.start(), match.end(), span=timedelta(minutes=30))
    number = _number(high or low or "one")
    if unit.startswith(("working", "business", "week d", "week-d", "weekd")) and "day" in unit:
        return Piece(match.start(), match.end(), working_days=number)
    name = "minutes" if "min" in unit else "days" if "day" in unit else "weeks" if "week" in unit else "hours"
    whole = name in ("days", "weeks")
    return Piece(match.start(), match.end(), span=timedelta(**{name: number}), whole_days=whole)


def _at_once(match: re.Match[str]) -> Piece:
    return Piece(match.start(), match.end(), at_once=True)


def _overmorrow(match: re.Match[str]) -> Piece:
    return Piece(match.start(), match.end(), ahead=2)


def _closing(match: re.Match[str]) -> Piece:
    return Piece(match.start(), match.end(), closing=True)


def _week(match: re.Match[str]) -> Piece:
    later = "next" if match["which"] or match["whole_next"] else "this"
    return Piece(match.start(), match.end(), week=f"{later} {(match['whole'] or 'week').lower()}")


def _relative(match: re.Match[str]) -> Piece:
    word = match[0].lower()
    return Piece(match.start(), match.end(), ahead=int(word == "tomorrow"), part="night" * (word == "tonight"))


def _date(match: re.Match[str]) -> Piece | None:
    """Any written date; one that no calendar has is none."""
    groups = {name.split("_")[1]: value for name, value in match.groupdict().items() if value and "_" in name}
    month = _month(groups["m"]) if "m" in groups else 0
    day, year = int(groups["d"]), int(groups.get("y", 0))
    if not 1 <= day <= 31 or (month and not 1 <= month <= 12):
        return None
    return Piece(match.start(), match.end(), date=lambda today: _coming(today, year, month, day))


def _weekday(match: re.Match[str]) -> Piece:
    after = (match["next"] or "").lower() == "next"
    return Piece(match.start(), match.end(), weekday=WEEKDAYS.index(match["name"][:3].lower()), next_one=after)


def _part(match: re.Match[str]) -> Piece:
    return Piece(match.start(), match.end(), part=match["part_name"].lower())


def _named(match: re.Match[str]) -> Piece:
    return Piece(match.start(), match.end(), clock=(24 if match[0].lower() == "midnight" else 12, 0, True))


def _half(match: re.Match[str]) -> Piece:
    minutes = 30 if match["how"].lower() == "half" else 15
    hour = _number(match["of"])
    if match["side"].lower() == "to":
        hour, minutes = hour - 1, 60 - minutes
    return Piece(match.start(), match.end(), clock=(hour, minutes, hour > 12))


def _clock(match: re.Match[str]) -> Piece | None:
    """Any hour: 15:30, 3.30 pm, 3 o'clock, at 3, 2-4 pm (the end of a range counts)."""
    groups = {name.split("_")[1]: value for name, value in match.groupdict().items() if value and "_" in name}
    written = groups.get("last") or groups["h"]
    hour, minute, half = _number(written), int(groups.get("m", 0)), groups.get("half", "")[:1].lower()
    if (half and hour > 12) or (match["dot_clock"] and not half and not match["dc_prep"]):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    sure = bool(half) or hour > 12 or hour == 0 or written.startswith("0")
    return Piece(match.start(), match.end(), clock=(hour, minute, sure))


_READERS: dict[str, Callable[[re.Match[str]], Piece | None]] = {
    "span": _span,
    "at_once": _at_once,
    "overmorrow": _overmorrow,
    "closing": _closing,
    "week": _week,
    "relative": _relative,
    "iso": _date,
    "day_month": _date,
    "month_day": _date,
    "dotted": _date,
    "ordinal": _date,
    "weekday": _weekday,
    "part": _part,
    "named": _named,
    "half": _half,
    "dashed": _clock,
    "clock": _clock,
    "dot_clock": _clock,
    "hour": _clock,
    "bare": _clock,
}


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


def _month(written: str) -> int:
    return int(written) if written.isdigit() else MONTHS.index(written[:3].lower()) + 1


def _number(written: str) -> int:
    return int(written) if written.isdigit() else NUMBERS.get(written.lower(), 1)
