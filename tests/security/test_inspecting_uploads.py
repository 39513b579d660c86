"""What is uploaded is looked at before it is taken, and leaves with no letter before that (ASVS 5.4.3)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from amends.cases import drafts
from amends.cases.models import Case, Draft, DraftFile, Entry, File
from amends.channels.models import Delivery, Kept
from amends.flows import drafting, reply, tasks
from amends.kit import clamd, inspected
from amends.kit.inspected import State
from amends.kit.models import Inspection
from amends.people.models import Member
from amends.portal.tests.world import send_form
from tests.cast import Cast
from tests.peers.clamd import EICAR, MOST_BYTES, Clamd, nobody
from tests.security import sink as sinks
from tests.security.scanned import heard, look, mail_with

pytestmark = [pytest.mark.django_db, pytest.mark.server]
SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}


def test_a_harmful_file_is_refused_in_the_composer(cast: Cast, scanner: clamd.Address, signed_in: SignIn) -> None:
    entry = heard(cast, mail_with())
    answer = signed_in(cast.delphine).post(
        f"/cases/{entry.case_id}/draft/letter/files/", {"files": SimpleUploadedFile("a.pdf", EICAR)}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "“a.pdf” was not taken: our virus scanner says that it is harmful" in answer.content.decode()
    assert not DraftFile.objects.exists()


def test_a_clean_file_leaves_with_its_letter_at_once(cast: Cast, scanner: clamd.Address) -> None:
    draft = written(cast, b"a harmless bill")
    reply.hold(draft, by=cast.delphine, now=timezone.now())
    sent = reply.release(draft.pk, timezone.now() + timedelta(hours=1))
    assert sent is not None and sent.files.get().name == "a.pdf"
    assert Delivery.objects.filter(entry=sent).exists()


def test_a_letter_waits_for_the_scanner_when_its_file_was_not_looked_at(
    cast: Cast, settings: Settings, clamd_peer: Clamd
) -> None:
    settings.CLAMD = clamd.address(nobody())
    draft = written(cast, b"a harmless bill")
    with pytest.raises(reply.CannotSend, match=r"has not looked at “a\.pdf” yet"):
        reply.hold(draft, by=cast.delphine, now=timezone.now())
    settings.CLAMD = clamd.address(clamd_peer.tcp)
    assert look() == 1
    reply.hold(draft, by=cast.delphine, now=timezone.now())
    assert Draft.objects.get(pk=draft.pk).hold_until is not None


def test_a_file_that_was_found_after_it_was_attached_does_not_leave(
    cast: Cast, settings: Settings, clamd_peer: Clamd
) -> None:
    draft = written(cast, EICAR)
    reply.hold(draft, by=cast.delphine, now=timezone.now())
    settings.CLAMD = clamd.address(clamd_peer.tcp)
    inspected.want([draft.files.get().sha256], timezone.now())
    look()
    tasks.release_held(timezone.now() + timedelta(hours=1))
    assert Draft.objects.get(pk=draft.pk).hold_until is None, "it is a draft again"
    failed = Entry.objects.get(case=draft.case, kind="contact.failed")
    assert "“a.pdf” is in quarantine" in failed.data["why"]
    assert not Delivery.objects.exists()


def written(cast: Cast, content: bytes) -> Draft:
    """A letter to Rosalind with a file, ready to leave."""
    case = Case.objects.get(pk=heard(cast, mail_with()).case_id)
    now = timezone.now()
    words = drafts.Written(
        text="Dear Rosalind, we are sorry. We send new flowers today and take the old ones back.",
        to=["rosalind@example.com"],
        reason="It must go.",
    )
    drafting.save(case, "letter", words, by=cast.delphine, now=now)
    upload = drafting.Upload("a.pdf", "application/pdf", content)
    drafting.attach(case, "letter", [upload], by=cast.delphine, now=now)
    draft = drafts.open_draft(case, "letter")
    assert draft is not None
    return draft


def test_a_harmful_file_is_refused_at_the_contact_form_and_nothing_is_taken_in(
    cast: Cast, scanner: clamd.Address, client: Client
) -> None:
    page = send_form(client, attached=SimpleUploadedFile("a.pdf", EICAR)).content.decode()
    assert "“a.pdf” was not taken: our virus scanner says that it is harmful" in page
    assert "The flowers look nothing like the picture." in page, "the words are still there"
    assert not Kept.objects.exists() and not Case.objects.exists()


def test_a_file_larger_than_the_scanner_takes_is_refused_at_the_contact_form(
    cast: Cast, scanner: clamd.Address, client: Client
) -> None:
    page = send_form(client, attached=SimpleUploadedFile("a.pdf", bytes(MOST_BYTES + 1))).content.decode()
    assert "“a.pdf” is larger than our virus scanner takes" in page
    assert not Case.objects.exists()


def test_a_contact_form_is_taken_while_the_scanner_hangs_and_only_the_first_waits(
    cast: Cast, hanging: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_form(client, attached=SimpleUploadedFile("a.pdf", b"%PDF-1.7 a"))
    monkeypatch.setattr(inspected, "AT_ONCE", 8.0)
    began = time.monotonic()
    send_form(client, subject="Another", attached=SimpleUploadedFile("b.pdf", b"%PDF-1.7 b"))
    assert time.monotonic() - began < 6
    assert File.objects.count() == 2
    assert Inspection.objects.filter(state=State.WAITING).count() == 2


def test_a_harmful_picture_from_elsewhere_is_not_kept(cast: Cast, scanner: clamd.Address, signed_in: SignIn) -> None:
    with sinks.running() as sink, sinks.reached(sink, as_if_public=True):
        sink.there["/bad.png"] = (200, {"Content-Type": "image/png"}, sinks.PNG + EICAR)
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "rosalind@example.com", "help@thimble.example", "Pictures"
        mail["Message-ID"], mail["Date"] = "<p@mail.example.com>", "Tue, 03 Mar 2026 09:58:00 +0000"
        mail.set_content(f"<p>Look</p><img src='{sink.url}/good.png'><img src='{sink.url}/bad.png'>", subtype="html")
        entry = heard(cast, mail.as_bytes())
        browser = signed_in(cast.delphine)
        browser.post(f"/entries/{entry.pk}/pictures/")
        page = browser.get(f"/entries/{entry.pk}/as-sent/").content.decode()
    good, bad = entry.outside_pictures.exclude(sha256=""), entry.outside_pictures.filter(sha256="")
    assert bad.get().why == "harm" and "virus scanner" in page
    assert browser.get(f"/entries/{entry.pk}/pictures/{good.get().mark}").status_code == 200
