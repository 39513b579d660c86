"""A case that is handed over stays where it was given."""

from __future__ import annotations

from datetime import timedelta

from amends.clock.models import Absence
from amends.flows import handover
from tests.cast import TUESDAY, Cast, complaint, hear, mail

LATER = TUESDAY + timedelta(minutes=30)


def test_an_admin_outside_the_team_has_what_was_handed_to_her(cast: Cast) -> None:
    case = complaint(cast)
    handover.hand_over(case, cast.marguerite, "She asks for the one in charge.", by=cast.bo, now=LATER)
    case.refresh_from_db()
    assert case.owner == case.next_step.who == cast.marguerite


def test_the_customers_next_letter_does_not_take_it_from_her_again(cast: Cast) -> None:
    case = complaint(cast)
    handover.hand_over(case, cast.marguerite, "She asks for the one in charge.", by=cast.bo, now=LATER)
    entry = hear(cast.mailbox, mail("And now?", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), LATER)
    assert entry is not None and entry.case == case
    assert entry.case.owner == cast.marguerite


def test_once_she_is_away_the_team_has_it_again(cast: Cast) -> None:
    case = complaint(cast)
    handover.hand_over(case, cast.marguerite, "She asks for the one in charge.", by=cast.bo, now=LATER)
    Absence.objects.create(member=cast.marguerite, starts=TUESDAY, ends=TUESDAY + timedelta(days=9))
    entry = hear(cast.mailbox, mail("And now?", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), LATER)
    assert entry is not None
    assert entry.case.owner in (cast.delphine, cast.bo, cast.ines)
