"""Whoever is named in a note finds it on Now; who may not see the case cannot, and the writer hears of it (ES8)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases.drafts import Written
from amends.cases.models import Case, Draft, Entry, Naming
from amends.clock.ladder import Trigger
from amends.clock.rungs import open_rung
from amends.flows import drafting, matter, note
from amends.people.models import Member, Role
from tests.cast import TUESDAY, Cast, complaint


@pytest.fixture
def case(cast: Cast) -> Case:
    made = complaint(cast)
    Case.objects.filter(pk=made.pk).update(owner=cast.delphine)
    made.refresh_from_db()
    return made


@pytest.fixture
def guarded_case(cast: Cast, case: Case) -> Case:
    after = {**matter.of(case), "guard": "vulnerable"}
    matter.change(case, matter.of(case), after, by=cast.ines, now=TUESDAY)
    case.refresh_from_db()
    return case


def named(case: Case) -> list[Member]:
    return [one.member for one in Naming.objects.filter(entry__case=case).order_by("pk")]


@pytest.mark.parametrize("words", ["@Callum, look.", "Ask @Callum Brae about the router."])
def test_a_colleague_of_another_brand_cannot_be_named_and_nothing_is_lost(cast: Cast, case: Case, words: str) -> None:
    drafting.save(case, Draft.Kind.NOTE, Written(text=words), by=cast.delphine, now=TUESDAY)
    with pytest.raises(note.NamedInVain, match=r"^Callum may not see this case.* Take out the @"):
        note.write_draft(case, words, by=cast.delphine, now=TUESDAY)
    assert not Entry.objects.filter(case=case, kind="note.written").exists()
    assert Draft.objects.get(case=case, kind=Draft.Kind.NOTE).text == words


def test_es8_who_has_no_part_in_a_guarded_case_cannot_be_named(cast: Cast, guarded_case: Case) -> None:
    with pytest.raises(note.NamedInVain, match=r"^Bo may not see this case"):
        note.write(guarded_case, "Look at this, @Bo.", by=cast.delphine, now=TUESDAY)
    note.write(guarded_case, "Look at this, @Ines.", by=cast.delphine, now=TUESDAY)
    assert named(guarded_case) == [cast.ines]


def test_es8_whoever_joined_may_be_named(cast: Cast, guarded_case: Case) -> None:
    open_rung(guarded_case, Trigger("by_hand", 1, "x"), cast.bo, None, at=TUESDAY, by=cast.ines)
    note.write(guarded_case, "Look at this, @Bo.", by=cast.delphine, now=TUESDAY)
    assert named(guarded_case) == [cast.bo]


def test_who_has_a_part_in_it_is_asked_once_however_many_work_here(cast: Cast, guarded_case: Case) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            note.write(guarded_case, "Look at this, @Ines.", by=cast.delphine, now=TUESDAY)
        return len(asked)

    questions()
    few = questions()
    for name in ("Piet Oster", "Runa Holt", "Tilde Voss"):
        more = Member.objects.create(name=name, email=f"{name[:4]}@thimble.example", role=Role.AGENT)
        more.teams.set(cast.delphine.teams.all())
    assert questions() == few


def test_a_name_that_somebody_who_sees_it_bears_is_theirs(cast: Cast, case: Case) -> None:
    Member.objects.filter(pk=cast.callum.pk).update(name="Bo Brae")
    note.write(case, "Look at this, @Bo.", by=cast.delphine, now=TUESDAY)
    assert named(case) == [cast.bo]


@pytest.mark.parametrize("words", ["Write to gus@callum.example.", "He posts as @somebody", "Plain words"])
def test_an_address_or_a_name_of_nobody_here_is_written_down_as_it_is(cast: Cast, case: Case, words: str) -> None:
    note.write(case, words, by=cast.delphine, now=TUESDAY)
    assert named(case) == []


def test_a_letter_that_becomes_a_note_is_kept_whoever_it_names(cast: Cast, case: Case) -> None:
    entry = note.keep_letter(case, "Dear @Callum, and @Bo", by=cast.delphine, now=TUESDAY)
    assert entry.letter.new_text == "Dear @Callum, and @Bo"
    assert named(case) == [cast.bo]
