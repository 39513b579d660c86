"""What lies at the desk's edge: mail that stayed outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.cases.models import Case
from amends.channels import inbox
from amends.channels.guards import REASONS
from amends.channels.headline import Headline, headline
from amends.channels.models import Kept
from amends.channels.senders import SPAM
from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.views.settings.frame import saved, show
from amends.flows import intake, quarantine
from amends.kit.serving import kept_file

A_PAGE = 25
SPAM_SHOWN = timedelta(days=30)
"""Spam is listed as long as this, and never deleted for being spam."""


@dataclass(frozen=True)
class Outside:
    """One mail that nobody got."""

    id: int
    head: Headline
    to: str
    at: datetime
    reason: str
    unreadable: bool
    asks: Case | None
    """The case that asks somebody to read it."""


@wants("mail.reread")
def outside(request: DeskRequest) -> HttpResponseBase:
    """Mail that was kept, but not taken in, and why."""
    page = Paginator(listed(timezone.now()), A_PAGE).get_page(request.GET.get("page"))
    shown = [
        Outside(
            kept.pk,
            headline(kept),
            kept.account.address,
            kept.kept_at,
            str(REASONS.get(kept.reason, kept.reason)),
            kept.state == Kept.State.UNREADABLE,
            kept.aside,
        )
        for kept in page.object_list
    ]
    return show(request, "outside", "desk/settings/outside.html", rows=shown, pages=page)


@wants("mail.reread")
def outside_raw(request: DeskRequest, kept_id: int) -> HttpResponseBase:
    """The mail as it came, byte for byte."""
    kept = get_object_or_404(inbox.outside(), pk=kept_id)
    audited.wrote(request, "mail.raw_read", kept)
    return kept_file(kept.sha256, f"mail-{kept.pk}.eml", download_as="message/rfc822")


def listed(now: datetime) -> QuerySet[Kept]:
    """What the page lists, the newest first."""
    rows = inbox.outside().select_related("account", "aside").order_by("-pk")
    return rows.exclude(reason=SPAM, kept_at__lt=now - SPAM_SHOWN)


@require_POST
@wants("mail.reread")
def outside_again(request: DeskRequest, kept_id: int) -> HttpResponseBase:
    """Read an unreadable mail again, or take one in that the guards kept out."""
    kept = get_object_or_404(inbox.outside(), pk=kept_id)
    if kept.state == Kept.State.UNREADABLE:
        quarantine.try_again(kept)
        audited.wrote(request, "mail.reread", kept, count=1)
        messages.success(request, _("It is read again now. If that fails, it comes back here."))
    else:
        _take_in_anyway(request, kept)
    return saved(request, "outside")


def _take_in_anyway(request: DeskRequest, kept: Kept) -> None:
    try:
        entry = intake.take_in_anyway(kept.pk, timezone.now())
    except quarantine.UnreadableMessage as error:
        messages.error(request, _("It stays outside, whole: it could not be read. %(why)s") % {"why": error})
    except FileNotFoundError:
        messages.error(request, _("Its bytes are lost. Look for it on the mail server, or in a backup of the desk."))
    else:
        if entry is not None:
            messages.success(request, _("Taken in. Somebody has a next step for it now."))
