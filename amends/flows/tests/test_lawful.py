"""What policy packs want stands among the promises, with their letters and their longer times (ES7, Appendix 2)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Alarm, PackInUse, Promise
from amends.clock.tests.test_packs import GOOD
from amends.flows import closing, drafting, handover, lawful, promising, reply, starting, steps, tasks
from amends.flows.decide import decide
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint, hear, mail

HOUR = timedelta(hours=1)
LATER = TUESDAY + HOUR
HURT = "They came broken and I am very disappointed."
WORDS = (
    "Dear Rosalind,\n\nthank you for telling me about Winifred's flowers. We sent the wrong ones. That was our mistake, "
    "and I am sorry that it spoilt her birthday; you have every reason to be angry. I will bring her the right ones "
    "tomorrow at 10:00.\n\nDelphine Marsh"
)


def test_a_complaint_owes_what_the_packs_in_use_want_es7(cast: Cast) -> None:
    use(cast, "uk-fca-disp")
    case = complaint(cast, text=HURT)
    owed = {promise.rule: promise for promise in law(case)}
    assert owed.keys() == {"uk-fca-disp/ack", "uk-fca-disp/final"}
    final = owed["uk-fca-disp/final"]
    assert final.due == datetime(2026, 4, 28, 16, 30, tzinfo=UTC)  # eight weeks later, at the close, in summer time
    assert (final.source, final.promisor, final.visible) == (Promise.Source.LAW, case.owner, False)
    assert case.next_step.kind == "answer"


def test_a_question_or_a_brand_without_packs_owes_nothing_of_it_es7(cast: Cast) -> None:
    use(cast, "uk-fca-disp")
    assert not law(complaint(cast, text="When are you open?", subject="Hours"))
    other = hear(cast.other_mailbox, mail(HURT, key="5", to="help@vantry.example", sender="Ada <ada@example.com>"))
    assert other is not None and not law(other.case)


def test_the_next_letter_of_the_customer_makes_no_second_deadline_es7(cast: Cast) -> None:
    use(cast, "uk-fca-disp")
    case = complaint(cast, text=HURT)
    hear(cast.mailbox, mail("Still broken.", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), LATER)
    assert len(law(case)) == 2


def test_any_letter_keeps_the_acknowledgement_and_only_its_document_the_final_response_es7(cast: Cast) -> None:
    use(cast, "uk-fca-disp")
    case = complaint(cast, text=HURT)
    say(cast, case, WORDS, LATER)
    assert [promise.rule for promise in law(case)] == ["uk-fca-disp/final"]
    at = TUESDAY + timedelta(days=20)
    lawful.write_letter(case, "uk-fca-disp/final_response", by=owner(case), now=at)
    say(cast, case, WORDS, at)
    assert not law(case)
    entry = Entry.objects.filter(case=case, kind="contact.out").order_by("-pk")[0]
    assert entry.data["documents"] == ["uk-fca-disp/final_response"]
    kept = Promise.objects.get(rule="uk-fca-disp/final")
    assert kept.kept_at is not None and kept.evidence == f"letter {entry.pk}"


@pytest.mark.parametrize(("days", "left"), [(2, 0), (6, 1)])
def test_a_short_letter_settles_it_only_until_the_close_of_the_third_business_day_es7(
    cast: Cast, days: int, left: int
) -> None:
    use(cast, "uk-fca-disp")
    case = complaint(cast, text=HURT)
    at = TUESDAY + timedelta(days=days)
    lawful.write_letter(case, "uk-fca-disp/summary_resolution", by=owner(case), now=at)
    say(cast, case, WORDS, at)
    assert len(law(case)) == left


def test_an_automatic_note_or_a_call_is_no_letter_es7(cast: Cast) -> None:
    use(cast, "us-dot-259-7")
    case = complaint(cast, text=HURT)
    tasks.acknowledge_waiting(LATER)
    starting.write_up_call(case, "I rang her.", by=cast.bo, now=LATER)
    assert {promise.rule for promise in law(case)} == {"us-dot-259-7/ack", "us-dot-259-7/final"}


def test_a_stage_that_begins_with_another_is_counted_from_when_that_was_done_es7(cast: Cast) -> None:
    use(cast, "uk-housing-ombudsman-2024")
    case = complaint(cast, text=HURT)
    stage1 = Promise.objects.get(case=case, rule="uk-housing-ombudsman-2024/stage1")
    assert stage1.due == datetime(2026, 3, 24, 17, 30, tzinfo=UTC)  # 5 and 10 working days
    say(cast, case, WORDS, LATER)
    stage1.refresh_from_db()
    assert stage1.due == datetime(2026, 3, 17, 17, 30, tzinfo=UTC)
    assert Entry.objects.filter(case=case, kind="promise.recounted").count() == 1


def test_stage_two_begins_when_somebody_says_so_and_brings_what_follows_es7(cast: Cast) -> None:
    use(cast, "uk-housing-ombudsman-2024")
    case = complaint(cast, text=HURT)
    made = lawful.begin(case, "uk-housing-ombudsman-2024/stage2_ack", by=cast.bo, now=LATER)
    assert [promise.rule.partition("/")[2] for promise in made] == ["stage2_ack", "stage2"]
    assert made[1].due == datetime(2026, 4, 7, 16, 30, tzinfo=UTC)  # 5 and 20 working days
    with pytest.raises(lawful.LawError, match="has begun already"):
        lawful.begin(case, "uk-housing-ombudsman-2024/stage2_ack", by=cast.bo, now=LATER)
    with pytest.raises(lawful.LawError, match="begins by itself"):
        lawful.begin(case, "uk-housing-ombudsman-2024/ack", by=cast.bo, now=LATER)


def test_stage_two_is_answered_by_somebody_who_had_no_part_before_es7(cast: Cast) -> None:
    """Appendix 2, `other_person`: whoever rang or wrote before it began neither begins its letter nor ends the stage."""
    use(cast, "uk-housing-ombudsman-2024")
    case = complaint(cast, text=HURT)
    starting.write_up_call(case, "I rang her.", by=cast.bo, now=TUESDAY)
    ack, stage2 = lawful.begin(case, "uk-housing-ombudsman-2024/stage2_ack", by=cast.ines, now=LATER)
    document = "uk-housing-ombudsman-2024/stage2"
    with pytest.raises(lawful.LawError, match="another person"):
        lawful.write_letter(case, document, by=cast.bo, now=LATER)
    with pytest.raises(promises.PromiseError, match="neither written nor rung"):
        promising.keep(ack, by=cast.bo, now=LATER, evidence="Letter of today, kept as 2026-03")
    draft = lawful.write_letter(case, document, by=cast.delphine, now=LATER)
    Draft.objects.filter(pk=draft.pk).update(author=cast.bo, to=["rosalind@example.com"], text=WORDS)
    with pytest.raises(reply.CannotSend, match="another person"):
        reply.hold(Draft.objects.get(pk=draft.pk), by=cast.bo, now=LATER)
    Draft.objects.filter(pk=draft.pk).update(author=cast.delphine)
    reply.hold(Draft.objects.get(pk=draft.pk), by=cast.delphine, now=LATER)
    assert tasks.release_held(LATER + timedelta(seconds=20)) == 1
    for promise in (ack, stage2):
        promise.refresh_from_db()
        assert promise.kept_at is not None
        assert Entry.objects.filter(case=case, kind="promise.kept", data__promise=promise.pk).count() == 1


def test_a_letter_of_whoever_had_a_part_leaves_stage_two_owed_es7(cast: Cast) -> None:
    use(cast, "uk-housing-ombudsman-2024")
    case = complaint(cast, text=HURT)
    say(cast, case, WORDS, TUESDAY)
    lawful.begin(case, "uk-housing-ombudsman-2024/stage2_ack", by=cast.ines, now=LATER)
    say(cast, case, WORDS.replace("10:00", "11:00"), LATER + HOUR)
    assert "uk-housing-ombudsman-2024/stage2_ack" in {promise.rule for promise in law(case)}


def test_a_complaint_that_begins_again_owes_the_stages_again_es7(cast: Cast) -> None:
    """Else a deadline that ended with the case would be lost with it."""
    use(cast, "uk-fca-disp")
    case = complaint(cast, text=HURT)
    starting.write_up_call(case, "I rang her.", by=cast.bo, now=LATER)
    before = law(case)
    Promise.objects.filter(pk__in=[promise.pk for promise in before]).update(kept_at=LATER)
    closing.close(case, "happy", by=cast.bo, now=LATER)
    assert not law(case)
    again = TUESDAY + timedelta(days=3)
    hear(cast.mailbox, mail("They are wrong again!", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), again)
    assert {promise.rule for promise in law(case)} == {promise.rule for promise in before}
    assert {promise.made_at for promise in law(case)} == {again}
    hear(cast.mailbox, mail("And more.", key="3", headers="In-Reply-To: <1@mail.example.com>\n"), again + HOUR)
    assert len(law(case)) == len(before), "once"


def test_a_longer_time_is_taken_once_with_a_reason_before_the_first_has_passed_es7(cast: Cast) -> None:
    use(cast, "uk-housing-ombudsman-2024")
    case = complaint(cast, text=HURT)
    stage1 = Promise.objects.get(case=case, rule="uk-housing-ombudsman-2024/stage1")
    with pytest.raises(lawful.LawError, match="how the customer was told"):
        lawful.extend(stage1, " ", by=cast.bo, now=LATER)
    after = lawful.extend(stage1, "The surveyor is ill; told her on the phone.", by=cast.bo, now=LATER)
    assert after.due == datetime(2026, 4, 7, 16, 30, tzinfo=UTC) and after.rule == stage1.rule
    with pytest.raises(lawful.LawError, match="allows it once"):
        lawful.extend(after, "Still ill.", by=cast.bo, now=LATER)
    ack = Promise.objects.get(case=case, rule="uk-housing-ombudsman-2024/ack")
    with pytest.raises(lawful.LawError, match="allows no longer time"):
        lawful.extend(ack, "Slow.", by=cast.bo, now=LATER)


def test_c4_2_a_letter_that_a_law_wants_is_no_parcel_es7(cast: Cast) -> None:
    """It is late at its hour, and nobody is told to stay at home for it."""
    use(cast, "uk-housing-ombudsman-2024")
    case = complaint(cast, text=HURT)
    stage1 = Promise.objects.get(case=case, rule="uk-housing-ombudsman-2024/stage1")
    longer = lawful.extend(stage1, "The surveyor is ill; told her on the phone.", by=cast.bo, now=LATER)
    assert (stage1.kind, stage1.grace_until, longer.grace_until) == (Promise.Kind.SEND, None, None)
    starting.write_up_call(case, "I rang her.", by=cast.bo, now=LATER)
    tasks.remind_of_promises(longer.due - timedelta(minutes=15))
    tasks.break_promises(longer.due)
    broken = [one for one in Entry.objects.filter(case=case, kind="promise.broken") if one.data["promise"] == longer.pk]
    assert [one.at for one in broken] == [longer.due]
    assert not Alarm.objects.filter(case=case, code="promise.parcel").exists()


def test_a_longer_time_after_the_first_has_passed_is_refused_es7(cast: Cast) -> None:
    use(cast, "uk-housing-ombudsman-2024")
    case = complaint(cast, text=HURT)
    stage1 = Promise.objects.get(case=case, rule="uk-housing-ombudsman-2024/stage1")
    with pytest.raises(lawful.LawError, match="must be told before"):
        lawful.extend(stage1, "Late.", by=cast.bo, now=stage1.due)


def test_a_letter_with_a_gap_does_not_leave_es7(cast: Cast) -> None:
    case = complaint(cast, text=HURT)
    draft = lawful.write_letter(case, "uk-fca-disp/final_response", by=owner(case), now=LATER)
    assert "Dear Rosalind" in draft.text and "{" not in draft.text
    drafts.write(draft, drafts.Written(text=draft.text, to=["rosalind@example.com"]), LATER)
    with pytest.raises(reply.CannotSend, match=r"“\[\[what it was about\]\]” is still a gap"):
        reply.hold(draft, by=owner(case), now=LATER)


def test_a_packs_letter_without_a_gap_does_not_leave_word_for_word_es7(
    cast: Cast, tmp_path: Path, settings: LazySettings
) -> None:
    """A pack of one's own: its letter is a template like any other, and must be edited."""
    settings.PACKS_DIR = tmp_path
    body = f"Dear {{customer}},\n\n{WORDS.partition('Rosalind,')[2].strip().removesuffix('Delphine Marsh')}{{agent}}"
    letter = {"answer": {"title": "Our answer", "text": body}}
    (tmp_path / "mine.json").write_text(json.dumps({**GOOD, "documents": letter}))
    case = complaint(cast, text=HURT)
    by = owner(case)
    draft = lawful.write_letter(case, "my-shop/answer", by=by, now=LATER)
    drafts.write(draft, drafts.Written(text=draft.text, to=["rosalind@example.com"]), LATER)
    with pytest.raises(reply.CannotSend, match="“Our answer” stands here word for word"):
        reply.hold(draft, by=by, now=LATER)
    assert Draft.objects.get(pk=draft.pk).hold_until is None
    own = draft.text.replace("tomorrow at 10:00", "myself tomorrow at 11:00")
    drafts.write(draft, drafts.Written(text=own, to=["rosalind@example.com"]), LATER)
    reply.hold(draft, by=by, now=LATER)
    assert Draft.objects.get(pk=draft.pk).hold_until is not None


