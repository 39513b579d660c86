"""Export, erasure and retention of one person over every table (GDPR 15, 17, 20; S32)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from structlog.testing import capture_logs

from amends.audit import log
from amends.audit.models import Record
from amends.cases import drafts, search, timeline
from amends.cases.models import Case, Closure, Draft, Entry, File, Hold, Letter, Retention
from amends.channels import headline, inbox
from amends.channels.models import Kept
from amends.clock.models import Weighing
from amends.flows import (
    bytes_of,
    closing,
    erasing,
    exporting,
    forgotten,
    holding,
    keeping,
    matter,
    page_links,
    quarantine,
    reply,
    scrubbing,
    starting,
    tasks,
    weighing,
)
from amends.flows.registry import TABLES, all_about
from amends.flows.tests.person_of_canaries import furnish, personal_tables
from amends.flows.tests.test_reply import GOOD
from amends.kit import blobs, erasures
from amends.kit.personal import Table, undeclared
from amends.people import identities
from amends.people.models import Customer, Identity, Member, Tombstone
from tests.cast import TUESDAY, Cast, complaint, hear, mail

pytestmark = pytest.mark.django_db
LATER = TUESDAY + timedelta(days=400)


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, settings: object) -> None:
    settings.SECRETS_KEY_FILE = tmp_path / "keys" / "secrets.key"  # type: ignore[attr-defined]
    settings.BLOBS_DIR = tmp_path / "blobs"  # type: ignore[attr-defined]


def erase(customer: Customer) -> erasing.Erased:
    Hold.objects.filter(customer=customer).delete()
    gone = erasing.erase(customer, by=log.THE_DESK, now=LATER)
    while bytes_of.sweep():
        pass
    return gone


def archive_of(customer: Customer) -> str:
    """All of an export as one text."""
    written = io.BytesIO()
    exporting.export(customer, written, TUESDAY)
    with zipfile.ZipFile(written) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def everything_stored() -> str:
    """Every row of every table, the full-text index's own tables too, and every file beside them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = connection.introspection.table_names(cursor)
            rows = []
            for name in names:
                cursor.execute(f'SELECT t::text FROM "{name}" t')
                rows += [str(row[0]) for row in cursor.fetchall()]
            stored = "\n".join(rows)
        else:
            scrubbing.scrub()
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            rows = []
            for (name,) in cursor.fetchall():
                cursor.execute(f'SELECT * FROM "{name}"')
                rows += [repr(row) for row in cursor.fetchall()]
            stored = "\n".join(rows)
    folders = (settings.BLOBS_DIR, Path(settings.SECRETS_KEY_FILE).parent)
    files = [path.read_bytes() for folder in folders for path in Path(folder).rglob("*") if path.is_file()]
    return (stored + b"\n".join(files).decode("utf-8", "replace")).lower()


def test_every_field_that_can_hold_words_has_a_class() -> None:
    assert not undeclared(TABLES)


def test_a_field_without_a_class_is_named_with_what_to_do() -> None:
    without = [
        Table(one.label, {name: about for name, about in one.fields.items() if name != "good_to_know"}, one.rows)
        for one in TABLES
        if one.label != "clock.Holiday"
    ]
    faults = undeclared(without)
    assert len(faults) == 2
    assert any(
        fault.startswith("people.Customer.good_to_know has no class: say in amends/people/personal.py")
        for fault in faults
    )


def test_what_was_erased_before_anybody_could_read_it_is_not_read_again(cast: Cast) -> None:
    """Nothing of it is left: it must neither stop the mail behind it nor the page of what stayed outside."""
    kept = inbox.keep(cast.mailbox, b"\x00\x01\x02\xff\xfe", source="test", now=TUESDAY)
    tasks.take_in_waiting(TUESDAY)
    kept.refresh_from_db()
    assert kept.aside is not None
    erasing.erase_case(kept.aside, LATER)

    quarantine.try_again(kept)
    inbox.keep(cast.mailbox, mail(), source="test", now=LATER)
    Kept.objects.filter(pk=kept.pk).update(state=Kept.State.WAITING, tries=0)  # as an older release has left it
    tasks.take_in_waiting(LATER)

    assert Entry.objects.filter(kind="contact.in", customer=cast.rosalind).exists()
    assert not inbox.outside().exists()
    assert headline.checked_by(cast.mailbox) == ""


