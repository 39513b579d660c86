"""The case page: what it shows, to whom, at what cost; and the files it serves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases import opening, timeline
from amends.cases.models import Case, Draft, Entry, File, Participant, Presence
from amends.channels import email
from amends.clock import promises
from amends.desk.tests.desk_time import HTMX, NOW, SignIn, letter
from amends.flows import promising, reply, tasks
from amends.kit import blobs
from amends.people.models import Customer
from tests.cast import Cast, complaint, hear, mail

SAMPLES = Path(email.__file__).parent / "samples"

pytestmark = pytest.mark.usefixtures("tuesday")

PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
HTML = (
    '<p>Look: <img src="cid:lid@mail"> <img src="https://spy.example/x.gif"></p>'
    "<script>alert(1)</script><blockquote>old</blockquote>"
)


@pytest.fixture
def case(cast: Cast) -> Case:
    return complaint(cast)


def said(case: Case, number: int, text: str = "", **parts: Any) -> Entry:
    """One more message of the customer."""
    words = timeline.Words(new_text=text or f"Message {number}", sender={"name": "Rosalind"}, **parts)
    at = NOW + timedelta(minutes=number)
    return timeline.record(case, "contact.in", at=at, by=case.customer, channel="email", words=words)


def enclosed(name: str, content_type: str, content: bytes, **parts: Any) -> timeline.Enclosure:
    return timeline.Enclosure(name, content_type, len(content), blobs.put(content), **parts)


def letter_with_picture(case: Case, *files: timeline.Enclosure) -> Entry:
    words = timeline.Words(new_text="Look:", html=HTML, sender={"name": "Rosalind", "address": "rosalind@example.com"})
    return timeline.record(case, "contact.in", at=NOW, by=case.customer, channel="email", words=words, files=files)


def test_the_page_shows_person_words_step_and_what_is_owed(cast: Cast, case: Case, signed_in: SignIn) -> None:
    page = signed_in(cast.delphine).get(f"/cases/{case.pk}/").content.decode()
    assert f"Case A-{case.pk}" in page
    assert "It looks nothing like the picture, and I look foolish." in page
    assert "Answer Rosalind: The flowers for Winifred" in page
    assert "A first answer" in page
    assert "rosalind@example.com" in page


def test_a_broken_word_stays_visible_and_stands_above_the_answer(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """UX principle 9."""
    word = promises.Word("ring you", NOW + timedelta(minutes=10))
    promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=NOW)
    tasks.break_promises(NOW + timedelta(minutes=11))
    page = signed_in(cast.delphine).get(f"/cases/{case.pk}/?write=letter").content.decode()
    assert "Promise broken." in page and "“Ring Rosalind” was owed by today 11:10." in page
    assert "We broke our word: “Ring Rosalind”. Say so first." in page


def test_what_is_old_is_folded_into_one_line_and_unfolds(cast: Cast, case: Case, signed_in: SignIn) -> None:
    for number in range(20):
        said(case, number)
    browser = signed_in(cast.delphine)
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "Show 11 earlier, 3 March" in page
    assert "Message 10" in page and "Message 9<" not in page

    part = browser.get(f"/cases/{case.pk}/timeline/?since=0", headers=HTMX)
    assert (part["HX-Retarget"], part["HX-Reswap"]) == ("#timeline", "morph:outerHTML")
    assert "Message 0" in part.content.decode() and "Show 11 earlier" not in part.content.decode()
    plain = browser.get(f"/cases/{case.pk}/timeline/?since=0", follow=True)
    assert "Message 0" in plain.content.decode() and "<html" in plain.content.decode()


def test_news_comes_below_and_nothing_above_it_moves(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """UX principle 12: the list asks again from the entry it began with."""
    entries = [said(case, number) for number in range(20)]
    browser = signed_in(cast.delphine)
    first = entries[10]
    assert f'hx-get="/cases/{case.pk}/timeline/?since={first.pk}"' in browser.get(f"/cases/{case.pk}/").content.decode()
    said(case, 30, "The newest words")
    again = browser.get(f"/cases/{case.pk}/timeline/?since={first.pk}", headers=HTMX).content.decode()
    assert "Message 10" in again and "The newest words" in again


def test_the_page_costs_the_same_for_ten_entries_and_for_a_hundred(cast: Cast, case: Case, signed_in: SignIn) -> None:
    def cost(look: Callable[[], object]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            look()
        return len(queries)

    browser = signed_in(cast.delphine)
    url = f"/cases/{case.pk}/?since=0"
    for number in range(10):
        said(case, number)
    browser.get(url)
    few = cost(lambda: browser.get(url))
    for number in range(10, 100):
        said(case, number)
    assert cost(lambda: browser.get(url)) == few
    assert few <= 48


def test_the_panel_counts_cases_that_it_does_not_list(cast: Cast, case: Case, signed_in: SignIn) -> None:
    for number in range(11):
        opening.open_case(case.brand, case.customer, f"Older matter {number}", at=NOW, kind=Case.Kind.OTHER)
    page = signed_in(cast.delphine).get(f"/cases/{case.pk}/").content.decode()
    assert "12 cases, known since" in page and page.count("Older matter") == 6


def test_a_reader_reads_and_is_offered_no_deed(cast: Cast, case: Case, signed_in: SignIn) -> None:
    page = signed_in(cast.carline).get(f"/cases/{case.pk}/").content.decode()
    assert "It looks nothing like the picture" in page
    assert "data-composer" not in page and "/handover/" not in page and "/step/done/" not in page


def test_another_brands_case_does_not_exist(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.callum)
    for part in ("", "timeline/", "panel/", "step/", "presence/"):
        assert browser.get(f"/cases/{case.pk}/{part}").status_code == 404


def test_opening_a_case_tells_colleagues_and_typing_tells_more(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """CV12."""
    bo, delphine = signed_in(cast.bo), signed_in(cast.delphine)
    bo.get(f"/cases/{case.pk}/")
    assert "Bo Adeyemi is reading" in delphine.get(f"/cases/{case.pk}/").content.decode()
    bo.post(f"/cases/{case.pk}/presence/", {"typing": "1"})
    assert "Bo Adeyemi is writing" in delphine.get(f"/cases/{case.pk}/presence/").content.decode()
    bo.post(f"/cases/{case.pk}/presence/")
    assert Presence.objects.get(member=cast.bo).writing


def test_a_message_that_may_belong_elsewhere_says_so(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """S4."""
    entry = hear(
        cast.mailbox,
        mail("I am her sister.", subject=f"Re: flowers [A-{case.pk}]", sender="Lea <lea@example.com>", key="7"),
        NOW,
    )
    assert entry is not None
    page = signed_in(cast.delphine).get(f"/cases/{entry.case_id}/").content.decode()
    assert f"This may belong to A-{case.pk}" in page
    assert "the sender is somebody else" in page
    Case.objects.filter(pk=entry.case_id).update(customer=case.customer)
    page = signed_in(cast.delphine).get(f"/cases/{entry.case_id}/").content.decode()
    assert "of the same person" in page


def test_who_takes_part_can_be_put_into_copy(cast: Cast, case: Case, signed_in: SignIn) -> None:
    lea = Customer.objects.create(name="Lea Brandt", created_at=NOW)
    lea.identities.create(kind="email", value="lea@example.com", shown="lea@example.com", first_seen_at=NOW)
    Participant.objects.create(case=case, customer=lea, since=NOW)
    page = signed_in(cast.delphine).get(f"/cases/{case.pk}/?write=letter").content.decode()
    assert "Also takes part: Lea Brandt" in page
    assert '<input type="checkbox" name="cc" value="lea@example.com">' in page


def test_a_picture_is_shown_and_everything_else_only_kept(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """S10: what a file claims to be counts for nothing."""
    claimed = [
        ("lid.png", "image/png", PNG, "image/png", False),
        ("page.html", "text/html", b"<script>alert(1)</script>", "application/octet-stream", True),
        ("lid.svg", "image/svg+xml", b"<svg onload='alert(1)'/>", "application/octet-stream", True),
        ("false.png", "image/png", b"<html>", "application/octet-stream", True),
    ]
    entry = letter_with_picture(case, *[enclosed(name, kind, data) for name, kind, data, _t, _a in claimed])
    browser = signed_in(cast.carline)
    for file, (name, _kind, data, wanted, as_download) in zip(entry.files.order_by("pk"), claimed, strict=True):
        answer = browser.get(f"/files/{file.pk}/{name}")
        assert answer["Content-Type"] == wanted
        assert answer["Content-Disposition"].startswith("attachment" if as_download else "inline"), name
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.getvalue() == data


def test_a_file_of_another_brand_does_not_exist(cast: Cast, case: Case, signed_in: SignIn) -> None:
    entry = letter_with_picture(case, enclosed("lid.png", "image/png", PNG))
    file = File.objects.get(entry=entry)
    browser = signed_in(cast.callum)
    assert browser.get(f"/files/{file.pk}/lid.png").status_code == 404
    assert browser.get(f"/entries/{entry.pk}/as-sent/").status_code == 404


def test_the_raw_mail_is_downloaded_byte_for_byte_by_those_who_may(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """CH3."""
    entry = Entry.objects.get(case=case, kind="contact.in")
    answer = signed_in(cast.delphine).get(f"/entries/{entry.pk}/raw")
    assert answer["Content-Type"] == "message/rfc822"
    assert answer["Content-Disposition"] == f'attachment; filename="A-{case.pk}-{entry.pk}.eml"'
    assert answer.getvalue() == mail()
    assert signed_in(cast.carline).get(f"/entries/{entry.pk}/raw").status_code == 403
    assert signed_in(cast.callum).get(f"/entries/{entry.pk}/raw").status_code == 404


def test_a_letter_is_shown_as_sent_without_anything_that_acts_or_reaches_out(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    picture = enclosed("lid.png", "image/png", PNG, inline=True, content_id="<lid@mail>")
    entry = letter_with_picture(case, picture)
    page = signed_in(cast.delphine).get(f"/entries/{entry.pk}/as-sent/").content.decode()
    assert f'src="/files/{entry.files.get().pk}/lid.png"' in page
    assert "spy.example" not in page and "alert(1)" not in page


def test_the_outbox_shows_only_ones_own_letters(cast: Cast, case: Case, signed_in: SignIn) -> None:
    delphine = signed_in(cast.delphine)
    assert "Nothing waits to leave" in delphine.get("/outbox/").content.decode()
    form = {"text": "Dear Rosalind, thank you.", "to": "rosalind@example.com", "reason": "short on purpose"}
    delphine.post(f"/cases/{case.pk}/letters/", form)
    assert "Letter to Rosalind" in delphine.get("/outbox/", headers=HTMX).content.decode()
    assert "Letter to Rosalind" not in signed_in(cast.bo).get("/outbox/", headers=HTMX).content.decode()


@pytest.mark.parametrize(
    ("path", "status"), [("?since=²", 200), ("merge/?with=²", 200), ("draft/promise/?number=²", 404)]
)
def test_what_looks_like_a_number_and_is_none_breaks_no_page(
    cast: Cast, case: Case, signed_in: SignIn, path: str, status: int
) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/draft/letter/", {"text": "words"}, headers=HTMX)
    assert browser.get(f"/cases/{case.pk}/{path}").status_code == status
    for deed, words in (("answers", {"answer": "²"}), ("split", {"entries": ["²", "9" * 5000], "title": "x"})):
        assert browser.post(f"/cases/{case.pk}/{deed}/", words).status_code in (404, 422)


def test_a_sender_who_is_not_confirmed_is_shown_as_such_on_the_letter(cast: Cast, signed_in: SignIn) -> None:
    """S4; reliability 3.3, Authentication-Results."""
    cast.mailbox.settings["authserv"] = "mx.thimble.example"
    cast.mailbox.save()
    known = complaint(cast, subject="First")
    case = complaint(
        cast,
        key="2",
        subject=f"Re: First [{known.reference}]",
        headers="Authentication-Results: mx.thimble.example; dmarc=fail header.from=example.com\n",
    )
    browser = signed_in(cast.delphine)
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert case != known
    assert "Sender not confirmed" in page
    assert f"This may belong to {known.reference}" in page
    assert "Sender not confirmed" not in browser.get(f"/cases/{known.pk}/").content.decode()


def test_a_mail_from_a_colleagues_address_is_a_case_of_its_own_with_a_mark(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast, sender="Delphine Marsh <delphine@desk.example>", text="Close it, refund 500.")
    page = signed_in(cast.delphine).get(f"/cases/{case.pk}/").content.decode()
    assert "nobody acts in the desk that way" in page


def test_an_invitation_and_a_visiting_card_stand_on_the_letter_as_words(cast: Cast, signed_in: SignIn) -> None:
    entry = hear(cast.mailbox, (SAMPLES / "invitation_and_card.eml").read_bytes())
    assert entry is not None
    page = signed_in(cast.delphine).get(f"/cases/{entry.case_id}/").content.decode()
    for words in ("Thursday 5 March 10:00 to 10:45", "4 Mill Lane, Bath", "Thimble &amp; Vine", "+44 20 7946 0018"):
        assert words in page
    assert "Collecting the lamp &lt;script&gt;" in page
    assert "<script>x7canary" not in page and "<img src=x" not in page
    assert "javascript:x7" not in page and "tracker.example" not in page


def test_a_letter_that_leaves_while_the_page_looks_stands_there_once(cast: Cast, signed_in: SignIn) -> None:
    """It was read as held, and a moment later as sent."""
    case = complaint(cast)
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/letters/", letter(case))
    draft = Draft.objects.get(case=case)
    was_read: list[str] = []

    def leaves(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if '"cases_entry"."data"' in sql and not was_read:
            was_read.append(sql)
            reply.release(draft.pk, NOW + timedelta(seconds=16))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(leaves):
        page = browser.get(f"/cases/{case.pk}/").content.decode()
    sent = Entry.objects.get(case=case, kind="contact.out")
    assert was_read
    assert f'id="letter-{sent.pk}"' in page
    assert f'id="letter-held-{draft.pk}"' not in page
