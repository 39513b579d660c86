"""The post between customers and the desk: a real Dovecot for every mailbox, a real SMTP server that fills it."""

from __future__ import annotations

import imaplib
import secrets
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.peers.accounts import imap_fields, smtp_fields
from tests.peers.dovecot import Dovecot, running_dovecot
from tests.peers.smtp import SmtpPeer, running_smtp

ARRIVES_WITHIN = 30.0


@dataclass(frozen=True)
class Post:
    """Any address has a mailbox; what is sent through the SMTP server lands in it."""

    dovecot: Dovecot
    smtp: SmtpPeer

    @property
    def authority(self) -> Path:
        return self.dovecot.certificate.authority

    @property
    def password(self) -> str:
        return self.dovecot.password

    def put(self, mailbox: str, letter: EmailMessage | bytes) -> None:
        """A mail arrives in the mailbox."""
        raw = letter if isinstance(letter, bytes) else letter.as_bytes(policy=policy.SMTP)
        self.dovecot.deliver(mailbox, raw)

    def letters(self, mailbox: str, count: int = 1) -> list[EmailMessage]:
        """What people wrote to the mailbox, once it holds `count` letters; fewer when they do not come in time."""
        end = time.monotonic() + ARRIVES_WITHIN
        while len(found := self.by_people(mailbox)) < count and time.monotonic() < end:
            time.sleep(0.2)
        return found

    def by_people(self, mailbox: str) -> list[EmailMessage]:
        """What lies there, but for the desk's own acknowledgements."""
        return [letter for letter in self.look_into(mailbox) if letter["Auto-Submitted"] != "auto-replied"]

    def look_into(self, mailbox: str) -> list[EmailMessage]:
        """What lies in the mailbox just now, oldest first."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raws(mailbox)]

    def raws(self, mailbox: str) -> list[bytes]:
        """The same, byte for byte."""
        trust = ssl.create_default_context(cafile=str(self.authority))
        with imaplib.IMAP4_SSL(self.dovecot.host, self.dovecot.imaps_port, ssl_context=trust) as box:
            box.login(mailbox, self.password)
            box.select(readonly=True)
            numbers = box.search(None, "ALL")[1][0].split()
            fetched = [box.fetch(number.decode(), "(BODY.PEEK[])")[1][0] for number in numbers]
        return [part[1] for part in fetched if isinstance(part, tuple)]

    def account(self, address: str) -> dict[str, Any]:
        """A row of furniture: a mailbox of the desk that receives and sends here."""
        fields = {**imap_fields(self.dovecot, address), **smtp_fields(self.smtp), "after": "seen"}
        return {"kind": "email", "address": address, "password": self.password, "settings": fields}


@contextmanager
def running_post() -> Iterator[Post]:
    """Starts both servers under one authority, and stops them again."""
    with running_dovecot() as dovecot, running_smtp(dovecot.certificate) as smtp:
        smtp.deliver = dovecot.deliver
        yield Post(dovecot, smtp)


def a_letter(sender: str, to: str, subject: str, words: str, **headers: str) -> EmailMessage:
    """A plain mail; `headers` with underscores, such as `in_reply_to`."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Message-ID"] = f"<{secrets.token_hex(8)}@customer.example>"
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(words)
    return letter


def an_answer(to: EmailMessage, sender: str, words: str) -> EmailMessage:
    """The customer presses Reply in their mail program."""
    references = f"{to['References'] or ''} {to['Message-ID']}".strip()
    before = to["Subject"]
    subject = before if before.lower().startswith("re:") else f"Re: {before}"
    address = to["From"].addresses[0].addr_spec
    return a_letter(sender, address, subject, words, in_reply_to=to["Message-ID"], references=references)


def words_of(letter: EmailMessage) -> str:
    """The plain text that a customer reads."""
    body = letter.get_body(("plain",))
    assert body is not None
    words: str = body.get_content()
    return words
