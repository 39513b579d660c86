"""The composer: saved, checked, held, taken back, taken over."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry
from amends.channels.models import Delivery
from amends.clock.models import Promise
from amends.coach.models import SavedAnswer
from amends.desk.tests.desk_time import GOOD, HTMX, NOW, SignIn, kinds_of, letter
from amends.flows import reply, tasks
from amends.people.models import Identity
from tests.cast import Cast, complaint, hear, mail

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    return case


def test_a_letter_sent_by_a_plain_form_is_held_and_shown_with_undo(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    answer = browser.post(f"/cases/{case.pk}/letters/", letter(case))
    assert (answer.status_code, answer["Location"]) == (303, f"/cases/{case.pk}/")

    draft = Draft.objects.get(case=case)
    assert draft.hold_until == NOW + timedelta(seconds=15)
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert f'action="/outbox/{draft.pk}/undo/"' in page
    assert "An answer is about to leave" in page

    tasks.release_held(NOW + timedelta(seconds=16))
    assert kinds_of(case).count("contact.out") == 1


def test_a_letter_with_a_form_is_drawn_for_each_reader_with_their_own_token(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/letters/", letter(case))
    pages = [browser.get(f"/cases/{case.pk}/").content.decode() for _ in range(2)]
    undo = [page.split("/undo/", 1)[1].split("</form>", 1)[0] for page in pages]
    tokens = [form.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0] for form in undo]
    assert all(tokens) and tokens[0] != tokens[1]


def test_undo_brings_back_text_rich_text_files_and_promises(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """CV14; UX §7."""
    browser = signed_in(cast.delphine)
    browser.post(
        f"/cases/{case.pk}/draft/letter/files/", {"files": SimpleUploadedFile("card.txt", b"sorry")}, headers=HTMX
    )
    rich = "<div>I will <strong>ring you</strong></div><script>steal()</script>"
    browser.post(f"/cases/{case.pk}/letters/", letter(case, rich="1", html=rich))
    held = Draft.objects.get(case=case)
    browser.post(f"/cases/{case.pk}/draft/letter/", {"text": "One more thing."}, headers=HTMX)

    answer = browser.post(f"/outbox/{held.pk}/undo/")
    assert answer["Location"] == f"/cases/{case.pk}/?write=letter#composer"
    back = drafts.open_draft(case, "letter")
    assert back is not None and back.pk == held.pk
    assert back.text == f"{GOOD}\n\nOne more thing."
    assert "<strong>ring you</strong>" in back.html and "script" not in back.html and "One more thing." in back.html
    assert [file.name for file in back.files.all()] == ["card.txt"]
    assert [pledge["act"] for pledge in back.promises] == ["bring her the right arrangement"]
    assert Draft.objects.filter(case=case).count() == 1


def test_while_a_letter_is_leaving_the_composer_says_so_before_another_is_begun(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    delphine, bo = signed_in(cast.delphine), signed_in(cast.bo)
    delphine.post(f"/cases/{case.pk}/letters/", letter(case))
    undo = f'action="/outbox/{Draft.objects.get(case=case).pk}/undo/"'
    asked = f"/cases/{case.pk}/composer/?write="

    mine = delphine.get(f"{asked}letter", headers=HTMX).content.decode()
    assert "Your letter to Rosalind leaves at 11:00:15" in mine
    assert undo in mine and "<textarea" not in mine
    theirs = bo.get(f"{asked}letter", headers=HTMX).content.decode()
    assert "Delphine Marsh has written to Rosalind. The letter leaves at 11:00:15." in theirs
    assert undo not in theirs and "<textarea" not in theirs

    assert "write=another" in mine
    assert "<textarea" in delphine.get(f"{asked}another", headers=HTMX).content.decode()
    delphine.post(f"/cases/{case.pk}/draft/letter/", {"text": "One more thing."}, headers=HTMX)
    assert "One more thing." in delphine.get(f"{asked}letter", headers=HTMX).content.decode()


def test_the_composer_closes_by_itself_once_the_letter_has_left(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/letters/", letter(case))
    again = f"/cases/{case.pk}/composer/?write="
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert f'hx-get="{again}" hx-trigger="live:presence-{case.pk} from:body' in page
    tasks.release_held(NOW + timedelta(seconds=16))
    left = browser.get(again, headers=HTMX).content.decode()
    assert "Write to Rosalind" in left and "leaves at" not in left


def test_only_the_writer_can_take_a_letter_back(cast: Cast, case: Case, signed_in: SignIn) -> None:
    signed_in(cast.delphine).post(f"/cases/{case.pk}/letters/", letter(case))
    held = Draft.objects.get(case=case)
    signed_in(cast.bo).post(f"/outbox/{held.pk}/undo/")
    held.refresh_from_db()
    assert held.hold_until is not None


def test_a_promise_in_the_letter_is_made_when_it_leaves_unless_it_was_dropped(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """SL7."""
    browser = signed_in(cast.delphine)
    text = f"{GOOD}\n\nI will ring you on Thursday at 12:00."
    browser.post(f"/cases/{case.pk}/draft/letter/", letter(case, text), headers=HTMX)
    page = browser.get(f"/cases/{case.pk}/?write=letter").content.decode()
    assert "bring her the right arrangement, by tomorrow 10:00" in page

    sheet = f"/cases/{case.pk}/draft/promise/?number="
    dropped = browser.post(f"{sheet}0", {"drop": "1", "act": "x"}, headers=HTMX)
    assert b"No promise:" in dropped.content
    moved = {"act": "ring Rosalind", "other": "2026-03-05T11:30"}
    browser.post(f"{sheet}1", moved, headers=HTMX)
    browser.post(f"/cases/{case.pk}/letters/", letter(case, text))
    tasks.release_held(NOW + timedelta(seconds=16))

    made = Promise.objects.get(case=case, source=Promise.Source.PERSON)
    assert (made.act, f"{made.due:%d %H:%M}") == ("ring Rosalind", "05 11:30")
    assert made.made_in is not None and made.made_in.kind == "contact.out"


def test_a_changed_promise_wants_a_time_that_has_not_passed(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/draft/letter/", letter(case), headers=HTMX)
    answer = browser.post(
        f"/cases/{case.pk}/draft/promise/?number=0", {"act": "bring it", "other": "2026-03-02T09:00"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert b"That time has passed. Name a later one." in answer.content


def test_a_red_note_wants_a_reason_and_keeps_the_draft(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """C7.2: hold."""
    browser = signed_in(cast.delphine)
    bad = "Dear Rosalind, we are sorry if you feel that the flowers did not meet your expectations. Delphine"
    refused = browser.post(f"/cases/{case.pk}/letters/", letter(case, bad))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "The coach has something to mend first." in page
    assert 'name="reason"' in page and "if you feel that" in page
    assert Draft.objects.get(case=case).hold_until is None

    browser.post(f"/cases/{case.pk}/letters/", letter(case, bad, reason="She asked for it in these words."))
    assert Draft.objects.get(case=case).hold_until is not None


def test_a_letter_that_must_never_leave_is_not_saved_by_a_reason(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """C7.2: block."""
    bad = "Dear Rosalind, I am sorry. In return, kindly remove your review. Delphine"
    answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/letters/", letter(case, bad, reason="boss says so"))
    assert answer.status_code == 422
    assert "must not leave as it is" in answer.content.decode()


def test_the_coach_answers_with_notes_marks_and_found_promises(cast: Cast, case: Case, signed_in: SignIn) -> None:
    text = "We are sorry for any inconvenience.\r\nI will ring you tomorrow at 15:00."
    answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/coach/", {"text": text}, headers=HTMX).content.decode()
    assert 'id="coach"' in answer and "to mend" in answer
    assert '"weight": "pledge"' in answer
    start = text.replace("\r\n", "\n").index("I will ring")
    assert f'{{"start": {start}, ' in answer
    assert "Ring Rosalind, by tomorrow 15:00" in answer


def test_autosave_answers_the_line_and_the_version(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """CV13."""
    answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/draft/letter/", {"text": "Dear"}, headers=HTMX)
    assert answer.content.decode() == "Saved 11:00"
    assert answer["X-Draft-Version"] == "2"


def test_a_colleague_who_writes_holds_the_pen_until_it_is_taken_over(cast: Cast, case: Case, signed_in: SignIn) -> None:
    bo, delphine = signed_in(cast.bo), signed_in(cast.delphine)
    bo.post(f"/cases/{case.pk}/draft/letter/", {"text": "Dear Rosalind,"}, headers=HTMX)
    refused = delphine.post(f"/cases/{case.pk}/draft/letter/", {"text": "Hello"}, headers=HTMX)
    assert refused.status_code == 409
    assert "Bo Adeyemi is writing this answer." in refused.content.decode()
    assert "Bo Adeyemi is writing this." in delphine.get(f"/cases/{case.pk}/?write=letter").content.decode()

    delphine.post(f"/cases/{case.pk}/draft/letter/take/", {"text": "Hello"})
    taken = drafts.open_draft(case, "letter")
    assert taken is not None
    assert (taken.author, taken.text) == (cast.delphine, "Dear Rosalind,\n\nHello")


def test_sending_over_a_colleagues_draft_keeps_ones_own_words_on_the_page(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    signed_in(cast.bo).post(f"/cases/{case.pk}/draft/letter/", {"text": "Dear Rosalind,"}, headers=HTMX)
    answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/letters/", letter(case, "My own words"))
    assert answer.status_code == 409
    assert "My own words" in answer.content.decode()
    assert not Draft.objects.filter(hold_until__isnull=False).exists()


def test_an_answer_that_came_first_is_shown_before_anything_leaves(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """UX §7, conflict."""
    stale = letter(case)
    hear(cast.mailbox, mail("It is settled, thank you.", subject="Re: The flowers for Winifred", key="2"), NOW)
    browser = signed_in(cast.delphine)
    conflict = browser.post(f"/cases/{case.pk}/letters/", stale)
    assert conflict.status_code == 409
    page = conflict.content.decode()
    assert "Rosalind Achterberg wrote at 11:00" in page and "Send anyway" in page and "Keep as a note" in page
    assert Draft.objects.get(case=case).text == GOOD

    browser.post(f"/cases/{case.pk}/letters/", {**stale, "anyway": "1"})
    assert Draft.objects.get(case=case).hold_until is not None


def test_words_that_came_too_late_are_kept_as_a_note(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/draft/letter/", letter(case), headers=HTMX)
    browser.post(f"/cases/{case.pk}/letters/", letter(case, as_="x", **{"as": "note"}))
    assert kinds_of(case)[-1] == "note.written"
    assert Entry.objects.get(kind="note.written").letter.new_text == GOOD
    assert not Draft.objects.filter(case=case).exists()


def test_files_are_attached_listed_and_taken_out_again(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    url = f"/cases/{case.pk}/draft/letter/files/"
    listed = browser.post(url, {"files": SimpleUploadedFile("lid.png", b"\x89PNG\r\n\x1a\n...")}, headers=HTMX)
    assert b"lid.png" in listed.content
    file = Draft.objects.get(case=case).files.get()
    assert browser.get(f"/drafts/files/{file.pk}/").getvalue().startswith(b"\x89PNG")
    assert signed_in(cast.bo).post(f"/drafts/files/{file.pk}/remove/").status_code == 409
    browser.post(f"/drafts/files/{file.pk}/remove/", headers=HTMX)
    assert not Draft.objects.get(case=case).files.exists()


def test_without_a_script_a_file_is_taken_out_and_what_was_typed_is_kept(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    browser = signed_in(cast.delphine)
    draft = f"/cases/{case.pk}/draft/letter/"
    browser.post(draft, letter(case, "First words.", files=SimpleUploadedFile("lid.txt", b"lid")))
    file = Draft.objects.get(case=case).files.get()
    page = browser.get(f"/cases/{case.pk}/?write=letter").content.decode()
    assert f'<button class="button plain small icon-only" formaction="/drafts/files/{file.pk}/remove/"' in page
    cup = SimpleUploadedFile("cup.txt", b"cup")
    answer = browser.post(f"/drafts/files/{file.pk}/remove/", letter(case, "More words.", files=cup))
    assert answer["Location"] == f"/cases/{case.pk}/?write=letter#composer"
    kept = Draft.objects.get(case=case)
    assert (kept.text, [file.name for file in kept.files.all()]) == ("More words.", ["cup.txt"])


def test_a_name_that_looks_like_html_is_said_as_plain_words(cast: Cast, case: Case, signed_in: SignIn) -> None:
    cast.bo.name = "<b>Bo</b>"
    cast.bo.save()
    saved = signed_in(cast.bo).post(f"/cases/{case.pk}/draft/note/", {"text": "words"}, headers=HTMX)
    file = {"files": SimpleUploadedFile("a.txt", b"a")}
    taken = signed_in(cast.delphine).post(f"/cases/{case.pk}/draft/note/files/", file, headers=HTMX)
    assert (taken.status_code, taken.content) == (409, b"<b>Bo</b> is writing this.")
    assert {answer["Content-Type"] for answer in (saved, taken)} == {"text/plain; charset=utf-8"}


def test_files_too_large_for_mail_are_refused_in_words(
    cast: Cast, case: Case, signed_in: SignIn, settings: object
) -> None:
    settings.MAX_UPLOAD_BYTES = 10  # type: ignore[attr-defined]
    url = f"/cases/{case.pk}/draft/letter/files/"
    answer = signed_in(cast.delphine).post(url, {"files": SimpleUploadedFile("a.bin", b"x" * 11)}, headers=HTMX)
    assert answer.status_code == 422
    assert b"Your words are still here" in answer.content


def test_files_too_large_with_those_attached_before_are_refused_in_words(
    cast: Cast, case: Case, signed_in: SignIn, settings: object
) -> None:
    settings.MAX_UPLOAD_BYTES = 10  # type: ignore[attr-defined]
    url, browser = f"/cases/{case.pk}/draft/letter/files/", signed_in(cast.delphine)
    first, second = (
        browser.post(url, {"files": SimpleUploadedFile(name, b"x" * 6)}, headers=HTMX) for name in ("a.bin", "b.bin")
    )
    assert (first.status_code, second.status_code) == (200, 422)
    assert b"Your words are safe" in second.content


@pytest.mark.parametrize("where", ["letters", "notes"])
def test_nothing_leaves_without_a_file_that_was_too_large(
    cast: Cast, case: Case, signed_in: SignIn, settings: object, where: str
) -> None:
    settings.MAX_UPLOAD_BYTES = 10  # type: ignore[attr-defined]
    sent = {"text": "Here is the film.", "to": "rosalind@example.com", "files": SimpleUploadedFile("a.mp4", b"x" * 11)}
    answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/{where}/", sent)
    assert answer.status_code == 422
    assert "Your words are still here" in answer.content.decode()
    assert "Here is the film." in answer.content.decode()
    assert not Draft.objects.exclude(hold_until=None).exists()
    assert not case.entries.filter(kind="note.written").exists()


def test_a_saved_answer_goes_to_the_end_of_the_draft_with_its_places_filled(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """RQ1; S34: nothing but the fixed places is replaced."""
    answer = SavedAnswer.objects.create(name="Late", body="{customer}, about {case}: {agent} of {brand}. {0.__class__}")
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/draft/letter/", {"text": "Dear Rosalind,"}, headers=HTMX)
    browser.post(f"/cases/{case.pk}/answers/", {"answer": answer.pk})
    draft = drafts.open_draft(case, "letter")
    assert draft is not None
    filled = f"Rosalind, about A-{case.pk}: Delphine Marsh of Thimble & Thorn. {{0.__class__}}"
    assert draft.text == f"Dear Rosalind,\n\n{filled}"


def test_the_composer_offers_every_address_and_marks_the_one_that_refuses(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    Identity.objects.filter(value="rosalind@example.com").update(undeliverable_at=NOW, undeliverable_why="no mailbox")
    Identity.objects.create(
        customer=cast.rosalind, kind="email", value="ros@example.org", shown="ros@example.org", first_seen_at=NOW
    )
    page = signed_in(cast.delphine).get(f"/cases/{case.pk}/?write=letter").content.decode()
    assert '<option value="ros@example.org" selected>' in page
    assert "does not take our letters" in page


def test_a_letter_that_did_not_arrive_comes_back_for_another_address(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """CH6."""
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/letters/", letter(case))
    tasks.release_held(NOW + timedelta(seconds=16))
    entry = Entry.objects.get(kind="contact.out")
    Delivery.objects.filter(entry=entry).update(state=Delivery.State.BOUNCED, said="5.1.1 no such mailbox")
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "Did not arrive: 5.1.1 no such mailbox" in page and f"/entries/{entry.pk}/again/" in page

    sheet = browser.post(f"/entries/{entry.pk}/again/", {"address": "not an address"}, headers=HTMX)
    assert sheet.status_code == 422
    answer = browser.post(f"/entries/{entry.pk}/again/", {"address": "ros@example.org"})
    assert answer["Location"] == f"/cases/{case.pk}/?write=letter#composer"
    draft = drafts.open_draft(case, "letter")
    assert draft is not None and (draft.text, draft.to) == (GOOD, ["ros@example.org"])
    assert Identity.objects.get(value="ros@example.org").customer == cast.rosalind


def test_a_letter_that_cannot_leave_is_a_draft_again_and_the_case_says_why(cast: Cast, case: Case) -> None:
    draft = drafts.save(case, "letter", drafts.Written(text=GOOD, to=["rosalind@example.com"]), by=cast.bo, now=NOW)
    drafts.hold(draft, until=NOW, by=cast.bo)
    reply.could_not_leave(draft.pk, "Thimble & Thorn has no mailbox to write from.")
    back = drafts.open_draft(case, "letter")
    assert back is not None and (back.text, back.reason) == (GOOD, "")
    assert kinds_of(case)[-1] == "contact.failed"


def test_whoever_gets_a_copy_gets_neither_link_nor_history_of_the_customer(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """S4: the link to the case page is the customer's alone."""
    signed_in(cast.delphine).post(f"/cases/{case.pk}/letters/", letter(case, cc="florist@example.net"))
    with time_machine.travel(NOW + timedelta(seconds=16), tick=False):
        tasks.release_held(NOW + timedelta(seconds=16))
    text = Entry.objects.get(kind="contact.out").letter.text
    assert "/c/" not in text and "It looks nothing like the picture" not in text
    assert GOOD in text


