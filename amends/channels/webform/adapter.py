"""What a customer sends by form or case page, kept as JSON and read like any message."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from amends.channels.message import (
    AccountSettings,
    Address,
    Attachment,
    ChannelError,
    Finding,
    IncomingMessage,
    OutgoingMessage,
    Receipt,
)

FIELDS = ("name", "address", "subject", "text", "token", "trouble", "about_promise")
"""What a form holds, all text; `about_promise` is a promise's number or empty."""


def write(form: Mapping[str, str], files: Sequence[tuple[str, str, bytes]], *, at: datetime, key: str) -> bytes:
    """The raw message for a sent form: the fields of `FIELDS`; files as (name, type, bytes).

    `key` makes it unique; with the same key and `at` (when the form was opened) a form sent twice by a
    double click is the same bytes, so it is kept once.
    """
    return json.dumps(
        {
            **{field: form.get(field, "") for field in FIELDS},
            "at": at.isoformat(),
            "key": key,
            "files": [
                {"name": name, "type": kind, "content": base64.b64encode(content).decode("ascii")}
                for name, kind, content in files
            ],
        },
        sort_keys=True,
    ).encode()


def read(raw: bytes) -> IncomingMessage:
    """The message in a kept form; anything that is not ours gives a message with a problem, never an error."""
    try:
        form = json.loads(raw)
        return IncomingMessage(
            sender=Address(str(form["name"]), str(form["address"])),
            subject=str(form["subject"]),
            date=datetime.fromisoformat(form["at"]),
            message_id=f"<form.{form['key']}@amends.invalid>",
            text=str(form["text"]),
            new_text=str(form["text"]),
            attachments=tuple(_file(item) for item in form["files"]),
            case_token=str(form["token"]),
            trouble=str(form.get("trouble", "")),
            about_promise=int(form["about_promise"]) if form.get("about_promise") else None,
        )
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        return IncomingMessage(sender=Address("", ""), problems=(f"not a sent form: {error}",))


def send(account: AccountSettings, message: OutgoingMessage) -> Receipt:
    """A form cannot be answered by form: letters to its writers go by mail."""
    raise ChannelError(_("A contact form has no way back. Give the brand a mailbox."), permanent=True)


def has_sent(account: AccountSettings, message_id: str) -> bool | None:
    """Nothing leaves from here."""
    return None


def probe(account: AccountSettings) -> list[Finding]:
    """Nothing to connect to."""
    return [Finding("form", True, _("The form is served by this desk itself."))]


def _file(item: Mapping[str, Any]) -> Attachment:
    content = base64.b64decode(item["content"], validate=True)
    return Attachment(str(item["name"]), str(item["type"]), content, hashlib.sha256(content).hexdigest())
