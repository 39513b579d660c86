"""What is not for a person. Pure; the reason is kept with the raw message and the line ends there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amends.channels.message import IncomingMessage


def reason_to_ignore(message: IncomingMessage, own_addresses: frozenset[str]) -> str | None:
    """Why nobody here has to read `message`; None for a person's message (reliability §3.3).

    A report about a letter of ours is none of these: the flow for bounces takes it before.
    """
    if message.sender.address.lower() in own_addresses:
        return _("It comes from one of our own addresses: answering it would go round in a circle.")
    if message.automatic is None:
        return None
    return str(_reasons().get(message.automatic, _("A machine wrote it.")))


def _reasons() -> dict[str, str]:
    return {
        "loop": _("It has been here before: answering it would go round in a circle."),
        "auto-reply": _("An automatic answer, such as an out-of-office note."),
        "list": _("A mailing list wrote it."),
        "bulk": _("It was sent to many at once."),
        "bounce": _("A delivery report that names no recipient."),
        "receipt": _("A note that a letter was opened or delivered."),
        "complaint-report": _("A mail provider's report about unwanted mail."),
        "auto-generated": _("A machine wrote it."),
    }
