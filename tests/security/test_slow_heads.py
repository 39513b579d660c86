"""Slow heads (CWE-400): a desk as it is started lets go of whoever dawdles, and of nobody else."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from amends.config.heads import PATIENCE
from tests.peers.desk import Desk, running_desk
from tests.security.test_s21_fifty_at_once import FURNITURE

BODY = b"login=" + b"x" * 24
HEAD = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n" % len(BODY)


@pytest.mark.desk
def test_fifty_who_dawdle_are_let_go_and_a_stream_and_an_upload_are_not(tmp_path: Path) -> None:
    with running_desk(tmp_path, furniture=json.dumps(FURNITURE).encode()) as desk, contextlib.ExitStack() as stack:
        where = urlsplit(desk.url)
        fifty = [stack.enter_context(socket.create_connection((where.hostname, where.port))) for _ in range(50)]
        upload = stack.enter_context(socket.create_connection((where.hostname, where.port)))
        upload.sendall(HEAD + b"\r\n")
        stream = stack.enter_context(_stream(desk))
        began = time.monotonic()
        for at in range(int(PATIENCE) + 3):
            upload.sendall(BODY[at : at + 1])
            for dawdler in fifty[::2]:  # every other one says nothing at all
                with contextlib.suppress(OSError):
                    dawdler.sendall(HEAD[at : at + 1])
            time.sleep(max(0.0, began + at + 1 - time.monotonic()))
        assert [_let_go(dawdler) for dawdler in fifty] == [True] * 50
        upload.sendall(BODY[at + 1 :])
        assert upload.recv(4096).startswith(b"HTTP/1.1 403")  # it has no token, but was heard to its end
        assert not _let_go(stream)


def _stream(desk: Desk) -> socket.socket:
    """The live events of a member's open page."""
    cookie = {"Cookie": desk.signed_in("delphine@desk.example")}
    found = re.search(r"/events\?ticket=[\w:.+/=-]+", httpx.get(desk.url, headers=cookie, follow_redirects=True).text)
    assert found is not None
    where = urlsplit(desk.url)
    stream = socket.create_connection((where.hostname, where.port))
    stream.sendall(b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % found[0].encode())
    assert stream.recv(4096).startswith(b"HTTP/1.1 200")
    return stream


def _let_go(connection: socket.socket) -> bool:
    """Whether the desk has closed it; news that has come does not count."""
    connection.settimeout(0.2)
    try:
        while connection.recv(4096):
            pass
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True
    return True
