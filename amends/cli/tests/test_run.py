"""Where the desk listens: any address of this machine, of either family."""

from __future__ import annotations

import contextlib
import socket

import pytest

from amends.cli.run import cannot_listen

HERE = ["127.0.0.1", "0.0.0.0", "localhost"]
TAKEN = "port {port} is taken by another program"

with contextlib.suppress(OSError):  # some machines have no IPv6 at all
    socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    HERE += ["::1", "::"]


@pytest.mark.server
@pytest.mark.parametrize("host", HERE)
def test_a_free_port_is_free_in_either_family(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    assert cannot_listen(host, port) == ""


@pytest.mark.server
@pytest.mark.parametrize("host", HERE)
def test_a_port_that_is_taken_is_called_so(host: str) -> None:
    family, _, _, _, address = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
    with socket.create_server(address, family=family) as other:
        port = other.getsockname()[1]
        assert cannot_listen(host, port).startswith(TAKEN.format(port=port))


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "nowhere.invalid", "a..b"])
def test_an_address_of_another_machine_is_not_called_taken(host: str) -> None:
    assert cannot_listen(host, 8000) == f"AMENDS_HOST: {host} is no address of this machine."
