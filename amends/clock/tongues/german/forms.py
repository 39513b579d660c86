"""The forms in which somebody gives their word in German: "ich rufe an", "Sie erhalten", "das Paket geht raus". Pure."""

from __future__ import annotations

from amends.clock.tongues.patterns import either, pattern

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
    " dicht rüst unterbreit verarbeit begleit gestalt test gewährleist bewert begutacht sicht entricht verricht vertret"
    " verschaff erhöh kontrollier weis zieh stoß"
)
PLANNED = (
    r"eingeplant|notiert|vermerkt|gelegt|gebucht|vereinbart|reserviert|terminiert|angesetzt|organisiert|vorgesehen"
    r"|eingetragen|vorgemerkt"
    r"|geplant|verschoben|vorverlegt|umgebucht|verlegt|vorgezogen|anberaumt|für [^.;,]{1,40}\b(?:bestellt"
    r"|veranlasst|angewiesen|beauftragt)|(?:veranlasst|angewiesen|beauftragt)(?=, (?:ihnen|dass|den|dem|bis|ihr)\b)"
)
RESULTS = (
    "behoben|repariert|erledigt|gelöst|geklärt|fertig|ausgetauscht|ersetzt|bereinigt|korrigiert|gerichtet"
    "|(?:in|außer) betrieb|in ordnung|am laufen|im griff"
)
"""What somebody "has done by Friday"."""
_THINGS = (
    r"update|rückmeldung|rückruf|anruf|lieferung|zustellung|abholung|termin|technikertermin|ersatz|reparatur|zahlung"
    r"|antwort|bescheid|entscheidung|gutschrift|erstattung|rückzahlung|versand|liefertermin|einbau|austausch|montage"
    r"|auszahlung|überweisung|begutachtung|besichtigung|übergabe|auslieferung|rückbuchung|installation|wartung"
)
HELD = (
    rf"{_THINGS}|begehung|abnahme|besuch|gespräch|tausch|bau|prüfung|inspektion|vorführung|messung|reinigung|einweisung"
    "|umzug"
)
"""What is promised when it "findet statt"; a concert, a market or a meeting is not."""
_STEM = either(set(_STEMS.split()))
_DAY_NAME = r"(?:(?:mon|diens|donners|frei|sams)tag|mittwoch)"
_REFLEXIVE = "meld|kümmer|wend|setz"
"""With "dich" they are orders, with "mich" a word given."""
_VERB = rf"(?:{_STEM})(?:e|en|n|ere|ern|le|ln)?"
_THIRD = (
    r"(?:ruft|meldet|schickt|sendet|versendet|liefert|erstattet|überweist|schreibt|informiert|gibt|teilt|kommt"
    r"|kümmert|klärt|prüft|repariert|gestoppt|stopp\w*|angepass\w*|anpass\w*|behebt|tauscht|ersetzt|bringt|holt"
    r"|spricht|kontaktiert|besucht|geht|gehen|(?:trifft|treffen)(?! sich\b)|verlässt|verlassen|erreicht"
    r"|erreichen|erfolgt|erfolgen"
    r"|startet|kommen|liegt(?! jetzt\b| nun\b| derzeit\b)|bekommt|erhält|fährt|nimmt|übernimmt|antwortet|beantwortet"
    r"|baut|montiert|stellt"
    r"|beginnt|beginnen|läuft|laufen|funktioniert|folgt|folgen|macht(?=[^.;]{0,80}\b(?:rückgängig|fertig"
    r"|auf den weg))|bucht|prüft|setzt|führt|rückt|schließt(?=[^.;]{0,80}\ban\b)|zahlt|schaltet|wechselt"
    r"|sorgt|nimmt|legt)"
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
    r"|hat|tut|ist|findet|trifft(?= sich)"
    r"|kostet|dauert|bleibt|scheint|braucht|hofft|meint|glaubt|sagt|denkt|schätzt|heißt|lautet|passt|fehlt|reicht"
    r"|wartet|öffnet"
    r"|schließt|feiert|tagt|streikt|rechnet|plant|freut|ärgert|bedauert|dankt|bittet|empfiehlt|fordert|gibt|steht"
    r"|trägt|zeigt|tat|bat|trat|hielt|galt|riet|schnitt|litt|fällt|hält|weißt|lässt(?= sich)|kündigt"
    r"|verlängert|verfällt|erlischt|verjährt|mitgeteilt|(?:ge|zuge|ange|abge|auf ?ge|ausge|einge|zurückge)\w+"
    r"|bestellt|bezahlt"
    r"|erstattet|\w+lich\w*)\b)"
)

