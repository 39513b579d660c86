"""Words of a letter go for good, from everywhere the case repeats them (reliability §7, redaction)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import models
from django.test import Client

from amends.audit.models import Record
from amends.cases import drafts, search, timeline
from amends.cases.models import Case, Draft, DraftFile, Entry, File, Letter, NextStep
from amends.channels import inbox
from amends.channels.models import Kept
from amends.flows import blackening, bytes_of, erasing, holding, intake, merging, note
from amends.flows.blackening import BlackeningError, What, blacken
from amends.flows.registry import some_cases
from amends.flows.tests.person_of_canaries import furnish, personal_tables
from amends.flows.tests.test_forgetting import archive_of, everything_stored
from amends.kit import blobs
from amends.kit.blackening import BAR
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint, hear, mail

pytestmark = pytest.mark.django_db
LATER = TUESDAY + timedelta(hours=1)
CARD = "4111 1111 1111 1111"
WITH_A_FILE = (
    "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=xx\n",
    f"--xx\nContent-Type: text/plain\n\nPay it back to {CARD}, quickly.\n--xx\nContent-Type: text/csv\n"
    f"Content-Disposition: attachment; filename=a.csv\n\nname;card\nRosalind;{CARD.replace(' ', '-')}\n--xx\n"
    "Content-Type: application/pdf\nContent-Disposition: attachment; filename=b.pdf\n\nscanned\n--xx--\n",
)


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, settings: object) -> None:
    settings.SECRETS_KEY_FILE = tmp_path / "keys" / "secrets.key"  # type: ignore[attr-defined]
    settings.BLOBS_DIR = tmp_path / "blobs"  # type: ignore[attr-defined]


def heard(cast: Cast, text: str = f"My card is {CARD}, pay it back.") -> Entry:
    return Entry.objects.get(case=complaint(cast, text=text), kind="contact.in")


def black(cast: Cast, entry: Entry, what: What, why: str = "a card number") -> blackening.Blackened:
    gone = blacken(entry, what, why=why, by=cast.marguerite, now=LATER)
    while bytes_of.sweep():
        pass
    return gone


def test_the_words_are_nowhere_any_more_and_the_case_says_who_and_why(cast: Cast) -> None:
    entry = heard(cast)
    case = entry.case
    note.write(case, f"Pay to {CARD} today", by=cast.delphine, now=TUESDAY)
    drafts.save(
        case,
        "letter",
        drafts.Written(text=f"We pay 4111-1111-1111-1111\nback.\n> {CARD}"),
        by=cast.delphine,
        now=TUESDAY,
    )
    Case.objects.filter(pk=case.pk).update(title="My card is 4111 1111 11…")
    NextStep.objects.filter(case=case).update(said=f"My card is {CARD}", what="Pay back")
    timeline.record(case, "step.done", at=TUESDAY, by=cast.delphine, what="Paid", how=f"to {CARD}")
    before = list(Entry.objects.filter(case=case).values_list("pk", "kind", "at"))
    gone = black(cast, entry, What(words="4111111111111111"))
    assert Letter.objects.get(entry=entry).new_text.strip() == f"My card is {BAR}, pay it back."
    assert Case.objects.get().title == f"My card is {BAR}"
    assert NextStep.objects.get().said == f"My card is {BAR}"
    assert Draft.objects.get().text == f"We pay {BAR}\nback.\n> {BAR}"
    stored = "".join(everything_stored().split()).replace("-", "")
    assert "411111" not in stored
    assert list(Entry.objects.filter(case=case).values_list("pk", "kind", "at"))[:-1] == before
    last = Entry.objects.latest("pk")
    assert (last.kind, last.member, last.data["why"]) == ("letter.blackened", cast.marguerite, "a card number")
    record = Record.objects.get(verb="case.redacted")
    assert record.facts == {"letters": 2, "files": 0} and record.subject_id == str(case.pk)
    assert len(gone.letters) == 2


def test_it_is_found_by_none_of_them_and_by_the_others_still(cast: Cast) -> None:
    entry = heard(cast, "The password is Hunter2Hunter, says Winifred.")
    assert search.find("hunter2hunter", brand_ids=None)
    black(cast, entry, What(words="Hunter2Hunter"), why="a password")
    assert not search.find("hunter2hunter", brand_ids=None)
    assert search.find("winifred", brand_ids=None)
    assert "hunter2hunter" not in archive_of(entry.case.customer).lower()


def test_the_raw_mail_its_copy_to_another_address_and_files_that_hold_the_words_go(cast: Cast) -> None:
    headers, text = WITH_A_FILE
    raw = mail(text, headers=headers)
    entry = hear(cast.mailbox, raw)
    twin = inbox.keep(cast.other_mailbox, b"Received: elsewhere\n" + raw, source="test", now=TUESDAY)
    assert entry is not None and intake.take_in(twin.pk, TUESDAY) is None
    draft = drafts.save(entry.case, "note", drafts.Written(text="x"), by=cast.delphine, now=TUESDAY)
    drafts.attach(draft, "copy.txt", "text/plain", f"card {CARD}".encode())
    gone = black(cast, entry, What(words=CARD))
    assert [file.name for file in File.objects.all()] == ["b.pdf"]
    assert not DraftFile.objects.exists()
    assert (Letter.objects.get(entry=entry).raw_sha256, gone.files) == ("", 2)
    assert set(Kept.objects.values_list("sha256", flat=True)) == {""}
    assert CARD not in everything_stored() and "4111-1111" not in everything_stored()
    again = inbox.keep(cast.mailbox, raw, source="again", now=LATER)
    assert again.state == Kept.State.TAKEN, "it is still known for what was had"


def test_a_file_goes_with_the_raw_mail_that_holds_it_and_the_words_stay(cast: Cast) -> None:
    headers, text = WITH_A_FILE
    entry = hear(cast.mailbox, mail(text, headers=headers))
    assert entry is not None
    scanned = File.objects.get(name="b.pdf")
    black(cast, entry, What(files=frozenset([scanned.pk])), why="somebody else's passport")
    assert [file.name for file in File.objects.all()] == ["a.csv"]
    letter = Letter.objects.get(entry=entry)
    assert CARD in letter.new_text and letter.raw_sha256 == ""
    assert not blobs.path_of(scanned.sha256).exists()


def test_a_whole_letter_goes_with_its_files_its_title_and_what_quotes_it(cast: Cast) -> None:
    headers, text = WITH_A_FILE
    entry = hear(cast.mailbox, mail(text, headers=headers, subject="Pay it back to my card"))
    assert entry is not None
    quoted = f"Dear Rosalind, we do.\n\n> Pay it back to\n> {CARD}, quickly."
    out = timeline.record(
        entry.case, "contact.out", at=TUESDAY, by=cast.delphine,
        words=timeline.Words(new_text="Dear Rosalind, we do.", text=quoted),
    )  # fmt: skip
    black(cast, entry, What(whole=True))
    letter = Letter.objects.get(entry=entry)
    assert (letter.new_text, letter.text, letter.html, letter.subject) == (BAR, "", "", "")
    assert not File.objects.exists()
    assert Case.objects.get().title == BAR
    assert Letter.objects.get(entry=out).text == f"Dear Rosalind, we do.\n\n> {BAR}"
    assert "quickly" not in everything_stored()


def test_a_letter_that_was_split_off_loses_them_too_and_its_case_says_so(cast: Cast) -> None:
    entry = heard(cast)
    hear(cast.mailbox, mail("And a second matter.", key="2", headers="In-Reply-To: <1@mail.example.com>\n"))
    part = merging.split(entry.case, [entry], "Its own", by=cast.delphine, now=TUESDAY)
    copy = Entry.objects.get(case=part, kind="contact.in")
    black(cast, copy, What(words=CARD))
    assert CARD not in everything_stored()
    told = Entry.objects.filter(kind="letter.blackened").values_list("case", flat=True)
    assert set(told) == {entry.case_id, part.pk}


def test_another_case_of_the_same_person_keeps_its_words(cast: Cast) -> None:
    entry = heard(cast)
    other = hear(cast.mailbox, mail(f"Quite another: {CARD}", subject="A vase", sender="bert@other.example", key="9"))
    assert other is not None
    black(cast, entry, What(words=CARD))
    assert CARD in Letter.objects.get(entry=other).new_text


@pytest.mark.parametrize(
    ("what", "why", "said"),
    [
        (What(words="not there at all"), "a reason", "do not stand in this letter"),
        (What(words="41 1"), "a reason", "at least four"),
        (What(), "a reason", "Say what is to go"),
        (What(words=CARD), " ", "Say in one line why"),
        (What(words=CARD), "it is 4111111111111111", "repeats the words"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(cast: Cast, what: What, why: str, said: str) -> None:
    entry = heard(cast)
    before = everything_stored()
    with pytest.raises(BlackeningError, match=said):
        blacken(entry, what, why=why, by=cast.marguerite, now=LATER)
    assert everything_stored() == before


def test_a_legal_hold_keeps_the_words_until_it_is_taken_off(cast: Cast) -> None:
    entry = heard(cast)
    holding.hold(entry.case.customer, "a lawsuit", by=cast.marguerite, now=TUESDAY)
    with pytest.raises(BlackeningError, match="legal hold"):
        black(cast, entry, What(words=CARD))
    assert CARD in Letter.objects.get(entry=entry).new_text


def test_a_letter_that_was_read_to_be_sent_does_not_leave_with_the_words(cast: Cast) -> None:
    entry = heard(cast)
    draft = drafts.save(entry.case, "letter", drafts.Written(text=f"To {CARD}"), by=cast.delphine, now=TUESDAY)
    black(cast, entry, What(words=CARD))
    with pytest.raises(drafts.DraftGone):
        drafts.hold(draft, until=LATER, by=cast.delphine)
    assert Draft.objects.get().text == f"To {BAR}"


def test_a_letter_about_to_leave_leaves_with_the_bar(cast: Cast) -> None:
    entry = heard(cast)
    draft = drafts.save(entry.case, "letter", drafts.Written(text=f"To {CARD}"), by=cast.delphine, now=TUESDAY)
    drafts.hold(draft, until=LATER, by=cast.delphine)
    black(cast, entry, What(words=CARD))
    assert Draft.objects.get().text == f"To {BAR}" and Draft.objects.get().hold_until == LATER


def test_no_table_with_words_is_forgotten(cast: Cast) -> None:
    """A new field is blackened by itself, unless it is named among those that hold no words."""
    customer, _canaries = furnish(cast, "wilma")
    holding.let_go(customer, by=cast.marguerite)
    entry = Entry.objects.filter(case__customer=customer, kind="contact.in").earliest("pk")
    subject = some_cases(blackening._told_also(entry.case))
    secret = "the secret of wilma"
    planted = set()
    for table in personal_tables():
        for name in table.personal.keys() - blackening.NO_WORDS - blackening.ADDRESSES - {"folded"}:
            for row in table.of(subject):
                value = getattr(row, name)
                said = {**value, "words": secret} if isinstance(value, dict) else secret
                models.QuerySet(table.model).filter(pk=row.pk).update(
                    **{name: [secret] if isinstance(value, list) else said}
                )
                planted.add(f"{table.label}.{name}")
    assert len(planted) > 15
    names = {"sha256", "raw_sha256", "mark", "canonical", "source", "content_id", "message_id", "in_reply_to", "value"}
    assert names | {"guard"} >= blackening.NO_WORDS, "written out by hand: is it no word of anybody's?"
    black(cast, entry, What(words=secret))
    assert secret not in everything_stored()


def test_an_erasure_takes_the_reason_as_well(cast: Cast) -> None:
    entry = heard(cast)
    black(cast, entry, What(words=CARD), why="says Winifred")
    erasing.erase(entry.case.customer, by=cast.marguerite, now=LATER)
    assert "winifred" not in everything_stored()


def test_the_page_tells_it_and_opens_as_before(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    entry = heard(cast)
    black(cast, entry, What(words=CARD))
    page = signed_in(cast.delphine).get(f"/cases/{entry.case_id}/").content.decode()
    assert (
        BAR in page
        and "a card number" in page
        and "Words blackened." in page
        and "in the letter of 3 March, 10:00" in page
    )
    assert CARD not in page and "Raw mail" not in page
