"""Blacken words of a letter for good: a card number, a password, something about somebody else (reliability §7).

The timeline keeps its entries; their words are in a store of their own, and it is there that they go: in the letter,
in what quotes it, in drafts, titles, steps and facts of the same case, in what search finds. A raw mail cannot be
changed and still be what came: each that held the words goes altogether, and so does a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from amends.audit import log
from amends.cases import ownership, search, timeline, unneeded
from amends.cases.models import Case, Draft, DraftFile, Entry, File, Hold, Letter, OutsidePicture
from amends.cases.personal import is_said
from amends.channels.models import Kept
from amends.flows.registry import TABLES, some_cases
from amends.kit import blobs
from amends.kit.blackening import BAR, Passage, as_text, each_text
from amends.kit.personal import Subject, Table
from amends.people.models import Member

NO_WORDS = {"sha256", "raw_sha256", "mark", "canonical", "source", "content_id", "message_id", "in_reply_to", "value"}
NO_WORDS |= {"guard"}
"""Names of fields that only name something else, or one of a few things."""
ADDRESSES = {"sender", "to", "cc", "recipients", "got", "unknown", "address"}
"""Without them nobody could be answered."""
LONG = {"text", "new_text"}
"""Whole texts. Of any other it may be that only its beginning is kept."""
QUOTED = 8
"""Signs of a title or a step that are enough to know that it was taken from a letter."""
LOOKED_INTO = 2 * 1024**2
"""Bytes of a file up to which it is looked into for the words; of a larger one a person must say that it goes."""


class BlackeningError(Exception):
    """Nothing was blackened; the message says why and what to do."""


@dataclass(frozen=True)
class What:
    """What is to go of one letter: words, or all of it; and which of its files (their numbers)."""

    words: str = ""
    whole: bool = False
    files: frozenset[int] = frozenset()


@dataclass
class Blackened:
    """What went, and from which cases."""

    letters: set[int] = field(default_factory=set)
    files: int = 0
    cases: set[int] = field(default_factory=set)


def blacken(
    entry: Entry, what: What, *, why: str, by: Member, now: datetime, request: HttpRequest | None = None
) -> Blackened:
    """Blacken for good, in one transaction; an entry says who, when and why. Raises BlackeningError."""
    why = " ".join(why.split())[:300]
    letter = Letter.objects.get(pk=entry.pk)
    sought = _sought(letter, what, why)
    case_ids = _told_also(entry.case)
    subject = some_cases(case_ids)
    holding = _files_that_hold(sought, subject)
    with transaction.atomic():
        cases = ownership.hold_all(case_ids)
        _want_allowed(cases.values())
        gone = Blackened(cases={entry.case_id})
        files = _take_files(letter, what, holding, subject, gone)
        if what.whole:
            _empty(letter, gone)
        for table in TABLES:
            if table.rows is not None and table.label != "cases.SearchText":
                _blacken_table(table, subject, sought, gone)
        unneeded.note(files | _take_raw_mails(gone.letters | {letter.pk}))
        _find_anew(cases, gone)
        for case_id in sorted(gone.cases):
            own: dict[str, Any] = {"letter": entry.pk, "written_at": entry.at.isoformat()}
            facts = {"why": why, "whole": what.whole, **(own if case_id == entry.case_id else {})}
            timeline.record(cases[case_id], "letter.blackened", at=now, by=by, **facts)
        counts = {"letters": len(gone.letters | {letter.pk}), "files": gone.files}
        log.write("case.redacted", by=by, subject=cases[entry.case_id], request=request, **counts)
    return gone


class _Sought:
    """The words; of a whole letter also what was taken from it: a title, a line of a step, a quotation of all of it."""

    def __init__(self, words: Passage, source: str = "") -> None:
        self.words, self._source = words, Passage(source)

    def over(self, name: str, text: str) -> str:
        """One text, by the name of its field."""
        if name == "html":
            return self.words.over_html(text)
        if name in LONG:
            return self.words.over(text)
        if self._source and self._source.is_source_of(text, QUOTED):
            return BAR
        return self.words.over_short(text)

    def over_facts(self, facts: Any) -> Any:
        """An entry's facts, or other values of several texts: codes, times and names of ours stay."""
        return each_text(facts, lambda name, text: self.over(name or "fact", text) if is_said(name, text) else text)

    def __contains__(self, text: str) -> bool:
        return text in self.words


def _told_also(case: Case) -> set[int]:
    """Every case that tells the same letters: taken in, taken into, split off; their ids."""
    found: set[int] = set()
    new = {case.pk}
    while new:
        found |= new
        near = Case.objects.filter(
            Q(merged_into__in=new) | Q(split_from__in=new) | Q(merged_cases__in=new) | Q(split_cases__in=new)
        )
        new = set(near.values_list("pk", flat=True)) - found
    return found


def _want_allowed(cases: Iterable[Case]) -> None:
    ids = [case.pk for case in cases]
    people = [case.customer_id for case in cases]
    if Hold.objects.filter(Q(case__in=ids) | Q(customer__in=people)).exists():
        raise BlackeningError(_("There is a legal hold on this: nothing of it may go. Take the hold off first."))


