"""Ears: how long a mailbox is left alone after a hang-up, and the local mailbox's port."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Sequence
from datetime import datetime

import pytest

from amends.cases.models import Entry
from amends.channels import accounts, inbox
from amends.channels.email import adapter as email
from amends.channels.inbox import Offered
from amends.channels.message import ChannelError
from amends.channels.models import Account, Kept
from amends.flows import listening, tasks
from amends.flows.listening import Ears, pause_after
from amends.kit.disk import NoRoom
from tests.cast import TUESDAY, Cast, mail
from tests.peers.ports import free_ports
from tests.peers.scripted import Script, Talk, imap_script, running_script

# Listening closes old connections; PostgreSQL's must not be the one that holds the test's own transaction.
talks = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("before", "well_for", "pause"),
    [
        (0.0, 0.0, 2.0),
        (2.0, 0.0, 4.0),
        (256.0, 0.0, 300.0),
        (300.0, 0.0, 300.0),
        (300.0, 59.0, 300.0),
        (300.0, 60.0, 2.0),
        (300.0, 7200.0, 2.0),
    ],
)
def test_a_server_that_was_well_for_a_minute_is_asked_again_soon(before: float, well_for: float, pause: float) -> None:
    assert pause_after(before, well_for) == pause


@pytest.mark.server
@talks
@pytest.mark.parametrize(("well_after", "pauses"), [(0.0, [2.0, 2.0, 2.0]), (60.0, [2.0, 4.0, 8.0])])
def test_only_time_in_which_the_server_answered_counts(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, well_after: float, pauses: list[float]
) -> None:
    monkeypatch.setattr(listening, "WELL_AFTER", well_after)
    with running_script(_hangs_up()) as port:
        assert _pauses(_mailbox(cast, port)) == pauses


@pytest.mark.server
@talks
def test_a_server_that_never_answers_is_left_alone_longer_and_longer(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "WELL_AFTER", 0.001)
    with running_script(lambda talk: talk.say("* BYE Not now.")) as port:
        assert _pauses(_mailbox(cast, port)) == [2.0, 4.0, 8.0]


@talks
@pytest.mark.parametrize("mended", [False, True])
def test_what_was_wrong_with_settings_that_are_mended_is_not_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, mended: bool
) -> None:
    """A server takes its time to refuse a password: meanwhile somebody may have written the right one."""
    account = _mailbox(cast, 1)

    def refused(*_given: object) -> None:
        if mended:
            other = Account.objects.get(pk=account.pk)
            accounts.put_secret(other, password="the right one")
            other.save(update_fields=["sealed"])
        raise ChannelError("It refuses the password.", permanent=False, code="auth")

    monkeypatch.setattr(email, "listen", refused)
    assert _pauses(account) == [2.0, 4.0, 8.0]
    told = Account.objects.get(pk=account.pk)
    assert (told.trouble, told.cannot_hear) == (("", False) if mended else ("It refuses the password.", True))


@pytest.mark.server
def test_the_local_port_is_opened_as_soon_as_it_is_free(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "LOOK_EVERY", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ears = Ears(threading.Event(), smtp_port=port)
        ears.look_again()
    try:
        ears.look_again()
        with smtplib.SMTP("127.0.0.1", port, "ann.example", timeout=10) as smtp:
            assert smtp.noop()[0] == 250
    finally:
        ears.close()


def test_a_desk_without_a_local_mailbox_opens_no_port(cast: Cast) -> None:
    Account.objects.filter(kind=Account.Kind.LOCAL).delete()
    (port,) = free_ports(1)
    ears = Ears(threading.Event(), smtp_port=port)
    ears.look_again()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    ears.close()


class Impatient(threading.Event):
    """Is set after three pauses, and does not sit them out."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0.0)
        if len(self.pauses) == 3:
            self.set()
        return self.is_set()


def _pauses(account: Account) -> list[float]:
    stop = Impatient()
    listening.hear(account, stop)
    return stop.pauses


def _mailbox(cast: Cast, port: int) -> Account:
    settings = {"imap_host": "127.0.0.1", "imap_port": port, "imap_security": "none", "imap_user": "desk"}
    account = Account(brand=cast.thimble, kind=Account.Kind.EMAIL, name="Desk", address="desk@thimble.example")
    account.settings = {**settings, "smtp_host": "localhost"}
    account.save()
    return account


