"""Secrets at rest: authenticated encryption with a key that has a number (reliability §7, S35).

Sealed text is ``v1.KEY.BOX``: the key's number, then nonce and AES-256-GCM box in base64. The number is bound into the
box: none of the three can be changed, cut or mixed without an error. The key file (mode 0600) holds one key a line, the
newest first; old ones still open what they sealed until `amends keys rotate` has sealed it anew.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from amends.kit import hushed, key_files

VERSION = "v1"
NONCE = 12
KEY_BYTES = 32


class SecretError(Exception):
    """A secret cannot be opened: the key file is another one or holds no key, or the text was changed."""


@dataclass(frozen=True)
class Key:
    """One line of the key file. `number` names it and tells nothing of it."""

    line: str

    @property
    def number(self) -> str:
        return hashlib.sha256(b"amends.key-number." + self._bytes()).hexdigest()[:8]

    def box(self) -> AESGCM:
        # Not the line's own bytes: they may have served another cipher before.
        return AESGCM(hashlib.sha256(b"amends.secrets." + self._bytes()).digest())

    def _bytes(self) -> bytes:
        found = base64.urlsafe_b64decode(self.line.encode("ascii"))
        if len(found) != KEY_BYTES:
            raise ValueError("a key of another length")
        return found


def seal(values: dict[str, str]) -> str:
    """Encrypt `values` with the newest key. Raises SecretError."""
    return seal_text(json.dumps(values))


def unseal(text: str) -> dict[str, str]:
    """Decrypt what `seal` made. Empty text is an empty dict; raises SecretError otherwise."""
    if not text:
        return {}
    values: dict[str, str] = json.loads(unseal_text(text))
    hushed.hush(values)
    return values


def seal_text(words: str) -> str:
    """Encrypt one text with the newest key. Raises SecretError."""
    key = keys()[0]
    nonce = os.urandom(NONCE)
    box = key.box().encrypt(nonce, words.encode(), _bound(key.number))
    return f"{VERSION}.{key.number}.{base64.urlsafe_b64encode(nonce + box).decode('ascii')}"


def unseal_text(text: str) -> str:
    """Decrypt what `seal_text` made. Raises SecretError."""
    try:
        version, number, body = text.split(".")
        key = next(key for key in keys() if version == VERSION and key.number == number)
        raw = base64.b64decode(body, altchars=b"-_", validate=True)
        return key.box().decrypt(raw[:NONCE], raw[NONCE:], _bound(number)).decode()
    except (InvalidTag, ValueError, StopIteration, binascii.Error) as error:
        raise SecretError(
            _(
                "A kept password cannot be opened with this key file. Put the old keys/secrets.key back, "
                "or enter the password again in Settings."
            )
        ) from error


def number_of(text: str) -> str:
    """The number of the key that sealed `text`; empty for what is not sealed."""
    parts = text.split(".")
    return parts[1] if len(parts) == 3 and parts[0] == VERSION else ""


def keys() -> tuple[Key, ...]:
    """Every key, the newest first; the first is made when there is no file. Raises SecretError."""
    path = Path(settings.SECRETS_KEY_FILE)
    if not path.exists():
        key_files.made_once(path, new_line)
    return _keys_in(path, path.stat().st_mtime_ns)


def known() -> tuple[Key, ...]:
    """Every key that there is, none without a key file. Raises SecretError when it cannot be read or holds no key."""
    path = Path(settings.SECRETS_KEY_FILE)
    return _keys_in(path, path.stat().st_mtime_ns) if path.exists() else ()


def new_line() -> str:
    """A new key, as it stands in the key file."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode("ascii")


def _bound(number: str) -> bytes:
    return f"{VERSION}.{number}".encode("ascii")


@lru_cache(maxsize=4)
def _keys_in(path: Path, changed: int) -> tuple[Key, ...]:
    """The keys of a file as it stood at `changed`: a rotation is seen by every process at its next secret."""
    try:
        found = tuple(Key(line) for line in path.read_text("ascii").split())
        if found and all(key.number for key in found):
            return found
    except OSError as error:
        raise SecretError(
            _("The file %(path)s cannot be read (%(error)s). Give it to the desk's user.")
            % {"path": path, "error": error.strerror}
        ) from error
    except ValueError:
        pass
    raise SecretError(
        _("The file %(path)s holds no key, or something that is none. Put the old keys/secrets.key back.")
        % {"path": path}
    ) from None
