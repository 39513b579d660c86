"""What happened on the ladder, to offers and to people, in one line each (see `events_shown`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.models import Entry
from amends.desk.ladder_shown import rung_name, why_words
from amends.ui.moments import by_when

Line = tuple[str, str, str]
"""Bold words, the rest, an icon."""

RETURNS: dict[str, Lazy] = {
    "multiple": gettext_lazy("The same came by another door before we answered; it counts once."),
    "follow_up": gettext_lazy("Our answer did not do."),
    "reopened": gettext_lazy("It is not right after all."),
    "repeat": gettext_lazy("It happened to them again."),
}
DONE_ELSEWHERE: dict[str, Lazy] = {
    "kudos.given": gettext_lazy("Praised to others:"),
    "contract.ended": gettext_lazy("They left:"),
    "chargeback": gettext_lazy("They had their bank take the money back:"),
    "external_case.opened": gettext_lazy("It went outside:"),
}
OFFERS: dict[str, tuple[Lazy, str]] = {
    "offer.made": (gettext_lazy("Offered:"), "gift"),
    "offer.accepted": (gettext_lazy("They said yes:"), "circle-check"),
    "offer.rejected": (gettext_lazy("They said no:"), "circle-x"),
    "offer.countered": (gettext_lazy("They asked for something else:"), "message-circle"),
}
ABUSE: dict[str, Lazy] = {
    "abuse.warned": gettext_lazy("asked them to treat the people here as people: %(why)s"),
    "abuse.paused": gettext_lazy("paused the case until %(until)s: %(why)s"),
    "abuse.resumed": gettext_lazy("answers again: %(why)s"),
    "abuse.joined": gettext_lazy("asked %(member_name)s to stand by: %(why)s"),
}


def returned(entry: Entry, now: datetime) -> Line:
    """A complaint came back, as what."""
    return _("Came back."), str(RETURNS.get(entry.data.get("return", ""), "")), "repeat"


def escalated(entry: Entry, now: datetime) -> Line:
    """The case came to a rung: who joined, and why."""
    data = entry.data
    who = data.get("member_name") or _("nobody stands there")
    why = why_words(data.get("trigger", ""), data.get("params", {}))
    return f"{rung_name(data['to'])}:", _("%(who)s. Why: %(why)s.") % {"who": who, "why": why.rstrip(".")}, "arrow-up"


def joined(entry: Entry, now: datetime) -> Line:
    """Somebody joined an empty rung."""
    return f"{rung_name(entry.data['rung'])}:", _("%(name)s joined.") % {"name": entry.data["member_name"]}, "arrow-up"


def read(entry: Entry, now: datetime) -> Line:
    """The hand-over was read."""
    return str(entry.member or ""), _("has read it."), "eye"


def decided(entry: Entry, now: datetime) -> Line:
    """A rung decided."""
    strong = _("%(name)s decided:") % {"name": entry.member or ""}
    return strong, str(entry.data.get("said", "")), "scale"


def missed(entry: Entry, now: datetime) -> Line:
    """A rung's clock ran out."""
    line = _("%(rung)s did not answer in time.") % {"rung": rung_name(entry.data["rung"])}
    if entry.data.get("flag"):
        line = f"{line} {_('Nothing was offered or promised there.')}"
    return _("Too late."), line, "circle-alert"


def deescalated(entry: Entry, now: datetime) -> Line:
    """The case left a rung."""
    strong = _("Left: %(rung)s.") % {"rung": rung_name(entry.data["rung"])}
    return strong, str(entry.data.get("reason", "")), "arrow-down"


def offer(entry: Entry, now: datetime) -> Line:
    """An offer, or what was said to it."""
    strong, icon = OFFERS[entry.kind]
    return str(strong), str(entry.data.get("what") or entry.data.get("said") or ""), icon


def silent(entry: Entry, now: datetime) -> Line:
    """Nobody answered an offer."""
    return _("No word to our offer."), _("Silence is no yes: a person calls."), "hourglass"


def untold(entry: Entry, now: datetime) -> Line:
    """Nobody told them how it stands."""
    return _("No word of ours in three working days."), _("Somebody tells them how it stands."), "hourglass"


def elsewhere(entry: Entry, now: datetime) -> Line:
    """What the customer did elsewhere."""
    return str(DONE_ELSEWHERE[entry.kind]), str(entry.data.get("said", "")), "flag"


def passed_on(entry: Entry, now: datetime) -> Line:
    """A colleague heard of thanks."""
    strong = _("%(name)s passed the thanks on:") % {"name": entry.member or ""}
    return strong, str(entry.data.get("to_name", "")), "hand-heart"


def matter_set(entry: Entry, now: datetime) -> Line:
    """What the case is about."""
    who = str(entry.member or _("The desk"))
    if entry.data.get("guard"):
        return who, _("let only those see this case who need it."), "lock"
    if post := entry.data.get("post"):
        return who, _("wrote down where they tell others of it: %(post)s") % {"post": post}, "megaphone"
    return who, _("said what it is about."), "tag"


def abuse(entry: Entry, now: datetime) -> Line:
    """The path for abuse of people here."""
    told = {"why": entry.data.get("why", ""), "member_name": entry.data.get("member_name", ""), "until": ""}
    if "until" in entry.data:
        until = timezone.localtime(datetime.fromisoformat(entry.data["until"]))
        told["until"] = by_when(until, timezone.localtime(now), name_today=True, within=True)
    return str(entry.member or _("The desk")), str(ABUSE[entry.kind]) % told, "shield"


LINES: dict[str, Callable[[Entry, datetime], Line]] = {
    "complaint.returned": returned,
    "escalated": escalated,
    "rung.joined": joined,
    "rung.read": read,
    "rung.decided": decided,
    "rung.missed": missed,
    "deescalated": deescalated,
    "offer.silent": silent,
    "status.silent": untold,
    "case.matter_set": matter_set,
    "thanks.passed_on": passed_on,
    **dict.fromkeys(OFFERS, offer),
    **dict.fromkeys(DONE_ELSEWHERE, elsewhere),
    **dict.fromkeys(ABUSE, abuse),
}
