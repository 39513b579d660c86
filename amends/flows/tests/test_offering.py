"""What was offered, and in which letter (C3.4, C5.1)."""

from __future__ import annotations

from datetime import timedelta

from amends.cases import timeline
from amends.flows import offering, tasks
from tests.cast import TUESDAY, Cast, complaint


def test_c3_4_no_offer_stands_in_what_the_desk_sent_by_itself(cast: Cast) -> None:
    case = complaint(cast)
    tasks.acknowledge_waiting(TUESDAY + timedelta(minutes=1))
    assert timeline.last_letter(case, "contact.out") is not None
    assert offering.our_last_letter(case) is None
    at = TUESDAY + timedelta(hours=1)
    letter = timeline.record(case, "contact.out", at=at, by=cast.delphine, words=timeline.Words(new_text="New roses."))
    assert offering.our_last_letter(case) == letter
