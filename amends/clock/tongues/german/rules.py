"""What takes a word back in German, and what is a rule of the house: "in der Regel", "Erstattungen erfolgen …". Pure."""

from __future__ import annotations

from amends.clock.tongues.german.forms import HELD
from amends.clock.tongues.patterns import either, pattern, words

HEDGES = (
    r"üblicherweise|normalerweise|gewöhnlich|in (?:der|aller) regel|meist(?:ens)?|im (?:normal|regel|ideal)fall"
    r"|im allgemeinen"
    r"|in den meisten fällen|erfahrungsgemäß|unter (?:\w+ )?umständen|generell|grundsätzlich|durchschnittlich"
    r"|im schnitt"
    r"|vielleicht|eventuell|evtl|möglicherweise|womöglich|hoffentlich|vermutlich|wahrscheinlich|angeblich|theoretisch"
    r"|gegebenenfalls|ggf|nach möglichkeit|wenn möglich|idealerweise|bestenfalls|mit (?:\w+ )?(?:\w+ )?glück"
    r"|vorbehaltlich"
)
"""Words that take a word back, wherever they stand."""
_EVENTS = (
    "flug bus shuttle bahn linie fähre konzert streik veranstaltung spiel kurs messe workshop seminar vortrag lesung training"
    " markt fest führung webinar schulung film vorstellung prüfung probe"
)
_PRICES = "beitrag beiträge preis preise tarif tarife gebühr gebühren miete mieten zinsen lohn löhne porto steuer steuern pauschale"
_TERMS = (
    "elternzeit urlaub mutterschutz schicht tarif verkauf saison vertrag laufzeit garantie frist ferien kurs abo schutz"
    " semester schule schuljahr film fahrplan"
)
_FREE = "änder künd kündig stornier einlös buch umtausch widerruf übertrag kombinier rückgeb verlänger"
_COMPOUNDS = (
    rf"(?:{either(_EVENTS.split())}|(?<!an)(?<!be)(?<!um)(?<!us)(?<!ent)(?<!ab)(?<!ver)zug)"
    r"(?: (?:nach|von|ab|aus) \w+)? (?:läuft|geht|fährt|kommt|startet|beginnt|fliegt|landet|findet)\b"
    rf"|{either(_PRICES.split())}\b.*\b(?:angehoben|erhöh(?:t|en)|steig(?:t|en)|sink(?:t|en)|angepasst)\b"
    rf"|{either(_TERMS.split())}\w* (?:fängt|beginnt|startet|läuft|endet|verlängert)"
    rf"|{either(_FREE.split())}bar\b"
)
"""What happens by itself or holds for all, whatever word stands before it ("Sommerkurs", "Monatsbeitrag")."""

