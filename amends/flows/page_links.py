"""The signed link to a customer's case page: bound to the case, expiring, and able to be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from amends.cases import timeline
from amends.cases.models import Case
from amends.kit import tokens
from amends.people.models import Member

PURPOSE = "case-page"


class LinkError(Exception):
    """The link was changed, taken back, or cut. Nothing may be told about it."""


class LinkExpired(LinkError):
    """The link was good once; `case` is whose."""

    def __init__(self, case: Case) -> None:
        super().__init__("expired")
        self.case = case


def token_for(case: Case, now: datetime) -> str:
    """A token that opens this case's page."""
    return tokens.make(PURPOSE, case.pk, case.page_version, now)


def link_for(case: Case, now: datetime) -> str:
    """The whole address for letters."""
    return settings.BASE_URL + reverse("case_page", args=[token_for(case, now)])


def open_case(token: str, now: datetime) -> Case:
    """The case behind a token. Raises LinkError, or LinkExpired when only its age is wrong."""
    try:
        opened = tokens.open_token(PURPOSE, token, now, timedelta(days=3650))
    except tokens.TokenError as error:
        raise LinkError("not a link of ours") from error
    case = Case.objects.select_related("brand", "customer", "owner", "closure").filter(pk=opened.subject).first()
    if case is None or case.page_version != opened.version:
        raise LinkError("taken back")
    if _too_old(case, opened.made_day, now):
        raise LinkExpired(case)
    return case.merged_into or case


def take_back(case: Case, *, by: Member, now: datetime) -> None:
    """Make every link given out so far open nothing; the next letter carries a new one."""
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(page_version=F("page_version") + 1)
        timeline.record(case, "page.taken_back", at=now, by=by)
    case.refresh_from_db(fields=["page_version"])


def _too_old(case: Case, made_day: int, now: datetime) -> bool:
    """Links to an open case last; after its end, for the days that the brand sets."""
    closure = getattr(case, "closure", None)
    if closure is None:
        return False
    return bool(now - closure.at > timedelta(days=case.brand.page_days))