def _hangs_up() -> Script:
    """A server whose folder is empty, and which hangs up when asked to wait."""

    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            tag, command = line.split(" ", 1)
            if command.startswith("CAPABILITY"):
                talk.say("* CAPABILITY IMAP4rev1 IDLE")
            elif command.startswith("SELECT"):
                talk.say("* 0 EXISTS\r\n* OK [UIDVALIDITY 7] Valid.")
            elif command.startswith("UID SEARCH"):
                talk.say("* SEARCH")
            elif command == "IDLE":
                return
            talk.say(f"{tag} OK Done.")

    return script


@pytest.mark.server
def test_a_mailbox_that_numbers_its_mails_anew_doubles_none(cast: Cast) -> None:
    """UIDVALIDITY changed, or a second run began before the first had marked anything: the bytes tell."""
    raw = mail().replace(b"\n", b"\r\n")
    other = mail("Another.", key="2").replace(b"\n", b"\r\n")
    for validity, uids in (("7", (4, 5)), ("8", (1, 2)), ("8", (1, 2))):
        answers = {
            uid: (len(text), f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(text)}}}\r\n".encode() + text + b")\r\n")
            for uid, text in zip(uids, (raw, other), strict=True)
        }
        with running_script(imap_script(messages=answers, validity=validity)) as port:
            account = Account.objects.update_or_create(
                kind=Account.Kind.EMAIL,
                address="post@thimble.example",
                defaults={"brand": cast.thimble, "name": "Post", "settings": _plain(port)},
            )[0]
            accounts.put_secret(account, password="open-sesame")
            account.save()
            assert listening.fetch_all(account) == 2
    assert Kept.objects.filter(account=account).count() == 2
    tasks.take_in_waiting(TUESDAY)
    assert Entry.objects.filter(kind="contact.in").count() == 2


def _serving(spoken: list[str], *keys: str) -> Script:
    texts = {number: mail(key=key).replace(b"\n", b"\r\n") for number, key in enumerate(keys, start=1)}
    answers = {
        uid: (len(text), f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(text)}}}\r\n".encode() + text + b")\r\n")
        for uid, text in texts.items()
    }
    return imap_script(messages=answers, spoken=spoken)


def _account(cast: Cast, port: int) -> Account:
    account = Account(brand=cast.thimble, kind=Account.Kind.EMAIL, name="Post", address="post@thimble.example")
    account.settings = _plain(port)
    accounts.put_secret(account, password="open-sesame")
    account.save()
    return account


@pytest.mark.server
def test_a_backlog_is_kept_ever_more_at_once_and_marked_only_after_that(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr(listening, "TOGETHER", 3)
    keep_all = inbox.keep_all

    def watched(account: Account, offered: Sequence[Offered], *, now: datetime) -> list[Kept]:
        kept = keep_all(account, offered, now=now)
        spoken.append(f"kept {len(kept)}")
        return kept

    monkeypatch.setattr(inbox, "keep_all", watched)
    with running_script(_serving(spoken, *"abcdefgh")) as port:
        assert listening.fetch_all(_account(cast, port)) == 8
    told = [line for line in spoken if "kept" in line or "STORE" in line]
    assert [line for line in told if "kept" in line] == ["kept 1", "kept 2", "kept 3", "kept 2"]
    marked = [sum("STORE" in line for line in told[: told.index(line)]) for line in ("kept 1", "kept 3")]
    assert marked == [0, 3], "each mark comes after its own mails are kept"
    assert sum("STORE" in line for line in told) == Kept.objects.filter(account__address="post@thimble.example").count()


@pytest.mark.server
def test_a_backlog_that_cannot_be_kept_is_not_marked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str] = []

    def full(*args: object, **how: object) -> None:
        raise NoRoom

    monkeypatch.setattr(inbox, "keep_all", full)
    with running_script(_serving(spoken, "a", "b")) as port, pytest.raises(NoRoom):
        listening.fetch_all(_account(cast, port))
    assert not any("STORE" in line for line in spoken)
    assert not Kept.objects.filter(account__address="post@thimble.example").exists()


def _plain(port: int) -> dict[str, object]:
    server = {"imap_host": "127.0.0.1", "imap_port": port, "imap_security": "none", "imap_user": "desk"}
    return {**server, "smtp_host": "localhost"}
