"""Who a session belongs to, and whether a password is theirs: allauth's way, with the question of every page prepared."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from amends.kit.prepared import prepared
from amends.people.models import Member


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Asked for on every page, so that a member who is switched off is out at once."""

    def get_user(self, user_id: Any) -> Member | None:
        """The member of this number, if they may sign in; None otherwise."""
        found = _members(int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@prepared
def _members(member_id: int) -> QuerySet[Member]:
    return Member.objects.filter(pk=member_id)
