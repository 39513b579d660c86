"""The list of what is owed: by the clock, by key, of one's own brands only."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from amends.cases.models import Draft, Naming, NextStep, Presence
from amends.cases.timeline import Words, record
from amends.channels.models import Account
from amends.desk import heading, queue
from amends.desk.tests.work_made import Shop, open_shop, owed, signed_in, soon
from amends.flows import closing
from amends.people.models import Member

pytestmark = pytest.mark.django_db


LATER = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=5)


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def page(client: Client, url: str = "/", *, fragment: bool = False) -> str:
    answer = client.get(url, headers={"HX-Request": "true"} if fragment else {})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def rows(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'data-row="(\d+)"', html)]


def more(html: str) -> str:
    found = re.search(r'hx-get="(/now/rows\?[^"]+)"', html)
    return unescape(found[1]) if found else ""


def title(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("late", "today", "sentence"),
    [
        (0, 0, "Nothing is owed today"),
        (0, 1, "One promise is due today"),
        (0, 5, "Five promises are due today"),
        (1, 0, "One promise is late"),
        (12, 0, "Twelve promises are late"),
        (13, 0, "13 promises are late"),
        (2, 5, "Two promises are late, five more are due today"),
        (1, 1, "One promise is late, one more is due today"),
        (2, 1, "Two promises are late, one more is due today"),
        (400, 0, "More than 300 promises are late"),
    ],
)
def test_the_heading_says_what_is_owed(late: int, today: int, sentence: str) -> None:
    assert heading.owed(late, today, 300) == sentence


@pytest.mark.parametrize(
    ("by", "group"),
    [
        (datetime(2026, 3, 3, 11, 59, tzinfo=UTC), "late"),
        (datetime(2026, 3, 3, 12, 0, tzinfo=UTC), "late"),
        (datetime(2026, 3, 3, 12, 1, tzinfo=UTC), "today"),
        (datetime(2026, 3, 3, 23, 59, tzinfo=UTC), "today"),
        (datetime(2026, 3, 4, 0, 0, tzinfo=UTC), "tomorrow"),
        (datetime(2026, 3, 5, 9, 0, tzinfo=UTC), "week"),
        (datetime(2026, 3, 8, 23, 0, tzinfo=UTC), "week"),
        (datetime(2026, 3, 9, 0, 0, tzinfo=UTC), "later"),
    ],
)
def test_steps_are_grouped_by_the_readers_own_days(by: datetime, group: str) -> None:
    assert queue.group_of(by, datetime(2026, 3, 3, 12, 0, tzinfo=UTC)) == group


def test_midnight_is_the_readers_own() -> None:
    with timezone.override("Asia/Tokyo"):
        now = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
        assert queue.group_of(datetime(2026, 3, 3, 15, 30, tzinfo=UTC), now) == "tomorrow"


def test_the_page_shows_who_what_by_when_and_the_customers_words(shop: Shop) -> None:
    owed(shop.alder, shop.priya, soon(-30), name="Marta Oyelaran", said="It is in two pieces.")
    html = page(signed_in(shop.priya))
    assert title(html) == "One promise is late"
    assert "Answer  <b><bdi>Marta Oyelaran</bdi></b>: Cracked teapot" in html
    assert '<q dir="auto">It is in two pieces.</q>' in html
    assert "queue-group is-late" in html


@pytest.mark.parametrize("who", ["priya", "hanne", "lead", "admin", "reader", "stranger"])
def test_the_page_is_there_for_every_role_with_work_and_without(shop: Shop, who: str) -> None:
    client = signed_in(getattr(shop, who))
    page(client)
    owed(shop.alder, shop.priya, soon(5))
    page(client)


def test_an_agent_never_sees_or_counts_other_brands(shop: Shop) -> None:
    hidden = owed(shop.vantry, shop.priya, soon(-5), name="Hidden Person")
    shown = owed(shop.alder, shop.priya, soon(5))
    for view in ("mine", "team", "all"):
        html = page(signed_in(shop.priya), f"/?view={view}")
        assert rows(html) == [shown.pk]
        assert "Hidden Person" not in html and f"A-{hidden.pk}" not in html
        assert title(html) == "One promise is due today" or "Nothing is owed" in title(html)
    assert "Mine <span>1</span>" in page(signed_in(shop.priya))
    assert "Team <span>1</span>" in page(signed_in(shop.priya))


def test_a_lead_sees_everyones_work(shop: Shop) -> None:
    cases = [owed(shop.vantry, shop.stranger, soon(5)).pk, owed(shop.alder, shop.priya, soon(6)).pk]
    assert rows(page(signed_in(shop.lead), "/?view=all")) == cases
    assert rows(page(signed_in(shop.lead), "/?view=team")) == cases[1:]
    assert rows(page(signed_in(shop.lead), "/?view=mine")) == []


def test_a_reader_looks_and_does_not_act(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5))
    html = page(signed_in(shop.reader))
    assert rows(html) == [case.pk]
    assert "data-url-r" not in html and "New case" not in html and "Mine" not in html


def test_keys_lead_to_the_deeds_of_the_case(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5))
    html = page(signed_in(shop.priya))
    assert f'data-url-r="/cases/{case.pk}/#composer"' in html
    assert f'data-url-e="{reverse("case_done", args=[case.pk])}"' in html
    assert 'data-sheets="p h e s w"' in html


def test_the_view_is_remembered(shop: Shop) -> None:
    case = owed(shop.alder, shop.hanne, soon(5))
    client = signed_in(shop.priya)
    assert rows(page(client)) == []
    assert rows(page(client, "/?view=team")) == [case.pk]
    assert rows(page(client)) == [case.pk]
    assert rows(page(client, "/?view=all")) == [case.pk], "a view that is not offered changes nothing"


def test_one_person_alone_has_no_choice_of_views(shop: Shop) -> None:
    Member.objects.exclude(pk=shop.admin.pk).update(is_active=False)
    assert "segments" not in page(signed_in(shop.admin)).split("<main", 1)[1].split("theme-choice")[0]


@pytest.mark.long
@pytest.mark.parametrize("who", ["priya", "admin"])
def test_the_page_asks_as_often_for_two_hundred_steps_as_for_ten(shop: Shop, who: str) -> None:
    client, me = signed_in(getattr(shop, who)), getattr(shop, who)
    for number in range(10):
        owed(shop.alder, me, soon(number))
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    for number in range(190):
        owed(shop.alder, me, soon(number))
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(few) == len(many) <= BUDGET


BUDGET = 23
"""The rail included."""


@pytest.mark.parametrize("together", [True, False])
def test_paging_by_key_never_repeats_or_loses_a_row(shop: Shop, together: bool) -> None:
    moment = soon(500)
    cases = [
        owed(shop.alder, shop.priya, moment + timedelta(minutes=0 if together else n)).pk
        for n in range(2 * queue.SIZE + 13)
    ]
    client = signed_in(shop.priya)
    html = page(client)
    found, pages = rows(html), 1
    while url := more(html):
        html = page(client, url, fragment=True)
        found, pages = found + rows(html), pages + 1
        assert "<h1" not in html
    assert found == cases
    assert pages == 3


def test_ro6_the_earliest_promise_goes_first_then_the_higher_score_then_the_older_case(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C3.5: ties of the clock are broken by the score, ties of the score by age; also where a page ends between them."""
    monkeypatch.setattr(queue, "SIZE", 2)
    older, newer, heavy = (owed(shop.alder, shop.priya, LATER) for _ in range(3))
    sooner = owed(shop.alder, shop.priya, LATER - timedelta(minutes=1))
    NextStep.objects.filter(case=heavy).update(score=60)
    NextStep.objects.filter(case__in=[older, newer]).update(score=40)
    priya, html = signed_in(shop.priya), ""
    html = page(priya)
    seen = rows(html)
    while url := more(html):
        html = page(priya, url, fragment=True)
        seen += rows(html)
    assert seen == [sooner.pk, heavy.pk, older.pk, newer.pk]


