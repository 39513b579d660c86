"""Where a member is signed in, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from amends.people.models import Member

BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
"""What stands in the browser's own line → its name; the first that fits, since most claim to be several."""
SYSTEMS = [
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac")),
    ("Linux", "Linux"),
]


@dataclass(frozen=True)
class Place:
    """One browser in which a member is signed in."""

    name: str
    ip: str
    created_at: datetime
    here: bool


def of_member(member: Member, current: str | None) -> list[Place]:
    """Every place where the member is signed in, the newest first; sessions that ended are forgotten."""
    open_ones = UserSession.objects.purge_and_list(member)
    return [
        Place(browser(session.user_agent), session.ip, session.created_at, session.session_key == current)
        for session in sorted(open_ones, key=lambda session: session.created_at, reverse=True)
    ]


def browser(line: str) -> str:
    """A browser's own line → "Firefox on Linux"."""
    name = next((name for sign, name in BROWSERS if sign in line), "")
    system = next((name for sign, name in SYSTEMS if sign in line), "")
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or _("A browser that does not tell its name")
