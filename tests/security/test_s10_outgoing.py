"""S10, ASVS 1.3.6: 120 addresses that lead into our own network, and not one connection to any of them."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpcore
import httpx
import pytest

from amends.kit.http import AddressRefused, client, is_public

V4 = [
    *("127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0.0.0.0", "0", "10.0.0.1", "10.255.255.255"),
    *("172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.254", "169.254.169.254", "169.254.0.1"),
    *("100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
]
ODD_V4 = [
    *("2130706433", "0x7f000001", "0x7f.0.0.1", "0x7F.1", "017700000001", "0177.0.0.1", "0177.1", "00000177.0.0.1"),
    *("127.0x1", "3232235521", "0xC0A80001", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "0xa9.0xfe.0xa9.0xfe"),
    *("127.0.0.1.", "localhost.", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1"),
]
V6 = [
    *(
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
    ),
    *(
        "[::ffff:169.254.169.254]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
    ),
    *("[2002:a00:1::]", "[2002:a9fe:a9fe::]", "[2001:0:0:0:0:0:80ff:fffe]", "[fe80::1]", "[fec0::1]", "[fc00::1]"),
    *("[fd00:ec2::254]", "[ff02::1]", "[ff0e::1]", "[100::1]", "[2001:db8::1]", "[fe80::1%25lo]"),
]
NAMES = [
    "localhost",
    "LOCALHOST",
    "LocalHost",
    "ⓛocalhost",
    "ip6-localhost",
    "user:pass@127.0.0.1",
    "example.com@127.0.0.1",
]
STUBBED = {
    "metadata.example": ["169.254.169.254"],
    "both.example": ["93.184.215.14", "10.0.0.1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:192.168.0.1"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "nothing.example": [],
    "xn--lcalhost-54a.example": ["127.0.0.1"],
}
"""Name → what the resolver says: the guard looks at the answer, not at the name."""
PORTS = (80, 25, 6379)
HOSTS = [*V4, *ODD_V4, *V6, *NAMES, *STUBBED]
SCHEMES = [
    *(
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "dict://127.0.0.1:11211/",
        "ftp://127.0.0.1/",
        "ldap://127.0.0.1/",
    ),
    *(
        "jar:http://127.0.0.1!/",
        "netdoc:///etc/passwd",
        "data:text/plain,x",
        "javascript:1",
        "unix:///run/x.sock",
        "//127.0.0.1/",
        "",
    ),
    *(
        "tftp://127.0.0.1/",
        "sftp://127.0.0.1/",
        "ws://127.0.0.1/",
        "blob:http://127.0.0.1/",
        "about:blank",
        "view-source:http://127.0.0.1/",
    ),
]
URLS = [
    *(f"http://{host}/" for host in HOSTS),
    *(f"https://{host}:{port}/latest/meta-data" for host in HOSTS[::9] for port in PORTS),
    *SCHEMES,
]


@pytest.fixture(autouse=True)
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int]]]:
    """Whatever would have been connected to; nothing is."""
    made: list[tuple[str, int]] = []

    def connect(_self: object, host: str, port: int, *_rest: object, **_more: object) -> None:
        made.append((host, port))
        raise httpcore.ConnectError("not in a test")

    look_up = socket.getaddrinfo

    def resolver(host: str, port: int, *rest: int, **more: int) -> object:
        if host in STUBBED:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in STUBBED[host]]
        if host.endswith((".example", ".com")):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]
        return look_up(host, port, *rest, **more)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    yield made


def test_there_are_enough() -> None:
    assert len(set(URLS)) >= 120


@pytest.mark.parametrize("url", URLS)
def test_nothing_of_our_own_network_is_connected_to(url: str, connections: list[tuple[str, int]]) -> None:
    with client() as http, pytest.raises((httpx.HTTPError, httpx.InvalidURL)):
        http.get(url)
    assert connections == []


@pytest.mark.parametrize("host", ["example.com", "public.example", "8.8.8.8", "[2606:4700::1111]"])
def test_the_internet_is_connected_to(host: str, connections: list[tuple[str, int]]) -> None:
    with client() as http, pytest.raises(httpx.ConnectError):
        http.get(f"https://{host}/")
    assert [port for _address, port in connections] == [443]
    assert is_public(connections[0][0])


def test_a_name_whose_answer_changes_is_connected_to_where_it_was_checked(
    monkeypatch: pytest.MonkeyPatch, connections: list[tuple[str, int]]
) -> None:
    """DNS rebinding: the second answer is private, and is never asked for."""
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])

    def rebinding(host: str, port: int, *_rest: object, **_more: object) -> object:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with client() as http:
        with pytest.raises(httpx.ConnectError):
            http.get("http://rebind.test/")
        with pytest.raises(AddressRefused):
            http.get("http://rebind.test/")
    assert connections == [("93.184.215.14", 80)]
