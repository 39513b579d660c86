"""A server that speaks /v1/chat/completions as its reference tells: a model cannot run in a test, the protocol can.

https://platform.openai.com/docs/api-reference/chat: a POST of `model` and `messages`; the answer is a
``chat.completion`` with `choices`, an error an object `error` with `message`, `type`, `param` and `code`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.peers.web import serving

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Model:
    """What it was asked (`asked`: path, headers in lower case, body), and what it says next."""

    port: int = 0
    says: str | Callable[[str], str] = "Thank you for telling us."
    """The words of its answer; a function gets the last message of whoever asks."""
    key: str = ""
    """The key that it wants; empty: none."""
    name: str = "tiny-1"
    replies: list[Reply] = field(default_factory=list)
    """Other answers than the usual one, used up in turn."""
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    """Lets go of whoever waits in `silence`."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def words_asked(self) -> str:
        """All that it was sent, its address and its key left out."""
        return "\n".join(one["content"] for _path, _headers, body in self.asked for one in body["messages"])

    def silence(self, handler: BaseHTTPRequestHandler) -> None:
        """It takes the question and says nothing, until it is let go."""
        self.released.wait(20)


def error(status: int, kind: str, code: str | None = None, message: str = "No.") -> Reply:
    """An error as the reference writes it."""
    body = {"error": {"message": message, "type": kind, "param": None, "code": code}}
    return raw(status, json.dumps(body).encode())


def raw(status: int, body: bytes, content_type: str = "application/json", **headers: str) -> Reply:
    """Any answer at all."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        told = {"Content-Type": content_type, "Content-Length": str(len(body)), **headers}
        for name, value in told.items():
            handler.send_header(name, value)
        handler.end_headers()
        with suppress(ConnectionError):  # whoever finds it too large hangs up
            handler.wfile.write(body)

    return reply


def completion(content: str | None, *, finish_reason: str = "stop", **message: Any) -> Reply:
    """A whole answer."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": content, **message},
        "finish_reason": finish_reason,
    }
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1772532000,
        "model": "tiny-1",
        "choices": [choice],
        "usage": {"prompt_tokens": 9, "completion_tokens": 12, "total_tokens": 21},
    }
    return raw(200, json.dumps(body).encode())


@contextmanager
def running() -> Iterator[Model]:
    """A server of one's own for the time of the block."""
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            with suppress(ConnectionError):
                _usual(model, self, body) if not model.replies else model.replies.pop(0)(self)

    with serving(Handler) as port:
        model.port = port
        try:
            yield model
        finally:
            model.released.set()


def _usual(model: Model, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    if handler.path != "/v1/chat/completions":
        return raw(404, b"404 page not found", "text/plain")(handler)
    if model.key and handler.headers.get("Authorization") != f"Bearer {model.key}":
        return error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.")(handler)
    if body.get("model") != model.name:
        return error(404, "invalid_request_error", "model_not_found", "The model does not exist.")(handler)
    if body.get("stream"):
        return error(400, "invalid_request_error", None, "This one does not stream.")(handler)
    said = model.says(body["messages"][-1]["content"]) if callable(model.says) else model.says
    return completion(said)(handler)
