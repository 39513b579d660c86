"""A letter that blames or insults is read by a second person before it leaves (C7.2, C7.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry, Naming
from amends.clock.models import Absence, Alarm
from amends.flows import matter, releasing, reply, second_eye, tasks
from amends.flows.tests.test_reply import GOOD, LATER, written
from amends.people.models import Member
from tests.cast import Cast, complaint, hear, mail

SECOND = timedelta(seconds=1)
PAUSE = 60
BLAMES = (
    "Dear Rosalind, thank you for writing. You should have read the description before you chose them. Delphine Marsh"
)
WHY = "She asked for plain words."


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    case.refresh_from_db()
    return case


def tried(draft: Draft, at: int = PAUSE) -> str:
    """What hinders the letter so many seconds after the first try; empty when it may leave."""
    try:
        reply.hold(draft, by=draft.author, now=LATER + at * SECOND)
    except reply.CannotSend as error:
        return str(error)
    return ""


def blaming(cast: Cast, case: Case) -> Draft:
    """After its moment, with its reason."""
    draft = written(cast, case, BLAMES, reason=WHY)
    tried(draft, 0)
    return draft


def everybody_else_away(cast: Cast) -> None:
    for member in (cast.bo, cast.ines, cast.marguerite):
        Absence.objects.create(member=member, starts=LATER - timedelta(days=1), ends=LATER + timedelta(days=1))


def asked(case: Case) -> list[str]:
    entries = Entry.objects.filter(case=case, kind=second_eye.ASKED).order_by("pk")
    return [entry.data["member_name"] for entry in entries]


def let_go(case: Case, by: Member, words: str | None = None) -> Draft:
    draft = drafts.open_draft(case, Draft.Kind.LETTER)
    mark = words or (second_eye.words_mark(draft) if draft else "")
    held = releasing.let_go(case, mark, by=by, now=LATER + 90 * SECOND).draft
    return Draft.objects.select_related("author").get(pk=held.pk)


def said(case: Case) -> Entry:
    return Entry.objects.get(case=case, kind="contact.out")


def test_c7_a_letter_that_blames_waits_for_a_second_person_who_is_told_once(cast: Cast, case: Case) -> None:
    draft = blaming(cast, case)
    assert "Bo Adeyemi reads it first" in tried(draft)
    assert "Bo Adeyemi reads it first" in tried(draft, PAUSE + 5), "the same words ask nobody else"
    assert asked(case) == ["Bo Adeyemi"]
    assert Alarm.objects.get(code="read_letter").member == cast.bo
    assert Naming.objects.get().member == cast.bo
    assert not Entry.objects.filter(case=case, kind="contact.out").exists()


def test_c7_once_it_was_read_it_leaves_as_its_authors_and_says_who_let_it_go(cast: Cast, case: Case) -> None:
    tried(blaming(cast, case))
    held = let_go(case, cast.bo)
    assert (held.author, held.hold_until is not None) == (cast.delphine, True)
    released = Entry.objects.get(case=case, kind=second_eye.RELEASED)
    assert (released.member, released.data["author_name"]) == (cast.bo, "Delphine Marsh")
    tasks.release_held(LATER + 200 * SECOND)
    entry = said(case)
    assert entry.member == cast.delphine
    assert (entry.data["released_by"], entry.data["released_by_name"]) == (cast.bo.pk, "Bo Adeyemi")
    assert entry.data["coach_reason"] == WHY


def test_c7_a_release_holds_for_the_words_that_were_read_alone(cast: Cast, case: Case) -> None:
    draft = blaming(cast, case)
    tried(draft)
    read = second_eye.words_mark(draft)
    again = written(cast, case, BLAMES.replace("chose", "took"), reason=WHY)
    with pytest.raises(second_eye.SecondError, match="has changed the letter meanwhile"):
        let_go(case, cast.bo, read)
    assert "reads it first" in tried(again)
    let_go(case, cast.bo)
    drafts.undo(again.pk, by=cast.delphine)
    once_more = written(cast, case, BLAMES.replace("chose", "bought"), reason=WHY)
    assert "reads it first" in tried(once_more, 100)
    assert len(asked(case)) == 3


def test_c7_nobody_lets_their_own_letter_go_or_one_that_was_not_sent(cast: Cast, case: Case) -> None:
    draft = blaming(cast, case)
    with pytest.raises(second_eye.SecondError, match="has not sent this letter yet"):
        let_go(case, cast.bo)
    tried(draft)
    with pytest.raises(second_eye.SecondError, match="Somebody else reads your own letter"):
        let_go(case, cast.delphine)
    drafts.throw_away(case, Draft.Kind.LETTER, by=cast.delphine)
    with pytest.raises(second_eye.SecondError, match="has left already"):
        let_go(case, cast.bo)
    assert not Entry.objects.filter(kind=second_eye.RELEASED).exists()


def test_a_letter_does_not_leave_past_what_the_customer_wrote_since(cast: Cast, case: Case) -> None:
    tried(blaming(cast, case))
    hear(cast.mailbox, mail("Forget it.", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), LATER + 70 * SECOND)
    with pytest.raises(second_eye.SecondError, match="The customer has written since"):
        let_go(case, cast.bo)


def test_c7_where_nobody_else_is_at_work_it_is_said_and_the_reason_is_enough(cast: Cast, case: Case) -> None:
    everybody_else_away(cast)
    draft = blaming(cast, case)
    assert "nobody else of this brand is at work" in tried(draft)
    assert tried(draft, PAUSE + 5) == ""
    assert asked(case) == []
    assert Entry.objects.get(case=case, kind=second_eye.NOBODY).member == cast.delphine
    tasks.release_held(LATER + 200 * SECOND)
    assert (said(case).data["released_by"], said(case).data["coach_reason"]) == (None, WHY)


def test_whoever_was_asked_and_went_home_is_not_waited_for(cast: Cast, case: Case) -> None:
    draft = blaming(cast, case)
    tried(draft)
    Absence.objects.create(member=cast.bo, starts=LATER, ends=LATER + timedelta(days=1))
    assert "reads it first" in tried(draft, PAUSE + 5)
    assert asked(case)[0] == "Bo Adeyemi"
    assert asked(case)[1] != "Bo Adeyemi"


def test_es8_of_a_guarded_case_somebody_reads_who_sees_it_anyway(cast: Cast, case: Case) -> None:
    before = matter.of(case)
    matter.change(case, before, {**before, "guard": Case.Guard.VULNERABLE}, by=cast.delphine, now=LATER)
    case.refresh_from_db()
    tried(blaming(cast, case))
    assert asked(case) and asked(case) != ["Bo Adeyemi"]


def test_a_good_letter_waits_for_nobody(cast: Cast, case: Case) -> None:
    assert tried(written(cast, case, GOOD)) == ""
    tasks.release_held(LATER + 200 * SECOND)
    assert "released_by" not in said(case).data