_REST_NOT = (
    r"(?!(?:pass|kost|dauer|stimm|fehl|gehör|müss|dürf|soll|woll|könn|brauch|verfall|gelt|häng|wart"
    r"|enthalt|umfass|beinhalt"
    r"|betrag|entfall|entsteh|fall|bedeut|entsprech|beruh|stamm|heiß|schein|bleib|empfehl|bitt|öffn"
    r"|schließ|wechsel(?=n sich)|kommend|folgend|beid|ander|neu|erst|ganz|weiter|feier|streik|genieß|gelt"
    r"|öffn|sein|tag|bestehen|end|beginn"
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
            r"\b(?P<whole_17>(?:wir|ich) hab(?:en?|e) [^.;,]{0,30}?(?:vereinbart|beschlossen|entschieden"
            r"|festgelegt|abgemacht"
            r"|verabredet|eingeplant),? dass|(?:geplant|vorgesehen) ist(?: es)?,|(?:es )?ist (?:geplant|vorgesehen),)",
            r"\bmit (?:de[rm]|ihre[rm]|eine[rm]"
            r"|unsere[rm]) [^.;,]{2,40}? (?P<whole_18>ist)\b(?=[^.;,]{2,40} zu rechnen\b)",
            r"^(?P<whole_15>rückruf|anruf)\b(?= (?:um|am|morgen|heute|gegen|zwischen)\b)",
            r"\b(?P<whole_7>(?:(?:meine?|unsere?) \w{2,30}|die (?:buchhaltung|technik|werkstatt|filiale|leitung"
            r"|\w*abteilung)) hat (?:mir |uns )?(?:zugesagt|zugesichert|versprochen"
            r"|sich bereit erklärt))\b",
            rf"(?<=, )(?:die |der |das |ihre? |eine )?(?P<whole_12>{_THINGS}|montage|einbau)\b"
            r"(?= (?:dann |erst )?(?:am|bis|um|morgen|übermorgen)\b(?!.*\b(?:war|kam|ist|wurde|hat|steht"
            r"|\w*zu\w+en)\b)[^,;:]{1,30}$)",
            rf"\b(?:{_THINGS})(?: (?:des|der|ihre[rs]|deine[rs]"
            rf"|unsere[rs]) (?:\w{{2,20}} ){{0,2}}?\w{{2,30}})? (?P<verb_4>ist)\b"
            rf"(?= (?:am|um|bis|für|morgen|heute|zwischen|nächste|diese|montag"
            rf"|dienstag"
            rf"|mittwoch|donnerstag)\w*\b)",
            r"\b(?P<does_7>(?:wissen wir|wir wissen|weiß ich|ich weiß)(?= (?:dann |bestimmt |sicher )?(?:mehr"
            r"|bescheid)|,? (?:ob|wie|wann|was|wer|wo\w*|warum)\b))\b",
            r"^(?:ob|wie|wann|was|wer|wo\w*|warum|welche\w*)\b[^;.]{3,80}, (?P<does_17>weiß ich"
            r"|wissen wir)\b(?! nicht)",
            r", (?:die|der|das|den|welche[nrs]?) (?P<does_16>wir"
            r"|ich)\b(?=[^,;.:]{3,90} (?-i:[a-zäöü])\w*en?(?<!haben)(?<!hatten)"
            r"(?<!hätten)(?<!habe)(?<!können)(?<!konnten)(?<!müssen)(?<!sollen)(?<!wollen)(?<!brauchen)(?<!benötigen)(?<!dürfen)"
            r"(?<!bekommen)(?<!wurden)(?<!ten)(?<!sollte)(?<!würden)(?<!erwarten)(?=\s*(?:$|[.,;!])))",
            r"\b(?:ist|sind|wurden?) (?P<whole_20>(?:angewiesen|beauftragt|gebeten),)(?=[^.;]{3,80} \w*zu)",
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
            rf"(?<!sie )(?<= )(?P<done_2>hat|haben)\b(?=[^.;]{{1,60}} (?:auf|für) [^.;]{{1,50}}\b(?:{PLANNED})\b)",
            r"\b(?P<does_9>habe ich|haben wir|ich habe|wir haben)\b(?=[^.;,]{0,40}\b(?:eine (?:antwort|lösung"
            r"|entscheidung|rückmeldung)"
            r"|ein ergebnis|das ergebnis|neuigkeiten|klarheit|gewissheit)\b(?![^.;,]{0,60}\b(?:ge\w+|erhalten"
            r"|bekommen)\b))",
            r"\b(?P<done_1>(?:haben wir|habe? ich|wir haben|ich habe?))\b(?=[^;]{1,120}"
            r"(?:\w*ge\w{2,}(?:t|en)|\b(?!beiden)(?:vor|um|an|ab|auf|ein|aus|zu|nach)?(?:be|ver|er|ent|zer|über"
            r"|unter)\w{3,}(?:t|en)|\w+iert|notiert"
            r"|eingetragen)\b)",
            rf"(?<!sie )(?<= )(?P<done_3>hat|haben)\b(?=[^.;,]{{1,60}}\bbis\b[^.;,]{{3,40}} (?:{RESULTS})\b)",
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
            r"\b(?P<whole_19>(?:halten sie|hältst du|sie halten|du hältst))\b(?=[^.;]{1,60}\b(?:händen?"
            r"|der hand|armen)\b)",
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
            rf"(?<= )(?P<verb_2>(?:wurde|wurden))\b(?=[^.;]{{1,90}}?\b(?:{PLANNED})\b(?<!lasst)(?<!wiesen)(?<!tragt))",
            rf"(?:^|(?<=[;,:] )|(?<=und ))(?P<whole_4>(?:sie|er|es) (?:wird|(?:{_THIRD})(?<=t)))\b",
            rf"(?:^|(?<=[;,:] )|(?<=und ))(?P<whole_14>sie (?:werden|(?:{_THIRD})(?<=n)))\b"
            r"(?=[^.;]{0,60}\b(?:(?:an|für) (?:sie|dich|euch)|ihnen|dir|euch)\b)",
            r"^(?P<alone_3>wird|werden?)\b"
            r"(?=[^.;?]{3,90} (?:\w*ge\w{2,}|[vbz]er?\w{3,}|\w+ier)(?:t|en)(?=\s*(?:$|[.,;!)])))",
            rf"^(?P<alone_4>geht|kommt|folgt)\b(?= (?:am|bis|heute|morgen|übermorgen|{_DAY_NAME})\b)",
            rf"^(?:(?:neue|unsere|ihre|nächste) )?(?P<whole_16>versand|lieferung|zustellung|abholung"
            rf"|auslieferung|anlieferung)\b"
            rf"(?= (?:frei haus )?(?:am|heute|morgen|übermorgen|{_DAY_NAME})\b)",
            r"\b(?P<does_11>(?:(?:ich|wir) (?:versuch|probier)(?:en?)?|(?:versuch|probier)(?:en?)? (?:ich|wir))(?: es"
            r"|'?s))\b"
            r"(?=[^.;]{0,60}\b(?:noch ?(?:ein)?mal|nochmals?|erneut|wieder)\b)",
            rf"(?<= )(?P<verb_5>{_STATES}(?-i:[a-zäöü])\w{{2,25}}t)"
            r"\b(?= (?:den|die|das|dem|ihre?[nm]?|sie|sich|ihnen|es|ihn|am|bis|morgen|heute|noch|diese[nrs]?|einen?"
            r"|ein|alle[ns]?"
            r"|um|nächste\w*|jeden|zwei|mit|unser\w*|mein\w*|zum|zur|im|in|bei|übermorgen|spätestens|binnen"
            r"|innerhalb|dies\w*|herr|frau|jemand"
            r"|wieder|erneut|persönlich|telefonisch|umgehend|sofort|(?:mon|diens|donners|frei|sams|sonn)tag\w*"
            r"|mittwoch\w*) )",
            rf"(?<= )(?P<verb_6>{_COMMITS_NOT}{_REST_NOT}(?-i:[a-zäöü])\w{{2,20}}(?:en|ern|eln))"
            r"\b(?= (?:(?:unsere|die|meine|alle|zwei|drei) (?-i:[A-ZÄÖÜ])\w+|herr|frau|ihnen|(?-i:sie)"
            r"|sich|ihre?n?|den|dem"
            r"|das|es|ihn|alles|am|bis|um|morgen|heute|noch|übermorgen|spätestens|ab|nächste\w*) )",
            r"(?<= )(?P<verb_7>findet|finden)\b(?=[^;,]{1,80} statt\b)",
            r"\bund (?P<passive_1>(?=(?:am|bis|um|morgen|übermorgen|heute|noch|spätestens|innerhalb|binnen|in|dann"
            r"|anschließend)\b"
            r"[^.,;]{1,50} \w*(?:ge\w{2,}|[vbz]er?\w{3,}|\w+ier)(?:t|en)(?=\s*(?:$|[.,;!)])))\w+)",
            r"(?:^|(?<=[;,:] )|(?<=und ))(?P<being_2>(?:sie|er|es) ist)\b",
            r"(?<= )(?P<being_1>(?:ist|sind|steht|stehen))\b",
        )
    ),
)
