"""What was read, or how grave it is judged, asks for somebody else: the case goes on while nobody has spoken (RO1, RO3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry, LetterReading
from amends.channels.models import Acknowledgement
from amends.clock import promises
from amends.clock.models import Absence
from amends.flows import asking, handover, matter, reading, rerouting, tasks
from amends.flows.following import Following
from amends.flows.handover import hand_over_promises
from amends.people.models import Brand, Member, Skill, SkillRule
from amends.triage.routing import Reason, explain
from tests.cast import TUESDAY, Cast, complaint, hear, mail

pytestmark = pytest.mark.process

OVERCHARGED = "You charged me twice for the same flowers. I want my money back."
ROSES = "The roses were brown."
SOON = TUESDAY + timedelta(seconds=10)


@pytest.fixture(autouse=True)
def _from_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_follows", Following("reading", (reading.HEARD, reading.BLACKENED)))


@pytest.fixture
def billing(cast: Cast) -> Skill:
    """Bo Adeyemi knows about billing, and has less room than Delphine."""
    skill = Skill.objects.create(name="Billing")
    cast.bo.skills.add(skill)
    cast.bo.capacity = 5
    cast.bo.save()
    return skill


def of_money(billing: Skill, **parts: Any) -> SkillRule:
    return SkillRule.objects.create(skill=billing, topic="money", **parts)


def grave(billing: Skill) -> SkillRule:
    return SkillRule.objects.create(skill=billing, severity=4)


def judge(case: Case, severity: int, by: Member) -> None:
    before = matter.of(case)
    matter.change(case, before, {**before, "severity": severity}, by=by, now=SOON)


def owner(case: Case) -> Member | None:
    return Case.objects.select_related("owner").get(pk=case.pk).owner


def owners_set(case: Case) -> list[str]:
    """Why each owner has it, in sentences."""
    entries = Entry.objects.filter(case=case, kind="owner.set").order_by("pk")
    return [explain([Reason(**one) for one in entry.data["why"]]) for entry in entries]


def test_ro1_ro7_a_case_goes_on_to_who_knows_about_it_once_its_letter_is_read_and_says_why(
    cast: Cast, billing: Skill
) -> None:
    of_money(billing)
    case = complaint(cast, text=OVERCHARGED)
    assert owner(case) == cast.delphine, "nobody has read it yet"
    tasks.read_letters(SOON)
    assert LetterReading.objects.get().topic == "money"
    assert owner(case) == cast.bo
    assert owners_set(case)[-1].startswith(
        "Delphine Marsh, who had it, does not know about Billing. Bo Adeyemi’s team serves this brand. "
        "What they write about (money) asks for Billing. Bo Adeyemi knows about Billing."
    )
    assert case.next_step.who == cast.bo
    assert {one.promisor for one in promises.owed(case)} == {cast.bo}, "what the house owes goes along"


def test_a_letter_about_something_else_stays_where_it_is(cast: Cast, billing: Skill) -> None:
    of_money(billing)
    case = complaint(cast, text=ROSES)
    tasks.read_letters(SOON)
    assert (owner(case), len(owners_set(case))) == (cast.delphine, 1)


def test_ro1_the_first_letter_that_says_what_it_is_about_counts_and_a_later_one_does_so_too(
    cast: Cast, billing: Skill
) -> None:
    of_money(billing)
    case = complaint(cast, text="Hello, this is about my flowers.")
    tasks.read_letters(SOON)
    assert owner(case) == cast.delphine
    hear(cast.mailbox, mail(OVERCHARGED, key="2", headers="In-Reply-To: <1@mail.example.com>\n"), SOON)
    tasks.read_letters(SOON)
    assert owner(case) == cast.bo


def test_ro1_words_and_topic_of_one_rule_must_both_hold(cast: Cast, billing: Skill) -> None:
    of_money(billing, words="boiler")
    case = complaint(cast, text=OVERCHARGED)
    tasks.read_letters(SOON)
    assert owner(case) == cast.delphine


def test_ro1_a_matter_that_is_judged_grave_goes_to_who_may_handle_it_and_says_why(cast: Cast, billing: Skill) -> None:
    grave(billing)
    case = complaint(cast, text=ROSES)
    assert owner(case) == cast.delphine
    judge(case, 3, cast.delphine)
    assert owner(case) == cast.delphine
    judge(case, 4, cast.delphine)
    assert owner(case) == cast.bo
    assert (
        "How grave it is (severity 4 or more) asks for Billing. Bo Adeyemi knows about Billing." in owners_set(case)[-1]
    )


def begun(case: Case, cast: Cast) -> None:
    drafts.save(case, Draft.Kind.LETTER, drafts.Written(text="Dear Rosalind,"), by=cast.delphine, now=TUESDAY)


def handed(case: Case, cast: Cast) -> None:
    handover.hand_over(case, cast.ines, "She knows her.", by=cast.delphine, now=TUESDAY)


@pytest.mark.parametrize("happened", [begun, handed])
def test_ro4_whoever_writes_or_got_it_from_a_colleagues_hand_keeps_it(
    cast: Cast, billing: Skill, happened: Any
) -> None:
    of_money(billing)
    grave(billing)
    case = complaint(cast, text=OVERCHARGED)
    happened(case, cast)
    before = owner(case)
    tasks.read_letters(SOON)
    judge(case, 4, cast.delphine)
    assert owner(case) == before != cast.bo


def test_ro4_whoever_knows_the_customer_keeps_it(cast: Cast, billing: Skill) -> None:
    first = complaint(cast, text=ROSES)
    assert owner(first) == cast.delphine
    of_money(billing)
    second = complaint(cast, text=OVERCHARGED, key="2", subject="Another matter")
    tasks.read_letters(SOON)
    assert owner(second) == cast.delphine


def test_ro3_where_nobody_who_is_here_knows_about_it_nobody_is_asked_to_give_it_up(cast: Cast, billing: Skill) -> None:
    of_money(billing)
    Absence.objects.create(member=cast.bo, starts=TUESDAY, ends=TUESDAY + timedelta(days=5))
    case = complaint(cast, text=OVERCHARGED)
    tasks.read_letters(SOON)
    assert (owner(case), len(owners_set(case))) == (cast.delphine, 1)


def told_names(case: Case) -> list[str]:
    entries = Entry.objects.filter(case=case, kind="contact.out").order_by("pk")
    return [entry.data["in_the_name_of"] for entry in entries]


def test_ro5_a_customer_who_was_told_a_name_hears_the_new_one(cast: Cast, billing: Skill) -> None:
    of_money(billing)
    case = complaint(cast, text=OVERCHARGED)
    tasks.acknowledge_waiting(TUESDAY)
    assert told_names(case) == ["Delphine Marsh"]
    tasks.read_letters(SOON)
    assert told_names(case) == ["Delphine Marsh", "Bo Adeyemi"]


def test_ro5_a_customer_who_was_told_no_name_yet_hears_one_name_only(cast: Cast, billing: Skill) -> None:
    of_money(billing)
    case = complaint(cast, text=OVERCHARGED)
    tasks.read_letters(SOON)
    assert told_names(case) == []
    assert Acknowledgement.objects.get(case=case).state == Acknowledgement.State.WAITING
    tasks.acknowledge_waiting(SOON)
    assert told_names(case) == ["Bo Adeyemi"]


def test_a_case_that_cannot_go_on_stops_no_other(cast: Cast, billing: Skill, monkeypatch: pytest.MonkeyPatch) -> None:
    of_money(billing)
    Member.objects.filter(pk=cast.bo.pk).update(capacity=0)  # so that both are Delphine's at first
    bad = complaint(cast, text=OVERCHARGED)
    good = complaint(cast, text=OVERCHARGED, key="2", sender="ada@example.com", subject="Another matter")
    assert owner(good) == cast.delphine

    def but_not_the_first(case: Case, before: Member | None, to: Member) -> None:
        if case.pk == bad.pk:
            raise ValueError("this row is broken")
        hand_over_promises(case, before, to)

    monkeypatch.setattr(rerouting, "hand_over_promises", but_not_the_first)
    tasks.read_letters(SOON)
    assert (owner(bad), owner(good)) == (cast.delphine, cast.bo)
    assert len(owners_set(bad)) == 1, "nothing half done is kept"


def test_where_no_rule_goes_by_what_was_read_it_costs_one_query(
    cast: Cast, billing: Skill, django_assert_num_queries: Any
) -> None:
    SkillRule.objects.create(skill=billing, words="boiler")
    case = complaint(cast, text=OVERCHARGED)
    with django_assert_num_queries(1):
        rerouting.route_read({case.pk}, SOON)


def test_letters_that_ask_for_nobody_else_cost_as_many_queries_for_many_as_for_one(
    cast: Cast, billing: Skill, django_assert_max_num_queries: Any
) -> None:
    of_money(billing)
    cases = [
        complaint(cast, text=ROSES, key=str(key), sender=f"{key}@example.com", subject=f"Matter {key}")
        for key in range(6)
    ]
    tasks.read_letters(SOON)
    with django_assert_max_num_queries(7) as one:
        rerouting.route_read({cases[0].pk}, SOON)
    with django_assert_max_num_queries(len(one)):
        rerouting.route_read({case.pk for case in cases}, SOON)


def test_ro1_a_rule_by_topic_and_severity_is_tried_on_past_cases_and_says_of_how_many_nothing_was_read(
    cast: Cast, billing: Skill
) -> None:
    case = complaint(cast, text=OVERCHARGED)
    tasks.read_letters(SOON)
    unread = complaint(cast, text=OVERCHARGED, key="2", sender="ada@example.com", subject="Another matter")
    rule = SkillRule(skill=billing, topic="money")
    tried = asking.try_on_past(rule, (), SOON)
    assert (tried.of, tried.unread, [(hit.case, hit.asked.topic) for hit in tried.hits]) == (2, 1, [(case, "money")])
    Case.objects.filter(pk=unread.pk).update(severity=5)
    by_severity = asking.try_on_past(SkillRule(skill=billing, severity=4), (), SOON)
    assert (by_severity.of, by_severity.unread) == (2, 0)
    assert [(hit.case, hit.asked.severity) for hit in by_severity.hits] == [(unread, 4)]
    assert owner(case) == cast.delphine, "nothing is changed by trying"


def test_a_brand_that_tells_no_new_names_tells_none(cast: Cast, billing: Skill) -> None:
    Brand.objects.update(tell_new_name=False)
    of_money(billing)
    case = complaint(cast, text=OVERCHARGED)
    tasks.acknowledge_waiting(TUESDAY)
    tasks.read_letters(SOON)
    assert (owner(case), told_names(case)) == (cast.bo, ["Delphine Marsh"])
