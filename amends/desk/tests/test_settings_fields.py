"""Every form of the settings changes the fields it shows and no other (S13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.test import Client

from amends.coach.models import SavedAnswer
from amends.people.models import Brand, Member
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ATTACK: dict[str, Any] = {
    "id": "999",
    "pk": "999",
    "role": "admin",
    "is_active": "on",
    "password": "pbkdf2$1",
    "email": "evil@desk.example",
    "teams": [],
    "skills": [],
    "capacity": "9999",
    "last_login": "2020-01-01",
    "created_at": "2020-01-01",
    "sealed": "x",
    "settings": '{"smtp_host": "evil.example"}',
    "trouble": "x",
    "heard_at": "2020-01-01",
    "kind": "webform",
    "active": "",
    "set_up_at": "2020-01-01",
    "is_superuser": "on",
    "is_staff": "on",
    "language": "fr",
    "slug": "evil",
    "form_open": "",
    "page_days": "1",
    "hold_seconds": "0",
    "signature": "evil",
}
"""Every field of every model behind the settings, set to something an attacker would like."""


def row(thing: models.Model) -> dict[str, Any]:
    thing.refresh_from_db()
    plain = {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
    return plain | {many.name: {o.pk for o in getattr(thing, many.name).all()} for many in thing._meta.many_to_many}


def changed(thing: models.Model, deed: Callable[[], object]) -> set[str]:
    before = row(thing)
    deed()
    after = row(thing)
    return {name for name in before if before[name] != after[name]}


def test_a_profile_changes_nothing_but_itself(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    client = signed_in(cast.delphine)
    asked = {**ATTACK, "name": "D", "time_zone": "UTC", "languages": ["de"], "theme": "dark"}
    assert changed(cast.delphine, lambda: client.post("/settings/you/", asked)) == {
        *("name", "time_zone", "languages", "theme", "keys_on"),
    }


def test_a_change_of_theme_changes_nothing_else(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    client = signed_in(cast.delphine)
    asked = {**ATTACK, "theme": "dark"}
    assert changed(cast.delphine, lambda: client.post("/settings/theme/", asked)) == {"theme"}


def test_a_members_page_leaves_the_password_and_the_switch_alone(
    cast: Cast, signed_in: Callable[[Member], Client]
) -> None:
    client = signed_in(cast.marguerite)
    asked = {**ATTACK, "name": "B", "time_zone": "UTC", "languages": ["de"]}
    deed = lambda: client.post(f"/settings/members/{cast.bo.pk}/", asked)  # noqa: E731
    assert changed(cast.bo, deed) == {"name", "email", "role", "capacity", "time_zone", "languages", "teams"}


def test_a_one_time_link_sets_the_password_only(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    admin = signed_in(cast.marguerite)
    page = admin.post(f"/settings/members/{cast.bo.pk}/link/").content.decode()
    path = page.partition("/join/")[2].partition("/")[0]
    asked = {**ATTACK, "password": "nine patient otters"}
    assert changed(cast.bo, lambda: Client().post(f"/join/{path}/", asked)) == {"password", "last_login"}


def test_a_mailbox_form_changes_no_state_and_no_foreign_setting(
    cast: Cast, signed_in: Callable[[Member], Client]
) -> None:
    client = signed_in(cast.marguerite)
    asked = {**ATTACK, "brand": cast.thimble.pk, "name": "T", "address": "t@thimble.example"}
    deed = lambda: client.post(f"/settings/mail/{cast.mailbox.pk}/", asked)  # noqa: E731
    before = dict(cast.mailbox.settings)
    assert changed(cast.mailbox, deed) - {"sealed"} == {"name", "address", "settings"}
    assert cast.mailbox.settings == {**before, "plus_addresses": False}, "the form's own field, and no other"


def test_a_brand_form_changes_its_own_brand_only(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    client = signed_in(cast.marguerite)
    asked = {**ATTACK, "name": "T", "time_zone": "UTC"}
    other = Brand.objects.get(pk=cast.vantry.pk)
    assert changed(other, lambda: client.post(f"/settings/brands/{cast.thimble.pk}/", asked)) == set()


def test_a_saved_answer_keeps_its_id(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    client = signed_in(cast.ines)
    answer = SavedAnswer.objects.create(name="A", body="B")
    asked = {**ATTACK, "name": "A2", "body": "B2", "use": "letter", "language": ""}
    assert changed(answer, lambda: client.post(f"/settings/answers/{answer.pk}/", asked)) == {"name", "body"}
