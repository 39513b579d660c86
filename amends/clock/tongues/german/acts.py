"""How somebody gives their word in German, and what takes it back. Pure."""

from __future__ import annotations

from amends.clock.tongues.german.forms import FORMS, PLANNED, RESULTS
from amends.clock.tongues.german.kinds import HINTS, KINDS
from amends.clock.tongues.german.rules import GENERAL, GIVES, HEDGES, HENCEFORTH, OF_ALL, REFUSES, TO_YOU
from amends.clock.tongues.patterns import pattern, words
from amends.clock.tongues.tongue import Acting

CONDITION = pattern(
    r"(?:\b(?:bis (?=(?:sie|du|ihr)\b)|(?<!auch )(?<!selbst )wenn|(?<!es )falls|sofern|sobald(?! (?:wie"
    r"|als) möglich| es (?:irgend |nur |mir |uns )?(?:geht|möglich))|bevor|nachdem(?! [^,]{0,60}\b(?:nun"
    r"|jetzt|inzwischen|mittlerweile|gestern|heute|bereits|schon|endlich)\b)|solange|ob|weil|da wir"
    r"|während|warum"
    r"|weshalb|wer|welche[rsnm]?"
    r"|was|wie(?! möglich| (?:\w+ ){0,2}(?:besprochen|vereinbart|abgemacht|ausgemacht|verabredet|versprochen|zugesagt"
    r"|gewünscht|angekündigt|gesagt"
    r"|erwähnt))|wo|wann"
    r"|(?<!so )dass|sagte?n?"
    rf"|sagt|schrieben?|schreibt|meinten?|meldete|hofft?e?n?|glauben?|denken?|erwarten?|rechnen?|laut"
    rf"|voraussichtlich|{HEDGES}|sollten?|könnten?|würden?|möchten?(?! (?:ich |wir )?(?:mich|uns)\b)|dürften?"
    r"|müssten?|hätten?|wären?|kann|können|müssen|muss|soll|sollen|darf|zufolge|gaben? an|teilte"
    r"|(?:(?<=, )|(?<=, mit )|(?<=, in )|(?<=, von ))deren"
    r"|(?:(?<=, )|(?<=, mit )|(?<=, in )|(?<=, von ))dessen|nach (?:angaben?|auskunft|aussagen?)"
    r"|(?:website|webseite|seite|homepage"
    r"|aushang) steht)\b[^,;:–]*(?:[:,](?=\d)[^,;:–]*)*"
    r"|\b(?:schrieben|geschrieben|sagten|gesagt|schreiben|nachricht|zitat)(?: \w+){0,3}:.*)$",
)
CONDITIONAL = pattern(
    rf"(?:(?<!wissen )(?<!sagen )\b(?:{HEDGES}|(?:unser|mein) (?:bestes|möglichstes)"
    r"|alles daran|(?<!\bsie )(?<!\ber )(?<!ich )(?:meinte?|sagte?|behauptete?|glaubte?|denkt|dachte|erklärte"
    r"|schrieb)(?=,)|(?-i:(?=[A-ZÄÖÜ]))(?!Was|Wie)\w{3,} (?:schreibt|meint|sagt|behauptet|erklärt)(?=,)"
    r"|wie (?:der|die|das) \w+ (?:mitteilt|schreibt|sagt|meint|angibt)(?=,)|ich (?:denke|glaube|schätze"
    r"|vermute"
    r"|hoffe)|wir (?:denken"
    r"|glauben|schätzen|vermuten|hoffen)"
    r"|(?<!was )sonst(?! noch)|je nach|ohne (?:antwort|rückmeldung|ihre)|hören wir bis|soweit|solange"
    r"|(?<!auch )(?<!selbst )wenn|(?<!es )falls|sofern|(?:(?<!\w )|(?<=und )|(?<=aber )"
    r"|(?<=doch ))sollten? (?:sie|es|das|die|der|ihr|etwas|sich"
    r"|bis|noch|wider)|vorausgesetzt"
    r"|hätten wir|hätte ich|sobald(?! (?:wie|als) möglich| es (?:irgend |nur |mir |uns )?(?:geht"
    r"|möglich)\b)(?! (?:ich|wir|mir|uns|es)\b[^,]{0,40}\b(?:weiß|wissen|höre|hören"
    r"|neues|mehr|näheres|rückmeldung|antwort|neuigkeiten|informationen)\b)|nachdem(?! [^,]{0,60}\b(?:nun"
    r"|jetzt|inzwischen|mittlerweile|gestern|heute|bereits|schon|endlich)\b)|im fall(?:e)?"
    r"|bei (?:bestellung|eingang|zahlung|rücksendung|verfügbarkeit|bedarf|interesse|problemen|regen|frost|gutem"
    r"|schlechtem|weniger als|mehr als|ausfall|absage|verlust|nichtgefallen|beschädigung|rückgabe|kündigung|vorlage"
    r"|verspätung|überschreitung|abholung|buchung|anmeldung|stornierung|krankheit)\w*|ansonsten"
    r"|andernfalls|nach (?:(?:vollständige[mr]|ihre[mr]|de[mr]) )?\w*(?:eingang|erhalt|prüfung"
    r"|rücksendung))\b[^;]*)$",
)

