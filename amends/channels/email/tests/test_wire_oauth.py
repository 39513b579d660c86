"""Tokens from a provider (CH2): refreshed once, kept while good, and never shown."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from amends.channels.email.oauth import (
    Registration,
    access_token,
    authorise_url,
    exchange,
    forget,
    new_verifier,
    xoauth2,
)
from amends.channels.email.settings import MailSettings
from amends.channels.email.tests.offered import fetch
from amends.channels.message import AccountSettings, ChannelError
from tests.peers.accounts import reading_account
from tests.peers.dovecot import Dovecot
from tests.peers.identity import Identity, running_identity

pytestmark = pytest.mark.server


@pytest.fixture
def provider() -> Iterator[Identity]:
    with running_identity() as identity:
        identity.answers = [(200, {"access_token": "fresh", "expires_in": 3600})]
        yield identity


def settings(provider: Identity, *, auth: str = "google", **secret: str) -> MailSettings:
    fields = {
        "imap_host": "imap.example.com",
        "imap_user": "desk@desk.example",
        "smtp_host": "smtp.example.com",
        "auth": auth,
        "client_id": "desk",
        "token_url": provider.token_url,
    }
    secrets = {"client_secret": "x7canary-client", "refresh_token": "x7canary-refresh", **secret}
    return MailSettings.of(AccountSettings("desk@desk.example", "Desk", fields, secrets))


def test_a_refresh_token_is_turned_into_an_access_token(provider: Identity) -> None:
    token = access_token(settings(provider))
    assert token.value == "fresh"
    assert timedelta(minutes=59) < token.expires_at - datetime.now(UTC) <= timedelta(minutes=60)
    assert provider.asked == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "x7canary-refresh",
            "client_id": "desk",
            "client_secret": "x7canary-client",
        }
    ]


def test_a_good_token_is_used_again_until_it_is_refused(provider: Identity) -> None:
    account = settings(provider)
    access_token(account)
    access_token(account)
    assert len(provider.asked) == 1
    forget(account)
    access_token(account)
    assert len(provider.asked) == 2


def test_a_token_about_to_end_is_renewed(provider: Identity) -> None:
    provider.answers = [(200, {"access_token": "fresh", "expires_in": 60})]
    account = settings(provider)
    access_token(account)
    access_token(account)
    assert len(provider.asked) == 2


def test_the_accounts_own_token_is_used_while_it_is_good(provider: Identity) -> None:
    later, earlier = (datetime.now(UTC) + timedelta(hours=hours) for hours in (1, -1))
    own = settings(provider, access_token="own", access_token_expires=later.isoformat())
    assert access_token(own).value == "own"
    assert access_token(replace(own, access_token_expires=earlier)).value == "fresh"


def test_a_new_refresh_token_is_handed_on(provider: Identity) -> None:
    provider.answers = [(200, {"access_token": "fresh", "expires_in": 3600, "refresh_token": "next"})]
    assert access_token(settings(provider)).refresh_token == "next"


@pytest.mark.parametrize(
    ("status", "answer", "code", "permanent", "said"),
    [
        (400, {"error": "invalid_grant"}, "token", True, "sign in again"),
        (400, {"error": "interaction_required"}, "token", True, "sign in again"),
        (401, {"error": "invalid_client"}, "token", True, "client ID"),
        (503, {"error": "temporarily_unavailable"}, "connect", False, "no usable answer"),
        (200, {"token": "x"}, "connect", False, "no usable answer"),
        (200, {"access_token": "x\r\nA1 LOGOUT"}, "connect", False, "no usable answer"),
        (302, {"error": "x"}, "connect", False, "no usable answer"),
    ],
)
def test_a_refusal_is_told_in_plain_words(
    provider: Identity, status: int, answer: dict[str, object], code: str, permanent: bool, said: str
) -> None:
    provider.answers = [(status, answer)]
    with pytest.raises(ChannelError) as caught:
        access_token(settings(provider))
    assert (caught.value.code, caught.value.permanent) == (code, permanent)
    assert said in str(caught.value)
    assert "x7canary" not in str(caught.value) + repr(caught.value)


def test_a_provider_out_of_reach_is_for_later(provider: Identity) -> None:
    account = replace(settings(provider), token_url="http://127.0.0.1:1/token")
    with pytest.raises(ChannelError) as caught:
        access_token(account)
    assert (caught.value.code, caught.value.permanent) == ("connect", False)


@pytest.mark.parametrize(
    "url",
    ["http://example.com/token", "http://10.0.0.1/token", "ftp://localhost/token", "//localhost", "token"],
)
def test_tokens_are_asked_for_over_https_only(provider: Identity, url: str) -> None:
    with pytest.raises(ChannelError) as caught:
        access_token(replace(settings(provider), token_url=url))
    assert caught.value.code == "settings"


def test_the_token_place_cannot_be_in_our_own_network(provider: Identity) -> None:
    with pytest.raises(ChannelError) as caught:
        access_token(replace(settings(provider), token_url="https://169.254.169.254/token"))
    assert caught.value.code == "connect"


def test_no_token_shows_in_a_repr(provider: Identity) -> None:
    provider.answers = [(200, {"access_token": "x7canary-a", "refresh_token": "x7canary-b"})]
    token = access_token(settings(provider, refresh_token="other"))
    assert "x7canary" not in repr(token)
    assert xoauth2("ann", token) == b"user=ann\1auth=Bearer x7canary-a\1\1"


def test_consent_is_asked_for_with_state_and_challenge() -> None:
    verifier, challenge = new_verifier()
    url = urlsplit(authorise_url("microsoft", "desk", "https://desk.example/done", "s1", challenge, tenant="t.example"))
    question = {key: values[0] for key, values in parse_qs(url.query).items()}
    assert (url.scheme, url.hostname, url.path) == (
        "https",
        "login.microsoftonline.com",
        "/t.example/oauth2/v2.0/authorize",
    )
    assert question["state"] == "s1"
    assert question["code_challenge_method"] == "S256"
    assert question["redirect_uri"] == "https://desk.example/done"
    assert "offline_access" in question["scope"]
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    assert question["code_challenge"] == digest.rstrip(b"=").decode()


def test_google_is_asked_for_a_token_that_lasts() -> None:
    url = authorise_url("google", "desk", "https://desk.example/done", "s1", "c1")
    question = parse_qs(urlsplit(url).query)
    assert question["access_type"] == ["offline"]
    assert question["scope"] == ["https://mail.google.com/"]


@pytest.mark.parametrize(("provider_name", "tenant"), [("evil", "common"), ("microsoft", "../../evil.example")])
def test_consent_is_only_asked_at_known_places(provider_name: str, tenant: str) -> None:
    with pytest.raises(ChannelError) as caught:
        authorise_url(provider_name, "desk", "https://desk.example/done", "s1", "c1", tenant=tenant)
    assert caught.value.code == "settings"


def test_a_code_is_exchanged_with_its_verifier(provider: Identity) -> None:
    provider.answers = [(200, {"access_token": "a", "refresh_token": "r", "expires_in": 10})]
    registration = Registration("google", "desk", "x7canary", token_url=provider.token_url)
    token = exchange("code1", "verifier1", registration=registration, redirect_uri="https://desk.example/done")
    assert (token.value, token.refresh_token) == ("a", "r")
    assert provider.asked[0] == {
        "grant_type": "authorization_code",
        "code": "code1",
        "code_verifier": "verifier1",
        "redirect_uri": "https://desk.example/done",
        "client_id": "desk",
        "client_secret": "x7canary",
    }
    assert "x7canary" not in repr(registration)


@pytest.mark.imap
def test_a_fresh_token_opens_a_real_mailbox(dovecot: Dovecot, identity: Identity, user: str) -> None:
    identity.tokens["fresh-for-imap"] = user
    identity.answers = [(200, {"access_token": "fresh-for-imap", "expires_in": 3600})]
    account = reading_account(dovecot, user, auth="google", client_id="desk", token_url=identity.token_url)
    dovecot.deliver(user, b"Subject: Hello\r\n\r\nHello.\r\n")
    mails = list(fetch(replace(account, secret={"refresh_token": f"refresh-{user}"})))
    assert len(mails) == 1
