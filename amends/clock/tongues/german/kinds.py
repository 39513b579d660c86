"""What is promised in German, by the words that tell it (C4.1). Pure."""

from __future__ import annotations

from amends.clock.tongues.patterns import words
from amends.clock.tongues.tongue import Kinds

_NEWS = (
    r"entscheidung|nachricht|antwort|\w*bescheid|bestätigung|rückmeldung|auskunft|information|stellungnahme|ergebnis"
    r"|zwischenstand|zwischenbericht|(?:aktuellen |neuesten )stand\b|zusage|absage|klarheit|gewissheit|feedback"
    r"|update|termin|ansprechpartner"
    r"|status|erklärung|neuigkeit"
)

_PARTNER = (
    r"\w*lieferant\w*|lieferdienst\w*|kurier\w*|paketdienst\w*|\w*spedition\w*|spediteur\w*|hersteller\w*|\w*partner\w*"
    r"|\w*bank\b|zusteller\w*|zustelldienst\w*|logistik\w*|transporteur\w*|versanddienst\w*|zulieferer\w*|\w*händler\w*"
    r"|versicherung\w*|vermieter\w*|fluggesellschaft|hotel|zahlungsdienst\w*|verkäufer\w*"
)
_ASKS = (
    r"(?:bitten?|(?:nach|an)?fragen?|kontaktiere?n?|sprech\w*|klär\w*|rufe?n?|telefoniere?n?|beauftrage?n?"
    r"|forder\w*|wenden?"
    r"|hake?n?|schreibe?n?|melde?n?|reklamiere?n?|erkundige?n?|informiere?n?|eskaliere?n?|weise?n?|setze?n?"
    r"|nehme?n?|drängen?"
    r"|mahne?n?|prüfen?|reiche?n?|leite?n?)"
)