ACTING = Acting(
    forms=FORMS,
    ours=pattern(
        r"\b(?:ich|wir)\b(?! (?:möchte|bitte|würde|hätte|bat|empfehle|brauche|benötige|erwarte|hoffe)\w*)"
        r"|\bunsere (?:leute|techniker|monteure|mitarbeiter|kolleg|fahrer|handwerker|fachleute|experten|entwickler)\w*"
    ),
    condition=CONDITION,
    clause=pattern(
        r"(?:,(?!\d)|;|:(?!\d)|\((?![^)]{0,60}\)))\s*|\b(?:und(?! (?:\d\d?|eins|zwei|drei|vier|fünf|sechs|sieben|acht"
        r"|neun"
        r"|zehn|elf|zwölf)\b)|aber|denn|oder|sondern|doch|dann|damit|sodass)\b\s*"
        r"|\s[-–—]\s",
    ),
    no_subject=pattern(
        r"(?:^|\b)(?:(?<!für )(?<!an )sie|ihr|du|wer|was|man|niemand|nichts|nicht|ich|wir)\s*$|\b(?:hat|haben"
        r"|hatten?|war|waren"
        r"|wurden?|worden|ist|sind)\b"
        r"|\b(?:werde|habe|sei|solle|könne|müsse)\b|\b(?:aktion"
        r"|(?<!unser )angebot|öffnungszeiten|bestellungen|rücksendungen|kunden|mitglieder"
        r"|(?<!ihre )(?<!deine )gäste|mieter|besucher|teilnehmer|bewerber|jede|jeder|die meisten|viele"
        r"|manche|einige|wetter|behörde|amt|finanzamt|gericht|polizei)(?![\w-])|^\s*(?:die|der"
        r"|das) [^,]*\b(?-i:[a-z]\w*t"
        r"|\w*ge\w+en)\s*$|\b(?:letzte|vorige"
        r"|vergangene)[nrs]?\b|\bmein termin\b",
    ),
    breaks=pattern(
        r"[;:()]|[.!?]$| [-–—] |,(?= (?:wenn|(?<!es )falls|sobald|sofern|weil|da|denn|aber|die|der|das"
        r"|welche|um|ob|wie|was|ohne"
        r"|obwohl|obgleich|nachdem|bevor|während|solange|indem|statt|anstatt|weshalb|womit|wofür|wobei"
        r"|wodurch|worüber|zumal"
        r"|wo|sodass|so dass|damit)\b)|, (?:aber|sondern|denn)\b|,? und (?=(?:ich|wir|sie|die|der|das|ihr|ihre"
        r"|mein|meine|unser|unsere|er|bis|am|dann|sobald)\b)|, (?=(?:ich|wir|sie)\b)",
    ),
    refuses=REFUSES,
    conditional=CONDITIONAL,
    asks=pattern(
        r"(?:bitte(?! (?:entschuldigen|beachten sie, dass|seien|verzeihen|rechnen|haben sie verständnis|gedulden"
        r"|verlassen)\b)|können sie"
        r"|könnten sie|würden sie|wären sie|wollen sie|möchten sie|haben sie bitte|haben sie (?!das|ihr|den|die)"
        r"|dürfen wir|darf ich"
        r"|schicken sie|senden sie|teilen sie|geben sie(?! (?:mir|uns) (?:[^,.;]{1,40} )?(?:zeit|stunden?|tage?"
        r"|minuten|wochen?)\b)|rufen sie|melden sie"
        r"|sagen sie|lassen sie|schreiben sie"
        r"|sie (?:müssen(?! (?:nichts|sich|nicht|gar nichts)\b)|können(?!.{0,80}\b(?:rechnen"
        r"|verlassen)\b)(?! (?:mit|sich|damit|darauf|sicher|gewiss|versichert|beruhigt|unbesorgt|ganz beruhigt))"
        r"|könnten|dürfen(?!.{0,80}\brechnen)"
        r"|sollten|brauchen(?! (?:sich|nichts|nicht|gar nichts|dafür nichts|keine|dabei)))|kommen sie"
        r"|nennen sie|prüfen sie)(?!\w)",
    ),
    binds=pattern(r"\b(?:spätestens|allerspätestens|auf jeden fall|in jedem fall)\b"),
    pledges=words(
        r"\bwort\b|verbürg\w*|bürge?n?\b|stehe?n? .{0,20}dafür|geradestehen|versprech\w*|versicher\w*|zusag\w*"
        r"|bestätig\w*"
        r"|kümmer\w*|sorge?n?\b|garantier\w*|sicher\w*|stellen? .{0,20}sicher"
        r"|veranlass\w*|vereinbart,? dass|beschlossen,? dass|entschieden,? dass|(?:geplant"
        r"|vorgesehen)(?: ist)?(?: es)?,|abgemacht"
        r"|zusichern|zusagen|verlassen|rechnen|achte?n?\b|sehen? zu"
    ),
    finished=words(
        r"abgeschlossen|eingerichtet|umgestellt|verbucht|komplett\b|vollständig\b|\w*(?:einsatz|betriebs|fahr"
        r"|abhol)bereit|zur verfügung|in (?:ihrem|deinem|ihrer"
        r"|deiner) (?:postfach|briefkasten|posteingang|mailbox)|behoben|sauber\b|dicht\b"
        r"|montiert"
        r"|berichtigt|bereinigt|bezahlt|überwiesen|versandt|ausgezahlt|freigeschaltet|aktiv\b|erstattet|gutgeschrieben"
        r"|ausgetauscht|ersetzt|geklärt|beantwortet|eingebaut|montiert|angeschlossen|aktualisiert|bei ihnen|bei dir"
        r"|auf (?:ihrem|deinem|dem) konto|fertig|behoben|gelöst|erledigt|repariert|zurück|wieder|da\b|unterwegs"
        r"|im (?:kalender|plan|terminplan|dienstplan)|an der reihe|auf (?:dem|der) (?:plan|tourenplan)"
        r"|\w*getauscht|\w*gewechselt|gestrichen|\w*gereinigt|geprüft|gelöscht|gestimmt|\w*gebaut"
        r"|\w*gestellt|\w*gesetzt"
        r"|gedruckt|verschickt|geliefert|gewartet|geschliffen|(?!passiert|existiert)\w{3,}iert\b|fest(?=\s*(?:$|[,.;]))"
        r"|geflickt|genäht|gelegt|geplant|vorgesehen|vorgemerkt|angesetzt|vereinbart|online|in ordnung|im briefkasten"
        r"|durch\b|vor ort"
        r"|abholbereit|bereit\b"
        r"|korrigiert"
        r"|eingeplant|terminiert|storniert|(?:an|vor) (?:ihrer|der) (?:haus|wohnungs)?(?:tür|adresse)"
    ),
    deadline=words(
        r"(?:noch |schon |aller)?(?:bis|spätestens|innerhalb|binnen|innert|vor)\b|zum (?=\d)|in (?:spätestens"
        r"|höchstens|maximal)|in (?:etwa |ca\. |rund |gut )?[\w-]{1,20} (?:minuten?|stunden?)\b"
    ),
    planned=words(PLANNED, rf"bis\b[^.;,]{{3,40}} (?:{RESULTS})\b"),
    indirect=words(r"(?:warum|weshalb|wieso|was|wo|wie|wer|welche[rsnm]?|ob)\b"),
    wonders=pattern(r"(?!)"),
    whether=pattern(r"(?!)"),
    general=GENERAL,
    of_all=OF_ALL,
    to_you=TO_YOU,
    gives=GIVES,
    henceforth=HENCEFORTH,
    vague=words(
        r"asap\b|später\b|nachher\b|umgehend|unverzüglich|zeitnah|baldmöglichst|baldigst"
        r"|(?:so )?bald(?: wie möglich)?\b|demnächst|in kürze"
        r"|kurzfristig|alsbald|in bälde|ehestmöglich|ehebaldigst|schnellstmöglich|schnellstens|raschestmöglich"
        r"|so (?:schnell|rasch|bald|zügig) (?:wie|als) möglich|so (?:schnell|rasch|bald) (?:es|ich"
        r"|wir) (?:\w+ )?(?:geht|kann|können)"
        r"|möglichst (?:schnell|bald|rasch|zügig)|zügig|rasch\b"
        r"|(?<!zu )schnell\b|auf dem schnellsten weg\w*|zu gegebener zeit|in absehbarer zeit"
        r"|in nächster zeit|irgendwann"
        r"|in naher zukunft|prompt\b|im laufe der zeit|rechtzeitig|beizeiten|frühestmöglich|bei (?:nächster"
        r"|erster) gelegenheit|dieser tage\b|binnen (?:stunden|tagen)\b|mit hochdruck|priorisiert|bevorzugt",
        r"(?:in|innerhalb)(?: der| den)? (?:nächsten|kommenden|wenigen|einigen|paar|ein paar) (?:\w+ )?(?:minuten"
        r"|stunden|tagen?|wochen?|monaten?)",
        r"(?:die|der) (?:nächsten|kommenden) (?:tage|wochen)",
        r"sobald (?:wir|ich|es|mir|uns)\b|sobald (?:wie|als) möglich|auf dem laufenden",
        r"jemand (?:aus|von|wird|meldet)|einer (?:unserer|von uns)",
    ),
    kinds=KINDS,
    hints=HINTS,
    again=pattern(r"(?:er|sie|es|der|die|das)\b(?= (?:wird|werden|kommt|ist|sind|meldet))"),
    then=pattern(
        r"\bbis\b[^;:.,]{1,40}\bzeit\b[^;:.]{1,20}\b(?:dann|und)\b[^;:.]*|\b(?:gib|gebt|geben sie) (?:mir"
        r"|uns)\b[^;:.]{1,40}\b(?:dann|und)\b[^;:.]*|\b(?:bin|ist"
        r"|sind)\b[^;:.]{1,60}\bund\b[^;:.]{1,60}\bdann\b"
    ),
    drops=pattern(r"\b(?:ich|wir|spätestens|noch|bis|am|um)$"),
    verb_last=True,
)
