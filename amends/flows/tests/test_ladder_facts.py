"""Each row of C3.2 from what really happened to the rung, at its minute; the rows of bare facts stand in test_ladder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from amends.cases.models import Case
from amends.clock import promises
from amends.clock.models import Alarm, Escalation, PackInUse, Promise
from amends.flows import handover, lawful, matter, starting, weighing
from amends.flows.tests.test_clock_cases import judge
from amends.people.models import Brand, Member
from tests.cast import TUESDAY, Cast, complaint, hear, mail

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HURT = "They came broken and I am very disappointed."
Happens = Callable[[Cast, Case], None]


@pytest.fixture
def seniors(cast: Cast) -> Cast:
    """Ines stands on rung 2, Marguerite on rung 3, and Bo on rung 1."""
    for member, rung in ((cast.bo, 1), (cast.ines, 2), (cast.marguerite, 3)):
        Member.objects.filter(pk=member.pk).update(rung=rung)
    return cast


@pytest.fixture
def case(seniors: Cast) -> Case:
    """Delphine's, weighed already: what happens from now on must wake the weigher by itself."""
    made = complaint(seniors, text=HURT)
    if made.owner != seniors.delphine:
        handover.hand_over(made, seniors.delphine, "Yours.", by=seniors.ines, now=TUESDAY)
    weigh(TUESDAY)
    assert rungs(made) == []
    return made


def weigh(now: object) -> None:
    while weighing.weigh_changed(now):  # type: ignore[arg-type]
        pass
    weighing.weigh_due(now)  # type: ignore[arg-type]


def rungs(case: Case) -> list[tuple[int, str]]:
    return list(Escalation.objects.filter(case=case, ended_at=None).order_by("rung").values_list("rung", "trigger"))


def judged_the_gravest(cast: Cast, case: Case) -> None:
    judge(case, 5, None, by=cast.delphine, now=TUESDAY + HOUR)


def is_about_safety(cast: Cast, case: Case) -> None:
    matter.change(case, matter.of(case), {**matter.of(case), "guard": "safety"}, by=cast.delphine, now=TUESDAY + HOUR)


def may_be_vulnerable(cast: Cast, case: Case) -> None:
    after = {**matter.of(case), "guard": "vulnerable"}
    matter.change(case, matter.of(case), after, by=cast.delphine, now=TUESDAY + HOUR)


def put_through_three_times(cast: Cast, case: Case) -> None:
    for number in range(3):
        rang = starting.Rang("I told you before.", transfers=1)
        starting.hear_call(case, rang, by=cast.delphine, now=TUESDAY + HOUR + number * timedelta(minutes=1))


def handed_around(cast: Cast, case: Case) -> None:
    for to in (cast.bo, cast.ines, cast.delphine):
        case.refresh_from_db()
        if case.owner != to:
            handover.hand_over(case, to, "Yours.", by=cast.marguerite, now=TUESDAY + HOUR)


def told_it_three_times(cast: Cast, case: Case) -> None:
    starting.hear_call(case, starting.Rang("Once more.", repeats=3), by=cast.delphine, now=TUESDAY + HOUR)


def came_by_three_doors(cast: Cast, case: Case) -> None:
    for door in ("020 7946 0131", "020 7946 0132"):
        starting.hear_call(case, starting.Rang("And here?", door=door), by=cast.delphine, now=TUESDAY + HOUR)


def asked_for_the_head(cast: Cast, case: Case) -> None:
    cast.marguerite.refresh_from_db()
    rang = starting.Rang("Her, please.", wanted=cast.marguerite)
    starting.hear_call(case, rang, by=cast.delphine, now=TUESDAY + HOUR)


