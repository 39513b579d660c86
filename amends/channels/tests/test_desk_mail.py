"""The desk's own mail to its members."""

from __future__ import annotations

import threading

import pytest
from django.core.mail import send_mail
from django.test import override_settings

from amends.channels import desk_mail
from amends.channels.local import maildir
from amends.channels.models import Account
from tests.cast import Cast

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


def test_without_a_mailbox_nothing_is_sent_and_nothing_breaks(cast: Cast) -> None:
    Account.objects.update(active=False)
    with OWN:
        assert send_mail("A", "B", None, ["delphine@desk.example"]) == 0


def test_a_mailbox_without_trouble_is_preferred(cast: Cast) -> None:
    Account.objects.filter(pk=cast.mailbox.pk).update(trouble="It does not answer.")
    assert desk_mail.account() == cast.other_mailbox
