"""Signed, purpose-bound, expiring tokens of at least 128 bits (reliability §2, 9.1.1)."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.conf import settings

_EPOCH_DAY = 20_000 * 86_400


class TokenError(Exception):
    """The token was changed, cut, or made for something else."""


class TokenExpired(TokenError):
    """The token is ours but too old; `subject` tells whose it was."""

    def __init__(self, subject: int) -> None:
        super().__init__("expired")
        self.subject = subject


@dataclass(frozen=True)
class Token:
    """What an opened token says."""

    subject: int
    version: int
    made_day: int

    @property
    def made_at(self) -> datetime:
        """The day it was made, at its beginning, UTC."""
        return datetime.fromtimestamp(_EPOCH_DAY + self.made_day * 86_400, tz=UTC)


def make(purpose: str, subject: int, version: int, now: datetime) -> str:
    """A URL-safe token for `subject` (a row's id), good for `purpose` only.

    Raising `version` on the row takes every older token back.
    """
    day = max(0, (int(now.timestamp()) - _EPOCH_DAY) // 86_400)
    body = f"{subject:x}.{version:x}.{day:x}"
    return f"{body}.{_mac(purpose, body)}"


def open_token(purpose: str, token: str, now: datetime, good_for: timedelta) -> Token:
    """Check and read a token. Raises TokenError, or TokenExpired when only its age is wrong."""
    parts = token.split(".")
    if len(parts) != 4 or len(token) > 120:
        raise TokenError("not a token")
    body = ".".join(parts[:3])
    if not any(hmac.compare_digest(_mac(purpose, body, key).encode(), parts[3].encode()) for key in _listed()):
        raise TokenError("changed")
    subject, version, day = (int(part, 16) for part in parts[:3])
    token_read = Token(subject, version, day)
    # As far in the future, by a clock that ran ahead, it is as bad: it would be good for years.
    if abs(now - token_read.made_at) > good_for + timedelta(days=1):
        raise TokenExpired(subject)
    return token_read


def sign(purpose: str, body: str) -> str:
    """The key's version and a 130-bit signature: 30 letters that survive in mail headers (lower case, digits)."""
    return _signature(purpose, body, settings.SECRET_KEY)


def is_signed(purpose: str, body: str, signature: str) -> bool:
    """Whether `signature` was made for this purpose and body with a key that is still listed."""
    made = [_signature(purpose, body, key) for key in _listed() if signature.startswith(_version(key))]
    return any(hmac.compare_digest(one.encode(), signature.encode()) for one in made)


def short_mac(purpose: str, body: str) -> str:
    """A 130-bit signature with the key of today, for what never leaves the desk."""
    return letters(hmac.new(_key(purpose, settings.SECRET_KEY), body.encode(), sha256).digest(), 26)


def letters(digest: bytes, length: int) -> str:
    """The beginning of a digest in letters that survive where case does not."""
    return base64.b32encode(digest)[:length].decode("ascii").lower()


def _signature(purpose: str, body: str, key: str) -> str:
    version = _version(key)
    digest = hmac.new(_key(purpose, key), f"{version}.{body}".encode(), sha256).digest()
    return version + letters(digest, 26)


def _version(key: str) -> str:
    """Names a key without telling anything of it."""
    return letters(hmac.new(key.encode(), b"amends.key-version", sha256).digest(), 4)


def _mac(purpose: str, body: str, key: str | None = None) -> str:
    digest = hmac.new(_key(purpose, key or settings.SECRET_KEY), body.encode(), sha256).digest()
    return base64.urlsafe_b64encode(digest[:21]).decode("ascii")


def _key(purpose: str, key: str) -> bytes:
    return sha256(f"amends.{purpose}.{key}".encode()).digest()


def _listed() -> list[str]:
    """The key that signs, then those that are only accepted until their rotation is finished."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
