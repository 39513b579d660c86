"""The summary of a warm hand-over, filled from the timeline (C3.1): nobody asks the customer to tell it again."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from amends.cases import timeline
from amends.cases.models import Case, Entry
from amends.clock import promises
from amends.clock.models import Promise
from amends.triage.reading import last_words


def summary(case: Case, now: datetime) -> str:
    """What hurt, what was said last, which words of ours were broken, and what is owed; one line each."""
    lines = [_what_hurt(case), _said_last(case), *_broken(case), *_owed(case)]
    return "\n".join(line for line in lines if line)


def moment(case: Case, at: datetime) -> str:
    """A time as it is at the brand: "3 March, 10:00"."""
    local = at.astimezone(ZoneInfo(case.brand.time_zone))
    return f"{date_format(local, 'j F')}, {local:%H:%M}"


def _what_hurt(case: Case) -> str:
    first = Entry.objects.filter(case=case, kind="contact.in", letter__isnull=False).order_by("at", "pk")
    entry = first.select_related("letter").first()
    words = Truncator(" ".join(entry.letter.new_text.split())).chars(240) if entry else ""
    if entry is None or not words:
        return str(case.title)
    return _("%(day)s, %(name)s: “%(words)s”") % {
        "day": moment(case, entry.at),
        "name": case.customer.first_name,
        "words": words,
    }


def _said_last(case: Case) -> str:
    letter = timeline.last_letter(case, "contact.out")
    if letter is None:
        return _("Nobody here has answered yet.")
    return _("%(day)s, we: “%(words)s”") % {
        "day": moment(case, letter.entry.at),
        "words": last_words(letter.new_text or letter.text),
    }


def _broken(case: Case) -> list[str]:
    broken = Promise.objects.filter(case=case, broken_at__isnull=False, visible=True).order_by("due")
    line = _("Broken: %(act)s, by %(due)s")
    return [line % {"act": one.act, "due": moment(case, one.due)} for one in broken]


def _owed(case: Case) -> list[str]:
    line = _("Owed: %(act)s, by %(due)s")
    open_now = (one for one in promises.owed(case) if one.broken_at is None)
    return [line % {"act": one.act, "due": moment(case, one.due)} for one in open_now]
