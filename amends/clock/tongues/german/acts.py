"""How somebody gives their word in German: "ich rufe an", "Sie erhalten", "das Paket geht raus". Pure."""

from __future__ import annotations

from amends.clock.tongues.german.kinds import HINTS, KINDS
from amends.clock.tongues.patterns import either, pattern, words
from amends.clock.tongues.tongue import Acting

_ADVERB = (
    r"(?:(?:auch|nun|jetzt|dann|noch|gern|gerne|selbstverständlich|natürlich|persönlich|selbst|zunächst|zuerst|daher"
    r"|deshalb|darum|also|umgehend|sofort|gleich|beide|alle|ihnen|sie|dir|euch|dich|für sie|mich|uns|das|es|diesen fall"
    r"|hiermit) ){0,4}"
)
_STEMS = (
    "bitt ruf meld schick send versend übersend verschick liefer erstatt biet"
    " bereit leist arbeit spiel überweis zahl buch schreib informier benachrichtig geb teil"
    " sag halt"
    " komm kümmer klär prüf reparier beheb tausch ersetz korrigier änder stornier bring hol leg pack stell frag sprech kontaktier"
    " telefonier sorg veranlass leit bestell reservier schau seh erledig lös mach setz trag schalt aktualisier bestätig antwort"
    " beantwort vereinbar besorg schreib vergüt nehm wend fahr besuch versprech garantier sicher unterricht verständig mail fax"
    " klingel klingl lass storniere rechn richt übernehm übergeb organisier kommunizier hak forder beauftrag bearbeit"
    " verhinder vermeid bericht erläuter"
    " schließ berichtig rückerstatt entschädig gewähr übermittel lad bau montier programmier nachliefer"
    " verschaff erhöh kontrollier weis zieh stoß"
)
_PLANNED = (
    r"eingeplant|notiert|vermerkt|gelegt|gebucht|vereinbart|reserviert|terminiert|angesetzt|organisiert|vorgesehen"
    r"|eingetragen|vorgemerkt"
    r"|geplant|verschoben|vorverlegt|umgebucht|verlegt|vorgezogen|anberaumt|für [^.;,]{1,40}\b(?:bestellt"
    r"|veranlasst|angewiesen|beauftragt)|(?:veranlasst|angewiesen|beauftragt)(?=, (?:ihnen|dass|den|dem|bis|ihr)\b)"
)
_RESULTS = (
    "behoben|repariert|erledigt|gelöst|geklärt|fertig|ausgetauscht|ersetzt|bereinigt|korrigiert|gerichtet"
    "|(?:in|außer) betrieb|in ordnung|am laufen|im griff"
)
"""What somebody "has done by Friday"."""
_THINGS = (
    r"update|rückmeldung|rückruf|anruf|lieferung|zustellung|abholung|termin|technikertermin|ersatz|reparatur|zahlung"
    r"|antwort|bescheid|entscheidung|gutschrift|erstattung|rückzahlung|versand"
)
_STEM = either(set(_STEMS.split()))
_DAY_NAME = r"(?:(?:mon|diens|donners|frei|sams)tag|mittwoch)"
_REFLEXIVE = "meld|kümmer|wend|setz"
"""With "dich" they are orders, with "mich" a word given."""
_VERB = rf"(?:{_STEM})(?:e|en|n|ere|ern|le|ln)?"
_THIRD = (
    r"(?:ruft|meldet|schickt|sendet|versendet|liefert|erstattet|überweist|schreibt|informiert|gibt|teilt|kommt"
    r"|kümmert|klärt|prüft|repariert|gestoppt|stopp\w*|angepass\w*|anpass\w*|behebt|tauscht|ersetzt|bringt|holt"
    r"|spricht|kontaktiert|besucht|geht|gehen|trifft|treffen|verlässt|verlassen|erreicht|erreichen|erfolgt|erfolgen"
    r"|startet|kommen|liegt(?! jetzt\b| nun\b| derzeit\b)|bekommt|erhält|fährt|nimmt|übernimmt|antwortet|beantwortet"
    r"|baut|montiert|stellt|findet"
    r"|beginnt|beginnen|läuft|laufen|funktioniert|folgt|folgen|macht(?=[^.;]{0,80}\b(?:rückgängig|fertig"
    r"|auf den weg))|bucht|prüft|setzt|führt|rückt|zahlt|schaltet|wechselt|sorgt|nimmt|legt)"
)
_COMMITS_NOT = (
    r"(?!(?:hab|hatt|hätt|wär|sind|bin|war|werd|würd|wollt|woll|möcht|könn|konnt|müss|soll|dürf|mag|bedau|versteh"
    r"|hoff|wiss|weiß|freu|feier|dank|entschuldig|denk|glaub|erwart|rechn|empfehl|bitt|brauch|benötig|öffn|schließ|wart"
    r"|\w{2,20}ten\b|rief|schrieb|sprach|gaben|kamen|bekam|erhielt|fand|nahm|baten|ließ|ging|sahen|brachten|plan"
    r"|versuch|bemüh|wünsch|vermut|find|hör|kenn|erinner|nehm an|gehen davon|gehe davon|bleib|steh|streb|erlaub"
    r"|beabsichtig|verweis|weisen|fürcht|befürcht|sehn|arbeit|und|oder|diese|eine|keine|ihre|unsere|meine|alle|gerne"
    r"|heute|gestern|morgen|zwischen|ihnen))"
)
_FORMS_OF_WE = r"(?:ich|wir)"

