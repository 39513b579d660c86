"""The desk's keys, locked with a passphrase: scrypt makes a key of it, AES-256-GCM closes the box."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from amends.upkeep.backup.manifest import BackupError

COST = 2**15
"""About 0.1 s and 32 MiB for each guess."""
BOUND = b"amends.backup.keys.1"
SHORTEST = 12


def lock(folder: Path, passphrase: str) -> bytes:
    """Every key file of `folder`, in one locked box. Raises BackupError for a passphrase that is too short."""
    if len(passphrase) < SHORTEST:
        raise BackupError(f"The passphrase is too short: take at least {SHORTEST} characters.")
    files = {path.name: path.read_text("ascii") for path in sorted(folder.glob("*.key"))}
    salt, nonce = os.urandom(16), os.urandom(12)
    box = AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(files).encode(), BOUND)
    return b"\n".join([BOUND, *(base64.b64encode(part) for part in (salt, nonce, box)), b""])


def unlock(box: bytes, passphrase: str) -> dict[str, str]:
    """File name → text. Raises BackupError for another passphrase or a changed box."""
    try:
        bound, *parts = box.split(b"\n")
        salt, nonce, closed = (base64.b64decode(part, validate=True) for part in parts[:3])
        opened = AESGCM(_key(passphrase, salt)).decrypt(nonce, closed, bound)
        files: dict[str, str] = json.loads(opened)
    except (InvalidTag, ValueError) as error:
        raise BackupError("The passphrase does not open the keys of this backup.") from error
    return files


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
