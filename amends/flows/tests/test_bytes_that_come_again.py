"""The same bytes are stored again in the very moment in which they are deleted: they stay (reliability §4.1).

They go by what is in them, so "it is there already" and "nobody has it any more" can be about one file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from amends.cases import drafts, outside_pictures, unneeded
from amends.cases.models import Draft, DraftFile, File, OutsidePicture, Unneeded
from amends.channels import inbox
from amends.channels.models import Kept
from amends.flows import bytes_of, intake
from amends.kit import blobs
from amends.kit.outside import Fetched
from tests.cast import TUESDAY, Cast, complaint, mail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
LATER = TUESDAY + timedelta(hours=1)
PATIENCE = 0.7
"""Seconds that one waits for the other, which may wait for the one."""
PICTURE = b"a picture that comes twice"
WITH_A_PICTURE = (
    "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=xx\n",
    f"--xx\nContent-Type: text/plain\n\nLook.\n--xx\nContent-Type: image/png\n"
    f"Content-Disposition: attachment; filename=p.png\n\n{PICTURE.decode()}\n--xx--\n",
)
Way = Callable[[Cast], tuple[str, Callable[[], object]]]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.BLOBS_DIR = tmp_path / "blobs"


def a_mail(cast: Cast) -> tuple[str, Callable[[], object]]:
    raw = mail()
    return blobs.put(raw), partial(inbox.keep, cast.mailbox, raw, source="test", now=LATER)


def a_file_of_a_mail(cast: Cast) -> tuple[str, Callable[[], object]]:
    headers, text = WITH_A_PICTURE
    kept = inbox.keep(cast.mailbox, mail(text, headers=headers), source="test", now=LATER)
    return blobs.put(PICTURE), partial(intake.take_in, kept.pk, LATER)


def a_file_of_a_draft(cast: Cast) -> tuple[str, Callable[[], object]]:
    draft = Draft.objects.create(case=complaint(cast), author=cast.delphine, updated_at=LATER)
    return blobs.put(PICTURE), partial(drafts.attach, draft, "p.png", "image/png", PICTURE)


def a_picture_from_elsewhere(cast: Cast) -> tuple[str, Callable[[], object]]:
    entry = complaint(cast).entries.filter(kind="contact.in")[0]
    found = {"https://a.example/p.png": Fetched(PICTURE, "")}
    return blobs.put(PICTURE), partial(outside_pictures.keep, entry, found, by=cast.delphine, now=LATER)


WAYS = pytest.mark.parametrize("way", [a_mail, a_file_of_a_mail, a_file_of_a_draft, a_picture_from_elsewhere])

IN_A_SWEEP = ["UNION", "second UNION", "DELETE", "COMMIT"]
"""It has yet to look for rows, to look again when it has moved the file, to delete its note, to end."""


def want_kept(digest: str) -> None:
    """A row names them, they are whole, and the next sweep sees no more in them than this one."""
    assert bytes_of.needed(digest)
    assert blobs.get(digest)
    bytes_of.sweep()
    assert blobs.get(digest)
    assert not Unneeded.objects.exists()
    assert not list(Path(settings.BLOBS_DIR).rglob(".going-*"))


@WAYS
def test_what_is_swept_between_its_storing_and_its_row_is_stored_once_more(
    cast: Cast, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, store = way(cast)
    unneeded.note([digest])
    put_all = blobs.put_all

    def swept_behind(contents: Any) -> list[str]:
        digests = put_all(contents)
        _elsewhere(bytes_of.sweep).join()
        return digests

    with monkeypatch.context() as during:
        during.setattr(blobs, "put_all", swept_behind)
        store()
    want_kept(digest)


@WAYS
@pytest.mark.parametrize("before", ["INSERT", "COMMIT"])
def test_what_is_swept_before_its_row_is_committed_stays(cast: Cast, way: Way, before: str) -> None:
    digest, store = way(cast)
    unneeded.note([digest])
    with overtaken(before, by=bytes_of.sweep):
        store()
    want_kept(digest)


@WAYS
@pytest.mark.parametrize("before", IN_A_SWEEP)
def test_what_is_stored_in_the_middle_of_a_sweep_stays(cast: Cast, way: Way, before: str) -> None:
    digest, store = way(cast)
    unneeded.note([digest])
    with overtaken(before, by=store):
        bytes_of.sweep()
    want_kept(digest)


@pytest.mark.parametrize("before", ["UNION", "DELETE", "COMMIT"])
def test_bytes_that_lose_their_last_row_in_the_middle_of_a_sweep_go(cast: Cast, before: str) -> None:
    """A note that was settled for an earlier row does not swallow the one for the last."""
    draft = Draft.objects.create(case=complaint(cast), author=cast.delphine, updated_at=LATER)
    file = drafts.attach(draft, "p.png", "image/png", PICTURE)
    unneeded.note([file.sha256])

    def take_away() -> None:
        with transaction.atomic():
            DraftFile.objects.all().delete()
            unneeded.note([file.sha256])

    with overtaken(before, by=take_away):
        bytes_of.sweep()
    bytes_of.sweep()
    assert not blobs.path_of(file.sha256).exists()
    assert not Unneeded.objects.exists()


def test_a_sweep_that_comes_while_the_last_row_is_taken_away_leaves_its_note(cast: Cast) -> None:
    draft = Draft.objects.create(case=complaint(cast), author=cast.delphine, updated_at=LATER)
    file = drafts.attach(draft, "p.png", "image/png", PICTURE)
    unneeded.note([file.sha256])
    with overtaken("COMMIT", by=bytes_of.sweep), transaction.atomic():
        DraftFile.objects.all().delete()
        unneeded.note([file.sha256])
    bytes_of.sweep()
    assert not blobs.path_of(file.sha256).exists()


def test_files_of_what_no_person_wrote_are_not_kept(cast: Cast) -> None:
    """Its mail is, whole, until somebody says that a person must read it."""
    headers, text = WITH_A_PICTURE
    raw = mail(text, headers=f"{headers}Auto-Submitted: auto-generated\n")
    kept = inbox.keep(cast.mailbox, raw, source="test", now=LATER)
    assert intake.take_in(kept.pk, LATER) is None
    bytes_of.sweep()
    there = [path.name for path in Path(settings.BLOBS_DIR).rglob("*") if path.is_file()]
    assert there == [kept.sha256]
    assert not File.objects.exists() and not OutsidePicture.objects.exists()
    assert Kept.objects.get().state == Kept.State.IGNORED
    assert intake.take_in_anyway(kept.pk, LATER)
    assert blobs.get(File.objects.get().sha256) == PICTURE


@contextmanager
def overtaken(before: str, *, by: Callable[[], object]) -> Iterator[None]:
    """When this thread is about to say `before` to the database, another does `by`, and may overtake it."""
    others: list[threading.Thread] = []
    wanted, left = before.removeprefix("second "), [1 if before.startswith("second ") else 0]

    def stop() -> None:
        left[0] -= 1
        if left[0] == -1:
            others.append(_elsewhere(by))
            others[0].join(PATIENCE)

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if wanted in sql:
            stop()
        return execute(sql, params, many, context)

    commit = connection._commit  # type: ignore[attr-defined]

    def committing() -> None:
        stop()
        commit()

    with connection.execute_wrapper(listen), pytest.MonkeyPatch.context() as during:
        if before == "COMMIT":
            during.setattr(connection, "_commit", committing)
        yield
    assert others, f"{before} was never said"
    others[0].join()


def _elsewhere(deed: Callable[[], object]) -> threading.Thread:
    def to_the_end() -> None:
        try:
            deed()
        finally:
            connection.close()

    other = threading.Thread(target=to_the_end)
    other.start()
    return other