def test_a_draft_that_was_emptied_is_no_document_any_more_es7(cast: Cast) -> None:
    use(cast, "uk-fca-disp")
    case = complaint(cast, text=HURT)
    lawful.write_letter(case, "uk-fca-disp/final_response", by=owner(case), now=LATER)
    drafting.save(case, Draft.Kind.LETTER, drafts.Written(text=""), by=owner(case), now=LATER)
    say(cast, case, WORDS, LATER)
    assert [promise.rule for promise in law(case)] == ["uk-fca-disp/final"]


@pytest.mark.parametrize("reason", ["happy", "silent"])
def test_a_case_does_not_end_while_a_packs_letter_is_owed_es7(cast: Cast, reason: str) -> None:
    use(cast, "uk-fca-disp")
    case = complaint(cast, text=HURT)
    with pytest.raises(closing.ClosingError, match="send you our final response"):
        closing.close(case, reason, by=cast.bo, now=LATER)
    closing.close(case, "spam", by=cast.bo, now=LATER)
    assert not law(case)


def test_open_complaints_get_the_deadlines_of_a_pack_put_to_use_later_from_when_they_came_es7(cast: Cast) -> None:
    old = complaint(cast, TUESDAY - timedelta(days=30), text=HURT, sender="Ada <ada@example.com>", key="8")
    case = complaint(cast, text=HURT)
    use(cast, "us-dot-259-7", since=TUESDAY - timedelta(days=2))
    assert not law(case)
    while lawful.bind_waiting(LATER):
        pass
    final = Promise.objects.get(case=case, rule="us-dot-259-7/final")
    assert final.due == datetime(2026, 5, 1, 16, 30, tzinfo=UTC)  # sixty days are a Saturday: the Friday before
    assert not law(old)
    assert PackInUse.objects.get().bound_at == LATER