def failed_them_twice_before(cast: Cast, case: Case) -> None:
    for number in (1, 2):
        Case.objects.create(
            brand=cast.thimble,
            customer=case.customer,
            title="Before",
            kind=Case.Kind.COMPLAINT,
            opened_at=TUESDAY - number * 40 * DAY,
        )
    hear(cast.mailbox, mail("Please!", key="9", headers="In-Reply-To: <1@mail.example.com>\n"), TUESDAY + HOUR)


def posted(case: Case, reach: int | None, at: timedelta = HOUR, *, by: Member) -> None:
    post = {"post": "https://social.example/@rosalind/1", "reach": reach}
    matter.change(case, matter.of(case), {**matter.of(case), **post}, by=by, now=TUESDAY + at)


def told_some_readers(cast: Cast, case: Case) -> None:
    posted(case, 900, by=cast.delphine)


def told_nobody_knows_how_many(cast: Cast, case: Case) -> None:
    posted(case, None, by=cast.delphine)


def told_many_readers(cast: Cast, case: Case) -> None:
    posted(case, 10_000, by=cast.delphine)


def costs(loss: str) -> Happens:
    def set_it(cast: Cast, case: Case) -> None:
        after = {**matter.of(case), "loss": Decimal(loss)}
        matter.change(case, matter.of(case), after, by=cast.delphine, now=TUESDAY + HOUR)

    return set_it


def costs_much_where_nobody_set_a_limit(cast: Cast, case: Case) -> None:
    Brand.objects.update(value_limit=None)
    costs("90000")(cast, case)


ROWS: list[tuple[str, Happens, list[tuple[int, str]]]] = [
    ("C3.2-6 three transfers in calls", put_through_three_times, [(2, "runaround")]),
    ("C3.2-6 three transfers by colleagues", handed_around, [(2, "runaround")]),
    ("C3.2-6 told three times", told_it_three_times, [(2, "runaround")]),
    ("C3.2-6 three doors", came_by_three_doors, [(2, "runaround")]),
    ("C3.2-7 asked for the head", asked_for_the_head, [(3, "direct")]),
    ("C3.2-8 posted in public", told_some_readers, [(2, "public")]),
    ("C3.2-8 posted in public, read by who knows how many", told_nobody_knows_how_many, [(2, "public")]),
    ("C3.2-8 posted in public, read by many", told_many_readers, [(3, "public")]),
    ("C3.2-9 severity 5", judged_the_gravest, [(3, "severity")]),
    ("C3.2-9 safety", is_about_safety, [(3, "severity")]),
    ("C3.2-9 a vulnerable person", may_be_vulnerable, [(3, "severity")]),
    ("C3.2-11 the third failure in 90 days", failed_them_twice_before, [(2, "third_failure")]),
    ("C3.2-14 a loss above the brand's limit", costs("500.01"), [(2, "value")]),
    ("C3.2-14 a loss at the limit", costs("500"), []),
    ("C3.2-14 a brand without a limit", costs_much_where_nobody_set_a_limit, []),
]


