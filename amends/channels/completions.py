"""One question to an endpoint that speaks the chat completions of OpenAI's API, hosted or of the house's own.

POST {base}/chat/completions with `model`, `messages` and `stream: false`; nothing else, because endpoints differ in what
more they take. It is asked once, with a limit of time, and what it says is plain text whatever stands in it.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.channels import outside_calls
from amends.channels.message import ChannelError

PATH = "/chat/completions"
SECONDS = 30.0
"""A whole answer is here by then, or is not waited for: somebody sits before the screen."""
AT_ONCE = 2
"""Questions of one web process at the same time: half of its threads, so that pages are always answered by the others."""
MOST_READ = 256 * 1024
LONGEST = 20_000
"""Characters of an answer that somebody may be asked to read."""
MOST_QUOTED = 200
CUT_OFF = " …"

Message = Mapping[str, str]
"""{role: system or user, content}"""

_turns = threading.BoundedSemaphore(AT_ONCE)
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Endpoint:
    """Whom to ask. `name` is what our people call it, `url` the address before ``/chat/completions``."""

    name: str
    url: str
    model: str
    key: str = field(default="", repr=False)
    """Empty for one that wants none."""


def complete(endpoint: Endpoint, messages: Sequence[Message]) -> str:
    """What it answers, as plain text; one that it broke off ends in "…", which the coach takes for a gap.

    Raises ChannelError with a sentence for whoever asked. `code`: ``settings`` (no such address may be called), ``key``,
    ``refused``, ``model``, ``moved``, ``long`` (the question), ``quota``, ``busy``, ``slow``, ``large``, ``later``,
    ``strange`` (no chat completion), ``nothing`` (it said nothing, or would not).
    """
    if not _turns.acquire(blocking=False):
        raise _error(endpoint, "busy", _("%(name)s is writing for others here just now. Ask again in a moment."))
    try:
        answer = _ask(endpoint, messages)
    finally:
        _turns.release()
    found = _json(answer.content)
    if answer.status != 200:
        raise _refusal(endpoint, answer.status, found)
    return _words(endpoint, found)


def _ask(endpoint: Endpoint, messages: Sequence[Message]) -> outside_calls.Answer:
    body = {"model": endpoint.model, "messages": [dict(one) for one in messages], "stream": False}
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    url = endpoint.url.rstrip("/") + PATH
    own = settings.CONNECTOR_HOSTS
    try:
        return outside_calls.ask(url, content, headers, own=own, seconds=SECONDS, most=MOST_READ)
    except ChannelError as error:
        sentences = {
            "slow": _("%(name)s has not answered in time. Ask again, or write it yourself."),
            "large": _("%(name)s answered far more than a letter. Nothing of it was taken."),
            "later": _("%(name)s cannot be reached. Ask again, or write it yourself."),
            "settings": _(
                "%(name)s may not be called: it is not on the public internet. If it is a machine of your own, name its "
                "host in AMENDS_CONNECTOR_HOSTS."
            ),
        }
        raise _error(endpoint, error.code, sentences[error.code]) from error


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _refusal(endpoint: Endpoint, status: int, found: Mapping[str, Any]) -> ChannelError:
    error = found.get("error")
    told: Mapping[str, Any] = error if isinstance(error, dict) else {"message": error or found.get("message")}
    kinds = {str(told.get("code")), str(told.get("type"))}
    if kinds & {"context_length_exceeded"} or status == 413:
        return _error(endpoint, "long", _("This case is too long for %(name)s."))
    if status == 402 or kinds & {"insufficient_quota"}:
        return _error(endpoint, "quota", _("The account at %(name)s is used up. Whoever pays for it can say more."))
    if status in _BY_STATUS:
        code, known = _BY_STATUS[status]
        return _error(endpoint, code, str(known))
    if status >= 500:
        return _error(endpoint, "later", _("%(name)s is out of order just now (%(status)s)."), status=status)
    if 300 <= status < 400:
        return _error(
            endpoint, "moved", _("The address of %(name)s leads elsewhere. An admin can mend it in Settings.")
        )
    said = " ".join(plain(str(told.get("message") or "")).split())[:MOST_QUOTED]
    sentence = _("%(name)s would not answer (%(status)s). It says: “%(said)s”")
    return _error(endpoint, "refused", sentence, status=status, said=said or "…")


_BY_STATUS = {
    401: ("key", gettext_lazy("%(name)s does not accept the key. An admin can write another one in Settings.")),
    403: ("refused", gettext_lazy("%(name)s does not let this desk in. An admin can ask there why.")),
    404: (
        "model",
        gettext_lazy("%(name)s has no model “%(model)s” at this address. An admin can mend it in Settings."),
    ),
    429: ("busy", gettext_lazy("%(name)s is asked too much just now. Ask again in a minute, or write it yourself.")),
}


def _words(endpoint: Endpoint, found: Mapping[str, Any]) -> str:
    try:
        choice = found["choices"][0]
        message, why = choice["message"], choice.get("finish_reason")
        content, refused = message.get("content"), message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError):
        sentence = _("What answers for %(name)s is no chat completion. An admin can look at the address in Settings.")
        raise _error(endpoint, "strange", sentence) from None
    words = plain(_THOUGHTS.sub("", content)) if isinstance(content, str) else ""
    if refused or why == "content_filter" or not words:
        raise _error(endpoint, "nothing", _("%(name)s had nothing to say to this. Write it yourself."))
    if len(words) > LONGEST:
        raise _error(endpoint, "large", _("%(name)s answered far more than a letter. Nothing of it was taken."))
    return words + CUT_OFF if why == "length" else words


def plain(text: str) -> str:
    """Text that can be stored and shown: no half characters, nothing that turns what stands around it."""
    whole = text.encode("utf-8", "replace").decode()
    return _CONTROLS.sub("", whole.replace("\r\n", "\n").replace("\r", "\n")).strip()


PASSING = {"busy", "slow", "later", "large", "nothing"}


def _error(endpoint: Endpoint, code: str, sentence: str, **more: object) -> ChannelError:
    said = sentence % {"name": endpoint.name, "model": endpoint.model, **more}
    return ChannelError(said, permanent=code not in PASSING, code=code)
