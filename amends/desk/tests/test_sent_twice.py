"""A form that arrives twice is done once."""

from __future__ import annotations

import os
import re
import typing
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.db.models import Model
from django.http import HttpResponse, HttpResponseBase
from django.test import RequestFactory

from amends.audit.models import Record
from amends.cases.models import Case, Draft
from amends.clock.models import Absence, Promise
from amends.coach.models import SavedAnswer
from amends.desk.access import DeskRequest
from amends.desk.once import once
from amends.desk.tests.desk_time import GOOD, HTMX, SignIn, kinds_of, letter
from amends.people.models import Member
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
TODAY = {"first": "2026-03-03", "last": "2026-03-04"}
ANSWER = {"name": "Late parcel", "use": "letter", "language": "en", "body": "Dear customer"}


@pytest.fixture
def case(cast: Cast) -> Case:
    cache.clear()
    return complaint(cast)


def test_a_form_that_arrives_twice_is_one_letter(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    for _ in range(2):
        enclosed = SimpleUploadedFile("card.txt", b"sorry")
        answer = browser.post(f"/cases/{case.pk}/letters/", letter(case, files=enclosed))
        assert (answer.status_code, answer["Location"]) == (303, f"/cases/{case.pk}/")
    held = Draft.objects.get(case=case)
    assert held.hold_until is not None
    assert [file.name for file in held.files.all()] == ["card.txt"]


@pytest.mark.parametrize("other", [{"text": f"{GOOD}\n\nPS: at ten sharp."}, {"cc": "winifred@example.com"}])
def test_another_letter_beside_one_on_hold_leaves_too(
    cast: Cast, case: Case, signed_in: SignIn, other: dict[str, str]
) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/letters/", letter(case))
    browser.post(f"/cases/{case.pk}/letters/", {**letter(case), **other})
    assert Draft.objects.filter(case=case, hold_until__isnull=False).count() == 2


def test_the_same_words_with_one_more_file_are_another_letter(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/letters/", letter(case))
    browser.post(f"/cases/{case.pk}/letters/", letter(case, files=SimpleUploadedFile("card.txt", b"sorry")))
    assert Draft.objects.filter(case=case, hold_until__isnull=False).count() == 2


def key_in(page: bytes) -> str:
    found = re.search(rb'name="form_key" value="(\w+)"', page)
    assert found is not None
    return found[1].decode()


@pytest.mark.parametrize(
    ("write", "path", "words", "kind"),
    [
        ("note", "notes/", {"text": "She rang about it."}, "note.written"),
        ("call", "calls/", {"text": "We spoke."}, "contact.call"),
        ("", "promises/new/", {"act": "ring", "kind": "callback", "other": "2026-03-05T11:30"}, "promise.made"),
    ],
)
def test_the_same_words_in_the_same_form_are_taken_once_and_in_a_new_form_again(
    cast: Cast, case: Case, signed_in: SignIn, write: str, path: str, words: dict[str, str], kind: str
) -> None:
    browser = signed_in(cast.delphine)
    before = kinds_of(case).count(kind)
    drawn = f"/cases/{case.pk}/?write={write}" if write else f"/cases/{case.pk}/{path}"

    def send(key: str, **other: str) -> int:
        answer = browser.post(f"/cases/{case.pk}/{path}", {**words, "form_key": key, **other})
        assert (answer.status_code, answer["Location"]) == (303, f"/cases/{case.pk}/")
        return kinds_of(case).count(kind) - before

    key = key_in(browser.get(drawn).content)
    assert [send(key), send(key)] == [1, 1]
    assert "This arrived twice. It was done once." in browser.get(f"/cases/{case.pk}/").content.decode()
    assert send(key_in(browser.get(drawn).content)) == 2
    assert send(key, **{next(iter(words)): "Other words in a page gone back to."}) == 3


def test_a_new_case_that_arrives_twice_is_one_case_and_both_lead_to_it(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    browser = signed_in(cast.delphine)
    form: dict[str, Any] = {
        "name": "Ann",
        "address": "ann@example.com",
        "phone": "",
        "channel": "phone",
        "title": "A cup",
        "words": "",
        "kind": "complaint",
        "brand": case.brand_id,
        "form_key": key_in(browser.get("/cases/new/").content),
    }
    before = Case.objects.count()
    first, second = (browser.post("/cases/new/", form) for _ in range(2))
    assert Case.objects.count() == before + 1
    assert first["Location"] == second["Location"] == f"/cases/{Case.objects.latest('pk').pk}/"


def test_a_form_that_was_refused_may_be_sent_again(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    empty = {"text": " ", "form_key": "k"}
    answers = [browser.post(f"/cases/{case.pk}/notes/", empty).status_code for _ in range(2)]
    assert answers == [422, 422]


def test_a_promise_sent_twice_by_a_script_is_led_to_the_case(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    form = {"act": "ring", "kind": "callback", "other": "2026-03-05T11:30", "form_key": "k"}
    first, second = (browser.post(f"/cases/{case.pk}/promises/new/", form, headers=HTMX) for _ in range(2))
    assert "close-dialog" in first["HX-Trigger"]
    assert second["HX-Redirect"] == f"/cases/{case.pk}/"
    assert Promise.objects.filter(case=case, act="ring").count() == 1


@pytest.mark.parametrize(
    ("who", "drawn", "path", "words", "made", "leads_to"),
    [
        ("delphine", "/settings/you/time/", "/settings/you/time/absence/", TODAY, Absence, "/settings/you/time/"),
        ("ines", "/settings/absences/", "/settings/absences/", {**TODAY, "member": "bo"}, Absence, ""),
        ("ines", "/settings/answers/new/", "/settings/answers/new/", ANSWER, SavedAnswer, "/settings/answers/"),
    ],
    ids=["one's own absence", "somebody's absence", "a saved answer"],
)
def test_a_setting_that_arrives_twice_is_one_row_and_both_lead_to_it(
    cast: Cast,
    signed_in: SignIn,
    who: str,
    drawn: str,
    path: str,
    words: dict[str, str],
    made: type[Model],
    leads_to: str,
) -> None:
    cache.clear()
    browser = signed_in(getattr(cast, who))
    if "member" in words:
        words = {**words, "member": str(getattr(cast, words["member"]).pk)}
    before = Record.objects.count()

    def send(key: str) -> tuple[int, int]:
        answer = browser.post(path, {**words, "form_key": key})
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (303, leads_to or path)
        return made._default_manager.count(), Record.objects.count() - before

    key = key_in(browser.get(drawn).content)
    first = send(key)
    assert first[0] == 1
    assert send(key) == first
    assert "This arrived twice. It was done once." in browser.get(leads_to or path).content.decode()
    assert send(key_in(browser.get(drawn).content))[0] == 2


def test_a_letter_kept_as_a_note_that_arrives_twice_is_one_note(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    form = {**letter(case), "as": "note", "form_key": "k"}
    for _ in range(2):
        answer = browser.post(f"/cases/{case.pk}/letters/", form)
        assert (answer.status_code, answer["Location"]) == (303, f"/cases/{case.pk}/")
    assert kinds_of(case).count("note.written") == 1


def test_a_case_is_parted_once(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    heard = case.entries.get(kind="contact.in")
    before = Case.objects.count()
    form = {
        "entries": heard.pk,
        "title": "The vase",
        "form_key": key_in(browser.get(f"/cases/{case.pk}/split/").content),
    }
    first, second = (browser.post(f"/cases/{case.pk}/split/", form) for _ in range(2))
    assert Case.objects.count() == before + 1
    assert first["Location"] == second["Location"] == f"/cases/{Case.objects.latest('pk').pk}/"


def test_a_step_that_is_done_twice_does_not_do_the_next_one_too(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    key = key_in(browser.get(f"/cases/{case.pk}/step/done/").content)
    form = {"how": "", "then": "other", "what": "ask the courier", "other": "2026-03-05T11:30", "form_key": key}
    for _ in range(2):
        answer = browser.post(f"/cases/{case.pk}/step/done/", form)
        assert (answer.status_code, answer["Location"]) == (303, f"/cases/{case.pk}/")
    assert kinds_of(case).count("step.done") == 1


def test_words_are_taken_where_the_cache_takes_nothing(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """Django's cache in the database says of a full disk or a lock what it says of words that came before."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE kit_cache ADD CONSTRAINT takes_none CHECK (cache_key = '') NOT VALID")
        else:
            cursor.execute("CREATE TRIGGER takes_none BEFORE INSERT ON kit_cache BEGIN SELECT RAISE(ABORT, ''); END")
    signed_in(cast.delphine).post(f"/cases/{case.pk}/notes/", {"text": "She rang about it.", "form_key": "k"})
    assert kinds_of(case).count("note.written") == 1


@pytest.mark.process
@pytest.mark.django_db(transaction=True)
def test_a_deed_that_was_cut_off_is_not_taken_for_done(rf: RequestFactory) -> None:
    """The web process is killed in the middle of it: the same form, sent again, must be done."""
    cache.clear()
    request = typing.cast("DeskRequest", rf.post("/somewhere/", {"form_key": "k"}))
    request.user = Member(pk=1)
    connections.close_all()
    child = os.fork()
    if child == 0:
        for inherited in connections.all(initialized_only=True):
            inherited.connection = None  # else what it began would live on with the parent's own connection
        once(_is_killed)(request)
    os.waitpid(child, 0)
    assert once(lambda _: HttpResponse("done"))(request).status_code == 200


def _is_killed(request: DeskRequest) -> HttpResponseBase:
    os._exit(9)
