"""What a case has cost so far, the customer and us: counted from its entries, nothing is estimated (C3, ES8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.models import Case, Entry
from amends.clock.evidence import SPOKEN_TO


def theirs(case: Case, entries: Sequence[Entry], now: datetime) -> tuple[str, ...]:
    """What it cost the customer: money, days, how often they had to speak up, be put through and tell it again."""
    heard = [one for one in entries if one.kind == "contact.in"]
    days = (now - min((one.at for one in heard), default=case.opened_at)).days
    counted = [
        ngettext("They wrote or rang once.", "They wrote or rang %(count)s times.", len(heard)) % {"count": len(heard)},
        ngettext("It began %(count)s day ago.", "It began %(count)s days ago.", days) % {"count": days} if days else "",
    ]
    if put := _sum(heard, "transfers"):
        counted.append(ngettext("Put through once.", "Put through %(count)s times.", put) % {"count": put})
    if again := _sum(heard, "repeats"):
        told = ngettext("Had to tell it again once.", "Had to tell it again %(count)s times.", again)
        counted.append(told % {"count": again})
    return tuple(line for line in (_money(case), *counted) if line)


def ours(entries: Sequence[Entry]) -> tuple[str, ...]:
    """What it cost us: letters, calls and their minutes, and how many people spoke. What a machine sent is left out."""
    spoke = [one for one in entries if one.kind in ("contact.out", "contact.call") and one.member_id is not None]
    letters = sum(one.kind == "contact.out" for one in spoke)
    calls = [one for one in spoke if one.kind == "contact.call"]
    people = len({one.member_id for one in spoke})
    if not spoke:
        return (_("Nobody here has spoken to them yet."),)
    told = [
        ngettext("%(count)s letter", "%(count)s letters", letters) % {"count": letters} if letters else "",
        ngettext("%(count)s call", "%(count)s calls", len(calls)) % {"count": len(calls)} if calls else "",
    ]
    said = ngettext("%(what)s, by %(count)s person.", "%(what)s, by %(count)s people.", people)
    minutes = sum(_seconds(one) for one in calls) // 60
    spoken = ngettext("%(count)s minute on the phone.", "%(count)s minutes on the phone.", minutes)
    lines = [said % {"what": ", ".join(filter(None, told)), "count": people}]
    return (*lines, spoken % {"count": minutes}) if minutes else tuple(lines)


def _money(case: Case) -> str:
    if case.loss is None:
        return ""
    digits = 0 if case.loss == case.loss.to_integral_value() else 2
    return _("%(sum)s US dollars, or what equals them.") % {
        "sum": number_format(case.loss, decimal_pos=digits, force_grouping=True)
    }


def _sum(entries: Sequence[Entry], name: str) -> int:
    return sum(found for one in entries if isinstance(found := one.data.get(name), int))


def _seconds(entry: Entry) -> int:
    """How long they spoke; a call whose length nobody wrote down counts as none."""
    seconds = entry.data.get("seconds")
    return seconds if isinstance(seconds, int) and seconds != SPOKEN_TO else 0
