"""Mailboxes, their live test, the provider's consent, and what lies at the desk's edge."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from amends.channels import accounts, inbox
from amends.channels.models import Account, Delivery, Kept
from amends.desk.forms.mailbox import FORMS
from amends.flows import tasks
from amends.kit import blobs, secrets
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, mail

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


@pytest.fixture
def admin(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.marguerite)


def typed(cast: Cast, **more: object) -> dict[str, object]:
    """A whole mailbox form."""
    return {
        "brand": cast.thimble.pk,
        "name": "Thimble & Thorn",
        "address": "orders@thimble.example",
        "auth": "password",
        "password": "hunter2-canary",
        "imap_host": "127.0.0.1",
        "imap_security": "tls",
        "imap_port": "1",
        "imap_folder": "INBOX",
        "after": "seen",
        "smtp_host": "127.0.0.1",
        "smtp_security": "starttls",
        "smtp_port": "1",
        **more,
    }


def saved_mailbox(cast: Cast, admin: Client, **more: object) -> Account:
    admin.post("/settings/mail/new/email/", typed(cast, **more))
    return Account.objects.get(address="orders@thimble.example")


def test_a_mailbox_is_saved_with_its_password_sealed(cast: Cast, admin: Client) -> None:
    account = saved_mailbox(cast, admin)
    assert (account.kind, account.settings["imap_user"]) == ("email", "orders@thimble.example")
    assert "canary" not in json.dumps(account.settings) + account.sealed
    assert secrets.unseal(account.sealed) == {"password": "hunter2-canary"}


def test_a_kept_password_never_comes_out_again(cast: Cast, admin: Client) -> None:
    account = saved_mailbox(cast, admin)
    page = admin.get(f"/settings/mail/{account.pk}/").content.decode()
    assert "canary" not in page and "Kept. Leave empty to keep it." in page


def test_an_empty_password_keeps_the_one_there_is(cast: Cast, admin: Client) -> None:
    account = saved_mailbox(cast, admin)
    admin.post(f"/settings/mail/{account.pk}/", typed(cast, password="", name="Orders"))
    account.refresh_from_db()
    assert account.name == "Orders"
    assert secrets.unseal(account.sealed) == {"password": "hunter2-canary"}


def test_a_kept_password_is_not_sent_to_another_server(cast: Cast, admin: Client) -> None:
    account = saved_mailbox(cast, admin)
    moved = typed(cast, password="", imap_host="elsewhere.example.net")
    for url in (f"/settings/mail/{account.pk}/", f"/settings/mail/test/email/{account.pk}/"):
        answer = admin.post(url, moved)
        assert answer.status_code == 422 and b"Write its password again" in answer.content
    account.refresh_from_db()
    assert account.settings["imap_host"] == "127.0.0.1"


@pytest.mark.parametrize("host", ["imap_host", "smtp_host"])
def test_a_providers_token_is_not_sent_to_another_server(cast: Cast, admin: Client, host: str) -> None:
    account = saved_mailbox(cast, admin, auth="google", client_id="desk-1", client_secret="cs-canary", password="")
    accounts.put_secret(account, refresh_token="rt-canary", access_token="at-canary")
    account.save()
    moved = typed(cast, auth="google", client_id="desk-1", password="", **{host: "elsewhere.example.net"})
    form = FORMS[Account.Kind.EMAIL](moved, instance=account)
    assert form.is_valid()
    assert set(form.as_typed().secret) == {"client_secret"}
    admin.post(f"/settings/mail/{account.pk}/", moved)
    account.refresh_from_db()
    assert secrets.unseal(account.sealed) == {"client_secret": "cs-canary"}


def test_a_new_password_is_kept_though_the_old_one_cannot_be_opened(cast: Cast, admin: Client) -> None:
    account = saved_mailbox(cast, admin)
    Account.objects.filter(pk=account.pk).update(sealed="v1.00000000.nothing")
    admin.post(f"/settings/mail/{account.pk}/", typed(cast, password="another one"))
    account.refresh_from_db()
    assert secrets.unseal(account.sealed) == {"password": "another one"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("address", "not an address", "not a mail address"),
        ("address", "help@thimble.example", "already"),
        ("password", "", "Without a password"),
        ("auth", "google", "register the desk there"),
        ("after", "move", "Name the folder"),
        ("imap_port", "0", "greater than or equal to 1"),
    ],
)
def test_a_mailbox_that_cannot_work_is_refused(cast: Cast, admin: Client, field: str, value: str, said: str) -> None:
    answer = admin.post("/settings/mail/new/email/", typed(cast, **{field: value}))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert Account.objects.filter(kind="email").count() == 0


def test_the_live_test_names_the_step_that_fails_and_saves_nothing(cast: Cast, admin: Client) -> None:
    answer = admin.post("/settings/mail/test/email/", typed(cast), headers={"HX-Request": "true"})
    said = answer.content.decode()
    assert "Receiving" in said and "Sending" in said and "Does not work" in said
    assert "canary" not in said and "<html" not in said
    assert not Account.objects.filter(address="orders@thimble.example").exists()


def test_the_live_test_works_without_script(cast: Cast, admin: Client) -> None:
    page = admin.post("/settings/mail/test/email/", typed(cast)).content.decode()
    assert "Does not work" in page and "<html" in page and "orders@thimble.example" in page
    assert "canary" not in page


def test_a_test_of_half_a_form_says_what_is_missing(cast: Cast, admin: Client) -> None:
    answer = admin.post("/settings/mail/test/email/", typed(cast, imap_host=""), headers={"HX-Request": "true"})
    assert answer.status_code == 422 and b"Not tried yet" in answer.content


def test_a_local_mailbox_gets_its_folder(cast: Cast, admin: Client) -> None:
    asked = {"brand": cast.thimble.pk, "name": "Try", "address": "try@thimble.example", "folder": "/etc"}
    admin.post("/settings/mail/new/local/", asked)
    folder = Account.objects.get(address="try@thimble.example").settings["folder"]
    assert folder.endswith("/local-mail") and not folder.startswith("/etc")


def test_a_forwarding_mailbox_tells_the_exact_command(cast: Cast, admin: Client) -> None:
    asked = typed(cast, smtp_password="canary", ca_file="/etc/ssl/own.pem")
    admin.post("/settings/mail/new/forwarded/", asked)
    account = Account.objects.get(address="orders@thimble.example")
    page = admin.get(f"/settings/mail/{account.pk}/").content.decode()
    assert "amends mail take - --to orders@thimble.example" in page
    assert account.kind == "forwarded" and "imap_host" not in account.settings
    assert account.settings["ca_file"] == "/etc/ssl/own.pem"


def test_a_forwarding_mailbox_is_tested_for_sending_only(cast: Cast, admin: Client) -> None:
    answer = admin.post("/settings/mail/test/forwarded/", typed(cast), headers={"HX-Request": "true"})
    said = answer.content.decode()
    assert "Sending" in said and "Receiving" not in said


def test_a_preset_fills_the_servers_in(cast: Cast, admin: Client) -> None:
    page = admin.get("/settings/mail/new/email/?preset=google").content.decode()
    assert "imap.gmail.com" in page and "smtp.gmail.com" in page


def test_a_mailbox_is_taken_out_of_use_and_back(cast: Cast, admin: Client) -> None:
    url = f"/settings/mail/{cast.mailbox.pk}/switch/"
    admin.post(url, {"on": "no"})
    assert accounts.account_for("help@thimble.example") is None
    admin.post(url, {"on": "yes"})
    assert accounts.account_for("help@thimble.example") == cast.mailbox


class TokenPlace(BaseHTTPRequestHandler):
    """A provider's token endpoint of our own; remembers what it was asked."""

    asked: list[dict[str, list[str]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        TokenPlace.asked.append(parse_qs(body))
        answer = json.dumps({"access_token": "at-1", "refresh_token": "rt-1", "expires_in": 3600}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def google(cast: Cast, admin: Client) -> Iterator[Account]:
    """A mailbox that asks the token place for its tokens."""
    TokenPlace.asked = []
    server = HTTPServer(("127.0.0.1", 0), TokenPlace)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    account = saved_mailbox(cast, admin, auth="google", client_id="desk-1", client_secret="cs-canary", password="")
    account.settings["token_url"] = f"http://127.0.0.1:{server.server_port}/token"
    account.save()
    yield account
    server.shutdown()
    server.server_close()


def begin(admin: Client, account: Account) -> dict[str, list[str]]:
    """Press "Sign in with Google" and read where the browser is sent."""
    answer = admin.post(f"/settings/mail/{account.pk}/consent/")
    assert answer["Location"].startswith("https://accounts.google.com/")
    return parse_qs(urlsplit(answer["Location"]).query)


@pytest.mark.server
def test_consent_brings_lasting_keys_and_keeps_them_sealed(google: Account, admin: Client) -> None:
    asked = begin(admin, google)
    assert asked["code_challenge_method"] == ["S256"] and len(asked["state"][0]) >= 43
    admin.get("/settings/mail/agreed/", {"state": asked["state"][0], "code": "code-1"})
    google.refresh_from_db()
    kept = secrets.unseal(google.sealed)
    assert (kept["refresh_token"], kept["access_token"], kept["client_secret"]) == ("rt-1", "at-1", "cs-canary")
    assert TokenPlace.asked[0]["code_verifier"] and TokenPlace.asked[0]["code"] == ["code-1"]


@pytest.mark.server
def test_a_state_is_good_once(google: Account, admin: Client) -> None:
    state = begin(admin, google)["state"][0]
    admin.get("/settings/mail/agreed/", {"state": state, "code": "code-1"})
    admin.get("/settings/mail/agreed/", {"state": state, "code": "code-2"})
    assert [asked["code"] for asked in TokenPlace.asked] == [["code-1"]]


@pytest.mark.server
@pytest.mark.parametrize("state", ["", "wrong", "ü"])
def test_a_wrong_state_asks_nobody_for_a_token(google: Account, admin: Client, state: str) -> None:
    begin(admin, google)
    admin.get("/settings/mail/agreed/", {"state": state, "code": "code-1"})
    assert TokenPlace.asked == []


@pytest.mark.server
def test_a_state_belongs_to_the_session_that_began(
    google: Account, admin: Client, cast: Cast, signed_in: SignIn
) -> None:
    state = begin(admin, google)["state"][0]
    signed_in(cast.marguerite).get("/settings/mail/agreed/", {"state": state, "code": "code-1"})
    assert TokenPlace.asked == []


@pytest.mark.server
def test_a_state_is_too_old_after_ten_minutes(google: Account, admin: Client) -> None:
    state = begin(admin, google)["state"][0]
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1), tick=False):
        admin.get("/settings/mail/agreed/", {"state": state, "code": "code-1"})
    assert TokenPlace.asked == []


@pytest.mark.server
def test_the_page_of_a_mailbox_lets_its_form_lead_to_the_provider_only(google: Account, admin: Client) -> None:
    policy = admin.get(f"/settings/mail/{google.pk}/")["Content-Security-Policy"]
    allowed = next(part for part in policy.split(";") if "form-action" in part)
    assert set(allowed.split()[1:]) == {"'self'", "https://accounts.google.com", "https://login.microsoftonline.com"}


def kept_outside(cast: Cast, state: str, reason: str = "an automatic answer", key: str = "1") -> Kept:
    raw = mail(subject="Away =?utf-8?q?until_M=C3=A4rz?=", key=key)
    kept = inbox.keep(cast.mailbox, raw, source="test", now=TUESDAY)
    kept.state, kept.reason = state, reason
    kept.save()
    return kept


def test_mail_that_stayed_outside_is_shown_with_its_reason_and_as_it_came(cast: Cast, admin: Client) -> None:
    kept = kept_outside(cast, Kept.State.IGNORED)
    page = admin.get("/settings/mail/outside/").content.decode()
    assert "Away until März" in page and "An automatic answer" in page and "rosalind@example.com" in page
    raw = admin.get(f"/settings/mail/outside/{kept.pk}/raw/")
    assert raw.getvalue() == mail(subject="Away =?utf-8?q?until_M=C3=A4rz?=")
    assert "attachment" in raw["Content-Disposition"] and "sandbox" in raw["Content-Security-Policy"]


def test_ignored_mail_is_taken_in_after_all_once(cast: Cast, admin: Client) -> None:
    kept = kept_outside(cast, Kept.State.IGNORED)
    admin.post(f"/settings/mail/outside/{kept.pk}/again/")
    kept.refresh_from_db()
    assert kept.state == Kept.State.TAKEN and kept.entry is not None
    assert kept.entry.case.customer == cast.rosalind
    assert admin.post(f"/settings/mail/outside/{kept.pk}/again/").status_code == 404


def test_a_mail_whose_bytes_are_lost_hides_no_other(cast: Cast, admin: Client) -> None:
    """As after a disk that failed: the page says it, and the others can be read."""
    lost, whole = kept_outside(cast, Kept.State.IGNORED), kept_outside(cast, Kept.State.UNREADABLE, key="2")
    blobs.path_of(lost.sha256).unlink()
    page = admin.get("/settings/mail/outside/").content.decode()
    assert f"outside/{lost.pk}/" in page and f"outside/{whole.pk}/" in page
    assert admin.get(f"/settings/mail/outside/{lost.pk}/raw/").status_code == 404
    answer = admin.post(f"/settings/mail/outside/{lost.pk}/again/", follow=True)
    assert answer.status_code == 200 and "bytes are lost" in answer.content.decode()
    assert Kept.objects.get(pk=lost.pk).state == Kept.State.IGNORED


def test_of_mail_that_was_erased_nothing_lies_outside(cast: Cast, admin: Client) -> None:
    kept = kept_outside(cast, Kept.State.IGNORED)
    Kept.objects.filter(pk=kept.pk).update(sha256="")
    page = admin.get("/settings/mail/outside/")
    assert page.status_code == 200 and f"outside/{kept.pk}/" not in page.content.decode()
    assert admin.post(f"/settings/mail/outside/{kept.pk}/again/").status_code == 404


def test_unreadable_mail_is_read_again(cast: Cast, admin: Client) -> None:
    kept = kept_outside(cast, Kept.State.UNREADABLE)
    admin.post(f"/settings/mail/outside/{kept.pk}/again/")
    kept.refresh_from_db()
    assert (kept.state, kept.tries) == (Kept.State.WAITING, 0)


def test_a_letter_that_failed_is_put_on_its_way_again(cast: Cast, admin: Client) -> None:
    kept = kept_outside(cast, Kept.State.IGNORED)
    admin.post(f"/settings/mail/outside/{kept.pk}/again/")
    kept.refresh_from_db()
    assert kept.entry is not None
    delivery = Delivery.objects.create(
        entry=kept.entry,
        case=kept.entry.case,
        account=cast.mailbox,
        message_id="<amends.1@thimble.example>",
        recipients=["rosalind@example.com"],
        state=Delivery.State.FAILED,
        tries=9,
        told=True,
        next_try_at=TUESDAY,
        said="550 no such mailbox",
    )
    assert "550 no such mailbox" in admin.get("/undelivered/").content.decode()
    admin.post(f"/undelivered/{delivery.pk}/again/")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.told) == (Delivery.State.WAITING, 0, False)


