"""Brands, staff and customers."""

from amends.people.models.brands import Brand, Desk
from amends.people.models.customers import Customer, ErasureOwed, Identity, Tombstone
from amends.people.models.invites import Invite
from amends.people.models.staff import Member, Role, Skill, Team

__all__ = [
    "Brand",
    "Customer",
    "Desk",
    "ErasureOwed",
    "Identity",
    "Invite",
    "Member",
    "Role",
    "Skill",
    "Team",
    "Tombstone",
]
