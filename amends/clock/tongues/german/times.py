"""Times as they are said in German. Pure."""

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

_HOURS = numbered("eins|ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf") | numbered(
    "dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig einundzwanzig zweiundzwanzig dreiundzwanzig"
    " vierundzwanzig",
    13,
)
_NUMBERS = _HOURS | {
    "eine": 1,
    "einer": 1,
    "einem": 1,
    "einen": 1,
    "eines": 1,
    "zweier": 2,
    "dreier": 3,
    "fünfundvierzig": 45,
    "vierzig": 40,
    "fünfzig": 50,
    "dreißig": 30,
    "achtundvierzig": 48,
    "zweiundsiebzig": 72,
}
_MONTHS = numbered("jan|jän feb mär|mrz apr mai jun jul aug sep okt nov dez")
_WEEKDAYS = numbered("mo di mi do fr sa|sonna so", 0)
_MONTH = (
    r"(?:januar|jänner|februar|feber|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|(?:jan|feb|mär|mrz|apr|jun|jul|aug|sept?|okt|nov|dez)\b\.?)(?!\w)"
)
_WEEKDAY = (
    r"(?:(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)s?"
    r"|(?-i:(?:(?<=am )|(?<=bis )|(?<=ab )|(?<=ende )|(?<=vor ))(?:Mo|Di|Mi|Do|Fr|Sa|So)\b\.?(?! [A-ZÄÖÜ]\w+)"
    r"|(?:Mo|Di|Mi|Do|Fr(?!\. ?\d+(?!\d*(?:[.:]\d\d)? ?(?:uhr|h)\b|\. ?\d{{1,2}}\.|\. [A-Z]|:\d|\d))|Sa"
    r"|So)\.,?(?= ?\d| (?:den|bis|um|ab|vor|früh) )))"
)
_DAY_PART = r"früh|morgen|vormittag|mittag|nachmittag|abend|nacht"
_COUNT = rf"\d{{1,3}}|{either(_NUMBERS)}"
_CLOCK_WORD = either(_HOURS)
_MINUTE_WORD = "zehn|fünfzehn|zwanzig|dreißig|vierzig|fünfundvierzig|fünfzig|fünf"
_UNIT = (
    r"(?:minuten?|min\.?|stunden?|std\.?|h\b|(?:werk|(?:bank)?arbeits|geschäfts|bank|kalender)?tage?n?s?|woche[n]?"
    r"|monate?n?s?)(?!\w)"
)
_NO_UNIT = (
    r"(?!\s*(?:[.:]?\d|%|€|\$|euro|eur\b|cent|prozent|ct\b|\w*tag(?:e|en)?\b|\w*stunde|\w*minute|\w*woche"
    r"|\w*monat|jahr|stück"
    r"|artikel|paket|teile|person|mal\b|kund|kg|cm|m\b|x\b|uhr\b|h\b|bis \d|(?:bis|oder) \w+ \w*(?:tag"
    r"|woche|stunde|minute|monat)|\. (?:" + _MONTH + r")))"
)
_NEXT = r"(?:nächste|kommende|diese|folgende|darauffolgende)[nrms]?"
_FEASTS = {
    "jahresende": (12, 31),
    "noch dieses jahr": (12, 31),
    "noch in diesem jahr": (12, 31),
    "ende des jahres": (12, 31),
    "ende dieses jahres": (12, 31),
    "heiligabend": (12, 24),
    "heiligen abend": (12, 24),
    "weihnachten": (12, 25),
    "silvester": (12, 31),
    "neujahr": (1, 1),
    "nikolaus": (12, 6),
    "nikolaustag": (12, 6),
    "silvesterabend": (12, 31),
}
_ORDINALS = {
    f"{word}{end}": n
    for word, n in numbered("erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft").items()
    for end in ("en", "er")
}
_FIXED = {
    "halben stunde": 30,
    "anderthalb stunden": 90,
    "eineinhalb stunden": 90,
    "viertelstunde": 15,
    "dreiviertelstunde": 45,
    "wochenfrist": 7 * 24 * 60,
    "dieser stunde": 60,
    "der nächsten stunde": 60,
}
_IN_WEEKS = {"einer woche": 7, "8 tagen": 7, "acht tagen": 7, "14 tagen": 14, "zwei wochen": 14}
_BESIDE = dict.fromkeys(("am selben tag", "am gleichen tag", "an diesem tag", "taggleich"), 0)
_BESIDE |= dict.fromkeys(
    ("am tag darauf", "am tag danach", "tags darauf", "am folgetag", "am nächsten tag", "am darauffolgenden tag"), 1
)
_BESIDE |= dict.fromkeys(("am vortag", "am tag davor", "am tag zuvor", "tags zuvor", "am abend zuvor"), -1)
_PARTS: dict[str, Part] = {
    "früh": "morning",
    "morgen": "morning",
    "vormittag": "morning",
    "nachmittag": "afternoon",
    "abend": "evening",
    "nacht": "night",
}

