"""What the stories of this folder share: the cast, a clock, a form filled in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse

from amends.cases import timeline
from amends.cases.models import Case, Entry
from amends.flows import page_links
from amends.portal import stamps
from tests.cast import TUESDAY

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
CONTACT = "/contact/thimble/"


def filled(now: datetime = TUESDAY, /, **fields: Any) -> dict[str, Any]:
    """A contact form that a person fetched a minute ago."""
    return {
        "text": "The flowers look nothing like the picture.",
        "address": "rosalind@example.com",
        "name": "Rosalind Achterberg",
        "subject": "",
        "stamp": stamps.make(now - timedelta(minutes=1)),
        **fields,
    }


def written(now: datetime = TUESDAY, /, **fields: Any) -> dict[str, Any]:
    """The form on the case page, a minute old."""
    return {"text": "She is home until five.", "stamp": stamps.make(now - timedelta(minutes=1)), **fields}


def page_of(case: Case, now: datetime = TUESDAY) -> str:
    """The address of the case page."""
    case.refresh_from_db()
    return reverse("case_page", args=[page_links.token_for(case, now)])


def at(moment: datetime) -> time_machine.travel:
    """The views' own clock."""
    return time_machine.travel(moment, tick=False)


def text_of(response: Any) -> str:
    """The page without its tags and scripts."""
    html = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def answer(case: Case, text: str, now: datetime, *, to: str = "rosalind@example.com", **data: Any) -> Entry:
    """A letter of ours on the timeline, as the outbox would have it."""
    words = timeline.Words(
        new_text=text,
        text=text,
        sender={"name": "Delphine Marsh, Thimble & Thorn", "address": "help@thimble.example"},
        to=[{"name": "", "address": to}],
        message_id=f"<{now.timestamp()}.{to}@thimble.example>",
    )
    return timeline.record(case, "contact.out", at=now, by=case.owner, channel="email", words=words, human=True, **data)


def send_form(client: Client, now: datetime = TUESDAY, /, **fields: Any) -> Any:
    """Post the contact form at `now` and follow to the thanks."""
    with at(now):
        return client.post(CONTACT, filled(now, **fields), follow=True)