KINDS: Kinds = (
    (
        "prevent",
        words(
            r"nicht\b.{0,40}\b(?:passier|vorkomm|auftr[ei]t|auftauch|gescheh|eintr[ei]t|wiederhol|unterlauf"
            r"|unterläuf|widerfahr|widerfähr)\w*",
            r"(?:sicher|dafür|darauf|sorge), dass .{0,60}\b(?:nicht|nie|niemand|kein\w*)\b",
            r"nie wieder|nie mehr|nicht mehr\b.{0,20}\b(?:passier|vorkomm|auftr|gescheh)\w*|verhinder\w*"
            r"|damit .{0,60}\b(?:nicht|nie) (?:wieder|mehr|noch einmal)\b|(?:damit|so ?dass) (?:(?:das|dies|es"
            r"|so etwas|sich) ){0,2}(?:niemand\w*|kein\w*|nichts mehr)\b|vermeid\w*|künftig nicht|ausschließen"
            r"|damit (?:so etwas|das|dies) nicht"
            r"|in zukunft nicht",
        ),
    ),
    (
        "partner",
        words(
            rf"{_ASKS}\b.{{0,60}}\b(?:{_PARTNER}|post\b(?=.*nachforsch)|frachtführer\w*|verlag\w*)",
            rf"(?:den|dem|der|die|das|beim|unser\w*|ihr\w*|zum) (?:{_PARTNER})\b.{{0,60}}\b(?:an(?:ge)?ruf\w*|anfrag\w*"
            r"|nach(?:ge|zu)?frag\w*|fragen|kontaktieren|bitten|auffordern|beauftragen|ansprechen|anschreiben|sprechen?"
            r"|telefonier\w*|red(?:e|en)|nachhaken|mahnen|eskalieren|anmahnen|reklamieren|erkundigen|klären|wenden"
            r"|drängen"
            r"|druck)\b",
        ),
    ),
    (
        "refund",
        words(
            r"\w*erstatt\w*|zahlt (?:ihnen|sie)\b|guthaben|anzuweisen|\w*gutschrift\w*|gutgeschrieben|gutschreib\w*"
            r"|schreibe?n? .{0,80}\bgut\b|geld\w*"
            r"|\w*überweis\w*|\w*überwiesen|vormerkung|buchung\b.{0,60}\bzurück\b|zurückzahl\w*|zurückgezahlt"
            r"|rückzahl\w*|(?:ausgleichs|aus"
            r"|entschädigungs)zahl\w*|zahle?n? .{0,60}\b(?:zurück|aus)\b|\w*(?<!frei)betrag\w*|vergüt\w*"
            r"|\w*abbuchung\w*"
            r"|buche?n? .{0,60}\bzurück|zurückgebucht|rückgebucht|rückbuch\w*|ausgeglichen|zahlung (?:erfolgt|geht"
            r"|kommt)"
            r"|finanziell|regulier\w*|erlass(?:en|e)\b|verrechn\w*"
            r"|preisnachlass|zieh(?:e|en|t) .{0,60}\bab\b|abgezogen|entschädig\w*|entlastet"
            r"|(?<!schein über )(?<!scheine über )(?<!schein von )(?<!auf )\b\d+(?:,\d\d)? ?(?:€|euro|franken|chf)"
            r"|(?:€|chf) ?\d+"
            r"|fr\. ?\d+(?![\d:]*(?:\.\d\d)? ?uhr)|auf (?:ihr|ihrem) konto|kaufpreis\w*|summe|rückgängig|storno\w*"
            r"|\w*gebühr\w*"
            r"|storniere?n? die (?:rechnung|zahlung)|(?<!unsere )(?<!ihre )kosten\b|\w*(?:kaution|depot|prämie|preis"
            r"|beitrag|geld)\b.{0,40}\bzurück\b",
        ),
    ),
    (
        "callback",
        words(
            r"(?:rufe?n?|ruft)\b.{0,120}\b(?:an|zurück|durch)\b|anrufen|anzurufen|zurückzurufen|angerufen|anrufe|anruft"
            r"|zurückrufen|zurückgerufen|zurückruf\w*|rückruf\w*|anruf\b|telefon(?:ier|at)\w*|telefonisch melden"
            r"|meld(?:e|en|et)?\b.{0,80}\b(?:telefonisch|(?:am|per) telefon|(?:auf|unter) (?:dem|ihrem|deinem|der"
            r"|ihrer|deiner) (?:handy|mobil\w*|(?:handy)?nummer))|ans telefon\b|(?:rufe?n?|ruft) (?:ich"
            r"|wir)? ?sie\b|(?:ich|wir) rufen? sie|ruft sie"
            r"|(?:noch ?(?:ein)?mal|nochmals?|erneut|wieder) (?:zu )?(?:versuch|probier)\w*|durchrufen"
            r"|erklär\w* .{0,60}\bam telefon|sprech\w* .{0,40}\btelefon|telefonisch(?! (?:besprochen"
            r"|vereinbart|zugesagt|angekündigt"
            r"|mitgeteilt))|durchklingeln"
            r"|kling(?:le|ele|el)\b|klingelt .{0,40}\b(?:telefon|handy)\b|(?:versuch|probier)\w*(?: wir| ich)?(?: es"
            r"|'?s)\b.{0,60}\b(?:noch ?(?:ein)?mal"
            r"|nochmals?"
            r"|erneut|wieder)\b",
        ),
    ),
    (
        "fix",
        words(
            # verbs, whole and in two parts
            r"befestig\w*|flick\w*|zum laufen\b|(?:krieg|bekomm)\w* .{0,60}\bhin\b"
            r"|leucht\w* .{0,40}\bwieder|häng(?:e|en|t) .{0,40}\b(?:ein|auf|an)\b|repar(?:ier|atur)\w*"
            r"|reg(?:el|le)\w*|geregelt|beh[eo]b\w*"
            r"|\w*tausch\w*|umgetauscht|ersetz\w*|gelöst"
            r"|\w*lösung\b",
            r"korrigier(?!t\w* \w*(?:rechnung|version|unterlagen))\w*(?<!korrigierte)(?<!korrigierten)"
            r"|korrektur(?!\w*rechn)\w*",
            r"lös(?:e|en|t)\b|berichtig(?:e|en|t|ung)\b|richtig ?(?:ge)?stell\w*|(?:ge)?änder\w*"
            r"|erledig\w*|instand\w*"
            r"|bereinig\w*|beseitig\w*",
            r"\w*(?:ge)?schaltet\b|\w*schalten\b|entsperr\w*|sperr(?:e|en|t)\b|gesperrt|streich(?:e|en|t)\b"
            r"|zurücksetz\w*|stornier\w*"
            r"|anpass\w*|angepasst|montier\w*"
            r"|\w*install(?:ier|ation)\w*",
            r"aktualisier\w*|aufheb\w*|aufgehoben|\w*wechsel(?!nd)[nt]?\b|\w*wechsl\w*|\w*gewechselt|\w*erneuer\w*"
            r"|nachbesser\w*",
            r"\w*justier\w*|entstör\w*|entlüft\w*|eingestellt|eingespielt|umgestellt|umstell\w*|(?:um|ein"
            r"|aus)gebaut|einbau\w*|abdicht\w*|\w*gedichtet",
            r"(?<!weit )entfern(?:e|en|t)\b|angeschlossen|anschließen|angebracht|(?<!zum )zurück(?:zu|ge)?(?:nehm"
            r"|nomm|setz)\w*"
            r"|funktionier\w*",
            r"heb(?:e|en|t) .{0,60}\bauf\b|(?:setz|nehm|nimm|spiel)(?:e|en|t)?\b (?:(?! und ).){0,60}\bzurück\b"
            r"|rückgängig|bring(?:e|en|t) .{0,60}(?:in ordnung|zum laufen)",
            r"spiel\w* .{0,60}\b(?:ein|update|version)\b|roll\w* .{0,40}\baus\b|dicht\w* .{0,60}\bab\b|bau(?:e|en"
            r"|t)? .{0,60}\b(?:ein|um|an|auf|aus)\b|setz(?:e|en|t) .{0,60}\bein\b|eingesetzt|lösch\w*|gelöscht",
            r"(?:stell|schalt)(?:e|en|t) .{0,60}\b(?:um|frei|ab|ein)\b|schließ\w* .{0,60}\ban\b",
            # how it is then
            r"in betrieb|in ordnung|fertig\b|fehler|wieder (?:aktiv|online|nutzbar|verfügbar|erreichbar"
            r"|hergestellt|herstell)"
            r"|wieder\b.{0,30}\b(?:läuft|normal)",
            r"läuft .{0,60}\bwieder|\w*polier\w*|\w*lackier\w*|ausbesser\w*|geflickt|\w*gefüllt|stell(?:e|en"
            r"|t) .{0,60}\bwieder her|wieder gut\b"
            r"|zieh(?:e"
            r"|en"
            r"|t) .{0,40}\bnach\b|modernisier\w*|schick\w* (?:\w+ ){0,3}?(?:monteur|techniker"
            r"|handwerker|klempner"
            r"|elektriker)\w*|besser\w* .{0,60}\b(?:aus|nach)\b|ausgebessert|nachrüst\w*|umrüst\w*"
            r"|neu berechn\w*|(?:fährt|fahren|geht|gehen|laufen|fließt) .{0,30}\bwieder\b|richt(?:e|en|et) (?:das|die"
            r"|den"
            r"|ihr\w*)\b|hochstuf\w*"
            r"|hochgestuft|(?:kriegst|bekommst|bekommen sie) .{0,40}\bwieder\b|wieder (?:\w+ )?(?:wasser|strom"
            r"|internet|netz|empfang|heizung|zugang|zugriff"
            r"|licht)\b",
        ),
    ),
    (
        "send",
        words(
            rf"(?:\w*schick(?:e|en|t|st)?(?! (?:ihnen )?(?:jemand|(?:einen|den|unseren) (?:kollegen|monteur"
            rf"|techniker|elektriker|klempner)))"
            rf"|(?<!ab)send(?:e|en|et))\b(?!.{{0,60}}\b(?:{_NEWS}))|\w*ge(?:schick|sand"
            rf"|send)e?t",
            r"lad(?:e|en|et) .{0,60}\bab\b|gefaxt|stell(?:e|en|t) .{0,60}\bzu\b|hinterleg\w*|versend\w*|versandt?\w*"
            r"|zusenden|\w*liefer(?!ant"
            r"|dienst)\w*"
            r"|\w*geliefert|\w*bring(?:e|en|t|st)\b"
            r"|\w*gebracht\b",
            r"eingeflogen|post\b|paket\w*|päckchen|verlässt|\w*zugestellt|zu(?:zu)?stell\w*|\w*hol(?:e|en|t)\b"
            r"|\w*geholt",
            r"(?:geht|gehen|gebe?n?) .{0,60}\b(?:raus|hinaus|ab|weg|auf den weg|los|in die post|zur post"
            r"|in den versand)\b",
            r"kurier|briefkasten|postfach"
            r"|fahrer\b",
            r"per (?:sms|post|e-?mail|mail|express)|überreich\w*|ersatz\w*|übermittel\w*|\w*händig\w*|hochlad\w*"
            r"|leit(?:e|en|et) (?:(?:ich|wir) )?ihnen\b.{0,60}\bweiter\b|leit(?:e|en|et) .{0,20}\b(?:unterlagen"
            r"|dokument\w*|rechnung|beleg\w*|schreiben)\b.{0,30}\bweiter\b"
            r"|abholung|zustellung|hochgeladen|fax\w*"
            r"|stell(?:e|en|t) .{0,60}\baus\b|taxi",
            r"mail(?:e|en) .{0,20}(?:ihnen )(?:das|die|den|ein)|(?:leih|ersatz|austausch)(?:wagen|auto|gerät\w*"
            r"|\w*rad)\b",
        ),
    ),
    (
        "tell",
        words(
            r"(?:an|ab|zurück|rück|ge|rückge)?meld\w*|kontakt(?!daten)\w*|entscheidung\w*|nenn(?:e|en)\b|\w*bescheid"
            r"|mitteil\w*|teile?n? .{0,60}\bmit\b|mitgeteilt"
            r"|informier\w*|benachrichtig\w*|auf dem laufenden|schreib\w*|sag(?:e|en|t)?\b|antwort\w*|beantwort\w*"
            r"|hören\b|hörst|erfahren\b|rückmeld\w*|nachricht\w*|(?:auf|zu)(?:kommen)? .{0,20}zu(?:kommen)?\b"
            r"|auf sie zu\w*|unterricht(?:e|en|et)\b|in kenntnis|verständig\w*|kontaktier\w*|weiß (?:ich"
            r"|man)\b|bestätig\w*|(?<!das )update"
            r"|wissen|erklär\w*"
            r"|in verbindung|stellungnahme|auskunft|kommunizier\w*|auf sie zurück|ergebnis\w*"
            r"|zwischenstand|(?:aktuellen |neuesten )stand\b|vorschlag|rechenschaft|neuigkeit\w*"
            r"|(?-i:frag)\w* .{0,40}\bnach\b"
            r"|nachfrag\w*|(?<!r)äußer(?:e|n|t)\b"
            r"|stellung\b|erläuter\w*|ankündig\w*|geb\w* .{0,40}\bdurch\b"
            r"|entschuldig\w*|feedback|woran sie sind",
        ),
    ),
)

