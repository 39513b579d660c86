"""Stories of the case page: what it shows, what it never shows, and writing on it."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from amends.cases.models import Case, Closure, Entry, File, Participant
from amends.channels import email
from amends.channels.models import Kept
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import closing, handover, merging, note, page_links, partnering
from amends.flows.partnering import Asked
from amends.kit import blobs
from amends.people import identities
from amends.portal import limits
from amends.portal.tests.world import PNG, answer, at, page_of, send_form, text_of, written
from tests.cast import TUESDAY, Cast, complaint, hear, mail
from tests.effort import examples

SAMPLES = Path(email.__file__).parent / "samples"

LATER = TUESDAY + timedelta(hours=1)
QUERIES = 10


def shown(client: Client, case: Case, now: object = TUESDAY) -> str:
    with at(TUESDAY):
        return text_of(client.get(page_of(case)))


def test_the_page_says_what_comes_next_who_and_by_when(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    page = shown(client, case)
    owner = Case.objects.get(pk=case.pk).owner
    assert owner is not None
    assert f"Next {owner.first_name} answers you Today, by " in page
    assert f"{owner.name} looks after this until it is right" in page
    assert "Here today until 17:30." in page
    assert "Rosalind, this is where it stands. It is Tuesday 3 March, 10:00." in page
    assert "It looks nothing like the picture" in page


def test_times_stand_in_the_customers_own_zone(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    cast.rosalind.time_zone = "Asia/Tokyo"
    cast.rosalind.save()
    page = shown(client, case)
    assert "Tuesday 3 March, 19:00" in page
    assert "Tokyo time" in page


def test_what_a_partner_is_asked_is_told_as_our_deed_not_as_an_order_to_the_customer(
    cast: Cast, client: Client
) -> None:
    case = complaint(cast)
    hour = timedelta(hours=1)
    asked = Asked("Harrow & Heel", "exchange the shoes", TUESDAY + 4 * hour, TUESDAY + hour)
    partnering.ask(case, asked, by=cast.delphine, now=TUESDAY)
    page = shown(client, case)
    assert "Delphine asks Harrow &amp; Heel: exchange the shoes" in page
    assert "Ask Harrow" not in page


def test_promises_are_shown_kept_late_moved_and_broken(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    day = timedelta(days=1)

    def promise(act: str, due: timedelta, **words: object) -> Promise:
        word = promises.Word(act=act, due=TUESDAY - 5 * day + due, **words)  # type: ignore[arg-type]
        return promises.make(case, word, promisor=cast.delphine, at=TUESDAY - 5 * day, by=cast.delphine)

    promises.keep(promise("return 84.00", 2 * day), at=TUESDAY - 4 * day, by=cast.delphine, evidence="receipt")
    promises.keep(promise("send the ribbon", day), at=TUESDAY - 2 * day, by=cast.delphine, evidence="receipt")
    promise("ring you", day)
    then = TUESDAY - 4 * day
    promises.move(
        promise("find the vase", 3 * day), due=TUESDAY + day, reason="x", at=then, by=cast.delphine, told_at=then
    )
    promise("ask the grower", 4 * day, visible=False)
    for late in promises.past_due(TUESDAY, limit=9):
        promises.broke(late)
    page = shown(client, case)
    assert "Return 84.00 Fri 27 Feb, done" in page
    assert "Send the ribbon Done, but later than we said. We are sorry." in page
    assert "Next Ring you It was due Fri 27 Feb, 10:00 We are late, and we are sorry." in page
    assert "Find the vase We told you that it takes longer. Now: tomorrow, by 10:00." in page
    assert "ask the grower" not in page.lower()


def test_a_closed_case_says_so_and_until_when_its_page_lasts(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    answer(case, "All is well.", TUESDAY)
    closing.close(case, Closure.Reason.HAPPY, by=cast.delphine, now=TUESDAY)
    page = shown(client, case)
    assert "Where it stands This is settled" in page
    assert "It lasts until Mon 1 Jun." in page


CANARY = "canary-4711"


def everything_hidden(cast: Cast, case: Case, word: str) -> None:
    """Every way in which something that is not the customer's can be on a case."""
    winifred = identities.recognise("email", "winifred@example.com", "Winifred", TUESDAY)
    Participant.objects.create(case=case, customer=winifred, since=TUESDAY)
    hear(
        cast.mailbox,
        mail(
            f"{word} from the recipient",
            sender="Winifred <winifred@example.com>",
            key="w",
            headers="In-Reply-To: <1@mail.example.com>\n",
        ),
        LATER,
    )
    note.write(case, f"{word} @Bo in a note", by=cast.delphine, now=LATER)
    answer(case, f"{word} to the recipient", LATER, to="winifred@example.com")
    word_given = promises.Word(act=f"{word} inner", due=LATER + timedelta(days=1), visible=False)
    promises.make(case, word_given, promisor=cast.delphine, at=TUESDAY, by=cast.delphine)
    case.refresh_from_db()
    other = cast.bo if case.owner_id == cast.delphine.pk else cast.delphine
    handover.hand_over(case, other, f"{word} handed over", by=cast.ines, now=LATER)


