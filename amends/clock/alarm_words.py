"""What an alarm says, from its code: never a customer's name or words, for it may be read on a locked screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "half": _("Half of the time for a promise has passed."),
    "four_fifths": _("Four fifths of the time for a promise have passed."),
    "soon": _("A promise is due within a quarter of an hour."),
    "will_miss": _("A promise will be missed: agree another time before it is."),
    "broken": _("A promise was broken."),
    "unowned": _("Somebody who is not there owes a promise, and nobody stands in."),
    "nobody": _("Nobody who is here can act on a case."),
    "handed_over": _("A colleague is away: their case is yours now."),
    "rung": _("A case has come up to you: read the summary."),
    "without_power": _("A higher rung has decided nothing in its time."),
    "lost": _("A customer is about to be lost: act today."),
    "last_chance": _("A customer gives us a last chance."),
}
OTHER = _("Something on a case needs you.")


def words_of(code: str) -> str:
    """The sentence; for a code that nobody has put in words, one that is always true."""
    return str(WORDS.get(code, OTHER))