PIECES = pieces_of(
    rf"(?P<fixed>(?:innerhalb|binnen|in|innert) (?:von )?(?:spätestens )?(?:einer "
    rf"|der nächsten )?(?P<fixed_of>{either(_FIXED)})\b)",
    r"(?P<at_once>(?:jetzt gleich|(?<!ab )(?<!dann )(?<!danach )(?<!anschließend )sofort(?! nach\b)"
    r"|auf der stelle|augenblicklich|jetzt|(?<!dann )gleich(?! mit(?:\s*[.,;!]|$))(?! (?:morgen|heute|am|nach|zu"
    r"|früh|über|nächste|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag"
    r"|übermorgen)))\b)",
    rf"(?P<month_from>(?<=ab )(?P<mf_of>{_MONTH})(?! 20\d\d))",
    r"(?P<iso_week>(?:(?:der )?(?:kw|kalenderwoche) ?(?P<kw>\d{1,2})|(?P<kw2>\d{1,2})\. ?(?:kw|kalenderwoche))\b)",
    rf"(?P<feast>(?:der |dem )?(?P<feast_name>{either(_FEASTS)})(?!\w|-))",
    r"(?P<days>(?:(?:heute|morgen) in (?:einer woche|8 tagen|acht tagen|14 tagen|zwei wochen)|übermorgen|heute"
    r"|(?<!guten )(?<!am )(?<!heute )(?<!gestern )morgen(?!s)|am morgigen tag"
    r"|des morgigen tages"
    r"|am heutigen tag|heutigen tag)\b)",
    r"(?P<next_working>(?:am |zum |bis zum |im laufe des )?(?:nächsten|folgenden|kommenden) (?:werk|arbeits"
    r"|geschäfts)tage?s?\b)",
    r"(?P<closing>(?:feierabend|(?:geschäfts|büro|dienst|laden|betriebs|praxis|ordinations|kassen|schalter"
    r"|amts)schluss|bevor ich (?:heute )?(?:heim)?gehe|tagesende"
    r"|ende des (?:heutigen |selben )?(?:arbeits|geschäfts|werk)?tage?s|ende des(?= (?:" + _WEEKDAY + r"|morgigen))"
    r"|im (?:laufe|verlauf) des (?:heutigen )?tages)\b)",
    rf"(?P<period>(?:(?P<point>ende|mitte|anfang|beginn) )?(?P<of>(?:(?:in |im laufe |im verlauf )?(?:der |zur "
    rf"|dieser |des |diesen |dieses )?"
    rf"(?P<ahead>(?:nächste|kommende|folgende)[nrs]?\s)?(?:diese |noch diese )?woche|(?:des |diesen |dieses "
    rf"|im |den |in dem |in diesem )?"
    rf"(?P<ahead_m>(?:nächste|kommende)[nrsm]? )?monats?)\b)"
    rf"|(?P<month_point>ende|mitte|anfang|beginn) (?P<month_of>{_MONTH})"
    r"|(?P<run_together>wochenende|monatsende|monatsletzte[nr]?|letzte[nr]? tag (?:des|dieses) monats|wochenanfang"
    r"|wochenmitte|monatsmitte)\b"
    rf"|(?:im (?:laufe des )?|im monat )(?P<month_in>{_MONTH})(?! 20\d\d)"
    r"|(?P<overnext>(?:die |der )?übernächste[rn]? woche)\b)",
    rf"(?P<span>(?:(?:gib|gebt|geben sie) (?:mir|uns)(?: bitte| noch)?|innerhalb(?: von)?|innert|binnen|in(?: den"
    rf"| der| genau| exakt| knapp| spätestens| maximal| höchstens| rund| etwa"
    rf"| ca\.)?"
    rf"|während|im laufe|nach spätestens|innerhalb (?:der|einer) (?:\w+ )?frist von|spätestens (?:in|nach)"
    rf"|(?:über )?die)\s+(?:der |den |von |des "
    rf"|spätestens |maximal |höchstens "
    rf"|rund |etwa |ca\. )?(?P<coming>(?:nächsten|kommenden|folgenden)\s+)?"
    rf"(?:(?P<low>{_COUNT})\s*(?:\(\d{{1,3}}\)\s*)?(?:(?:-|–|/|,|bis(?: zu)?"
    rf"|oder)\s*(?P<high>{_COUNT})\s*)?)?(?P<unit>(?-i:(?=[A-ZÄÖÜh])){_UNIT})(?! (?:alt|lang)\b))",
    ISO,
    SLASHED,
    rf"(?P<day_month>(?:den |dem |der )?(?:\d{{1,2}}\.\s?(?:-|–|bis|und|oder"
    rf"|bis zum)\s?)?(?P<dm_d>\d{{1,2}}|{either(_ORDINALS)})\.? ?(?P<dm_m>{_MONTH})"
    r"(?: (?P<dm_y>20\d\d))?)",
    DOTTED,
    rf"(?P<ordinal>(?:den|dem|am|zum) (?P<ord_d>\d{{1,2}})\.(?!\s?\d)(?! ?{_MONTH})(?=\s+\w|[,;)]|\s*$)"
    rf"|(?:(?<=den )|(?<=dem ))(?P<ord_d2>\d{{1,2}})\.(?!\s?\d)(?! ?{_MONTH})(?=\s+\w|[,;)]|\s*$))",
    rf"(?P<a_week_on>(?P<aw_a>{_WEEKDAY}) in (?:einer woche|8 tagen|acht tagen))",
    rf"(?P<weekday>(?P<wd_over>übernächste[nrs]? )?(?P<wd_night>(?:in der )?nacht (?:auf|zum) )?(?:(?P<next>{_NEXT}|des"
    rf"|der) )?(?P<name>{_WEEKDAY})(?P<wd_part>{_DAY_PART})?s?(?!\w)"
    rf"(?:,? (?:den|der|dem)(?= \d))?(?P<wd_after> nächster woche| der nächsten woche| kommender woche)?)",
    r"(?P<next_but_one>(?:am |zum )?übernächsten (?:werk|arbeits|geschäfts)tage?s?\b)",
    rf"(?P<beside>(?:noch )?(?P<beside_of>{either(_BESIDE)})(?!\w))",
    r"(?P<same_hour>(?:um (?:diese|dieselbe|die gleiche|die selbe)|zur (?:selben|gleichen)) zeit\b)",
    r"(?P<part>(?:(?:am |in der |im laufe des |im verlauf des |noch am |gegen |bis zum |zum )?(?:frühen |späten )?"
    r"(?P<part_name>vormittag|nachmittag|abend"
    r"|(?<!eine )(?<!pro )"
    r"(?<!erste )(?<!zweite )(?<!dritte )(?<!gestern )(?<!letzte )(?<!letzten )(?<!vorigen )(?<![nt] die )nacht)s?"
    r"|früh(?!er|est"
    r"|zeit|ling|e\b)|in aller (?:herrgotts)?frühe"
    r"|(?:am |(?<=heute )|(?<=tag )|(?<=woch ))(?-i:Morgen))\b)",
    r"(?P<named>(?:mittags?|mitternacht|mittagszeit|mittagessen)\b)",
    rf"(?P<half>(?P<how>viertel|zehn|zwanzig|fünf|\d{{1,2}}(?: minuten)?) (?P<side>nach"
    rf"|vor) (?P<half_before>halb )?(?P<half_of>{HOUR}"
    rf"|{_CLOCK_WORD})(?!\w)(?: uhr)?)",
    rf"(?P<half_to>(?:(?:zwischen|von) (?:{HOUR}|{_CLOCK_WORD})(?: uhr)? (?:und|bis) )?(?P<ht_how>halb"
    rf"|dreiviertel|viertel) (?P<ht_of>{HOUR}|{_CLOCK_WORD})\b(?: uhr)?)",
    rf"(?P<dashed>(?:zwischen |von )?(?:{HOUR}|{_CLOCK_WORD})(?:[:.]{MINUTE})?(?: ?uhr| ?h\b)?\s?(?:-|–|bis"
    rf"|und)\s?(?P<dash_last>{HOUR}|{_CLOCK_WORD})"
    rf"(?::(?P<dash_m>{MINUTE})(?!\d)(?:\s?(?:uhr|h)\b)?|(?:\.(?P<dash_m2>{MINUTE}))?\s?(?:uhr|h)\b)|(?:zwischen"
    rf"|von) (?:(?:halb|dreiviertel|viertel(?: (?:nach|vor))?) )?(?:{HOUR}|{_CLOCK_WORD}) (?:und"
    rf"|bis) (?P<dash_last2>{HOUR}"
    rf"|{_CLOCK_WORD})(?!\w){_NO_UNIT})",
    rf"(?P<clock>(?P<clock_h>{HOUR})(?:[:.](?P<clock_m>{MINUTE})(?:\s?uhr|\s?h)\b|h(?P<clock_m3>{MINUTE})\b)"
    rf"|(?P<clock_h2>{HOUR}):(?P<clock_m2>{MINUTE})(?!\d)|(?P<clock_h3>{HOUR})\.(?P<clock_m4>00|15|30|45)(?![\d.]\d))",
    rf"(?P<hour>(?P<hour_h>{HOUR}|{_CLOCK_WORD})\s?(?:uhr|h)\b(?: (?P<hour_m>{MINUTE}|{_MINUTE_WORD})(?!\w|\s?(?:%|€"
    rf"|euro|tag"
    rf"|minut|stund)))?"
    r"(?: (?P<hour_half>nachmittags|abends|morgens|früh|vormittags))?)",
    rf"(?P<bare>(?:(?:um|vor|bis(?: am)?|gegen|nach|spätestens) (?:punkt )?|punkt )(?!(?:zehn|zwanzig|fünf"
    rf"|viertel) (?:vor"
    rf"|nach) )(?P<bare_h>{HOUR}"
    rf"|{_CLOCK_WORD})(?![\w]){_NO_UNIT})",
)

