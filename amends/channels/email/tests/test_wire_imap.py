"""Hearing mail from a real Dovecot (CH1, reliability 3.3)."""

from __future__ import annotations

import imaplib
import ssl
from pathlib import Path

import pytest

from amends.channels.email.imap import Fetched
from amends.channels.email.tests.offered import fetch
from amends.channels.message import AccountSettings, ChannelError
from tests.peers.accounts import reading_account
from tests.peers.certificates import certificate_for
from tests.peers.dovecot import Dovecot
from tests.peers.identity import Identity

pytestmark = pytest.mark.imap

MB = 1024 * 1024


def letter(subject: str) -> bytes:
    return f"From: ann@example.com\r\nSubject: {subject}\r\n\r\nThe kettle leaks.\r\n".encode()


def subjects(mails: list[Fetched]) -> list[str]:
    lines = [line for mail in mails for line in mail.header.decode().splitlines()]
    return [line.removeprefix("Subject: ") for line in lines if line.startswith("Subject: ")]


def take(account: AccountSettings) -> list[Fetched]:
    """All that is offered, each acknowledged."""
    mails = []
    for mail in fetch(account):
        mail.acknowledge()
        mails.append(mail)
    return mails


def folder_of(server: Dovecot, user: str, folder: str = "INBOX") -> dict[str, str]:
    """UID → flags, seen with another client."""
    context = ssl.create_default_context(cafile=str(server.certificate.authority))
    with imaplib.IMAP4_SSL(server.host, server.imaps_port, ssl_context=context) as client:
        client.login(user, server.password)
        client.select(folder, readonly=True)
        _, data = client.uid("FETCH", "1:*", "(FLAGS)")
        lines = [line.decode() for line in data if isinstance(line, bytes)]
    return {line.split("UID ")[1].split()[0]: line.split("FLAGS ")[1] for line in lines}


def test_acknowledged_mail_is_seen_and_not_offered_again(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, letter("One"))
    account = reading_account(dovecot, user)
    (mail,) = take(account)
    assert mail.raw is not None
    assert mail.raw.endswith(b"The kettle leaks.\r\n")
    assert (mail.uid, mail.size) == ("1", len(mail.raw))
    assert mail.key == f"{mail.uidvalidity}/1"
    assert mail.uidvalidity.isdigit()
    assert "\\Seen" in folder_of(dovecot, user)["1"]
    assert take(account) == []


def test_mail_that_is_not_acknowledged_stays_unseen(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, letter("One"))
    account = reading_account(dovecot, user)
    assert len(list(fetch(account))) == 1
    assert "\\Seen" not in folder_of(dovecot, user)["1"]
    assert len(list(fetch(account))) == 1


def test_a_caller_that_dies_half_way_is_offered_the_rest_again(dovecot: Dovecot, user: str) -> None:
    for subject in ("One", "Two", "Three"):
        dovecot.deliver(user, letter(subject))
    account = reading_account(dovecot, user)
    offered = fetch(account)
    next(offered).acknowledge()
    next(offered)
    offered.close()
    assert subjects(take(account)) == ["Two", "Three"]


def test_mail_comes_oldest_first_by_number_not_by_text(dovecot: Dovecot, user: str) -> None:
    wanted = [f"Mail {number}" for number in range(12)]
    for subject in wanted:
        dovecot.deliver(user, letter(subject))
    assert subjects(take(reading_account(dovecot, user))) == wanted


