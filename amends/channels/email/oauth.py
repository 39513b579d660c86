"""Signing in to Google's and Microsoft's mail servers without a password (CH2): consent, refresh, XOAUTH2."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from amends.channels.email.settings import Auth, MailSettings, Server, wrong
from amends.channels.message import ChannelError

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True)
class Provider:
    """Where consent is asked for and where tokens are given; `{tenant}` is Microsoft's directory."""

    name: str
    authorise: str
    token: str
    scope: str
    extra: Mapping[str, str]
    """What the consent page must be told so that it gives a refresh token."""


PROVIDERS: Mapping[str, Provider] = {
    "google": Provider(
        name="Google",
        authorise="https://accounts.google.com/o/oauth2/v2/auth",
        token="https://oauth2.googleapis.com/token",  # noqa: S106
        scope="https://mail.google.com/",
        extra={"access_type": "offline", "prompt": "consent"},
    ),
    "microsoft": Provider(
        name="Microsoft",
        authorise="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        token="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",  # noqa: S106
        scope="https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
        extra={"prompt": "select_account"},
    ),
}

EARLY = timedelta(minutes=2)
"""A token is renewed this long before its end, so that it does not end in the middle of a conversation."""
SHORT = 300
"""Seconds to trust a token whose provider does not say how long it is good."""


@dataclass(frozen=True)
class Token:
    """An access token. `refresh_token` is set when the provider gave a new one, which replaces the old."""

    value: str = field(repr=False)
    expires_at: datetime
    refresh_token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Registration:
    """The desk as the provider knows it."""

    provider: Auth
    client_id: str
    client_secret: str = field(default="", repr=False)
    tenant: str = "common"
    token_url: str = ""
    """Another place to ask for tokens: https, or loopback for tests."""


def new_verifier() -> tuple[str, str]:
    """A PKCE verifier to keep in the session, and its S256 challenge to send along (RFC 7636)."""
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorise_url(
    provider: str, client_id: str, redirect_uri: str, state: str, challenge: str, *, tenant: str = "common"
) -> str:
    """Where to send the browser for consent. Raises ChannelError (``settings``) for an unknown provider."""
    known = _provider(provider)
    question = {
        "client_id": client_id,
        "response_type": "code",
        "redirect_uri": redirect_uri,
        "scope": known.scope,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **known.extra,
    }
    return f"{known.authorise.format(tenant=_tenant(tenant))}?{urlencode(question)}"


def exchange(code: str, verifier: str, *, registration: Registration, redirect_uri: str) -> Token:
    """The first tokens after consent. Raises ChannelError (``token`` when the code is no longer good)."""
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    return _ask(registration, {**form, "redirect_uri": redirect_uri})


def access_token(settings: MailSettings) -> Token:
    """A token that is good now: the account's own, the one got a while ago, or a fresh one.

    Raises ChannelError: permanent with code ``token`` when the owner must sign in again, else ``connect``.
    """
    now = datetime.now(UTC)
    if settings.access_token and (settings.access_token_expires or now) > now + EARLY:
        return Token(settings.access_token, settings.access_token_expires or now)
    if not settings.refresh_token:
        raise _sign_in_again(_provider(settings.auth).name)
    key = _cache_key(settings)
    held = _held.get(key)
    if held is None or held.expires_at <= now + EARLY:
        held = _refresh(settings)
        _held[key] = held
        if held.refresh_token:  # the account has this one from now on, and need not ask anew for it
            _held[_cache_key(replace(settings, refresh_token=held.refresh_token))] = held
    return held


def forget(settings: MailSettings) -> None:
    """The mail server refused the token: the next one must be fresh."""
    _held.pop(_cache_key(settings), None)


def xoauth2(user: str, token: Token) -> bytes:
    """What the client says in AUTHENTICATE XOAUTH2, before base64."""
    return f"user={user}\1auth=Bearer {token.value}\1\1".encode()


