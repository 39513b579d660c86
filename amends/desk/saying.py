"""How something was said: the icon of a channel, and its name for those who listen."""

from __future__ import annotations

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CHANNELS: dict[str, tuple[str, Promise]] = {
    "email": ("mail", _("By mail")),
    "form": ("message-square", _("On the contact form")),
    "phone": ("phone", _("By phone")),
    "letter": ("file-text", _("By letter")),
    "person": ("user-round", _("In person")),
}


def channel(code: str) -> tuple[str, str]:
    """Icon and label; a channel that we do not know is a message."""
    return channel_in(code, get_language())


@lru_cache(100)
def channel_in(code: str, language: str | None) -> tuple[str, str]:
    """The same, for whoever asks often and knows the language that is spoken now."""
    icon, label = CHANNELS.get(code, ("message-circle", _("In a message")))
    return icon, str(label)