def test_a_row_that_comes_while_one_scrolls_pushes_no_other_away(shop: Shop) -> None:
    cases = [owed(shop.alder, shop.priya, soon(500 + n)).pk for n in range(queue.SIZE + 10)]
    client = signed_in(shop.priya)
    first = page(client)
    owed(shop.alder, shop.priya, soon(1))
    NextStep.objects.filter(pk=cases[0]).delete()
    assert rows(page(client, more(first), fragment=True)) == cases[queue.SIZE :]


def test_a_page_of_rows_says_its_group_only_when_it_begins(shop: Shop) -> None:
    for n in range(queue.SIZE + 5):
        owed(shop.alder, shop.priya, soon(-600 + n))
    owed(shop.alder, shop.priya, soon(60 * 24 * 30))
    client = signed_in(shop.priya)
    html = page(client, more(page(client)), fragment=True)
    assert html.count("<h2") == 1 and "Later" in html


def test_the_list_refreshed_is_as_long_as_it_was(shop: Shop) -> None:
    cases = [owed(shop.alder, shop.priya, soon(500 + n)).pk for n in range(2 * queue.SIZE)]
    client = signed_in(shop.priya)
    html = page(client, f"/now/rows?shown={queue.SIZE}&shown={queue.SIZE + 20}", fragment=True)
    assert rows(html) == cases[: queue.SIZE + 20]
    assert 'id="now-head"' in html and "hx-swap-oob" in html and more(html)


def test_the_rows_opened_alone_are_a_page(shop: Shop) -> None:
    cases = [owed(shop.alder, shop.priya, soon(500 + n)).pk for n in range(queue.SIZE + 5)]
    client = signed_in(shop.priya)
    html = page(client, more(page(client)))
    assert "<h1>" in html and rows(html) == cases[queue.SIZE :] and "From the beginning" in html


