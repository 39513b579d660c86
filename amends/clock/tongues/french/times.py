"""Times as they are said in French. Pure."""

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

_HOURS = numbered("une deux trois quatre cinq six sept huit neuf dix onze douze") | numbered(
    "treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt vingt-et-une vingt-deux vingt-trois vingt-quatre", 13
)
_NUMBERS = _HOURS | {
    "un": 1,
    "trente": 30,
    "quarante": 40,
    "quarante-cinq": 45,
    "cinquante": 50,
    "cinquante-cinq": 55,
    "quarante-huit": 48,
    "soixante-douze": 72,
}
_MONTHS = numbered("jan fév mar avr mai juin juil ao sep oct nov déc")
_WEEKDAYS = numbered("lun mar mer jeu ven sam dim", 0)
_MONTH = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|(?:janv|févr?|avr|juil|sept|oct|nov|déc)\b\.)(?!\w)"
)
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?(?!\w)"
_ABOUT = {"une dizaine de": 10, "une quinzaine de": 15, "une vingtaine de": 20, "une trentaine de": 30}
_COUNT = rf"\d{{1,3}}|{either([*_NUMBERS, *_ABOUT])}"
_CLOCK_WORD = either(_HOURS)
_MINUTE_WORD = "cinq|dix|quinze|vingt|vingt-cinq|trente|quarante|quarante-cinq|cinquante|cinquante-cinq"
_UNIT = (
    r"(?:minutes?|min\.?|heures?|h\b|jours?(?: (?:ouvrés?|ouvrables?|travaillés?))|jours?|semaines?|mois"
    r"|quinzaine)(?!\w)"
)
_COMING = r"(?:(?:toutes )?prochaine?s?|suivante?s?)"
_NO_UNIT = (
    r"(?!\s*(?:[.,:/]?\d|%|€|\$|euros?|eur\b|centimes|pour ?cent|jours?|heures?|h\b|minutes?|semaines?|mois"
    r"|ans?\b|fois|articles?"
    r"|pièces?|colis|personnes?|kg|cm|m\b|x\b|" + _MONTH + r"|à \d|et \d))"
)
_FEASTS = {
    "fin de l'année": (12, 31),
    "fin de cette année": (12, 31),
    "fin d'année": (12, 31),
    "noël": (12, 25),
    "veille de noël": (12, 24),
    "réveillon de noël": (12, 24),
    "nouvel an": (1, 1),
    "jour de l'an": (1, 1),
    "saint-sylvestre": (12, 31),
}
_FIXED = {
    "une demi-heure": 30,
    "la demi-heure": 30,
    "une demi heure": 30,
    "une heure et demie": 90,
    "une petite heure": 60,
    "une petite demi-heure": 30,
    "un quart d'heure": 15,
    "le quart d'heure": 15,
    "trois quarts d'heure": 45,
    "les trois quarts d'heure": 45,
    "l'heure": 60,
    "l'heure qui suit": 60,
    "l'heure qui vient": 60,
    "la prochaine heure": 60,
}
_BESIDE = dict.fromkeys(("le jour même", "ce jour-là", "le même jour"), 0)
_BESIDE |= dict.fromkeys(("le lendemain", "dès le lendemain", "le jour suivant", "le jour d'après"), 1)
_BESIDE |= dict.fromkeys(("la veille", "le jour d'avant"), -1)
_PARTS: dict[str, Part] = {"matin": "morning", "après-midi": "afternoon", "soir": "evening", "nuit": "night"}
_PARTS |= {"avant-midi": "morning", "matinée": "morning", "soirée": "evening", "après midi": "afternoon"}