def refused_token(server: Server) -> ChannelError:
    """The mail server does not accept the provider's token for this user."""
    sentence = _("%(host)s no longer accepts the sign-in for %(user)s: sign in again on the mailbox’s page.")
    what = {"host": server.host, "user": server.user}
    return ChannelError(sentence % what, permanent=True, code="token")


# No lock: two threads that refresh at once each get a good token, and nobody waits for another's provider.
_held: dict[str, Token] = {}


def _cache_key(settings: MailSettings) -> str:
    parts = (settings.auth, settings.tenant, settings.client_id, settings.token_url, settings.refresh_token)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _refresh(settings: MailSettings) -> Token:
    registration = Registration(
        provider=settings.auth,
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        tenant=settings.tenant,
        token_url=settings.token_url,
    )
    form = {"grant_type": "refresh_token", "refresh_token": settings.refresh_token}
    return _ask(registration, form)


def _ask(registration: Registration, form: dict[str, str]) -> Token:
    from amends.kit import http as web  # noqa: PLC0415 - slow to load, and most mailboxes have a password

    provider = _provider(registration.provider)
    url = registration.token_url or provider.token.format(tenant=_tenant(registration.tenant))
    allowed = _checked_host(url)
    form = {**form, "client_id": registration.client_id}
    if registration.client_secret:
        form["client_secret"] = registration.client_secret
    try:
        with web.client(allow_private=allowed) as http:
            # A redirect would carry the secrets to wherever it points.
            response = http.post(url, data=form, follow_redirects=False)
    except web.HTTPError:
        sentence = _("The sign-in service of %(name)s could not be reached.") % {"name": provider.name}
        raise ChannelError(sentence, permanent=False, code="connect") from None
    return _understood(response, provider)


def _understood(response: httpx.Response, provider: Provider) -> Token:
    answer = _json(response)
    error = str(answer.get("error") or "")
    if error in ("invalid_grant", "interaction_required", "consent_required", "login_required"):
        raise _sign_in_again(provider.name)
    if error in ("invalid_client", "unauthorized_client", "invalid_scope", "invalid_request"):
        sentence = _("%(name)s does not accept the client ID or client secret of this desk.")
        raise ChannelError(sentence % {"name": provider.name}, permanent=True, code="token")
    value = answer.get("access_token")
    if response.status_code != 200 or not isinstance(value, str) or not _is_token(value):
        sentence = _("The sign-in service of %(name)s gave no usable answer.") % {"name": provider.name}
        raise ChannelError(sentence, permanent=False, code="connect")
    lasts = answer.get("expires_in")
    seconds = int(lasts) if isinstance(lasts, int | float) and 0 < lasts < 10**7 else SHORT
    expires_at = datetime.now(UTC) + timedelta(seconds=seconds)
    return Token(value, expires_at, str(answer.get("refresh_token") or ""))


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _is_token(value: str) -> bool:
    # A control character would let the provider's answer write commands to the mail server.
    return re.fullmatch(r"[\x21-\x7e]+", value) is not None


def _sign_in_again(name: str) -> ChannelError:
    sentence = _("%(name)s no longer lets Amends into this mailbox: sign in again on its page.")
    return ChannelError(sentence % {"name": name}, permanent=True, code="token")


def _provider(name: str) -> Provider:
    if name not in PROVIDERS:
        raise wrong(_("Amends can sign in with Google or Microsoft, not with “%(name)s”.") % {"name": name})
    return PROVIDERS[name]


def _tenant(tenant: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", tenant):
        return tenant
    raise wrong(_("“%(tenant)s” cannot be the name of a Microsoft directory.") % {"tenant": tenant})


def _checked_host(url: str) -> frozenset[str]:
    """The hosts that may be private: the token place itself, and only if it is this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _is_loopback(host) and parts.scheme in ("http", "https"):
        return frozenset({host})
    if host and parts.scheme == "https":
        return frozenset()
    raise wrong(_("The field “token_url” must begin with https."))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
