"""Let Google or Microsoft say that the desk may open a mailbox (CH2, S11; ASVS 10.1.2, 10.2.1)."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amends.channels import accounts
from amends.channels.email import oauth
from amends.channels.email.settings import Auth
from amends.channels.message import ChannelError
from amends.channels.models import Account
from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.views.settings.frame import saved, see_other
from amends.kit.secrets import unseal

KEY = "mailbox_consent"
GOOD_FOR = timedelta(minutes=10)


@require_POST
@wants("mailboxes.edit")
def consent(request: DeskRequest, account_id: int) -> HttpResponseBase:
    """Go to the provider's page. The state is good once, for ten minutes, in this session only."""
    account = get_object_or_404(Account, pk=account_id, kind=Account.Kind.EMAIL)
    verifier, challenge = oauth.new_verifier()
    state = secrets.token_urlsafe(32)
    now = timezone.now().timestamp()
    request.session[KEY] = {"state": state, "verifier": verifier, "account": account.pk, "at": now}
    known = account.settings
    try:
        url = oauth.authorise_url(
            str(known.get("auth", "")),
            str(known.get("client_id", "")),
            _callback(),
            state,
            challenge,
            tenant=str(known.get("tenant") or "common"),
        )
    except ChannelError as error:
        messages.error(request, str(error))
        return _back(account)
    return see_other(url)


@require_GET
@wants("mailboxes.edit")
def consent_given(request: DeskRequest) -> HttpResponseBase:
    """The provider sent the browser back: change the code for tokens, and keep them sealed."""
    kept: dict[str, Any] | None = request.session.pop(KEY, None)
    if kept is None or not _is_ours(request, kept):
        messages.error(request, _("This sign-in was not begun here, or is older than ten minutes. Begin it again."))
        return see_other(reverse("mailboxes"))
    account = get_object_or_404(Account, pk=kept["account"], kind=Account.Kind.EMAIL)
    code = request.GET.get("code", "")
    if not code:
        messages.error(request, _("The provider did not agree. Nothing was changed. Begin again when you are ready."))
        return _back(account)
    try:
        token = oauth.exchange(code, kept["verifier"], registration=_registration(account), redirect_uri=_callback())
    except ChannelError as error:
        messages.error(request, str(error))
        return _back(account)
    return _keep(request, account, token)


def _keep(request: DeskRequest, account: Account, token: oauth.Token) -> HttpResponseBase:
    if not token.refresh_token:
        messages.error(
            request, _("The provider gave no lasting key. Remove the desk’s access there, then begin again.")
        )
        return _back(account)
    accounts.put_secret(
        account,
        refresh_token=token.refresh_token,
        access_token=token.value,
        access_token_expires=token.expires_at.isoformat(),
    )
    account.trouble, account.trouble_since = "", None
    account.cannot_hear = account.cannot_speak = False
    with transaction.atomic():
        account.save(update_fields=["sealed", "trouble", "trouble_since", "cannot_hear", "cannot_speak"])
        audited.wrote(request, "mailbox.consented", account, name=account.address)
    return saved(request, "mailbox", account.pk)


def _is_ours(request: DeskRequest, kept: dict[str, Any]) -> bool:
    given = request.GET.get("state", "")
    young = abs(timezone.now().timestamp() - kept["at"]) <= GOOD_FOR.total_seconds()
    return young and hmac.compare_digest(given.encode(), str(kept["state"]).encode())


def _registration(account: Account) -> oauth.Registration:
    known = account.settings
    return oauth.Registration(
        provider=cast("Auth", known.get("auth", "")),
        client_id=str(known.get("client_id", "")),
        client_secret=unseal(account.sealed).get("client_secret", ""),
        tenant=str(known.get("tenant") or "common"),
        token_url=str(known.get("token_url", "")),
    )


def _callback() -> str:
    return settings.BASE_URL + reverse("consent_given")


def _back(account: Account) -> HttpResponseBase:
    return see_other(reverse("mailbox", args=[account.pk]))
