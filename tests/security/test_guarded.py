"""ES8: a case of a vulnerable person, or of danger, is seen only by those who need it; for others it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from amends.cases.models import Case, Entry, File, Naming, NextStep
from amends.channels.models import Delivery
from amends.clock import alarms, promises
from amends.clock.models import Alarm, Promise
from amends.desk.live.hub import Hub
from amends.desk.live.news import News
from amends.desk.live.ticket import Ticket
from amends.flows import abuse, escalating, guarded, merging, note, reminding, telling
from amends.flows.looking import Staff
from amends.people.models import Member, Notice
from tests.cast import TUESDAY, Cast, complaint, hear, mail

pytestmark = pytest.mark.django_db

NOW = TUESDAY + timedelta(hours=1)
WORD = "x7guarded"
SignIn = Callable[[Member], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Winifred's own mail; Delphine has it. Bo serves the same brand, and was named before it was guarded."""
    entry = hear(cast.mailbox, mail(f"I fell. {WORD}", subject=f"Stairs {WORD}", sender=f"W {WORD} <w@example.com>"))
    assert entry is not None
    case = Case.objects.get(pk=entry.case_id)
    note.write(case, f"@Bo Adeyemi look at this {WORD}", by=cast.delphine, now=NOW)
    case.owner, case.guard, case.severity = cast.delphine, "vulnerable", 5
    case.save()
    case.next_step.who = cast.delphine
    case.next_step.save()
    return case


