"""Promise something: for whom, said in public, and that it will not happen again (C4.1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from amends.cases.models import Case, Entry
from amends.clock import promises
from amends.clock.models import Promise
from amends.desk.tests.desk_time import HTMX, NOW, SignIn, kinds_of
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
FORM = {"act": "bring her new flowers", "kind": "other", "visible": "on", "other": "2026-03-04T16:00"}


@pytest.fixture
def case(cast: Cast) -> Case:
    return complaint(cast)


@pytest.fixture
def agent(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.delphine)


def give(agent: Client, case: Case, **parts: str) -> Any:
    form = {name: value for name, value in {**FORM, **parts}.items() if value}
    return agent.post(f"/cases/{case.pk}/promises/new/", form, headers=HTMX)


def test_the_everyday_form_is_short_and_the_rest_stands_under_more(case: Case, agent: Client) -> None:
    sheet = agent.get(f"/cases/{case.pk}/promises/new/").content.decode()
    everyday, _more, rest = sheet.partition('<details class="more-fields">')
    assert 'name="beneficiary"' in rest and 'name="public"' in rest
    assert 'name="act"' in everyday and 'name="beneficiary"' not in everyday
    give(agent, case)
    promise = Promise.objects.get(act=FORM["act"])
    assert (promise.beneficiary, promise.public, promise.visible) == ("", False, True)


def test_whoever_it_is_for_and_that_it_was_said_in_public_stand_beside_it(case: Case, agent: Client) -> None:
    assert give(agent, case, beneficiary=" Winifred ", public="on").status_code == 200
    promise = Promise.objects.get(act=FORM["act"])
    assert (promise.beneficiary, promise.public) == ("Winifred", True)
    assert Entry.objects.filter(kind="promise.made", data__promise=promise.pk).exists()
    assert "you, for Winifred, said in public" in agent.get(f"/cases/{case.pk}/").content.decode()


def test_what_was_promised_in_public_and_kept_is_told_in_public_by_the_next_working_day(
    case: Case, agent: Client
) -> None:
    give(agent, case, public="on")
    promise = Promise.objects.get(act=FORM["act"])
    agent.post(f"/promises/{promise.pk}/kept/", {"evidence": "Ines saw them there."}, headers=HTMX)
    told = Promise.objects.get(act="say where it was promised that it is done: bring her new flowers")
    assert not told.visible and told.due.date() == NOW.date() + timedelta(days=1)
    assert kinds_of(case).count("promise.kept") == 1
    give(agent, case, act="send a card")
    card = Promise.objects.get(act="send a card")
    agent.post(f"/promises/{card.pk}/kept/", {"evidence": "Posted at noon."}, headers=HTMX)
    assert not Promise.objects.filter(act__contains="send a card", act__startswith="say where").exists()


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("step/done", {"how": "Spoke at noon.", "seconds": "30", "then": "known"}),
        ("calls", {"text": "She has them.", "outcome": "reached", "minutes": "3"}),
    ],
)
def test_a_public_word_is_told_in_public_by_whatever_it_was_kept(
    case: Case, agent: Client, path: str, form: dict[str, str]
) -> None:
    give(agent, case, act="ring you", kind="callback", other="2026-03-03T11:30", public="on")
    agent.post(f"/cases/{case.pk}/{path}/", form)
    assert Promise.objects.get(act="ring you").kept_at is not None
    told = Promise.objects.get(act="say where it was promised that it is done: ring you")
    assert Entry.objects.filter(kind="promise.made", data__promise=told.pk).exists()


def test_that_it_will_not_happen_again_is_done_by_a_time_and_looked_at_on_another(case: Case, agent: Client) -> None:
    parts = {"kind": "prevent", "act": "label the vases", "check_at": "2026-04-07T10:00"}
    assert give(agent, case, **parts).status_code == 200
    done, check = Promise.objects.filter(case=case, kind="prevent").order_by("due")
    assert (done.act, check.act) == ("label the vases", "look whether it holds: label the vases")
    assert (done.visible, check.visible, f"{check.due:%d %b}") == (True, True, "07 Apr")
    made = Entry.objects.filter(case=case, kind="promise.made", data__promise__in=[done.pk, check.pk])
    assert made.count() == 2
    agent.post(f"/promises/{done.pk}/kept/", {"evidence": "The labels are on."}, headers=HTMX)
    assert check in promises.owed(case)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"kind": "prevent"}, "Name a day on which you look whether it holds."),
        (
            {"kind": "prevent", "check_at": "2026-03-04T09:00"},
            "Look whether it holds after it is done: name a later day.",
        ),
        ({"kind": "prevent", "check_at": "2126-03-04T09:00"}, "This is not within two years of today."),
        ({"kind": "prevent", "check_at": "in spring"}, "Enter a valid date/time."),
        ({"public": "on", "visible": ""}, "What was said in public the customer knows, too. Tick this."),
        ({"beneficiary": "W" * 121}, "at most 120 characters"),
        ({"act": " "}, "Say what is promised."),
        ({"other": ""}, "Name a time."),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_promises_nothing(
    case: Case, agent: Client, parts: dict[str, str], said: str
) -> None:
    before = kinds_of(case)
    answer = give(agent, case, **parts)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert kinds_of(case) == before


def test_a_slip_under_more_is_not_hidden(case: Case, agent: Client) -> None:
    answer = give(agent, case, beneficiary="W" * 121).content.decode()
    assert '<details class="more-fields" open>' in answer


def test_a_check_day_of_another_kind_is_left_alone(case: Case, agent: Client) -> None:
    """The field is not seen then; what a browser filled in promises nothing."""
    give(agent, case, check_at="2026-04-07T10:00")
    assert Promise.objects.filter(case=case, source="person").count() == 1


@pytest.mark.parametrize(("name", "status"), [("carline", 403), ("callum", 404)])
def test_who_only_reads_or_serves_another_brand_promises_nothing(
    cast: Cast, case: Case, signed_in: SignIn, name: str, status: int
) -> None:
    """S7."""
    assert give(signed_in(getattr(cast, name)), case).status_code == status
    assert not Promise.objects.filter(act=FORM["act"]).exists()
