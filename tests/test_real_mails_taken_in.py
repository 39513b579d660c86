"""Real mails through the whole desk: kept, read apart, taken in, acknowledged, on whichever database the tests have.

Nothing raises, nothing is lost, no machine becomes a customer or is answered. See `test_real_mails` for the reader alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from structlog.testing import capture_logs

from amends.cases.models import Entry
from amends.channels import inbox
from amends.channels.inbox import Offered
from amends.channels.models import Acknowledgement, Delivery, Kept
from amends.flows import acknowledging, tasks
from amends.kit import blobs
from tests.cast import TUESDAY, Cast
from tests.effort import QUICK

MAILS = Path(os.environ.get("TEST_DATA") or Path(__file__).resolve().parents[1].parent / "shared/data/mails")
MACHINE_MADE = {
    "rb-issue-368-bug.eml",  # filed as no bounce, yet a postmaster's server wrote it and says so
    "bad_date_header.eml",
    "empty_in_reply_to.eml",
    "raw_email_with_mimepart_without_content_type.eml",
    "multi_address_bounce1.eml",
    "multi_address_bounce2.eml",
    "multipart_report_multiple_status.eml",
    "report_422.eml",
    "report_530.eml",
}
"""Of the mails of persons: what `test_real_mails` says of each."""
BATCH = 50

pytestmark = [
    pytest.mark.data,
    pytest.mark.django_db,
    pytest.mark.skipif(not MAILS.is_dir(), reason=f"the licensed test mails are not at {MAILS} (set TEST_DATA)"),
]


@dataclass(frozen=True)
class Taken:
    """What became of one mail."""

    path: Path
    kept: Kept

    @property
    def is_a_machines(self) -> bool:
        return (self.path.parts[-2] != "not" and "machine" in self.path.parts) or self.path.name in MACHINE_MADE


def body_of(raw: bytes) -> bytes:
    """What must not be lost, whatever its line ends; copies differ in who passed them on."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return lines.partition(b"\n\n")[2].strip() or lines.strip()


def paths() -> list[Path]:
    found = sorted(path for path in MAILS.rglob("*.*") if path.is_file() and path.suffix != ".md")
    return found[:: 8 if QUICK and not os.environ.get("NOTHING_SKIPPED") else 1]


def test_every_real_mail_goes_through_and_no_machine_is_heard_or_answered(
    cast: Cast, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BLOBS_DIR = tmp_path / "blobs"
    monkeypatch.setattr(acknowledging, "FRESH", timedelta(days=36_500))  # they are old, and would get no note for that
    with capture_logs() as said:
        rows = dict(_kept(cast))
        while tasks.take_in_waiting(TUESDAY):
            pass
        while tasks.acknowledge_waiting(TUESDAY):
            pass
        while tasks.deliver_waiting(TUESDAY):
            pass
    assert [line for line in said if line["log_level"] in ("warning", "error") and "exc_info" in line] == []
    found = [Taken(path, Kept.objects.select_related("entry").get(pk=pk)) for path, pk in rows.items()]
    lost = [one.path.name for one in found if body_of(blobs.get(one.kept.sha256)) != body_of(one.path.read_bytes())]
    assert lost == [], "these were taken for copies of another"
    heard = {one.path.name for one in found if one.kept.state == Kept.State.TAKEN}
    assert [one.path.name for one in found if one.kept.state not in (Kept.State.TAKEN, Kept.State.IGNORED)] == []
    assert [one.path.name for one in found if one.is_a_machines and one.kept.state == Kept.State.TAKEN] == []
    assert [one.path.name for one in found if not one.is_a_machines and one.path.name not in heard] == []
    assert Entry.objects.filter(kind="contact.in").count() == len(
        {one.kept.entry_id for one in found if one.kept.entry}
    )
    assert Entry.objects.filter(kind="contact.failed").count() == 0, "no report is about a letter of ours"
    _want_only_persons_told(found)


def _kept(cast: Cast) -> Iterator[tuple[Path, int]]:
    wanted = paths()
    assert wanted, f"{MAILS} is empty"
    for at in range(0, len(wanted), BATCH):
        batch = wanted[at : at + BATCH]
        offered = [Offered(path.read_bytes(), f"test {path.name}") for path in batch]
        for path, row in zip(batch, inbox.keep_all(cast.mailbox, offered, now=TUESDAY), strict=True):
            yield path, row.pk


def _want_only_persons_told(found: list[Taken]) -> None:
    persons = {one.kept.entry_id for one in found if not one.is_a_machines}
    told = Acknowledgement.objects.filter(state=Acknowledgement.State.SAID)
    assert {note.entry_id for note in told} <= persons
    assert told.exists(), "somebody was told, or this would prove nothing"
    assert set(Delivery.objects.values_list("case", flat=True)) == set(told.values_list("case", flat=True))
