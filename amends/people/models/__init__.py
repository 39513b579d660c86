"""Brands, staff and customers."""

from amends.people.models.brands import Brand
from amends.people.models.connector import Connector
from amends.people.models.customers import Customer, ErasureOwed, Identity, Tombstone
from amends.people.models.desk import Desk
from amends.people.models.invites import Invite
from amends.people.models.partners import Partner
from amends.people.models.skills import SkillRule
from amends.people.models.staff import Member, Role, Rung, Skill, Team
from amends.people.models.telling import Browser, Notice, PushKeys, Telling

__all__ = [
    "Brand",
    "Browser",
    "Connector",
    "Customer",
    "Desk",
    "ErasureOwed",
    "Identity",
    "Invite",
    "Member",
    "Notice",
    "Partner",
    "PushKeys",
    "Role",
    "Rung",
    "Skill",
    "SkillRule",
    "Team",
    "Telling",
    "Tombstone",
]
