"""What is promised in German, by the words that tell it (C4.1). Pure."""

from __future__ import annotations

from amends.clock.tongues.patterns import words
from amends.clock.tongues.tongue import Kinds

_NEWS = (
    r"entscheidung|nachricht|antwort|bescheid|bestätigung|rückmeldung|auskunft|information|stellungnahme|ergebnis"
    r"|zwischenstand|zwischenbericht|feedback|update|termin|ansprechpartner|status|erklärung|neuigkeit"
)

KINDS: Kinds = (
    (
        "prevent",
        words(
            r"nicht\b.{0,40}\b(?:passier|vorkomm|auftr[ei]t|auftauch|gescheh|eintr[ei]t|wiederhol|unterlauf"
            r"|unterläuf)\w*",
            r"nie wieder|verhinder\w*|vermeid\w*|künftig nicht|ausschließen|damit (?:so etwas|das|dies) nicht"
            r"|in zukunft nicht",
        ),
    ),
    (
        "partner",
        words(
            r"(?:bitten?|frage?n?|anfragen|nachfragen?|kontaktiere?n?|spreche?n?|sprech\w*|kläre?n?|klär\w*|rufe?n?"
            r"|telefoniere?n?|beauftrage?n?|fordere?n?|forder\w*|wenden?|hake?n?|schreibe?n?|melde?n?|reklamiere?n?"
            r"|erkundige?n?|informiere?n?|eskaliere?n?|weise?n?|setze?n?|nehme?n?|drängen?|mahne?n?"
            r"|prüfen?)\b.{0,60}\b(?:\w*lieferant\w*|kurier\w*|paketdienst\w*|\w*spedition\w*|spediteur\w*"
            r"|hersteller\w*|partner\w*|\w*bank\b|zusteller\w*|zustelldienst\w*|logistik\w*|transporteur\w*"
            r"|versanddienst\w*|zulieferer\w*|händler\w*|versicherung\w*|\w*werkstatt(?=\w*partner)|frachtführer\w*"
            r"|großhändler\w*|vermieter\w*|post\b(?=.*nachforsch)|verlag\w*|fluggesellschaft|hotel|zahlungsdienst\w*"
            r"|verkäufer\w*)",
            r"(?:den|dem|der|die|das|beim|unser\w*|ihr\w*|zum) (?:\w*lieferant\w*|kurier\w*|paketdienst\w*"
            r"|\w*spedition\w*|spediteur\w*|hersteller\w*|\w*partner\w*|\w*bank\b|zusteller\w*|zustelldienst\w*"
            r"|logistik\w*|versanddienst\w*|händler\w*|versicherung\w*|vermieter\w*|fluggesellschaft|hotel"
            r"|zahlungsdienst\w*|verkäufer\w*)\b.{0,60}\b(?:an(?:ge)?ruf\w*|anfrag\w*|nach(?:ge|zu)?frag\w*|fragen"
            r"|kontaktieren|bitten|auffordern|beauftragen|ansprechen|anschreiben|sprechen?|telefonier\w*|red(?:e"
            r"|en)|nachhaken|mahnen|eskalieren"
            r"|anmahnen|reklamieren|erkundigen|klären|wenden|drängen)\b",
        ),
    ),
    (
        "refund",
        words(
            r"\w*erstatt\w*|zahlt (?:ihnen|sie)\b|guthaben|anzuweisen|\w*gutschrift\w*|gutgeschrieben|gutschreib\w*"
            r"|schreibe?n? .{0,80}\bgut\b|geld\w*"
            r"|überweis\w*|überwiesen|zurückzahl\w*|zurückgezahlt|rückzahl\w*|(?:ausgleichs|aus"
            r"|entschädigungs)zahl\w*|zahle?n? .{0,60}\b(?:zurück|aus)\b|\w*betrag\w*|vergüt\w*|\w*abbuchung\w*"
            r"|buche?n? .{0,60}\bzurück|zurückgebucht|entschädig\w*"
            r"|(?<!schein über )(?<!scheine über )(?<!schein von )\b\d+(?:,\d\d)? ?(?:€|euro|franken|chf)|(?:€|chf"
            r"|fr\.) ?\d+|auf (?:ihr|ihrem) konto|kaufpreis\w*|summe|rückgängig|storno\w*|\w*gebühr\w*"
            r"|storniere?n? die (?:rechnung|zahlung)|(?<!unsere )(?<!ihre )kosten\b|\w*(?:kaution|prämie|preis"
            r"|beitrag|geld)\b.{0,40}\bzurück\b",
        ),
    ),
    (
        "callback",
        words(
            r"(?:rufe?n?|ruft)\b.{0,120}\b(?:an|zurück|durch)\b|anrufen|anzurufen|zurückzurufen|angerufen|anrufe|anruft"
            r"|zurückrufen|zurückgerufen|zurückruf\w*|rückruf\w*|anruf\b|telefonier\w*|telefonisch melden"
            r"|melde?n?t?\b.{0,60}\btelefonisch|(?:rufe?n?|ruft) (?:ich|wir)? ?sie\b|(?:ich|wir) rufen? sie|ruft sie"
            r"|durchrufen|durchklingeln|klingle",
        ),
    ),
    (
        "fix",
        words(
            r"reparier\w*|reg(?:el|le)\w*|reparatur\w*|beheb\w*|behob\w*|tausch\w*|umgetauscht|austausch\w*"
            r"|ausgetauscht|ersetz\w*|korrigier(?!t\w* rechnung)\w*(?<!korrigierte)|lös(?:e|en|t|ung)\b|gelöst"
            r"|\w*techniker\w*|installateur\w*|klempner\w*|elektriker\w*|schlosser\w*|schreiner\w*|hausmeister\w*"
            r"|schlüsseldienst\w*|gärtner\w*|\w*mechaniker\w*|servicekraft|\w*installation\w*"
            r"|glaser\w*|in betrieb|wieder aktiv|wieder da\b|rückgängig|wieder\b.{0,30}\b(?:läuft|normal)"
            r"|läuft .{0,60}\bwieder|spiel\w* .{0,60}\b(?:update|version)|monteur\w*|handwerker\w*|berichtig(?!ten)\w*"
            r"|richtig ?stell\w*|änder\w*|geändert|in ordnung|erledig\w*|instand\w*|wieder(?: hergestellt"
            r"|herstell\w*)|entsperr\w*|freischalt\w*|freigeschaltet|zurücksetz\w*|bringe?n? .{0,40} in ordnung"
            r"|fehler|funktionier\w*|bereinig\w*|storniert|stornier\w*|angepasst|installier\w*|montier\w*"
            r"|aktualisier\w*|repariert|geregelt|beseitig\w*|korrektur(?!rechn)\w*|fertig\b|roll\w* .{0,40}\baus\b"
            r"|aufheb\w*|aufgehoben|heb(?:e|en|t) .{0,60}\bauf\b|(?:setz|nehm)(?:e|en|t)?\b .{0,60}\bzurück\b"
            r"|nimmt .{0,60}\bzurück\b|"
            r"zurück(?:ge)?(?:nehm|nomm)\w*|\w*wechsel(?!nd)[nt]?\b|wechsl\w*|gewechselt|\w*erneuer\w*"
            r"|wieder (?:\w+ )?(?:wasser|strom|internet|netz|empfang|heizung|zugang|zugriff|licht)\b"
            r"|dicht\w* .{0,60}\bab\b|abdicht\w*|nachbesser\w*|justier\w*|entstör\w*|entlüft\w*|einstell\w*"
            r"|spiel\w* .{0,60}\bein\b|eingespielt"
            r"|haustechnik|\w*lösung\b",
        ),
    ),
    (
        "send",
        words(
            rf"\w*schick(?:e|en|t|st)?\b(?!.{{0,60}}\b(?:{_NEWS}))|\w*ge(?:schick|sand|send)e?t|(?<!ab)send(?:e|en"
            rf"|et)\b"
            rf"(?!.{{0,60}}\b(?:{_NEWS}))|versend\w*|versandt?\w*|\w*liefer(?!ant|dienst)\w*|\w*geliefert"
            rf"|\w*bring(?:e|en|t)\b"
            r"|gebracht|eingeflogen|post\b|paket\w*|päckchen|(?:geht|gehen|gebe?n?) .{0,60}\b(?:raus|hinaus|ab"
            r"|auf den weg|los"
            r"|in die post|zur post|in den versand)\b|verlässt|\w*zugestellt|zu(?:zu)?stell\w*|\w*hol(?:e|en|t)\b"
            r"|\w*geholt|kurier"
            r"|eintreff\w*|(?:trifft|treffen) .{0,40}ein\b|ankomm\w*|kommt .{0,40}an\b|briefkasten|postfach|fahrer\b"
            r"|per (?:sms|post|e-?mail|express)|überreich\w*|ersatz\b|übermittel\w*|ausgehändigt|aushändig\w*"
            r"|mail(?:e|en) .{0,20}(?:ihnen )(?:das|die|den|ein)|vorbei ?bring\w*|taxi|(?:leih|ersatz)(?:wagen"
            r"|gerät\w*)",
        ),
    ),
    (
        "tell",
        words(
            r"\w*meld\w*|entscheidung\w*|nenn(?:e|en)\b|bescheid|mitteil\w*|teile?n? .{0,60}\bmit\b|mitgeteilt"
            r"|informier\w*|benachrichtig\w*|auf dem laufenden|schreib\w*|sag(?:e|en|t)\b|antwort\w*|beantwort\w*"
            r"|hören\b|hörst|erfahren|rückmeld\w*|nachricht\w*|(?:auf|zu)(?:kommen)? .{0,20}zu(?:kommen)?\b"
            r"|auf sie zu\w*|unterrichten|verständig\w*|kontaktier\w*|bestätig\w*|update|wissen|erklär\w*"
            r"|in verbindung|stellungnahme|auskunft|kommunizier\w*|bescheid|auf sie zurück|ergebnis\w*"
            r"|zwischenstand|rechenschaft|entschuldig\w*|feedback|woran sie sind",
        ),
    ),
)