def test_mail_larger_than_allowed_stays_on_the_server(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, letter("Film") + b"x" * 76 * 20 + (b"y" * 76 + b"\r\n") * (40 * MB // 78))
    dovecot.deliver(user, letter("Small"))
    account = reading_account(dovecot, user)
    large, small = take(account)
    assert large.raw is None
    assert large.size > 35 * MB
    assert subjects([large, small]) == ["Film", "Small"]
    assert "\\Seen" not in folder_of(dovecot, user)[large.uid]
    assert [mail.uid for mail in fetch(account)] == [large.uid]
    assert list(fetch(account, skip={large.key})) == []


def test_mail_exactly_as_large_as_allowed_is_taken(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, letter("One"))
    account = reading_account(dovecot, user)
    size = next(fetch(account)).size
    assert next(fetch(account, max_bytes=size)).raw is not None
    assert next(fetch(account, max_bytes=size - 1)).raw is None


def test_mail_deleted_by_somebody_else_meanwhile_is_passed_over(dovecot: Dovecot, user: str) -> None:
    for subject in ("One", "Two"):
        dovecot.deliver(user, letter(subject))
    account = reading_account(dovecot, user)
    offered = fetch(account)
    next(offered).acknowledge()
    with imaplib.IMAP4(dovecot.host, dovecot.imap_port) as other:
        other.login(user, dovecot.password)
        other.select()
        other.uid("STORE", "2", "+FLAGS", "\\Deleted")
        other.expunge()
    assert list(offered) == []


def test_taken_mail_can_be_moved_to_another_folder(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, letter("One"))
    account = reading_account(dovecot, user, after="move", move_to="Done")
    assert subjects(take(account)) == ["One"]
    assert folder_of(dovecot, user) == {}
    assert len(folder_of(dovecot, user, "Done")) == 1


def test_moving_works_without_the_move_command(bare_dovecot: Dovecot, user: str) -> None:
    bare_dovecot.deliver(user, letter("One"))
    account = bare_account(bare_dovecot, user, after="move", move_to="Done")
    assert subjects(take(account)) == ["One"]
    assert list(fetch(account)) == []


def test_mail_read_by_a_person_is_still_taken_where_taken_mail_is_moved(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, letter("One"))
    take(reading_account(dovecot, user))
    assert subjects(take(reading_account(dovecot, user, after="move", move_to="Done"))) == ["One"]


def test_mail_marked_for_deletion_by_others_is_not_expunged(dovecot: Dovecot, user: str) -> None:
    for subject in ("One", "Two"):
        dovecot.deliver(user, letter(subject))
    with imaplib.IMAP4(dovecot.host, dovecot.imap_port) as other:
        other.login(user, dovecot.password)
        other.select()
        other.uid("STORE", "1", "+FLAGS", "\\Deleted")
    take(reading_account(dovecot, user))
    assert "\\Deleted" in folder_of(dovecot, user)["1"]


def test_starttls_fetches_too(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, letter("One"))
    account = reading_account(dovecot, user, imap_port=dovecot.imap_port, imap_security="starttls")
    assert subjects(take(account)) == ["One"]


def test_names_and_folders_beyond_ascii_work(dovecot: Dovecot, user: str) -> None:
    account = reading_account(dovecot, user, imap_folder="Größe")
    with imaplib.IMAP4(dovecot.host, dovecot.imap_port) as other:
        other.login(user, dovecot.password)
        other.create("Gr&APYA3w-e")
    assert list(fetch(account)) == []


def test_a_wrong_password_is_for_the_owner_to_mend(dovecot: Dovecot, user: str) -> None:
    for password in ("wrong-secret", "falsches-Paßwort", 'quo"te\\d'):
        error = failure(reading_account(dovecot, user, password=password))
        assert (error.code, error.permanent) == ("auth", True)
        assert user in str(error)
        assert password not in str(error) + repr(error)


def test_an_untrusted_certificate_is_refused(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    stranger = certificate_for(tmp_path, "localhost")
    for trusted in ("", str(stranger.authority)):
        error = failure(reading_account(dovecot, user, ca_file=trusted))
        assert (error.code, error.permanent) == ("tls", True)
        assert "authority" in str(error)


def test_starttls_never_falls_back_to_plain(bare_dovecot: Dovecot, user: str) -> None:
    error = failure(bare_account(bare_dovecot, user, imap_security="starttls"))
    assert (error.code, error.permanent) == ("tls", True)
    assert "STARTTLS" in str(error)
    assert user not in bare_dovecot.log()


def test_plain_speech_on_a_tls_port_is_named(bare_dovecot: Dovecot, user: str) -> None:
    error = failure(bare_account(bare_dovecot, user, imap_security="tls"))
    assert (error.code, error.permanent) == ("tls", True)
    assert "without TLS" in str(error)


def test_a_missing_folder_is_named(dovecot: Dovecot, user: str) -> None:
    for fields in ({"imap_folder": "Nowhere"}, {"after": "move", "move_to": "Nowhere"}):
        error = failure(reading_account(dovecot, user, **fields))
        assert (error.code, error.permanent) == ("folder", True)
        assert "Nowhere" in str(error)


def test_a_host_that_is_not_there_is_named(dovecot: Dovecot, user: str) -> None:
    error = failure(reading_account(dovecot, user, imap_host="imap.does-not-exist.invalid"))
    assert error.code == "host"
    assert "imap.does-not-exist.invalid" in str(error)


def test_a_closed_port_is_for_later(dovecot: Dovecot, user: str) -> None:
    error = failure(reading_account(dovecot, user, imap_port=1))
    assert (error.code, error.permanent) == ("connect", False)


def test_a_provider_token_signs_in(dovecot: Dovecot, user: str, identity: Identity) -> None:
    identity.tokens["token-of-today"] = user
    dovecot.deliver(user, letter("One"))
    assert subjects(take(token_account(dovecot, user, "token-of-today"))) == ["One"]


def test_a_refused_token_asks_the_owner_to_sign_in_again(dovecot: Dovecot, user: str) -> None:
    error = failure(token_account(dovecot, user, "token-of-yesterday"))
    assert (error.code, error.permanent) == ("token", True)
    assert "sign in again" in str(error)
    assert "token-of-yesterday" not in str(error)


def failure(account: AccountSettings) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        take(account)
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    return caught.value


def bare_account(server: Dovecot, user: str, **more: str) -> AccountSettings:
    fields = {"imap_security": "none", **more}
    return reading_account(server, user, imap_port=server.imap_port, **fields)


def token_account(server: Dovecot, user: str, token: str) -> AccountSettings:
    account = reading_account(server, user, auth="google", client_id="desk")
    secret = {"access_token": token, "access_token_expires": "2999-01-01T00:00:00+00:00"}
    return AccountSettings(user, "Desk", account.settings, secret)
