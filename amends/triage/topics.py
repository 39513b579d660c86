"""What letters are about, in words of ours (model C6); the reader finds it (`reader.topic`)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOPICS: dict[str, Promise] = {
    "safety": _("safety"),
    "money": _("money"),
    "order": _("the order"),
    "product": _("the product"),
    "remedy": _("how it is put right"),
    "reaching us": _("our service: reaching us"),
    "manner": _("our service: how they were treated"),
}
"""A complaint about the service itself is a topic of its own (A204)."""


def words_of(topic: str) -> str:
    """A topic in words; one that is not known as it stands."""
    return str(TOPICS.get(topic, topic))
