"""The customer says that it is not right: the case is a complaint, and a senior sees it (A084)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.models import Case, Entry, Naming
from amends.channels.message import IncomingMessage
from amends.clock import rungs
from amends.people.models import Member

TROUBLES = {
    "promise": gettext_lazy("Something promised did not happen"),
    "remedy": gettext_lazy("The solution does not fit"),
    "wrong": gettext_lazy("You have something wrong"),
    "treatment": gettext_lazy("How I was treated"),
    "senior": gettext_lazy("I want somebody senior to look at it"),
    "other": gettext_lazy("Something else"),
}
"""What is not right, nearest first; kept as the word on the left."""


def words(trouble: str, promised: str, more: str) -> str:
    """The customer's choice as a message that reads like one."""
    first = str(TROUBLES[trouble])
    if trouble == "promise" and promised:
        first = _("%(trouble)s: “%(act)s”") % {"trouble": first, "act": promised}
    return f"{first}.\n\n{more.strip()}".strip()


def facts(message: IncomingMessage) -> dict[str, Any]:
    """What the entry keeps of the trouble, for the timeline and for later rungs."""
    if not message.trouble:
        return {}
    return {"trouble": message.trouble, "about_promise": message.about_promise}


def mark(case: Case, entry: Entry) -> None:
    """Make the case a complaint and tell its owner and who reads it besides, in the caller's transaction."""
    case.kind = Case.Kind.COMPLAINT
    case.save(update_fields=["kind"])
    told = {member.pk: member for member in (case.owner, senior(case)) if member is not None}
    Naming.objects.bulk_create(Naming(entry=entry, member=member) for member in told.values())


def senior(case: Case) -> Member | None:
    """Who reads it besides the owner: who joined highest, else the team's lead. None when there is no other."""
    joined = [one.member for one in rungs.open_on(case) if one.member and one.member_id != case.owner_id]
    if joined:
        return joined[-1]
    lead = case.team.lead if case.team else None
    if lead is None or not lead.is_active or lead.pk == case.owner_id:
        return None
    return lead