HINTS: Kinds = (
    (
        "fix",
        words(
            r"service-?team"
            r"|einsatzbereit|betriebsbereit|einzubauen",
        ),
    ),
    (
        "send",
        words(
            rf"(?:erhalten|bekommen|erhältst|bekommst|kriegen)\b(?!.{{0,60}}\b(?:{_NEWS}|anruf)\w*)|bei ihnen"
            rf"|trifft|holen?\b"
            rf"|(?:sie|es)\b(?!.{{0,60}}\b(?:{_NEWS})).{{0,40}}haben|folgt\b|(?:vor|an) (?:ihrer|der) (?:haus)?tür"
            rf"|(?:haben sie|sie haben)\b(?!.{{0,60}}\b(?:{_NEWS}|anruf)\w*)|leg\w*|zukommen|unterwegs|erreicht sie"
            r"|geht .{0,60}\bzu\b|liegt .{0,40}(?:bei|im)\b|auf dem (?:tisch|weg)|in händen|(?:ware|sendung"
            r"|bestellung|artikel|lieferschein)\b",
        ),
    ),
    ("tell", words(r"zurückkommen|komme?n? .{0,60}\b(?:zurück|zu)\b|hak\w* .{0,40}\bnach\b|gespräch")),
)
"""What is likely meant where no such word stands."""
