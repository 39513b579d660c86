"""Who is away hands over what they owe; the customer hears the new name (RO2, RO5, ES1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Case, Entry, NextStep
from amends.channels.models import Delivery
from amends.clock import promises
from amends.clock.models import Absence, Alarm, Promise
from amends.flows import draining, handover, rehoming
from amends.people.models import Brand, Member
from tests.cast import TUESDAY, Cast, complaint, hear, mail

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def away(member: Member, stand_in: Member | None = None) -> None:
    Absence.objects.create(member=member, starts=TUESDAY, ends=TUESDAY + 9 * DAY, stand_in=stand_in)


def told(case: Case) -> list[Entry]:
    return list(Entry.objects.filter(case=case, kind="contact.out", data__human=False).order_by("pk"))


def promised(case: Case, by: Member) -> Promise:
    word = promises.Word("ring about the roses", TUESDAY + HOUR, kind="callback")
    return promises.make(case, word, promisor=by, at=TUESDAY, by=by)


def test_ro5_the_stand_in_takes_the_case_and_what_was_promised_in_person(cast: Cast) -> None:
    case = complaint(cast)
    owner = NextStep.objects.select_related("who").get(case=case).who
    other = cast.bo if owner == cast.delphine else cast.delphine
    promise = promised(case, owner)
    away(owner, stand_in=other)
    assert rehoming.rehome(TUESDAY, 50) == 1
    promise.refresh_from_db()
    case.refresh_from_db()
    assert case.owner == promise.promisor == NextStep.objects.get(case=case).who == other
    taken = Entry.objects.get(case=case, kind="promise.taken_over", data__promise=promise.pk)
    assert (taken.data["before_name"], taken.data["to_name"]) == (owner.name, other.name)
    assert Alarm.objects.get(code="handed_over").member == other


def test_ro5_the_customer_hears_the_new_name_once(cast: Cast) -> None:
    case = complaint(cast)
    owner = NextStep.objects.select_related("who").get(case=case).who
    other = cast.bo if owner == cast.delphine else cast.delphine
    promised(case, owner)
    away(owner, stand_in=other)
    rehoming.rehome(TUESDAY, 50)
    rehoming.rehome(TUESDAY + HOUR, 50)
    (note,) = told(case)
    assert other.name in note.letter.new_text and note.letter.to[0]["address"] == "rosalind@example.com"
    assert "Tuesday 3 March, 11:00 (London time)" in note.letter.new_text
    assert Delivery.objects.filter(entry=note).exists()
    assert Promise.objects.filter(case=case, kept_at=None, kind="first_reply").exists(), "it is no answer"


def test_ro4_whoever_writes_while_their_owner_is_away_hears_who_has_it_now(cast: Cast) -> None:
    case = complaint(cast)
    owner = NextStep.objects.select_related("who").get(case=case).who
    Promise.objects.filter(case=case).update(due=TUESDAY + 20 * DAY)
    NextStep.objects.filter(case=case).update(by=TUESDAY + 20 * DAY)
    away(owner)
    assert rehoming.rehome(TUESDAY, 50) == 0, "it waits until they are back"
    hear(cast.mailbox, mail("And now?", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), TUESDAY + HOUR)
    case.refresh_from_db()
    assert case.owner is not None and case.owner != owner
    (note,) = told(case)
    assert case.owner.name in note.letter.new_text


@pytest.mark.parametrize("sender", ["noreply@parcels.example", "News <news-notifications@example.com>"])
def test_no_machine_is_told_a_name(cast: Cast, sender: str) -> None:
    case = complaint(cast, sender=sender)
    away(NextStep.objects.select_related("who").get(case=case).who)
    rehoming.rehome(TUESDAY, 50)
    assert not told(case)


def test_a_brand_may_keep_names_to_itself(cast: Cast) -> None:
    Brand.objects.update(tell_new_name=False)
    case = complaint(cast)
    away(NextStep.objects.select_related("who").get(case=case).who)
    assert rehoming.rehome(TUESDAY, 50) == 1
    assert not told(case)


def test_a_handover_by_hand_tells_what_its_form_says(cast: Cast) -> None:
    case = complaint(cast)
    handover.hand_over(case, cast.marguerite, "She asks.", by=cast.bo, now=TUESDAY, tell="Marguerite has it now.")
    (note,) = told(case)
    assert note.letter.new_text.startswith("Marguerite has it now.")
    handover.hand_over(case, cast.ines, "Back.", by=cast.bo, now=TUESDAY + HOUR)
    assert len(told(case)) == 1, "nothing written, nothing said"


def test_es1_nobodys_case_is_an_alarm_for_the_duty_manager(cast: Cast) -> None:
    case = complaint(cast)
    for member in (cast.delphine, cast.bo, cast.ines):
        away(member)
    soon = Promise.objects.get(case=case).due - HOUR
    rehoming.rehome(soon, 50)
    assert rehoming.ring_for_nobody(soon, 50) == 1
    rehoming.ring_for_nobody(soon + timedelta(minutes=1), 50)
    alarm = Alarm.objects.get(code="nobody")
    assert (alarm.member, alarm.case) == (cast.marguerite, case)


def test_ro2_a_backlog_drains_the_oldest_first_as_far_as_there_is_room(cast: Cast) -> None:
    Member.objects.exclude(pk=cast.delphine.pk).update(is_active=False)
    cases = [complaint(cast, key=str(n), subject=f"Matter {n}", sender=f"p{n}@example.com") for n in range(4)]
    Member.objects.filter(pk=cast.delphine.pk).update(capacity=1)
    assert draining.drain(TUESDAY, 50) == 0, "nobody has room"
    Member.objects.filter(pk=cast.bo.pk).update(is_active=True, capacity=2)
    assert draining.drain(TUESDAY, 50) == 2
    moved = set(NextStep.objects.filter(who=cast.bo).values_list("case_id", flat=True))
    assert moved == {cases[0].pk, cases[1].pk}
    assert draining.drain(TUESDAY, 50) == 0
    assert cast.bo.name in told(cases[0])[-1].letter.new_text


def test_es1_every_case_of_nobody_rings_however_many_there_are(cast: Cast) -> None:
    cases = {complaint(cast, key=str(n), subject=f"Matter {n}", sender=f"p{n}@example.com").pk for n in range(4)}
    for member in (cast.delphine, cast.bo, cast.ines):
        away(member)
    soon = Promise.objects.latest("due").due - HOUR
    rung = [rehoming.ring_for_nobody(soon + n * timedelta(minutes=1), 3) for n in range(3)]
    assert rung == [3, 1, 0]
    assert set(Alarm.objects.filter(code="nobody", member=cast.marguerite).values_list("case", flat=True)) == cases


def test_ro2_what_cannot_be_moved_does_not_keep_the_rest_where_it_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    Member.objects.exclude(pk=cast.delphine.pk).update(is_active=False)
    cases = [complaint(cast, key=str(n), subject=f"Matter {n}", sender=f"p{n}@example.com") for n in range(5)]
    Member.objects.filter(pk=cast.delphine.pk).update(capacity=1)
    Member.objects.filter(pk=cast.bo.pk).update(is_active=True, capacity=5)
    tried = nothing_moves(monkeypatch)
    for _sweep in range(4):
        draining.drain(TUESDAY, 2)
    assert tried == [one.pk for one in (*cases, *cases[:2])], "each in its turn, and then again"


def test_ro2_a_backlog_of_a_brand_where_nobody_has_room_is_not_tried(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    Member.objects.exclude(pk__in=[cast.delphine.pk, cast.callum.pk]).update(is_active=False)
    for number in range(3):
        complaint(cast, key=str(number), subject=f"Matter {number}", sender=f"p{number}@example.com")
    Member.objects.filter(pk=cast.delphine.pk).update(capacity=1)
    tried = nothing_moves(monkeypatch)
    draining.drain(TUESDAY, 50)
    assert not tried, "Callum has room, for another brand"


def nothing_moves(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The cases that are tried, one after the other."""
    tried: list[int] = []

    def stays(case_id: int, *_more: object) -> bool:
        tried.append(case_id)
        return False

    monkeypatch.setattr(draining, "_move", stays)
    return tried
