"""ES8: a case of a vulnerable person, or of danger, is seen only by those who need it; for others it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from amends.cases.models import Case, Entry, File, Naming
from amends.desk import guarded
from amends.desk.live.hub import Hub, News
from amends.desk.live.ticket import Ticket
from amends.flows import escalating, note
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, hear, mail

pytestmark = pytest.mark.django_db

NOW = TUESDAY + timedelta(hours=1)
WORD = "x7guarded"
SignIn = Callable[[Member], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Winifred's own mail; Delphine has it. Bo serves the same brand."""
    entry = hear(cast.mailbox, mail(f"I fell. {WORD}", subject=f"Stairs {WORD}", sender=f"W {WORD} <w@example.com>"))
    assert entry is not None
    case = Case.objects.get(pk=entry.case_id)
    case.owner, case.guard, case.severity = cast.delphine, "vulnerable", 5
    case.save()
    case.next_step.who = cast.delphine
    case.next_step.save()
    note.write(case, f"@Bo Adeyemi look at this {WORD}", by=cast.delphine, now=NOW)
    return case


LISTS = ["now", "people", "search", "undelivered"]


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
    (last,) = hub._entries(case_entries(case)[-1] - 1)[:1]
    heard = {member.name for member in cast.at_the_desk() if hub._may_hear(ticket(member), last)}
    assert heard == {"Delphine Marsh", "Ines Calder", "Marguerite Sol"}
    open_news = News(1, 1, case.brand_id, ("now",), "contact.in")
    assert hub._may_hear(ticket(cast.bo), open_news)


def case_entries(case: Case) -> list[int]:
    return list(Entry.objects.filter(case=case).order_by("pk").values_list("pk", flat=True))


def ticket(member: Member) -> Ticket:
    return Ticket(member.pk)
