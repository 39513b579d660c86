"""The audit log in the words of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amends.audit import reading
from amends.audit.models import Record
from amends.desk import sessions
from amends.people.models import Member

DEEDS: list[tuple[str, Any]] = [
    ("sign_in", _("Signing in and out")),
    ("password", _("Passwords")),
    ("second_factor", _("Second factors")),
    ("member", _("Members")),
    ("mailbox", _("Mailboxes")),
    ("brand", _("Brands")),
    ("team", _("Teams")),
    ("hours", _("Hours")),
    ("targets", _("Targets")),
    ("reader", _("What is read")),
    ("pack", _("Policy packs")),
    ("saved_answer", _("Saved answers")),
    ("coach", _("The coach")),
    ("mail", _("Raw mails")),
    ("file", _("Files in quarantine")),
    ("person", _("People: changes, exports, erasures")),
    ("case", _("Cases")),
    ("retention", _("Keeping and removing")),
    ("backup", _("Backups")),
]
"""What stands before the dot of a verb → what the filter calls it; the rest is found under "everything"."""


@dataclass(frozen=True)
class Asked:
    """Which records: a kind of deed, a member, below which record."""

    deed: str = ""
    who: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """One record."""

    number: int
    at: datetime
    who: str
    said: str
    place: str
    browser: str


@dataclass(frozen=True)
class Log:
    """One page of the log, its filter, and the way on."""

    lines: list[Line]
    deed: str
    deeds: list[tuple[str, Any]]
    who: int | None
    members: list[tuple[int, str]]
    older_url: str
    narrowed: bool


def log(asked: Asked) -> Log:
    """The page in three queries."""
    deed = asked.deed if asked.deed in dict(DEEDS) else ""
    page = reading.page(verb=deed, member_id=asked.who, before=asked.before)
    kept = {"deed": deed, "who": asked.who or "", "before": page.older or ""}
    older = f"{reverse('log')}?{urlencode(kept)}" if page.older else ""
    members = list(Member.objects.values_list("pk", "name"))
    narrowed = bool(deed or asked.who or asked.before)
    return Log([_line(record) for record in page.records], deed, DEEDS, asked.who, members, older, narrowed)


def _line(record: Record) -> Line:
    browser = sessions.browser(record.agent) if record.agent else ""
    return Line(record.number, record.at, reading.who(record), reading.sentence(record), record.ip, browser)
