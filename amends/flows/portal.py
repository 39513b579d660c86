"""What a customer does on our pages: writes, says that it is not right, asks for a new link.

Words travel the same straight line as mail: raw bytes are kept first, then taken in.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from amends.cases import reply_tokens, threading, timeline
from amends.cases.models import Case, Entry
from amends.channels import accounts, inbox, outbox
from amends.channels.models import Account, Kept
from amends.channels.webform import adapter
from amends.flows import intake, page_links, weighing
from amends.kit.uploads import Upload
from amends.people.models import Brand, Customer, Identity

log = structlog.get_logger("amends.portal")

SENIOR = "senior"
LINKS_AN_HOUR = 3
"""Letters with a link that one customer's address can be sent by strangers (reliability S17)."""


@dataclass(frozen=True)
class Written:
    """What somebody wrote on a page of ours, checked.

    `key` is the form's own, so that two clicks are one message; `opened_at` is when the form was fetched.
    `token` names the case for the case page; without it `address` says who writes.
    """

    text: str
    key: str
    opened_at: datetime
    files: Sequence[Upload] = ()
    name: str = ""
    address: str = ""
    subject: str = ""
    token: str = ""
    trouble: str = ""
    about_promise: int | None = None


def send(brand: Brand, written: Written, now: datetime) -> Kept:
    """Keep what was written, then take it in at once. When this returns it is safe, whatever else happened.

    `entry` on the result is None when taking in must wait for the worker.
    """
    earlier = sent_before(brand, written.key)
    if earlier is not None:
        return earlier
    raw = adapter.write(
        {
            "name": written.name,
            "address": written.address,
            "subject": written.subject,
            "text": written.text,
            "token": written.token,
            "trouble": written.trouble,
            "about_promise": str(written.about_promise or ""),
        },
        [(file.name, file.content_type, file.content) for file in written.files],
        at=written.opened_at,
        key=written.key,
    )
    kept = inbox.keep(accounts.form_of(brand), raw, source=_source(written.key), now=now)
    try:
        intake.take_in(kept.pk, now)
    except Exception:  # it is kept: the worker takes it in, and sets it aside if it cannot
        log.exception("a form could not be taken in yet", kept=kept.pk)
    kept.refresh_from_db()
    if written.trouble == SENIOR and kept.entry is not None:
        _bring_somebody_senior(kept.entry, now)
    return kept


def _bring_somebody_senior(entry: Entry, now: datetime) -> None:
    """The customer asked for it (ES3): at once, so that the page can name them."""
    try:
        weighing.weigh([entry.case_id], now)
    except Exception:  # the sweep does it in a moment
        log.exception("a case could not be weighed at once", case=entry.case_id)


def in_the_name_of(customer: Customer, written: Written) -> Written:
    """What came by the case page's link is the customer's."""
    address = known_address(customer)
    return replace(written, name=customer.name, address=address.shown if address else "")


def sent_before(brand: Brand, key: str) -> Kept | None:
    """What came with this form's key already: a second click, or a page sent again."""
    return Kept.objects.filter(account=accounts.form_of(brand), source=_source(key)).first()


def ask_link(case: Case, now: datetime) -> Entry | None:
    """Send a new link to the address we know, and to no other.

    None when nothing could or should be sent; whoever asked is told the same either way.
    """
    address = known_address(case.customer)
    account = accounts.speaking_for(case.brand)
    if address is None or account is None:
        return None
    with transaction.atomic():
        Customer.objects.select_for_update().get(pk=case.customer_id)
        if _links_sent(case, now) >= LINKS_AN_HOUR:
            return None
        entry = _write_link(case, account, address, now)
        outbox.queue(entry, account, [address.shown], now=now)
    return entry


def known_address(customer: Customer) -> Identity | None:
    """The mail address that reaches the customer."""
    return customer.identities.filter(kind=Identity.Kind.EMAIL, undeliverable_at=None).first()


def _write_link(case: Case, account: Account, address: Identity, now: datetime) -> Entry:
    with override(case.language if case.language in dict(settings.LANGUAGES) else None):
        link = page_links.link_for(case, now)
        text = render_to_string("flows/page_link.txt", {"brand": case.brand, "link": link})
        subject = threading.tag(_("Your page at %(brand)s") % {"brand": case.brand}, case)
        words = _("A new link to the case page.")
    return timeline.record(
        case,
        "contact.out",
        at=now,
        channel="email",
        words=timeline.Words(
            new_text=words,
            text=text.strip() + "\n",
            subject=subject,
            sender={"name": case.brand.name, "address": account.address},
            to=[{"name": "", "address": address.shown}],
            message_id=_message_id(case, account, address.shown),
        ),
        human=False,
        page_link=True,
        account=account.pk,
    )


def _links_sent(case: Case, now: datetime) -> int:
    return Entry.objects.filter(
        case__customer=case.customer_id,
        kind="contact.out",
        data__page_link=True,
        at__gt=now - timedelta(hours=1),
    ).count()


def _message_id(case: Case, account: Account, address: str) -> str:
    name = f"page-{secrets.token_hex(8)}"
    return reply_tokens.message_id(name, case.pk, [address], account.address.rpartition("@")[2])


def _source(key: str) -> str:
    return f"form:{key}"
