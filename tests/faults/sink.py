"""A small SMTP server in a process of its own: it writes down what arrived before it says so.

`python -m tests.faults.sink FOLDER` prints its port. Each letter is a line in FOLDER/arrived: its Message-ID, its
recipients, the words of it that look like a token. FOLDER/trouble, when it is there, says which command of a
conversation fails, and how: `{"at": 3, "how": "451"}`, or `"drop"` to hang up.
"""

from __future__ import annotations

import contextlib
import json
import re
import socketserver
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.journal import Journal, Line, read

TOKEN = re.compile(rb"\b[a-z]+-\d{6}\b")
_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>\r\n]+>)", re.I | re.M)
SLOW = 0.002
"""Seconds between writing a letter down and saying so, as long as a real server's disk takes."""


class Sink:
    """The running server, seen from outside."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def arrived(self) -> list[Line]:
        return read(self.folder / "arrived")

    def trouble(self, at: int, how: str) -> None:
        """From now on the `at`-th command of every conversation fails; 0 ends it."""
        (self.folder / "trouble.new").write_text(json.dumps({"at": at, "how": how}))
        (self.folder / "trouble.new").replace(self.folder / "trouble")


@contextlib.contextmanager
def running_sink(folder: Path) -> Iterator[Sink]:
    """Starts it and stops it again."""
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen([sys.executable, "-m", "tests.faults.sink", str(folder)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield Sink(folder, int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()


class _Talk(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        trouble = self.server.trouble()
        recipients: list[str] = []
        self._say("220 sink.example")
        for count, line in enumerate(iter(self.rfile.readline, b""), 1):
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if count == trouble.get("at"):
                if trouble["how"] == "drop":
                    return
                self._say(f"{trouble['how']} not this time")
                continue
            if verb.upper() == "RCPT":
                recipients.append(rest)
            if verb.upper() == "DATA":
                self._say("354 go on")
                if not self._data(recipients, trouble.get("at") == count + 1, str(trouble.get("how"))):
                    return
                continue
            self._say("221 bye" if verb.upper() == "QUIT" else "250 sink.example")

    def _data(self, recipients: list[str], fails: bool, how: str) -> bool:
        """False when the line is to be cut. A letter that fails after its last dot has arrived all the same."""
        raw = b""
        for line in iter(self.rfile.readline, b""):
            if line == b".\r\n":
                break
            raw += line
        else:
            return False
        if not fails or how == "drop":
            found = _MESSAGE_ID.search(raw)
            tokens = sorted({token.decode() for token in TOKEN.findall(raw)})
            self.server.journal.write({"id": found[1].decode() if found else "", "to": recipients, "tokens": tokens})
        time.sleep(SLOW)
        if fails and how == "drop":
            return False
        self._say(f"{how} not this time" if fails else "250 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.folder = folder
        self.journal = Journal(folder / "arrived")

    def trouble(self) -> Line:
        path = self.folder / "trouble"
        found: Line = json.loads(path.read_text()) if path.exists() else {}
        return found

    def handle_error(self, request: object, client_address: object) -> None:
        """Who was killed in the middle of a sentence is no error here."""


def main(folder: Path) -> None:
    with _Server(folder) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