def test_a_law_binds_whoever_has_the_case_now_es7(cast: Cast) -> None:
    use(cast, "uk-fca-disp")
    case = complaint(cast, text=HURT)
    handover.hand_over(case, cast.marguerite, "She is right.", by=cast.bo, now=LATER)
    assert {promise.promisor for promise in law(case)} == {cast.marguerite}


def test_a_step_of_a_law_is_not_done_without_what_shows_it_es7(cast: Cast) -> None:
    use(cast, "uk-retail-cra-2015")
    case = complaint(cast, text=HURT)
    (refund,) = lawful.begin(case, "uk-retail-cra-2015/refund", by=cast.bo, now=LATER)
    starting.write_up_call(case, "I rang her.", by=cast.bo, now=LATER)
    Promise.objects.filter(case=case).exclude(pk=refund.pk).update(released_at=LATER)
    case.refresh_from_db()
    decide(case, LATER)
    Promise.objects.filter(case=case, kind="hear").update(due=refund.due + HOUR)
    decide(case, LATER)
    with pytest.raises(steps.StepError, match="Give the refund's reference"):
        steps.done(case, None, by=cast.bo, now=LATER)


@pytest.mark.parametrize(
    ("pack", "says"), [("uk-fca-disp", "A letter that you send"), ("iso10002-2018", "write up the call")]
)
def test_a_line_of_words_keeps_no_stage_that_a_letter_or_a_call_keeps_es7(cast: Cast, pack: str, says: str) -> None:
    """C4.2: what went by post is shown by its number."""
    use(cast, pack)
    case = complaint(cast, text=HURT)
    (ack,) = (promise for promise in law(case) if promise.rule == f"{pack}/ack")
    with pytest.raises(promises.PromiseError, match=says):
        promising.keep(ack, by=cast.bo, now=LATER, evidence="I wrote to her on Monday, done.")
    assert not Entry.objects.filter(case=case, kind="promise.kept").exists()
    promising.keep(ack, by=cast.bo, now=LATER, evidence="By post, RR12345678GB")
    assert Entry.objects.get(case=case, kind="promise.kept").data["promise"] == ack.pk