@pytest.mark.parametrize(("happens", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_c3_2_what_happened_brings_the_case_to_its_rung(
    seniors: Cast, case: Case, happens: Happens, expected: list[tuple[int, str]]
) -> None:
    happens(seniors, case)
    weigh(TUESDAY + 2 * HOUR)
    assert rungs(case) == expected
    told = case.entries.filter(kind="escalated")
    assert [(one.data["to"], one.data["trigger"]) for one in told] == expected


def test_c3_2_6_the_duty_manager_is_paged_of_a_customer_who_is_sent_around_whoever_joins(
    seniors: Cast, case: Case
) -> None:
    handover.hand_over(case, seniors.ines, "Please.", by=seniors.delphine, now=TUESDAY)
    case.refresh_from_db()
    put_through_three_times(seniors, case)
    weigh(TUESDAY + HOUR + 3 * timedelta(minutes=1))
    assert Escalation.objects.get(case=case).member == seniors.marguerite, "Ines has the case already"
    paged = Alarm.objects.get(case=case, code="runaround")
    assert (paged.member, paged.tell_at) == (seniors.ines, TUESDAY + HOUR + 3 * timedelta(minutes=1))


def test_c3_2_8_the_third_post_on_a_cause_in_a_day_brings_a_director_to_all_three(seniors: Cast, case: Case) -> None:
    """Each by itself is read by few; the first two cases are weighed again though nothing happens on them."""
    cases = [case]
    for number in (2, 3):
        sender = f"Guest <guest{number}@example.com>"
        cases.append(complaint(seniors, text=HURT, sender=sender, key=f"9{number}", subject=f"Vase {number}"))
    for one in cases:
        Case.objects.filter(pk=one.pk).update(cause="tall stems")
        one.refresh_from_db()
    posted(cases[0], 20, by=seniors.ines)
    posted(cases[1], 20, 25 * HOUR - timedelta(minutes=1), by=seniors.ines)
    weigh(TUESDAY + 25 * HOUR)
    assert [rungs(one)[0][0] for one in cases[:2]] == [2, 2]
    posted(cases[2], 20, 25 * HOUR, by=seniors.ines)
    weigh(TUESDAY + 25 * HOUR)
    for one in cases:
        assert (3, "public") in rungs(one)
        assert one.entries.filter(kind="escalated", data__to=3).count() == 1


def test_c3_2_8_three_posts_of_different_days_or_causes_bring_none(seniors: Cast, case: Case) -> None:
    for number, at, cause in ((2, 30 * HOUR, "late"), (3, 30 * HOUR, "tall stems")):
        sender = f"Guest <guest{number}@example.com>"
        other = complaint(seniors, text=HURT, sender=sender, key=f"9{number}", subject=f"Vase {number}")
        Case.objects.filter(pk=other.pk).update(cause=cause)
        other.refresh_from_db()
        posted(other, 20, at, by=seniors.ines)
    Case.objects.filter(pk=case.pk).update(cause="late")
    case.refresh_from_db()
    posted(case, 20, by=seniors.ines)
    weigh(TUESDAY + 30 * HOUR)
    assert rungs(case) == [(2, "public")]


def test_c3_2_10_an_occasion_joins_somebody_when_72_hours_are_left(seniors: Cast, case: Case) -> None:
    """And the rung's own clock is halved: one open hour instead of two."""
    occasion = TUESDAY + 80 * HOUR
    judge(case, 3, occasion, by=seniors.delphine, now=TUESDAY + HOUR)
    weigh(TUESDAY + HOUR)
    weigh(occasion - 72 * HOUR - timedelta(minutes=1))
    assert rungs(case) == []
    at = occasion - 72 * HOUR
    weigh(at)
    assert rungs(case) == [(1, "occasion")]
    clock = Promise.objects.get(case=case, kind=Promise.Kind.RUNG)
    assert clock.due == TUESDAY + 24 * HOUR  # at 18:00 it is closed: Wednesday at nine, and one hour


def test_c3_2_13_a_packs_deadline_calls_at_half_and_at_four_fifths_of_its_time(seniors: Cast, case: Case) -> None:
    PackInUse.objects.create(brand=seniors.thimble, pack="us-dot-259-7", since=TUESDAY - DAY, by=seniors.ines)
    while lawful.bind_waiting(TUESDAY + HOUR):
        pass
    weigh(TUESDAY + HOUR)
    starting.write_up_call(case, "We look into it.", by=seniors.delphine, now=TUESDAY + HOUR)
    first = promises.owed(case).exclude(rule="").earliest("due")
    whole = first.due - first.made_at
    minute = timedelta(minutes=1)
    for share, expected in ((50, [(2, "pack_half")]), (80, [(2, "pack_half"), (3, "pack_late")])):
        at = first.made_at + whole * share / 100
        before = rungs(case)
        weigh(at - minute)
        assert rungs(case) == before, f"not before {share} %"
        weigh(at)
        assert rungs(case) == expected
