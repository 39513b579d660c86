"""The desk's own mail to its members."""

from __future__ import annotations

import threading

import pytest
from django.core.mail import send_mail
from django.test import override_settings
from structlog.testing import capture_logs

from amends.channels import accounts, desk_mail
from amends.channels.email import oauth
from amends.channels.email.settings import MailSettings
from amends.channels.local import maildir
from amends.channels.message import AccountSettings, OutgoingMessage, Receipt
from amends.channels.models import Account
from amends.kit import secrets
from tests.cast import Cast
from tests.peers.identity import running_identity

pytestmark = pytest.mark.django_db
OWN = override_settings(EMAIL_BACKEND="amends.channels.desk_mail.EmailBackend")


def wait_for_letters() -> None:
    for thread in threading.enumerate():
        if "_send" in thread.name:
            thread.join(10)


def test_a_letter_to_a_member_leaves_through_a_mailbox_of_the_desk(cast: Cast) -> None:
    with OWN:
        send_mail("Your place\nat the desk", "Follow this link.", None, ["delphine@desk.example"])
    wait_for_letters()
    folders = [Account.objects.get(pk=pk).settings["folder"] for pk in (cast.mailbox.pk, cast.other_mailbox.pk)]
    letters = [raw for folder in folders for raw in maildir.letters_for(folder, "delphine@desk.example")]
    assert len(letters) >= 1 and b"Follow this link." in letters[0]
    assert b"help@thimble.example" in letters[0]


class SignsIn:
    """An adapter that gets what it signs in with as the real one does, and notes it."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def send(self, account: AccountSettings, message: OutgoingMessage) -> Receipt:
        self.tokens.append(oauth.access_token(MailSettings.of(account)).value)
        return Receipt("250 taken")


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_a_lasting_key_that_changes_while_the_desk_writes_is_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that changes it at each use takes the old one no more: the mailbox would be shut out."""
    server = SignsIn()
    monkeypatch.setattr(desk_mail, "adapter_of", lambda kind: server)
    with running_identity() as provider:
        provider.answers = [
            (200, {"access_token": f"short-{turn}", "expires_in": 3600, "refresh_token": f"lasting-{turn}"})
            for turn in range(1, 4)
        ]
        fields = {"auth": "google", "client_id": "desk", "token_url": provider.token_url}
        hosts = {"imap_host": "imap.example.com", "imap_user": "desk", "smtp_host": "smtp.example.com"}
        Account.objects.filter(pk=cast.mailbox.pk).update(kind=Account.Kind.EMAIL, settings={**fields, **hosts})
        Account.objects.exclude(pk=cast.mailbox.pk).update(active=False)
        accounts.put_secret(cast.mailbox, refresh_token="lasting-0")
        cast.mailbox.save(update_fields=["sealed"])
        for _ in range(2):
            with OWN:
                send_mail("Your place", "Follow this link.", None, ["delphine@desk.example"])
            wait_for_letters()
    kept = Account.objects.get(pk=cast.mailbox.pk)
    assert secrets.unseal(kept.sealed)["refresh_token"] == "lasting-1"
    assert [asked["refresh_token"] for asked in provider.asked] == ["lasting-0"], "a good token is used again"
    assert server.tokens == ["short-1", "short-1"]


def test_a_mailbox_whose_password_no_key_opens_is_said_in_the_log(cast: Cast) -> None:
    Account.objects.update(sealed="v1.00000000.AAAA")
    with capture_logs() as said, OWN:
        send_mail("Your place", "Follow this link.", None, ["delphine@desk.example"])
        wait_for_letters()
    assert [one["event"] for one in said] == ["a letter to a member was not sent"]


def test_without_a_mailbox_nothing_is_sent_and_nothing_breaks(cast: Cast) -> None:
    Account.objects.update(active=False)
    with OWN:
        assert send_mail("A", "B", None, ["delphine@desk.example"]) == 0


def test_a_mailbox_without_trouble_is_preferred(cast: Cast) -> None:
    Account.objects.filter(pk=cast.mailbox.pk).update(trouble="It does not answer.")
    assert desk_mail.account() == cast.other_mailbox
