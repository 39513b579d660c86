"""The words of the note that tells who has a case and by when the customer hears; a brand may write its own.

Its places are these and no others: whatever else stands in braces, in the brand's words or in the customer's name, is
text (S34).
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext

from amends.cases.models import Case
from amends.people.models import Member
from amends.ui.moments import clock_time

PLACES = {
    "name": gettext_lazy("the customer’s name"),
    "owner": gettext_lazy("who has the case"),
    "by": gettext_lazy("by when they hear, in their own time zone"),
    "page": gettext_lazy("the way to their case page"),
    "brand": gettext_lazy("the brand’s name"),
    "case": gettext_lazy("the case’s number"),
}
_PLACE = re.compile(r"\{(%s)\}" % "|".join(PLACES))

_ADVERTISES = re.compile(r"https?:|www\.|[\w-]\.(?:com|net|org|info|biz|ru|cn|top|xyz)\b", re.IGNORECASE)


def text(case: Case, owner: Member, due: datetime, link: str) -> str:
    """The note for a case, in the customer's language when the desk speaks it."""
    with override(language_of(case)):
        values = {
            "name": _address(case),
            "owner": owner.name,
            "by": by_when(due, zone_of(case)),
            "page": link,
            "brand": case.brand.name,
            "case": case.reference,
        }
        words = case.brand.acknowledgement.strip() or usual(complaint=case.kind == Case.Kind.COMPLAINT)
    return filled(words, values)


def usual(*, complaint: bool) -> str:
    """The desk's own words."""
    sorry = _("I am sorry that something went wrong. Thank you for telling us.")
    thanks = _("Thank you for writing to us.")
    return _(
        "Hello {name},\n\n%(first)s Your message is here, and it is with me. You hear from me by {by}.\n\n"
        "Where it stands, at any time:\n{page}\n\n"
        "This note was sent by itself, so that you know at once. My answer follows.\n\n{owner}\n{brand}"
    ) % {"first": sorry if complaint else thanks}


def subject(words: str) -> str:
    """The customer's own subject, unless it could advertise something to whoever's address was forged."""
    return _("We have your message") if _ADVERTISES.search(words) else words[:150]


def filled(words: str, values: dict[str, str]) -> str:
    """Each place once, in one pass: a value that looks like a place is not filled again. Pure."""
    return _PLACE.sub(lambda found: values[found[1]], words)


def language_of(case: Case) -> str | None:
    """The customer's language, else the brand's, if the desk speaks it; None: its own."""
    spoken = (case.language, case.customer.language, case.brand.language)
    return next((code for code in spoken if code in dict(settings.LANGUAGES)), None)


def by_when(due: datetime, zone: ZoneInfo) -> str:
    """ "Tuesday 3 March, 15:00 (London time)": it is read on any day, and perhaps far away."""
    local = due.astimezone(zone)
    day = date_format(local, pgettext("a day, as Django's date filter writes it", "l j F"))
    place = zone.key.rpartition("/")[2].replace("_", " ")
    return _("%(day)s, %(clock)s (%(place)s time)") % {"day": day, "clock": clock_time(local), "place": place}


def zone_of(case: Case) -> ZoneInfo:
    """The customer's time zone when it is known, else the brand's."""
    try:
        return ZoneInfo(case.customer.time_zone)
    except (KeyError, ValueError, OSError):  # none, or a name that no database knows
        return ZoneInfo(case.brand.time_zone)


def _address(case: Case) -> str:
    """How the note calls the customer: by their name, else as nobody in particular."""
    name = " ".join(case.customer.name.split())[:80]
    return _("there") if _ADVERTISES.search(name) or not name else name
