"""Times as they are said in English. Pure."""

from __future__ import annotations

from amends.clock.tongues.patterns import (
    DOTTED,
    HOUR,
    ISO,
    MINUTE,
    SLASHED,
    either,
    numbered,
    pattern,
    pieces_of,
    words,
)
from amends.clock.tongues.tongue import Part, Times

_HOURS = numbered("one two three four five six seven eight nine ten eleven twelve")
_NUMBERS = _HOURS | {
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "twenty": 20,
    "twenty-four": 24,
    "twenty four": 24,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "forty-eight": 48,
    "forty eight": 48,
    "seventy-two": 72,
}
_MONTHS = numbered("jan feb mar apr may jun jul aug sep oct nov dec")
_WEEKDAYS = numbered("mon tue wed|wens thu|thr fri sat sun", 0)

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)(?!\w)"
)
_FULL_MONTH = r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_TOMORROW = "(?:tomm?orr?ow|2moro|2morrow|tmrw)"
_TOMORROWS = ("tomorrow", "tommorrow", "tommorow", "tomorow", "2moro", "2morrow", "tmrw")
_WEEKDAY = (
    r"(?:(?:mon|tues|wed(?:nes|ens|nsd)|wens|weds|thurs|thrus|thur|fri|satur|sun)day|(?-i:Mon|Tues?|Weds?|Thurs?|Thu"
    r"|Fri|Sat"
    r"|Sun)\b\.?(?! [A-Z]\w+ing\b))"
    r"(?!\w)"
)
_TH = "(?:st|nd|rd|th)"
_WORD = either(_HOURS)
_COUNT = rf"\d{{1,3}}|an?|{either(_NUMBERS)}"
_UNIT = (
    r"(?:(?:working|business|week|calendar|full)[ -]?)?(?:min(?:ute)?s?|hours?|hrs?|h|days?|weeks?|fortnights?"
    r"|months?)\b"
)
_HALF = r"(?:a\.m\.?|p\.m\.?|am\b|pm\b)"
_PREP = r"(?:at|by|before|around|about|until|till|from|to|and|&|between|btw|after|latest|past)"
_ZONE = r"(?-i:[ECMP][SD]?T|GMT|BST|IST|CES?T|A[CEW][SD]T|NZ[SD]T|UTC)\b"
"""Behind an hour. Times are read on the customer's clock, whatever is said here."""
_NEXT = r"(?:next|this coming|the coming|this|coming|the following|following)"
_AFTER_HOUR = (
    r"(?=\s*(?:$|[,.;:!?)&-](?!\d)|(?:today|tomm?orr?ow|tonight|on|in|and|to|so|at|with|when|i|we|sharp"
    rf"|latest|from|(?:your|our|local) time|{_ZONE}"
    rf"|if|but|or|that|for|instead|myself|by|this|next|{_WEEKDAY})(?!\w)))"
)
_FEASTS = {
    "end of the year": (12, 31),
    "end of this year": (12, 31),
    "year end": (12, 31),
    "later this year": (12, 31),
    "year-end": (12, 31),
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year": (1, 1),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "halloween": (10, 31),
}
_ORDINALS = numbered("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
_FIXED = {
    "the next half hour": 30,
    "the half hour": 30,
    "half an hour": 30,
    "half hour": 30,
    "a half hour": 30,
    "an hour and a half": 90,
    "one and a half hours": 90,
    "a quarter of an hour": 15,
    "the next quarter of an hour": 15,
    "three quarters of an hour": 45,
    "the hour": 60,
    "the day": 0,
}
_BESIDE = dict.fromkeys(("that day", "the same day", "the very same day", "that same day"), 0)
_BESIDE |= dict.fromkeys(("the day after", "the following day", "the next day"), 1)
_BESIDE |= dict.fromkeys(("the day before", "the previous day"), -1)
_WITHIN = (
    r"(?:within|inside|give (?:me|us)|allow (?:me|us)|in no more than|in less than|in under|in at most|in|over|during"
    r"|no later than|not later than"
    r"|no more than|at most|less than|under)"
)

PIECES = pieces_of(
    rf"(?P<fixed>(?:within|in|inside|under|give (?:me|us)|allow (?:me|us)) (?:about "
    rf"|just )?(?P<fixed_of>{either(_FIXED)})\b(?! after))",
    rf"(?P<span>(?:{_WITHIN}\s+(?:about\s+|around\s+|the\s+|a maximum of\s+|at most\s+)?"
    rf"(?P<coming>next\s+|coming\s+|following\s+)?)"
    rf"(?:(?P<low>{_COUNT})\s*(?:\(\d{{1,3}}\)\s*)?(?:(?:-|–|/|to"
    rf"|or)\s*(?P<high>{_COUNT})\s*)?)?(?P<unit>{_UNIT})(?:\s?or\s(?P<or_so>two"
    rf"|three|2|3)\b)?(?:'s?)?(?: time\b"
    rf"| from now\b)?)",
    rf"(?P<from_now>(?P<fn_low>{_COUNT})\s*(?P<fn_unit>{_UNIT}) (?:from (?:now|today)|max|tops|at most)\b)",
    r"(?P<at_once>(?:right away|right now|straight ?away|immediately(?! (?:after|before))|at once|this (?:minute"
    r"|instant|very minute)"
    r"|as we speak|(?<!day )(?<!from )(?<!will )(?<!'ll )now(?! \w+ed\b| set\b| put\b))\b(?! then\b))",
    rf"(?P<month_from>(?<=from )(?P<mf_of>{_FULL_MONTH})(?! (?:20)?\d))",
    rf"(?P<feast>(?:the )?(?P<feast_name>{either(_FEASTS)})(?!\w|'|-))",
    rf"(?P<days>(?:(?:a week|two weeks|a fortnight) (?:today|{_TOMORROW})|{_TOMORROW} week"
    rf"|(?:the )?day after {_TOMORROW}|today"
    rf"|tonight|{_TOMORROW}"
    rf"|(?<!'ll )(?<!will )(?<!to )overnight)\b)",
    r"(?P<next_working>(?:the |our |on the )?(?:next|following) (?:working|business) day\b)",
    rf"(?P<closing>(?:(?:the )?(?:end of (?:the |this |your |our )?(?:working |business )?day"
    rf"|end of(?= (?:today|{_TOMORROW}|{_WEEKDAY}))|end of the working day"
    r"|close of (?:business|play|trading|day)|end of (?:business|play|trading)|closing time|close of"
    rf"(?= (?:today|{_TOMORROW}|{_WEEKDAY}))|(?-i:COB|EOD|EOB|COP))\b|(?:later|by the end of) today\b|(?:in"
    rf"|over) the course of (?:the|this) day\b|throughout the day\b"
    r"|before (?:we close(?: (?:today|up))?|the day is (?:out|over)|i (?:finish|leave|go home)(?: today)?)\b))",
    rf"(?P<period>(?P<run_together>month[- ]end|week's end)\b|(?:(?P<point>(?:the )?(?:end|last day|back end"
    rf"|middle|beginning"
    rf"|start) of|early|late|later|mid|mid-?)[ -]?)?"
    rf"(?P<of>(?:the |this |(?P<ahead>(?:the )?(?:next|following|coming) ))?(?:week(?:end)?|month)\b"
    r"(?!'s (?!(?:\w+ )?(?:post|mail|van|truck|delivery|run|round|end)\b)))"
    r"(?P<out> is (?:out|over)\b)?"
    rf"|(?P<month_point>(?:the )?(?:end|last day|back end|middle|beginning|start) of|early|late"
    rf"|mid)[ -]?(?P<month_of>{_MONTH})|(?:in|during|in the course of) (?P<month_in>{_FULL_MONTH})(?! (?:20)?\d))",
    ISO,
    SLASHED,
    rf"(?P<day_month>(?:the )?(?:\d{{1,2}}{_TH}?\s?(?:-|–|and|to"
    rf"|or)\s?(?:the )?)?(?:(?P<dm_d>\d{{1,2}}|{either(_ORDINALS)})){_TH}?(?: of)?[ -]"
    rf"(?P<dm_m>{_MONTH})(?:,? (?P<dm_y>20\d\d))?(?! (?:flight|train|sailing|departure|edition|issue)\b))",
    rf"(?P<month_day>(?P<md_m>{_MONTH}) (?:the )?(?:\d{{1,2}}{_TH}?\s?(?:-|–|and|to"
    rf"|or)\s?)?(?P<md_d>\d{{1,2}}){_TH}?\b"
    r"(?![:.]\d)(?:,? (?P<md_y>20\d\d))?)",
    DOTTED,
    rf"(?P<ordinal>the (?P<ord_d>\d{{1,2}}){_TH}\b|{_WEEKDAY},? (?P<ord_d2>\d{{1,2}}){_TH}\b(?! ?(?:of )?{_MONTH}))",
    rf"(?P<a_week_on>(?:(?P<aw_n>a (?:week|fortnight)|(?:two|three|2|3)(?= weeks)) ?(?:weeks )?(?:on"
    rf"|from) (?P<aw_a>{_WEEKDAY})|(?P<aw_b>{_WEEKDAY}) (?P<aw_n2>week|fortnight)\b))",
    rf"(?P<weekday>(?:(?P<next>{_NEXT}) )?(?P<name>{_WEEKDAY})(?:(?P<wd_over> after next)| next\b(?! week)"
    rf"|(?P<wd_after> next week"
    rf"| of next week)|(?P<wd_past> last\b))?)",
    r"(?P<part>(?!mid-?night)(?:(?:this |in the |the |at |early |late |mid-?|first thing (?:in the )?)?"
    r"(?P<part_name>morning|afternoon|arvo|evening"
    r"|(?<!first )(?<!second )(?<!third )(?<!extra )(?<!free )(?<!per )(?<!one )(?<!two )(?<!three )(?<!last )(?<!each )night(?!'s"
    r"| (?:rate|shift|porter|manager|bus|stay)))|first thing"
    r"|(?<=day )(?P<half_day>[ap]\.?m)\b\.?)(?:\b"
    r"|(?<=\.))(?! (?:crew|shift|team|staff|train|flight|bus"
    r"|porter|desk)\b))",
    rf"(?P<beside>(?:on |by )?(?P<beside_of>{either(_BESIDE)})\b(?=\s*(?:$|[,.;:!)]|(?:and|at|by|before|between"
    rf"|with|to)\b)))",
    rf"(?P<same_hour>(?:(?:at |by )?(?:about )?(?:this|the same|same) time)\b(?= (?:{_TOMORROW}|on|next|{_WEEKDAY})))",
    r"(?:12 (?=noon|midday|midnight))?(?P<named>(?:noon|midday|midnight|lunch(?: ?time)?)\b)",
    rf"(?P<half>(?P<how>half|(?:a )?quarter|ten|twenty-five|twenty|five) (?:(?P<side>past|to) "
    rf"|(?<=half ))(?P<half_of>{HOUR}|{_WORD})\b"
    rf"(?:\s?(?P<half_half>{_HALF}))?)",
    rf"(?P<dashed>(?:(?:between|btw) )?{HOUR}(?::{MINUTE})?(?:\s?{_HALF})?\s?(?:-|–|&|till"
    rf"|to)\s?(?P<dash_last>{HOUR})(?:[:.](?P<dash_m>{MINUTE}))?"
    rf"(?:\s?(?P<dash_half>{_HALF})|{_AFTER_HOUR}))",
    rf"(?P<clock>(?P<clock_h>{HOUR}):(?P<clock_m>{MINUTE})(?!\d)(?:\s?(?P<clock_half>{_HALF}))?(?: ?h\b)?"
    rf"|(?:(?<=at )|(?<=by )|(?<=fore ))(?P<clock_h2>{_WORD})[ -](?P<clock_m2>thirty|fifteen|forty-five|ten|twenty"
    rf"|forty|fifty)\b)",
    rf"(?P<dot_clock>(?P<dc_prep>{_PREP} )?(?P<dc_h>{HOUR})\.(?P<dc_m>{MINUTE})(?:\s?(?P<dc_half>{_HALF}))?"
    r"(?!\d|\s?[€£$%]))",
    rf"(?P<hour>(?P<hour_h>{HOUR}|{_WORD})\s?(?:(?P<hour_half>{_HALF})|o'clock\b|h\b|hrs\b|ish\b))",
    rf"(?P<hundred>(?P<hun_h>[012]\d)(?P<hun_m>{MINUTE})\s?(?:h|hrs|hours)\b)",
    rf"(?P<bare>{_PREP} (?!(?<!from )(?<!between )(?:ten|twenty|five) (?:to|past) )(?P<bare_h>{HOUR}"
    rf"|{_WORD}){_AFTER_HOUR})",
)

_DAYS: dict[str, tuple[int, Part]] = {
    "today": (0, ""),
    "a week today": (7, ""),
    "two weeks today": (14, ""),
    "a fortnight today": (14, ""),
    "tonight": (0, "night"),
    "overnight": (0, "night"),
}
for _word in _TOMORROWS:
    _DAYS |= {
        _word: (1, ""),
        f"day after {_word}": (2, ""),
        f"the day after {_word}": (2, ""),
        f"a week {_word}": (8, ""),
        f"{_word} week": (8, ""),
        f"two weeks {_word}": (15, ""),
        f"a fortnight {_word}": (15, ""),
    }

TIMES = Times(
    pieces=PIECES,
    weekdays=_WEEKDAYS,
    months=_MONTHS,
    units={
        "working d": "working",
        "working-d": "working",
        "business d": "working",
        "business-d": "working",
        "week d": "working",
        "week-d": "working",
        "weekd": "working",
        "min": "minutes",
        "month": "months",
        "fortnight": "fortnights",
        "week": "weeks",
        "day": "days",
        "calendar": "days",
        "full d": "days",
        "h": "hours",
        "working h": "hours",
        "business h": "hours",
    },
    numbers=_NUMBERS | _ORDINALS | {"a": 1, "an": 1},
    days=_DAYS,
    parts={
        "am": "morning",
        "a.m": "morning",
        "pm": "afternoon",
        "p.m": "afternoon",
        "morning": "morning",
        "afternoon": "afternoon",
        "arvo": "afternoon",
        "evening": "evening",
        "night": "night",
        "first": "morning",
    },
    named={"noon": (12, 0), "midday": (12, 0), "midnight": (24, 0), "lunch": (12, 0)},
    fixed=_FIXED,
    feasts=_FEASTS,
    beside=_BESIDE,
    join=pattern(
        r"\s*(?:(?:,|\(|-|and|&|at|by|before|on|in|the|of|until|between|btw|from|to|or|around|about|after|for|again"
        r"|no later than|first thing|latest|very|sometime)\s*){0,4}",
    ),
    lead=pattern(
        r"(?:\b(?:earliest|(?:the )?course of|over|later|either|during|throughout|at some (?:point|stage)|some ?time"
        r"|any ?time"
        r"|last thing|(?:leave (?:it|this|that) |bear )?with (?:me|us)|give (?:me|us)|allow (?:me|us)|or|by"
        r"|before|until|till|til|from|since|after|as of|as from"
        r"|instead of|rather than|every|each|last|on (?:the|your) (?:bill|statement|invoice|payslip)|on|at"
        r"|around|about|in"
        r"|between|btw|the|no later than|later than|latest|not|starting|beginning|start of|of) ){1,4}$",
    ),
    no_deadline=words(
        r"(?<!give me )(?<!give us )(?<!allow me )(?<!allow us )(?<!with me )(?<!with us )(?<!\d )(?:until|till|til"
        r"|since|every"
        r"|each(?! (?:by|at|on"
        r"|before|within|tomorrow|today))|last(?! (?:day|thing))"
        r"|not (?:before|on|at|until)|instead of|rather than)(?!\w)",
        r"mon(?:day)?s? ?(?:to|through|thru|-|–) ?(?:fri|sat|sun)(?:day)?s?\b",
        r"(?:at the )?earliest\b|or later\b|onwards?\b",
    ),
    until=pattern(r"(?:until|till|til|not before)\b"),
    since=pattern(r"^(?:(?:starting|as) )?(?:from|as of|starting|beginning|of)\b(?!.*\b(?:to|and)\b|.*[-–])"),
    before=pattern(r"(?:by |at )?(?:the latest )?before\b"),
    after=pattern(r"\b(?:after|from) (?:about |around )?(?:$|(?=\S+(?:\s?[ap]\.?m\.?)?$)|(?=\d))"),
    or_later=pattern(r"\b(?:between|btw)\b|\bor\b|day to \w+day\b|\bfrom\b.*\bto\b|\d\s?[-–]\s?\d"),
    two_times=pattern(r"\b(?:and)\b"),
    tail=pattern(
        r",?(?: |-)(?:at the (?:very )?latest|latest|or so|ish|sharp|on the dot|prompt|or (?:sooner|earlier|before"
        r"|later)"
        r"|at the earliest|onwards?)\b",
    ),
    from_event=pattern(
        r"\s*(?:of|after|before|following|prior to|ahead of|from)\b(?! (?:now|today|this|sending|my|our))",
    ),
    next_week=pattern(r"next|following"),
    strict_next=True,
)