def test_a_personal_field_that_nothing_finds_is_a_fault() -> None:
    lost = [Table(one.label, one.fields, None) for one in TABLES]
    assert len(undeclared(lost)) == len(personal_tables())


def test_an_export_holds_all_of_one_person_and_nothing_of_another(cast: Cast) -> None:
    """S32"""
    mine, my_canaries = furnish(cast, "wilma")
    _theirs, their_canaries = furnish(cast, "fred")
    text = archive_of(mine)
    shown = {one for one in my_canaries if one in text}
    missing = my_canaries - shown
    unseen = {name for table in personal_tables() for name, about in table.personal.items() if not about.exported}
    assert unseen == {"canonical", "source", "value", "folded"}  # of Kept, MessageId, SearchText: repeat other fields
    assert len(missing) <= _rows_of_unseen(mine)
    assert not [one for one in their_canaries if one in text]


def _rows_of_unseen(customer: Customer) -> int:
    hidden = 0
    for table in personal_tables():
        names = [name for name, about in table.personal.items() if not about.exported and name != "canonical"]
        hidden += len(names) * table.of(all_about(customer)).count()
    return hidden


def test_an_export_leaves_out_what_others_wrote_on_ones_case_and_every_secret(cast: Cast) -> None:
    """S32"""
    case = complaint(cast)
    other = Customer.objects.create(name="Somebody Else", created_at=TUESDAY)
    timeline.record(case, "contact.in", at=TUESDAY, by=other, words=timeline.Words(new_text="their-words"))
    Member.objects.filter(pk=cast.ines.pk).update(password="hash-of-ines")
    text = archive_of(case.customer)
    assert "I look foolish" in text
    assert not [one for one in ("their-words", "Somebody Else", "hash-of-ines", "ines@desk.example") if one in text]


def test_after_an_erasure_nothing_is_left_anywhere(cast: Cast) -> None:
    customer, canaries = furnish(cast, "wilma")
    _other, others = furnish(cast, "fred")
    assert len(canaries) > 60
    before = everything_stored()
    assert all(one in before for one in canaries)
    gone = erase(customer)
    after = everything_stored()
    assert not [one for one in canaries if one in after]
    assert "wilma" not in after
    assert all(one in after for one in others)
    assert (gone.cases, gone.files > 3) == (Case.objects.filter(customer=customer).count(), True)
    assert Record.objects.filter(verb="person.erased", subject_id=str(customer.pk)).exists()