TIMES = Times(
    pieces=PIECES,
    weekdays=_WEEKDAYS,
    months=_MONTHS,
    units={
        "werk": "working",
        "arbeits": "working",
        "geschäfts": "working",
        "bank": "working",
        "min": "minutes",
        "st": "hours",
        "h": "hours",
        "tag": "days",
        "kalender": "days",
        "woche": "weeks",
        "monat": "months",
    },
    numbers=_NUMBERS | _ORDINALS,
    days={
        **{
            f"{day} in {span}": (n + (day == "morgen"), "")
            for day in ("heute", "morgen")
            for span, n in _IN_WEEKS.items()
        },
        "übermorgen": (2, ""),
        "heute": (0, ""),
        "morgen": (1, ""),
        "am morgigen tag": (1, ""),
        "des morgigen tages": (1, ""),
        "am heutigen tag": (0, ""),
        "heutigen tag": (0, ""),
    },
    parts=_PARTS,
    named={
        "mittag": (12, 0),
        "mittags": (12, 0),
        "mitternacht": (24, 0),
        "mittagszeit": (12, 0),
        "mittagessen": (12, 0),
    },
    fixed=_FIXED,
    feasts=_FEASTS,
    beside=_BESIDE,
    join=pattern(
        r"\s*(?:(?:,|\(|-|und|um|bis|vor|am|an|im|in|der|die|den|dem|des|zum|zur|zwischen|von|oder|gegen|etwa"
        r"|ca\.|nach|noch|gleich"
        r"|spätestens|dann|also|schon|direkt|irgendwann|ab|punkt|so|bzw\.|inklusive|einschließlich)\s*){0,5}",
    ),
    lead=pattern(
        r"(?:\b(?:frühestens|bis|vor|seit|ab|um|am|an|im|in|der|dem|den|die|zum|zur|gegen|zwischen|von|vom|nach|noch"
        r"|gleich|spätestens"
        r"|allerspätestens|in der \w*ausgabe|direkt|schon|jeden|jede|letzten(?! tag)|letzte(?!r|n tag)"
        r"|vergangenen|jeweils|erst|ende"
        r"|nicht|statt|anstatt) ){1,5}$",
    ),
    no_deadline=words(
        r"(?:frühestens|seit|jeden|jede|jeweils|letzten(?! tag)|letzte(?!r|n tag)|vergangene[nr]?"
        r"|(?<!ausgabe )vom|nicht (?:vor|erst|schon"
        r"|bis|am|um|im|in)|statt|anstatt)(?!\w)",
        r"(?<!des )(?:mon|diens|donners|frei|sams|sonn)tags\b|(?<!des )mittwochs\b"
        r"|von montag bis (?:freitag|samstag|sonntag)",
    ),
    until=pattern(r"(?:nicht (?:vor|bis)|erst|frühestens|bis)\b"),
    since=pattern(r"^(?:ab|erst ab|schon ab)\b"),
    before=pattern(r"(?:noch |spätestens )?vor\b"),
    after=pattern(r"(?<!\w)(?:nach|ab) (?:etwa |ca\. )?(?:$|(?=\d))"),
    or_later=pattern(r"\bzwischen\b|\boder\b|\bbzw\.|\bvon\b.*\bbis\b|(?<!^)\bbis\b|\d\.?\s?[-–]\s?\d"),
    two_times=pattern(r"\b(?:und)\b"),
    tail=pattern(
        r",? (?:frühestens|spätestens|allerspätestens|pünktlich|genau)\b(?! (?:in|am|bis|um|zum|nach|vor))",
    ),
    from_event=pattern(r"\s*(?:nach|vor(?! ort)|ab|seit)\b(?! (?:heute|jetzt|sofort))(?!\s*(?:$|[.,;:!?)]|und\b))"),
    by_24_hours=True,
    next_week=pattern(r"nächste|kommende|folgende"),
)
