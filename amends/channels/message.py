"""The frozen shapes that pass between a channel's adapter and the desk.

Adapters turn a provider's payload into an `IncomingMessage` and an `OutgoingMessage` into a provider's
call; nothing else of a provider is known above this line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Address:
    """A mailbox as written: the display name (may be empty) and the bare address, lower case domain."""

    name: str
    address: str


@dataclass(frozen=True)
class Attachment:
    """A file that came with, or leaves with, a message."""

    filename: str
    content_type: str
    content: bytes
    sha256: str
    inline: bool = False
    content_id: str = ""

    @property
    def size(self) -> int:
        """Bytes after decoding."""
        return len(self.content)


@dataclass(frozen=True)
class Bounce:
    """What a delivery report says about one recipient (RFC 3464)."""

    recipient: str
    permanent: bool
    status: str
    """Enhanced status code such as ``5.1.1``; empty when the report has none."""
    reason: str
    original_message_id: str
    """Message-ID of the letter that came back, with angle brackets; empty when not given."""


@dataclass(frozen=True)
class SenderCheck:
    """What one host on the way says of the sender (RFC 8601); anybody can write such a thing into a mail."""

    host: str
    """Its authserv-id in lower case; `UNNAMED` when it gives none."""
    dmarc: str
    """``pass``, ``fail`` or ``none``."""
    domain: str = ""
    """The domain in From that it looked at, lower case; empty when it does not say."""
    hop: int = 0
    """How many Received fields stand above it: what one host wrote has the same number."""


UNNAMED = "unnamed"


@dataclass(frozen=True)
class IncomingMessage:
    """One message heard, whatever the channel."""

    sender: Address
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    """With angle brackets, as written; empty when the message has none."""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    html: str = ""
    html_is_safe: bool = False
    """`kit.html.sanitise` has been over `html`; else it is as sent."""
    new_text: str = ""
    """What the writer added: `text` without the quoted history."""
    attachments: tuple[Attachment, ...] = ()
    automatic: str | None = None
    """None for a person's message, else what kind of machine wrote it."""
    bounces: tuple[Bounce, ...] = ()
    problems: tuple[str, ...] = ()
    checks: tuple[SenderCheck, ...] = ()
    """What hosts say of the sender, the topmost first: believe only your own host's (`channels.senders`)."""
    spam_marks: tuple[str, ...] = ()
    """Hosts that call it spam; empty for one that gives no name."""
    case_token: str = ""
    """A signed token that names the case it answers (case page); empty for mail."""
    trouble: str = ""
    """What is not right, in a word of `flows.not_right`, when the customer said so on the page; else empty."""
    about_promise: int | None = None
    """The promise that the trouble is about."""
    seen: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What a first look found in it, where the reader was told to take one (`email.reader`)."""


@dataclass(frozen=True)
class Unreadable:
    """A message that the reader could make nothing of, and why, in a sentence for a person."""

    reason: str


@dataclass(frozen=True)
class OutgoingMessage:
    """One message to say. `text` is always whole; `html` is optional."""

    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    message_id: str
    html: str = ""
    cc: tuple[Address, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    date: datetime | None = None
    automatic: bool = False
    """No person wrote it."""
    only: tuple[str, ...] = ()
    """Those who have not got it yet, when others have; empty: everybody in `to` and `cc`."""
    reply_to: str = ""
    """Where to answer, when it is not `sender`."""

    @property
    def is_auto_reply(self) -> bool:
        """A machine's answer to somebody's message (RFC 3834)."""
        return self.automatic and bool(self.in_reply_to)

    @property
    def readers(self) -> list[str]:
        """Addresses that it goes to now."""
        return list(self.only) or [address.address for address in (*self.to, *self.cc)]


@dataclass(frozen=True)
class Receipt:
    """The other side has taken the message: its own words about that."""

    detail: str = ""


@dataclass(frozen=True)
class AccountSettings:
    """What an adapter may know of an account: no model, no database.

    `settings` and `secret` hold the fields that the adapter's own form declares.
    """

    address: str
    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Finding:
    """One line of a live test of an account: what was tried, whether it works, how to mend it."""

    step: str
    ok: bool
    said: str
    mend: str = ""
    learned: str = ""
    """The host that checks senders, when this step found out (`channels.senders`)."""


class ChannelError(Exception):
    """The one error of every adapter.

    ChannelError
    ├─ permanent=True    trying again cannot help; the owner must be told
    └─ permanent=False   try again later

    `took` are recipients who have got the message all the same; `unknown` those whose server says that nobody is there.
    """

    def __init__(
        self, message: str, *, permanent: bool, code: str = "", took: Sequence[str] = (), unknown: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.code = code
        self.took = tuple(took)
        self.unknown = tuple(unknown)


def nobody_there(status: str) -> bool:
    """Whether a permanent enhanced status code (RFC 3463) is about the address, not about this letter or us.

    ``5.0.0`` and none at all say nothing; servers use them for addresses that are not there.
    """
    return not status or re.fullmatch(r"5\.(?:0\.0|1\.(?:[0-6]|9|10)|2\.1)", status) is not None
