"""Web push to a member's browser: encrypted for it alone (RFC 8291), in the desk's own name (RFC 8292)."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from amends.channels import outside_calls
from amends.channels.message import ChannelError
from amends.kit import secrets
from amends.people.models import Browser, PushKeys

KEEP = 12 * 3600
"""Seconds for which the push service keeps a message for a browser that is not there."""
LASTS = timedelta(hours=12)
GONE = (404, 410)
POINT, AUTH = 65, 16


def public_key() -> str:
    """The desk's public key, as a browser asks for it; made at the first call."""
    return _keys().public


def ready_key() -> str:
    """The same for a page, which changes nothing: empty until a worker has made it."""
    return PushKeys.objects.order_by("pk").values_list("public", flat=True).first() or ""


def keys_of(given: Mapping[str, Any]) -> dict[str, str]:
    """A browser's own keys, checked. Raises ValueError for what no browser gives."""
    found = {name: str(given.get(name) or "") for name in ("p256dh", "auth")}
    point, auth = (_bytes(found[name]) for name in ("p256dh", "auth"))
    if len(point) != POINT or len(auth) != AUTH:
        raise ValueError("keys of another length")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return found


def send(browser: Browser, body: Mapping[str, Any], now: datetime) -> None:
    """Push `body` (JSON) to one browser. Raises ChannelError, permanent when the browser is not there any more."""
    try:
        theirs = secrets.unseal(browser.sealed)
        keys = _keys()
        mine = load_pem_private_key(secrets.unseal(keys.sealed)["pem"].encode(), None)
    except (secrets.SecretError, KeyError) as error:
        raise ChannelError(str(error), permanent=True, code="settings") from error
    assert isinstance(mine, ec.EllipticCurvePrivateKey)
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEEP),
        "Urgency": "high",
        "Authorization": f"vapid t={_token(browser.endpoint, mine, now)}, k={keys.public}",
    }
    text = json.dumps(body, ensure_ascii=False).encode()
    status = outside_calls.post(browser.endpoint, encrypted(text, theirs), headers)
    if status in GONE:
        raise ChannelError(_("The browser does not take it any more."), permanent=True, code="gone")
    outside_calls.want_taken(status)


def encrypted(text: bytes, theirs: Mapping[str, str]) -> bytes:
    """`text` for the browser with the keys `theirs` alone: one record of aes128gcm (RFC 8188, 8291)."""
    once = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = http_ece.encrypt(
        text,
        salt=os.urandom(16),
        private_key=once,
        dh=_bytes(theirs["p256dh"]),
        auth_secret=_bytes(theirs["auth"]),
        version="aes128gcm",
    )
    return sealed


def _token(endpoint: str, key: ec.EllipticCurvePrivateKey, now: datetime) -> str:
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + LASTS).timestamp())}
    if settings.BASE_URL.startswith("https:"):  # the only kind of address that a push service takes as whom to ask
        claims["sub"] = settings.BASE_URL
    return jwt.encode(claims, key, algorithm="ES256")


def _keys() -> PushKeys:
    """The desk's own pair, made once."""
    with transaction.atomic():
        kept = PushKeys.objects.order_by("pk").first()
        if kept is None:
            key = ec.generate_private_key(ec.SECP256R1())
            pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
            point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            PushKeys.objects.get_or_create(
                pk=1, defaults={"public": _text(point), "sealed": secrets.seal({"pem": pem})}
            )
            kept = PushKeys.objects.order_by("pk")[0]
    return kept


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
