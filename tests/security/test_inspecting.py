"""Files from outside are looked at by a real scanner before anybody opens them (ASVS 5.4.3)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from amends.audit.models import Record
from amends.cases.models import Case, Entry, File
from amends.desk import notices
from amends.flows import bytes_of, erasing, exporting, inspecting, page_links, tasks
from amends.kit import blobs, clamd, inspected
from amends.kit.inspected import State
from amends.kit.models import Inspection
from amends.people.models import Member
from amends.upkeep import figures
from tests.cast import Cast
from tests.peers.clamd import EICAR, FOUND, MOST_BYTES, Clamd, nobody, stuck_clamd
from tests.security.scanned import heard, held_entries, look, mail_with, page, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.server]
SignIn = Callable[[Member], Client]
CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Wilhelmina Ashdown\r\nEND:VCARD\r\n"


def test_a_harmful_file_is_in_quarantine_and_its_case_and_the_log_say_so(
    cast: Cast, scanner: clamd.Address, signed_in: SignIn, client: Client
) -> None:
    entry = heard(cast, mail_with(EICAR))
    file = entry.files.get()
    assert look() == 1
    (told,) = held_entries(entry.case_id)
    assert told.data["name"] == "invoice.zip" and told.data["signature"].startswith(FOUND)
    record = Record.objects.get(verb="file.held")
    assert (record.subject_kind, record.subject_id) == ("case", str(entry.case_id))
    assert blobs.get(file.sha256) == EICAR, "nothing of it is lost"
    browser = signed_in(cast.delphine)
    shown = page(browser, entry.case_id)
    assert "in quarantine" in shown and FOUND in shown and url_of(file) not in shown
    assert browser.get(url_of(file)).status_code == 403
    assert browser.get(f"/entries/{entry.pk}/raw").status_code == 403, "the raw mail holds it, too"
    link = page_links.token_for(Case.objects.get(pk=entry.case_id), timezone.now())
    assert client.get(f"/c/{link}/files/{file.pk}/invoice.zip").status_code == 403
    assert "held by our virus scanner" in client.get(f"/c/{link}/").content.decode()


def test_a_file_opens_once_the_scanner_has_looked_at_it_and_not_before(
    cast: Cast, scanner: clamd.Address, signed_in: SignIn
) -> None:
    file = heard(cast, mail_with(b"a harmless bill")).files.get()
    browser = signed_in(cast.delphine)
    early = browser.get(url_of(file))
    assert early.status_code == 409 and "still being looked at" in early.content.decode()
    assert early["Retry-After"]
    assert "is looked at first" in page(browser, file.entry.case_id)
    assert look() == 1
    assert browser.get(url_of(file)).getvalue() == b"a harmless bill"
    assert not held_entries(file.entry.case_id) and not Record.objects.filter(verb="file.held").exists()


def test_a_picture_that_was_found_never_stands_within_its_letter(
    cast: Cast, scanner: clamd.Address, signed_in: SignIn
) -> None:
    entry = heard(cast, mail_with(b"\x89PNG\r\n\x1a\n" + EICAR, name="lid.png", kind="image/png"))
    File.objects.update(inline=True, content_id="<lid>")
    look()
    shown = page(signed_in(cast.delphine), entry.case_id)
    assert "lid.png" in shown and "in quarantine" in shown


def test_what_is_in_quarantine_is_not_read_aloud(cast: Cast, scanner: clamd.Address, signed_in: SignIn) -> None:
    entry = heard(cast, mail_with(CARD, name="w.vcf", kind="text/vcard"))
    browser = signed_in(cast.delphine)
    assert "Wilhelmina" not in page(browser, entry.case_id)
    look()
    assert "Wilhelmina" in page(browser, entry.case_id)


def test_a_file_from_before_the_scanner_is_looked_at_when_somebody_wants_it(
    cast: Cast, settings: Settings, clamd_peer: Clamd, signed_in: SignIn
) -> None:
    old, bad = heard(cast, mail_with(b"an old bill")), heard(cast, mail_with(EICAR, key="2"))
    assert not Inspection.objects.exists()
    settings.CLAMD = clamd.address(clamd_peer.unix)
    browser = signed_in(cast.delphine)
    for entry in (old, bad):
        assert browser.get(url_of(entry.files.get())).status_code == 409
    assert look() == 2
    assert browser.get(url_of(old.files.get())).status_code == 200
    assert browser.get(url_of(bad.files.get())).status_code == 403
    assert held_entries(bad.case_id)


def test_a_raw_mail_is_shown_to_the_scanner_before_it_is_downloaded(
    cast: Cast, scanner: clamd.Address, signed_in: SignIn
) -> None:
    entry = heard(cast, mail_with())
    browser = signed_in(cast.delphine)
    assert browser.get(f"/entries/{entry.pk}/raw").status_code == 409
    look()
    assert browser.get(f"/entries/{entry.pk}/raw").status_code == 200


def test_mail_is_taken_in_while_the_scanner_is_away_and_its_files_wait(
    cast: Cast, settings: Settings, clamd_peer: Clamd, signed_in: SignIn
) -> None:
    settings.CLAMD = clamd.address(nobody())
    entry = heard(cast, mail_with(EICAR))
    assert look() == 0
    browser = signed_in(cast.delphine)
    assert browser.get(url_of(entry.files.get())).status_code == 409
    late = timezone.now() + timedelta(minutes=6)
    (line,) = notices.scanner(late)
    assert "have waited for the virus scanner" in line.line
    told = {family.name: family.samples[0][1] for family in figures.gather(late) if family.samples}
    assert told["amends_files_waiting_oldest_seconds"] >= 360
    settings.CLAMD = clamd.address(clamd_peer.tcp)
    assert look(timedelta(minutes=1)) == 1
    assert notices.scanner(late) == []
    assert held_entries(entry.case_id)


def test_mail_is_taken_in_while_the_scanner_hangs(cast: Cast, hanging: None) -> None:
    entry = heard(cast, mail_with(b"a bill"))
    assert entry.files.count() == 1
    assert look() == 0
    assert Inspection.objects.get().tries == 0, "it is not the file's doing"


def test_a_scanner_that_is_away_ends_the_round_and_loses_nothing(cast: Cast, settings: Settings) -> None:
    settings.CLAMD = clamd.address(nobody())
    heard(cast, mail_with(b"one", b"two", b"three"))
    assert look() == 0
    waiting = Inspection.objects.filter(state=State.WAITING)
    assert waiting.count() == 3
    assert waiting.filter(next_try_at__lte=timezone.now()).count() == 2, "only one of them was asked about"


def test_a_file_that_the_scanner_never_finishes_with_is_held_after_some_tries(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspected, "PATIENCE", 0.1)
    with stuck_clamd() as where:
        settings.CLAMD = clamd.address(where)
        entry = heard(cast, mail_with(b"a bill"))
        settled = [look(timedelta(hours=hour)) for hour in range(inspected.TRIES)]
    assert settled == [0, 0, 0, 0, 1]
    (told,) = held_entries(entry.case_id)
    assert told.data["why"] == inspected.UNFINISHED


def test_a_file_larger_than_the_scanner_takes_is_held_until_it_takes_it(
    cast: Cast, scanner: clamd.Address, signed_in: SignIn
) -> None:
    entry = heard(cast, mail_with(bytes(MOST_BYTES + 1), name="film.mov"))
    look()
    (told,) = held_entries(entry.case_id)
    assert told.data["why"] == inspected.LARGE
    admin = signed_in(cast.marguerite)
    assert "Larger than the scanner takes" in admin.get("/settings/quarantine/").content.decode()
    one = Inspection.objects.get(state=State.UNKNOWN, sha256=entry.files.get().sha256)
    admin.post(f"/settings/quarantine/{one.pk}/again/")
    assert Record.objects.filter(verb="file.asked_again").exists()
    assert look() == 1
    assert len(held_entries(entry.case_id)) == 1, "the case says it once"


def test_an_admin_lets_a_false_alarm_out_and_both_logs_say_who(
    cast: Cast, scanner: clamd.Address, signed_in: SignIn
) -> None:
    entry = heard(cast, mail_with(EICAR))
    look()
    admin = signed_in(cast.marguerite)
    listed = admin.get("/settings/quarantine/").content.decode()
    assert "invoice.zip" in listed and f"A-{entry.case_id}" in listed and FOUND in listed
    assert "The raw mail" not in listed, "it is there once"
    one = Inspection.objects.get(sha256=entry.files.get().sha256)
    for other in (cast.delphine, cast.ines):
        assert signed_in(other).post(f"/settings/quarantine/{one.pk}/release/").status_code == 403
    assert admin.post(f"/settings/quarantine/{one.pk}/release/").status_code == 303
    told = Entry.objects.get(case=entry.case_id, kind="file.released")
    assert told.member == cast.marguerite
    assert Record.objects.get(verb="file.released").member_id == cast.marguerite.pk
    browser = signed_in(cast.delphine)
    assert browser.get(url_of(entry.files.get())).getvalue() == EICAR
    assert browser.get(f"/entries/{entry.pk}/raw").status_code == 200
    again = heard(cast, mail_with(EICAR, key="2"))
    look()
    assert browser.get(url_of(again.files.get())).status_code == 200 and not held_entries(again.case_id)


def test_a_harmful_file_that_comes_again_is_told_of_where_it_came(cast: Cast, scanner: clamd.Address) -> None:
    first = heard(cast, mail_with(EICAR))
    look()
    second = heard(cast, mail_with(EICAR, key="2"))
    assert look() == 1
    assert len(held_entries(first.case_id)) == len(held_entries(second.case_id)) == 1


def test_the_same_clean_file_is_looked_at_once(cast: Cast, scanner: clamd.Address) -> None:
    heard(cast, mail_with(b"a logo"))
    assert look() == 1
    heard(cast, mail_with(b"a logo", key="2"))
    assert look() == 0


def test_without_a_scanner_nothing_is_asked_or_written(cast: Cast, signed_in: SignIn) -> None:
    entry = heard(cast, mail_with(EICAR))
    assert look() == 0
    assert signed_in(cast.delphine).get(url_of(entry.files.get())).status_code == 200
    assert not Inspection.objects.exists()
    assert (
        "Files in quarantine" not in signed_in(cast.marguerite).get("/settings/log/").content.decode().split("<main")[0]
    )


def test_what_was_found_stays_shut_when_the_scanner_is_named_no_more(
    cast: Cast, scanner: clamd.Address, settings: Settings, signed_in: SignIn
) -> None:
    entry = heard(cast, mail_with(EICAR))
    look()
    settings.CLAMD = None
    assert signed_in(cast.delphine).get(url_of(entry.files.get())).status_code == 403
    assert "invoice.zip" in signed_in(cast.marguerite).get("/settings/quarantine/").content.decode()


def test_an_export_leaves_out_what_is_in_quarantine_and_says_so(cast: Cast, scanner: clamd.Address) -> None:
    entry = heard(cast, mail_with(EICAR, b"a bill"))
    look()
    archive = io.BytesIO()
    exporting.export(cast.rosalind, archive, timezone.now())
    with zipfile.ZipFile(archive) as opened:
        said = json.loads(opened.read("person.json"))
        assert not any(EICAR in opened.read(name) for name in opened.namelist())
    bad = entry.files.get(size=len(EICAR)).sha256
    assert bad in said["files_held"] and bad not in {file["sha256"] for file in said["files"]}


def test_with_the_bytes_goes_what_the_scanner_said_of_them(cast: Cast, scanner: clamd.Address) -> None:
    heard(cast, mail_with(b"a bill"))
    look()
    assert Inspection.objects.exists()
    erasing.erase(cast.rosalind, by=cast.marguerite, now=timezone.now())
    bytes_of.sweep()
    assert not Inspection.objects.exists()


def test_bytes_that_are_gone_are_not_called_clean(cast: Cast, scanner: clamd.Address) -> None:
    file = heard(cast, mail_with(b"a bill")).files.get()
    blobs.path_of(file.sha256).unlink()
    look()
    assert not Inspection.objects.exists()


def test_of_two_workers_one_asks(cast: Cast, scanner: clamd.Address) -> None:
    heard(cast, mail_with(b"a bill"))
    now = timezone.now()
    (one,) = inspected.due(now, limit=5)
    assert inspected.claim(one, now) is not None
    assert inspected.claim(one, now) is None


def test_a_verdict_that_comes_after_an_admins_word_changes_nothing(cast: Cast, scanner: clamd.Address) -> None:
    heard(cast, mail_with(EICAR))
    look()
    one = Inspection.objects.get(sha256=File.objects.get().sha256)
    inspecting.release(one, by=cast.marguerite, now=timezone.now())
    assert not inspected.settle(one, inspected.Verdict(State.FOUND, FOUND), timezone.now())
    assert Inspection.objects.get(pk=one.pk).state == State.RELEASED


def test_a_clock_that_ran_ahead_does_not_keep_files_waiting(cast: Cast, scanner: clamd.Address) -> None:
    heard(cast, mail_with(b"a bill"))
    now: datetime = timezone.now()
    Inspection.objects.update(next_try_at=now + timedelta(days=400))
    assert tasks.set_clocks_right(now) == 1
    assert look(timedelta(minutes=10)) == 1
