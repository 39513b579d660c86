"""All of a person's data in an admin's hands: exported, forgotten, held."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amends.audit.models import Record
from amends.flows import forgotten, holding
from amends.kit import erasures
from amends.people.models import Customer, Member
from tests.cast import TUESDAY, Cast, complaint

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, settings: Any) -> None:
    settings.SECRETS_KEY_FILE = tmp_path / "keys" / "secrets.key"
    settings.BLOBS_DIR = tmp_path / "blobs"


def verbs() -> list[str]:
    return list(Record.objects.order_by("number").values_list("verb", flat=True))


def test_an_export_is_made_read_and_written_down(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    answer: Any = signed_in(cast.marguerite).post(f"/people/{case.customer_id}/export/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        said = json.loads(archive.read("person.json"))
    assert "I look foolish" in said["tables"]["cases.Letter"][0]["new_text"]
    assert len(said["files"]) == 1
    assert verbs() == ["person.exported", "person.export_read"]


def test_a_person_is_erased_only_after_their_address_was_typed(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    admin, place = signed_in(cast.marguerite), f"/people/{case.customer_id}/erase/"
    refused = admin.post(place, {"address": "somebody@example.com"})
    assert refused.status_code == 422 and "Nothing was erased" in refused.content.decode()
    assert admin.post(place, {"address": "Rosalind@example.com "}).status_code == 302
    customer = Customer.objects.get(pk=case.customer_id)
    assert customer.erased_at is not None and not customer.name
    assert verbs() == ["person.erased"]
    assert "What was known is gone" in admin.get(f"/people/{customer.pk}/").content.decode()


def test_a_held_person_is_not_erased(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    admin, place = signed_in(cast.marguerite), f"/people/{case.customer_id}/"
    admin.post(f"{place}hold/", {"on": "yes"})
    answer = admin.post(f"{place}erase/", {"address": "rosalind@example.com"})
    assert answer.status_code == 422 and Customer.objects.get(pk=case.customer_id).name
    admin.post(f"{place}hold/", {"on": "no"})
    assert verbs() == ["person.held", "person.let_go"]


def test_an_erasure_that_is_owed_stands_on_the_persons_page_and_with_the_holds(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    admin, place = signed_in(cast.marguerite), f"/people/{case.customer_id}/"
    holding.hold(case, "a lawsuit", by=cast.marguerite, now=TUESDAY)
    erasures.note([erasures.mark("address", "rosalind@example.com")], TUESDAY + timedelta(days=1))
    forgotten.again(TUESDAY + timedelta(days=2))
    why = f"{case.reference} is under a legal hold. Take it off first."
    page = admin.get(place).content.decode()
    assert "To be gone since 4 Mar 2026" in page and why in page
    page = admin.get("/settings/keeping/").content.decode()
    assert "Erasures that are owed" in page and why in page and f'href="{place}"' in page
    assert "To be gone since" not in signed_in(cast.ines).get(place).content.decode()
    holding.let_go(case, by=cast.marguerite)
    forgotten.again(TUESDAY + timedelta(days=3))
    assert "To be gone since" not in admin.get(place).content.decode()
    assert "Erasures that are owed" not in admin.get("/settings/keeping/").content.decode()


def test_only_admins_see_and_do_it(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    lead = signed_in(cast.ines)
    assert "All their data" not in lead.get(f"/people/{case.customer_id}/").content.decode()
    for deed in ("export", "erase", "hold"):
        assert lead.post(f"/people/{case.customer_id}/{deed}/").status_code == 403