_STATES = (
    r"(?!(?:nicht|jetzt|erst|direkt|zuletzt|dort|fast|sonst|selbst|seit|damit|bereit|bedeutet|betrifft|besteht"
    r"|erwartet|verlangt"
    r"|versteht|verspätet|versucht|benötigt|behauptet|(?:berichtet|erklärt)(?! ihnen)|betont|vermutet|überhaupt"
    r"|unterste|gilt|endet"
    r"|hat|tut|ist"
    r"|kostet|dauert|bleibt|scheint|braucht|hofft|meint|glaubt|sagt|denkt|schätzt|heißt|lautet|passt|fehlt|reicht"
    r"|wartet|öffnet"
    r"|schließt|feiert|tagt|streikt|rechnet|plant|freut|ärgert|bedauert|dankt|bittet|empfiehlt|fordert|gibt|steht"
    r"|trägt|zeigt|tat|bat|trat|hielt|galt|riet|schnitt|litt|fällt|hält|weißt|lässt(?= sich)|kündigt"
    r"|verlängert|verfällt|mitgeteilt|(?:ge|zuge|ange|abge|auf ?ge|ausge|einge|zurückge)\w+|bestellt|bezahlt"
    r"|erstattet|\w+lich\w*)\b)"
)

_REST_NOT = (
    r"(?!(?:kommend|folgend|beid|ander|neu|erst|ganz|weiter|feier|streik|genieß|gelt|öffn|sein|tag|bestehen|end|beginn"
    r"|ruh|lauf|begeh)\w*)"
)

