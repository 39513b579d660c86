"""What the scanner said of files, and what became of them, in one line each (see `events_shown`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from amends.cases.models import Entry
from amends.kit import inspected

Line = tuple[str, str, str]
"""Bold words, the rest, an icon."""


def held(entry: Entry, now: datetime) -> Line:
    """A file is in quarantine: why, and what to do."""
    told = {"name": entry.data.get("name") or _("a file"), "found": entry.data.get("signature", "")}
    if told["found"]:
        line = _("the virus scanner says that “%(name)s” is harmful (%(found)s). Ask for it in another form.")
    elif entry.data.get("why") == inspected.LARGE:
        line = _(
            "“%(name)s” is larger than the virus scanner takes. Ask for it in parts, or ask an admin to let it out."
        )
    else:
        line = _("the virus scanner could not look at “%(name)s”. Ask for it in another form.")
    return _("In quarantine:"), line % told, "shield"


def released(entry: Entry, now: datetime) -> Line:
    """An admin let it out."""
    told = {"name": entry.data.get("name") or _("a file"), "who": entry.member or _("The desk")}
    return _("Out of quarantine:"), _("%(who)s says that “%(name)s” is harmless.") % told, "shield-check"


LINES: dict[str, Callable[[Entry, datetime], Line]] = {"file.held": held, "file.released": released}
