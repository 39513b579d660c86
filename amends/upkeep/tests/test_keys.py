"""Secrets at rest: a key with a number, a new one under load, and a start that is refused (S35)."""

from __future__ import annotations

import base64
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.db import connection, connections
from django.db.models import TextField
from pytest_django import Settings

from amends.channels import accounts, push
from amends.channels.models import Account
from amends.kit import secrets
from amends.people.models import Browser, Connector, PushKeys, Telling
from amends.upkeep import keys
from tests.cast import TUESDAY, Cast

pytestmark = pytest.mark.django_db
CANARIES = [f"x7canary-{number:02}" for number in range(20)]


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: Settings) -> Path:
    settings.SECRETS_KEY_FILE = tmp_path / "keys" / "secrets.key"
    return tmp_path / "keys" / "secrets.key"


@pytest.fixture
def sealed(cast: Cast) -> Iterator[Account]:
    """A mailbox with its password, and a member with an authenticator app and recovery codes."""
    accounts.put_secret(cast.mailbox, password="x7canary-mail", refresh_token="x7canary-refresh")
    cast.mailbox.save()
    TOTP.activate(cast.bo, "X7CANARYTOTPSECRET")
    RecoveryCodes.activate(cast.bo)
    yield cast.mailbox


def texts() -> list[str]:
    return [text for row in keys.sealed() for text in row.texts]


def test_what_is_sealed_opens_again_and_names_its_key() -> None:
    text = secrets.seal({"password": "x7"})
    assert secrets.unseal(text) == {"password": "x7"}
    assert secrets.number_of(text) == secrets.keys()[0].number
    assert "x7" not in text.split(".")[2]


def test_two_seals_of_one_secret_differ() -> None:
    assert secrets.seal_text("x7") != secrets.seal_text("x7")


def test_every_changed_byte_is_an_error_and_never_plain_text() -> None:
    text = secrets.seal_text("x7canary")
    version, number, body = text.split(".")
    raw = base64.urlsafe_b64decode(body)
    for place in range(len(raw)):
        changed = bytes([*raw[:place], raw[place] ^ 1, *raw[place + 1 :]])
        with pytest.raises(secrets.SecretError):
            secrets.unseal_text(f"{version}.{number}.{base64.urlsafe_b64encode(changed).decode()}")
    for other in ("x7canary", "", f"v0.{number}.{body}", f"{version}.00000000.{body}", text[:-8], f"{text}.", "v1.."):
        with pytest.raises(secrets.SecretError):
            secrets.unseal_text(other)


def test_a_key_that_is_too_short_is_none(key_file: Path) -> None:
    key_file.parent.mkdir()
    key_file.write_text(base64.urlsafe_b64encode(b"short").decode())
    with pytest.raises(secrets.SecretError, match="holds no key"):
        secrets.seal_text("x7")


def test_a_new_key_seals_everything_anew_and_the_old_one_is_gone(sealed: Account, key_file: Path) -> None:
    before, old = texts(), key_file.read_text()
    number = keys.rotate(pause=lambda _seconds: None)
    assert set(keys.in_use()) == {number}
    assert not set(before) & set(texts())
    assert old.strip() not in key_file.read_text()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    sealed.refresh_from_db()
    assert secrets.unseal(sealed.sealed) == {"password": "x7canary-mail", "refresh_token": "x7canary-refresh"}
    totp = Authenticator.objects.get(type="totp").wrap()
    assert secrets.unseal_text(totp.instance.data["secret"]) == "X7CANARYTOTPSECRET"
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == 10


def test_a_key_that_cannot_open_all_is_not_changed(sealed: Account, key_file: Path) -> None:
    key_file.write_text(secrets.new_line())
    held = key_file.read_text()
    with pytest.raises(keys.CannotChange, match="does not open what is sealed"):
        keys.rotate(pause=lambda _seconds: None)
    assert key_file.read_text() == held


