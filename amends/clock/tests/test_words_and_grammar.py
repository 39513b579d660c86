"""How clauses, verbs and times hang together (SL7; C0.3, C4.1), said on Wednesday 4 March 2026 at 10:00 in Paris."""

from __future__ import annotations

from datetime import datetime
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest

from amends.clock.closing import EveryDay
from amends.clock.spoken import Moment
from amends.clock.tongues import Kind
from amends.clock.words import find_promises

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=PARIS)


def said(language: str, text: str, now: datetime = NOW) -> list[tuple[str, Kind]]:
    """Such as ("05.03. 12:00", "send"), on the clock in Paris; "?" without a time."""
    moment = Moment(now, PARIS, EveryDay(clock(17, 30), PARIS), plain_days=True)
    found = find_promises(text, moment, language)
    return [(one.due.astimezone(PARIS).strftime("%d.%m. %H:%M") if one.due else "?", one.kind) for one in found]


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("de", "Um Viertel vor acht ist der Fahrer morgen bei Ihnen.", "05.03. 07:45"),
        ("de", "Um 15 Uhr ruft Sie am Freitag meine Kollegin an.", "06.03. 15:00"),
        ("en", "At half past nine our fitter will be with you on Monday.", "09.03. 09:30"),
        ("fr", "À 9 h, le plombier passera chez vous vendredi.", "06.03. 09:00"),
        ("de", "Am Dienstag, 10.3., um 13:30 Uhr kommt der Gutachter.", "10.03. 13:30"),
        ("en", "Tomorrow morning, before we open, I'll check the lost and found.", "05.03. 12:00"),
        ("de", "Am Freitag, den 6. März, lege ich Ihnen einen Vorschlag vor.", "06.03. 17:30"),
        ("de", "Ich bringe es Ihnen nach dem Mittag vorbei, spätestens um zwei.", "04.03. 14:00"),
        ("de", "Am Dienstag bringt er Ihnen bis 11 Uhr den Schlüssel.", "10.03. 11:00"),
        (
            "de",
            "Am Freitag ruft Sie unsere Werkstatt um acht Uhr an und geht die Mängel mit Ihnen durch.",
            "06.03. 08:00",
        ),
        (
            "de",
            "Der Maler ist am Montag ab 7 Uhr da und hat das Zimmer bis 16 Uhr fertig.",
            "09.03. 17:30 09.03. 16:00",
        ),
        ("de", "Ich schreibe Ihnen morgen zurück und nenne Ihnen den Preis.", "05.03. 17:30"),
        ("en", "We will post the lens in the course of next week.", "13.03. 17:30"),
        ("en", "The gasket is here and is going to be fitted on Monday.", "09.03. 17:30"),
        ("en", "I'll tell you how things stand the day after tomorrow.", "06.03. 17:30"),
        ("en", "I'll let you know what happens next on Friday.", "06.03. 17:30"),
        ("en", "The keys will be sent on Friday before 12 noon.", "06.03. 12:00"),
        ("en", "You can expect the deeds on Monday.", "09.03. 17:30"),
        ("de", "Am Montag siehst du das Geld auf deinem Konto.", "09.03. 17:30"),
        ("de", "Ihr Termin ist für morgen, 9:15 Uhr, vorgemerkt.", "05.03. 09:15"),
        ("de", "Geben Sie mir bitte bis Freitag Zeit, dann habe ich eine Antwort.", "06.03. 17:30"),
        ("de", "Gib mir noch bis Freitag Zeit, dann melde ich mich.", "06.03. 17:30"),
        ("de", "Unsere Handwerker sind da und stellen die Heizung noch heute Abend wieder an.", "04.03. 22:00"),
        ("fr", "Laissez-moi jusqu'à vendredi et vous aurez votre devis.", "06.03. 17:30"),
        ("de", "Ich werde es am Montag um 8 Uhr erneut versuchen.", "09.03. 08:00"),
        ("de", "Geben Sie uns bitte zwei Stunden, dann wissen wir mehr.", "04.03. 12:00"),
        ("fr", "Laissez-nous deux heures et nous vous écrirons.", "04.03. 12:00"),
        ("fr", "Donne-moi deux jours et je te rappelle.", "06.03. 17:30"),
        ("en", "You will receive it in the post by Friday.", "06.03. 17:30"),
        ("en", "I'm free at 3 and will phone you straight away then.", "04.03. 15:00"),
        ("en", "She is back on Monday and will answer you then.", "09.03. 17:30"),
        ("de", "Frau Ahl ist ab Montag wieder im Haus und meldet sich dann bei Ihnen.", "09.03. 17:30"),
        ("de", "Ich bin am Montag zurück und schreibe Ihnen dann.", "09.03. 17:30"),
        ("fr", "Je serai de retour lundi et je vous répondrai alors.", "09.03. 17:30"),
        ("fr", "À 15 heures je serai libre et je vous appelle.", "04.03. 15:00"),
        ("fr", "Dans deux semaines au plus tard, vous aurez le rapport.", "18.03. 17:30"),
        ("fr", "À compter de lundi, chaque carton sera pesé pour que cela ne se reproduise plus.", "09.03. 17:30"),
        ("de", "Der Deckel kommt noch in diesem Monat bei Ihnen an.", "31.03. 17:30"),
    ],
)
def test_an_hour_finds_its_day_and_a_time_its_verb(language: str, text: str, when: str) -> None:
    assert " ".join(due for due, _kind in said(language, text)) == when


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Wir stellen bis Freitag sicher, dass Ihr Hof nicht mehr zugeparkt wird.", "prevent"),
        ("de", "Ich sorge bis Freitag dafür, dass kein Mahnbrief mehr hinausgeht.", "prevent"),
        ("fr", "Nous veillerons d'ici vendredi à ce que votre cour ne soit plus encombrée.", "prevent"),
        ("fr", "Vous toucherez 20 € d'ici vendredi, comme convenu au téléphone à l'instant.", "refund"),
        ("fr", "Nous prendrons position avant samedi.", "tell"),
        ("fr", "L'électricien passera vendredi pour remettre le courant.", "fix"),
        ("fr", "Je vous apporterai un pain tout frais vendredi.", "send"),
        ("de", "Am Freitag ist es bei dir.", "send"),
        ("de", "Bis Freitag ist die Haube auspoliert.", "fix"),
        ("en", "An update will be installed on Friday.", "fix"),
        ("en", "It is going out again on Friday.", "send"),
        ("en", "You'll have our view on Friday.", "tell"),
        ("fr", "Vous aurez notre position vendredi.", "tell"),
        ("fr", "Nous purgerons la chaudière vendredi.", "fix"),
        ("fr", "Vous recevrez vendredi l'étiquette de retour.", "send"),
        ("de", "Am Freitag können Sie mit den Papieren rechnen.", "send"),
        ("de", "Am Freitag klingelt bei Ihnen das Telefon.", "callback"),
        ("en", "The plan I'll email over on Friday.", "send"),
        ("fr", "Mon collègue vous joindra sur votre portable vendredi.", "callback"),
        ("fr", "Nous vous recontacterons par téléphone vendredi.", "callback"),
        ("de", "Unsere Meisterin meldet sich am Freitag unter Ihrer Nummer.", "callback"),
        ("en", "On Friday I'll pick up the phone and go through it with you.", "callback"),
        ("en", "We will return the purchase price to you on Friday.", "refund"),
        ("en", "We'll get the drawings over to you on Friday.", "send"),
        ("en", "You will have word from me on Friday.", "tell"),
        ("en", "She will come on Friday, 6 March, to mend the gate.", "fix"),
    ],
)
def test_what_hangs_on_the_verb_tells_the_act(language: str, text: str, kind: Kind) -> None:
    assert said(language, text) == [("06.03. 17:30", kind)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Hausmeister sagte, er ruft am Montag an."),
        ("de", "Guten Tag Frau Ahl, bitte kommen Sie am Freitag um 9 Uhr in die Praxis."),
        ("en", "Dear Mrs Ahl, please come to the surgery on Friday at 9 so we can check it."),
        ("de", "Der Meister kommt um halb elf ins Haus."),
        ("en", "The foreman gets in at half past ten."),
        ("de", "Ihr Anspruch auf Umtausch erlischt am 30. April."),
        ("fr", "Donnez-moi votre adresse d'ici vendredi et je vous écrirai."),
        ("de", "Ihre Kündigung wird zum 31. März wirksam."),
        ("en", "Your tenancy will therefore end on 31 March."),
        ("fr", "Votre bail s'achèvera donc le 31 mars."),
        ("en", "Interest is paid on the 15th of each month."),
        ("fr", "Les intérêts sont versés le 15 de chaque mois."),
        ("de", "Die Zinsen werden am 15. jedes Monats ausgezahlt."),
        ("de", "Das Lager zieht am Montag nach Fulda um."),
        ("en", "Our surgery is moving on Monday."),
        ("fr", "L'agence déménage lundi."),
        ("fr", "La cérémonie aura lieu le 12 mars à 18 h."),
        ("de", "Leergut nehmen wir nur bis 18 Uhr zurück."),
        ("de", "Die Gebühren werden am 1. April um 2 Prozent erhöht."),
        ("de", "Sie haben einen Mietvertrag, der am 1. April beginnt."),
        ("de", "Meine Elternzeit beginnt am 1. April."),
        ("de", "Anträge, die bis 12 Uhr eingehen, bearbeiten wir noch am selben Tag."),
        ("fr", "Les tarifs augmenteront le 1er avril."),
        ("fr", "Vous avez un bail qui commence le 1er avril."),
        ("fr", "Mon congé parental commence le 1er avril."),
        ("en", "Rents are going up on 1 April."),
        ("en", "You have a lease that starts on 1 April."),
        ("en", "My parental leave starts on 1 April."),
        ("en", "The library will be shut on Friday."),
        ("en", "I see the roofer you hired is coming on Friday."),
        ("de", "Einsätze nach 20 Uhr berechnen wir mit 30 Euro Zuschlag."),
        ("fr", "Les interventions après 20 h sont majorées de 30 euros."),
        ("fr", "La réunion des locataires se tiendra le 12 mars à 18 h."),
        ("en", "From April we have longer opening hours: Monday to Friday, 9am to 8pm."),
        ("de", "Ihre Schwester meinte, sie schickt den Brief morgen."),
        ("de", "Wir haben Ihre Kündigung zum 30. April vermerkt."),
    ],
)
def test_what_others_said_and_what_ends_promises_nothing(language: str, text: str) -> None:
    assert said(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("de", "Wir liefern am Dienstag, und den Rest schicke ich am Folgetag.", ["10.03. 17:30", "11.03. 17:30"]),
        (
            "de",
            "Wir tauschen es am Dienstag aus; das Zeitfenster nenne ich Ihnen am Vortag.",
            ["10.03. 17:30", "09.03. 17:30"],
        ),
        ("en", "We'll deliver on Tuesday and I'll ring you the day after.", ["10.03. 17:30", "11.03. 17:30"]),
        ("fr", "Nous livrerons mardi et je vous rappellerai le lendemain.", ["10.03. 17:30", "11.03. 17:30"]),
        ("en", "The fitters will come on Monday and be done by Thursday.", ["09.03. 17:30", "12.03. 17:30"]),
        ("de", "Die Handwerker kommen am Montag und sind am Donnerstag fertig.", ["09.03. 17:30", "12.03. 17:30"]),
        ("fr", "Les ouvriers commenceront lundi et auront fini jeudi.", ["09.03. 17:30", "12.03. 17:30"]),
    ],
)
def test_a_later_day_is_counted_from_the_one_before(language: str, text: str, when: list[str]) -> None:
    assert [due for due, _kind in said(language, text)] == when


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'll ring you the day before at 3 pm."),
        ("de", "Ich rufe Sie am Vortag um 15 Uhr an."),
        ("fr", "Je vous appelle la veille à 15 h."),
    ],
)
def test_the_day_before_one_that_nobody_named_is_not_today(language: str, text: str) -> None:
    assert said(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("en", "I'll ring you this time next week.", "11.03. 10:00"),
        ("en", "The engineer will come a fortnight on Friday.", "20.03. 17:30"),
        ("en", "I'll ring you on Friday week.", "13.03. 17:30"),
        ("en", "I'll send it by the end of the year.", "31.12. 17:30"),
        ("en", "We'll refund you in April.", "30.04. 17:30"),
        ("en", "I'll bring it Friday pm.", "06.03. 17:30"),
        ("en", "We'll deliver it tomorrow or Friday.", "06.03. 17:30"),
        ("en", "ill ring u 2moro at 3", "05.03. 15:00"),
        ("de", "Wir liefern in KW 12.", "20.03. 17:30"),
        ("de", "Bis Monatsmitte schicken wir die Abrechnung.", "15.03. 17:30"),
        ("de", "Ich rufe Sie übernächsten Montag an.", "16.03. 17:30"),
        ("de", "In zwei, drei Tagen schicke ich Ihnen das Teil.", "07.03. 17:30"),
        ("de", "Der Fehler ist in ca. 30 Minuten behoben.", "04.03. 10:30"),
        ("de", "Ich rufe Sie morgen um Punkt neun Uhr an.", "05.03. 09:00"),
        ("de", "Am übernächsten Werktag schicke ich es.", "06.03. 17:30"),
        ("de", "In der Nacht auf Samstag spielen wir das Update ein.", "07.03. 06:00"),
        ("fr", "Nous rembourserons cette somme en avril.", "30.04. 17:30"),
        ("fr", "Nous revenons vers vous dans une petite heure.", "04.03. 11:00"),
        ("fr", "La semaine prochaine à la même heure, je vous rappelle.", "11.03. 10:00"),
    ],
)
def test_words_for_times_mean_a_moment(language: str, text: str, when: str) -> None:
    assert [due for due, _kind in said(language, text)] == [when]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'll ring you first thing in the morning."),
        ("de", "Ich rufe Sie am Vormittag an."),
        ("fr", "Je vous appelle dans la matinée."),
    ],
)
def test_a_part_of_the_day_that_is_over_is_tomorrows(language: str, text: str) -> None:
    assert said(language, text, NOW.replace(hour=15)) == [("05.03. 12:00", "callback")]


