"""One sentence for the next page, in a cookie that no other host of the domain can set (ASVS 3.3.1)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class Cookie(CookieStorage):
    """Django's own, under a name of ours."""

    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        return str(settings.MESSAGE_COOKIE_NAME)


class Flashes(FallbackStorage):
    """In the cookie; in the session when it grows too long for one."""

    storage_classes = (Cookie, SessionStorage)
