"""Read the log: newest first, by verb, by person, since a time; a page at a time by the record's number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amends.audit.models import Record
from amends.audit.verbs import VERBS

A_PAGE = 50


@dataclass(frozen=True)
class Page:
    """Some records, newest first; `older` is the number to ask on with, None at the end."""

    records: list[Record]
    older: int | None


def page(*, verb: str = "", member_id: int | None = None, before: int | None = None, size: int = A_PAGE) -> Page:
    """One page; as fast at the millionth record as at the first."""
    found = records(verb=verb)
    if member_id is not None:
        found = found.filter(member_id=member_id)
    if before is not None:
        found = found.filter(number__lt=before)
    some = list(found[: size + 1])
    return Page(some[:size], some[size - 1].number if len(some) > size else None)


def records(*, verb: str = "", since: datetime | None = None) -> QuerySet[Record]:
    """Records, newest first. `verb` may be a whole verb or its beginning up to the dot (``sign_in``)."""
    found = Record.objects.order_by("-number")
    if verb:
        found = found.filter(verb=verb) if "." in verb else found.filter(verb__startswith=f"{verb}.")
    return found.filter(at__gte=since) if since else found


def sentence(record: Record) -> str:
    """What was done, in plain words."""
    known = VERBS.get(record.verb)
    if known is None:  # a verb of a newer version
        return record.verb
    told = {name: _told(name, value) for name, value in record.facts.items()}
    return str(known.says) % {**dict.fromkeys(known.facts, ""), **told, "subject": subject(record)}


def subject(record: Record) -> str:
    """What it was done to: ``A-12`` for a case, else the kind and the number."""
    if record.subject_kind == "case":
        return f"A-{record.subject_id}"
    if record.subject_kind == "customer":
        return _("person %(id)s") % {"id": record.subject_id}
    return f"{record.subject_kind} {record.subject_id}".strip()


def who(record: Record) -> str:
    """Who did it, in plain words."""
    if record.actor == Record.Actor.COMMAND_LINE:
        return _("%(name)s, at the command line") % {"name": record.who or _("Somebody")}
    names = {Record.Actor.DESK.value: _("The desk itself"), Record.Actor.STRANGER.value: _("A stranger")}
    return names.get(record.actor, record.who)


def as_json(record: Record) -> dict[str, Any]:
    """All of a record, for programs."""
    whole = {field.attname: getattr(record, field.attname) for field in Record._meta.concrete_fields}
    return {**whole, "at": record.at.isoformat()}


def _told(name: str, value: Any) -> str:
    words = ", ".join(value) if isinstance(value, list) else str(value)
    return words.replace("_", " ") if name == "fields" else words
