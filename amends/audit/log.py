"""Append to the log. Nothing else ever writes a record."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Protocol

import structlog
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from amends.audit.chain import hash_of
from amends.audit.models import Head, Record
from amends.audit.verbs import VERBS

LONGEST = 120
MOST = 40
Fact = str | int | bool | None | list[str]

log = structlog.get_logger(__name__)


class VerbError(ValueError):
    """The verb is not in VERBS, or a fact is not one that it may tell. A defect of the caller."""


class Somebody(Protocol):
    """A member, as far as the log needs one."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Who:
    """Somebody who is no member."""

    actor: str
    name: str = ""


THE_DESK = Who(Record.Actor.DESK)
A_STRANGER = Who(Record.Actor.STRANGER)


def at_the_command_line() -> Who:
    """Whoever typed an `amends …` command."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        name = ""
    return Who(Record.Actor.COMMAND_LINE, name)


def write(
    verb: str,
    *,
    by: Somebody | Who,
    subject: models.Model | tuple[str, object] | None = None,
    request: HttpRequest | None = None,
    **facts: Fact,
) -> Record:
    """Append one record, in the caller's transaction if there is one.

    `subject` is a row, or a pair of a kind and an id. The chain's head stays locked until the transaction ends, so
    write near the end of it. Raises VerbError for a verb or a fact that is not in VERBS.
    """
    known = VERBS.get(verb)
    if known is None:
        raise VerbError(f"{verb!r} is not in audit.verbs.VERBS.")
    if not facts.keys() <= known.facts:
        raise VerbError(f"{verb} may not tell {sorted(facts.keys() - known.facts)}; see audit.verbs.VERBS.")
    kind, id_of = _subject(subject)
    said = {
        "at": timezone.now(),
        "verb": verb,
        **_actor(by),
        "subject_kind": kind,
        "subject_id": id_of,
        **_place(request),
        "facts": {name: _plain(value) for name, value in facts.items() if value is not None},
    }
    with transaction.atomic():
        head = _locked_head()
        record = _append(head, said)
    # A second place that knows how far the log goes: whoever cuts it off must cut the process's own log, too.
    log.info("audit", number=record.number, verb=verb, hash=record.hash)
    return record


def _append(head: Head, said: dict[str, Any]) -> Record:
    record = Record(number=head.number + 1, previous=head.hash, **said)
    record.hash = hash_of(record)
    record.save(force_insert=True)
    head.number, head.hash = record.number, record.hash
    head.save(update_fields=["number", "hash"])
    return record


def _locked_head() -> Head:
    """The head, held until the transaction ends: SQLite's transactions are immediate, PostgreSQL locks the row."""
    heads = Head.objects.select_for_update()
    head = heads.filter(pk=Head.ONLY).first()
    if head is not None:
        return head
    last = Record.objects.order_by("-number").first()
    start = {"number": last.number, "hash": last.hash} if last else {}
    Head.objects.get_or_create(pk=Head.ONLY, defaults=start)
    head = heads.get(pk=Head.ONLY)
    if last is not None and head.number == last.number:
        _append(head, _head_lost(last.number))
    return head


def _head_lost(number: int) -> dict[str, Any]:
    said = {"at": timezone.now(), "verb": "audit.head_lost", **_actor(THE_DESK), "facts": {"number": number}}
    return {"subject_kind": "", "subject_id": "", **_place(None), **said}


def _actor(by: Somebody | Who) -> dict[str, Any]:
    if isinstance(by, Who):
        return {"actor": str(by.actor), "member_id": None, "who": _line(by.name)}
    return {"actor": str(Record.Actor.MEMBER), "member_id": by.pk, "who": _line(by.name)}


def _subject(subject: models.Model | tuple[str, object] | None) -> tuple[str, str]:
    if subject is None:
        return "", ""
    if isinstance(subject, models.Model):
        return str(subject._meta.model_name)[:40], str(subject.pk)
    return subject[0][:40], _line(str(subject[1]))[:64]


def _place(request: HttpRequest | None) -> dict[str, str]:
    """Where the request came from. Headers say nothing here: the server has asked the trusted proxy already (S25)."""
    if request is None:
        return {"ip": "", "agent": ""}
    try:
        ip = str(ip_address(request.META.get("REMOTE_ADDR", "")))[:45]
    except ValueError:
        ip = ""
    return {"ip": ip, "agent": _line(request.META.get("HTTP_USER_AGENT", ""))}


def _plain(value: Fact) -> Fact:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, list):
        return [_line(str(one)) for one in value[:MOST]]
    return _line(str(value))


def _line(text: str) -> str:
    """One short line that both databases keep as it is: no control characters, no half of a pair."""
    whole = text[: LONGEST * 4].encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in whole).split())[:LONGEST]
