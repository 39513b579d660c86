"""What never stands in a log: passwords, tokens, signed links, session ids (S24). And no line that is two (S25)."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from amends.kit import hushed

MASK = "…"
NAMED = re.compile(
    r"passw(?:or)?d|passphrase|secret|token|api[_-]?key|authorization|cookie|session(?:id|_key)|credential|sealed", re.I
)
"""Keys whose value is never shown."""
HARMLESS = {"token_expired", "tokens", "no_token"}
PATTERNS: list[tuple[re.Pattern[str], str]] = [
    (
        re.compile(r"(\b[a-z][a-z0-9+]{0,20}+://[^\s/:@]{0,200}+:)[^\s/]{0,500}@", re.I),
        rf"\1{MASK}@",
    ),  # password in an address
    (re.compile(r"(/(?:c|join|case|accounts/password/reset/key|events)/)[^/\s?\"'#]{12,}", re.I), rf"\1{MASK}"),
    (
        re.compile(r"([?&](?:t|ticket|token|key|code|state|sig|access_token|refresh_token)=)[^&\s\"']+", re.I),
        rf"\1{MASK}",
    ),
    (
        re.compile(r"\b((?:Bearer|Basic|XOAUTH2|AUTH(?:ENTICATE)? ?(?:PLAIN|LOGIN)?) )[\w+/=.~-]{8,}", re.I),
        rf"\1{MASK}",
    ),
    (re.compile(r"\b(LOGIN \S+ )\S+", re.I), rf"\1{MASK}"),
    (
        re.compile(
            r"((?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|cookie|sessionid|session_key)[\w-]{0,40}+['\"]?"
            r"\s{0,9}+[:=]\s{0,9}+)(\"[^\"]*\"|'[^']*'|[^\s,;})\]]+)",
            re.I,
        ),
        rf"\1{MASK}",
    ),
    (re.compile(r"\b[0-9a-f]+\.[0-9a-f]+\.[0-9a-f]+\.[\w-]{20,}"), MASK),  # what kit.tokens signs
    (re.compile(r"\bv1\.[0-9a-f]{8}\.[\w=-]{20,}"), MASK),  # what kit.secrets seals
    (re.compile(r"\bya29\.[\w-]{10,}|\beyJ[\w-]{10,}\.[\w-]+\.[\w-]*"), MASK),  # access tokens of providers
]


def masked(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog's shape for it: every value of a line, however deep."""
    for key, value in event.items():
        event[key] = MASK if _is_secret(key) and value else clean(value)
    return event


def without_question(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of a request its method: the path stands in the line, and what was searched for may be a customer's name."""
    if (request := event.pop("request", None)) is not None:
        event["method"] = str(getattr(request, "method", ""))
    return event


def one_line(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """For a terminal: what came from outside begins no line of its own and changes no colour. JSON escapes by itself."""
    event["event"] = "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(event.get("event", "")))
    return event


def clean(value: Any) -> Any:
    """The value without what must not be read."""
    if isinstance(value, str):
        for secret in hushed.known():
            value = value.replace(secret, MASK)
        for pattern, instead in PATTERNS:
            value = pattern.sub(instead, value)
        return value
    if isinstance(value, Mapping):
        return {key: MASK if _is_secret(str(key)) and one else clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [clean(one) for one in value]
    if isinstance(value, BaseException):
        return clean(f"{type(value).__name__}: {value}")
    return value if isinstance(value, int | float | bool | None) else clean(str(value))


def _is_secret(key: str) -> bool:
    return key not in HARMLESS and NAMED.search(key) is not None
