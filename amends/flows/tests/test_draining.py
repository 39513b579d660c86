"""A backlog drains to whoever has room: what is owed goes along, and nobody is interrupted (RO2, RO4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from amends.cases import drafts
from amends.cases.models import Case, Draft, DraftFile, Entry, NextStep
from amends.clock import promises
from amends.clock.ladder import Trigger
from amends.clock.models import PackInUse, Promise
from amends.flows import draining, escalating, rerouting
from amends.flows.handover import hand_over_promises
from amends.flows.looking import Staff
from amends.people.models import Member
from amends.triage.routing import Candidate
from tests.cast import TUESDAY, Cast, complaint

HOUR = timedelta(hours=1)
HURT = "They came broken and I am very disappointed."


@pytest.fixture
def overfull(cast: Cast) -> Cast:
    """Delphine has more than she can carry, Bo has room."""
    Member.objects.filter(pk__in=[cast.ines.pk, cast.bo.pk]).update(is_active=False)
    return cast


def waiting(cast: Cast) -> Case:
    """Two complaints of Delphine's, of which one is too much; the older one."""
    PackInUse.objects.create(brand=cast.thimble, pack="uk-fca-disp", since=TUESDAY - HOUR, bound_at=TUESDAY)
    first = complaint(cast, text=HURT)
    complaint(cast, text=HURT, key="2", subject="Another matter", sender="ada@example.com")
    return first


def room_with_bo(cast: Cast) -> None:
    Member.objects.filter(pk=cast.delphine.pk).update(capacity=1)
    Member.objects.filter(pk__in=[cast.ines.pk, cast.bo.pk]).update(is_active=True)
    Member.objects.filter(pk=cast.ines.pk).update(capacity=0)


def owner(case: Case) -> Member | None:
    return Case.objects.select_related("owner").get(pk=case.pk).owner


def moves(case: Case) -> int:
    return Entry.objects.filter(case=case, kind="owner.set").count()


def test_ro2_what_a_law_wants_goes_along_and_a_rungs_clock_stays_with_whoever_joined(overfull: Cast) -> None:
    case = waiting(overfull)
    Member.objects.filter(pk=overfull.marguerite.pk).update(rung=3)
    rung = escalating.open_rung(case, Trigger("by_hand", 2, "", params={"why": "Help."}), Staff(TUESDAY))
    assert NextStep.objects.get(case=case).who == overfull.delphine
    room_with_bo(overfull)
    assert draining.drain(TUESDAY, 50) == 1
    assert owner(case) == overfull.bo
    assert moves(case) == 2
    owed = {promise.rule or promise.kind: promise.promisor for promise in promises.owed(case)}
    assert owed.pop(Promise.Kind.RUNG) == rung.member == overfull.marguerite
    assert owed.keys() == {"uk-fca-disp/ack", "uk-fca-disp/final", "first_reply"}
    assert set(owed.values()) == {overfull.bo}


@pytest.mark.parametrize("begun", ["words", "file", "leaving"])
def test_ro4_a_case_on_which_somebody_writes_stays_with_them(overfull: Cast, begun: str) -> None:
    case = waiting(overfull)
    written = drafts.Written(text="Dear Rosalind," if begun != "file" else "", to=["rosalind@example.com"])
    draft = drafts.save(case, Draft.Kind.LETTER, written, by=overfull.delphine, now=TUESDAY)
    if begun == "file":
        DraftFile.objects.create(draft=draft, name="offer.pdf", content_type="application/pdf", size=3, sha256="0" * 64)
    if begun == "leaving":
        drafts.hold(draft, until=TUESDAY + HOUR, by=overfull.delphine)
    room_with_bo(overfull)
    assert draining.drain(TUESDAY, 50) == 1, "the next one goes"
    assert owner(case) == overfull.delphine
    assert moves(case) == 1


def test_ro4_whoever_begins_to_write_while_it_drains_keeps_the_case(
    overfull: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = waiting(overfull)
    room_with_bo(overfull)
    chosen = draining._untouched

    def then_she_writes(overfull_ones: Iterable[Candidate], *where: Any) -> list[int]:
        found = chosen(overfull_ones, *where)
        written = drafts.Written(text="Dear Rosalind,", to=["rosalind@example.com"])
        drafts.save(case, Draft.Kind.LETTER, written, by=overfull.delphine, now=TUESDAY)
        return found

    monkeypatch.setattr(draining, "_untouched", then_she_writes)
    assert draining.drain(TUESDAY, 50) == 0
    assert owner(case) == overfull.delphine
    assert moves(case) == 1


def test_a_draft_without_a_word_holds_nothing_up(overfull: Cast) -> None:
    case = waiting(overfull)
    drafts.begin(case, Draft.Kind.LETTER, by=overfull.delphine, now=TUESDAY)
    room_with_bo(overfull)
    assert draining.drain(TUESDAY, 50) == 1
    assert owner(case) == overfull.bo


def test_ro2_a_case_that_cannot_be_moved_stops_no_other(overfull: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = waiting(overfull)
    good = Case.objects.get(title="Another matter")
    complaint(overfull, text=HURT, key="3", subject="A third", sender="cy@example.com")
    room_with_bo(overfull)
    with monkeypatch.context() as broken, capture_logs() as said:
        broken.setattr(rerouting, "hand_over_promises", handing_over_but_not(bad))
        assert draining.drain(TUESDAY, 50) == 1
    assert [(one["case"], one["log_level"]) for one in said] == [(bad.pk, "error")]
    assert (owner(bad), moves(bad)) == (overfull.delphine, 1), "nothing half done is kept"
    assert (owner(good), moves(good)) == (overfull.bo, 2)
    Member.objects.filter(pk=overfull.delphine.pk).update(capacity=0)
    assert sum(draining.drain(TUESDAY, 50) for _turn in range(2)) == 2, "what is mended goes in its turn"
    assert owner(bad) == overfull.bo


def handing_over_but_not(bad: Case) -> Callable[[Case, Member, Member], None]:
    def give(case: Case, before: Member, to: Member) -> None:
        if case.pk == bad.pk:
            raise ValueError("this row is broken")
        hand_over_promises(case, before, to)

    return give
