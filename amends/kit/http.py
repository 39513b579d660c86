"""The one way out over HTTP: a client that cannot be talked into reaching our own network (S10)."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

SECONDS = 10.0
MAX_BYTES = 5 * 1024 * 1024
MAX_REDIRECTS = 3

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NEVER = [ipaddress.ip_network(one) for one in ("::/96", "64:ff9b:1::/48", "fec0::/10")]
"""Old and local ways to write an inner address, which Python counts among the global ones."""

HTTPError, InvalidURL, TooSlow = httpx.HTTPError, httpx.InvalidURL, httpx.TimeoutException
"""What a request that came to nothing raises, what an address that is none does, and what takes too long (an HTTPError)."""

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressRefused(httpx.ConnectError):
    """The name leads to an address that is not on the public internet. Nothing was sent."""


class BodyRefused(httpx.ReadError):
    """The answer is larger than allowed, or packed although we asked for it unpacked."""


def client(
    allow_private: frozenset[str] = frozenset(), *, seconds: float = SECONDS, max_bytes: int = MAX_BYTES
) -> httpx.Client:
    """A client for addresses that others chose (webhooks, feeds) and for providers.

    Each connection, redirects included, is checked by the address that the name resolved to, and goes there
    alone. Only the hosts in `allow_private` may be private or loopback. A connection serves one request
    and lives `seconds` at most; a body has `max_bytes` at most; cookies are not kept. Raises httpx's errors, `AddressRefused` and
    `BodyRefused` among them.
    """
    return httpx.Client(
        transport=_Transport(_Backend(allow_private, seconds), max_bytes),
        timeout=seconds,
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        # A proxy from the environment would make the connection in our place, unchecked.
        trust_env=False,
        headers={"Accept-Encoding": "identity", "User-Agent": "Amends"},
    )


def is_public(address: str) -> bool:
    """Whether an address is a single host's on the public internet, also where it wraps another address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip in network for network in _NEVER):
        return False
    return all(one.is_global and not one.is_multicast for one in (ip, *_wrapped(ip)))


def _wrapped(ip: IpAddress) -> Iterator[IpAddress]:
    """The addresses that a gateway would unpack from this one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if ip.sixtofour:
        yield ip.sixtofour
    if ip.teredo:
        yield ip.teredo[1]
    if ip in _NAT64:
        yield ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)


def _may_be_named(address: str) -> bool:
    """For hosts that the owner of the desk allows by name: never a cloud's metadata, nor many at once."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return not any(
        one.is_link_local or one.is_multicast or one.is_unspecified or one.is_reserved
        for one in (ip, *_wrapped(ip))
        if one != ipaddress.ip_address("::1")
    )


@cache
def _trust() -> ssl.SSLContext:
    """The system's authorities: reading them takes longer than most requests."""
    return ssl.create_default_context()


class _Transport(httpx.HTTPTransport):
    def __init__(self, backend: httpcore.NetworkBackend, max_bytes: int) -> None:
        context = _trust()
        super().__init__(verify=context, trust_env=False)
        self._max_bytes = max_bytes
        # httpx has no parameter for the network backend.
        self._pool = httpcore.ConnectionPool(ssl_context=context, max_keepalive_connections=0, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        try:
            self._check(response)
        except BodyRefused:
            response.close()
            raise
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Limited(response.stream, self._max_bytes)
        return response

    def _check(self, response: httpx.Response) -> None:
        # Unpacking can turn a few bytes into gigabytes, so what comes packed is not read.
        if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
            raise BodyRefused("the answer is packed although it was asked for unpacked")
        length = response.headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > self._max_bytes:
            raise BodyRefused(f"the answer is larger than {self._max_bytes} bytes")


class _Limited(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, limit: int) -> None:
        self.inner, self.limit = inner, limit

    def __iter__(self) -> Iterator[bytes]:
        passed = 0
        for chunk in self.inner:
            passed += len(chunk)
            if passed > self.limit:
                raise BodyRefused(f"the answer is larger than {self.limit} bytes")
            yield chunk

    def close(self) -> None:
        self.inner.close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, allow_private: frozenset[str], seconds: float) -> None:
        self.allow_private = frozenset(host.lower() for host in allow_private)
        self.seconds = seconds
        self.inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        end = time.monotonic() + self.seconds
        address = self._checked(host, port)
        stream = self.inner.connect_tcp(address, port, self.seconds, local_address, socket_options)
        return _Timed(stream, end)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise AddressRefused("only addresses on the internet are reached")

    def _checked(self, host: str, port: int) -> str:
        """The address to connect to; looked up once, so that a second answer cannot differ."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} could not be looked up") from error
        addresses = [str(one[4][0]) for one in found]
        allowed = _may_be_named if host.lower() in self.allow_private else is_public
        if not addresses or not all(allowed(address) for address in addresses):
            raise AddressRefused(f"{host} is not an address on the public internet")
        return addresses[0]


class _Timed(httpcore.NetworkStream):
    """Lets no operation last beyond the end of the connection's time, however slowly bytes drip."""

    def __init__(self, inner: httpcore.NetworkStream, end: float) -> None:
        self.inner, self.end = inner, end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self._left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self._left(httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(httpcore.ConnectTimeout)
        return _Timed(self.inner.start_tls(ssl_context, server_hostname, left), self.end)

    def close(self) -> None:
        self.inner.close()

    def get_extra_info(self, info: str) -> object:
        return self.inner.get_extra_info(info)

    def _left(self, error: type[Exception]) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise error("the time for this connection is over")
        return left
