"""A case ends and begins again: what a law wants goes on, what the house wants begins anew (ES6, ES7, SL1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Case, Closure, Entry
from amends.clock import promises
from amends.clock.models import PackInUse, Promise, Target
from amends.flows import closing, lawful, retiming, starting
from tests.cast import TUESDAY, Cast, complaint, hear, mail

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HURT = "They came broken and I am very disappointed."


def bound(cast: Cast, pack: str) -> Case:
    PackInUse.objects.create(brand=cast.thimble, pack=pack, since=TUESDAY - HOUR, bound_at=TUESDAY)
    return complaint(cast, text=HURT)


def owed(case: Case, rule: str) -> Promise:
    return promises.owed(case).get(rule=rule)


def ended(cast: Cast, case: Case, reason: str, at: timedelta) -> None:
    closing.close(case, reason, by=cast.bo, now=TUESDAY + at)
    assert not promises.owed(case).exists()


def begins_again(cast: Cast, case: Case, at: timedelta, key: str = "2") -> None:
    """She writes once more."""
    thread = "In-Reply-To: <1@mail.example.com>\n"
    hear(cast.mailbox, mail("It is still broken!", key=key, headers=thread), TUESDAY + at)
    assert not Closure.objects.filter(case=case).exists()


def made(case: Case, rule: str) -> int:
    rows = list(Promise.objects.filter(case=case, rule=rule).values_list("pk", flat=True))
    return Entry.objects.filter(case=case, kind="promise.made", data__promise__in=rows).count()


def test_es7_a_deadline_that_ended_with_the_case_goes_on_with_the_time_that_it_had(cast: Cast) -> None:
    case = bound(cast, "uk-fca-disp")
    before = owed(case, "uk-fca-disp/final")
    for round_ in (1, 2):
        ended(cast, case, "not_ours", round_ * 10 * DAY)
        begins_again(cast, case, round_ * 10 * DAY + HOUR, key=f"again{round_}")
        after = owed(case, "uk-fca-disp/final")
        assert (after.due, after.made_at, after.promisor) == (before.due, before.made_at, case.owner)
        assert made(case, "uk-fca-disp/final") == 1 + round_, "once each time"
    begins_again(cast, case, 21 * DAY, key="more")
    assert made(case, "uk-fca-disp/final") == 3


def test_es7_what_a_law_wanted_and_got_is_owed_anew_by_a_complaint_that_begins_again(cast: Cast) -> None:
    case = bound(cast, "uk-fca-disp")
    stages = list(promises.owed(case).exclude(rule=""))
    promises.keep_all(stages, at=TUESDAY + HOUR, by=cast.bo, evidence="letter 1")
    ended(cast, case, "silent", DAY)
    begins_again(cast, case, 2 * DAY)
    assert owed(case, "uk-fca-disp/final").made_at == TUESDAY + 2 * DAY
    promises.keep_all(promises.owed(case).exclude(rule=""), at=TUESDAY + 3 * DAY, by=cast.bo, evidence="letter 2")
    begins_again(cast, case, 4 * DAY, key="3")
    assert not promises.owed(case).exclude(rule="").exists(), "once"


def test_es7_a_longer_time_is_taken_once_however_often_a_case_ends(cast: Cast) -> None:
    case = bound(cast, "uk-housing-ombudsman-2024")
    rule = "uk-housing-ombudsman-2024/stage1"
    longer = lawful.extend(owed(case, rule), "The surveyor is ill; told her.", by=cast.bo, now=TUESDAY + HOUR)
    ended(cast, case, "spam", 2 * HOUR)
    begins_again(cast, case, 3 * HOUR)
    after = owed(case, rule)
    assert after.due == longer.due
    with pytest.raises(lawful.LawError, match="allows it once"):
        lawful.extend(after, "Still ill.", by=cast.bo, now=TUESDAY + 4 * HOUR)


def test_es7_the_houses_own_pack_counts_from_when_it_begins_again(cast: Cast) -> None:
    case = bound(cast, "house-default")
    before = owed(case, "house-default/resolve")
    starting.write_up_call(case, "Sorry.", by=cast.bo, now=TUESDAY + HOUR)
    ended(cast, case, "silent", DAY)
    begins_again(cast, case, 2 * DAY)
    after = owed(case, "house-default/resolve")
    assert after.made_at == TUESDAY + 2 * DAY and after.due > before.due


def test_sl1_it_is_to_be_made_right_again_though_it_was_put_off_before(cast: Cast) -> None:
    Target.objects.create(
        brand=cast.thimble, channel="email", severity=0, first_reply=240, next_reply=240, made_right=2400
    )
    case = complaint(cast, text=HURT)
    first = promises.owed(case).get(kind="made_right")
    new = retiming.NewTime(first.due + DAY, "it needs a part")
    retiming.unseen(first, new, by=cast.delphine, now=TUESDAY + HOUR)
    starting.write_up_call(case, "Sorry.", by=cast.delphine, now=TUESDAY + HOUR)
    ended(cast, case, "happy", DAY)
    begins_again(cast, case, 2 * DAY)
    again = promises.owed(case).get(kind="made_right")
    assert again.made_at == TUESDAY + 2 * DAY
    assert Entry.objects.filter(case=case, kind="promise.made", data__promise=again.pk).count() == 1


@pytest.mark.parametrize("reason", ["answered", "thanked", "happy", "silent"])
def test_es7_no_complaint_ends_while_its_letter_is_owed(cast: Cast, reason: str) -> None:
    case = bound(cast, "uk-fca-disp")
    with pytest.raises(closing.ClosingError, match="send you our final response"):
        closing.close(case, reason, by=cast.bo, now=TUESDAY + HOUR)
    assert not Entry.objects.filter(case=case, kind="case.closed").exists()
    assert promises.is_owed(owed(case, "uk-fca-disp/final"))


@pytest.mark.parametrize(
    ("text", "used", "says"),
    [(HURT, False, "Thimble & Thorn does not use this policy pack"), ("When are you open?", True, "about complaints")],
)
def test_es7_a_stage_begins_on_a_complaint_of_a_brand_that_uses_its_pack(
    cast: Cast, text: str, used: bool, says: str
) -> None:
    if used:
        PackInUse.objects.create(brand=cast.thimble, pack="uk-retail-cra-2015", since=TUESDAY - HOUR)
    case = complaint(cast, text=text)
    with pytest.raises(lawful.LawError, match=says):
        lawful.begin(case, "uk-retail-cra-2015/refund", by=cast.bo, now=TUESDAY + HOUR)
    assert not Promise.objects.filter(case=case, rule="uk-retail-cra-2015/refund").exists()
