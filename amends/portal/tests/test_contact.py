"""Stories of the contact form."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from amends.cases.models import Case, Entry, NextStep
from amends.channels.models import Kept
from amends.clock.models import Promise
from amends.flows import intake, tasks
from amends.portal import stamps
from amends.portal.tests.world import CONTACT, PNG, at, filled, send_form, text_of
from tests.cast import TUESDAY, Cast


def test_a_form_becomes_a_case_with_an_owner_a_next_step_and_a_promise(cast: Cast, client: Client) -> None:
    response = send_form(client)
    case = Case.objects.get()
    step = NextStep.objects.get(case=case)
    assert case.customer == cast.rosalind
    assert case.owner is not None
    assert (step.who, step.kind) == (case.owner, "answer")
    assert Promise.objects.get(case=case).due > TUESDAY
    assert Entry.objects.get(case=case, kind="contact.in").letter.new_text == filled()["text"]
    assert response.redirect_chain[0][1] == 303


def test_the_thanks_name_who_answers_and_by_when(cast: Cast, client: Client) -> None:
    page = text_of(send_form(client))
    case = Case.objects.select_related("owner").get()
    assert case.owner is not None
    assert f"{case.owner.name} reads it and answers you" in page
    due = Promise.objects.get(case=case).due
    assert f"Today, by {due:%H:%M}" in page
    assert "London time" in page


def test_the_thanks_lead_to_a_page_that_shows_only_what_was_written_there(cast: Cast, client: Client) -> None:
    send_form(client, subject="The wedding", text="First words.")
    response = send_form(client, subject="The wedding", text="Second words, same matter.")
    first, second = Case.objects.order_by("pk")
    assert second.may_belong_to == first, "a form proves no address, so it continues no case by itself"
    link = response.content.decode().split('class="button wide" href="')[1].split('"')[0]
    with at(TUESDAY):
        page = text_of(client.get(link))
    assert "Second words, same matter." in page
    assert "First words." not in page
    assert "Rosalind" not in page


def test_two_words_are_enough(cast: Cast, client: Client) -> None:
    send_form(client, text="Not nice", name="", subject="")
    assert Case.objects.get().entries.filter(kind="contact.in").count() == 1


def test_a_double_click_is_one_message(cast: Cast, client: Client) -> None:
    form = filled()
    with at(TUESDAY):
        first = client.post(CONTACT, form)
        second = client.post(CONTACT, form)
    assert first["Location"].split("/")[2] == second["Location"].split("/")[2]
    assert Entry.objects.filter(kind="contact.in").count() == 1
    assert Kept.objects.count() == 1


def test_two_clicks_at_the_same_moment_keep_the_same_bytes(cast: Cast, client: Client) -> None:
    form = filled()
    with at(TUESDAY), mock.patch("amends.flows.portal.sent_before", return_value=None):
        client.post(CONTACT, form)
        client.post(CONTACT, form)
    assert Kept.objects.count() == 1
    assert Entry.objects.filter(kind="contact.in").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"website": "https://example.com"}, "Tick the box"),
        ({"text": "cheap http://a.example http://b.example http://c.example http://d.example www.e.example"}, "links"),
        ({"stamp": ""}, "Press Send again"),
        ({"stamp": "made-up:1:x"}, "Press Send again"),
        ({"stamp": stamps.make(TUESDAY - timedelta(seconds=1))}, "Wait a few seconds"),
        ({"stamp": stamps.make(TUESDAY - timedelta(days=2))}, "more than a day"),
    ],
)
def test_a_robot_is_told_what_a_person_would_do(
    cast: Cast, client: Client, fields: dict[str, str], sentence: str
) -> None:
    form = filled(**fields)
    with at(TUESDAY):
        response = client.post(CONTACT, form)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert form["text"] in response.content.decode()
    assert "help@thimble.example" in text_of(response)
    assert not Kept.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"website": "filled in by a helpful browser"},
        {"text": "http://a.example http://b.example http://c.example http://d.example http://e.example"},
        {"stamp": ""},
        {"stamp": stamps.make(TUESDAY)},
        {"stamp": stamps.make(TUESDAY - timedelta(days=2))},
    ],
)
def test_a_person_who_looks_like_a_robot_gets_through(cast: Cast, client: Client, fields: dict[str, str]) -> None:
    with at(TUESDAY):
        asked = client.post(CONTACT, filled(**fields)).content.decode()
    stamp = asked.split('name="stamp" value="')[1].split('"')[0]
    again = {**filled(**fields), "stamp": stamp, **({"person": "yes"} if 'name="person"' in asked else {})}
    with at(TUESDAY + timedelta(seconds=10)):
        assert client.post(CONTACT, again).status_code == 303
    assert Kept.objects.count() == 1


def test_one_address_cannot_be_flooded_and_the_words_stay(cast: Cast, client: Client) -> None:
    for number in range(3):
        assert send_form(client, text=f"Message {number}").status_code == 200
    with at(TUESDAY + timedelta(minutes=6)):
        response = client.post(CONTACT, filled(text="Message four"))
    assert response.status_code == 429
    assert "Message four" in response.content.decode()
    assert "help@thimble.example" in text_of(response)
    assert Kept.objects.count() == 3
    other = send_form(client, address="winifred@example.com", name="Winifred")
    assert other.status_code == 200


def test_words_beyond_the_limit_are_told_and_none_is_cut(cast: Cast, client: Client) -> None:
    words = "It broke. " * 3000
    page = send_form(client, text=words)
    assert page.status_code == 422
    assert "All of them are still here" in text_of(page)
    assert words.strip() in page.content.decode()
    assert "maxlength" not in client.get(CONTACT).content.decode().split("<textarea")[1].split(">")[0]


def test_a_closed_form_tells_where_to_write_and_takes_nothing(cast: Cast, client: Client) -> None:
    cast.thimble.form_open = False
    cast.thimble.save()
    shown = client.get(CONTACT)
    sent = client.post(CONTACT, filled())
    assert (shown.status_code, sent.status_code) == (404, 404)
    assert "help@thimble.example" in text_of(shown)
    assert not Kept.objects.exists()


def test_files_that_are_too_large_are_refused_and_the_words_stay(cast: Cast, client: Client) -> None:
    large = [SimpleUploadedFile(f"{n}.jpg", b"\xff\xd8\xff" + b"x" * 10 * 1024 * 1024) for n in range(4)]
    with at(TUESDAY):
        response = client.post(CONTACT, filled(attached=large))
    assert response.status_code == 422
    assert "larger than 20 MB together" in text_of(response)
    assert filled()["text"] in response.content.decode()
    assert not Kept.objects.exists()


def test_a_photo_comes_along(cast: Cast, client: Client) -> None:
    photos = [SimpleUploadedFile(name, PNG) for name in ("vase.png", "../../lid.png")]
    send_form(client, attached=photos)
    files = Entry.objects.get(kind="contact.in").files.all()
    assert [(file.name, file.content_type) for file in files] == [
        ("vase.png", "image/png"),
        ("lid.png", "image/png"),
    ]


def test_a_program_is_refused_by_name(cast: Cast, client: Client) -> None:
    with at(TUESDAY):
        response = client.post(CONTACT, filled(attached=[SimpleUploadedFile("photo.jpg.exe", b"MZ\x90")]))
    assert "“photo.jpg.exe” is of a kind we cannot take" in text_of(response)


@pytest.mark.parametrize("address", ["", "rosalind", "two words@example.com", "help@thimble.example"])
def test_an_address_that_cannot_be_answered_is_said_beside_its_field(cast: Cast, client: Client, address: str) -> None:
    with at(TUESDAY):
        response = client.post(CONTACT, filled(address=address))
    assert response.status_code == 422
    assert 'id="id_address_error"' in response.content.decode()


def test_when_taking_in_fails_the_message_is_safe_and_the_page_says_so(cast: Cast, client: Client) -> None:
    with mock.patch.object(intake, "take_in", side_effect=RuntimeError("the disk is slow")):
        response = send_form(client)
    assert "It is kept safely" in text_of(response)
    kept = Kept.objects.get()
    assert kept.state == Kept.State.WAITING
    tasks.take_in_waiting(TUESDAY)
    with at(TUESDAY):
        later = client.get(response.redirect_chain[0][0])
    assert "answers you" in text_of(later)


def test_a_form_without_its_cookie_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    with at(TUESDAY):
        response = strict.post(CONTACT, filled())
    assert response.status_code == 403
    assert "This was not sent" in text_of(response)
    assert filled()["text"] not in response.content.decode()
    assert not Kept.objects.exists()


def test_a_form_with_its_cookie_is_taken_with_files_too(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    html = strict.get(CONTACT).content.decode()
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = filled(csrfmiddlewaretoken=token, attached=[SimpleUploadedFile("vase.png", PNG)])
    with at(TUESDAY):
        assert strict.post(CONTACT, form).status_code == 303


def test_html_in_what_was_typed_is_shown_as_words(cast: Cast, client: Client) -> None:
    evil = "<script>alert(1)</script>"
    with at(TUESDAY):
        html = client.post(CONTACT, filled(name=evil, text=evil, address="x")).content.decode()
    assert evil not in html
    assert html.count("&lt;script&gt;alert(1)") == 2


def test_the_form_of_a_brand_without_people_or_mailbox_still_opens(
    cast: Cast, client: Client, settings: Settings
) -> None:
    cast.mailbox.delete()
    assert client.get(CONTACT).status_code == 200
    assert client.get("/contact/nobody/").status_code == 404


def test_a_form_that_finds_no_room_on_the_disk_is_refused_with_a_sentence(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.DISK_FLOOR_SHARE, settings.DISK_FLOOR_BYTES = 1.0, 2**62
    client.raise_request_exception = False
    answer = send_form(client)
    assert answer.status_code == 503
    assert "almost full" in answer.content.decode()
    assert not Kept.objects.exists()