def test_the_timeline_keeps_its_shape(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    case = complaint(cast)
    before = list(Entry.objects.filter(case=case).values_list("pk", "kind", "at", "actor"))
    erase(case.customer)
    after = list(Entry.objects.filter(case=case).values_list("pk", "kind", "at", "actor"))
    assert after[: len(before)] == before
    assert [kind for _pk, kind, _at, _actor in after[len(before) :]] == ["case.closed", "case.erased"]
    assert Closure.objects.get(case=case).reason == "erased"
    page = signed_in(cast.delphine).get(f"/cases/{case.pk}/")
    assert page.status_code == 200 and "asked to be forgotten" in page.content.decode()
    assert signed_in(cast.delphine).get(f"/people/{case.customer_id}/").status_code == 200


def test_it_is_forgotten_too_that_somebody_was_vulnerable(cast: Cast) -> None:
    case = complaint(cast)
    matter.change(case, matter.of(case), {**matter.of(case), "guard": "vulnerable"}, by=cast.delphine, now=TUESDAY)
    weighing.weigh([case.pk], TUESDAY)
    assert Weighing.objects.get(case=case).marks == ["severity:vulnerable"]
    erasing.erase(case.customer, by=cast.marguerite, now=LATER)
    case.refresh_from_db()
    assert case.guard == ""
    assert not Weighing.objects.filter(case=case).exists()
    told = Entry.objects.filter(case=case).values_list("data", flat=True)
    assert "vulnerable" not in str(list(told))
    assert Entry.objects.filter(case=case, kind="case.erased").count() == 1


def test_what_somebody_said_on_anothers_case_leaves_no_copy(cast: Cast) -> None:
    """The row of the list shows their last words, and our answer quotes them."""
    case = complaint(cast, headers="Cc: Winifred <winifred@example.org>\n")
    said = mail("It was canary-vase.", key="w", sender="Winifred <winifred@example.org>")
    entry = hear(cast.mailbox, said.replace(b"Subject:", b"In-Reply-To: <1@mail.example.com>\nSubject:"))
    assert entry is not None and entry.case_id == case.pk and entry.customer is not None
    answer = drafts.Written(text=GOOD, html=f"<p>{GOOD}</p>", to=["winifred@example.org"])
    draft = drafts.save(case, Draft.Kind.LETTER, answer, by=cast.delphine, now=TUESDAY)
    reply.hold(draft, by=cast.delphine, now=TUESDAY)
    tasks.release_held(TUESDAY + timedelta(seconds=16))
    ours = Letter.objects.get(entry__case=case, entry__kind="contact.out")
    assert "> It was canary-vase." in ours.text and "canary-vase" in ours.html
    erase(entry.customer)
    assert "canary-vase" not in everything_stored()
    ours.refresh_from_db()
    assert GOOD[:40] in ours.text


def test_an_answer_to_a_letter_of_an_erased_case_goes_on_with_nothing_of_it(cast: Cast) -> None:
    case = complaint(cast)
    owner, link = case.owner, page_links.token_for(case, LATER)
    assert owner is not None
    draft = drafts.save(
        case, Draft.Kind.LETTER, drafts.Written(text=GOOD, to=["rosalind@example.com"]), by=owner, now=TUESDAY
    )
    reply.hold(draft, by=owner, now=TUESDAY)
    tasks.release_held(TUESDAY + timedelta(seconds=16))
    ours = Letter.objects.get(entry__case=case, entry__kind="contact.out").message_id
    erase(case.customer)
    raw = mail("It broke again.", key="again", headers=f"In-Reply-To: {ours}\n")
    again = hear(cast.mailbox, raw.replace(b"Tue, 03 Mar 2026", b"Thu, 08 Apr 2027"), LATER + timedelta(days=1))
    assert again is not None and again.case_id != case.pk and again.case.may_belong_to is None
    assert Closure.objects.get(case=case).reason == "erased"
    with pytest.raises(page_links.LinkError):
        page_links.open_case(link, LATER)


def test_nobody_opens_an_erased_case_again(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    """What would be written on it no erasure would find: it has been erased."""
    case = complaint(cast)
    erase(case.customer)
    page = signed_in(cast.delphine).post(f"/cases/{case.pk}/reopening/", {"why": "She rang."})
    assert page.status_code == 422 and "Begin a new case." in page.content.decode()
    assert Closure.objects.get(case=case).reason == "erased"


def test_an_erased_person_is_found_by_no_word(cast: Cast) -> None:
    case = complaint(cast, text="The vase has a crack, says Winifred")
    assert search.find("crack", brand_ids=None)
    erase(case.customer)
    assert not search.find("crack", brand_ids=None)
    assert not search.find("rosalind", brand_ids=None)


def test_an_address_in_somebody_elses_letter_is_covered(cast: Cast) -> None:
    case = complaint(cast)
    entry = hear(
        cast.mailbox,
        mail("My sister Rosalind@Example.com has the same vase.", sender="bert@other.example", key="9",
             headers="Cc: rosalind@example.com\n"),
    )  # fmt: skip
    assert entry is not None
    raw = entry.letter.raw_sha256
    erase(case.customer)
    letter = Letter.objects.get(entry=entry)
    assert letter.new_text.strip() == "My sister erased has the same vase."
    assert letter.raw_sha256 == "" and not blobs.path_of(raw).exists()
    assert "rosalind@example.com" not in everything_stored()


def test_a_mailbox_that_is_read_anew_brings_nobody_back(cast: Cast) -> None:
    old = mail(headers="")
    entry = hear(cast.mailbox, old)
    assert entry is not None
    erase(entry.case.customer)
    assert inbox.keep(cast.mailbox, old, source="again", now=LATER).state == Kept.State.TAKEN
    assert hear(cast.mailbox, mail("An older one, not heard before", key="77"), LATER) is None
    while bytes_of.sweep():
        pass
    assert Identity.objects.filter(value="rosalind@example.com").count() == 0
    assert "rosalind" not in everything_stored()


def test_what_was_told_under_ones_address_is_forgotten_with_it_and_not_the_other_way_round(cast: Cast) -> None:
    """Callum may not know Rosalind: what he wrote down stands on a case of somebody of the same address."""
    case = complaint(cast)
    beginning = starting.Beginning(
        cast.vantry, "Rosa A", "No line", "told-on-the-phone", address="rosalind@example.com"
    )
    told = starting.start(beginning, by=cast.callum, now=TUESDAY).customer
    assert told != cast.rosalind
    holding.hold(told, "", by=cast.marguerite, now=TUESDAY)
    assert erasing.hindrance(cast.rosalind) == "Rosa A is under a legal hold. Take it off first."
    with pytest.raises(erasing.ErasingError):
        erasing.erase(cast.rosalind, by=cast.marguerite, now=LATER)
    assert starting.start(beginning, by=cast.callum, now=TUESDAY).customer == told
    erase(told)
    assert identities.find("email", "rosalind@example.com") == cast.rosalind
    assert "I look foolish" in Letter.objects.get(entry__case=case).new_text
    assert forgotten.again(LATER) == 0 and not Tombstone.objects.exists()

    anew = starting.start(beginning, by=cast.callum, now=TUESDAY).customer
    erase(cast.rosalind)
    assert Customer.objects.get(pk=anew.pk).erased_at == LATER
    assert not [one for one in ("told-on-the-phone", "rosa a", "rosalind") if one in everything_stored()]


def test_who_writes_anew_is_a_new_person(cast: Cast) -> None:
    entry = hear(cast.mailbox, mail())
    assert entry is not None
    erase(entry.case.customer)
    fresh = mail("Hello again", key="new").replace(b"Tue, 03 Mar 2026", b"Thu, 08 Apr 2027")
    again = hear(cast.mailbox, fresh, LATER + timedelta(days=1))
    assert again is not None and again.customer_id != entry.customer_id
    assert forgotten.again(LATER) == 0
    assert Identity.objects.filter(value="rosalind@example.com").exists()


@pytest.mark.parametrize(
    ("came", "is_new"), [("Thu, 08 Apr 2027 10:00:00 +0000", True), ("Tue, 03 Mar 2026 10:00:00 +0000", False)]
)
def test_a_clock_that_runs_behind_makes_no_new_mail_old(cast: Cast, came: str, is_new: bool) -> None:
    """What counts is when it was passed on, else a new mail would go for good."""
    erase(complaint(cast).customer)
    passed_on = f"Received: from phone.example by mx.example;\n {came}\n".encode()
    entry = hear(cast.mailbox, passed_on + mail("It broke again.", key="late"), LATER + timedelta(days=1))
    assert (entry is not None) is is_new


def test_whom_a_restored_backup_brings_back_is_erased_again(cast: Cast) -> None:
    case = complaint(cast)
    erasures.note([erasures.mark("address", "rosalind@example.com")], LATER)  # as after restoring an older database
    assert tasks.tidy(LATER) >= 0
    assert Customer.objects.get(pk=case.customer_id).erased_at == LATER
    assert Tombstone.objects.count() == 1
    assert forgotten.again(LATER) == 0


@pytest.mark.parametrize("on", ["person", "case"])
def test_whom_a_backup_brings_back_under_a_hold_stays_owed_and_goes_with_the_hold(cast: Cast, on: str) -> None:
    case = complaint(cast)
    held = case if on == "case" else cast.rosalind
    holding.hold(held, "a lawsuit", by=cast.marguerite, now=TUESDAY)
    mark = erasures.mark("address", "rosalind@example.com")
    erasures.note([mark], TUESDAY + timedelta(days=1))  # as after restoring an older database
    for _again in range(2):
        tasks.tidy(LATER)
        what = case.reference if on == "case" else "This person"
        (owed,) = forgotten.owed()
        assert (owed.customer, owed.at) == (cast.rosalind, TUESDAY + timedelta(days=1))
        assert owed.why == f"{what} is under a legal hold. Take it off first."
        assert not Tombstone.objects.exists(), "it is not done"
    assert Letter.objects.filter(entry__case=case).exclude(new_text="Erased").exists()
    assert hear(cast.mailbox, mail("An older one", key="77"), LATER) is not None, "a hold keeps what comes, too"
    holding.let_go(held, by=cast.marguerite)
    tasks.tidy(LATER)
    assert Customer.objects.get(pk=case.customer_id).erased_at == LATER
    assert (forgotten.owed(), Tombstone.objects.get().at) == ([], LATER)
    assert forgotten.again(LATER) == 0
    written = list(Record.objects.order_by("number").values_list("verb", flat=True))
    assert written == [f"{on}.held", "person.erasure_owed", f"{on}.let_go", "person.erased"]


def test_who_is_not_held_is_erased_again_beside_somebody_who_is(cast: Cast) -> None:
    complaint(cast)
    other = hear(cast.mailbox, mail("Another matter", sender="bert@other.example", key="8"))
    assert other is not None
    holding.hold(cast.rosalind, "", by=cast.marguerite, now=TUESDAY)
    marks = [erasures.mark("address", one) for one in ("rosalind@example.com", "bert@other.example", "x@gone.example")]
    erasures.note(marks, LATER)
    assert forgotten.again(LATER) == 1
    assert Customer.objects.get(pk=other.case.customer_id).erased_at == LATER
    assert set(Tombstone.objects.values_list("mark", flat=True)) == set(marks[1:])


def test_whoever_was_erased_twice_is_erased_again_too(cast: Cast) -> None:
    """They wrote anew after the first time; the backup was made before the second."""
    case = complaint(cast)
    mark = erasures.mark("address", "rosalind@example.com")
    Tombstone.objects.create(mark=mark, at=TUESDAY - timedelta(days=1))
    erasures.note([mark], LATER)
    assert forgotten.again(LATER) == 1
    assert Customer.objects.get(pk=case.customer_id).erased_at == LATER
    assert Tombstone.objects.get().at == LATER
    assert forgotten.again(LATER) == 0


def test_a_ledger_that_was_lost_is_written_anew_from_the_database(cast: Cast) -> None:
    Tombstone.objects.create(mark="a" * 40, at=LATER)
    forgotten.again(LATER)
    assert erasures.noted() == {"a" * 40: LATER}


def test_bytes_that_somebody_else_has_too_stay(cast: Cast) -> None:
    case = complaint(cast)
    other = hear(cast.mailbox, mail("Another matter", sender="bert@other.example", key="8"))
    assert other is not None
    digest = blobs.put(b"a picture that both sent")
    for entry in (case.entries.filter(kind="contact.in")[0], other):
        File.objects.create(entry=entry, name="p.png", content_type="image/png", size=1, sha256=digest)
    erase(case.customer)
    assert blobs.get(digest) == b"a picture that both sent"
    erase(other.case.customer)
    assert not blobs.path_of(digest).exists()


def test_a_legal_hold_stops_an_erasure_until_it_is_taken_off(cast: Cast) -> None:
    case = complaint(cast)
    holding.hold(case, "a lawsuit", by=cast.marguerite, now=TUESDAY)
    with pytest.raises(erasing.ErasingError, match="legal hold"):
        erasing.erase(case.customer, by=cast.marguerite, now=LATER)
    assert "I look foolish" in Letter.objects.get(entry__case=case).new_text
    holding.let_go(case, by=cast.marguerite)
    assert erasing.erase(case.customer, by=cast.marguerite, now=LATER).cases == 1
    written = list(Record.objects.order_by("number").values_list("verb", flat=True))
    assert written == ["case.held", "case.let_go", "person.erased"]


def closed(cast: Cast, key: str, days_ago: int, now: object = LATER) -> Case:
    entry = hear(cast.mailbox, mail(f"words-{key}", sender=f"{key}@example.com", subject=f"On {key}", key=key))
    assert entry is not None
    case = Case.objects.get(pk=entry.case_id)
    Closure.objects.create(
        case=case, reason="answered", by=cast.ines, at=LATER - timedelta(days=days_ago), channel="email"
    )
    case.next_step.delete()
    return case


def test_exactly_what_is_due_goes_when_the_clock_jumps(cast: Cast) -> None:
    old, edge, young, held = (closed(cast, key, days) for key, days in
                              (("old", 31), ("edge", 30), ("young", 29), ("held", 99)))  # fmt: skip
    still_open = complaint(cast)
    holding.hold(held, "", by=cast.marguerite, now=TUESDAY)
    assert not keeping.due(LATER + timedelta(days=9999)).exists()  # off until somebody says so
    keeping.set_days("email", 30, by=cast.marguerite)
    keeping.set_days("phone", 1, by=cast.marguerite)
    assert set(keeping.due(LATER)) == {old, edge}
    assert not keeping.due(LATER - timedelta(days=3)).exists()
    assert tasks.remove_old(LATER) == 2
    assert not list(keeping.due(LATER))
    assert tasks.remove_old(LATER) == 0
    erased = set(Case.objects.exclude(erased_at=None))
    assert erased == {old, edge}
    texts = set(Letter.objects.filter(entry__case__in=[young, held, still_open]).values_list("new_text", flat=True))
    assert {text.strip() for text in texts} >= {"words-young", "words-held"}
    assert tasks.remove_old(LATER + timedelta(days=9999)) == 1
    assert not Case.objects.filter(pk__in=[held.pk, still_open.pk]).exclude(erased_at=None).exists()
    keeping.set_days("email", None, by=cast.marguerite)
    assert Retention.objects.get().channel == "phone"


def test_what_was_taken_into_a_case_goes_with_it(cast: Cast) -> None:
    """It has no end of its own, so no rule would ever find it."""
    source, target = complaint(cast), closed(cast, "old", 31)
    Case.objects.filter(pk=source.pk).update(merged_into=target)
    keeping.set_days("email", 30, by=cast.marguerite)
    holding.hold(source, "a lawsuit", by=cast.marguerite, now=TUESDAY)
    assert not keeping.due(LATER).exists()
    with pytest.raises(erasing.ErasingError, match="legal hold"):
        erasing.erase_case(target, LATER)
    holding.let_go(source, by=cast.marguerite)
    assert tasks.remove_old(LATER) == 2
    assert Letter.objects.get(entry__case=source).new_text == "Erased"
    assert Entry.objects.filter(case=source, kind="case.erased").count() == 1


def test_a_case_that_may_not_be_erased_after_all_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody puts a hold on it between the look and the deed."""
    held, free = closed(cast, "first", 99), closed(cast, "second", 98)
    keeping.set_days("email", 30, by=cast.marguerite)
    erase_case = erasing.erase_case

    def hold_first(case: Case, now: datetime) -> erasing.Erased:
        if case == held:
            holding.hold(case, "a lawsuit", by=cast.marguerite, now=now)
        return erase_case(case, now)

    with monkeypatch.context() as patch, capture_logs() as told:
        patch.setattr(erasing, "erase_case", hold_first)
        assert tasks.remove_old(LATER) == 1
    assert list(Case.objects.exclude(erased_at=None)) == [free]
    assert [(one["case"], one["why"]) for one in told if "case" in one] == [
        (held.pk, f"{held.reference} is under a legal hold.")
    ]
    assert Record.objects.get(verb="retention.run").facts["cases"] == 1
    assert tasks.remove_old(LATER) == 0
    holding.let_go(held, by=cast.marguerite)
    assert tasks.remove_old(LATER) == 1


def test_a_case_is_kept_as_its_channel_says_however_it_was_closed(cast: Cast) -> None:
    case = complaint(cast)
    closing.close(case, "answered", by=cast.ines, now=TUESDAY)
    assert Closure.objects.get(case=case).channel == "email"
    keeping.set_days("form", 30, by=cast.marguerite)
    assert not keeping.due(LATER).exists()
    keeping.set_days("email", 30, by=cast.marguerite)
    assert list(keeping.due(LATER)) == [case]
    erasing.erase_case(case, LATER)
    assert Closure.objects.get(case=case).channel == ""


def test_removal_goes_in_small_batches(cast: Cast) -> None:
    for key in ("a", "b", "c"):
        closed(cast, key, 99)
    keeping.set_days("email", 30, by=cast.marguerite)
    assert [keeping.run(LATER, limit=2) for _ in range(3)] == [2, 1, 0]