HINTS: Kinds = (
    (
        "fix",
        words(
            r"\w*techniker\w*|sanitär\w*|installateur\w*|klempner\w*|elektriker\w*|schlosser\w*|schreiner\w*"
            r"|tischler\w*"
            r"|hausmeister\w*"
            r"|monteur\w*",
            r"schlüsseldienst\w*|gärtner\w*|\w*mechaniker\w*|servicekraft|glaser\w*|handwerker\w*|haustechnik"
            r"|dachdecker\w*",
            r"service-?team|notdienst|\w*(?:einsatz|betriebs|fahr)bereit|freischalt\w*|aktivier\w*|heizung|aufzug"
            r"|behebt|bereinigt|(?:strom|wasser"
            r"|internet"
            r"|netz|fernwärme|gas)\b.{0,40}\bda\b",
        ),
    ),
    (
        "send",
        words(
            rf"(?:\w*erhalten|\w*bekommen|erhältst|bekommst|kriegst|kriegen|haben sie|sie haben|hast du|du hast|bekommt"
            rf"|erhält)\b(?!.{{0,60}}\b(?:{_NEWS}"
            rf"|anruf)\w*)|bei (?:ihnen|dir|euch)\b",
            rf"(?:sie|es)\b(?!.{{0,60}}\b(?:{_NEWS})).{{0,40}}haben|trifft|treffen|eintreff\w*|ankomm\w*"
            rf"|kommt .{{0,40}}\ban\b|mail(?:e|en)\b .{{0,20}}\bihnen\b|folgt\b|zukommen|unterwegs|erreicht sie"
            rf"|in (?:den )?händen|reich\w* .{{0,60}}\bnach\b|verlassen (?=am|unser|das|den|die|morgen|heute)|(?:nehm"
            rf"|nimm)\w* .{{0,60}}\bmit(?=\s*(?:$|[.,;!]|und\b))",
            r"leg\w*\b(?!.{0,60}\bvor\b)|geh(?:t|en) .{0,60}\b(?:zu|an sie)\b|lieg(?:t|en) .{0,40}\b(?:bei|im"
            r"|vor)\b|auf dem (?:tisch"
            r"|weg)|(?:vor"
            r"|an) \w+ (?:haus)?tür",
            r"(?:ware|\w*(?:unterlagen|dokumenten|papieren|urkunden?|vertrag) rechnen|\w*sendung|spedition"
            r"|paketdienst|lkw|bestellung"
            r"|artikel|lieferschein)\b",
        ),
    ),
    (
        "tell",
        words(
            r"bericht(?:e|en|et)\b(?! ihnen dan)|zurückkommen|komme?n? .{0,60}\b(?:zurück|zu)\b"
            r"|hak\w* .{0,40}\bnach\b|gespräch"
            r"|zusage"
            r"|absage|klarheit|gewissheit"
        ),
    ),
)
"""What is likely meant where no such word stands."""