LISTS = ["now", "people", "search", "undelivered", "promises", "duty", "outbox"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("view", ["mine", "team", "all"])
def test_no_list_and_no_search_tells_of_it(cast: Cast, case: Case, signed_in: SignIn, name: str, view: str) -> None:
    with time_machine.travel(NOW, tick=False):
        page = signed_in(cast.bo).get(reverse(name), {"view": view, "q": "stairs"})
        assert page.status_code == 200
        assert WORD not in page.content.decode()


def test_the_palette_does_not_find_it_and_the_persons_page_does_not_exist(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    browser = signed_in(cast.bo)
    for question in ("stairs", case.reference, "w@example.com", WORD):
        found = browser.get(reverse("palette"), {"q": question}, headers={"HX-Request": "true"})
        assert f"/cases/{case.pk}/" not in found.content.decode()
        assert f"/people/{case.customer_id}/" not in found.content.decode()
    assert browser.get(reverse("person", args=[case.customer_id])).status_code == 404


@pytest.mark.parametrize("role", ["bo", "carline", "callum"])
def test_its_page_its_parts_and_its_deeds_do_not_exist(cast: Cast, case: Case, signed_in: SignIn, role: str) -> None:
    browser = signed_in(getattr(cast, role))
    for name in ("case", "case_brief", "case_matter", "case_timeline", "case_panel", "case_close", "case_merge"):
        assert browser.get(reverse(name, args=[case.pk])).status_code in (403, 404), name
    assert browser.get(reverse("raw", args=[case_entries(case)[1]])).status_code in (403, 404)
    for file in File.objects.filter(entry__case=case):
        assert browser.get(reverse("file", args=[file.pk, file.name])).status_code == 404


def test_a_note_that_names_somebody_there_is_not_told_to_them(cast: Cast, case: Case, signed_in: SignIn) -> None:
    assert Naming.objects.filter(member=cast.bo).exists()
    with time_machine.travel(NOW, tick=False):
        assert WORD not in signed_in(cast.bo).get(reverse("now")).content.decode()


@pytest.mark.parametrize("role", ["delphine", "ines", "marguerite"])
def test_its_owner_and_the_seniors_see_it(cast: Cast, case: Case, signed_in: SignIn, role: str) -> None:
    browser = signed_in(getattr(cast, role))
    assert WORD in browser.get(reverse("case", args=[case.pk])).content.decode()
    assert WORD in browser.get(reverse("search"), {"q": "stairs"}).content.decode()


def test_whoever_joins_sees_it_from_then_on(cast: Cast, case: Case, signed_in: SignIn) -> None:
    assert signed_in(cast.bo).get(reverse("case", args=[case.pk])).status_code == 404
    Member.objects.filter(pk=cast.bo.pk).update(rung=1)
    rung = escalating.ask_for_backup(case, "Help.", by=cast.delphine, now=NOW)
    assert rung.member == cast.bo
    assert signed_in(cast.bo).get(reverse("case", args=[case.pk])).status_code == 200


def test_a_case_that_is_not_guarded_costs_nobody_anything(cast: Cast, case: Case) -> None:
    assert guarded.hidden_from(cast.bo) == {case.pk}
    assert guarded.hidden_from(cast.ines) == frozenset()
    Case.objects.filter(pk=case.pk).update(guard="")
    assert guarded.hidden_from(cast.bo) == frozenset()


def test_live_news_of_it_go_only_to_those_who_need_it(cast: Cast, case: Case) -> None:
    hub = Hub()
    hub._look_who_is_active()
    hub._last = case_entries(case)[-1] - 1
    last = hub._new_entries()[-1]
    heard = {member.name for member in cast.at_the_desk() if hub._may_hear(ticket(member), last)}
    assert heard == {"Delphine Marsh", "Ines Calder", "Marguerite Sol"}
    open_news = News(1, 1, case.brand_id, ("now",), "contact.in")
    assert hub._may_hear(ticket(cast.bo), open_news)


@pytest.fixture
def open_case(cast: Cast, case: Case) -> Case:
    """Another case of the same person, which everybody of the brand sees, with the word in it."""
    fresh = mail(f"My epilepsy. {WORD}", subject=f"Pills {WORD}", sender="w@example.com", key="2")
    entry = hear(cast.mailbox, fresh, NOW)
    assert entry is not None and entry.case_id != case.pk
    return Case.objects.get(pk=entry.case_id)


@pytest.mark.parametrize("guarded_into_open", [True, False])
def test_neither_of_two_cases_that_were_joined_is_open(
    cast: Cast, case: Case, open_case: Case, signed_in: SignIn, guarded_into_open: bool
) -> None:
    source, target = (case, open_case) if guarded_into_open else (open_case, case)
    merging.merge(source, target, by=cast.delphine, now=NOW)
    Case.objects.filter(pk=target.pk).update(owner=cast.delphine)
    NextStep.objects.filter(case=target).update(who=cast.delphine)
    browser = signed_in(cast.bo)
    assert guarded.hidden_from(cast.bo) == {case.pk, open_case.pk}
    for one in (case, open_case):
        assert browser.get(reverse("case", args=[one.pk])).status_code == 404
        for entry in Entry.objects.filter(case=one, kind="contact.in"):
            assert browser.get(reverse("raw", args=[entry.pk])).status_code == 404
    for question in ("stairs", "pills", "epilepsy"):
        assert WORD not in browser.get(reverse("search"), {"q": question}).content.decode()
    assert signed_in(cast.delphine).get(reverse("case", args=[target.pk])).status_code == 200


def test_whoever_takes_over_reads_what_was_taken_in_and_who_had_that_reads_it_no_more(
    cast: Cast, case: Case, open_case: Case, signed_in: SignIn
) -> None:
    Case.objects.filter(pk=open_case.pk).update(owner=cast.bo)
    merging.merge(open_case, case, by=cast.delphine, now=NOW)
    letter = Entry.objects.get(case=open_case, kind="contact.in")
    raw = reverse("raw", args=[letter.pk])
    assert (signed_in(cast.bo).get(raw).status_code, signed_in(cast.delphine).get(raw).status_code) == (404, 200)
    assert guarded.who_needs([open_case.pk, letter.case_id]) == {open_case.pk: {cast.delphine.pk}}


def test_a_part_of_it_is_as_closed_as_it_is(cast: Cast, case: Case, signed_in: SignIn) -> None:
    letter = Entry.objects.get(case=case, kind="contact.in")
    part = merging.split(case, [letter], "The bill", by=cast.delphine, now=NOW)
    Case.objects.filter(pk=part.pk).update(owner=cast.delphine)
    NextStep.objects.filter(case=part).update(who=cast.delphine)
    assert signed_in(cast.bo).get(reverse("case", args=[part.pk])).status_code == 404
    assert WORD not in signed_in(cast.bo).get(reverse("search"), {"q": "stairs"}).content.decode()


def test_an_alarm_from_before_is_neither_shown_nor_sent(cast: Cast, case: Case, signed_in: SignIn) -> None:
    old = alarms.raise_alarm(cast.bo, "promise.half", NOW, case, promise=1)
    other = alarms.raise_alarm(cast.bo, "lost", NOW, None, day="2026-03-03")
    with time_machine.travel(NOW, tick=False):
        page = signed_in(cast.bo).get(reverse("now")).content.decode()
    assert WORD not in page
    assert reverse("alarm_seen", args=[old.pk]) not in page
    assert reverse("alarm_seen", args=[other.pk]) in page
    assert telling.tell(NOW, 50) == 2
    notice = Notice.objects.get(member=cast.bo)
    assert [line["case"] for line in notice.body["lines"]] == [""]


def test_nobody_stands_by_who_may_not_see_it(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """A077: the second person of a guarded case is somebody senior."""
    abuse.act(case, abuse.SECOND, "He swears.", until=None, by=cast.delphine, now=NOW)
    second = Alarm.objects.get(code="stand_by").member
    assert guarded.sees_all(second)
    assert signed_in(second).get(reverse("case", args=[case.pk])).status_code == 200
    assert Entry.objects.get(case=case, kind="abuse.joined").data["member"] == second.pk


def test_of_a_word_that_somebody_gave_who_may_not_see_it_the_duty_manager_is_told(cast: Cast, case: Case) -> None:
    """C4: else the reminder of it leads to a page that does not exist."""
    soon = promises.Word("ring her first", NOW + timedelta(minutes=30), Promise.Kind.CALLBACK)
    promises.make(case, soon, promisor=cast.delphine, at=NOW, by=cast.delphine)
    word = promises.Word("ring her", NOW + timedelta(hours=1), Promise.Kind.CALLBACK)
    promise = promises.make(case, word, promisor=cast.bo, at=NOW, by=cast.bo)
    late = promise.due + timedelta(minutes=1)
    assert reminding.broke(promise, late, Staff(late))
    alarm = Alarm.objects.get(code="promise.broken", params__promise=promise.pk)
    assert guarded.sees_all(alarm.member)
    assert Entry.objects.filter(case=case, kind="promise.broken", data__promise=promise.pk).count() == 1


def test_the_palette_counts_only_cases_in_sight(cast: Cast, case: Case, open_case: Case, signed_in: SignIn) -> None:
    found = signed_in(cast.bo).get(reverse("search"), {"q": "w@example.com"}).content.decode()
    assert "1 open case" in found and "2 open cases" not in found


def test_a_person_of_another_brand_is_not_known_by_a_case_out_of_sight(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """S7: the only case in Bo's brand is guarded, and the other one is not of his brands."""
    fresh = mail("The line is dead.", subject="No line", sender="w@example.com", to="help@vantry.example", key="3")
    assert hear(cast.other_mailbox, fresh, NOW) is not None
    for question in ("w@example.com", WORD):
        page = signed_in(cast.bo).get(reverse("search"), {"q": question}).content.decode()
        assert reverse("person", args=[case.customer_id]) not in page


def test_whoever_types_the_address_of_somebody_out_of_sight_is_shown_nothing_of_them(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """As with people of other brands: the address is told for a new person, who shares nothing else."""
    told = {"name": "Win", "address": "w@example.com", "title": "They rang", "words": "Hello", "channel": "phone"}
    told |= {"kind": "question"}
    begun = signed_in(cast.bo).post(reverse("new_case"), {**told, "brand": cast.thimble.pk})
    assert begun.status_code == 302
    new = Case.objects.latest("pk")
    assert new.customer_id != case.customer_id
    assert WORD not in signed_in(cast.bo).get(reverse("case", args=[new.pk])).content.decode()
    reach = reverse("person_reach", args=[cast.rosalind.pk])
    complaint(cast, key="7")
    refused = signed_in(cast.bo).post(reach, {"reach": "w@example.com"})
    assert refused.status_code == 422 and WORD not in refused.content.decode()


def test_no_badge_counts_a_letter_of_it(cast: Cast, case: Case, signed_in: SignIn) -> None:
    entry = Entry.objects.get(case=case, kind="contact.in")
    lost = Delivery(entry=entry, case=case, account=cast.mailbox, message_id="a", recipients=["w@example.com"])
    lost.state, lost.next_try_at = Delivery.State.FAILED, NOW
    lost.save()
    badge = 'href="' + reverse("undelivered") + '"'
    assert badge in signed_in(cast.delphine).get(reverse("people")).content.decode()
    assert badge not in signed_in(cast.bo).get(reverse("people")).content.decode()


def test_where_a_part_went_is_not_told_once_it_is_out_of_sight(
    cast: Cast, case: Case, open_case: Case, signed_in: SignIn
) -> None:
    letter = Entry.objects.get(case=open_case, kind="contact.in")
    part = merging.split(open_case, [letter], "Epilepsy", by=cast.bo, now=NOW)
    Case.objects.filter(pk=part.pk).update(guard="vulnerable", owner=cast.delphine)
    NextStep.objects.filter(case=part).update(who=cast.delphine)
    page = signed_in(cast.bo).get(reverse("case", args=[open_case.pk])).content.decode()
    assert "Epilepsy" not in page and reverse("case", args=[part.pk]) not in page
    assert "only those see who need it" in page


def test_a_hint_where_a_case_belongs_names_none_out_of_sight(
    cast: Cast, case: Case, open_case: Case, signed_in: SignIn
) -> None:
    taken = complaint(cast, subject=f"Taken in {WORD}", key="9")
    Case.objects.filter(pk=taken.pk).update(merged_into=case)
    NextStep.objects.filter(case=taken).delete()
    other = complaint(cast, subject="Another", key="8")
    for belongs in (case, taken):
        Case.objects.filter(pk=other.pk).update(may_belong_to=belongs)
        assert WORD not in signed_in(cast.bo).get(reverse("case", args=[other.pk])).content.decode()


def test_live_news_of_what_was_taken_in_go_only_to_those_who_need_it(cast: Cast, case: Case, open_case: Case) -> None:
    merging.merge(open_case, case, by=cast.delphine, now=NOW)
    hub = Hub()
    hub._look_who_is_active()
    told = [news for news in hub._new_entries() if news.case_id == open_case.pk]
    assert told and not any(hub._may_hear(ticket(cast.bo), news) for news in told)
    assert all(hub._may_hear(ticket(cast.delphine), news) for news in told)


def case_entries(case: Case) -> list[int]:
    return list(Entry.objects.filter(case=case).order_by("pk").values_list("pk", flat=True))


def ticket(member: Member) -> Ticket:
    return Ticket(member.pk)
