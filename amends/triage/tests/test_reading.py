"""A first look at a message: language, kind, haste, title, the one sentence."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.triage.languages import SMALL_WORDS, language_of
from amends.triage.reading import last_words, names_a_matter, read, title
from amends.triage.signs import Kind

DATA = Path(os.environ.get("SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
UDHR = DATA / "language_udhr_train.jsonl.gz"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lamp that you sent is broken and I have not had an answer.", "en"),
        ("where is my parcel", "en"),
        ("Die Lampe ist kaputt und ich warte noch auf eine Antwort von Ihnen.", "de"),
        ("Wo ist mein Paket? Ich habe nichts gehört.", "de"),
        ("La lampe est cassée et je n'ai pas de réponse pour le moment.", "fr"),
        ("Où est mon colis, s'il vous plaît ?", "fr"),
        ("La lámpara está rota y no he recibido una respuesta.", "es"),
        ("¿Dónde está mi pedido?", "es"),
        ("La lampada è rotta e non ho ricevuto una risposta.", "it"),
        ("Buongiorno, il pacco non è ancora arrivato.", "it"),
        ("De lamp is kapot en ik heb nog geen antwoord gekregen.", "nl"),
        ("Waar blijft mijn pakket? Ik wacht al op een antwoord van u.", "nl"),
        ("Lampen er i stykker, og jeg har ikke hørt fra jer.", "da"),
        ("Hvor bliver min pakke af? Det er ikke i orden.", "da"),
        ("Lampan är trasig och jag har inte fått något svar från er.", "sv"),
        ("Var är mitt paket? Jag har väntat på det en vecka.", "sv"),
        ("Lampa jest zepsuta i nie mam od was odpowiedzi.", "pl"),
        ("Gdzie jest moja paczka? Nie dostałem jej do dzisiaj.", "pl"),
        ("A lâmpada está partida e ainda não recebi uma resposta.", "pt"),
        ("Onde está a minha encomenda? Não chegou.", "pt"),
        ("ok", "en"),
        ("", "en"),
        ("12345 @@@ !!!", "en"),
    ],
)
def test_the_small_words_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_text_too_short_to_tell_takes_the_desks_language() -> None:
    assert language_of("ok", otherwise="de") == "de"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The lid arrived cracked.", "complaint"),
        ("Nobody rang me back, I am still waiting.", "complaint"),
        ("It doesn’t work.", "complaint"),
        ("Where is my money? You charged twice!", "complaint"),
        ("Die Kanne ist kaputt.", "complaint"),
        ("Lovely kettle, but it came late.", "complaint"),
        ("Great job, third router this month", "complaint"),
        ("How do I clean the burr?", "question"),
        ("Can you deliver on Sunday", "question"),
        ("Thank you so much, Bo was wonderful.", "praise"),
        ("Vielen Dank, ich bin begeistert.", "praise"),
        ("My new address is Elm Road 4.", "other"),
        ("", "other"),
    ],
)
def test_only_plain_words_tell_the_kind(text: str, kind: Kind) -> None:
    assert read(text).kind == kind


def test_words_of_haste_are_kept_as_the_customer_wrote_them() -> None:
    reading = read("I am stranded. It is URGENT, urgent, the wedding is tomorrow.", "Help")
    assert reading.urgent_words == ("stranded", "urgent", "wedding", "tomorrow")


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("Cracked teapot", "Hello", "Cracked teapot"),
        ("Re: AW: Fwd: [Ext] Cracked teapot", "", "Cracked teapot"),
        ("SV: VS: Sprucken kanna", "", "Sprucken kanna"),
        ("RE[2]: Cracked teapot", "", "Cracked teapot"),
        ("", "Hi,\n\nthe lid came cracked. I am sad.", "The lid came cracked"),
        ("Complaint", "Dear team, the lid came cracked.", "The lid came cracked"),
        ("Hi!", "Hello there! My lamp is dark.", "My lamp is dark"),
        ("Fwd: (no subject)", "Lamp dark", "Lamp dark"),
        ("", "Hi my lamp is broken", "Hi my lamp is broken"),
        ("", "Hi my lamp is broken. It was new.", "Hi my lamp is broken"),
        ("", "Hello dear customer service\nThe lid came cracked.", "The lid came cracked"),
        ("", "Hello there", "Hello there"),
        ("", "Hi,", "Hi"),
        ("Complaint", "Thanks", "Complaint"),
        ("", "Hi my lamp is broken, what now?", "Hi my lamp is broken, what now?"),
        ("", "Bonjour Anne-Marie, le colis est perdu.", "Le colis est perdu"),
        ("", "Bonjour !\nLe colis est perdu.", "Le colis est perdu"),
        ("Complaint", "", "Complaint"),
        ("", "", ""),
        ("Regarding my teapot", "", "Regarding my teapot"),
        ("[#1234] [Shop] Where is it", "", "Where is it"),
        ("word " * 30, "", " ".join(["word"] * 14) + "…"),
    ],
)
def test_a_case_is_named_by_what_it_is_about(subject: str, text: str, expected: str) -> None:
    assert title(subject, text) == expected


@pytest.mark.parametrize("subject", ["Question", "Re: [Shop] hi!", "AW: Bestellung", "", "[Shop]"])
def test_some_subjects_name_no_matter(subject: str) -> None:
    assert not names_a_matter(subject)
    assert names_a_matter(f"{subject} about my teapot")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thank you for ringing. Lea is home until five only. Can it come today? Bye.", "Can it come today?"),
        ("The lid broke. I paid 84 for it.", "The lid broke."),
        ("It came on Monday. It is horrible.", "It is horrible."),
        ("Dear Hanne,\nit came on Monday.\nIt is blue.\nKind regards\nMarta", "it came on Monday."),
        ("Hi team, please send a new lid.\nThanks, Marta", "please send a new lid."),
        ("> Can you help?\nIt is blue.", "It is blue."),
        ("Thanks", "Thanks"),
        ("Hello my parcel is lost\nKind regards\nMarta", "Hello my parcel is lost"),
        ("", ""),
    ],
)
def test_a_row_shows_the_sentence_that_matters(text: str, expected: str) -> None:
    assert last_words(text) == expected


def test_a_long_sentence_ends_after_a_whole_word() -> None:
    assert last_words("I wonder whether anybody reads this at all", limit=20) == "I wonder whether…"


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(10, 140))
def test_a_row_never_gets_more_than_it_can_show(text: str, limit: int) -> None:
    assert len(last_words(text, limit)) <= limit
    assert len(title("", text, limit)) <= limit


if UDHR.exists():

    @pytest.mark.data
    def test_most_sentences_of_the_declaration_are_told_apart() -> None:
        with gzip.open(UDHR, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        ours = [row for row in rows if row["label"] in SMALL_WORDS]
        right = sum(language_of(row["text"]) == row["label"] for row in ours)
        assert right / len(ours) > 0.9