@pytest.mark.parametrize(
    ("language", "text", "promised"),
    [
        ("de", "Ich klemme mich dahinter und ruf Sie morgen an.", [("05.03. 17:30", "callback")]),
        ("de", "Wir entschuldigen uns und garantieren Ihnen eine Lösung bis morgen.", [("05.03. 17:30", "fix")]),
        (
            "de",
            "Das Teil wird am Montag geliefert und am Dienstag eingebaut.",
            [("09.03. 17:30", "send"), ("10.03. 17:30", "fix")],
        ),
        ("de", "Meine Kollegen vom Nachtdienst bringen Ihnen heute ein Kissen.", [("04.03. 17:30", "send")]),
        ("de", "Ich prüfe das bis morgen und schicke Ihnen dann den Plan.", [("05.03. 17:30", "other")]),
        ("en", "The screws leave us today and arrive on Friday.", [("04.03. 17:30", "send"), ("06.03. 17:30", "send")]),
        (
            "en",
            "It'll be delivered on Monday and fitted on Tuesday.",
            [("09.03. 17:30", "send"), ("10.03. 17:30", "fix")],
        ),
        ("en", "Our carrier drops it off tomorrow.", [("05.03. 17:30", "send")]),
        ("en", "I've asked finance to release the payment today.", [("04.03. 17:30", "refund")]),
        ("fr", "La vitre sera livrée lundi et posée mardi.", [("09.03. 17:30", "send"), ("10.03. 17:30", "fix")]),
        (
            "fr",
            "Nous démontons la pièce vendredi et posons la nouvelle lundi.",
            [("06.03. 17:30", "fix"), ("09.03. 17:30", "fix")],
        ),
        ("fr", "J'ai demandé à la comptabilité de vous rembourser vendredi.", [("06.03. 17:30", "refund")]),
    ],
)
def test_a_verb_after_and_shares_its_subject(language: str, text: str, promised: list[tuple[str, Kind]]) -> None:
    assert said(language, text) == promised


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Herr Kaya ist morgen bei Ihnen und dichtet die Dusche ab.", "fix"),
        ("de", "Ihr Techniker ist morgen bei Ihnen.", "fix"),
        ("de", "Der Techniker ruft Sie morgen an.", "callback"),
        ("de", "Morgen geht Ihnen unsere Stellungnahme zu.", "tell"),
        ("de", "Sie erhalten morgen den Kaufpreis zurück.", "refund"),
        ("de", "Mit dem Hersteller telefoniere ich morgen.", "partner"),
        ("de", "Ab April prüfen wir jede Kiste, damit sich das nicht wiederholt.", "prevent"),
        ("en", "Our lead tech will call you tomorrow.", "callback"),
        ("en", "Our plumber can make it, he'll be at your place tomorrow.", "fix"),
        ("en", "The refund's been authorised and will show tomorrow.", "refund"),
        ("en", "You'll have a full explanation tomorrow.", "tell"),
        ("en", "I'll drop you a line tomorrow.", "tell"),
        ("fr", "Le plombier est en route et sera là demain.", "fix"),
        ("fr", "Vous aurez un retour de notre part demain.", "tell"),
        ("fr", "Notre technicien vous appellera demain.", "callback"),
    ],
)
def test_a_sure_word_tells_the_act_before_a_likely_one(language: str, text: str, kind: Kind) -> None:
    assert [one for _due, one in said(language, text)] == [kind]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Mit etwas Glück klappt es noch vor dem Wochenende."),
        ("de", "Gegebenenfalls rufen wir Sie am Donnerstag noch einmal an."),
        ("de", "Erfahrungsgemäß kommen solche Teile innerhalb einer Woche."),
        ("de", "Die nächste Rechnung wird am 1. April abgebucht."),
        ("de", "Bei Bestellung bis 12 Uhr versenden wir am selben Tag."),
        ("de", "Sie haben uns am Montag mitgeteilt, dass die Tür klemmt."),
        ("de", "Angenommen, der Brief kommt bis Freitag an, dann erledigt sich alles."),
        ("en", "We wouldn't expect the engineer before Thursday."),
        ("en", "The courier reckons it'll be Thursday."),
        ("en", "You have an appointment with us on Monday anyway."),
        ("en", "No payment is planned before 1 April."),
        ("en", "You'll find us at 3 Market Square from 9 to 5."),
        ("fr", "Avec un peu de chance, ce sera là avant le week-end."),
        ("fr", "D'après le suivi, le colis arrive demain."),
        ("fr", "Votre contrat arrive à échéance le 31 mars."),
        ("fr", "« Le plombier viendra mardi », m'avez-vous dit."),
        ("fr", "Nous vous avons écrit lundi."),
        ("fr", "Le train de 18 h 12 est supprimé."),
    ],
)
def test_what_is_likely_reported_or_due_from_others_is_no_promise(language: str, text: str) -> None:
    assert said(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("en", "Last thing today, I'll send it.", "04.03. 17:30"),
        ("en", "Over the weekend, I'll send it.", "08.03. 17:30"),
        ("en", "At a quarter past three, I'll send it.", "04.03. 15:15"),
        ("en", "In an hour or so, I'll send it.", "04.03. 11:00"),
        ("en", "At some point on Friday, I'll send it.", "06.03. 17:30"),
        ("en", "Tomorrow week, I'll send it.", "12.03. 17:30"),
        ("en", "By the end of May we'll have it repaired.", "31.05. 17:30"),
        ("de", "Binnen 24 Std. schicke ich es Ihnen.", "05.03. 10:00"),
        ("fr", "En début d'après-midi, je vous l'envoie.", "04.03. 17:30"),
        ("fr", "Le week-end prochain, je vous l'envoie.", "08.03. 17:30"),
    ],
)
def test_a_time_may_open_its_sentence(language: str, text: str, when: str) -> None:
    assert [due for due, _kind in said(language, text)] == [when]
