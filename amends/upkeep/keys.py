"""The keys of the secrets at rest: what each of them sealed, a new one, none at all.

Sealed are the passwords and tokens of the mailboxes, the members' second factors, what their alarms go out with, and
the key of whoever is asked for suggestions.
Whoever adds a sealed field adds its place here; a test finds fields that are in none.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from amends.channels.models import Account
from amends.kit import locks, secrets
from amends.kit.disk import sync
from amends.people.models import Browser, Connector, PushKeys, Telling

SETTLED = 3.0
"""Seconds in which whoever has just read the old keys has written what they sealed with them."""
MOST_ROUNDS = 20
LOCK = 7_264_106
"""The number of PostgreSQL's advisory lock."""


class CannotChange(Exception):
    """The keys cannot be changed; the message says why and what to do."""


@dataclass(frozen=True)
class Sealed:
    """One row with sealed texts. `write` changes it only if nobody else did meanwhile, and says so."""

    whose: str
    texts: tuple[str, ...]
    write: Callable[[tuple[str, ...]], bool]
    forget: Callable[[], object]


def sealed() -> Iterator[Sealed]:
    """Everything sealed, row by row."""
    yield from _mailboxes()
    yield from _second_factors()
    yield from _ways_to_members()
    yield from _connectors()


def in_use() -> Counter[str]:
    """Key number → texts that it sealed. The empty number: texts that are not sealed yet."""
    return Counter(secrets.number_of(text) for row in sealed() for text in row.texts)


def trouble() -> str:
    """Why the desk must not start with these keys, in a sentence; empty when it may."""
    path = Path(settings.SECRETS_KEY_FILE)
    closed = shut()
    if not closed:
        return ""
    why = _("does not open what is sealed in the database") if path.exists() else _("is missing")
    return _(
        "The key file %(path)s %(why)s (%(whose)s). Put the old file back. If it is lost for good, amends keys forget "
        "drops what it sealed, and each password is typed again."
    ) % {"path": path, "why": why, "whose": ", ".join(row.whose for row in closed[:5])}


def shut() -> list[Sealed]:
    """What no key opens. Makes no key."""
    rows = [row for row in sealed() if any(secrets.number_of(text) for text in row.texts)]
    if not rows:
        return []
    if not Path(settings.SECRETS_KEY_FILE).exists():
        return rows
    return [row for row in rows if not _opens(row)]


def forget() -> list[str]:
    """Drop what no key opens, and say whose it was.

    Raises CannotChange while the keys change, and for a key file that is there and cannot be read: that is no lost key.
    """
    try:
        secrets.known()
    except secrets.SecretError as error:
        more = _("If it is lost for good, move that file away first.")
        raise CannotChange(f"{error} {more}") from error
    with _alone():
        closed = shut()
        for row in closed:
            row.forget()
        return [row.whose for row in closed]


def seal_what_lies_open() -> None:
    """Seal what an older version kept as it was."""
    if in_use()[""]:
        _seal_anew()


def rotate(pause: Callable[[float], None] = time.sleep) -> str:
    """Make a new key, seal everything anew with it, and take the old ones out of the file; the new key's number.

    The desk may run. Raises CannotChange when a text cannot be opened, while somebody else changes the keys, or when a
    text is changed faster than it is sealed: then old and new keys stay in the file, and nothing is lost.
    """
    with _alone():
        return _rotate(pause)


@contextmanager
def held() -> Iterator[None]:
    """The keys stay as they are inside; whoever changes them just now is waited for."""
    with locks.exclusive("keys", LOCK):
        yield


@contextmanager
def _alone() -> Iterator[None]:
    """Two who replace the file at once would each leave out the other's new key, which has sealed something by then."""
    try:
        with locks.exclusive("keys", LOCK, wait=False):
            yield
    except locks.Taken:
        raise CannotChange(
            _("Another command is using the keys just now. Wait until it is done, and do it again if need be.")
        ) from None


