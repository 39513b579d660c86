"""One-time links by which a member sets a password: to join, or after forgetting it."""

from __future__ import annotations

from django.db import models

from amends.people.models.staff import Member


class Invite(models.Model):
    """A link for one member, good once and until `until`; only the hash of its secret is kept."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invites")
    sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.member_id} until {self.until:%Y-%m-%d %H:%M}"
