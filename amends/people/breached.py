"""Refuse passwords that were stolen elsewhere: whoever guesses begins with them (ASVS 6.2.12).

The list is what AMENDS_BREACHED_PASSWORDS names: a file as the downloader of Have I Been Pwned writes it, or the
address of a range API such as theirs (https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange).
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

log = structlog.get_logger()

SENT = 5
"""Characters of a hash that leave the desk; some thousand passwords begin with the same."""
SECONDS = 3.0
"""Somebody waits before a form."""
MOST_READ = 1024 * 1024
LONGEST_LINE = 64
SAMPLES = 500
_LINE = re.compile(rb"([0-9A-Fa-f]{40})(?::[0-9]{1,12})?\r?\n?")
_REST = re.compile(rb"([0-9A-Fa-f]{35}):([0-9]{1,12})")


class ListError(Exception):
    """The list cannot be asked; the message says why. `permanent`: until somebody mends the file or the setting."""

    def __init__(self, why: str, *, permanent: bool) -> None:
        super().__init__(why)
        self.permanent = permanent


class BreachedPasswordValidator:
    """One of Django's AUTH_PASSWORD_VALIDATORS, so that it is asked wherever a password is chosen."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError for a password that stands in the list.

        Where the list cannot be asked, the password is taken and the log says why: else nobody could choose one, nor
        change one that is known to others, for as long as a server that is not ours is away. What every desk holds,
        twelve signs and none of the common ones, is checked all the same; `amends doctor` asks the list, too.
        """
        try:
            known = is_breached(password)
        except ListError as error:
            log.warning("a password was taken without the list of breached ones", why=str(error))
            return
        if known:
            raise ValidationError(
                _("This password was stolen somewhere else and is the first that others try. Choose another one."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        """What Django may show beside the field."""
        return _("Not one that was stolen somewhere else.")


def is_breached(password: str) -> bool:
    """Whether the list has it; no list, no such password. Raises ListError."""
    where = settings.BREACHED_PASSWORDS
    if not where:
        return False
    sha1 = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()  # as the lists have it
    return sha1[SENT:] in ask(where, sha1[:SENT].decode()) if "://" in where else _stands_in(Path(where), sha1)


def ask(address: str, prefix: str) -> frozenset[bytes]:
    """The ends, in capitals, of all hashes of a range API that begin so. Raises ListError.

    Only these five characters leave, and the answer is filled up with hashes that were seen never, so that its length
    tells nothing either. The host may be one of the house: whoever starts the desk has named it.
    """
    from amends.kit import http  # noqa: PLC0415 - slow to load, and most desks never need it

    try:
        with http.client(frozenset({urlsplit(address).hostname or ""}), seconds=SECONDS, max_bytes=MOST_READ) as web:
            headers = {"Add-Padding": "true"}
            answer = web.get(f"{address.rstrip('/')}/{prefix}", headers=headers, follow_redirects=False)
    except (http.HTTPError, http.InvalidURL) as error:
        raise ListError(f"{address} did not answer ({type(error).__name__}).", permanent=False) from error
    lines = [_REST.fullmatch(line) for line in answer.content.split()]
    if answer.status_code != 200 or not lines:
        raise ListError(f"{address} answered {answer.status_code} and no list.", permanent=False)
    if not all(lines):
        raise ListError(f"what {address} answered is no list of hashes.", permanent=False)
    return frozenset(line[1].upper() for line in lines if line and int(line[2]))


def survey(path: Path) -> int:
    """About how many hashes the file has, after a look at some hundred places of it. Raises ListError."""
    with _opened(path) as file:
        size = file.seek(0, 2)
        found = [_line_at(file, size * at // SAMPLES) for at in range(SAMPLES)]
        hashes = [sha1 for sha1, _begin, _end in found if sha1]
    if not hashes:
        raise ListError(f"{path} is empty.", permanent=True)
    if hashes != sorted(hashes):
        raise ListError(f"the hashes in {path} are not in their order.", permanent=True)
    return size // (found[0][2] - found[0][1])


def _stands_in(path: Path, sha1: bytes) -> bool:
    """Whether a line begins with this hash: some thirty reads, of a file of any size."""
    with _opened(path) as file:
        low, high = 0, file.seek(0, 2)
        while low < high:  # its line, if there is one, begins at low or later and before high
            middle = (low + high) // 2
            found, _begin, end = _line_at(file, middle)
            if found == sha1:
                return True
            if found and found < sha1:
                low = end
            else:
                high = middle
    return False


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise ListError(f"{path} cannot be read: {error.strerror}.", permanent=True) from error


def _line_at(file: IO[bytes], place: int) -> tuple[bytes, int, int]:
    """The hash, in capitals, of the first line that begins there or later, where it begins, and where the next does.

    Without a hash at the end of the file. Raises ListError.
    """
    file.seek(max(0, place - 1))
    skipped = file.readline(LONGEST_LINE) if place else b""
    begin = file.tell()
    line = file.readline(LONGEST_LINE)
    if not line.strip():
        return b"", begin, file.tell()
    found = _LINE.fullmatch(line)
    if found is None or len(skipped) == LONGEST_LINE:
        raise ListError(f"{file.name} is no list of SHA-1 hashes, one a line.", permanent=True)
    return found[1].upper(), begin, file.tell()