def _rotate(pause: Callable[[float], None]) -> str:
    if closed := shut():
        raise CannotChange(trouble() or closed[0].whose)
    old = secrets.keys()
    _write_keys([secrets.new_line(), *(key.line for key in old)])
    newest = secrets.keys()[0].number
    for _round in range(MOST_ROUNDS):
        _seal_anew()
        pause(SETTLED)
        if not set(in_use()) - {newest}:
            _write_keys([secrets.keys()[0].line])
            return newest
    raise CannotChange(_("Some secrets are changed all the time. The old keys stay in the file; try it again."))


def _seal_anew() -> None:
    newest = secrets.keys()[0].number
    for row in sealed():
        if {secrets.number_of(text) for text in row.texts} != {newest}:
            row.write(tuple(_anew(text) for text in row.texts))


def _anew(text: str) -> str:
    return secrets.seal_text(secrets.unseal_text(text) if secrets.number_of(text) else text)


def _opens(row: Sealed) -> bool:
    try:
        return all(secrets.unseal_text(text) is not None for text in row.texts if secrets.number_of(text))
    except secrets.SecretError:
        return False


def _write_keys(lines: list[str]) -> None:
    """The key file, replaced as a whole: a crash leaves the old one or the new one."""
    path = Path(settings.SECRETS_KEY_FILE)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # mode 0600 from the start
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    if os.geteuid() == 0:  # an admin's command must not take the file away from the desk's user
        owner = path.stat()
        os.chown(draft, owner.st_uid, owner.st_gid)
    Path(draft).replace(path)
    sync(path.parent)


def _mailboxes() -> Iterator[Sealed]:
    yield from _named(Account, "address")


def _connectors() -> Iterator[Sealed]:
    yield from _named(Connector, "name")


def _named(model: Any, name: str) -> Iterator[Sealed]:
    """Rows with one sealed text each, which go on without it."""
    for pk, whose, text in model.objects.exclude(sealed="").order_by("pk").values_list("pk", name, "sealed"):
        row = model.objects.filter(pk=pk, sealed=text)
        yield Sealed(
            whose,
            (text,),
            write=lambda texts, row=row: bool(row.update(sealed=texts[0])),  # type: ignore[misc]
            forget=lambda row=row: row.update(sealed=""),  # type: ignore[misc]
        )


def _ways_to_members() -> Iterator[Sealed]:
    """Webhooks, browsers, and the desk's own key for them; a member asks for each anew."""
    models: tuple[tuple[Any, str, bool], ...] = (
        (Telling, _("a webhook"), False), (Browser, _("a browser"), True), (PushKeys, _("the key for browsers"), True)
    )  # fmt: skip
    for model, whose, goes in models:
        for pk, text in model.objects.exclude(sealed="").order_by("pk").values_list("pk", "sealed"):
            row = model.objects.filter(pk=pk, sealed=text)
            yield Sealed(
                whose,
                (text,),
                write=lambda texts, row=row: bool(row.update(sealed=texts[0])),  # type: ignore[misc]
                forget=row.delete if goes else lambda row=row: row.update(hook="", sealed=""),  # type: ignore[misc]
            )


def _second_factors() -> Iterator[Sealed]:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    for found in Authenticator.objects.filter(type__in=kinds).select_related("user").order_by("pk"):
        names = [name for name in ("secret", "seed") if name in found.data]
        codes = list(found.data.get("migrated_codes", []))
        yield Sealed(
            found.user.email,
            (*(found.data[name] for name in names), *codes),
            write=lambda texts, found=found, names=names: _write_factor(found, names, texts),  # type: ignore[misc]
            forget=found.delete,
        )


def _write_factor(found: Any, names: list[str], texts: tuple[str, ...]) -> bool:
    data = {**found.data, **dict(zip(names, texts, strict=False))}
    if "migrated_codes" in data:
        data["migrated_codes"] = list(texts[len(names) :])
    return bool(Authenticator.objects.filter(pk=found.pk, data=found.data).update(data=data))
