"""What is done at the desk stands in the audit log: who, what, from where, and nothing of what was written."""

from __future__ import annotations

import ast
import inspect
import json
import pkgutil
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from structlog.testing import capture_logs

from amends.audit import log, reading
from amends.audit.chain import verify
from amends.audit.models import Record
from amends.coach.models import SavedAnswer
from amends.desk.views import profile
from amends.desk.views import settings as settings_views
from amends.people.models import Member, Skill, Team
from tests.cast import Cast, complaint

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
PASSWORD = "four plain words here"


@pytest.fixture
def admin(cast: Cast, signed_in: SignIn) -> Client:
    cast.marguerite.set_password(PASSWORD)
    cast.marguerite.save()
    return signed_in(cast.marguerite)


def verbs() -> list[str]:
    return list(Record.objects.order_by("number").values_list("verb", flat=True))


def last() -> Record:
    record = Record.objects.first()
    assert record is not None
    return record


def test_signing_in_and_out_and_failing_to_are_written_down(cast: Cast, admin: Client) -> None:
    cache.clear()
    browser = Client(REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    where = "/accounts/login/"
    browser.post(where, {"login": cast.marguerite.email, "password": "wrong one entirely"})
    browser.post(where, {"login": "nobody-canary@desk.example", "password": "wrong one entirely"})
    browser.post(where, {"login": cast.marguerite.email, "password": PASSWORD})
    browser.post("/accounts/logout/")
    assert verbs() == ["sign_in.failed", "sign_in.failed", "sign_in.done", "sign_in.ended"]
    known, unknown, done, _ended = Record.objects.order_by("number")
    assert (known.subject_kind, known.subject_id) == ("member", str(cast.marguerite.pk))
    assert unknown.subject_kind == "address" and "canary" not in unknown.subject_id
    assert (done.member_id, done.ip) == (cast.marguerite.pk, "192.0.2.7")
    assert verify().good


def test_a_lock_out_is_written_down_once(cast: Cast) -> None:
    cache.clear()
    browser = Client()
    for _ in range(15):
        browser.post("/accounts/login/", {"login": cast.bo.email, "password": "wrong one entirely"})
    assert verbs().count("sign_in.locked_out") == 1
    assert "sign_in.done" not in verbs()


def test_a_wrong_code_after_the_right_password_is_written_down(cast: Cast, admin: Client) -> None:
    """Whoever guesses at it has the password already."""
    cache.clear()
    totp.TOTP.activate(cast.marguerite, totp.generate_totp_secret())
    browser = Client()
    browser.post("/accounts/login/", {"login": cast.marguerite.email, "password": PASSWORD})
    browser.post("/accounts/2fa/authenticate/", {"code": "no code"})
    assert verbs() == ["sign_in.failed"]
    assert (last().subject_id, last().facts) == (str(cast.marguerite.pk), {"method": "second factor"})


def test_joining_by_a_link_is_written_down(cast: Cast, admin: Client) -> None:
    fields = {"name": "Fay Lund", "email": "fay@desk.example", "role": "agent", "time_zone": "UTC", "capacity": "9"}
    page = admin.post("/settings/members/new/", fields).content.decode()
    link = "/join/" + page.split("/join/")[1].split('"')[0].split("<")[0].strip()
    Client().post(link, {"password": "another four plain words"})
    assert verbs() == ["member.made", "member.link_made", "password.set_by_link", "sign_in.done"]
    assert not [record for record in Record.objects.all() if link.split("/")[2] in str(reading.as_json(record))]


def test_another_role_is_told_from_which_to_which(cast: Cast, admin: Client) -> None:
    bo = cast.bo
    fields = {"name": bo.name, "email": bo.email, "role": "lead", "time_zone": bo.time_zone, "capacity": "30"}
    admin.post(f"/settings/members/{bo.pk}/", {**fields, "teams": [cast.florists.pk], "languages": "en"})
    assert "member.role_changed" in verbs()
    assert reading.sentence(last()) == "Changed the role of Bo Adeyemi from agent to lead"
    admin.post(f"/settings/members/{bo.pk}/switch/", {"on": "no"})
    assert reading.sentence(last()) == "Switched Bo Adeyemi off"


def test_settings_tell_which_fields_changed_and_never_what_stands_in_them(cast: Cast, admin: Client) -> None:
    admin.post(
        "/settings/answers/new/",
        {"name": "Late parcel", "use": "letter", "language": "en", "body": "Dear canary-words"},
    )
    made = SavedAnswer.objects.get()
    admin.post(
        f"/settings/answers/{made.pk}/",
        {"name": "Late parcel", "use": "letter", "language": "en", "body": "canary-words two"},
    )
    assert reading.sentence(last()) == "Changed the saved answer “Late parcel”: body"
    admin.post(f"/settings/answers/{made.pk}/delete/")
    admin.post("/settings/skills/new/", {"name": "Repairs"})
    admin.post(f"/settings/skills/{Skill.objects.get().pk}/delete/")
    admin.post("/settings/teams/new/", {"name": "Menders", "brands": [cast.thimble.pk], "members": []})
    admin.post(f"/settings/teams/{Team.objects.get(name='Menders').pk}/delete/")
    admin.post("/settings/desk/", {"name": "Thimble and all"})
    kinds = ["saved_answer.made", "saved_answer.changed", "saved_answer.deleted", "skill.made", "skill.deleted"]
    assert verbs() == [*kinds, "team.made", "team.deleted", "desk.changed"]
    assert "canary" not in json.dumps([reading.as_json(record) for record in Record.objects.all()])


def test_the_log_says_who_was_refused_what_and_from_where(cast: Cast, signed_in: SignIn) -> None:
    """ASVS 16.3.2: by their role, and by a case of another brand that exists; one that does not is a mistyped number."""
    case, callum = complaint(cast), signed_in(cast.callum)
    with capture_logs() as said:
        callum.get("/settings/log/", REMOTE_ADDR="192.0.2.7")
        callum.get(f"/cases/{case.pk}/", REMOTE_ADDR="192.0.2.7")
        callum.get("/cases/99999/", REMOTE_ADDR="192.0.2.7")
        signed_in(cast.carline).post(f"/cases/{case.pk}/notes/", {"text": "x"})
    told = [{name: line.get(name) for name in ("verb", "member", "case", "ip")} for line in said]
    assert told[:2] == [
        {"verb": "log.read", "member": cast.callum.pk, "case": None, "ip": "192.0.2.7"},
        {"verb": "case.see", "member": cast.callum.pk, "case": case.pk, "ip": "192.0.2.7"},
    ]
    assert [line["member"] for line in told[2:]] == [cast.carline.pk]


def test_reading_a_raw_mail_is_written_down(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast, text="canary-body stands in the letter", subject="canary-subject")
    entry = case.entries.get(kind="contact.in")
    signed_in(cast.delphine).get(f"/entries/{entry.pk}/raw")
    assert verbs() == ["mail.raw_read"]
    assert "canary" not in json.dumps(reading.as_json(last()))


def test_one_more_address_of_a_person_is_written_down_without_the_address(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    place = f"/people/{complaint(cast).customer_id}/reach/"
    for reach, kind in (("winifred@example.com", "email"), ("+44 20 7946 0182", "phone")):
        browser.post(place, {"reach": reach}, REMOTE_ADDR="192.0.2.7")
        record = last()
        assert (record.verb, record.member_id, record.ip) == ("person.reached_also", cast.delphine.pk, "192.0.2.7")
        assert (record.subject_id, record.facts) == (str(cast.rosalind.pk), {"kind": kind})
    browser.post(place, {"reach": "Winifred@example.com"})  # known already
    browser.post(place, {"reach": "no address"})
    assert verbs() == ["person.reached_also"] * 2
    assert verify().good


def test_what_is_corrected_of_a_person_is_written_down_without_the_words(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    place = f"/people/{complaint(cast).customer_id}/know/good_to_know/"
    for _twice in range(2):
        browser.post(place, {"value": "Ring after nine."})
    assert verbs() == ["person.changed"]
    assert (last().subject_id, last().facts) == (str(cast.rosalind.pk), {"fields": ["good_to_know"]})


def test_a_number_that_comes_with_a_new_case_is_written_down(cast: Cast, signed_in: SignIn) -> None:
    complaint(cast)
    told = {"name": "Rosalind", "address": "rosalind@example.com", "phone": "+44 20 7946 0182", "channel": "phone"}
    told |= {"title": "Late flowers", "words": "They are late.", "kind": "complaint", "brand": str(cast.thimble.pk)}
    assert signed_in(cast.delphine).post("/cases/new/", told).status_code == 302
    assert (last().verb, last().facts) == ("person.reached_also", {"kind": "phone"})


def views_of_settings() -> list[ModuleType]:
    """Whoever adds one is asked, too."""
    found = pkgutil.iter_modules(settings_views.__path__, f"{settings_views.__name__}.")
    return [profile, *(import_module(one.name) for one in found)]


@pytest.mark.parametrize("module", views_of_settings(), ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_view_saves_a_setting_without_writing_it_down(module: ModuleType) -> None:
    own = {"profile", "theme", "my_time", "my_absence", "my_absence_end"}
    """What only concerns the member who does it."""
    excused = own | {"consent_given", "holidays", "keeping"}  # the last by `flows.keeping`
    tree = ast.parse(inspect.getsource(module))
    functions = {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    tells = {name for name, source in functions.items() if "audited." in source}
    silent = [
        name
        for name, source in functions.items()
        if "return saved(" in source and name not in tells and not any(f"{one}(" in source for one in tells)
    ]
    assert not set(silent) - excused


def test_the_log_is_read_by_admins_a_page_at_a_time(
    cast: Cast, admin: Client, signed_in: SignIn, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(60):
        log.write("team.made", by=cast.ines if number % 2 else cast.marguerite, name=f"Team {number}")
    page = admin.get("/settings/log/").content.decode()
    assert "Made the team Team 59" in page and "Made the team Team 9<" not in page
    assert "before=11" in page
    older = admin.get("/settings/log/?before=11").content.decode()
    assert "Made the team Team 9<" in older and "Team 10<" not in older
    only = admin.get(f"/settings/log/?who={cast.ines.pk}&deed=team").content.decode()
    assert "Made the team Team 59" in only and "Made the team Team 58" not in only
    assert "Nothing fits" in admin.get("/settings/log/?deed=backup").content.decode()
    assert admin.get("/settings/log/?deed=x'--&who=9x&before=-1").status_code == 200
    assert signed_in(cast.ines).get("/settings/log/").status_code == 403


def test_a_name_with_markup_is_only_shown(cast: Cast, admin: Client) -> None:
    log.write("team.made", by=cast.ines, name="<script>alert(1)</script>")
    assert "<script>alert" not in admin.get("/settings/log/").content.decode()