@pytest.mark.parametrize(
    ("path", "kind"), [("letters", "letter"), ("notes", "note"), ("calls", "call"), ("draft/letter", "letter")]
)
def test_whoever_comes_to_where_a_composer_was_sent_finds_the_composer(
    cast: Cast, case: Case, signed_in: SignIn, path: str, kind: str
) -> None:
    """The sign-in page leads there, and so does the browser's address line after a refusal."""
    answer = signed_in(cast.delphine).get(f"/cases/{case.pk}/{path}/")
    assert (answer.status_code, answer["Location"]) == (303, f"/cases/{case.pk}/?write={kind}#composer")


def test_undo_beside_a_colleagues_new_draft_keeps_the_words_as_a_note(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/letters/", letter(case))
    held = Draft.objects.get(case=case)
    signed_in(cast.bo).post(f"/cases/{case.pk}/draft/letter/", {"text": "Dear Winifred,"}, headers=HTMX)

    answer = browser.post(f"/outbox/{held.pk}/undo/")
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert (
        "Your letter did not leave. Bo Adeyemi has begun another one"
        in browser.get(answer["Location"]).content.decode()
    )
    assert Entry.objects.get(case=case, kind="note.written").letter.new_text == GOOD
    assert Draft.objects.get(case=case).text == "Dear Winifred,"
    assert tasks.release_held(NOW + timedelta(seconds=60)) == 0


def test_a_letter_that_cannot_leave_becomes_a_note_beside_a_colleagues_draft(cast: Cast, case: Case) -> None:
    draft = drafts.save(case, "letter", drafts.Written(text=GOOD, to=["rosalind@example.com"]), by=cast.bo, now=NOW)
    drafts.hold(draft, until=NOW, by=cast.bo)
    drafts.save(case, "letter", drafts.Written(text="Dear Winifred,"), by=cast.delphine, now=NOW)
    reply.could_not_leave(draft.pk, "Thimble & Thorn has no mailbox to write from.")
    assert Draft.objects.get(case=case).text == "Dear Winifred,"
    assert kinds_of(case)[-2:] == ["note.written", "contact.failed"]


def test_a_letter_that_was_taken_back_in_the_same_moment_is_not_said_to_have_failed(cast: Cast, case: Case) -> None:
    draft = drafts.save(case, "letter", drafts.Written(text=GOOD), by=cast.bo, now=NOW)
    before = kinds_of(case)
    reply.could_not_leave(draft.pk, "Thimble & Thorn has no mailbox to write from.")
    drafts.throw_away(case, "letter", by=cast.bo)
    reply.could_not_leave(draft.pk, "Thimble & Thorn has no mailbox to write from.")
    assert kinds_of(case) == before
