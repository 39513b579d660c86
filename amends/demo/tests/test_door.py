"""The demo's door: one click, and it stands in the audit log like every sign-in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import include, path

from amends.audit.chain import verify
from amends.audit.models import Record
from amends.people.models import Member
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

urlpatterns = [path("demo/", include("amends.demo.urls")), path("", include("amends.config.urls"))]


def test_to_come_in_by_the_door_and_to_leave_is_written_down(cast: Cast) -> None:
    browser = Client(REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    assert browser.post(f"/demo/as/{cast.delphine.pk}/")["Location"] == "/"
    assert browser.get("/").status_code == 200
    browser.post("/accounts/logout/")
    came, left = Record.objects.order_by("number")
    assert (came.verb, left.verb) == ("sign_in.done", "sign_in.ended")
    for record in (came, left):
        assert (record.actor, record.member_id) == (Record.Actor.MEMBER, cast.delphine.pk)
        assert (record.subject_kind, record.subject_id) == ("member", str(cast.delphine.pk))
        assert record.ip == "192.0.2.7" and "Firefox" in record.agent
    assert verify().good


def test_who_is_switched_off_does_not_come_in_by_the_door_either(cast: Cast) -> None:
    Member.objects.filter(pk=cast.delphine.pk).update(is_active=False)
    browser = Client()
    assert browser.post(f"/demo/as/{cast.delphine.pk}/").status_code == 404
    assert "_auth_user_id" not in browser.session
    assert not Record.objects.exists()