def _sought(letter: Letter, what: What, why: str) -> _Sought:
    """Raises BlackeningError when that is not enough to go by, or not there."""
    if not why:
        raise BlackeningError(_("Say in one line why, without the words themselves."))
    if what.whole:
        return _Sought(Passage(letter.new_text or letter.text), f"{letter.subject}\n{letter.new_text or letter.text}")
    words = Passage(what.words)
    if not what.words.strip():
        if not what.files:
            raise BlackeningError(_("Say what is to go: words, files, or the whole letter."))
        return _Sought(words)
    if not words:
        raise BlackeningError(_("So few signs stand everywhere. Name at least four, without spaces."))
    if why in words:
        raise BlackeningError(_("The reason repeats the words. It stays for everybody to read: say it without them."))
    names = File.objects.filter(entry=letter.pk).values_list("name", flat=True)
    texts = [letter.subject, letter.text, letter.new_text, *names]
    if not any(one in words for one in texts) and words.over_html(letter.html) == letter.html:
        raise BlackeningError(
            _("These words do not stand in this letter. Nothing was blackened. Copy them as they stand there.")
        )
    return _Sought(words)


def _files_that_hold(sought: _Sought, subject: Subject) -> set[str]:
    """SHA-256 of the files, and of those of drafts, in which the words can be read. Before the case is held: it reads."""
    files = File.objects.filter(entry__in=subject.entries, size__lte=LOOKED_INTO)
    theirs = DraftFile.objects.filter(draft__case__in=subject.cases, size__lte=LOOKED_INTO)
    known = {*files.values_list("sha256", flat=True), *theirs.values_list("sha256", flat=True)}
    return {digest for digest in known if _holds(digest, sought)}


def _holds(digest: str, sought: _Sought) -> bool:
    try:
        return as_text(blobs.get(digest)) in sought
    except FileNotFoundError:
        return False


def _take_files(letter: Letter, what: What, holding: set[str], subject: Subject, gone: Blackened) -> set[str]:
    """Files that were chosen or hold the words, and their copies in the case; their SHA-256."""
    files = File.objects.filter(entry__in=subject.entries)
    own = files.filter(entry=letter.pk)
    taken = holding | set((own if what.whole else own.filter(pk__in=what.files)).values_list("sha256", flat=True))
    going = files.filter(sha256__in=taken)
    theirs = DraftFile.objects.filter(draft__case__in=subject.cases, sha256__in=taken)
    gone.letters |= set(going.values_list("entry", flat=True))
    gone.cases |= {*going.values_list("entry__case", flat=True), *theirs.values_list("draft__case", flat=True)}
    gone.files = len(taken)
    going.delete()
    theirs.delete()
    return taken | (_take_pictures(letter) if what.whole else set())


def _take_pictures(letter: Letter) -> set[str]:
    """Those from elsewhere that were fetched; their SHA-256."""
    pictures = OutsidePicture.objects.filter(entry=letter.pk)
    digests = set(pictures.values_list("sha256", flat=True)) - {""}
    pictures.delete()
    return digests


def _empty(letter: Letter, gone: Blackened) -> None:
    empty = {"new_text": BAR, "text": "", "html": "", "subject": ""}
    models.QuerySet(Letter).filter(pk=letter.pk).update(**empty)
    gone.letters.add(letter.pk)


def _blacken_table(table: Table, subject: Subject, sought: _Sought, gone: Blackened) -> None:
    names = table.personal.keys() - NO_WORDS - ADDRESSES
    for row in table.of(subject) if names else ():
        changed = {}
        for name in names:
            before = getattr(row, name)
            after = sought.over(name, before) if isinstance(before, str) else sought.over_facts(before)
            if after != before:
                changed[name] = after
        if changed:
            if isinstance(row, Draft):  # whoever has read it to send it has read other words
                changed["version"] = F("version") + 1
            models.QuerySet(table.model).filter(pk=row.pk).update(**changed)
            _note_case(row, gone)


def _note_case(row: models.Model, gone: Blackened) -> None:
    if isinstance(row, Letter):
        gone.letters.add(row.pk)
    entry = row if isinstance(row, Entry) else getattr(row, "entry", None)
    case_id = row.pk if isinstance(row, Case) else getattr(entry or row, "case_id", None)
    if case_id is not None:
        gone.cases.add(case_id)


def _take_raw_mails(letters: set[int]) -> set[str]:
    """The raw mails of these, and copies that came to other addresses of ours; their SHA-256."""
    digests = set(Letter.objects.filter(pk__in=letters).values_list("raw_sha256", flat=True)) - {""}
    kept = Kept.objects.filter(Q(sha256__in=digests) | Q(entry__in=letters))
    twins = [Q(message_id=one, canonical=two) for one, two in kept.values_list("message_id", "canonical")]
    for same in twins:
        digests |= set(Kept.objects.filter(same).values_list("sha256", flat=True)) - {""}
    Letter.objects.filter(raw_sha256__in=digests).update(raw_sha256="")
    Kept.objects.filter(sha256__in=digests).update(sha256="")
    return digests


def _find_anew(cases: dict[int, Case], gone: Blackened) -> None:
    """What search finds is made of the words that are left."""
    changed = Letter.objects.filter(pk__in=gone.letters).select_related("entry__case__customer")
    search.add_letters(changed)
    search.add_cases(Case.objects.filter(pk__in=cases).select_related("customer"))
