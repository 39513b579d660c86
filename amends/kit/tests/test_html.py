"""HTML from outside: nothing in it acts, reaches out, or takes over the page."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.kit.html import bare_text, is_too_complex, sanitise, to_text
from tests.effort import examples

CLEANED = {
    "<p>Hello <b>you</b></p>": "<p>Hello <b>you</b></p>",
    "<script>x7canary()</script>a": "a",
    "<style>p{background:url(//x)}</style>a": "a",
    '<p style="x" class="y" id="z" onclick="x7canary()">a</p>': "<p>a</p>",
    '<img src="https://x.example/p.png" alt="lamp">': '<img alt="lamp">',
    '<img src="data:image/svg+xml,x">': "<img>",
    '<img src="cid:p1@mail.example">': '<img src="cid:p1@mail.example">',
    '<a href="javascript:x7canary()">a</a>': '<a target="_blank" rel="noopener noreferrer nofollow">a</a>',
    '<a href="https://x.example/">a</a>': '<a href="https://x.example/" target="_blank" '
    'rel="noopener noreferrer nofollow">a</a>',
    '<a href="/settings">a</a>': '<a target="_blank" rel="noopener noreferrer nofollow">a</a>',
    "<form action=//x><input name=q>a</form>": "a",
    "<iframe src=//x>a</iframe>b": "b",
    "<svg><a href=//x>a</a></svg>b": "b",
    "<base href=//x><meta http-equiv=refresh content=0>a": "a",
    '<td width="9999999">a</td>': "a",
    "<!-- x -->a": "a",
    "a\x00b\ud800c": "abc",
}

PAYLOADS = st.lists(
    st.sampled_from(
        """<script> </script> <img src=x onerror=x7canary()> <svg/onload=x7canary()> <math> <mtext> <style> </style>
        <a href='java&#115;cript:x7canary()'> </a> <iframe srcdoc='<script>'> <p> </p> <b> <table> <td> <noscript>
        <!-- --> <![CDATA[ ]]> <template> </template> <textarea> </textarea> <title> </title> <form> <input> " ' >
        <xmp> <plaintext> <object data=x> <embed src=x> <link rel=stylesheet href=x> <img src=`x`onerror=x7canary()>
        <a href="data:text/html,x"> <base href=//x> <div style="background:url(//x)"> &lt;script&gt; text""".split(
            "\n "
        )
        + "<script> </script> <svg> </svg> <math> <mtext> <style> <p> <b> <td> <!-- --> <title> <xmp> x & ' \"".split()
    ),
    max_size=12,
).map(" ".join)


def ordered(html: str) -> str:
    """The same HTML with each tag's attributes in alphabetical order; the sanitiser writes them in any."""
    return re.sub(r"<[^<>]*>", lambda tag: " ".join(sorted(re.findall(r'[^\s<>="]+(?:="[^"]*")?', tag[0]))), html)


@pytest.mark.parametrize("html", CLEANED)
def test_only_harmless_html_is_left(html: str) -> None:
    assert ordered(sanitise(html)) == ordered(CLEANED[html])


@given(PAYLOADS)
@settings(max_examples=examples(200), deadline=None)
def test_nothing_that_acts_survives(html: str) -> None:
    clean = sanitise(html)
    tags = re.findall(r"<[^>]*>", clean)
    assert not any(
        re.match(r"</?(?:script|style|iframe|object|embed|svg|math|form|input|base|link)", tag) for tag in tags
    )
    assert not any(re.search(r"\son\w+\s*=|javascript:|data:|style=", tag) for tag in tags)
    assert ordered(sanitise(clean)) == ordered(clean)


@given(st.text(max_size=200))
@settings(max_examples=examples(150), deadline=None)
def test_any_text_is_taken(html: str) -> None:
    sanitise(html).encode("utf-8")
    to_text(html).encode("utf-8")
    bare_text(html).encode("utf-8")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain &amp; simple", "plain & simple"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<ul><li>one</li><li><p>two</p></li></ul>", "- one\n\n- two"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<blockquote>old<br><blockquote>older</blockquote></blockquote>new", "> old\n>\n> > older\n\nnew"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<head><title>x</title></head><script>y</script>z", "z"),
        ("a\n   b\t c", "a b c"),
        ("<p>see <img alt='the crack' src=x></p>", "see the crack"),
    ],
)
def test_html_becomes_text_by_its_blocks(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<p>" + "".join(f"<font size={n}>" for n in range(250)) + "<p>x" * 20_000,
        "<a href=x>" * 20_000,
        "<!--" * 200_000,
        "<script>" * 100_000,
        "<" * 500_000,
        "<p>x" * 300_000,
    ],
    ids=["deep", "rebuilt", "links", "comments", "scripts", "angles", "many"],
)
def test_hostile_html_becomes_plain_words_in_time(html: str) -> None:
    begun = time.process_time()
    assert is_too_complex(html)
    assert "<div><div>" not in sanitise(html)
    to_text(html)
    assert time.process_time() - begun < 5.0


def test_an_ordinary_large_letter_is_not_too_complex() -> None:
    row = "<tr><td style='x'><p><b>lamp</b> <font color=red>9.90</font></td></tr>"
    assert not is_too_complex("<html><body><table>" + row * 2_000 + "</table></body></html>")
