"""A small identity provider on loopback: refreshes tokens and says whose they are."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from tests.peers.ports import HOST
from tests.peers.web import serving


@dataclass
class Identity:
    """A running provider. `tokens` says whose each access token is; `answers` what the token page says."""

    url: str
    tokens: dict[str, str] = field(default_factory=dict)
    answers: list[tuple[int, dict[str, object]]] = field(default_factory=list)
    """Given in turn; the last one stays."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """The form of each question at the token page."""

    @property
    def token_url(self) -> str:
        """Where a refresh token is turned into an access token."""
        return f"{self.url}/token"

    @property
    def tokeninfo_url(self) -> str:
        """Where a mail server asks whose a token is; the token is appended."""
        return f"{self.url}/info?access_token="


@contextlib.contextmanager
def running_identity() -> Iterator[Identity]:
    """Starts the provider on a free port and stops it again."""
    identity = Identity("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            identity.asked.append({key: values[0] for key, values in form.items()})
            status, answer = identity.answers.pop(0) if len(identity.answers) > 1 else identity.answers[0]
            self.reply(status, answer)

        def do_GET(self) -> None:
            token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
            if token in identity.tokens:
                self.reply(200, {"email": identity.tokens[token], "active": "yes"})
            else:
                self.reply(400, {"error": "invalid_token"})

        def reply(self, status: int, answer: dict[str, object]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with serving(Handler) as port:
        identity.url = f"http://{HOST}:{port}"
        yield identity
