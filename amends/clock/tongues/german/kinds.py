"""What is promised in German, by the words that tell it (C4.1). Pure."""

from __future__ import annotations

import re

from amends.clock.tongues.patterns import words
from amends.clock.tongues.tongue import Kind

KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "prevent",
        words(
            r"nicht (?:wieder|noch einmal|nochmals?|erneut|mehr) (?:passier|vorkomm|auftr|gescheh|ein?tr)\w*",
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
            r"|kontaktieren|bitten|auffordern|beauftragen|ansprechen|anschreiben|sprechen|nachhaken|mahnen|eskalieren"
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
            r"|(?<!schein .ber )(?<!scheine .ber )(?<!schein von )\b\d+(?:,\d\d)? ?(?:€|euro|franken|chf)|(?:€|chf"
            r"|fr\.) ?\d+|auf (?:ihr|ihrem) konto|kaufpreis\w*|summe|rückgängig|storno\w*|\w*gebühr\w*"
            r"|storniere?n? die (?:rechnung|zahlung)|(?<!unsere )(?<!ihre )kosten\b",
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
            r"|glaser\w*|in betrieb|wieder aktiv|wieder da\b|rückgängig|wieder\b.{0,30}\b(?:läuft|normal)"
            r"|läuft .{0,60}\bwieder|spiel\w* .{0,60}\b(?:update|version)|monteur\w*|handwerker\w*|berichtig(?!ten)\w*"
            r"|richtig ?stell\w*|änder\w*|geändert|in ordnung|erledig\w*|instand\w*|wieder(?: hergestellt"
            r"|herstell\w*)|entsperr\w*|freischalt\w*|freigeschaltet|zurücksetz\w*|bringe?n? .{0,40} in ordnung"
            r"|fehler|funktionier\w*|bereinig\w*|storniert|stornier\w*|angepasst|installier\w*|montier\w*"
            r"|aktualisier\w*|repariert",
        ),
    ),
    (
        "send",
        words(
            r"schick\w*|geschickt|verschickt|zugeschickt|(?<!ab)send(?:e|en|et)\b|gesendet|versend\w*|versandt?\w*"
            r"|versendet|zugesandt|\w*liefer(?!ant)\w*|geliefert|\w*lieferung\w*|bring\w*|gebracht|eingeflogen|post\b"
            r"|paket\w*|päckchen|geht .{0,60}(?:raus|hinaus|ab|auf den weg|los)\b|gehen .{0,60}(?:raus|hinaus|ab|los"
            r"|auf den weg)\b|verlässt|geht .{0,60}\bzu\b|zugestellt|zustell\w*|(?:erhalten|bekommen|erhältst"
            r"|bekommst|kriegen)\b(?!.{0,60}\b(?:entscheidung|nachricht|antwort|bescheid|bestätigung|rückmeldung"
            r"|anruf|auskunft|information)\w*)|hol\w*|abgeholt|abhol\w*|kurier|eintreff\w*|trifft"
            r"|treffen .{0,40}ein\b|ankomm\w*|kommt .{0,40}an\b|bei ihnen(?!.{0,40}meld)|(?:sie"
            r"|es)\b(?!.{0,60}\b(?:entscheidung|nachricht|antwort|bescheid|bestätigung|rückmeldung"
            r"|auskunft)).{0,40}haben|briefkasten|postfach|folgt\b|fahrer\b|per (?:sms|post|e-?mail|express)|(?:vor"
            r"|an) (?:ihrer|der) tür|(?:haben sie|sie haben)\b(?!.{0,60}\b(?:entscheidung|nachricht|antwort|bescheid"
            r"|bestätigung|rückmeldung|anruf|auskunft|information)\w*)|überreich\w*|ersatz\b|leg\w*|zukommen"
            r"|unterwegs|erreicht sie|rausgeschickt|losgeschickt|nachliefer\w*|übermittel\w*|mail(?:e"
            r"|en) .{0,20}(?:ihnen )(?:das|die|den|ein)",
        ),
    ),
    (
        "tell",
        words(
            r"meld\w*|entscheidung\w*|nenn(?:e|en)\b|bescheid|mitteil\w*|teile?n? .{0,60}\bmit\b|mitgeteilt"
            r"|informier\w*|benachrichtig\w*|auf dem laufenden|schreib\w*|sag(?:e|en|t)\b|antwort\w*|beantwort\w*"
            r"|hören\b|hörst|erfahren|rückmeld\w*|nachricht\w*|(?:auf|zu)(?:kommen)? .{0,20}zu(?:kommen)?\b"
            r"|auf sie zu\w*|unterrichten|verständig\w*|kontaktier\w*|bestätig\w*|update|wissen|erklär\w*"
            r"|in verbindung|stellungnahme|auskunft|kommunizier\w*",
        ),
    ),
)
