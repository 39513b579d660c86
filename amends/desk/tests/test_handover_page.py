"""The hand-over's form: the customer hears the new name; and clocks of two places (RO5, C3.1, A067)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from amends.cases.models import Case, Entry
from amends.channels.models import Delivery
from amends.clock.models import Promise
from amends.clock.promises import Word
from amends.desk.tests.desk_time import HTMX, NOW, SignIn
from amends.flows import calling, promising
from amends.people.models import Brand, Customer, Team
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
HOUR = timedelta(hours=1)
NEW_YORK = ZoneInfo("America/New_York")
SUMMARY = "Wrong flowers. She wants them by Thursday."


@pytest.fixture
def case(cast: Cast) -> Case:
    found = complaint(cast)
    Case.objects.filter(pk=found.pk).update(owner=cast.delphine)
    found.refresh_from_db()
    return found


@pytest.fixture
def lead(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.ines)


@pytest.fixture
def abroad(case: Case) -> Case:
    """Rosalind is in New York: six in the morning there."""
    Customer.objects.filter(pk=case.customer_id).update(time_zone=NEW_YORK.key)
    return case


def told(case: Case) -> list[Entry]:
    return list(Entry.objects.filter(case=case, kind="contact.out", data__has_key="new_name"))


def test_the_form_offers_the_words_and_the_customer_reads_the_new_name_once(
    cast: Cast, case: Case, lead: Client
) -> None:
    """Every hand-over, not only absence, tells the customer; it is no answer and keeps no promise."""
    sheet = lead.get(f"/cases/{case.pk}/handover/").content.decode()
    assert "What the customer reads" in sheet and "from now on {name} looks after your matter" in sheet
    owed = list(Promise.objects.filter(case=case, kept_at=None).values_list("kind", flat=True))
    words = "Hello Rosalind,\n\nfrom now on {name} looks after it."
    lead.post(f"/cases/{case.pk}/handover/", {"to": cast.bo.pk, "summary": SUMMARY, "tell": words})
    (entry,) = told(case)
    assert entry.letter.new_text.startswith("Hello Rosalind,\n\nfrom now on Bo Adeyemi looks after it.")
    assert (entry.data["human"], entry.actor) == (False, Entry.Actor.SYSTEM)
    assert Delivery.objects.get(entry=entry).recipients == ["rosalind@example.com"]
    assert list(Promise.objects.filter(case=case, kept_at=None).values_list("kind", flat=True)) == owed
    page = lead.get(f"/cases/{case.pk}/").content.decode()
    assert "handed over to Bo Adeyemi" in page and "by itself, automatic: it answers nothing" in page


def test_empty_words_and_a_brand_that_does_not_want_it_send_nothing(cast: Cast, case: Case, lead: Client) -> None:
    lead.post(f"/cases/{case.pk}/handover/", {"to": cast.bo.pk, "summary": SUMMARY, "tell": " "})
    assert not told(case)
    Brand.objects.update(tell_new_name=False)
    assert "from now on {name}" not in lead.get(f"/cases/{case.pk}/handover/").content.decode()
    case.refresh_from_db()
    assert case.owner == cast.bo


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"to": ""}, "Choose who has it now."),
        ({"to": "nobody"}, "Choose who has it now."),
        ({"to": "999999"}, "Choose who has it now."),
        ({"summary": " "}, "Write two lines for them"),
        ({"tell": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_the_words_to_the_customer_stay(
    cast: Cast, case: Case, lead: Client, parts: dict[str, str], said: str
) -> None:
    form = {"to": str(cast.bo.pk), "summary": SUMMARY, "tell": "From now on it is {name}.", **parts}
    answer = lead.post(f"/cases/{case.pk}/handover/", form, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert form["tell"][:20] in page
    case.refresh_from_db()
    assert case.owner == cast.delphine and not told(case)


@pytest.mark.parametrize(("name", "status"), [("carline", 403), ("callum", 404)])
def test_who_only_reads_or_serves_another_brand_hands_nothing_over(
    cast: Cast, case: Case, signed_in: SignIn, name: str, status: int
) -> None:
    """S7."""
    form = {"to": cast.bo.pk, "summary": SUMMARY, "tell": "It is {name}."}
    assert signed_in(getattr(cast, name)).post(f"/cases/{case.pk}/handover/", form).status_code == status
    case.refresh_from_db()
    assert case.owner == cast.delphine and not told(case)


def test_the_words_told_at_a_hand_over_have_the_customers_own_clock_a067(
    cast: Cast, abroad: Case, lead: Client
) -> None:
    page = lead.get(f"/cases/{abroad.pk}/").content.decode()
    assert "6:00 in New York" in page


@pytest.mark.parametrize("path", ["promises/new", "step/done", "step/later"])
def test_no_call_is_proposed_in_the_customers_night_a067(abroad: Case, lead: Client, path: str) -> None:
    """At eleven in London it is six in New York: "in an hour" would wake her."""
    sheet = lead.get(f"/cases/{abroad.pk}/{path}/").content.decode()
    times = [datetime.fromisoformat(found) for found in re.findall(r'name="when" value="([^"]+)"', sheet)]
    assert times and all(8 <= one.astimezone(NEW_YORK).hour < 21 for one in times)
    assert times[0].astimezone(NEW_YORK).hour == 8


def test_the_next_window_of_a_call_is_not_in_the_customers_night_a067(cast: Cast, abroad: Case, lead: Client) -> None:
    """It was promised for seven in the morning there; tried twice, the next is later in the day."""
    ring = Word("ring you", NOW + HOUR, Promise.Kind.CALLBACK)
    word = promising.give(abroad, ring, promisor=cast.ines, by=cast.ines, now=NOW)
    for _time in range(2):
        lead.post(f"/cases/{abroad.pk}/calls/", {"text": "", "outcome": "message"}, headers=HTMX)
    after = Promise.objects.get(pk=word.pk).moved_to
    assert after is not None and after.window_opens is not None
    assert after.window_opens.astimezone(NEW_YORK) == datetime(2026, 3, 4, 8, tzinfo=NEW_YORK)
    assert after.due - after.window_opens == HOUR
    assert calling.next_window(after).astimezone(NEW_YORK).hour == 9


def test_a_case_that_follows_its_owner_into_another_team_says_so_on_its_timeline_c0_3(
    cast: Cast, case: Case, lead: Client
) -> None:
    night = Team.objects.create(name="Night")
    night.brands.add(cast.thimble)
    cast.bo.teams.set([night])
    lead.post(f"/cases/{case.pk}/handover/", {"to": cast.bo.pk, "summary": SUMMARY})
    assert "It is with the team Night now." in lead.get(f"/cases/{case.pk}/").content.decode()
