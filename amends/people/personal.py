"""What the tables of people hold, and those of the packages that let members in. See `kit.personal`."""

from __future__ import annotations

from django.db.models import Q

from amends.kit.personal import BLANKED, GOES, NONE, SECRET, STAFF, Table

TABLES = [
    Table(
        "people.Customer",
        {"name": BLANKED, "language": BLANKED, "time_zone": BLANKED, "good_to_know": BLANKED},
        lambda who: Q(pk__in=who.people),
    ),
    Table(
        "people.Identity",
        {"kind": NONE, "value": GOES, "shown": GOES, "undeliverable_why": GOES},
        lambda who: Q(customer__in=who.people),
    ),
    Table("people.Tombstone", {"mark": NONE}),
    Table("people.ErasureOwed", {"mark": NONE}),
    Table("people.Desk", {"name": NONE}),
    Table(
        "people.Brand",
        dict.fromkeys(["name", "slug", "time_zone", "language", "colour", "signature", "acknowledgement"], NONE),
    ),
    Table("people.Connector", {"name": NONE, "url": NONE, "model": NONE, "sealed": SECRET}),
    Table("people.Partner", dict.fromkeys(["name", "kind", "contact", "phone", "email", "time_zone"], STAFF)),
    Table("people.Skill", {"name": NONE}),
    Table("people.SkillRule", dict.fromkeys(["words", "channel", "language", "topic"], NONE)),
    Table("people.Team", {"name": NONE}),
    Table(
        "people.Member",
        {
            "password": SECRET,
            **dict.fromkeys(["email", "name", "role", "title", "languages", "time_zone", "theme"], STAFF),
        },
    ),
    Table("people.Telling", {"hook": STAFF, "sealed": SECRET}),
    Table("people.Browser", {"endpoint": SECRET, "sealed": SECRET, "name": STAFF}),
    Table("people.PushKeys", {"public": NONE, "sealed": SECRET}),
    Table("people.Notice", {"way": NONE, "body": NONE, "said": NONE}),
    Table("people.Invite", {"sha256": SECRET}),
    Table("auth.Permission", {"name": NONE, "codename": NONE}),
    Table("auth.Group", {"name": NONE}),
    Table("contenttypes.ContentType", {"app_label": NONE, "model": NONE}),
    Table("sessions.Session", {"session_key": SECRET, "session_data": SECRET}),
    Table("account.EmailAddress", {"email": STAFF}),
    Table("account.EmailConfirmation", {"key": SECRET}),
    Table("mfa.Authenticator", {"type": STAFF, "data": SECRET}),
    Table(
        "usersessions.UserSession",
        {"session_key": SECRET, "ip": STAFF, "user_agent": STAFF, "data": STAFF},
    ),
]
