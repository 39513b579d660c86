"""How far a message's sender is to be believed: by the host that takes mail in for the mailbox, and by nobody else.

Pure. A host's name is the mailbox's setting `authserv`; ARC is not read, so a list that breaks signatures makes its
members' mail unconfirmed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from amends.channels.message import IncomingMessage, SenderCheck

AUTHSERV = "authserv"
SPAM = "spam"
LOOKED_AT = 20
"""Mails that tell who checks senders."""
NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,250}[a-z0-9])?\Z")

DOUBTS = ("dmarc", "from", "colleague")
"""Why a sender is not confirmed: its domain disowns the mail; it names several; it claims to be one of us."""


def trusted_hosts(settings: Mapping[str, Any]) -> frozenset[str]:
    """The authserv-ids that a mailbox's settings name, lower case."""
    return names(str(settings.get(AUTHSERV) or ""))


def names(written: str) -> frozenset[str]:
    """The names of hosts in what somebody wrote."""
    return frozenset(re.split(r"[\s,;]+", written.lower())) - {""}


def doubt(message: IncomingMessage, hosts: frozenset[str]) -> str:
    """One of `DOUBTS` when the sender is not confirmed, else an empty string.

    The topmost field of a trusted host counts, with what that host wrote beside it; a failure outweighs a pass.
    """
    if "from_ambiguous" in message.problems:
        return "from"
    said = _of_our_host(message.checks, hosts)
    domain = message.sender.address.rpartition("@")[2].lower()
    return "dmarc" if any(_fails(check, domain) for check in said) else ""


def is_spam(message: IncomingMessage, hosts: frozenset[str]) -> bool:
    """Whether the mailbox's own host calls it spam. Without a trusted host no mark counts: anybody can write one."""
    return any(not host or host in hosts for host in message.spam_marks) if hosts else False


def guess(mails: Iterable[tuple[SenderCheck, ...]]) -> str:
    """The host that checked most of these mails last, or an empty string when fewer than half have one."""
    tops = [checks[0].host if checks else "" for checks in mails]
    ranked = Counter(host for host in tops if host).most_common(1)
    return ranked[0][0] if ranked and ranked[0][1] * 2 >= len(tops) else ""


def told(host: str) -> str:
    """What the live test of a mailbox says about it."""
    if not host:
        return _("Mail that lies there names no server that checks senders: every sender is taken as it is written.")
    return _("Mail there is checked by %(host)s: only what it says of a sender is believed.") % {"host": host}


def _of_our_host(checks: tuple[SenderCheck, ...], hosts: frozenset[str]) -> list[SenderCheck]:
    top = next((check for check in checks if check.host in hosts), None)
    return [check for check in checks if check.host in hosts and check.hop == top.hop] if top else []


def _fails(check: SenderCheck, domain: str) -> bool:
    """It says so, or it looked at another domain than the one that stands in From."""
    if check.dmarc != "pass" or not check.domain:
        return check.dmarc == "fail"
    return not (f".{domain}".endswith(f".{check.domain}") or f".{check.domain}".endswith(f".{domain}"))
