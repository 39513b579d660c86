"""The page that says how long closed cases are kept: what would go is seen before anything is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from amends.audit.models import Record
from amends.cases.models import Case, Closure
from amends.flows import holding, keeping
from amends.people.models import Member
from tests.cast import Cast, complaint

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
PAGE = "/settings/keeping/"


def closed(cast: Cast, days_ago: int, key: str = "1") -> Case:
    case = complaint(cast, key=key, subject=f"The vase {key}")
    case.next_step.delete()
    at = timezone.now() - timedelta(days=days_ago)
    Closure.objects.create(case=case, reason="answered", by=cast.ines, at=at, channel="email")
    return case


def test_what_would_go_is_shown_and_nothing_is_saved_by_looking(cast: Cast, signed_in: SignIn) -> None:
    old, young = closed(cast, 400), closed(cast, 10, key="2")
    admin = signed_in(cast.marguerite)
    assert "Nothing goes now" in admin.get(PAGE).content.decode()
    page = admin.post(PAGE, {"email": "365", "form": "", "phone": "", "look": "1"}).content.decode()
    assert "One case would go" in page and "Not saved yet" in page
    assert old.reference in page and f">{young.reference}<" not in page
    assert keeping.rules() == {} and not Record.objects.exists()


def test_saved_days_are_kept_and_the_log_says_who_and_from_where(cast: Cast, signed_in: SignIn) -> None:
    old = closed(cast, 400)
    admin = signed_in(cast.marguerite)
    answer = admin.post(PAGE, {"email": "365", "form": "", "phone": "", "save": "1"}, REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 303 and keeping.rules() == {"email": 365}
    record = Record.objects.get()
    assert (record.verb, record.member_id, record.ip) == ("retention.changed", cast.marguerite.pk, "192.0.2.7")
    assert record.facts == {"fields": ["email"]}
    page = admin.get(PAGE).content.decode()
    assert "One case goes now" in page and old.reference in page
    admin.post(PAGE, {"email": "", "form": "", "phone": "", "save": "1"})
    assert keeping.rules() == {} and Record.objects.count() == 2


def test_what_is_held_is_shown_and_does_not_go(cast: Cast, signed_in: SignIn) -> None:
    closed(cast, 400)
    keeping.set_days("email", 365, by=cast.marguerite)
    holding.hold(cast.rosalind, "A court asks.", by=cast.marguerite, now=timezone.now())
    page = signed_in(cast.marguerite).get(PAGE).content.decode()
    assert "Nothing goes now" in page and "A court asks." in page and "Rosalind Achterberg" in page


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "a year", "99999999999"])
def test_what_is_no_number_of_days_is_said_and_changes_nothing(cast: Cast, signed_in: SignIn, days: str) -> None:
    keeping.set_days("email", 365, by=cast.marguerite)
    answer = signed_in(cast.marguerite).post(PAGE, {"email": days, "save": "1"})
    assert answer.status_code == 422 and keeping.rules() == {"email": 365}


def test_a_form_without_its_button_deletes_nothing(cast: Cast, signed_in: SignIn) -> None:
    keeping.set_days("email", 365, by=cast.marguerite)
    assert signed_in(cast.marguerite).post(PAGE).status_code == 200
    assert keeping.rules() == {"email": 365}


def test_only_admins_have_the_page(cast: Cast, signed_in: SignIn) -> None:
    for member in (cast.ines, cast.delphine, cast.carline):
        assert signed_in(member).get(PAGE).status_code == 403
