"""The desk's own mail to its members (a forgotten password, an invitation), through one of its mailboxes."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from email.utils import make_msgid
from typing import Any

import structlog
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from amends.channels import accounts
from amends.channels.accounts import SPEAKING
from amends.channels.message import Address, ChannelError, OutgoingMessage
from amends.channels.models import Account
from amends.channels.registry import adapter_of
from amends.kit import pausing
from amends.kit.secrets import SecretError

log = structlog.get_logger("amends.desk_mail")


def account() -> Account | None:
    """The mailbox that the desk writes to its members from: the first that works, or None; none while paused."""
    if pausing.paused():
        return None
    return Account.objects.filter(kind__in=SPEAKING, active=True).order_by("cannot_speak", "trouble", "pk").first()


class EmailBackend(BaseEmailBackend):
    """Django's mail backend over the desk's mailboxes. Never waits for the network.

    A known and an unknown address must take the same time to answer (S21), so letters leave beside the
    request. One that is lost is asked for again: nothing of a case goes this way.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        speaking = account()
        if speaking is None:
            log.warning("no mailbox can send: a letter to a member was not sent", count=len(email_messages))
            return 0
        letters = [_letter(message, speaking) for message in email_messages]
        threading.Thread(target=_send, args=(speaking, letters), daemon=True).start()
        return len(letters)


def tell(address: str, subject: str, text: str, *, mark: str) -> None:
    """Write to a member now, in the caller's own time. Raises ChannelError.

    `mark` names the letter for good: tried again, it has the same Message-ID.
    """
    speaking = account()
    if speaking is None:
        raise ChannelError(_("No mailbox of the desk can send."), permanent=False, code="settings")
    try:
        given = accounts.opened(speaking)
    except SecretError as error:
        raise ChannelError(str(error), permanent=False, code="settings") from error
    adapter: Any = adapter_of(speaking.kind)
    letter = _letter(EmailMessage(subject, text, to=[address]), speaking)
    adapter.send(given, replace(letter, message_id=f"<{mark}@{speaking.address.rpartition('@')[2]}>"))


def _letter(message: EmailMessage, given: Account) -> OutgoingMessage:
    return OutgoingMessage(
        sender=Address(given.name, given.address),
        to=tuple(Address("", address) for address in message.to),
        subject=" ".join(str(message.subject).split()),
        text=str(message.body),
        automatic=True,
        message_id=make_msgid(domain=given.address.rpartition("@")[2]),
    )


def _send(speaking: Account, letters: Sequence[OutgoingMessage]) -> None:
    adapter: Any = adapter_of(speaking.kind)
    try:
        for letter in letters:
            _send_one(adapter, speaking, letter)
    finally:
        connection.close()  # of this thread, which no request ends


def _send_one(adapter: Any, speaking: Account, letter: OutgoingMessage) -> None:
    try:
        adapter.send(accounts.opened(speaking), letter)
    except (ChannelError, SecretError, DatabaseError) as error:
        log.warning("a letter to a member was not sent", account=speaking.address, why=str(error))
