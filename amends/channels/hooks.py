"""Webhooks: what we tell a program, signed so that it knows that it is us (HMAC-SHA256 over time and body)."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets as chance
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.channels import outside_calls

SIGNATURE, NUMBER = "Amends-Signature", "Amends-Delivery"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret that both sides know."""
    return f"whsec_{chance.token_urlsafe(SECRET_BYTES)}"


def send(url: str, secret: str, body: Mapping[str, Any], number: int, now: datetime) -> None:
    """Post `body` as JSON. `number` is the same at each try, so that who gets it twice can tell. Raises ChannelError."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    at = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        NUMBER: str(number),
        SIGNATURE: f"t={at},v1={sign(secret, at, content)}",
    }
    outside_calls.want_taken(outside_calls.post(url, content, headers))


def sign(secret: str, at: int, content: bytes) -> str:
    """The signature of `content` sent at `at` (Unix time): of ``TIME.CONTENT``, in hex."""
    return hmac.new(secret.encode(), f"{at}.".encode() + content, hashlib.sha256).hexdigest()
