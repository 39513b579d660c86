"""The guarded client reaches the public internet only, and is not held up (S10)."""

from __future__ import annotations

import contextlib
import gzip
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

from amends.kit.http import AddressRefused, BodyRefused, client, is_public
from tests.peers.web import serving

pytestmark = pytest.mark.server

LOOPBACK = frozenset({"127.0.0.1"})


@dataclass
class Site:
    """A site on loopback and what it was asked for."""

    port: int = 0
    redirect_to: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Pages(BaseHTTPRequestHandler):
    """One method for each page of the site."""

    site: Site

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        getattr(self, "say" + self.path.replace("/", "_"))()

    def say_plain(self) -> None:
        self.answer(b"hello")

    def say_redirect(self) -> None:
        self.head(302, ("Location", self.site.redirect_to))

    def say_loop(self) -> None:
        self.head(302, ("Location", "/loop"))

    def say_endless(self) -> None:
        self.head(200)
        while True:
            self.wfile.write(b"x" * 65536)

    def say_announced(self) -> None:
        self.head(200, ("Content-Length", str(10 * 1024**3)))

    def say_bomb(self) -> None:
        self.answer(gzip.compress(b"\0" * 10_000_000), ("Content-Encoding", "gzip"))

    def say_drip(self) -> None:
        self.head(200)
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def answer(self, body: bytes, *headers: tuple[str, str]) -> None:
        self.head(200, *headers, ("Content-Length", str(len(body))))
        self.wfile.write(body)

    def head(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def handle(self) -> None:
        # The guarded client hangs up in the middle: that is what the tests want.
        with contextlib.suppress(OSError):
            super().handle()


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    with serving(type("SitePages", (Pages,), {"site": found})) as port:
        found.port = port
        yield found


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "127.1",
        "0",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:10.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "user:pass@127.0.0.1",
    ],
)
def test_no_address_of_our_own_network_is_reached(host: str) -> None:
    sink = socket.create_server(("127.0.0.1", 0))
    sink.settimeout(0.05)
    with sink, client() as http:
        with pytest.raises(AddressRefused):
            http.get(f"http://{host}:{sink.getsockname()[1]}/")
        with pytest.raises(TimeoutError):
            sink.accept()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://example.com/", "//x", "x"])
def test_only_http_is_spoken(url: str) -> None:
    with client() as http, pytest.raises(httpx.UnsupportedProtocol):
        http.get(url)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "2002:808:808::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_a_host_allowed_by_name_is_reached(site: Site) -> None:
    with client(allow_private=LOOPBACK) as http:
        assert http.get(f"{site.url}/plain").content == b"hello"


@pytest.mark.parametrize("host", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "[::ffff:169.254.169.254]"])
def test_allowing_a_host_never_opens_metadata_or_multicast(host: str) -> None:
    allowed = frozenset({host.strip("[]")})
    with client(allow_private=allowed) as http, pytest.raises(AddressRefused):
        http.get(f"http://{host}/")


@pytest.mark.parametrize("goal", ["http://localhost:{port}/plain", "http://2130706433:{port}/plain"])
def test_a_redirect_into_our_own_network_is_not_followed(site: Site, goal: str) -> None:
    site.redirect_to = goal.format(port=site.port)
    with client(allow_private=LOOPBACK) as http, pytest.raises(AddressRefused):
        http.get(f"{site.url}/redirect")
    assert site.asked == ["/redirect"]


def test_a_loop_of_redirects_ends(site: Site) -> None:
    with client(allow_private=LOOPBACK) as http, pytest.raises(httpx.TooManyRedirects):
        http.get(f"{site.url}/loop")
    assert len(site.asked) == 4


@pytest.mark.parametrize("page", ["endless", "announced", "bomb"])
def test_no_answer_fills_the_memory(site: Site, page: str) -> None:
    with client(allow_private=LOOPBACK) as http, pytest.raises(BodyRefused):
        http.get(f"{site.url}/{page}")


def test_an_answer_that_drips_is_cut_off(site: Site) -> None:
    began = time.monotonic()
    with client(allow_private=LOOPBACK, seconds=0.5) as http, pytest.raises(httpx.TimeoutException):
        http.get(f"{site.url}/drip")
    assert time.monotonic() - began < 2


def test_a_proxy_from_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    monkeypatch.setenv("HTTP_PROXY", site.url)
    monkeypatch.setenv("http_proxy", site.url)
    with client() as http, pytest.raises(AddressRefused):
        http.get("http://10.0.0.1/plain")
    assert site.asked == []


def test_a_name_that_leads_nowhere_is_an_ordinary_error() -> None:
    with client() as http, pytest.raises(httpx.ConnectError) as caught:
        http.get("http://does-not-exist.invalid/")
    assert not isinstance(caught.value, AddressRefused)


def test_an_address_that_changes_between_two_look_ups_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    answers = iter(["127.0.0.1", "10.0.0.1"])
    asked: list[str] = []

    def rebinding(host: str, port: int, *_rest: object, **_more: object) -> list[object]:
        asked.append(host)
        address = next(answers) if host == "rebind.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with client(allow_private=frozenset({"rebind.example"})) as http:
        assert http.get(f"http://rebind.example:{site.port}/plain").content == b"hello"
    assert asked.count("rebind.example") == 1
