"""The settings of targets: a table, what it leads to, and what becomes of clocks that run (SL1, SL3)."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from amends.audit.models import Record
from amends.clock.models import Promise, Target
from amends.desk.forms.targets import CHANNELS
from amends.desk.tests.desk_time import HTMX, SignIn
from amends.flows import recounting
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")


def table(**typed: str) -> dict[str, str]:
    """The form as a browser posts it; `email_first="1 h"` writes into one field."""
    names = {"first": "first_reply", "next": "next_reply", "right": "made_right", "clock": "clock"}
    data: dict[str, str] = {}
    for channel, _name in CHANNELS:
        data |= {f"{channel}-first_reply": "4 h", f"{channel}-next_reply": "4 h", f"{channel}-made_right": ""}
        data[f"{channel}-clock"] = "open"
    for name, value in typed.items():
        channel, _dash, field = name.partition("_")
        data[f"{channel}-{names[field]}"] = value
    return data


def empty(**typed: str) -> dict[str, str]:
    """The form of one severity with nothing in it but what is typed."""
    blank = {key: "" if not key.endswith("clock") else "open" for key in table()}
    return blank | {key: value for key, value in table(**typed).items() if value not in ("4 h", "", "open")}


def words_of(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_a_lead_sets_targets_by_channel_in_plain_words_and_takes_them_back_sl1(cast: Cast, signed_in: SignIn) -> None:
    browser, url = signed_in(cast.ines), f"/settings/targets/{cast.thimble.pk}/0/"
    browser.post(url, table(email_first="2 h", email_next="90 min", email_right="40 h", review_clock="customer"))
    mail = Target.objects.get(brand=cast.thimble, channel="email")
    assert (mail.severity, mail.first_reply, mail.next_reply, mail.made_right) == (0, 120, 90, 2400)
    assert Target.objects.get(channel="review").clock == Target.Clock.CUSTOMER
    assert "email" in Record.objects.get(verb="targets.changed").facts["fields"]
    browser.post(url, table(email_first="8 h"))
    page = browser.post("/settings/undo/", follow=True)
    assert Target.objects.get(brand=cast.thimble, channel="email").first_reply == 120
    assert page.status_code == 200


def test_undo_takes_away_what_was_new_and_brings_back_what_was_left_to_any_severity(
    cast: Cast, signed_in: SignIn
) -> None:
    browser, url = signed_in(cast.ines), f"/settings/targets/{cast.thimble.pk}/4/"
    saved = browser.post(url, empty(email_first="1 h", email_next="2 h"), follow=True)
    assert 'action="/settings/undo/"' in saved.content.decode()
    browser.post("/settings/undo/")
    assert not Target.objects.filter(severity=4).exists()
    browser.post(url, empty(email_first="1 h", email_next="2 h", email_right="3 h"))
    browser.post(url, empty())
    assert not Target.objects.filter(severity=4).exists()
    browser.post("/settings/undo/")
    back = Target.objects.get(severity=4)
    assert (back.channel, back.first_reply, back.next_reply, back.made_right) == ("email", 60, 120, 180)
    told = Record.objects.filter(verb="setting.put_back").first()
    assert told is not None and told.facts == {"name": "Thimble & Thorn", "fields": ["email"]}


def test_the_page_shows_the_house_defaults_while_nothing_is_set_sl1(cast: Cast, signed_in: SignIn) -> None:
    page = signed_in(cast.ines).get(f"/settings/targets/{cast.thimble.pk}/").content.decode()
    assert re.search(r'name="email-first_reply" value="4 h"', page)
    assert re.search(r'name="messaging-first_reply" value="10 min"', page)
    assert re.search(r'name="review-first_reply" value="24 h"', page)


def test_a_severity_has_its_own_row_or_is_left_to_any_sl1(cast: Cast, signed_in: SignIn) -> None:
    browser, url = signed_in(cast.ines), f"/settings/targets/{cast.thimble.pk}/5/"
    browser.post(url, empty(email_first="30 min", email_next="1 h"))
    grave = Target.objects.get()
    assert (grave.channel, grave.severity, grave.first_reply, grave.next_reply) == ("email", 5, 30, 60)
    assert 'placeholder="4 h"' in browser.get(url).content.decode()
    browser.post(url, empty())
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("severity", "typed", "said"),
    [
        (0, {"email_first": "soon"}, "“soon” is no length of time. Write it like 4 h, or 30 min."),
        (0, {"email_first": "4"}, "“4” is no length of time."),
        (0, {"email_first": "5000 h"}, "Take a time from 1 minute to 2000 hours."),
        (0, {"email_first": ""}, "Write a time, such as 4 h."),
        (5, {"email_first": "30 min"}, "Write both answers, or leave the whole row empty"),
    ],
)
def test_a_wrong_time_is_told_beside_it_and_nothing_is_saved_sl1(
    cast: Cast, signed_in: SignIn, severity: int, typed: dict[str, str], said: str
) -> None:
    data = empty(**typed) if severity else table(**typed)
    answer = signed_in(cast.ines).post(f"/settings/targets/{cast.thimble.pk}/{severity}/", data)
    assert answer.status_code == 422 and said in words_of(answer)
    assert not Target.objects.exists()


def test_an_example_says_when_a_mail_of_friday_evening_is_due_and_why_sl1(cast: Cast, signed_in: SignIn) -> None:
    browser, url = signed_in(cast.ines), f"/settings/targets/{cast.thimble.pk}/0/"
    typed = table(email_first="2 h") | {"example": "yes"}
    told = words_of(browser.post(url, typed, headers=HTMX))
    assert (
        "Mail. What comes on Friday 6 March 17:25 is due on Monday 9 March 10:55: "
        "5 min on Friday, closed on Saturday and Sunday, 1 h 55 min on Monday." in told
    )
    assert not Target.objects.exists()


def test_clocks_that_run_keep_their_time_until_somebody_counts_them_anew_sl3(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    before = Promise.objects.get(case=case).due
    browser, url = signed_in(cast.ines), f"/settings/targets/{cast.thimble.pk}/0/"
    page = browser.post(url, table(email_first="2 h"), follow=True)
    assert Promise.objects.get(case=case).due == before
    assert "One open case keeps the time it was given" in words_of(page)
    browser.post(f"/settings/targets/{cast.thimble.pk}/recount/")
    assert Promise.objects.get(case=case).due < before
    assert Record.objects.get(verb="targets.recounted").facts["count"] == 1


def test_of_many_cases_each_press_counts_some_anew_and_the_page_goes_on_sl3(
    cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "MOST", 1)
    cases = [complaint(cast, key=f"{number}", subject=f"Vase {number}") for number in range(2)]
    before = Promise.objects.get(case=cases[1]).due
    browser, url = signed_in(cast.ines), f"/settings/targets/{cast.thimble.pk}/0/"
    page = browser.post(url, table(email_first="2 h"), follow=True)
    assert "2 open cases keep the times they were given" in words_of(page)
    after, seen = "", []
    for said in ("One open case keeps the time", "another time now"):
        page = browser.post(f"/settings/targets/{cast.thimble.pk}/recount/", {"after": after}, follow=True)
        assert said in words_of(page)
        found = re.search(r'name="after" value="(\d+)"', page.content.decode())
        after = found[1] if found else ""
        seen.append(after)
    assert seen == [str(cases[0].pk), ""]
    assert "Count them anew" not in words_of(page)
    assert Promise.objects.get(case=cases[1]).due < before


def test_a_number_that_is_none_begins_at_the_first_case_sl3(cast: Cast, signed_in: SignIn) -> None:
    complaint(cast)
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=60, next_reply=60)
    signed_in(cast.ines).post(f"/settings/targets/{cast.thimble.pk}/recount/", {"after": "9" * 40})
    assert Record.objects.get(verb="targets.recounted").facts["count"] == 1


def test_nothing_is_offered_while_no_clock_would_change_sl3(cast: Cast, signed_in: SignIn) -> None:
    complaint(cast)
    page = signed_in(cast.ines).post(f"/settings/targets/{cast.thimble.pk}/0/", table(), follow=True)
    assert "Count them anew" not in words_of(page)


def test_an_agent_may_not_and_a_seventh_severity_is_none(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in(cast.delphine).get(f"/settings/targets/{cast.thimble.pk}/").status_code == 403
    assert signed_in(cast.ines).get(f"/settings/targets/{cast.thimble.pk}/7/").status_code == 404


def test_the_hours_page_changes_no_target_of_a_severity(cast: Cast, signed_in: SignIn) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", severity=5, first_reply=30, next_reply=30)
    page = signed_in(cast.ines).get(f"/settings/hours/{cast.thimble.pk}/").content.decode()
    assert re.search(r'name="email-first_reply_0" value="4"', page)
