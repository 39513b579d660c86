"""What the writer added, told from the older letters below it."""

from __future__ import annotations

import time

import pytest

from amends.channels.email.quotes import new_text
from amends.kit.html import to_text

OLD = "> Dear Ann,\n> we have sent it.\n"

LEAD_INS = {
    "en": "On Tue, Mar 3, 2026 at 9:05 AM Shop <help@shop.example> wrote:",
    "en wrapped": "On Tue, Mar 3, 2026 at 9:05 AM The Shop of Lamps and Other Lights\n<help@shop.example> wrote:",
    "de": "Am Di., 3. März 2026 um 09:05 Uhr schrieb Shop <help@shop.example>:",
    "de apple": "Am 03.03.2026 um 09:05 schrieb Shop <help@shop.example>:",
    "es": "El mar, 3 mar 2026 a las 9:05, Shop (<help@shop.example>) escribió:",
    "fr": "Le mar. 3 mars 2026 à 09:05, Shop <help@shop.example> a écrit :",
    "it": "Il giorno mar 3 mar 2026 alle ore 09:05 Shop <help@shop.example> ha scritto:",
    "nl": "Op di 3 mrt 2026 om 09:05 schreef Shop <help@shop.example>:",
    "pt": "Em ter., 3 de mar. de 2026 às 09:05, Shop <help@shop.example> escreveu:",
    "da": "Den tirs. 3. mar. 2026 kl. 09.05 skrev Shop <help@shop.example>:",
    "sv": "Den tis 3 mars 2026 kl 09:05 skrev Shop <help@shop.example>:",
    "nb": "tir. 3. mars 2026 kl. 09:05 skrev Shop <help@shop.example>:",
    "pl": "wt., 3 mar 2026 o 09:05 Shop <help@shop.example> napisał(a):",
    "cs": "út 3. 3. 2026 v 9:05 odesílatel Shop <help@shop.example> napsal:",
    "ru": "вт, 3 мар. 2026 г. в 09:05, Shop <help@shop.example>:",
    "ja": "2026年3月3日(火) 9:05 Shop <help@shop.example>:",
    "zh": "Shop <help@shop.example> 于2026年3月3日周二 09:05写道：",
    "ko": "2026년 3월 3일 (화) 오전 9:05, Shop <help@shop.example>님이 작성:",
    "fi": "ti 3. maalisk. 2026 klo 9.05 Shop (help@shop.example) kirjoitti:",
    "tr": "Shop <help@shop.example>, 3 Mar 2026 Sal, 09:05 tarihinde şunu yazdı:",
}

DIVIDERS = {
    "en": "-----Original Message-----",
    "de": "-----Ursprüngliche Nachricht-----",
    "fr": "-----Message d'origine-----",
    "es": "-----Mensaje original-----",
    "outlook en": "______________\nFrom: Shop <help@shop.example>\nSent: 3 March 2026\nTo: Ann\nSubject: Lamp",
    "outlook bold": "*From:* Shop <help@shop.example>\n*Sent:* 3 March 2026\n*To:* Ann\n*Subject:* Lamp",
    "outlook de": "Von: Shop <help@shop.example>\nGesendet: Dienstag\nAn: Ann\nBetreff: Lampe",
    "outlook fr": "De : Shop <help@shop.example>\nEnvoyé : mardi\nÀ : Ann\nObjet : Lampe",
    "outlook es": "De: Shop <help@shop.example>\nEnviado: martes\nPara: Ann\nAsunto: Lámpara",
    "outlook it": "Da: Shop <help@shop.example>\nInviato: martedì\nA: Ann\nOggetto: Lampada",
    "outlook nl": "Van: Shop <help@shop.example>\nVerzonden: dinsdag\nAan: Ann\nOnderwerp: Lamp",
    "outlook pl": "Od: Shop <help@shop.example>\nWysłano: wtorek\nDo: Ann\nTemat: Lampa",
}

WHOLE = {
    "answers between the quotation": "> first?\n\nYes.\n\n> second?\n\nNo.",
    "answers after a start": "See below.\n\n> first?\n\nYes.\n\n> second?",
    "only a quotation": "> nothing else",
    "a traveller's table": "From: Berlin\nTo: Rome\nDate: 3 May\n\nMy trip went wrong.",
    "a sentence that ends in wrote": "On Monday your agent Lena wrote:\nwe will call you.\nNobody has called.",
    "a forwarded letter": "Please look.\n\n---------- Forwarded message ---------\nFrom: a@b.example\n> old",
    "a form with labels": "From: my flat\nSubject: lamp\nIt is broken.",
    "no quotation": "Just words: and more.",
    "empty": "",
}


@pytest.mark.parametrize("name", LEAD_INS)
def test_a_quotation_and_its_lead_in_are_folded(name: str) -> None:
    assert new_text(f"Still broken.\n\n{LEAD_INS[name]}\n\n{OLD}") == "Still broken."


@pytest.mark.parametrize("name", LEAD_INS)
def test_a_lead_in_right_below_the_words_does_not_swallow_them(name: str) -> None:
    assert new_text(f"Still broken.\n{LEAD_INS[name]}\n{OLD}") == "Still broken."


@pytest.mark.parametrize("name", ["en", "en wrapped", "de", "es", "fr", "it", "nl", "pt", "da", "sv", "pl"])
def test_older_letters_without_marks_are_folded(name: str) -> None:
    assert new_text(f"Still broken.\n\n{LEAD_INS[name]}\n\nDear Ann,\nwe have sent it.") == "Still broken."


@pytest.mark.parametrize("name", DIVIDERS)
def test_what_stands_below_a_divider_is_folded(name: str) -> None:
    assert new_text(f"Still broken.\n\n{DIVIDERS[name]}\n\nDear Ann,\nwe have sent it.") == "Still broken."


@pytest.mark.parametrize("name", WHOLE)
def test_a_text_stays_whole_when_in_doubt(name: str) -> None:
    assert new_text(WHOLE[name]) == WHOLE[name]


def test_an_answer_below_the_quotation_is_found() -> None:
    assert new_text(f"{LEAD_INS['de']}\n{OLD}\nStill broken.") == "Still broken."


def test_a_signature_below_the_quotation_is_kept() -> None:
    assert new_text(f"Still broken.\n\n{OLD}\n-- \nAnn") == "Still broken.\n\n\n-- \nAnn"


def test_quotations_in_html_are_folded_too() -> None:
    html = (
        "<div>Still broken.</div><div class='gmail_quote'><div class='gmail_attr'>El mar, 3 mar 2026 a las 9:05, Shop "
        "(&lt;<a href='mailto:help@shop.example'>help@shop.example</a>&gt;) escribió:<br></div>"
        "<blockquote>Dear Ann,<br>sorry.</blockquote></div>"
    )
    assert new_text(to_text(html)) == "Still broken."


@pytest.mark.parametrize("pump", ["> a\nb\n", "On 10:10 a@b wrote:x\n", "From: x\n", "Le 10:10 x x x :\n", "\n\n> "])
def test_long_texts_take_linear_time(pump: str) -> None:
    begun = time.process_time()
    new_text(pump * 200_000)
    assert time.process_time() - begun < 5.0
