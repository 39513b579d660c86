"""Promises in German and French words, and the times of both (SL7), said on Wednesday 4 March 2026 at 10:00."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.clock.closing import EveryDay
from amends.clock.spoken import Moment
from amends.clock.tongues import TONGUES, Kind
from amends.clock.words import FoundPromise, find_promises
from tests.effort import examples

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=PARIS)


def said(language: str, text: str, now: datetime = NOW, *, month_first: bool = False) -> list[FoundPromise]:
    moment = Moment(now, PARIS, EveryDay(clock(17, 30), PARIS), plain_days=True, month_first=month_first)
    return list(find_promises(text, moment, language))


def due(promise: FoundPromise) -> str:
    """Such as "05.03. 12:00", on the clock in Paris; "?" without a time."""
    return promise.due.astimezone(PARIS).strftime("%d.%m. %H:%M") if promise.due else "?"


@pytest.mark.parametrize(
    ("text", "when", "kind"),
    [
        ("Ich rufe Sie am Dienstag vor 15 Uhr an.", "10.03. 15:00", "callback"),
        ("Am Montag um Viertel nach zwei rufe ich Sie zurück.", "09.03. 14:15", "callback"),
        ("Wir ersetzen die Kaffeemühle bis Ende der Woche.", "06.03. 17:30", "fix"),
        ("Die Mühle geht noch heute in die Post.", "04.03. 17:30", "send"),
        ("Binnen 48 Stunden haben Sie Ihr Geld zurück.", "06.03. 10:00", "refund"),
        ("Sie erhalten die Gutschrift in drei bis fünf Werktagen.", "11.03. 17:30", "refund"),
        ("Ich gebe Ihnen bis morgen Mittag Bescheid.", "05.03. 12:00", "tell"),
        ("Der Monteur kommt am 12.3. zwischen 8 und 10 Uhr.", "12.03. 10:00", "fix"),
        ("Das fehlende Sieb liegt am 23. bei Ihnen im Briefkasten.", "23.03. 17:30", "send"),
        ("Ich verspreche Ihnen, dass die Rechnung bis zum 2. April berichtigt ist.", "02.04. 17:30", "fix"),
        ("Ich bitte die Spedition heute um einen Nachweis.", "04.03. 17:30", "partner"),
        ("Ab dem 1. April wiegen wir jede Kiste, damit das nicht wieder passiert.", "01.04. 17:30", "prevent"),
        ("In einer halben Stunde schicke ich Ihnen die Anleitung.", "04.03. 10:30", "send"),
        ("Wir melden uns umgehend.", "?", "tell"),
        ("In Kürze erhalten Sie einen neuen Deckel.", "?", "send"),
    ],
)
def test_a_german_promise_is_found(text: str, when: str, kind: Kind) -> None:
    assert [(due(one), one.kind) for one in said("de", text)] == [(when, kind)]


@pytest.mark.parametrize(
    ("text", "when", "kind"),
    [
        ("Je vous appelle mardi avant 15 h.", "10.03. 15:00", "callback"),
        ("Lundi à deux heures et quart, je vous rappelle.", "09.03. 14:15", "callback"),
        ("Nous remplacerons le moulin d'ici la fin de la semaine.", "06.03. 17:30", "fix"),
        ("Le moulin part aujourd'hui par la poste.", "04.03. 17:30", "send"),
        ("Vous serez remboursée sous 48 heures.", "06.03. 10:00", "refund"),
        ("L'avoir de 12 € sera crédité dans les trois à cinq jours ouvrés.", "11.03. 17:30", "refund"),
        ("Je vous tiens au courant avant demain midi.", "05.03. 12:00", "tell"),
        ("Le réparateur passera le 12/03 entre 8 h et 10 h.", "12.03. 10:00", "fix"),
        ("Le tamis manquant arrivera le 23.", "23.03. 17:30", "send"),
        ("Je demande aujourd'hui au transporteur où est la caisse.", "04.03. 17:30", "partner"),
        (
            "À partir du 1er avril, chaque caisse sera pesée pour que cela ne se reproduise plus.",
            "01.04. 17:30",
            "prevent",
        ),
        ("Dans une demi-heure, je vous envoie la notice.", "04.03. 10:30", "send"),
        ("On vous rappelle vers 15h30.", "04.03. 15:30", "callback"),
        ("Nous vous répondrons dans les plus brefs délais.", "?", "tell"),
        ("Vous recevrez prochainement un nouveau couvercle.", "?", "send"),
    ],
)
def test_a_french_promise_is_found(text: str, when: str, kind: Kind) -> None:
    assert [(due(one), one.kind) for one in said("fr", text)] == [(when, kind)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ich habe Sie am Montag angerufen."),
        ("de", "Wenn Sie möchten, rufe ich Sie morgen an."),
        ("de", "Sobald die Mühle hier ist, erstatten wir binnen fünf Tagen."),
        ("de", "Könnten Sie uns bis Freitag ein Foto schicken?"),
        ("de", "Bitte schicken Sie die Mühle bis Freitag zurück."),
        ("de", "Soll ich Sie am Montag anrufen?"),
        ("de", "Wir haben bis 18 Uhr geöffnet."),
        ("de", "Vor Montag können wir leider nicht liefern."),
        ("de", "Sie schrieben: „Ich bringe sie am Freitag.“"),
        ("de", "> Ich rufe Sie morgen an."),
        ("de", "Üblicherweise liefern wir innerhalb von drei Tagen."),
        ("de", "Der Paketdienst sagt, dass die Kiste am Dienstag kommt."),
        ("fr", "Je vous ai appelé lundi."),
        ("fr", "Si vous voulez, je vous appelle demain."),
        ("fr", "Dès que le moulin sera ici, nous vous rembourserons sous cinq jours."),
        ("fr", "Pourriez-vous nous envoyer une photo avant vendredi ?"),
        ("fr", "Merci de renvoyer le moulin avant vendredi."),
        ("fr", "Puis-je vous appeler lundi ?"),
        ("fr", "Notre magasin sera fermé lundi."),
        ("fr", "Nous ne pourrons pas livrer avant lundi."),
        ("fr", "Vous écriviez : « Je l'apporterai vendredi. »"),
        ("fr", "> Je vous appelle demain."),
        ("fr", "En général, nous livrons sous trois jours."),
        ("fr", "Le transporteur indique que la caisse arrivera mardi."),
        ("en", "If you reply by Friday, I will refund you tomorrow."),
        ("en", 'You wrote: "I will bring it on Friday."'),
        ("en", "The courier says it will be with you on Tuesday."),
        ("en", "-- \nI will ring you at 3."),
        ("en", "-----Original Message-----\nI will ring you at 3."),
    ],
)
def test_what_is_asked_past_conditional_or_quoted_is_no_promise(language: str, text: str) -> None:
    assert said(language, text) == []


def test_two_promises_of_a_german_sentence_keep_their_times() -> None:
    text = "Am Dienstag spreche ich mit der Werkstatt, und Sie erfahren das Ergebnis bis zum 11. März um 12 Uhr."
    assert [(due(one), one.kind) for one in said("de", text)] == [("10.03. 17:30", "other"), ("11.03. 12:00", "tell")]


def test_a_german_verb_at_the_end_belongs_to_the_words() -> None:
    text = "Guten Tag, ich rufe Sie am Dienstag vor 15 Uhr zurück. Viele Grüße"
    (promise,) = said("de", text)
    assert promise.words == "ich rufe Sie am Dienstag vor 15 Uhr zurück"
    assert promise.act == "rufe Sie zurück"
    assert text[promise.start : promise.end] == promise.words


@pytest.mark.parametrize(
    ("text", "month_first", "when"),
    [
        ("I will send it by 3/4.", False, "03.04. 17:30"),
        ("I will send it by 4/3.", True, "03.04. 17:30"),
        ("I will send it by 5/3.", False, "05.03. 17:30"),
        ("I will send it by 3/13/2026.", True, "13.03. 17:30"),
        ("I will send it by 13/3/26.", True, "13.03. 17:30"),
    ],
)
def test_a_date_with_strokes_is_read_as_the_place_writes_it(text: str, month_first: bool, when: str) -> None:
    assert [due(one) for one in said("en", text, month_first=month_first)] == [when]


@pytest.mark.parametrize(
    ("now", "text", "when"),
    [
        ("2026-12-30T10:00", "I will send it by 4 January.", "2027-01-04T17:30:00+01:00"),
        ("2026-03-27T10:00", "I will ring you on Sunday at 15:00.", "2026-03-29T15:00:00+02:00"),
        ("2026-03-28T20:00", "I will ring you within 24 hours.", "2026-03-29T21:00:00+02:00"),
        ("2026-03-04T10:00", "I will send it by Wednesday.", "2026-03-11T17:30:00+01:00"),
        ("2026-03-04T18:00", "I will send it today.", "2026-03-05T00:00:00+01:00"),
        ("2026-01-31T10:00", "I will send it within a month.", "2026-02-28T17:30:00+01:00"),
        ("2026-03-04T10:00", "We will deliver between Monday and Wednesday.", "2026-03-11T17:30:00+01:00"),
    ],
)
def test_years_summer_time_and_todays_own_weekday(now: str, text: str, when: str) -> None:
    (promise,) = said("en", text, datetime.fromisoformat(now).replace(tzinfo=PARIS))
    assert promise.due is not None
    assert promise.due.astimezone(PARIS).isoformat() == when


@settings(deadline=None, max_examples=examples(60))
@given(
    st.sampled_from(sorted(TONGUES)),
    st.lists(
        st.sampled_from(
            "Ich rufe Sie am Dienstag vor 15 Uhr an. bis morgen , und 3.4. zum 12. je vous rappelle demain à d'ici h "
            "nous I will ring you at 3 on by Friday between and 10 in within days \n > “ ” ?".split(" ")
        ),
        max_size=30,
    ),
)
def test_whatever_is_written_a_promise_is_ahead_and_in_its_place(language: str, words: list[str]) -> None:
    text = " ".join(words)
    for promise in said(language, text):
        assert promise.due is None or promise.due > NOW
        assert text[promise.start : promise.end] == promise.words
        assert promise.words


@pytest.mark.parametrize("language", sorted(TONGUES))
@pytest.mark.parametrize(
    "text",
    [
        "Ich werde " * 9000,
        "je vous rappelle " * 6000,
        "um 3 " * 20000,
        "d'ici " * 15000,
        "wenn " * 20000,
        '"a' * 40000,
        "9" * 90000,
    ],
)
def test_long_and_hostile_letters_are_read_in_no_time(language: str, text: str) -> None:
    begun = time.process_time()
    said(language, text)
    assert time.process_time() - begun < 1


@pytest.mark.process
def test_a_language_that_nobody_writes_is_never_made() -> None:
    """A desk starts without the patterns of any, and a letter in English makes those of English only."""
    program = (
        "import sys; from datetime import UTC, datetime, time; from zoneinfo import ZoneInfo;"
        "from amends.clock.words import find_promises; from amends.clock.spoken import Moment;"
        "from amends.clock.closing import EveryDay; made = lambda: [m for m in sys.modules if m.endswith('.times')];"
        "assert not made(); zone = ZoneInfo('UTC');"
        "assert find_promises('I will ring you at 3.', Moment(datetime.now(UTC), zone, EveryDay(time(17), zone)));"
        "assert made() == ['amends.clock.tongues.english.times'], made()"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
