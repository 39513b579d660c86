"""The settings: each save changes what it says, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from amends.audit.models import Record
from amends.channels.models import Account
from amends.clock import weeks
from amends.clock.models import Absence, Holiday, Target
from amends.coach.models import SavedAnswer
from amends.people.models import Brand, Desk, Member, Role, Skill, Team
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


@pytest.fixture
def admin(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.marguerite)


def week(**days: str) -> dict[str, str]:
    """Form data: `d0="09:00-12:30 13:15-17:30"`."""
    data: dict[str, str] = {}
    for day, openings in days.items():
        for place, opening in enumerate(openings.split()):
            data[f"{day}_{place}_opens"], data[f"{day}_{place}_closes"] = opening.split("-")
    return data


TARGETS = {
    "email-first_reply_0": "2",
    "email-first_reply_1": "60",
    "email-next_reply_0": "90",
    "email-next_reply_1": "1",
    "form-first_reply_0": "1.5",
    "form-first_reply_1": "60",
    "form-next_reply_0": "4",
    "form-next_reply_1": "60",
}


def test_a_profile_is_saved_and_put_back(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.delphine)
    asked = {"name": "Delphine M", "time_zone": "Europe/Paris", "languages": ["en", "fr"], "theme": "dark"}
    answer = client.post("/settings/you/", asked)
    assert answer.status_code == 303
    cast.delphine.refresh_from_db()
    assert (cast.delphine.name, cast.delphine.time_zone, cast.delphine.keys_on) == ("Delphine M", "Europe/Paris", False)
    assert cast.delphine.languages == ["en", "fr"]
    assert b"Undo" in client.get(answer["Location"]).content
    client.post("/settings/undo/")
    cast.delphine.refresh_from_db()
    assert (cast.delphine.name, cast.delphine.languages, cast.delphine.keys_on) == ("Delphine Marsh", ["en"], True)


def test_an_undo_can_be_done_once(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.delphine)
    client.post("/settings/you/", {"name": "Del", "time_zone": "UTC"})
    client.post("/settings/undo/")
    Member.objects.filter(pk=cast.delphine.pk).update(name="Delphine the Second")
    client.post("/settings/undo/")
    cast.delphine.refresh_from_db()
    assert cast.delphine.name == "Delphine the Second"


def member_form(member: Member, **other: str) -> dict[str, str]:
    asked = {"name": member.name, "email": member.email, "role": member.role, "time_zone": member.time_zone}
    return {**asked, "capacity": str(member.capacity), **other}


def test_what_was_put_back_is_written_down_with_whose_it_is(cast: Cast, admin: Client) -> None:
    admin.post(f"/settings/members/{cast.bo.pk}/", member_form(cast.bo, role="lead"))
    admin.post("/settings/undo/")
    cast.bo.refresh_from_db()
    record = Record.objects.latest("number")
    assert (cast.bo.role, record.verb) == ("agent", "setting.put_back")
    assert record.facts["name"] == cast.bo.name
    assert "role" in record.facts["fields"] and "email" not in record.facts["fields"]


def test_an_address_that_somebody_else_has_meanwhile_is_not_put_back(cast: Cast, admin: Client) -> None:
    admin.post(f"/settings/members/{cast.bo.pk}/", member_form(cast.bo, email="bo.adeyemi@desk.example"))
    Member.objects.create(name="Bo Lindgren", email="bo@desk.example")
    answer = admin.post("/settings/undo/", follow=True)
    assert "somebody has changed it meanwhile" in answer.content.decode()
    cast.bo.refresh_from_db()
    assert cast.bo.email == "bo.adeyemi@desk.example"


def test_an_address_that_was_taken_back_opens_nothing(cast: Cast, admin: Client) -> None:
    admin.post(f"/settings/members/{cast.bo.pk}/", member_form(cast.bo, email="bo.adeyemi@desk.example"))
    EmailAddress.objects.create(user=cast.bo, email="bo.adeyemi@desk.example", verified=True, primary=True)
    admin.post("/settings/undo/")
    assert not EmailAddress.objects.filter(user=cast.bo).exists()


def test_undo_stands_only_beside_what_it_puts_back(cast: Cast, admin: Client) -> None:
    page = f"/settings/members/{cast.bo.pk}/"
    asked = {"name": "Bo Adeyemi", "email": "bo@desk.example", "role": "agent", "time_zone": "UTC", "capacity": "7"}
    first = admin.post(page, {**asked, "teams": [cast.florists.pk], "languages": "en"})
    assert b"/settings/undo/" in admin.get(first["Location"]).content
    second = admin.post(f"{page}hours/", week(d0="10-11"))
    assert b"/settings/undo/" not in admin.get(second["Location"]).content
    admin.post("/settings/undo/")
    assert Member.objects.get(pk=cast.bo.pk).capacity == 7


@pytest.mark.parametrize("theme", ["light", "dark", ""])
def test_light_or_dark_is_remembered(cast: Cast, signed_in: SignIn, theme: str) -> None:
    signed_in(cast.delphine).post("/settings/theme/", {"theme": theme})
    cast.delphine.refresh_from_db()
    assert cast.delphine.theme == theme


def test_an_unknown_theme_changes_nothing(cast: Cast, signed_in: SignIn) -> None:
    signed_in(cast.delphine).post("/settings/theme/", {"theme": "pink"})
    cast.delphine.refresh_from_db()
    assert cast.delphine.theme == ""


def test_a_member_is_away_for_whole_days_of_the_own_zone(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.delphine)
    today = timezone.localdate()
    last = today + timedelta(days=2)
    client.post("/settings/you/time/absence/", {"first": today, "last": last, "stand_in": cast.bo.pk})
    absence = Absence.objects.get()
    assert (absence.member, absence.stand_in, absence.last_day) == (cast.delphine, cast.bo, last)
    client.post(f"/settings/you/time/absence/{absence.pk}/end/")
    assert not Absence.objects.exists()


def test_nobody_ends_the_absence_of_somebody_else(cast: Cast, signed_in: SignIn) -> None:
    now = timezone.now()
    absence = Absence.objects.create(member=cast.bo, starts=now, ends=now + timedelta(days=1))
    assert signed_in(cast.delphine).post(f"/settings/you/time/absence/{absence.pk}/end/").status_code == 404
    assert Absence.objects.exists()


def test_an_absence_that_ends_before_it_begins_is_refused(cast: Cast, signed_in: SignIn) -> None:
    today = timezone.localdate()
    asked = {"first": today, "last": today - timedelta(days=1)}
    answer = signed_in(cast.delphine).post("/settings/you/time/absence/", asked)
    assert answer.status_code == 422 and b"lies before the first" in answer.content


@pytest.mark.parametrize(("first", "last"), [("2030-01-01", "9999-12-31"), ("0001-01-01", "2030-01-01")])
def test_an_absence_at_the_ends_of_the_calendar_is_refused(
    cast: Cast, signed_in: SignIn, first: str, last: str
) -> None:
    cast.delphine.time_zone = "Asia/Tokyo"
    cast.delphine.save()
    answer = signed_in(cast.delphine).post("/settings/you/time/absence/", {"first": first, "last": last})
    assert answer.status_code == 422
    assert "This is not within two years of today." in answer.content.decode()


def test_a_lead_writes_down_who_is_away(cast: Cast, signed_in: SignIn) -> None:
    today = timezone.localdate()
    asked = {"member": cast.bo.pk, "first": today, "last": today, "stand_in": cast.delphine.pk}
    signed_in(cast.ines).post("/settings/absences/", asked)
    assert Absence.objects.get().member == cast.bo


def test_days_away_are_days_where_the_member_is(cast: Cast, signed_in: SignIn) -> None:
    """A lead in London writes down that somebody in Auckland is away."""
    Member.objects.filter(pk=cast.bo.pk).update(time_zone="Pacific/Auckland")
    day = timezone.localdate() + timedelta(days=3)
    lead = signed_in(cast.ines)
    lead.post("/settings/absences/", {"member": cast.bo.pk, "first": day, "last": day})
    there = ZoneInfo("Pacific/Auckland")
    absence = Absence.objects.get()
    assert absence.starts.astimezone(there) == datetime(day.year, day.month, day.day, tzinfo=there)
    shown = date_format(day, "D j N")
    assert f"{shown} – {shown}" in lead.get("/settings/absences/").content.decode()


def test_a_new_member_gets_a_link_and_signs_in_nowhere_before(cast: Cast, admin: Client) -> None:
    asked = {"name": "Nell Ash", "email": "Nell@desk.example", "role": "agent", "teams": [cast.florists.pk]}
    page = admin.post("/settings/members/new/", {**asked, "time_zone": "UTC", "capacity": "20", "languages": "en"})
    nell = Member.objects.get(email="nell@desk.example")
    assert not nell.is_active and not nell.has_usable_password() and list(nell.teams.all()) == [cast.florists]
    link = re.search(r"http://127\.0\.0\.1:8000(/join/[\w-]+/)", page.content.decode())
    assert link is not None
    assert Client().get(link.group(1)).status_code == 200


def test_the_link_is_shown_once_only(cast: Cast, admin: Client) -> None:
    page = admin.post(f"/settings/members/{cast.bo.pk}/link/")
    assert b"/join/" in page.content
    assert b"/join/" not in admin.get(f"/settings/members/{cast.bo.pk}/").content


def test_an_address_belongs_to_one_member(cast: Cast, admin: Client) -> None:
    asked = {"name": "B", "email": "BO@desk.example", "role": "agent", "time_zone": "UTC", "capacity": "1"}
    answer = admin.post("/settings/members/new/", asked)
    assert answer.status_code == 422 and b"Another member signs in with this address" in answer.content


def test_the_only_admin_stays_one(cast: Cast, admin: Client) -> None:
    me = cast.marguerite
    asked = {"name": me.name, "email": me.email, "role": "agent", "time_zone": "UTC", "capacity": "1"}
    answer = admin.post(f"/settings/members/{me.pk}/", asked)
    assert answer.status_code == 422 and b"is the only admin" in answer.content
    admin.post(f"/settings/members/{me.pk}/switch/", {"on": "no"})
    me.refresh_from_db()
    assert me.role == Role.ADMIN and me.is_active


def test_a_members_role_teams_and_skills_are_saved_and_put_back(cast: Cast, admin: Client) -> None:
    repairs = Skill.objects.create(name="Repairs")
    asked = {"name": "Bo", "email": cast.bo.email, "role": "lead", "skills": [repairs.pk], "capacity": "7"}
    admin.post(f"/settings/members/{cast.bo.pk}/", {**asked, "time_zone": "UTC"})
    cast.bo.refresh_from_db()
    assert (cast.bo.role, cast.bo.capacity, list(cast.bo.skills.all())) == (Role.LEAD, 7, [repairs])
    admin.post("/settings/undo/")
    cast.bo.refresh_from_db()
    assert (cast.bo.role, list(cast.bo.teams.all()), list(cast.bo.skills.all())) == (Role.AGENT, [cast.florists], [])


def test_a_member_gets_hours(cast: Cast, admin: Client) -> None:
    admin.post(f"/settings/members/{cast.bo.pk}/hours/", week(d1="10-14"))
    assert weeks.week_of(member=cast.bo) == {1: ((time(10), time(14)),)}


def test_a_team_gets_brands_lead_and_members(cast: Cast, admin: Client) -> None:
    asked = {"name": "Night", "brands": [cast.vantry.pk], "lead": cast.ines.pk, "members": [cast.bo.pk]}
    admin.post("/settings/teams/new/", asked)
    team = Team.objects.get(name="Night")
    assert (list(team.brands.all()), team.lead, list(team.members.all())) == ([cast.vantry], cast.ines, [cast.bo])


def test_a_team_with_members_is_not_taken_apart(cast: Cast, admin: Client) -> None:
    admin.post(f"/settings/teams/{cast.florists.pk}/delete/")
    assert Team.objects.filter(pk=cast.florists.pk).exists()


def test_a_skill_is_there_once(cast: Cast, admin: Client) -> None:
    admin.post("/settings/skills/new/", {"name": "Returns"})
    answer = admin.post("/settings/skills/new/", {"name": "returns"})
    assert answer.status_code == 422 and Skill.objects.count() == 1


def test_a_lead_keeps_saved_answers(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.ines)
    client.post("/settings/answers/new/", {"name": "Lost parcel", "use": "letter", "body": "Dear {customer}"})
    answer = SavedAnswer.objects.get()
    client.post(
        f"/settings/answers/{answer.pk}/", {"name": "Lost parcel", "use": "letter", "body": "Dear {customer}, sorry"}
    )
    answer.refresh_from_db()
    assert answer.body == "Dear {customer}, sorry"
    client.post(f"/settings/answers/{answer.pk}/delete/")
    assert not SavedAnswer.objects.exists()


def test_hours_with_a_lunch_break_and_targets_are_saved_and_put_back(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.ines)
    url = f"/settings/hours/{cast.thimble.pk}/"
    client.post(url, week(d0="9-12:30 13:15-17:30", d5="22-24") | TARGETS)
    first = {0: ((time(9), time(12, 30)), (time(13, 15), time(17, 30))), 5: ((time(22), time(0)),)}
    assert weeks.week_of(brand=cast.thimble) == first
    kept = {target.channel: (target.first_reply, target.next_reply) for target in Target.objects.all()}
    assert kept == {"email": (120, 90), "form": (90, 240)}
    client.post(url, week(d1="10-11") | {**TARGETS, "email-first_reply_0": "8"})
    client.post("/settings/undo/")
    assert weeks.week_of(brand=cast.thimble) == first
    assert Target.objects.get(channel="email").first_reply == 120


@pytest.mark.parametrize(
    ("openings", "said"),
    [
        (week(d0="9-12 11-17"), "overlap"),
        (week(d0="17-9"), "end lies before"),
        (week(d0="nine-17"), "Write both times"),
        ({}, "at least one day"),
    ],
)
def test_hours_that_cannot_be_kept_are_answered_beside_their_day(
    cast: Cast, signed_in: SignIn, openings: dict[str, str], said: str
) -> None:
    answer = signed_in(cast.ines).post(f"/settings/hours/{cast.thimble.pk}/", openings | TARGETS)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert weeks.week_of(brand=cast.thimble) == {}


@pytest.mark.parametrize(("hours", "said"), [("0", b"Take 1 minute or more"), ("100000", b"Take 2000 hours or less")])
def test_a_promise_needs_some_time_and_not_all_of_it(cast: Cast, signed_in: SignIn, hours: str, said: bytes) -> None:
    asked = week(d0="9-17") | {**TARGETS, "email-first_reply_0": hours}
    answer = signed_in(cast.ines).post(f"/settings/hours/{cast.thimble.pk}/", asked)
    assert answer.status_code == 422 and said in answer.content
    assert not Target.objects.exists()


def test_a_second_time_is_added_and_removed_without_saving(cast: Cast, signed_in: SignIn) -> None:
    client, url = signed_in(cast.ines), f"/settings/hours/{cast.thimble.pk}/"
    typed = TARGETS | {"email-first_reply_0": "soon", "email-first_reply_1": "1"}
    added = client.post(url, week(d0="9-12:30") | typed | {"add": "0"}).content.decode()
    assert 'name="d0_1_opens" value="13:15"' in added
    assert re.search(r'name="email-first_reply_0" value="soon"', added) and 'value="1" selected' in added
    assert "Write a number." not in added
    removed = client.post(url, week(d0="9-12:30 13:15-17") | {"remove": "0.0"}, headers={"HX-Request": "true"})
    assert 'name="d0_0_opens" value="13:15"' in removed.content.decode() and b"<html" not in removed.content
    assert weeks.week_of(brand=cast.thimble) == {}


def test_public_holidays_come_in_once_and_what_is_there_stays(cast: Cast, signed_in: SignIn) -> None:
    client, url = signed_in(cast.ines), f"/settings/holidays/{cast.thimble.pk}/"
    christmas = timezone.localdate().replace(month=12, day=25)
    Holiday.objects.create(brand=cast.thimble, date=christmas, name="Ours")
    client.post(f"{url}import/", {"country": "GB", "region": "ENG"})
    count = Holiday.objects.filter(brand=cast.thimble).count()
    assert count > 10 and Holiday.objects.get(date=christmas).name == "Ours"
    client.post(f"{url}import/", {"country": "GB", "region": "ENG"})
    assert Holiday.objects.filter(brand=cast.thimble).count() == count


def test_a_holiday_by_hand_is_added_once_and_taken_away(cast: Cast, signed_in: SignIn) -> None:
    client, url = signed_in(cast.ines), f"/settings/holidays/{cast.thimble.pk}/"
    asked = {"date": "2031-05-02", "name": "Stocktaking"}
    client.post(url, asked)
    assert client.post(url, asked).status_code == 422
    holiday = Holiday.objects.get()
    client.post(f"{url}{holiday.pk}/delete/")
    assert not Holiday.objects.exists()


def test_the_seconds_of_holding_are_the_admins(cast: Cast, signed_in: SignIn, admin: Client) -> None:
    assert signed_in(cast.ines).post("/settings/hold/", {"hold_seconds": "0"}).status_code == 403
    admin.post("/settings/hold/", {"hold_seconds": "60"})
    admin.post("/settings/hold/", {"hold_seconds": "600"})
    desk = Desk.current()
    assert desk is not None and desk.hold_seconds == 60


BRAND = {"name": "Fen & Ferry", "time_zone": "Europe/London", "language": "en", "page_days": "30", "form_open": "on"}


def test_a_brand_gets_its_short_name_from_its_name(cast: Cast, admin: Client) -> None:
    admin.post("/settings/brands/new/", {**BRAND, "colour": "#2F4A9C"})
    brand = Brand.objects.get(name="Fen & Ferry")
    assert (brand.slug, brand.colour, brand.page_days) == ("fen-ferry", "#2f4a9c", 30)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("colour", "#ffcc00", "White words on #ffcc00 cannot be read. #"),
        ("colour", "blue", "Write a colour like"),
        ("time_zone", "Mars/Olympus", "There is no time zone"),
        ("slug", "thimble", "Another brand has this short name"),
        ("page_days", "0", "greater than or equal to 1"),
        ("language", "xx", "valid choice"),
    ],
)
def test_a_brand_that_cannot_be_is_refused(cast: Cast, admin: Client, field: str, value: str, said: str) -> None:
    answer = admin.post("/settings/brands/new/", {**BRAND, field: value})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Brand.objects.filter(name="Fen & Ferry").exists()


def test_es6_a_brand_says_how_long_an_answer_opens_a_closed_case_and_nothing_typed_is_the_houses(
    cast: Cast, admin: Client
) -> None:
    url = f"/settings/brands/{cast.thimble.pk}/"
    assert cast.thimble.reopen_days == 30
    admin.post(url, {**BRAND, "reopen_days": "7"})
    assert Brand.objects.get(pk=cast.thimble.pk).reopen_days == 7
    assert "reopen_days" in Record.objects.get(verb="brand.changed").facts["fields"]
    admin.post("/settings/undo/")
    assert Brand.objects.get(pk=cast.thimble.pk).reopen_days == 30
    for typed, said in (
        ("0", "Take one day or more."),
        ("366", "Take a year or less"),
        ("soon", "Enter a whole number"),
    ):
        answer = admin.post(url, {**BRAND, "reopen_days": typed})
        assert answer.status_code == 422 and said in answer.content.decode()
    admin.post(url, {**BRAND, "reopen_days": "90"})
    admin.post(url, {**BRAND, "reopen_days": ""})
    assert Brand.objects.get(pk=cast.thimble.pk).reopen_days == 30


def test_c3_2_14_a_brand_says_which_loss_a_manager_joins_for_and_nothing_typed_is_none(
    cast: Cast, admin: Client
) -> None:
    url = f"/settings/brands/{cast.thimble.pk}/"
    assert cast.thimble.value_limit == 500, "what a recovery specialist may restore alone"
    for typed, kept in (("2000", 2000), ("", None)):
        admin.post(url, {**BRAND, "value_limit": typed})
        assert Brand.objects.get(pk=cast.thimble.pk).value_limit == kept
    assert "value_limit" in Record.objects.filter(verb="brand.changed").latest("pk").facts["fields"]
    answer = admin.post(url, {**BRAND, "value_limit": "-1"})
    assert answer.status_code == 422 and "greater than or equal to 0" in answer.content.decode()


@pytest.mark.parametrize("name", ["ines", "delphine", "carline"])
def test_members_see_only_the_pages_of_their_role(cast: Cast, signed_in: SignIn, name: str) -> None:
    client = signed_in(getattr(cast, name))
    shown = set(re.findall(r'<a href="(/settings/[^"]+)"', client.get("/settings/you/").content.decode()))
    assert all(client.get(url, follow=True).status_code == 200 for url in shown)
    assert ("/settings/hours/" in shown) == (name == "ines")
    assert "/settings/members/" not in shown


def test_the_number_of_queries_does_not_grow_with_the_members(
    cast: Cast, admin: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(50):
        made = Member.objects.create_user(f"m{number}@desk.example", None, name=f"Member {number}")
        made.teams.add(cast.florists)
    admin.get("/settings/members/")  # the first page of a browser notes that somebody is there
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        admin.get("/settings/members/")


def test_an_account_of_the_cast_shows_how_it_is(cast: Cast, admin: Client) -> None:
    trouble = "mail.example.com does not answer."
    Account.objects.filter(pk=cast.mailbox.pk).update(trouble=trouble, trouble_since=timezone.now())
    assert trouble in admin.get("/settings/mail/").content.decode()
