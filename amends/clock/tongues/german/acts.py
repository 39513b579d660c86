"""How somebody gives their word in German, and what takes it back. Pure."""

from __future__ import annotations

from amends.clock.tongues.german.forms import FORMS, PLANNED, RESULTS
from amends.clock.tongues.german.kinds import HINTS, KINDS
from amends.clock.tongues.patterns import pattern, words
from amends.clock.tongues.tongue import Acting

_HEDGES = (
    r"üblicherweise|normalerweise|gewöhnlich|in (?:der|aller) regel|meist(?:ens)?|im (?:normal|regel|ideal)fall"
    r"|im allgemeinen"
    r"|in den meisten fällen|erfahrungsgemäß|unter (?:\w+ )?umständen|generell|grundsätzlich|durchschnittlich"
    r"|im schnitt"
    r"|vielleicht|eventuell|evtl|möglicherweise|womöglich|hoffentlich|vermutlich|wahrscheinlich|angeblich|theoretisch"
    r"|gegebenenfalls|ggf|nach möglichkeit|wenn möglich|idealerweise|bestenfalls|mit (?:\w+ )?(?:\w+ )?glück"
    r"|vorbehaltlich"
)
"""Words that take a word back, wherever they stand."""

CONDITION = pattern(
    r"(?:\b(?:bis (?=(?:sie|du|ihr)\b)|wenn|falls|sofern|sobald|bevor|nachdem|solange|ob|weil|da wir"
    r"|während|warum"
    r"|weshalb|wer|welche[rsnm]?"
    r"|was|wie(?! (?:\w+ ){0,2}(?:besprochen|vereinbart|abgemacht|ausgemacht|verabredet|versprochen|zugesagt"
    r"|gewünscht|angekündigt|gesagt"
    r"|erwähnt))|wo|wann"
    r"|(?<!so )dass|sagte?n?"
    rf"|sagt|schrieben?|schreibt|meinten?|meldete|hofft?e?n?|glauben?|denken?|erwarten?|rechnen?|laut"
    rf"|voraussichtlich|{_HEDGES}|sollten?|könnten?|würden?|möchten?(?! (?:ich |wir )?(?:mich|uns)\b)|dürften?"
    r"|müssten?|hätten?|wären?|kann|können|müssen|muss|soll|sollen|darf|zufolge|gaben? an|teilte|deren"
    r"|dessen|nach (?:angaben?|auskunft|aussagen?)|(?:website|webseite|seite|homepage"
    r"|aushang) steht)\b[^,;:–]*(?:[:,](?=\d)[^,;:–]*)*"
    r"|\b(?:schrieben|geschrieben|sagten|gesagt|schreiben|nachricht|zitat)(?: \w+){0,3}:.*)$",
)
CONDITIONAL = pattern(
    rf"(?:(?<!wissen )(?<!sagen )\b(?:{_HEDGES}|(?:unser|mein) (?:bestes|möglichstes)"
    r"|alles daran|(?<!\bsie )(?<!\ber )(?<!ich )(?:meinte?|sagte?|behauptete?|glaubte?|denkt|dachte|erklärte"
    r"|schrieb)(?=,)|ich (?:denke|glaube|schätze|vermute"
    r"|hoffe)|wir (?:denken"
    r"|glauben|schätzen|vermuten|hoffen)"
    r"|(?<!was )sonst(?! noch)|je nach|ohne (?:antwort|rückmeldung|ihre)|hören wir bis|soweit|solange"
    r"|wenn|falls|sofern|(?:(?<!\w )|(?<=und )|(?<=aber )|(?<=doch ))sollten? (?:sie|es|das|die|der|ihr|etwas|sich"
    r"|bis|noch|wider)|vorausgesetzt"
    r"|hätten wir|hätte ich|sobald(?! (?:ich|wir|mir|uns|es)\b[^,]{0,40}\b(?:weiß|wissen|höre|hören"
    r"|neues|mehr|näheres|rückmeldung|antwort|neuigkeiten|informationen)\b)|nachdem|im fall(?:e)?"
    r"|bei (?:bestellung|eingang|zahlung|rücksendung|verfügbarkeit|bedarf|interesse|problemen|regen|frost|gutem"
    r"|schlechtem)\w*|ansonsten"
    r"|andernfalls|nach (?:eingang|erhalt|prüfung"
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
        r"|\b(?:werde|habe|sei|solle|könne|müsse)\b|\b(?:laden|geschäft|filiale|büro|hotline|shop|markt|aktion"
        r"|(?<!unser )angebot|öffnungszeiten|bestellungen|rücksendungen|kunden|mitglieder|jede|jeder|die meisten|viele"
        r"|manche|einige|wetter|behörde|amt|finanzamt|gericht|polizei)(?![\w-])|^\s*(?:die|der"
        r"|das) [^,]*\b(?-i:[a-z]\w*t"
        r"|\w*ge\w+en)\s*$|\b(?:letzte|vorige"
        r"|vergangene)[nrs]?\b|\bmein termin\b",
    ),
    breaks=pattern(
        r"[;:()]|[.!?]$| [-–—] |,(?= (?:wenn|falls|sobald|sofern|weil|da|denn|aber|die|der|das|welche|um|ob|wie|was"
        r"|wo|sodass|so dass|damit)\b)|, (?:aber|sondern|denn)\b|,? und (?=(?:ich|wir|sie|die|der|das|ihr|ihre"
        r"|mein|meine|unser|unsere|er|bis|am|dann|sobald)\b)|, (?=(?:ich|wir|sie)\b)",
    ),
    refuses=words(
        r"nicht(?! (?:wieder|noch einmal|nochmals?|erneut|mehr (?:passier|vorkomm|auftr|gescheh)|vor |nur"
        r"|später))(?!\w)",
        r"kein(?:e|en|em|er|es)?\b|kommt? (?:\w+ ){1,4}(?:ins (?:haus|büro|amt)|zum dienst|zur arbeit)\b",
        r"nie(?:mals)?\b(?! wieder)|nichts\b|nix\b|(?:auf reisen|in (?:der )?pause)\b",
        r"leider\b(?=.*\b(?:nicht|kein))",
        rf"(?:{_HEDGES})\b|voraussichtlich|ausgeschlossen\b|unmöglich|unwahrscheinlich|abgesagt|entfällt|entfallen\b",
        r"zieh(?:e|en|t) (?:\S+ ){1,6}um\b|(?:berechnen wir|wir berechnen)\b(?!.*\bneu\b).*\b(?:zuschlag|aufpreis"
        r"|euro)\b|wirksam\b|nur (?:noch )?bis\b|rechtskräftig|(?:eines|jedes"
        r"|jeden) (?:jeden )?(?:monats|jahres"
        r"|quartals)\b|fraglich|ungewiss"
        r"|unklar|in kraft\b|läuft (?:\w+ )?bis\b|änder(?:n|t) sich|(?:erreichen sie"
        r"|sie erreichen) (?:mich|uns)\b",
        r"(?:können|könnte|könnten|müssen|müssten|sollen|sollte|sollten|würde|würden|möchte|möchten|dürfen|dürfte"
        r"|(?<!erneut )(?<!einmal )(?<!nochmal )(?<!nochmals )(?<!wieder )versuchen|bemühen)(?=\s*(?:$|[,.!]))",
        r"(?:geöffnet|(?<!nach der )(?<!nach einer )(?:besprechung|sitzung)|(?<!nach dem )meeting|schulung"
        r"|mittagspause|außer haus|geschlossen|(?<!wieder )offen|(?<!wieder )erreichbar|besetzt|verfügbar|gültig"
        r"|urlaub|im büro|für sie da|telefonisch (?=nicht|erreichbar)|abwesend|dankbar"
        r"|(?<!diese )(?<!selben )(?<!gleiche )(?<!gleichen )(?<!gegebener )(?<!absehbarer )(?<!chster )zeit"
        r"|möglichkeit|(?<!chster )(?<!erster )gelegenheit|anspruch|recht auf|fällig|ausverkauft|ferien|endet|enden"
        r"|ablaufen|auslaufen|auslaufend)\b",
        r"(?:kündigung|abmeldung|widerruf|auszug|vertragsende)\b.*\b(?:vermerkt|notiert|eingetragen|vorgemerkt)\b",
        r"(?:lastschrift|abbuchung)\w*\b.*\bausgeführt|(?:abgebucht|eingezogen)\b",
        r"\w*(?:flug|zug|bus|fähre|konzert|streik|veranstaltung|spiel|kurs|messe|workshop|seminar|vortrag|lesung"
        r"|training|führung|webinar|schulung|film|vorstellung|prüfung|probe) (?:läuft|geht|fährt"
        r"|startet|beginnt|fliegt|landet|findet)\b",
        r"(?:ist|sind|bin)\b.*\b(?:krank|verreist|verhindert|beschäftigt|auf dienstreise)\b",
        r"(?:ich|er|sie|wir|frau \w+|herr \w+|(?:mein|unser|der|die)e? \w*(?:leit|chef|kolleg|fahrer|arzt|ärzt"
        r"|meist)\w*)"
        r" (?:ist|sind|bin)\b.*\bweg\b",
        r"(?:beitr[aä]ge?|preise?|tarife?|gebühr(?:en)?|mieten?|zinsen)\b.*\b(?:angehoben|erhöht|steig(?:t|en))\b",
        r"(?:der|die|das) (?:am|zum|im|ab) .{2,40}\b(?:beginnt|startet|endet)(?=\s*(?:$|[.,;!]))",
        r"preise? steig\w*|kommen?t? .{0,30}\bheraus\b|(?:sagt|meint|behauptet|schreibt) (?:er|sie|man)(?=\s*(?:$"
        r"|[.,;]))"
        r"|heißt es\b",
        r"(?:frühstück|mittagessen|abendessen|einlass|anreise|abreise)\b|niemand (?:da|hier|im)\b|gibt es jede\w*"
        r"|(?:ist|sind) (?:bis|erst)\b.*\bbei gericht|(?:ist|sind) erst\b.*\bwieder da",
        r"(?:strom|wasser|gas|heizung)\b.{0,60}\b(?:abgestellt|abgeschaltet|unterbrochen)\b|uhr wird (?:ab"
        r"|zu)?ge(?:schlossen|sperrt)\b",
        r"(?:spielt|singt|tritt) (?:um|am|ab)\b",
        r"(?:schließen|öffnen) wir\b(?!.*\b(?:fall|vorgang|akte|ticket|ab|an)\b)",
        r"macht\b.*\bauf$|(?:liegt|steht|bleibt)\b.{0,20}\b(?:bis|ab)\b.*\bbereit|halte?n? .{0,60}\bfrei\b"
        r"|frei ?(?:ge)?halten\b"
        r"|immer(?! (?:wieder|noch))\b|stets\b|gesperrt\b",
        r"(?:ist|sind|können sie|parken sie)\b.*\b(?:kostenlos|kostenfrei|gebührenfrei|gratis)"
        r"|(?<!wie )(?<!als )(?<!st)möglich\b(?! ist)",
        r"(?:bitten?|bitte ich|bitten wir) (?:sie|um)\b|außer (?:sie|du|ihr)\b|es sei denn\b",
        r"\w*(?:elternzeit|urlaub|mutterschutz|schicht|tarif|verkauf|saison|vertrag|laufzeit|garantie|frist|ferien"
        r"|kurs|abo|schutz|semester|schule|schuljahr|film"
        r"|fahrplan)\w*"
        r" (?:fängt|beginnt|startet|läuft|endet"
        r"|verlängert)",
        r"sie haben (?!.*\bbis\b).*\b(?:\w{0,8}ge\w{2,}(?:t|en)|bestellt|bezahlt|erhalten|bekommen|\w+iert)(?:$|,)",
        r"sie haben\b.*\btermin\b|gebeten(?!,)|aufgefordert|verpflichtet|läuft\b.*\b(?:ab|aus)\b",
        r"(?:kolleg\w+|herr \w+|frau \w+|sachbearbeiter\w*|chef\w*|leiter\w*|kollegin) (?:ist|sind|kommt"
        r"|kommen) (?!.*(?:bei ihnen|vor ort"
        r"|unterwegs)).*\b(?:wieder|zurück)\b",
        r"(?:wenn|falls|sofern|vorausgesetzt)\b(?! ich (?:[\w.]+ ){1,4}(?:bin|komme)\b)",
        r"(?:ist|sind)\b.*\b(?:zu (?!erwarten|haben|sehen)\w+en|\w{2,5}zu\w{3,}en)(?=\s*(?:$|[.,;!]))|zahlbar\b",
        r"(?:ein|zwei|drei)mal (?:im|pro|am|die|jede[ns]?) (?:jahr|monat|woche|tag)\w*|(?:eröffnet|eröffnen)\b",
        r"(?:fährt|geht|startet|fliegt) (?:der|die|das) (?:bus|zug|flug|fähre|bahn)\b",
        r"(?:sobald) (?:sie|das (?:paket|gerät)|die (?:ware|rücksendung|sendung)|der|ihre?|es(?! (?:neuigkeiten"
        r"|etwas|was|neues)\b)|wir (?:das|die|den|ihr))",
        r"nach (?:eingang|erhalt|ankunft|prüfung|rücksendung|zahlungseingang|freigabe)",
        r"(?:ab|nach) (?:eingang|erhalt|zugang)",
    ),
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
        r"|sollten|brauchen)|kommen sie|nennen sie|prüfen sie)(?!\w)",
    ),
    binds=pattern(r"\b(?:spätestens|allerspätestens|auf jeden fall|in jedem fall)\b"),
    pledges=words(
        r"\bwort\b|verbürg\w*|bürge?n?\b|stehe?n? .{0,20}dafür|geradestehen|versprech\w*|versicher\w*|zusag\w*"
        r"|bestätig\w*"
        r"|kümmer\w*|sorge?n?\b|garantier\w*|sicher\w*|stellen? .{0,20}sicher"
        r"|veranlass\w*"
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
    general=words(
        r"^(?:(?:hallo|hi|moin|servus|liebe[rs]?|guten \w+|sehr geehrte[rs]?) [^,]{1,40}, )?(?:kommt|kommen|trifft"
        r"|treffen"
        r"|geht|gehen|taucht|erreicht|liegt|ist|sind|hat|klappt|passt|bleibt|fehlt|wird|werden) (?:der|die|das|ihre?"
        r"|es)\b"
        r"[^,?]{3,90}, \w+",
        r"schlie(?:ß|ss)t (?:das|die|der|unser\w*) (?:büro|geschäft|laden|praxis|schalter|filiale|bad|kasse)\b",
        r"^(?:[^,]{1,40}, )?(?-i:[A-ZÄÖÜ])\w+(?:e|en), die (?:bis|vor|nach|ab)\b",
        r"^angenommen\b|^gesetzt den fall|nur noch (?:bis|heute|wenige)|jetzt (?:zugreifen|bestellen|sichern"
        r"|buchen|shoppen)|sichern sie sich"
        r"|sparen sie",
        r"(?:unser|unsere) (?:grundsatz|richtlinie|regel|ziel|prinzip)\b|^(?:wer|alles,? was)\b"
        r"|^was\b(?![^,]{1,40}, (?:\w+e ich|\w+en wir)\b)|bestellschluss"
        r"|annahmeschluss|einsendeschluss|stichtag|laut (?:unseren )?(?:agb|geschäftsbedingungen)"
        r"|gesetzlich(?!en frist)",
        r"\d+ ?(?:%|prozent) (?:rabatt|auf|günstiger)|schlussverkauf|sonderangebot\w*|entdecken sie|gewinnspiel",
    ),
    vague=words(
        r"asap\b|später\b|nachher\b|umgehend|unverzüglich|zeitnah|baldmöglichst|baldigst"
        r"|(?:so )?bald(?: wie möglich)?\b|demnächst|in kürze"
        r"|kurzfristig|alsbald|in bälde|ehestmöglich|ehebaldigst|schnellstmöglich|schnellstens|raschestmöglich"
        r"|so (?:schnell|rasch|bald|zügig) (?:wie|als) möglich|möglichst (?:schnell|bald|rasch|zügig)|zügig|rasch\b"
        r"|schnell\b|auf dem schnellsten weg\w*|zu gegebener zeit|in absehbarer zeit|in nächster zeit|irgendwann"
        r"|in naher zukunft|prompt\b|im laufe der zeit|rechtzeitig|beizeiten|frühestmöglich|bei (?:nächster"
        r"|erster) gelegenheit|dieser tage\b|binnen (?:stunden|tagen)\b|mit hochdruck|priorisiert|bevorzugt",
        r"(?:in|innerhalb)(?: der| den)? (?:nächsten|kommenden|wenigen|einigen|paar|ein paar) (?:\w+ )?(?:minuten"
        r"|stunden|tagen?|wochen?|monaten?)",
        r"(?:die|der) (?:nächsten|kommenden) (?:tage|wochen)",
        r"sobald (?:wir|ich|es|mir|uns)\b|auf dem laufenden",
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