FORMS = pattern(
    "|".join(
        (
            rf"^(?P<does_10>(?!(?:{_REFLEXIVE})e? (?:dich|dir|euch)\b)(?:{_STEM})e?)\b"
            r"(?= (?:(?:es|das|den|die|ihn) )?(?:ihnen|dir|sie|dich|euch) )",
            rf"^(?P<does_12>(?:{_REFLEXIVE})e?)\b(?= mich )",
            rf"\b{_FORMS_OF_WE} (?:werd(?:e|en)?) (?P<will_1>(?=.)){_ADVERB}",
            rf"(?<!sie )\b(?P<will_2>(?:werde|werden) {_FORMS_OF_WE})\b",
            rf"\b{_FORMS_OF_WE} {_ADVERB}(?P<does_1>{_VERB})\b",
            rf"\b(?P<does_2>(?:{_VERB}) {_FORMS_OF_WE})\b",
            rf"\b(?P<does_4>{_COMMITS_NOT}\w{{3,25}}(?:e ich|(?:en|ern|eln) wir))\b",
            rf"\b(?:ich {_ADVERB}(?P<does_5>{_COMMITS_NOT}\w{{2,25}}e)"
            rf"|wir {_ADVERB}(?P<does_6>{_COMMITS_NOT}\w{{2,25}}(?:en|ern|eln)))\b",
            rf"^(?:[-*•] ?)?(?:ihre? |unsere? |mein )?(?P<whole_6>(?:(?:nächste|neue|volle"
            rf"|endgültige)[rs]? )?(?:{_THINGS})(?= ?:| bis\b| (?:geplant|vorgesehen) ))",
            r"^(?P<whole_15>rückruf|anruf)\b(?= (?:um|am|morgen|heute|gegen|zwischen)\b)",
            r"\b(?P<whole_7>(?:(?:meine?|unsere?) \w{2,30}|die (?:buchhaltung|technik|werkstatt|filiale|leitung"
            r"|\w*abteilung)) hat (?:mir |uns )?(?:zugesagt|zugesichert|versprochen"
            r"|sich bereit erklärt))\b",
            rf"(?<=, )(?:die |der |das |ihre? |eine )?(?P<whole_12>{_THINGS}|montage|einbau)\b"
            r"(?= (?:dann |erst )?(?:am|bis|um|morgen|übermorgen)\b(?!.*\b(?:war|kam|ist|wurde|hat|steht"
            r"|\w*zu\w+en)\b)[^,;:]{1,30}$)",
            rf"\b(?:{_THINGS}) (?P<verb_4>ist)\b(?= (?:am|um|bis|morgen|heute|zwischen|nächste|diese|montag|dienstag"
            rf"|mittwoch|donnerstag)\w*\b)",
            r"\b(?P<does_7>(?:wissen wir|wir wissen|weiß ich|ich weiß)(?= (?:dann |bestimmt |sicher )?(?:mehr"
            r"|bescheid)))\b",
            r"\b(?:ich|wir) hab(?:e|en)? (?!sie |dich |euch )[^.;,]{2,40} (?P<does_13>(?:gebeten|beauftragt"
            r"|angewiesen),)"
            r"(?=[^.;]{3,80}zu)",
            r"\b(?P<does_14>kann ich|können wir|ich kann|wir können)(?=[^.;,]{1,30} (?:mehr|näheres"
            r"|genaueres) (?:dazu )?sagen)",
            r"\b(?P<does_15>bin ich|sind wir|ich bin|wir sind)\b(?=[^.;,]{1,80}\b(?:bei (?:ihnen|euch|dir)|vor ort)\b)",
            r"\b(?P<does_8>finde ich|finden wir)(?=.{0,80}\b(?:heraus|eine lösung))",
            r"\b(?P<whole_9>können sie)\b(?=[^.;?]{0,60}\bwieder\b)",
            r"\b(?P<whole_10>sie (?:können|dürfen)|(?:können|dürfen) sie)\b(?=[^.;?]{0,80}\brechnen\b)",
            r"\b(?P<whole_11>(?:seien sie|sie (?:können|dürfen)(?: sich)?|können sie(?: sich)?) (?:versichert"
            r"|sicher|gewiss|darauf verlassen))\b",
            r"\b(?P<whole_8>rechnen sie)(?=[^.;]{0,60}?\bmit (?:einer|einem|unserer|unserem|meiner|meinem|der|dem) )",
            rf"(?<!sie )(?<= )(?P<done_2>hat|haben)\b(?=[^.;]{{1,60}} (?:auf|für) [^.;]{{1,50}}\b(?:{_PLANNED})\b)",
            r"\b(?P<does_9>habe ich|haben wir|ich habe|wir haben)\b(?=[^.;,]{0,40}\b(?:eine (?:antwort|lösung"
            r"|entscheidung|rückmeldung)"
            r"|ein ergebnis|das ergebnis|neuigkeiten|klarheit|gewissheit)\b(?![^.;,]{0,60}\b(?:ge\w+|erhalten"
            r"|bekommen)\b))",
            r"\b(?P<done_1>(?:haben wir|habe? ich|wir haben|ich habe?))\b(?=[^;]{1,120}"
            r"(?:\w*ge\w{2,}(?:t|en)|\b(?!beiden)(?:vor|um|an|ab|auf|ein|aus|zu|nach)?(?:be|ver|er|ent|zer|über"
            r"|unter)\w{3,}(?:t|en)|\w+iert|notiert"
            r"|eingetragen)\b)",
            rf"(?<!sie )(?<= )(?P<done_3>hat|haben)\b(?=[^.;,]{{1,60}}\bbis\b[^.;,]{{3,40}} (?:{_RESULTS})\b)",
            r"\b(?P<does_3>(?:ich kann|wir können|kann ich|können wir) (?:ihnen |dir )?(?:\w+ )?(?:zusichern"
            r"|versprechen|garantieren|zusagen|bestätigen))\b",
            r"\b(?P<whole_1>(?:(?<!haben )sie (?:erhalten|bekommen|hören|erfahren|empfangen|finden(?! (?:uns"
            r"|mich)\b)|haben|kriegen"
            r"|sehen|wissen))|(?:erhalten|bekommen|hören|erfahren|haben|kriegen|wissen|sehen|finden|empfangen) sie"
            r"|(?:du )(?:erhältst|bekommst|hörst|hast)|(?:erhältst|bekommst|kriegst|hörst|weißt|hast|siehst|findest"
            r"|erfährst) du|(?:kriegst"
            r"|bekommst) (?=dein)|(?:können"
            r"|dürfen) sie (?=(?:bis .{1,40} )?(?:mit|auf|rechnen)\b)(?:\w+)|sie können (?:damit|darauf|mit"
            r"|sich (?:darauf|auf)))\b",
            r"\b(?P<whole_2>(?:sie werden|werden sie))\b(?! (?:gebeten|aufgefordert|brauchen|müssen|bemerken"
            r"|feststellen|sehen, dass))",
            r"\b(?:so ?dass|damit) (?P<whole_3>(?:sie|es|das|ihnen))\b(?! (?:nicht|nie|künftig|in zukunft)\b)",
            r"\bund (?P<alone_2>werden?)\b(?= (?:ihnen|sie|dir|dich|euch|das|die|den|ihr\w*)\b)",
            r"\b(?P<whole_13>(?:beachten sie|mitzuteilen|mitteilen zu können|teilen? (?:ich|wir) ihnen mit"
            r"|informieren? (?:ich|wir) sie"
            r"|freuen? (?:ich|wir) (?:mich|uns)),? dass (?:ich|wir|sie))\b",
            rf"\bund (?P<alone_1>(?:{_STEM})(?:e\b(?= (?:mich|mir|den|die|das|es|ihr\w*) )|e?\b(?= (?:ihnen|sie"
            rf"|dir|dich|euch)\b)))",
            r"(?:\bund|,) (?P<also_1>(?:" + _VERB + r"))\b(?! (?:ich|wir)\b)(?! sie (?:uns|mir|bitte|das|ihr))",
            rf"\bund (?P<also_3>{_COMMITS_NOT}(?-i:[a-zäöü])\w{{2,20}}(?:e|en|ern|eln))\b(?= (?:ihnen|dir|euch"
            rf"|es ihnen|es dir)\b)",
            rf"\bund (?P<also_2>(?=(?:ihnen|sie|dir|dich|euch|dem|den|die|das|ihre?[nms]?|bis|am|um|morgen|heute|noch"
            rf"|es) )"
            r"(?!sie (?:werden|erhalten|bekommen|können|müssen|haben|hören|erfahren))"
            rf"(?=(?:[\w.:'-]{{1,30}} ){{1,9}}?\w{{0,20}}(?:{_STEM})e?n(?=\s*(?:$|[,.;:!)]|und\b)))\w+)",
            rf"(?<= )(?P<verb_1>(?-i:wird|werden|{_THIRD}))\b",
            rf"(?<= )(?P<verb_2>(?:wurde|wurden))\b(?=[^.;]{{1,90}}?\b(?:{_PLANNED})\b(?<!lasst)(?<!wiesen)(?<!tragt))",
            rf"(?:^|(?<=[;,:] )|(?<=und ))(?P<whole_4>(?:sie|er|es) (?:wird|(?:{_THIRD})(?<=t)))\b",
            rf"(?:^|(?<=[;,:] )|(?<=und ))(?P<whole_14>sie (?:werden|(?:{_THIRD})(?<=n)))\b"
            r"(?=[^.;]{0,60}\b(?:(?:an|für) (?:sie|dich|euch)|ihnen|dir|euch)\b)",
            r"^(?P<alone_3>wird|werden?)\b"
            r"(?=[^.;?]{3,90} (?:\w*ge\w{2,}|[vbz]er?\w{3,}|\w+ier)(?:t|en)(?=\s*(?:$|[.,;!)])))",
            rf"^(?P<alone_4>geht|kommt|folgt)\b(?= (?:am|bis|heute|morgen|übermorgen|{_DAY_NAME})\b)",
            rf"^(?P<whole_16>versand|lieferung|zustellung)\b(?= (?:am|heute|morgen|übermorgen|{_DAY_NAME})\b)",
            r"\b(?P<does_11>(?:(?:ich|wir) (?:versuch|probier)(?:en?)?|(?:versuch|probier)(?:en?)? (?:ich|wir))(?: es"
            r"|'?s))\b"
            r"(?=[^.;]{0,60}\b(?:noch ?(?:ein)?mal|nochmals?|erneut|wieder)\b)",
            rf"(?<= )(?P<verb_5>{_STATES}(?-i:[a-zäöü])\w{{2,25}}t)"
            r"\b(?= (?:den|die|das|dem|ihre?[nm]?|sie|sich|ihnen|es|ihn|am|bis|morgen|heute|noch|diese[nrs]?|einen?"
            r"|eine|alle[ns]?"
            r"|um|nächste\w*|jeden|zwei|mit|unser\w*|mein\w*|zum|zur|im|in|bei|übermorgen|spätestens|binnen"
            r"|innerhalb|dies\w*"
            r"|wieder|erneut|persönlich|telefonisch|umgehend|sofort|(?:mon|diens|donners|frei|sams|sonn)tag\w*"
            r"|mittwoch\w*) )",
            rf"(?<= )(?P<verb_6>{_COMMITS_NOT}{_REST_NOT}(?-i:[a-zäöü])\w{{2,20}}(?:en|ern|eln))"
            r"\b(?= (?:(?:unsere|die|meine|alle|zwei|drei) (?-i:[A-ZÄÖÜ])\w+|ihnen|(?-i:sie)|sich|ihre?n?|den|dem"
            r"|das|es|ihn|alles|am|bis|um|morgen|heute|noch|übermorgen|spätestens|ab|nächste\w*) )",
            r"\bund (?P<passive_1>(?=(?:am|bis|um|morgen|übermorgen|heute|noch|spätestens|innerhalb|binnen|in|dann"
            r"|anschließend)\b"
            r"[^.,;]{1,50} \w*(?:ge\w{2,}|[vbz]er?\w{3,}|\w+ier)(?:t|en)(?=\s*(?:$|[.,;!)])))\w+)",
            r"(?:^|(?<=[;,:] )|(?<=und ))(?P<being_2>(?:sie|er|es) ist)\b",
            r"(?<= )(?P<being_1>(?:ist|sind|steht|stehen))\b",
        )
    ),
)
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
    ours=pattern(r"\b(?:ich|wir)\b(?! (?:möchte|bitte|würde|hätte|bat|empfehle|brauche|benötige|erwarte|hoffe)\w*)"),
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
        r"fraglich|ungewiss|unklar|in kraft\b|läuft (?:\w+ )?bis\b|änder(?:n|t) sich|(?:erreichen sie"
        r"|sie erreichen) (?:mich|uns)\b",
        r"(?:können|könnte|könnten|müssen|müssten|sollen|sollte|sollten|würde|würden|möchte|möchten|dürfen|dürfte"
        r"|versuchen|bemühen)(?=\s*(?:$|[,.!]))",
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
        r"\w*(?:verkauf|saison|vertrag|laufzeit|garantie|frist|ferien|kurs|abo|schutz|semester|schule|schuljahr|film"
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
        r"|schicken sie|senden sie|teilen sie|geben sie|rufen sie|melden sie|sagen sie|lassen sie|schreiben sie"
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
        r"|geflickt|genäht|gelegt|geplant|vorgesehen|vereinbart|online|in ordnung|im briefkasten|durch\b|vor ort"
        r"|abholbereit|bereit\b"
        r"|korrigiert"
        r"|eingeplant|terminiert|storniert|(?:an|vor) (?:ihrer|der) (?:haus|wohnungs)?(?:tür|adresse)"
    ),
    deadline=words(
        r"(?:noch |schon |aller)?(?:bis|spätestens|innerhalb|binnen|innert|vor)\b|zum (?=\d)|in (?:spätestens"
        r"|höchstens|maximal)|in (?:etwa |ca\. |rund |gut )?[\w-]{1,20} (?:minuten?|stunden?)\b"
    ),
    planned=words(_PLANNED, rf"bis\b[^.;,]{{3,40}} (?:{_RESULTS})\b"),
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
    then=pattern(r"\b(?:bin|ist|sind)\b[^;:.]{1,60}\bund\b[^;:.]{1,60}\bdann\b"),
    drops=pattern(r"\b(?:ich|wir|spätestens|noch|bis|am|um)$"),
    verb_last=True,
)