PIECES = pieces_of(
    rf"(?P<fixed>(?:dans|sous|d'ici(?: à)?|avant) (?P<fixed_of>{either(_FIXED)})(?!\w))",
    r"(?P<eight>(?:sous|dans la|d'ici une?) (?P<eight_days>huitaine|quinzaine)(?!\w))",
    rf"(?P<span>(?!dans la semaine(?! (?:prochaine|suivante|qui)))(?:(?:laissez?|donnez?|accordez?)-(?:moi|nous)|sous"
    rf"|comptez|dans|d'ici(?: à)?|en moins d[e']|en"
    rf"|endéans|au bout d[e']|au cours des|pendant"
    rf"|à l'issue de)\s?"
    rf"(?:un délai (?:maximum |maximal |max\. )?d[e']\s?|un maximum de |au plus |maximum |environ |(?:les|la|le"
    rf"|des) )?"
    rf"(?P<coming>{_COMING} )?(?:(?P<low>{_COUNT})\s*(?:\(\d{{1,3}}\)\s*)?(?:(?:-|–|/|à"
    rf"|ou)\s*(?P<high>{_COUNT})\s*)?)?(?P<coming2>{_COMING} )?"
    rf"(?P<unit>{_UNIT})(?![\s]?\d)(?! (?:prochain|suivant)e?\b(?<=semaine prochaine))"
    r"(?: (?:au (?:plus(?: tard)?|maximum)|maximum|max|suivante?s?|prochaine?s?|qui suivent|qui viennent)\b)?)",
    r"(?P<at_once>(?:tout de suite|immédiatement|à l'instant|sur-le-champ|sur le champ|dès maintenant|de suite"
    r"|maintenant"
    r"|dans l'instant|séance tenante)\b)",
    rf"(?P<month_from>(?:(?<=dès )|(?<=partir de )|(?<=compter de ))(?P<mf_of>{_MONTH})(?! 20\d\d))",
    rf"(?P<feast>(?:le |la |l')?(?P<feast_name>{either(_FEASTS)})(?!\w|-))",
    r"(?P<days>(?:après-demain|après demain|aujourd'hui(?: même)?|demain|ce jour(?!-))(?!\w))",
    r"(?P<next_working>(?:le |dès le |au )?(?:(?:prochain|premier) jour (?:ouvré|ouvrable)|jour (?:ouvré"
    r"|ouvrable) suivant)(?!\w))",
    r"(?P<closing>(?:(?:en |à |d'ici |d'ici à |avant |d'ici en )?(?:la )?fin de (?:la |cette )?journée"
    rf"|(?:à |avant )?la fermeture|dans (?:le courant de )?la journée|(?:courant|au cours) de (?:la )?journée"
    rf"|en cours de journée|en journée)(?: (?:de|du)(?= demain| {_WEEKDAY}))?(?!\w))",
    rf"(?P<period>(?:(?P<point>(?:la |le )?(?:fin|dernier jour|début|milieu)(?: de| du| d')?|mi-|courant(?: de| du)?"
    rf"|dans le courant de|au cours de"
    rf"|fin-)\s?)?(?P<of>(?:dans la (?=semaine(?! (?:du|prochaine|suivante|qui)))|la |cette |le |ce |du "
    rf"|(?:de )?la )?(?:semaine|week-end|weekend)(?P<ahead> prochaine?"
    rf"| suivante?| qui vient)?"
    rf"|(?:le |ce |du )?mois(?P<ahead_m> prochain| suivant)?|(?:ce |le )week-end)(?!\w)"
    rf"|(?P<month_point>(?:la |le )?(?:fin|début|milieu)(?: de| du| d')?|mi-|mi|fin-)\s?(?P<month_of>{_MONTH})"
    rf"|(?:en|courant|(?:courant|au cours) du mois de|au mois de) (?P<month_in>{_MONTH})(?! 20\d\d))",
    ISO,
    SLASHED,
    rf"(?P<day_month>(?:le )?(?:\d{{1,2}}(?:er)?\s?(?:-|–|et|ou"
    rf"|au)\s?(?:le )?)?(?P<dm_d>\d{{1,2}}|{either([*_NUMBERS, 'premier'])})(?:er)? (?P<dm_m>{_MONTH})"
    r"(?: (?P<dm_y>20\d\d))?)",
    DOTTED,
    rf"(?P<ordinal>(?:le|au) (?P<ord_d>\d{{1,2}})(?:er)?(?![\w/:.,]|\s*(?:{_MONTH}|h\b|heures|%|€|euros?))(?=\s"
    rf"|[;)]|$)|(?:le|au) (?P<ord_d2>\d{{1,2}})(?:er)?(?=[.,](?:\s|$))"
    rf"|(?:(?:ce|du|le) )?{_WEEKDAY},? (?:le )?(?P<ord_d3>\d{{1,2}})(?:er)?(?![\w/:-]|\.\d|\s*(?:{_MONTH}|h\b"
    rf"|heures)))",
    rf"(?P<a_week_on>(?P<aw_a>{_WEEKDAY}) en huit)",
    rf"(?P<weekday>(?:(?:ce|du|le) )?(?P<name>{_WEEKDAY})(?P<next> prochain| suivant| qui vient)?"
    rf"(?P<wd_after> de la semaine prochaine| la semaine prochaine)?(?P<wd_past> dernier| passé)?)",
    rf"(?P<beside>(?P<beside_of>{either(_BESIDE)})(?!\w)(?! d[eu]\b))",
    r"(?P<same_hour>à (?:la même heure|cette heure-ci)(?!\w))",
    r"(?P<part>(?:(?:ce |cet |cette |dans l'|dans la |en |le |l'|au cours de l'|la )?(?:fin de |fin d'"
    r"|début de |début d'|milieu de |milieu d')?"
    r"(?:la |l')?(?P<part_name>après-midi|après midi|avant-midi|matinée|soirée|(?<!hier )matin"
    r"|(?<!hier )(?<!hier au )soir"
    r"|(?<!de )(?<!ième )(?<!mière )(?<!par )(?<!une )(?<!hier )nuit(?! d))|(?:à la "
    r"|dès la "
    r"|en )?première heure)(?!\w))",
    r"(?P<named>(?:midi|minuit)(?: et (?P<named_half>demie?))?(?!\w))",
    rf"(?P<half>(?P<half_of>{HOUR}|{_CLOCK_WORD})\s?(?:heures?|h)\s?(?:(?P<plus>et demie?|et quart)"
    rf"|(?P<minus>moins le quart|moins dix|moins vingt|moins cinq)"
    r"|(?P<plus_min>dix|vingt|cinq)(?!\w))(?! jours))",
    rf"(?P<dashed>(?:entre |de )?(?:{HOUR}|{_CLOCK_WORD}|midi)\s?(?:h|heures?)?\s?(?:{MINUTE})?\s?(?:-|–|à"
    rf"|et)\s?(?P<dash_last>{HOUR}|{_CLOCK_WORD}|midi)"
    rf"(?:\s?(?:h|heures?)(?!\w)|\s?h\s?(?P<dash_m>{MINUTE})|(?<=midi)(?!\w))"
    rf"|entre {HOUR} et (?P<dash_last2>{HOUR})(?!\w){_NO_UNIT})",
    rf"(?P<clock>(?P<clock_h>{HOUR})\s?(?:h|heures?)\s?(?P<clock_m>{MINUTE})(?!\d)"
    rf"|(?P<clock_h2>{HOUR}):(?P<clock_m2>{MINUTE})(?!\d)"
    rf"|(?P<clock_h3>{_CLOCK_WORD}) heures? (?P<clock_m3>{either(_MINUTE_WORD.split('|'))})(?!\w|-))",
    rf"(?P<hour>(?P<hour_h>{HOUR}|{_CLOCK_WORD})\s?(?:heures?|h)(?!\w)(?: (?P<hour_half>de l'après-midi|du soir"
    rf"|du matin))?)",
    rf"(?P<bare>(?:à|avant|vers|après) (?P<bare_h>{HOUR})(?!\w){_NO_UNIT})",
)