def test_the_houses_own_rule_is_no_law_and_is_kept_by_the_customers_word_es7(cast: Cast) -> None:
    use(cast, "house-default")
    case = complaint(cast, text=HURT)
    assert {promise.source for promise in law(case)} == {Promise.Source.POLICY}
    starting.write_up_call(case, "I rang her: it is right now.", by=cast.bo, now=LATER)
    assert [promise.rule for promise in law(case)] == ["house-default/resolve"]
    closing.close(case, "happy", by=cast.bo, now=LATER)
    assert Promise.objects.get(case=case, rule="house-default/resolve").kept_at == LATER


def test_a_desk_without_packs_asks_for_them_once_a_batch_and_for_nothing_else_es7(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        complaint(cast, text=HURT)
    told = [query["sql"] for query in asked.captured_queries]
    assert len([sql for sql in told if "clock_packinuse" in sql]) == 1
    assert not [sql for sql in told if "clock_promise" in sql and "made_right" in sql]


def use(cast: Cast, pack: str, since: datetime = TUESDAY - HOUR) -> None:
    PackInUse.objects.create(brand=cast.thimble, pack=pack, since=since, by=cast.marguerite)


def law(case: Case) -> list[Promise]:
    owed = Promise.objects.filter(case=case, kept_at=None, released_at=None, moved_at=None).exclude(rule="")
    return list(owed.order_by("pk"))


def owner(case: Case) -> Member:
    assert case.owner is not None
    return case.owner


def say(cast: Cast, case: Case, text: str, at: datetime) -> None:
    """A letter of the owner leaves."""
    written = drafts.Written(text=text, to=["rosalind@example.com"])
    draft = drafts.save(case, Draft.Kind.LETTER, written, by=owner(case), now=at)
    reply.hold(draft, by=owner(case), now=at)
    assert tasks.release_held(at + timedelta(seconds=20)) == 1


def test_a_case_that_cannot_be_bound_stops_no_other_and_no_later_pack_es7(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [complaint(cast, key=str(one), subject=f"Matter {one}", text=HURT) for one in range(3)]
    use(cast, "uk-fca-disp")
    PackInUse.objects.update(bound_at=None)

    def fails(case: Case, now: datetime, **named: Any) -> NextStep:
        if case.pk == cases[0].pk:
            raise ValueError("a bad row")
        return decide(case, now, **named)

    monkeypatch.setattr(lawful, "decide", fails)
    assert tasks.bind_packs(LATER) == 3
    assert [bool(law(case)) for case in cases] == [False, True, True]
    assert tasks.bind_packs(LATER) == 0
    assert PackInUse.objects.get().bound_at == LATER


def test_while_the_database_is_away_no_case_is_passed_over_es7(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = complaint(cast, text=HURT)
    use(cast, "uk-fca-disp")
    PackInUse.objects.update(bound_at=None)

    def is_away(*_args: object, **_named: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(lawful, "decide", is_away)
    with pytest.raises(OperationalError):
        tasks.bind_packs(LATER)
    monkeypatch.undo()
    tasks.bind_packs(LATER)
    assert law(case)
