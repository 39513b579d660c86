"""A pause before a letter that quarrels (C7.3): what may come of it, their own words, a better beginning. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amends.coach.brief import Brief
from amends.coach.checks.manner import LOUD
from amends.coach.draft import said_in
from amends.coach.signs.courtesies import RAGE

LONGEST_PAUSE = 300


@dataclass(frozen=True)
class Moment:
    """What the panel shows while a letter is held for `seconds`.

    `futures` are two sentences: what may come of the letter as it is, and of a better one. `theirs` is the sentence of
    the customer that weighs most, "" when nothing is known. `opening` is where to begin; its "…" wants filling.
    """

    seconds: int
    futures: tuple[str, str]
    theirs: str
    opening: str


def moment(brief: Brief) -> Moment:
    """The pause for a case; its length is the desk's, from 0 to 300 seconds."""
    name = brief.customer_name.split()[0] if brief.customer_name.split() else _("the customer")
    worth = f" {brief.worth}" if brief.worth else ""
    return Moment(
        seconds=max(0, min(LONGEST_PAUSE, brief.pause)),
        futures=(
            _("As it is, %(name)s has to defend what they told us: they write again, leave, or tell others.")
            % {"name": name}
            + worth,
            _(
                "With a sorry and a deed that has a time, %(name)s has nothing left to prove, and something good to tell."
            )
            % {"name": name},
        ),
        theirs=_theirs(brief.customer_words),
        opening=_("Dear %(name)s, I am sorry that we … That was our mistake. I will … by …") % {"name": name},
    )


def _theirs(words: str) -> str:
    """The sentence in which they are loudest, else their longest."""
    said = [one.text for one in said_in(words)]
    loud = (one for one in said if RAGE.search(one) or LOUD.search(one))
    return next(loud, max(said, key=len, default=""))
