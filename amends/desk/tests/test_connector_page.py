"""Whom the house asks for suggestions: off by default, its key sealed, tried before it is trusted (S10, S35)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from amends.audit.models import Record
from amends.desk.tests.desk_time import HTMX, SignIn
from amends.kit import secrets
from amends.people.models import Brand, Connector
from tests.cast import Cast
from tests.peers import completions as peer
from tests.peers.completions import Model, error

pytestmark = pytest.mark.django_db
PAGE, TRY = "/settings/suggestions/", "/settings/suggestions/try/"


@pytest.fixture
def admin(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.marguerite)


@pytest.fixture
def model(settings: Settings) -> Iterator[Model]:
    settings.CONNECTOR_HOSTS = ["127.0.0.1"]
    with peer.running() as running:
        yield running


def typed(cast: Cast, **other: Any) -> dict[str, Any]:
    usual = {"name": "Cellar", "url": "https://api.example.com/v1", "model": "tiny-1", "key": "sk-x7canary"}
    return {**usual, "drafts": "on", "summaries": "on", "masks": "on", "brands": [cast.thimble.pk], **other}


def test_it_is_off_until_a_brand_is_ticked(cast: Cast, admin: Client) -> None:
    assert "Off: no word leaves the desk for a suggestion" in admin.get(PAGE).content.decode()
    admin.post(PAGE, typed(cast, brands=[]))
    assert "Off: no word leaves the desk" in admin.get(PAGE).content.decode()
    assert Connector.objects.count() == 1 and not Brand.objects.exclude(connector=None).exists()


def test_it_is_saved_and_written_to_the_log_with_its_key_sealed(cast: Cast, admin: Client) -> None:
    assert admin.post(PAGE, typed(cast)).status_code == 303
    connector = Connector.objects.get()
    assert "canary" not in connector.sealed and secrets.unseal(connector.sealed) == {"key": "sk-x7canary"}
    assert list(connector.brands.all()) == [cast.thimble]
    record = Record.objects.latest("number")
    assert (record.verb, record.facts["name"]) == ("connector.changed", "Cellar")
    assert {"key", "url", "brands"} <= set(record.facts["fields"]) and "canary" not in str(record.facts)
    page = admin.get(PAGE).content.decode()
    assert "On for Thimble &amp; Thorn" in page and "Kept. Leave empty to keep it." in page
    assert "canary" not in page


def test_an_empty_key_keeps_the_one_there_is_and_another_brand_may_be_ticked(cast: Cast, admin: Client) -> None:
    admin.post(PAGE, typed(cast))
    admin.post(PAGE, typed(cast, key="", model="tiny-2", brands=[cast.vantry.pk], url="https://api.example.com/v2/"))
    connector = Connector.objects.get()
    assert secrets.unseal(connector.sealed) == {"key": "sk-x7canary"}
    assert (connector.model, connector.url) == ("tiny-2", "https://api.example.com/v2")
    assert list(connector.brands.all()) == [cast.vantry]


@pytest.mark.server
def test_a_kept_key_is_not_sent_to_another_server_nor_kept_for_it(cast: Cast, admin: Client, model: Model) -> None:
    admin.post(PAGE, typed(cast))
    elsewhere = typed(cast, key="", url=model.url)
    assert "It says" in admin.post(TRY, elsewhere, headers=HTMX).content.decode()
    assert "authorization" not in model.asked[0][1]
    admin.post(PAGE, elsewhere)
    assert Connector.objects.get().sealed == ""


@pytest.mark.server
def test_try_it_shows_what_it_says_and_keeps_nothing(cast: Cast, admin: Client, model: Model) -> None:
    model.key, model.says = "sk-x7canary", "Hello! <b>I</b> answer."
    said = admin.post(TRY, typed(cast, url=f"{model.url}/chat/completions"), headers=HTMX).content.decode()
    assert "It says: “Hello! &lt;b&gt;I&lt;/b&gt; answer.”" in said
    whole = admin.post(TRY, typed(cast, url=model.url)).content.decode()
    assert "I&lt;/b&gt; answer." in whole and "<html" in whole
    assert not Connector.objects.exists()
    assert "Rosalind" not in model.words_asked()


@pytest.mark.server
def test_try_it_says_what_is_wrong(cast: Cast, admin: Client, model: Model, settings: Settings) -> None:
    model.replies = [error(429, "insufficient_quota", "insufficient_quota")]
    asked = typed(cast, url=model.url)
    assert "used up" in admin.post(TRY, asked, headers=HTMX).content.decode()
    model.key = "another"
    assert "does not accept the key" in admin.post(TRY, asked, headers=HTMX).content.decode()
    missing = admin.post(TRY, typed(cast, url=""), headers=HTMX)
    assert missing.status_code == 422 and "Not tried yet" in missing.content.decode()
    settings.CONNECTOR_HOSTS = []
    private = admin.post(TRY, typed(cast, url="https://127.0.0.1/v1"), headers=HTMX).content.decode()
    assert "name its host in AMENDS_CONNECTOR_HOSTS" in private


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("url", "api.example.com", "Write a whole address"),
        ("url", "http://api.example.com/v1", "Plain http is only for hosts"),
        ("url", "http://127.0.0.1:11434/v1", "AMENDS_CONNECTOR_HOSTS"),
        ("url", "https://me:secret@api.example.com/v1", "Write a whole address"),
        ("url", "https://api.example.com/v1?key=x", "Write a whole address"),
        ("url", "https://[::1/v1", "Write a whole address"),
        ("url", "https://api.example.com:x/v1", "Write a whole address"),
        ("key", "sk x7", "This is no key"),
        ("key", "sk-ключ", "This is no key"),
        ("name", "", "required"),
        ("brands", ["9000001"], "valid choice"),
    ],
)
def test_what_cannot_be_is_refused_in_words(cast: Cast, admin: Client, field: str, value: str, says: str) -> None:
    for url in (PAGE, TRY):
        answer = admin.post(url, typed(cast, **{field: value}))
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert not Connector.objects.exists()


def test_a_key_that_no_key_file_opens_can_be_typed_anew(cast: Cast, admin: Client) -> None:
    admin.post(PAGE, typed(cast))
    Connector.objects.update(sealed="v1.00000000.nothing")
    assert admin.get(PAGE).status_code == 200
    admin.post(PAGE, typed(cast, key="sk-new"))
    assert secrets.unseal(Connector.objects.get().sealed) == {"key": "sk-new"}


def test_only_admins_say_who_is_asked(cast: Cast, signed_in: SignIn) -> None:
    for member in (cast.ines, cast.delphine, cast.carline):
        browser = signed_in(member)
        assert browser.get(PAGE).status_code == 403
        assert browser.post(PAGE, typed(cast)).status_code == 403
        assert browser.post(TRY, typed(cast)).status_code == 403
    assert not Connector.objects.exists()