@pytest.mark.parametrize("moment", ["before its new key is in the file", "while it seals anew"])
def test_of_two_who_change_the_key_at_once_the_second_is_refused_and_nothing_is_lost(
    sealed: Account, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """The first has read the old keys and made its own; the second would come and go, and its key with it."""
    make_key, told, begun = secrets.new_line, list[str](), list[str]()

    def another() -> None:
        if begun:
            return
        begun.append("once")
        try:
            keys.rotate(pause=lambda _seconds: None)
        except keys.CannotChange as error:
            told.append(str(error))

    def make_key_slowly() -> str:
        another()
        return make_key()

    if moment.startswith("before"):
        monkeypatch.setattr(secrets, "new_line", make_key_slowly)
        number = keys.rotate(pause=lambda _seconds: None)
    else:
        number = keys.rotate(pause=lambda _seconds: another())
    assert keys.shut() == []
    assert set(keys.in_use()) == {number}
    assert told == ["Another command is using the keys just now. Wait until it is done, and do it again if need be."]
    assert keys.rotate(pause=lambda _seconds: None) != number, "the lock ends with who held it"


def test_nothing_is_given_up_while_the_key_changes(sealed: Account) -> None:
    """What was read under the old key and looked for under the new one would be taken for lost."""

    def give_up(_seconds: float) -> None:
        with pytest.raises(keys.CannotChange, match="Another command is using the keys"):
            keys.forget()

    keys.rotate(pause=give_up)
    assert Authenticator.objects.filter(user__email="bo@desk.example").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_new_key_loses_nothing_that_is_changed_meanwhile(sealed: Account) -> None:
    """The canary of §7: passwords are saved all the while that the key changes, three times over."""
    stop, wrong = threading.Event(), list[str]()

    def settle(_seconds: float) -> None:
        stop.wait(0.2)

    def save_again_and_again() -> None:
        try:
            turn = 0
            while not stop.wait(0.002):
                turn += 1
                account = Account.objects.get(pk=sealed.pk)
                if secrets.unseal(account.sealed).get("refresh_token") != "x7canary-refresh":
                    wrong.append("lost")
                accounts.put_secret(account, password=f"x7canary-{turn}")
                account.save(update_fields=["sealed"])
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    thread = threading.Thread(target=save_again_and_again)
    thread.start()
    try:
        for _turn in range(3):
            keys.rotate(pause=settle)
    finally:
        stop.set()
        thread.join()
    assert not wrong
    assert len(keys.in_use()) == 1
    sealed.refresh_from_db()
    assert secrets.unseal(sealed.sealed)["refresh_token"] == "x7canary-refresh"


def test_no_secret_lies_open_in_the_database(cast: Cast) -> None:
    """Twenty canaries as passwords, tokens and second factors: none of them is in any row of any table."""
    for number, canary in enumerate(CANARIES[:18]):
        account = Account.objects.create(
            brand=cast.thimble, kind=Account.Kind.EMAIL, name="x", address=f"box{number}@thimble.example"
        )
        accounts.put_secret(account, password=canary, client_secret=canary[::-1])
        account.save()
    TOTP.activate(cast.bo, CANARIES[18])
    TOTP.activate(cast.ines, CANARIES[19])
    held = everything()
    assert "box17@thimble.example" in held
    assert not [canary for canary in CANARIES if canary in held or canary[::-1] in held]


def everything() -> str:
    """Every value of every row."""
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            words += [repr(row) for row in cursor.fetchall()]
    return "\n".join(words)


def test_a_start_without_the_key_is_refused_and_makes_none(sealed: Account, key_file: Path) -> None:
    key_file.unlink()
    assert keys.trouble().startswith(f"The key file {key_file} is missing (help@thimble.example, bo@desk.example")
    assert not key_file.exists()


def test_a_start_with_another_key_is_refused(sealed: Account, key_file: Path) -> None:
    key_file.write_text(secrets.new_line())
    assert "does not open what is sealed in the database (help@thimble.example" in keys.trouble()


def test_a_desk_without_secrets_starts_without_a_key(cast: Cast) -> None:
    assert keys.trouble() == ""


def test_what_no_key_opens_can_be_given_up(sealed: Account, key_file: Path) -> None:
    key_file.write_text(secrets.new_line())
    assert keys.forget() == ["help@thimble.example", "bo@desk.example", "bo@desk.example"]
    assert keys.trouble() == ""
    sealed.refresh_from_db()
    assert sealed.sealed == ""
    assert not Authenticator.objects.exists()


def test_what_an_older_version_kept_open_is_sealed(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.bo, type="totp", data={"secret": "X7OPEN"})
    keys.seal_what_lies_open()
    data = Authenticator.objects.get().data
    assert "X7OPEN" not in repr(data)
    assert secrets.unseal_text(data["secret"]) == "X7OPEN"


def test_every_sealed_field_has_its_place() -> None:
    """Whoever adds one adds it to `upkeep.keys`, or a new key would leave it behind."""
    sealed_fields = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, TextField) and "sealed" in field.name
    }
    ways_to_members = {f"people.{name}.sealed" for name in ("Telling", "Browser", "PushKeys")}
    assert sealed_fields == {"channels.Account.sealed", "people.Connector.sealed"} | ways_to_members


def test_what_alarms_go_out_with_is_sealed_anew_and_may_be_forgotten(cast: Cast, key_file: Path) -> None:
    public = push.public_key()
    hook = Telling.objects.create(member=cast.bo, hook="https://a.example/", sealed=secrets.seal({"secret": "x7"}))
    Browser.objects.create(member=cast.bo, endpoint="https://b.example/", sealed=secrets.seal({}), since=TUESDAY)
    number = keys.rotate(pause=lambda _seconds: None)
    hook.refresh_from_db()
    assert secrets.unseal(hook.sealed) == {"secret": "x7"} and set(keys.in_use()) == {number}
    assert push.public_key() == public
    key_file.unlink()
    secrets.keys()
    assert len(keys.forget()) == 3
    hook.refresh_from_db()
    assert (hook.hook, hook.sealed) == ("", "") and not Browser.objects.exists() and not PushKeys.objects.exists()


def test_the_key_of_who_is_asked_for_suggestions_is_sealed_anew_and_may_be_forgotten(key_file: Path) -> None:
    sealed = secrets.seal({"key": "sk-x7"})
    connector = Connector.objects.create(name="Cellar", url="https://a.example/v1", model="tiny", sealed=sealed)
    number = keys.rotate(pause=lambda _seconds: None)
    connector.refresh_from_db()
    assert secrets.unseal(connector.sealed) == {"key": "sk-x7"} and set(keys.in_use()) == {number}
    assert "sk-x7" not in everything()
    key_file.unlink()
    assert "(Cellar)" in keys.trouble()
    secrets.keys()
    assert keys.forget() == ["Cellar"]
    connector.refresh_from_db()
    assert (connector.sealed, connector.name) == ("", "Cellar")
