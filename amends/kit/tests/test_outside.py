"""What the desk fetches for a letter, and above all what it does not (S33)."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from amends.kit import outside
from amends.kit.html import HELD, sanitise
from amends.kit.unseen import without_unseen
from tests.security import sink as sinks
from tests.security.sink import PNG, Sink


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinks.running() as found, sinks.reached(found, as_if_public=True):
        yield found


def one(sink: Sink, path: str) -> outside.Fetched:
    url = sink.url + path
    return outside.fetch_all([url])[url]


@pytest.mark.server
def test_a_picture_is_asked_for_once_without_cookie_or_referrer(sink: Sink) -> None:
    found = outside.fetch_all([f"{sink.url}/a.png", f"{sink.url}/a.png", f"{sink.url}/b.png"])
    assert {url.rpartition("/")[2]: one.content for url, one in found.items()} == {"a.png": PNG, "b.png": PNG}
    assert sorted(sink.paths) == ["/a.png", "/b.png"]
    for _path, headers in sink.asked:
        assert not {"Cookie", "Referer", "Authorization", "Origin"} & headers.keys()


@pytest.mark.server
def test_a_cookie_is_not_even_kept_for_where_the_answer_leads_on_to(sink: Sink) -> None:
    sink.there["/first.png"] = (302, {"Location": "/second.png"}, b"")
    assert one(sink, "/first.png").content == PNG
    assert all("Cookie" not in headers for _path, headers in sink.asked)


@pytest.mark.server
@pytest.mark.parametrize(
    ("status", "headers", "body", "why"),
    [
        (404, {}, b"", "away"),
        (200, {"Content-Type": "image/png"}, b"<svg onload=x7canary()>", "kind"),
        (200, {"Content-Type": "image/svg+xml"}, b"<?xml version='1.0'?><svg/>", "kind"),
        (200, {"Content-Type": "image/png"}, b"<!doctype html>", "kind"),
        (200, {"Content-Type": "image/png"}, PNG + b"\0" * outside.LARGEST, "large"),
        (200, {"Content-Encoding": "gzip"}, PNG, "large"),
        (302, {"Location": "http://pictures.elsewhere.example:25/"}, b"", "away"),
        (302, {"Location": "http://name:word@pictures.elsewhere.example/"}, b"", "away"),
        (302, {"Location": "file:///etc/passwd"}, b"", "away"),
        (302, {"Location": "/x.png"}, b"", "away"),
        (302, {"Location": "http://10.0.0.1/x.png"}, b"", "private"),
        (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b"", "private"),
    ],
)
def test_what_is_no_picture_of_the_web_is_not_kept(
    sink: Sink, status: int, headers: dict[str, str], body: bytes, why: str
) -> None:
    sink.there["/x.png"] = (status, headers, body)
    assert one(sink, "/x.png") == outside.Fetched(why=why)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:25/x.png", "http://u:p@x.example/x.png", "gopher://x.example/", "http://[", "\0", ""]
)
def test_an_address_that_is_not_of_the_web_is_not_asked(url: str) -> None:
    assert outside.fetch_all([url])[url].why == "away"


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "[::1]", "169.254.169.254", "localhost", "0x7f000001"])
def test_nothing_in_our_own_network_is_asked(host: str) -> None:
    url = f"http://{host}/x.png"
    assert outside.fetch_all([url])[url].why == "private"


@pytest.mark.server
def test_a_name_that_leads_into_our_own_network_is_not_asked() -> None:
    with sinks.running() as sink, sinks.reached(sink, as_if_public=False):
        assert one(sink, "/x.png").why == "private"
    assert sink.asked == []


@pytest.mark.server
def test_all_together_have_a_size_and_a_number(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "MOST", 3)
    monkeypatch.setattr(outside, "HANDS", 1)
    monkeypatch.setattr(outside, "TOGETHER", len(PNG) * 2)
    found = outside.fetch_all([f"{sink.url}/{n}.png" for n in range(5)])
    assert [one.why for one in found.values()] == ["", "", "large", "many", "many"]


@pytest.mark.server
def test_whoever_comes_while_others_wait_is_told_so(sink: Sink) -> None:
    with outside._turns, outside._turns, pytest.raises(outside.BusyError):
        one(sink, "/x.png")
    assert sink.asked == []


TRACKERS = [
    '<img src="{}" width="1" height="1">',
    "<img src='{}' width=1>",
    '<img height="0" src="{}">',
    '<img src="{}" style="display:none">',
    '<img src="{}" style="width: 1px; height: 1px">',
    '<img src="{}" style="max-height:0;mso-hide:all">',
    '<IMG SRC="{}" STYLE="VISIBILITY: hidden">',
    '<img src="{}" style="opacity:0"/>',
    '<style>.open {{ display: none }}</style><img class="open" src="{}">',
    '<style type="text/css"><!-- a, img.x.OPEN , p {{color:red;width:1px}} --></style><img src="{}" class="big Open x">',
    "<style>@import 'a.css';\n/* .y {{}} */ body #beacon{{visibility:hidden!important}}</style><img id=beacon src='{}'>",
    '<STYLE>.a{{color:red}}.open{{opacity:0;}}</STYLE><p></p><style>.b{{}}</style><img src="{}" class=open>',
    "<style>.open{{max-height:0}}<img src='{}' class='open'>",
]
SEEN = [
    '<img src="{}">',
    '<img src="{}" width="120" height="10">',
    '<img src="{}" style="border-width:0;width:100%">',
    '<img src="{}" style="line-height:0;min-width:0;opacity:0.9">',
    '<img src="{}" width="1000" alt="width=1">'.replace("=1", "=11"),
    '<style>.open{{display:none}}</style><img class="opener open-2" id="open" src="{}">',
    '<style>@media (max-width: 600px) {{ .wide {{ display: none }} }}</style><img class="wide" src="{}">',
    '<style>.narrow .logo{{display:none}} .logo:hover{{opacity:0}} td>.logo{{width:0}}</style><img class="logo" src="{}">',
    '<style>/* .logo{{display:none}} */ .logo{{line-height:1; border-width:1px}}</style><img class="logo" src="{}">',
    '<style>.a.logo{{display:none}} .preheader{{display:none}}</style><img class="logo" src="{}">',
]
URL = "https://pictures.example/a.png?x=1&y=2"


@pytest.mark.parametrize("html", TRACKERS)
def test_what_nobody_would_see_is_forgotten_on_arrival(html: str) -> None:
    assert "pictures.example" not in sanitise(html.format(URL), hold=True)


@pytest.mark.parametrize(
    "style",
    [
        "".join(f".a.b{n}{{display:none}}" for n in range(20_000)),
        "{" * 250_000,
        "/*" * 125_000,
        ".a" * 125_000 + "{display:none}",
        ",".join(f".a{n}" for n in range(50_000)) + "{width:0}",
    ],
    ids=["many rules", "braces", "comments", "one long name", "many names"],
)
def test_no_style_makes_a_letter_slow(style: str) -> None:
    """S27"""
    began = time.process_time()
    without_unseen(f"<style>{style}</style>" + "".join(f'<img class="a c{n}">' for n in range(50_000)))
    without_unseen("<style>" * 100_000)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("html", SEEN)
def test_what_one_would_see_is_held_back(html: str) -> None:
    assert f'src="{HELD}https://pictures.example/a.png?x=1&amp;y=2"' in sanitise(html.format(URL), hold=True)


@pytest.mark.parametrize("html", SEEN)
def test_a_letter_of_ours_holds_nothing_back(html: str) -> None:
    assert "pictures.example" not in sanitise(html.format(URL))
    assert HELD not in sanitise(sanitise(html.format(URL), hold=True))


@pytest.mark.parametrize("url", ["javascript:x7canary()", "data:image/png,x", "//x.example/a.png", "a.png", "HELD:x"])
def test_only_addresses_of_the_web_are_held(url: str) -> None:
    assert "src" not in sanitise(f'<img src="{HELD}{url}"><img src="{url}">', hold=True)
