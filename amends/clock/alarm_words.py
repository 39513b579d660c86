"""What an alarm says, from its code: never a customer's name or words, for it may be read on a locked screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "promise.half": _("Half of the time for a promise has passed."),
    "promise.most": _("Four fifths of the time for a promise have passed."),
    "promise.last": _("A promise is due within a quarter of an hour: keep it, or agree another time before."),
    "promise.parcel": _("A parcel is due today: if it will not come, tell them of another day before noon."),
    "promise.broken": _("A promise was broken."),
    "promise.partner": _("A partner has broken their word: put it right by our own means."),
    "silent_after_offer": _("An offer has no answer: speak to them."),
    "runaround": _("A customer is being sent around: see to it now."),
    "nobody": _("Nobody who is here can act on a case."),
    "handed_over": _("A colleague is away: their case is yours now."),
    "rung": _("A case has come up to you: read the summary."),
    "rung_empty": _("A case has come up to a rung on which nobody stands."),
    "stand_by": _("A colleague asks for a second person on a case."),
    "read_letter": _("A colleague’s letter waits until you have read it."),
    "without_power": _("A higher rung has decided nothing in its time."),
    "lost": _("A customer is about to be lost: act today."),
}
OTHER = _("Something on a case needs you.")


def words_of(code: str) -> str:
    """The sentence; for a code that nobody has put in words, one that is always true."""
    return str(WORDS.get(code, OTHER))
