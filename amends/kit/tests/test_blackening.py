"""Words are found however they are spelt, and nothing else goes."""

from __future__ import annotations

import time

import pytest

from amends.kit.blackening import BAR, Passage, as_text, each_text

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    ("words", "text", "left"),
    [
        (CARD, "My card is 4111 1111 1111 1111, thanks", f"My card is {BAR}, thanks"),
        (CARD, "4111-1111-1111-1111 4111111111111111", f"{BAR} {BAR}"),
        (CARD, "4111.1111\n> 1111 1111.", f"{BAR}."),
        ("4111111111111111", "it was 4111\u00a01111 1111\u200b1111", f"it was {BAR}"),
        ("my password is Hunter2", "> My password\n> > is  hunter2.", f"> {BAR}."),
        ("hunter2", "hunter2 and hunter22 and xhunter2 and Hunter2!", f"{BAR} and hunter22 and xhunter2 and {BAR}!"),
        ("hunter2", "https://a.example/?p=hunter2&x", f"https://a.example/?p={BAR}&x"),
        ("1234", "PIN 1234, ring 0171 12345", f"PIN {BAR}, ring 0171 12345"),
        ("Straße 5", "STRASSE 5 and Straße 5", f"{BAR} and {BAR}"),
        ("abc", "abc", "abc"),
        ("  > ", "nothing to look for", "nothing to look for"),
        ("aaaa", "aaaaaaaaa", "aaaaaaaaa"),
        ("secret word", "secretword", BAR),
    ],
)
def test_a_bar_stands_in_place_of_each(words: str, text: str, left: str) -> None:
    assert Passage(words).over(text) == left


@pytest.mark.parametrize(
    ("html", "left"),
    [
        (f"<p>It is {CARD}.</p>", f"<p>It is {BAR}.</p>"),
        ("<p>4111 <b>1111</b> 1111<br>1111</p>", f"<p>{BAR}<b></b><br></p>"),
        ("<p>4111&nbsp;1111&#160;1111&#xa0;1111 &amp; so on</p>", f"<p>{BAR} &amp; so on</p>"),
        (f'<a href="https://a.example/{CARD}" title="a>b">pay</a>', "<a>pay</a>"),
        (f'<a title="{CARD} > x">{CARD}</a>', f"<a>{BAR}</a>"),
        ("<p>1 &lt; 2</p>", "<p>1 &lt; 2</p>"),
        ("<p>4111</p><p>1111 1111</p><div>1111</div>", f"<p>{BAR}</p><p></p><div></div>"),
    ],
)
def test_in_a_letter_as_sent_the_tags_stay(html: str, left: str) -> None:
    assert Passage(CARD).over_html(html) == left


def test_what_was_cut_off_in_the_middle_of_the_words_is_known_by_their_beginning() -> None:
    card = Passage(CARD)
    assert card.over_short("My card is 4111 1111 11…") == f"My card is {BAR}"
    assert card.over_short("My card is 4111 11") == f"My card is {BAR}"
    assert card.over_short("My card is 4111…") == "My card is 4111…"
    assert card.over_short(f"{CARD} is it") == f"{BAR} is it"
    assert Passage("abc").over_short("abc…") == "abc…"


def test_every_text_in_a_value_is_changed_and_told_its_name() -> None:
    value = {"what": "a", "list": [{"due": "b"}, 3, None], "n": 1}
    assert each_text(value, lambda name, text: f"{name}:{text}") == {
        "what": "what:a",
        "list": [{"due": "due:b"}, 3, None],
        "n": 1,
    }


def test_files_are_read_as_far_as_they_are_text() -> None:
    card = Passage(CARD)
    assert CARD in as_text(CARD.encode("utf-16"))
    for content in (f"a;{CARD};b".encode(), b"%PDF (4111 1111 1111 1111)"):
        assert as_text(content) in card
    assert as_text(b"\x89PNG nothing") not in card


@pytest.mark.parametrize(
    "text", ["4" * 100_000, "4111 " * 20_000, "> " * 50_000, "<" * 100_000, '<a "' * 25_000, "&" * 100_000]
)
def test_no_text_is_slow(text: str) -> None:
    """S27"""
    began = time.process_time()
    for words in (CARD, "4" * 200 + "5", "a > b | c"):
        Passage(words).over(text)
        Passage(words).over_html(text)
        Passage(words).over_short(text)
    assert time.process_time() - began < 3
