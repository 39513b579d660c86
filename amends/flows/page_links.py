"""The signed link to a customer's case page: bound to the case, expiring, and able to be taken back.

Two kinds: a *whole* link is only ever sent to the customer's own address and opens everything that is theirs.
A *claim* is given at once to whoever wrote by form; it proves no address, so it opens only what that form
said (reliability S5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from amends.cases import timeline
from amends.cases.family import family
from amends.cases.models import Case, Entry
from amends.cases.threading import where_it_went
from amends.kit import drift, tokens
from amends.people.models import Member

PURPOSE = "case-page"
CLAIM = "case-page-claim"
CLAIM_FOR = timedelta(days=30)
LONGEST = timedelta(days=3650)


class LinkError(Exception):
    """The link was changed, taken back, or cut. Nothing may be told about it."""


class LinkExpired(LinkError):
    """The link was good once; `case` is whose."""

    def __init__(self, case: Case) -> None:
        super().__init__("expired")
        self.case = case


@dataclass(frozen=True)
class Opened:
    """What a link opens: the case; with `entry_id` only what was said in that entry."""

    case: Case
    entry_id: int | None = None

    @property
    def whole(self) -> bool:
        """The link came by the customer's own address."""
        return self.entry_id is None


def token_for(case: Case, now: datetime) -> str:
    """A token that opens this case's page."""
    return tokens.make(PURPOSE, case.pk, case.page_version, now)


def claim_for(entry: Entry, now: datetime) -> str:
    """A token for whoever sent this form: the state of its case, and the form's own words."""
    return tokens.make(CLAIM, entry.pk, entry.case.page_version, now)


def link_for(case: Case, now: datetime) -> str:
    """The whole address for letters."""
    return settings.BASE_URL + reverse("case_page", args=[token_for(case, now)])


def open_case(token: str, now: datetime) -> Case:
    """The case behind a token of either kind. Raises LinkError, or LinkExpired when only its age is wrong."""
    return open_link(token, now).case


def open_link(token: str, now: datetime) -> Opened:
    """What a token opens; a case that was merged opens where it went. Raises LinkError or LinkExpired."""
    try:
        return _whole(tokens.open_token(PURPOSE, token, now, LONGEST), now)
    except tokens.TokenError:
        pass
    try:
        return _claim(tokens.open_token(CLAIM, token, now, CLAIM_FOR))
    except tokens.TokenExpired as error:
        raise _expired_claim(error.subject) from error
    except tokens.TokenError as error:
        raise LinkError("not a link of ours") from error


def valid_until(case: Case) -> datetime | None:
    """When links made before the end of the case stop opening; None while it is open."""
    closure = getattr(case, "closure", None)
    return closure.at + timedelta(days=case.brand.page_days) if closure else None


def take_back(case: Case, *, by: Member, now: datetime) -> None:
    """Make every link given out so far, merged cases' too, open nothing; the next letter carries a new one."""
    with transaction.atomic():
        given_for = [one.pk for one in family(case)]
        Case.objects.filter(pk__in=given_for).update(page_version=F("page_version") + 1)
        timeline.record(case, "page.taken_back", at=now, by=by)


def _whole(opened: tokens.Token, now: datetime) -> Opened:
    case = _read(opened.subject)
    if case is None or case.page_version != opened.version:
        raise LinkError("taken back")
    case = _there(case)
    if _too_old(case, opened.made_at, now):
        raise LinkExpired(case)
    return Opened(case)


def _claim(opened: tokens.Token) -> Opened:
    entry = Entry.objects.filter(pk=opened.subject).only("case_id").first()
    case = _read(entry.case_id) if entry else None
    if case is None or case.page_version != opened.version:
        raise LinkError("taken back")
    return Opened(_there(case), opened.subject)


def _expired_claim(entry_id: int) -> LinkError:
    entry = Entry.objects.filter(pk=entry_id).only("case_id").first()
    case = _read(entry.case_id) if entry else None
    return LinkExpired(_there(case)) if case else LinkError("gone")


def _read(case_id: int) -> Case | None:
    related = ("brand", "customer", "owner", "closure", "team__lead", "merged_into")
    return Case.objects.select_related(*related).filter(pk=case_id).first()


def _there(case: Case) -> Case:
    """Where it went. Raises LinkError when nothing is left of it."""
    there = case if case.merged_into is None else _read(where_it_went(case).pk) or case
    if there.erased_at is not None:
        raise LinkError("erased")
    return there


def _too_old(case: Case, made_at: datetime, now: datetime) -> bool:
    """Links to an open case last; after its end for the brand's days, or as long from a newer link."""
    ends = valid_until(case)
    if ends is None:
        return False
    newer = timedelta(days=case.brand.page_days + 1)
    return now > (ends if drift.is_ahead(made_at, now) else max(ends, made_at + newer))