TIMES = Times(
    pieces=PIECES,
    weekdays=_WEEKDAYS,
    months=_MONTHS,
    units={
        "jour ouv": "working",
        "jours ouv": "working",
        "jour trav": "working",
        "jours trav": "working",
        "min": "minutes",
        "h": "hours",
        "jour": "days",
        "semaine": "weeks",
        "quinzaine": "fortnights",
        "mois": "months",
    },
    numbers=_NUMBERS | _ABOUT | {"premier": 1, "huitaine": 8, "quinzaine": 15},
    days={
        "après-demain": (2, ""),
        "après demain": (2, ""),
        "aujourd'hui": (0, ""),
        "aujourd'hui même": (0, ""),
        "demain": (1, ""),
        "ce jour": (0, ""),
    },
    parts=_PARTS,
    named={"midi": (12, 0), "minuit": (24, 0)},
    fixed=_FIXED,
    feasts=_FEASTS,
    beside=_BESIDE,
    join=pattern(
        r"\s*(?:(?:,|\(|-|et|à|au|avant|le|la|les|l'|d'ici|de|du|d'|en|dans|dès|entre|ou|vers|après|pour|ce"
        r"|cet|plus tard|au plus tard"
        r"|encore|même)\s*){0,5}",
    ),
    lead=pattern(
        r"(?:(?<!\w)(?:(?:laissez?|donnez?|accordez?)-(?:moi|nous)|au plus tôt|aux alentours de|autour de|avant|d'ici"
        r"|jusqu'à|jusqu'au|jusqu'|depuis|dès"
        r"|à partir du|à partir de"
        r"|à compter du|à compter de|à|au|le|la"
        r"|les|en|dans|entre|de"
        r"|du|vers|pour|après|au plus tard|plus tard|chaque|tous|ce|cette|courant|sous|pas|dernier|d'ici à"
        r"|d'ici au|encore) ?){1,4}$",
    ),
    no_deadline=words(
        r"(?:(?:au )?plus tôt|depuis|(?<!-moi )(?<!-nous )jusqu'(?:à|au|)|chaque|tous les|dernière?(?! (?:jour"
        r"|délai))|passée?"
        r"|pas avant)(?!\w)",
        r"^le (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?$",
        r"^de (?:\d+ ?h(?:eures)?(?: ?\d+)?$|demain\b|\w+di\b)",
        r"du (?:lundi|mardi) au (?:jeudi|vendredi|samedi|dimanche)\b(?! \d)",
    ),
    until=pattern(r"(?:jusqu'(?:à|au)?|pas avant)"),
    since=pattern(r"^(?:à partir|à compter) d[eu]\b"),
    before=pattern(r"avant(?! la fin| fin)\b"),
    after=pattern(r"(?<!\w)(?:après|à partir de|à compter de|dès) (?:$|(?=\d))"),
    or_later=pattern(r"\bentre\b|\bou\b|\bd[eu]\b.*\b(?:à|au)\b|\d\s?[-–]\s?\d"),
    two_times=pattern(r"\b(?:et)\b"),
    tail=pattern(
        r",? (?:au plus tôt|au plus tard|précises?|pile|tapantes?|dernier délai|maximum)(?!\w)(?! (?:le|la|à|d'ici"
        r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain))",
    ),
    from_event=pattern(
        r"\s*(?:après|avant|suivant|à compter|à partir|dès|qui suivent)(?!\w)(?! (?:d'aujourd'hui|de ce jour|ce jour"
        r"|aujourd'hui"
        r"|de maintenant))",
    ),
    by_24_hours=True,
    next_week=pattern(r"prochain|suivant|qui vient"),
)