@pytest.mark.parametrize("part", ["", "all/", "not-right/"])
def test_notes_inner_promises_and_letters_of_others_are_never_shown(cast: Cast, client: Client, part: str) -> None:
    case = complaint(cast)
    answer(case, "To Rosalind herself", TUESDAY)
    everything_hidden(cast, case, CANARY)
    html = client.get(page_of(case) + part).content.decode()
    assert Entry.objects.filter(case=case, letter__new_text__contains=CANARY).count() == 4
    assert CANARY not in html
    assert ("To Rosalind herself" in html) == (part != "not-right/")


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.text(alphabet="qzxjkv", min_size=10, max_size=14))
def test_no_hidden_word_ever_comes_out(cast: Cast, client: Client, word: str) -> None:
    case = complaint(cast, key=word, subject=f"About {len(word)} {Case.objects.count()}")
    everything_hidden(cast, case, word)
    assert word not in client.get(page_of(case)).content.decode()


def test_words_typed_by_us_about_a_call_are_not_shown_as_theirs(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    Entry.objects.create(
        case=case,
        kind="contact.in",
        at=TUESDAY,
        recorded_at=TUESDAY,
        actor="customer",
        customer=cast.rosalind,
        data={"written_up_by": cast.bo.pk},
    )
    assert client.get(page_of(case)).status_code == 200


def test_html_in_names_titles_and_words_is_shown_as_words(cast: Cast, client: Client) -> None:
    evil = "<img src=x onerror=alert(1)>"
    cast.rosalind.name = evil
    cast.rosalind.save()
    case = complaint(cast, subject=evil, text=f"{evil} {{{{7*7}}}} javascript:alert(1)")
    html = client.get(page_of(case)).content.decode()
    assert evil not in html
    assert "{{7*7}}" in html
    assert 'href="javascript' not in html


def test_what_is_written_goes_into_the_same_case(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    with at(LATER):
        response = client.post(page_of(case), written(LATER), follow=True)
    assert response.redirect_chain[0][1] == 303
    page = text_of(response)
    assert "She is home until five." in page
    assert "Sent." in page
    entry = Entry.objects.filter(kind="contact.in").latest("pk")
    assert (entry.case_id, entry.customer, entry.channel) == (case.pk, cast.rosalind, "form")


def test_writing_on_a_closed_case_opens_it_again(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    answer(case, "All is well.", TUESDAY)
    closing.close(case, Closure.Reason.HAPPY, by=cast.delphine, now=TUESDAY)
    with at(LATER):
        client.post(page_of(case), written(LATER))
    assert not Closure.objects.filter(case=case).exists()
    assert Case.objects.get(pk=case.pk).next_step.kind == "answer"


def test_a_double_click_on_the_page_is_one_message(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    form = written(LATER)
    with at(LATER):
        assert [client.post(page_of(case), form).status_code for _ in range(2)] == [303, 303]
    assert Entry.objects.filter(kind="contact.in").count() == 2


def test_an_empty_message_is_asked_for_words_and_a_photo_alone_is_enough(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    with at(LATER):
        empty = client.post(page_of(case), written(LATER, text=" "))
        photo = client.post(page_of(case), written(LATER, text="", attached=SimpleUploadedFile("vase.png", PNG)))
    assert empty.status_code == 422
    assert "Write something, or add a photo." in text_of(empty)
    assert photo.status_code == 303
    assert File.objects.filter(entry__case=case).count() == 1


def test_a_page_cannot_be_flooded(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    assert limits.MESSAGES_ON_ONE_CASE == 30
    for _ in range(29):
        assert not limits.too_many_on(case.pk, LATER)
    with at(LATER):
        statuses = [client.post(page_of(case), written(LATER, text=str(n))).status_code for n in range(2)]
    assert statuses == [303, 429]


def test_opening_the_page_changes_nothing(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    before = (Entry.objects.count(), Kept.objects.count(), Case.objects.values().get(pk=case.pk))
    for part in ("", "all/", "not-right/"):
        client.get(page_of(case) + part)
        client.head(page_of(case) + part)
    assert (Entry.objects.count(), Kept.objects.count(), Case.objects.values().get(pk=case.pk)) == before


def test_a_merged_case_opens_where_it_went_with_both_letters(cast: Cast, client: Client) -> None:
    first = complaint(cast, text="The first words")
    second = complaint(cast, text="The second words", subject="Another thing", key="2")
    link = page_of(first)
    merging.merge(first, second, by=cast.delphine, now=TUESDAY)
    page = text_of(client.get(link))
    assert "Another thing" in page
    assert "The first words" in page
    assert "The second words" in page


def test_many_letters_cost_no_more_queries_and_few_bytes(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = complaint(cast)
    link = page_of(case)
    client.get(link)
    with django_assert_num_queries(QUERIES):
        short = client.get(link)
    for number in range(60):
        answer(case, "A long answer. " * 400, TUESDAY + timedelta(minutes=number))
    with django_assert_num_queries(QUERIES):
        long = client.get(link)
    assert "Show 58 earlier" in text_of(long)
    assert "Read the whole letter" in text_of(long)
    assert len(short.content) < 20_000
    assert len(long.content) < 40_000


def test_the_page_with_its_style_and_script_stays_small(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    html = client.get(page_of(case)).content
    assert len(gzip.compress(html)) < 8_000


def test_everything_on_one_page_folds_nothing(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    for number in range(8):
        answer(case, f"Letter {number} " + "word " * 1000 + f"end {number}", TUESDAY)
    page = text_of(client.get(page_of(case) + "all/"))
    assert all(f"end {number}" in page for number in range(8))
    assert "earlier" not in page


def test_the_page_is_not_for_robots_caches_or_other_sites(cast: Cast, client: Client) -> None:
    response = client.get(page_of(complaint(cast)))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "style=" not in response.content.decode()
    assert "Amends" not in text_of(response)


def photo_on(cast: Cast, case: Case, client: Client, name: str, content: bytes) -> File:
    with at(LATER):
        client.post(page_of(case), written(LATER, attached=SimpleUploadedFile(name, content)))
    return File.objects.filter(entry__case=case).latest("pk")


def test_a_picture_is_shown_and_anything_else_is_only_saved(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    picture = photo_on(cast, case, client, "vase.png", PNG)
    paper = photo_on(cast, case, client, "page.txt", b"<script>alert(1)</script>")
    shown_one = client.get(f"{page_of(case)}files/{picture.pk}/vase.png")
    saved = client.get(f"{page_of(case)}files/{paper.pk}/page.txt")
    assert shown_one["Content-Type"] == "image/png"
    assert shown_one["Content-Disposition"].startswith("inline")
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"].startswith("attachment")
    for response in (shown_one, saved):
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "no-store"
    assert b"".join(shown_one) == PNG


def test_files_of_other_cases_and_of_notes_are_not_there(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    others = complaint(cast, sender="Winifred <winifred@example.com>", key="2", subject="Another")
    foreign = photo_on(cast, others, client, "vase.png", PNG)
    inner = File.objects.create(
        entry=note.write(case, "see the file", by=cast.bo, now=TUESDAY),
        name="inner.png",
        content_type="image/png",
        size=len(PNG),
        sha256=blobs.put(PNG),
    )
    for file in (foreign, inner):
        assert client.get(f"{page_of(case)}files/{file.pk}/vase.png").status_code == 404


def test_a_claim_shows_only_its_own_words_whatever_is_answered(cast: Cast, client: Client) -> None:
    send_form(client, subject="Password reset", text="Please help me in.")
    entry = Entry.objects.get(kind="contact.in")
    hear(cast.mailbox, mail("Your code is 4711", subject="Password reset", key="code"), LATER)
    answer(entry.case, "Dear Rosalind, the secret is 4712", LATER)
    claim = f"/c/{page_links.claim_for(entry, timezone.now())}/"
    for part in ("", "all/"):
        page = text_of(client.get(claim + part))
        assert "Please help me in." in page
        assert "4711" not in page
        assert "4712" not in page
        assert "Rosalind" not in page


def test_a_shop_wears_its_own_colour_by_one_rule(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    assert "/c/style/" not in client.get(page_of(case)).content.decode()
    assert client.get("/c/style/thimble.css").content == b""
    cast.thimble.colour = "#ffd400"
    cast.thimble.save()
    assert "/c/style/thimble.css" in client.get(page_of(case)).content.decode()
    style = client.get("/c/style/thimble.css")
    assert style["Content-Type"] == "text/css; charset=utf-8"
    assert style.content.decode().startswith(".portal{--pen-solid:light-dark(#")
    assert b"#ffd400" not in style.content


def test_whoever_is_signed_in_sees_the_page_as_the_customer_does(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    cast.delphine.theme = "dark"
    cast.delphine.time_zone = "Asia/Tokyo"
    cast.delphine.save()
    with at(TUESDAY):
        as_customer = text_of(client.get(page_of(case)))
        client.force_login(cast.delphine)
        response = client.get(page_of(case))
    assert text_of(response) == as_customer
    assert "data-theme" not in response.content.decode()


def test_an_invitation_stands_on_the_letter_as_words(cast: Cast, client: Client) -> None:
    entry = hear(cast.mailbox, (SAMPLES / "invitation_and_card.eml").read_bytes())
    assert entry is not None
    with at(TUESDAY):
        page = client.get(page_of(entry.case)).content.decode()
    assert "Thursday 5 March 10:00 to 10:45" in page and "hester@example.com" in page
    assert "<script>x7canary" not in page and "<img src=x" not in page and "tracker.example" not in page
