"""One IMAP connection: imaplib's protocol over a buffer of our own.

Our own, because the standard one hides bytes already received (IDLE would sleep on them), keeps what was
smuggled in before STARTTLS, and reads any literal that a server announces, whatever its size.
"""

from __future__ import annotations

import imaplib
import re
import socket
import threading
import time
from typing import Any

from amends.channels.email.connect import no_starttls, tls_context
from amends.channels.email.settings import Server

LONGEST_LINE = 8 * 1024 * 1024
"""A SEARCH answer for a million mails fits."""
ANSWER_BYTES = 1024 * 1024
STOP_SECONDS = 0.5
IDLE_TAG = b"IDLING"

# imaplib refuses commands it has not heard of.
imaplib.Commands.setdefault("MOVE", ("SELECTED",))


class Connection(imaplib.IMAP4):
    """Connected and, if the settings say so, encrypted. Raises what imaplib, ssl and socket raise."""

    def __init__(self, server: Server, timeout: float) -> None:
        self.server = server
        self.patience = timeout
        self.largest = ANSWER_BYTES
        self.buffer = bytearray()
        super().__init__(server.host, server.port, timeout)
        if server.security == "starttls":
            try:
                self._encrypt()
            except BaseException:
                self.shutdown()
                raise

    def sign_in_with(self, bearer: bytes) -> None:
        """XOAUTH2. A refusal comes as a challenge that wants an empty answer before the server says NO."""
        answers = iter([bearer])
        self.authenticate("XOAUTH2", lambda _challenge: next(answers, b""))

    def learn_capabilities(self) -> None:
        """Asks again: most servers offer more after signing in, and imaplib keeps the first list."""
        _typ, data = self.capability()
        self.capabilities = tuple(bytes(data[-1] or b"").decode("ascii", "replace").upper().split())

    def fetch_parts(self, uids: list[str], what: str) -> list[bytes]:
        """The lines of a UID FETCH that asks for no literal."""
        data = self.order("FETCH", ",".join(uids), f"(UID {what})")
        return [item[0] if isinstance(item, tuple) else item for item in data if item]

    def fetch_literal(self, uid: str, what: str, largest: int) -> bytes | None:
        """One body section of one mail, at most `largest` bytes. None when the mail is gone."""
        self.largest = largest
        try:
            data = self.order("FETCH", uid, f"(UID {what})")
        finally:
            self.largest = ANSWER_BYTES
        for number, item in enumerate(data):
            after = data[number + 1] if number + 1 < len(data) else b""
            if isinstance(item, tuple) and _is_body_of(uid, item[0], after):
                return bytes(item[1])
            if isinstance(item, bytes) and re.search(rb'BODY\[[^\]\[]{0,200}\](<\d+>)? (""|NIL)', item):
                return b""
        return None

    def order(self, command: str, *arguments: Any) -> list[Any]:
        """A UID command; raises imaplib's error unless the server says OK."""
        typ, data = self.uid(command, *arguments)
        if typ != "OK":
            raise self.error(f"{command}: {data!r}")
        return data

    def idle(self, stop: threading.Event, end: float) -> None:
        """Waits until the server tells of mail, `stop` is set, or the monotonic clock reads `end`."""
        self.send(IDLE_TAG + b" IDLE\r\n")
        news = self._read_until(b"+")
        while not news and not stop.is_set() and (left := end - time.monotonic()) > 0:
            line = self._line_within(min(left, STOP_SECONDS))
            news = line is not None and self._tells(line)
        if not stop.is_set():
            self.send(b"DONE\r\n")
            self._read_until(IDLE_TAG + b" ")

    def leave(self) -> None:
        """Says good-bye without waiting long for the answer."""
        try:
            self.sock.settimeout(1)
            self.send(b"BYE LOGOUT\r\n")
        finally:
            self.shutdown()

    # What imaplib asks its subclasses to bring.

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        self.sock = socket.create_connection((host, port), timeout)
        if self.server.security == "tls":
            self.sock = tls_context(self.server).wrap_socket(self.sock, server_hostname=host)

    def read(self, size: int) -> bytes:
        if size > self.largest:
            raise self.abort("a literal larger than was asked for")
        while len(self.buffer) < size:
            self._receive()
        return self._take(size)

    def readline(self) -> bytes:
        scanned = 0
        while (end := self.buffer.find(b"\n", scanned)) < 0:
            scanned = len(self.buffer)
            if scanned > LONGEST_LINE:
                raise self.abort("a line without an end")
            self._receive()
        return self._take(end + 1)

    def shutdown(self) -> None:
        self.sock.close()

    def _encrypt(self) -> None:
        if "STARTTLS" not in self.capabilities:
            raise no_starttls(self.server)
        typ, _data = self.xatom("STARTTLS")
        if typ != "OK":
            raise no_starttls(self.server)
        if self.buffer:
            raise self.abort("bytes smuggled in before TLS")
        self.sock = tls_context(self.server).wrap_socket(self.sock, server_hostname=self.host)
        self.learn_capabilities()

    def _receive(self) -> None:
        chunk = self.sock.recv(65536)
        if not chunk:
            raise self.abort("EOF")
        self.buffer += chunk

    def _take(self, size: int) -> bytes:
        taken = bytes(self.buffer[:size])
        del self.buffer[:size]
        return taken

    def _line_within(self, seconds: float) -> bytes | None:
        if b"\n" in self.buffer:
            return self.readline()
        self.sock.settimeout(seconds)
        try:
            self._receive()
        except TimeoutError:
            return None
        finally:
            self.sock.settimeout(self.patience)
        return self.readline()

    def _read_until(self, start: bytes) -> bool:
        """Reads lines up to the one that begins so; whether one of them tells of mail."""
        news = False
        while not (line := self.readline()).startswith(start):
            if line.startswith(IDLE_TAG):
                raise self.error("IDLE refused")
            news = self._tells(line) or news
        return news

    def _tells(self, line: bytes) -> bool:
        if line.upper().startswith(b"* BYE"):
            raise self.abort("BYE")
        return re.match(rb"\* \d+ (EXISTS|RECENT)\b", line, re.IGNORECASE) is not None


def _is_body_of(uid: str, before: bytes, after: Any) -> bool:
    """Servers may push other mails' flags into an answer, and write the UID on either side of the literal."""
    around = before + (after if isinstance(after, bytes) else b"")
    named = re.search(rb"\bUID (\d+)", around)
    return b"BODY[" in before.upper() and named is not None and named[1] == uid.encode()
