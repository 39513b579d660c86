"""A server that says what a script says: for the answers that no honest server gives."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Container, Iterator

from tests.peers.certificates import Certificate
from tests.peers.ports import HOST

Script = Callable[["Talk"], None]


class Talk:
    """One conversation, from the server's side."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.lines = connection.makefile("rb")
        self.heard: list[str] = []

    def say(self, text: str | bytes) -> None:
        """Sends one line, or raw bytes as they are."""
        self.connection.sendall(text if isinstance(text, bytes) else text.encode() + b"\r\n")

    def hear(self) -> str:
        """The client's next line; empty when it has hung up."""
        line = self.lines.readline().decode().rstrip("\r\n")
        self.heard.append(line)
        return line

    def encrypt(self, certificate: Certificate) -> None:
        """Goes over to TLS, as after STARTTLS."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate.certificate, certificate.key)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.lines = self.connection.makefile("rb")

    def drip(self, text: bytes, pause: float = 0.1) -> None:
        """A byte at a time, until the client has enough of it."""
        for byte in text:
            self.connection.sendall(bytes([byte]))
            time.sleep(pause)


@contextlib.contextmanager
def running_script(script: Script) -> Iterator[int]:
    """Serves every connection with the script, each in its own thread; gives the port."""
    listener = socket.create_server((HOST, 0))
    thread = threading.Thread(target=_serve, args=(listener, script), daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        # Closing alone does not wake a thread that waits in accept().
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _serve(listener: socket.socket, script: Script) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=_converse, args=(connection, script), daemon=True).start()


def _converse(connection: socket.socket, script: Script) -> None:
    with connection, contextlib.suppress(OSError):
        script(Talk(connection))


def imap_script(
    *,
    messages: dict[int, tuple[int, bytes]],
    spoken: list[str] | None = None,
    validity: str = "7",
    damaged: Container[int] = (),
) -> Script:
    """An IMAP server for any user, whose INBOX holds `messages`: UID → (claimed size, raw answer to BODY[]).

    `spoken` collects what the client said; it is refused the mails in `damaged`.
    """

    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            if spoken is not None:
                spoken.append(line)
            tag, command = line.split(" ", 1)
            if "BODY" in command.upper() and int(command.split()[2]) in damaged:
                talk.say(f"{tag} NO The mail is damaged.")
                continue
            _answer(talk, command.upper(), messages, validity)
            talk.say(f"{tag} OK Done.")

    return script


def _answer(talk: Talk, command: str, messages: dict[int, tuple[int, bytes]], validity: str) -> None:
    if command.startswith("CAPABILITY"):
        talk.say("* CAPABILITY IMAP4rev1 IDLE")
    elif command.startswith("SELECT"):
        talk.say(f"* {len(messages)} EXISTS")
        talk.say(f"* OK [UIDVALIDITY {validity}] Valid.")
    elif command.startswith("UID SEARCH"):
        talk.say("* SEARCH " + " ".join(map(str, messages)))
    elif command.startswith("UID FETCH") and "BODY" not in command:
        for uid, (size, _) in messages.items():
            talk.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {size})")
    elif command.startswith("UID FETCH"):
        talk.say(messages[int(command.split()[2])][1])
    elif command.startswith("LOGOUT"):
        talk.say("* BYE")
