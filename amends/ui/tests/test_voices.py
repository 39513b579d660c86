from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.ui.voices import paragraphs

TAG = re.compile(r"<[^>]*>")
OURS = re.compile(
    r'</?(?:p|blockquote)(?: class="(?:voice|quoted)")?(?: dir="auto")?>|<br>|</a>'
    r'|<a class="link" href="https?://[^"<>]*" rel="noopener noreferrer nofollow" target="_blank">'
)


def test_blank_lines_part_paragraphs_and_single_ones_break_the_line() -> None:
    assert paragraphs("One\ntwo\r\n\r\n\r\nthree") == (
        '<p class="voice" dir="auto">One<br>two</p>\n<p class="voice" dir="auto">three</p>'
    )


def test_what_looks_like_markup_is_shown_as_it_was_written() -> None:
    assert "<script" not in paragraphs("<script>alert(1)</script>")
    assert "&lt;script&gt;" in paragraphs("<script>alert(1)</script>")


def test_quoted_lines_are_set_off_and_nest() -> None:
    text = paragraphs("Yes.\n> No?\n> > Perhaps")
    assert text.count('<blockquote class="quoted">') == 2
    assert text.endswith("Perhaps</p></blockquote></blockquote>")


def test_quotes_nest_no_deeper_than_three() -> None:
    text = paragraphs(">" * 50 + " deep")
    assert text.count("<blockquote") == 3
    assert "&gt;" * 47 in text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://a.example/x.", "https://a.example/x"),
        ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("https://a.example/?a=1&b=2, then", "https://a.example/?a=1&amp;b=2"),
        ("HTTP://A.example/'", "HTTP://A.example/"),
        ('<a href="https://a.example">', "https://a.example"),
    ],
)
def test_an_address_can_be_followed(text: str, address: str) -> None:
    assert f'href="{address}"' in paragraphs(text)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "www.a.example"])
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a " not in paragraphs(text)


def test_a_mark_that_turns_the_direction_ends_the_link() -> None:
    assert 'href="https://a.example/"' in paragraphs("https://a.example/\u202egpj.exe")


@given(st.text(alphabet=st.sampled_from("ab <>\"'&>()\n\r:/.https\u202e"), max_size=120))
def test_no_text_brings_markup_of_its_own(text: str) -> None:
    for tag in TAG.findall(paragraphs(text)):
        assert OURS.fullmatch(tag), tag


@pytest.mark.parametrize("piece", [")", "https://a.example/", ">", "https://a.example/)", "a ", "\n"])
def test_a_very_long_letter_costs_no_more_than_its_length(piece: str) -> None:
    began = time.perf_counter()
    paragraphs("https://a.example/" + piece * (300_000 // len(piece)))
    assert time.perf_counter() - began < 3
