"""Stories of "This isn't right"."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client

from amends.cases.models import Case, Entry, Naming
from amends.clock import promises
from amends.clock.models import Escalation
from amends.flows import escalating, handover, not_right
from amends.portal.tests.world import answer, at, page_of, text_of, written
from tests.cast import TUESDAY, Cast, complaint

LATER = TUESDAY + timedelta(hours=1)


def test_one_choice_makes_it_a_complaint_that_owner_and_lead_are_told_of(cast: Cast, client: Client) -> None:
    case = complaint(cast, subject="A question", text="When do you open?")
    answer(case, "At nine.", TUESDAY)
    with at(LATER):
        response = client.post(f"{page_of(case)}not-right/", written(LATER, trouble="treatment", text=""), follow=True)
    case = Case.objects.select_related("owner").get()
    entry = Entry.objects.filter(kind="contact.in").latest("pk")
    assert case.owner is not None
    assert case.kind == Case.Kind.COMPLAINT
    assert entry.letter.new_text == "How I was treated."
    assert entry.data["trouble"] == "treatment"
    assert set(Naming.objects.values_list("member", flat=True)) == {case.owner.pk, cast.ines.pk}
    page = text_of(response)
    assert "Ines Calder, who leads our team, reads it too" in page
    assert f"You hear from {case.owner.first_name}: today, by " in page
    assert case.next_step.kind == "answer"


def test_the_form_tells_beforehand_who_reads_it_and_by_when(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    with at(LATER):
        page = text_of(client.get(f"{page_of(case)}not-right/"))
    assert "Send to Ines Calder" in page
    assert "Ines Calder, who leads our team, reads it too Today, by " in page


def test_a_broken_promise_is_named_in_the_message(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    word = promises.Word(act="send new flowers", due=LATER)
    promise = promises.make(case, word, promisor=cast.delphine, at=TUESDAY, by=cast.delphine)
    form = written(LATER, trouble="promise", about_promise=str(promise.pk), text="Nothing came.")
    with at(LATER + timedelta(hours=1)):
        client.post(f"{page_of(case)}not-right/", form)
    entry = Entry.objects.filter(kind="contact.in").latest("pk")
    assert entry.letter.new_text.startswith("Something promised did not happen: “Send new flowers (Tue 3 Mar, 11:00)”.")
    assert entry.letter.new_text.endswith("Nothing came.")
    assert entry.data["about_promise"] == promise.pk


def test_a_promise_that_is_not_theirs_cannot_be_named(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    word = promises.Word(act="inner step", due=LATER, visible=False)
    inner = promises.make(case, word, promisor=cast.delphine, at=TUESDAY, by=cast.delphine)
    form = written(LATER, trouble="promise", about_promise=str(inner.pk))
    with at(LATER):
        assert client.post(f"{page_of(case)}not-right/", form).status_code == 422


def test_without_a_choice_it_is_asked_for_and_the_words_stay(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    with at(LATER):
        response = client.post(f"{page_of(case)}not-right/", written(LATER, text="It is all wrong"))
    assert response.status_code == 422
    assert "Choose what is nearest." in text_of(response)
    assert "It is all wrong" in response.content.decode()


def test_a_lead_who_owns_the_case_has_nobody_more_senior(cast: Cast) -> None:
    case = complaint(cast)
    case.owner = cast.ines
    assert not_right.senior(case) is None
    case.owner = cast.bo
    assert not_right.senior(case) == cast.ines


def test_two_clicks_are_one_message(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    form = written(LATER, trouble="wrong", text="")
    with at(LATER):
        for _ in range(2):
            assert client.post(f"{page_of(case)}not-right/", form).status_code == 303
    assert Entry.objects.filter(kind="contact.in").count() == 2


def test_es3_a_customer_asks_for_somebody_senior_and_is_told_who(cast: Cast, client: Client) -> None:
    """ES3: at once, by name and minute; the owner stays the owner."""
    cast.ines.rung, cast.ines.title = 2, "head of service"
    cast.ines.save()
    case = complaint(cast)
    owner = case.owner
    answer(case, "Sorry.", TUESDAY)
    with at(LATER):
        page = text_of(client.get(f"{page_of(case)}?"))
        assert "I want somebody senior to look at it" in page
        form = written(LATER, trouble="senior", text="")
        response = client.post(f"{page_of(case)}not-right/", form, follow=True)
    rung = Escalation.objects.get(case=case)
    assert (rung.rung, rung.member, rung.params["besides"]) == (2, cast.ines, ["double_deviation", "self_escalation"])
    page = text_of(response)
    assert "Ines Calder, head of service, looks at it now and decides: today, by " in page
    assert Case.objects.get().owner == owner
    assert owner is not None and f"{owner.first_name} stays with you." in page


def test_the_page_names_who_has_it_and_who_joined_only_while_their_rung_is_open(cast: Cast, client: Client) -> None:
    """ES3: not for ever. A hand-over is seen at once."""
    cast.ines.rung, cast.ines.title = 2, "head of service"
    cast.ines.save()
    case = complaint(cast)
    answer(case, "Sorry.", TUESDAY)

    def page(now: datetime) -> str:
        with at(now):
            return text_of(client.get(page_of(case)))

    assert "Ines Calder" not in page(LATER)
    with at(LATER):
        client.post(f"{page_of(case)}not-right/", written(LATER, trouble="senior", text=""), follow=True)
    rung = Escalation.objects.get(case=case)
    assert "Ines Calder, head of service, looks at it too and decides: today, by " in page(LATER)
    escalating.decide_on(rung, "New flowers, today.", escalating.CALLED, by=cast.ines, now=LATER)
    assert "Ines Calder, head of service, looks at it too. " in page(LATER)
    handover.hand_over(case, cast.marguerite, "She knows the grower.", by=cast.ines, now=LATER)
    assert "Marguerite Sol looks after this until it is right" in page(LATER)
    rung.refresh_from_db()
    escalating.end(rung, "It is settled.", by=cast.ines, now=LATER)
    assert "Ines Calder" not in page(LATER).partition("What we wrote")[0]
    assert Entry.objects.filter(case=case, kind="deescalated").exists()