@pytest.mark.parametrize(
    "query",
    ["after=", "after=x", "after=,", "after=2026-03-03,0,5", "after=2026-13-45T00:00:00Z,0,1", "shown=x", "view=%00",
     "after=2026-03-03T10:00:00,0,1", "after=2026-03-03T10:00:00Z,1",
     "after=2026-03-03T10:00:00Z,0,9999999999999999999999"]
)  # fmt: skip
def test_what_makes_no_sense_is_the_beginning(shop: Shop, query: str) -> None:
    case = owed(shop.alder, shop.priya, soon(5))
    assert rows(page(signed_in(shop.priya), f"/now/rows?{query}", fragment=True)) == [case.pk]


def test_a_row_says_that_my_letter_is_leaving_and_that_a_colleague_writes(shop: Shop) -> None:
    leaving, taken = owed(shop.alder, shop.priya, soon(5)), owed(shop.alder, shop.priya, soon(6))
    now = timezone.now()
    Draft.objects.create(case=leaving, author=shop.priya, updated_at=now, hold_until=soon(1))
    Presence.objects.create(case=taken, member=shop.hanne, writing=True, seen_at=now)
    html = page(signed_in(shop.priya))
    assert "Your answer is about to leave" in html
    assert "Hanne has it" in html


def test_a_colleague_who_left_half_a_minute_ago_has_nothing(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(6))
    Presence.objects.create(case=case, member=shop.hanne, writing=True, seen_at=soon(-1))
    assert "Hanne has it" not in page(signed_in(shop.priya))


def test_a_case_that_was_reopened_and_one_with_a_letter_that_came_back_say_so(shop: Shop) -> None:
    again = owed(shop.alder, shop.priya, soon(5))
    closing.close(again, "answered", by=shop.priya, now=timezone.now())
    closing.reopen(again, by=shop.priya, now=timezone.now(), why="She wrote again.")
    owed(shop.alder, shop.priya, soon(6), kind="reach")
    html = page(signed_in(shop.priya))
    assert "Open again" in html and "Did not arrive" in html


def test_what_a_colleague_wrote_for_me_is_shown_until_seen(shop: Shop) -> None:
    case = owed(shop.alder, shop.hanne, soon(5), name="Marta Oyelaran")
    note = record(
        case, "note.written", at=timezone.now(), by=shop.hanne, words=Words(new_text="@Priya the courier comes")
    )
    naming = Naming.objects.create(entry=note, member=shop.priya)
    client = signed_in(shop.priya)
    html = page(client)
    assert "For you to know" in html and "@Priya the courier comes" in html
    assert signed_in(shop.hanne).post(f"/now/known/{naming.pk}/seen/").status_code == 302
    assert "For you to know" in page(client), "only the one who was named can put it away"
    client.post(f"/now/known/{naming.pk}/seen/")
    assert "For you to know" not in page(client)
    naming.refresh_from_db()
    assert naming.seen_at is not None


def test_a_note_of_another_brand_is_not_shown(shop: Shop) -> None:
    case = owed(shop.vantry, shop.stranger, soon(5))
    note = record(case, "note.written", at=timezone.now(), by=shop.stranger, words=Words(new_text="@Priya a secret"))
    Naming.objects.create(entry=note, member=shop.priya)
    assert "a secret" not in page(signed_in(shop.priya))


def test_a_mailbox_in_trouble_is_told_to_leads_and_admins_only(shop: Shop) -> None:
    Account.objects.create(
        brand=shop.alder, kind="email", name="Alder", address="help@alder.example",
        trouble="the server refuses the password", trouble_since=soon(-60),
    )  # fmt: skip
    for who, told in ((shop.admin, True), (shop.lead, True), (shop.priya, False), (shop.reader, False)):
        assert ("refuses the password" in page(signed_in(who))) is told


def test_nothing_owed_is_an_achievement(shop: Shop) -> None:
    owed(shop.alder, shop.hanne, soon(5))
    html = page(signed_in(shop.priya))
    assert title(html) == "Nothing is owed today"
    assert "Every promise is kept" in html and "Help the team" in html


def test_the_first_day_says_how_to_begin(shop: Shop) -> None:
    html = page(signed_in(shop.admin))
    assert "Ready for the first customer" in html and "Connect a mailbox" in html


def test_counts_stop_at_three_hundred(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.desk.whose.MOST_COUNTED", 3)
    monkeypatch.setattr("amends.desk.queue.MOST_COUNTED", 3)
    for n in range(5):
        owed(shop.alder, shop.priya, soon(-100 + n))
    html = page(signed_in(shop.priya))
    assert "Mine <span>3+</span>" in html and "Late <span>3+</span>" in html


def test_nobody_looks_without_signing_in(shop: Shop) -> None:
    for url in ("/", "/now/rows", "/people/", "/find/?q=a", "/palette/?q=a", "/cases/new/"):
        assert Client().get(url).status_code == 302, url