def test_unreadable_mail_leads_to_the_case_that_asks_somebody_to_look_at_it(cast: Cast, admin: Client) -> None:
    kept = inbox.keep(cast.mailbox, b"Received: from machine.example\n\n" + bytes(300), source="test", now=TUESDAY)
    tasks.take_in_waiting(TUESDAY)
    kept.refresh_from_db()
    assert kept.aside is not None
    page = admin.get("/settings/mail/outside/").content.decode()
    assert "Could not be read" in page and "no sender, no subject, no words" in page
    assert f'href="/cases/{kept.aside.pk}/"' in page


def test_spam_is_held_for_thirty_days_and_let_in_by_one_click_with_the_time_at_which_it_came(
    cast: Cast, admin: Client
) -> None:
    """Reliability 3.3, spam flag."""
    cast.mailbox.settings["authserv"] = "mx.thimble.example"
    cast.mailbox.save()
    came = timezone.now() - timedelta(days=29)
    kept = inbox.keep(cast.mailbox, mail(headers="X-Spam-Flag: YES\n"), source="t", now=came)
    tasks.take_in_waiting(came)
    kept.refresh_from_db()
    assert (kept.state, kept.reason, kept.entry) == (Kept.State.IGNORED, "spam", None)
    assert "Your mail server marked it as spam" in admin.get("/settings/mail/outside/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert "marked it as spam" not in admin.get("/settings/mail/outside/").content.decode()

    admin.post(f"/settings/mail/outside/{kept.pk}/again/")
    kept.refresh_from_db()
    assert kept.entry is not None and kept.entry.at == came
    assert kept.entry.case.next_step.who is not None


def test_the_test_fills_in_who_checks_senders_from_mail_that_came(cast: Cast, admin: Client) -> None:
    for key in "abc":
        inbox.keep(
            cast.mailbox,
            mail(key=key, headers="Authentication-Results: mx.ours.example; dmarc=pass\n"),
            source=key,
            now=TUESDAY,
        )
    asked = {"brand": cast.thimble.pk, "name": "Thimble", "address": cast.mailbox.address}
    url = f"/settings/mail/test/local/{cast.mailbox.pk}/"
    part = admin.post(url, asked, headers={"HX-Request": "true"}).content.decode()
    assert 'value="mx.ours.example"' in part and "hx-swap-oob" in part
    page = admin.post(url, asked).content.decode()
    assert 'value="mx.ours.example"' in page
    written = admin.post(url, {**asked, "authserv": "mx.other.example"}, headers={"HX-Request": "true"})
    assert "hx-swap-oob" not in written.content.decode()


def test_who_checks_senders_and_plus_addresses_are_kept_with_the_mailbox(cast: Cast, admin: Client) -> None:
    account = saved_mailbox(cast, admin, authserv=" MX.ours.example ", plus_addresses="on")
    assert (account.settings["authserv"], account.settings["plus_addresses"]) == ("mx.ours.example", True)
    refused = admin.post(f"/settings/mail/{account.pk}/", typed(cast, password="", authserv="mx.ours.example <b>"))
    assert refused.status_code == 422 and "no name of a server" in refused.content.decode()