REFUSES = words(
    rf"^(?=.*\bfinde[tn]\b.*\bstatt\b)(?!.*(?:{HELD})\b)",
    r"nicht(?! (?:wieder|noch einmal|nochmals?|erneut|mehr (?:passier|vorkomm|auftr|gescheh)|vor |nur"
    r"|später))(?!\w)",
    r"kein(?:e|en|em|er|es)?\b|kommt? (?!.{0,60}\b(?:monteur|techniker|handwerker|klempner|elektriker"
    r"|gutachter|schreiner|installateur|notdienst"
    r"|kundendienst|fachmann)\b)(?:\w+ ){1,4}(?:ins (?:haus|büro|amt)|zum dienst|zur arbeit)\b",
    r"nie(?:mals)?\b(?! wieder)|nichts\b|nix\b|(?:auf reisen|in (?:der )?pause)\b",
    r"leider\b(?=.*\b(?:nicht|kein))",
    rf"(?:{HEDGES})\b|voraussichtlich|ausgeschlossen\b|unmöglich|unwahrscheinlich|abgesagt|entfällt|entfallen\b",
    r"mit (?:einem )?(?:zuschlag|aufpreis|aufschlag)\b|zuschlag von\b|zieh(?:e|en|t) (?:\S+ ){1,6}um\b"
    r"|(?:berechnen wir|wir berechnen)\b(?!.*\bneu\b).*\b(?:zuschlag|aufpreis"
    r"|euro)\b|wirksam\b|nur (?:noch )?bis\b|gibt(?:'s| es) noch bis\b|rechtskräftig|(?:eines|jedes"
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
    r"(?:ist|sind|bin)\b.*\b(?:krank|verreist|verhindert|beschäftigt|auf dienstreise)\b",
    r"(?:ich|er|sie|wir|frau \w+|herr \w+|(?:mein|unser|der|die)e? \w*(?:leit|chef|kolleg|fahrer|arzt|ärzt"
    r"|meist)\w*)"
    r" (?:ist|sind|bin)\b.*\bweg\b",
    r"müll(?:abfuhr|wagen|auto)\b|(?:bio|papier|rest)tonnen?\b"
    r"|(?:karte|konto)\b.*\bbelastet\b|(?:newsletter|ausgabe|heft|katalog|zeitung|zeitschrift|magazin|buch|album)\b"
    r".{0,20}\berschein(?:t|en)\b",
    r"(?:der|die|das) (?:am|zum|im|ab) .{2,40}\b(?:beginnt|startet|endet)(?=\s*(?:$|[.,;!]))",
    r"preise? steig\w*|kommen?t? .{0,30}\bheraus\b|(?:sagt|meint|behauptet|schreibt) (?:er|sie|man)(?=\s*(?:$"
    r"|[.,;]))"
    r"|heißt es\b",
    r"(?:frühstück|mittagessen|abendessen|einlass|anreise|abreise)\b|niemand (?:da|hier|im)\b|gibt es jede\w*"
    r"|(?:ist|sind) (?:bis|erst)\b.*\bbei gericht|(?:ist|sind) erst\b.*\bwieder da",
    r"worden\b|in (?:rente|pension|elternzeit|den ruhestand|urlaub)\b|(?:erneuer|verlänger)(?:t|n) sich\b|\bausflug\b"
    r"|(?:aus|ver)gelost\b|verlost\b|bring(?:t|en)\b.*\bheraus\b|sperr(?:t|en)\b.*\bstraße"
    r"|(?:rechnen? (?:wir|ich)|(?:wir|ich) rechnen?)\b"
    r".*\bmit (?:ihre[rm]|deine[rm]) (?!\w*(?:anliegen|fall))|(?:strom|wasser|gas"
    r"|heizung)\b.{0,60}\b(?:abgestellt|abgeschaltet|unterbrochen)\b|uhr wird (?:ab"
    r"|zu)?ge(?:schlossen|sperrt)\b",
    r"buch(?:en|t) .{0,80}\bab\b|(?:spielt|singt|tritt) (?:um|am|ab|die|der|das|ein)\b",
    r"(?:schließen|öffnen) wir\b(?!.*\b(?:fall|vorgang|akte|ticket|ab|an)\b)",
    r"macht\b.*\bauf$|(?:liegt|steht|bleibt)\b.{0,20}\b(?:bis|ab)\b.*\bbereit|halte?n? .{0,60}\bfrei\b"
    r"|frei ?(?:ge)?halten\b"
    r"|immer(?! (?:wieder|noch))\b|stets\b|gesperrt\b",
    r"(?:ist|sind|können sie|parken sie)\b.*\b(?:kostenlos|kostenfrei|gebührenfrei|gratis)"
    r"|(?<!wie )(?<!als )(?<!st)möglich\b(?! ist)",
    r"(?:bitten?|bitte ich|bitten wir) (?:sie|um)\b|außer (?:sie|du|ihr)\b|es sei denn\b",
    r"sie haben (?!.*\bbis\b).*\b(?:\w{0,8}ge\w{2,}(?:t|en)|bestellt|bezahlt|erhalten|bekommen|\w+iert)(?:$|,)",
    r"(?:haben sie|hast du|du hast) (?!.*\bbis\b).*\b(?-i:(?=[a-zäöü]))(?:\w{0,8}ge\w{2,}(?:t|en)|bestellt"
    r"|bezahlt|erhalten"
    r"|bekommen|\w+iert)(?=\s*(?:$|[,.]))",
    r"sie haben\b.*\btermin\b|gebeten(?!,)|aufgefordert|verpflichtet|läuft\b.*\b(?:ab|aus)\b",
    r"(?:kolleg\w+|herr \w+|frau \w+|sachbearbeiter\w*|chef\w*|leiter\w*|kollegin) (?:ist|sind|kommt"
    r"|kommen) (?!.*(?:bei ihnen|vor ort"
    r"|unterwegs)).*\b(?:wieder|zurück)\b",
    r"(?:(?<!auch )(?<!selbst )wenn|(?<!es )falls|sofern|vorausgesetzt)\b(?! ich (?:[\w.]+ ){1,4}(?:bin|komme)\b)",
    r"(?:ist|sind)\b.*\b(?:zu (?!erwarten|haben|sehen|rechnen)\w+en|\w{2,7}zu\w{3,}en)(?=\s*(?:$|[.,;!]))|zahlbar\b",
    r"(?:ein|zwei|drei)mal (?:im|pro|am|die|jede[ns]?) (?:jahr|monat|woche|tag)\w*|(?:eröffnet|eröffnen)\b",
    r"jede[nrs]? (?:zweite|dritte|vierte|erste|letzte)[nrs]? \w|(?:minuten?|stunden?|tage?|wochen?"
    r"|viertelstunde) vor (?:de[rm]\b"
    r"|laden|betriebs|geschäfts|kassen|beginn|schluss|schließ|abfahrt|abflug|anreise|ende)\w*|(?:täglich"
    r"|wöchentlich|monatlich|(?:halb|viertel)?jährlich|stündlich|werktags|werktäglich|rund um die uhr"
    r"|jeden tag"
    r"|jede woche|jeden monat)\b|zins(?:en)?\b.*\b(?:gutgeschrieben|ausgezahlt)",
    rf"(?=\w{{3}})\w*(?:{_COMPOUNDS})",
    r"(?:fährt|geht|startet|fliegt) (?:der|die|das) (?:bus|zug|flug|fähre|bahn)\b",
    r"(?:sobald) (?:sie|das (?:paket|gerät)|die (?:ware|rücksendung|sendung)|der|ihre?"
    r"|es(?! (?:irgend geht|nur geht|geht|(?:irgend |mir |uns )?möglich|neuigkeiten"
    r"|etwas|was|neues)\b)|wir (?:das|die|den|ihr))",
    r"nach (?:eingang|erhalt|ankunft|prüfung|rücksendung|zahlungseingang|freigabe)",
    r"(?:ab|nach) (?:eingang|erhalt|zugang)",
)
GENERAL = words(
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
    r"an (?:\w*(?:werk|arbeits|geschäfts|bank|feier|wochen|sonn)tagen|wochenenden)\b"
    r"|innerhalb (?:deutschlands|österreichs|europas|der (?:eu|schweiz|stadt))\b|^ins ausland\b",
    r"(?:versprechen|garantieren|zusagen|zusichern) (?:kann|können) (?:ich|wir) (?:ihnen |dir )?(?:das"
    r"|es) .{0,12}nicht\b"
    r"|(?:kann|können) (?:ich|wir) (?:ihnen |dir )?(?:das|es)(?: \w+){0,2}? nicht (?:versprechen|garantieren|zusagen)\b"
    r"|würde? ich (?:ihnen|dir) gerne? (?:sagen|versprechen|zusagen)|gerne? würde ich (?:ihnen"
    r"|dir) (?:sagen|versprechen)",
    r"(?:unser|unsere) (?:grundsatz|richtlinie|regel|ziel|prinzip)\b|^(?:wer|alles,? was)\b"
    r"|^was\b(?![^,]{1,40}, (?:\w+e ich|\w+en wir|(?:bekommen|erhalten|haben) sie)\b)|bestellschluss"
    r"|annahmeschluss|einsendeschluss|stichtag|laut (?:unseren )?(?:agb|geschäftsbedingungen)"
    r"|gesetzlich(?!en frist)",
    r"\d+ ?(?:%|prozent) (?:rabatt|auf|günstiger)|schlussverkauf|sonderangebot\w*|entdecken sie|gewinnspiel",
)
OF_ALL = pattern(
    r"^(?:für|bei|in) (?:\w+ )?(?:not|eil|härte)?fällen?\b"
    r"|^(?!(?:gerne|heute|leider|daher|spätestens|morgen|später|vorher|nachher|deswegen|stattdessen|allerdings|bestens"
    r"|unsere|ihre|meine|diese|beide|die|alle|weitere|nähere|details|infos|informationen|einzelheiten|neues|näheres)\b)"
    r"(?-i:[A-ZÄÖÜ])[\w-]{3,}(?:en|e|er|s) (?:(?-i:[A-ZÄÖÜ])\w+ )?(?-i:[a-zäöü])\w+en (?:wir|per|innerhalb"
    r"|binnen|innert)\b|"
    r"(?:^|[;:–] |[,!] |\bdass )(?:(?:alle|sämtliche|jede[rsn]?|eingehende|neue|schriftliche|telefonische"
    r"|berechtigte|offene"
    r"|fertige|defekte|übliche|gewöhnliche|einfache|kleinere|größere|normale) ){0,2}"
    r"(?-i:(?=[A-ZÄÖÜ]))(?:\w|-)*(?:ungen|tionen|anfragen|pakete|päckchen|teile|gelder|beträge|mails"
    r"|briefe|anträge|schäden"
    r"|gutscheine|mitglieder|anrufe|artikel|waren|retouren|gutschriften|geräte|reparaturen|rezepte|befunde|ergebnisse"
    r"|fälle|beschwerden|nachrichten|tickets|briefe|storni|einwände|widersprüche|kautionen|pflanzen|möbel|bücher"
    r"|kleider|schuhe|brillen|schlüssel|umtausche|rückrufe|arbeiten|einsätze|fahrten|abholaufträge|aufträge)"
    r"(?: (?:ins|nach|aus|in|im|per|von|über|für|mit|zu|zum|zur|bei|ohne|unter|bis|am|an) (?:[\w%€-]+ ){1,3}?| )"
    r"(?:sind|(?-i:[a-zäöü])\w*(?:en|ern|eln|(?<!nn)t))\b|\b(?:alles|alle) (?:kommt|wird|kommen|werden)\b"
    r"|\b(?:kommt|wird) alles\b|\bjede(?:[nrs]|) (?-i:[A-ZÄÖÜ])\w+ (?:wird|prüfen|beantworten"
    r"|bearbeiten)\b"
)
TO_YOU = pattern(r"\b(?:ihnen|ihre?[nmrs]?|dir|dich|euch|dein\w*|euer\w*|eure\w*|diese[nmrs]?|(?-i:Sie))\b")
GIVES = pattern(
    r"\A(?!.*\b(?:anbei|beiliegend|anliegend|beigefügt|hiermit|hierdurch|hierbei|im anhang|als an(?:hang|lage)|auf wunsch"
    r"|auf anfrage|grüße|gerade|immer|künftig|seit|dank|(?:sofort|erst|gleich|direkt) nach|diese e?-?mail"
    r"|dieses schreiben|entschuldigung|glückwünsche)\b)"
    r".*\b(?:ihnen|dir|euch|für (?:sie|dich|euch)|(?:rufe?n?|ruft)\b.{0,30}\b(?-i:Sie|dich|euch)"
    r"|ihre?n?\b.{0,60}\bzurück|sie (?:bekommen|erhalten)|(?:bekommen|erhalten) sie)\b"
)
HENCEFORTH = words(r"(?:ab|von) (?:sofort|jetzt|nun)(?: an)?\b|künftig\b|zukünftig\b|in zukunft\b|fortan\b")
