"""Traces of a person in what is not theirs: words said on somebody else's case, an address, a mail that stayed outside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.functions import Cast

from amends.cases import search
from amends.cases.models import Entry, Letter, NextStep
from amends.channels.models import Kept
from amends.channels.personal import marked_hash, marked_id
from amends.flows import looking
from amends.flows.registry import TABLES
from amends.kit import blobs
from amends.kit.personal import Subject, Table

COVER = "erased"


@dataclass(frozen=True)
class Copies:
    """Where a person's words stand once more: cases of others on which they spoke, letters of ours that quote them."""

    cases: frozenset[int]
    letters: frozenset[int]


def copies_of(subject: Subject) -> Copies:
    """To be asked before anything is taken: afterwards nothing tells any more which letter answered which."""
    spoken = Entry.objects.filter(pk__in=subject.entries).exclude(case__in=subject.cases)
    cases = frozenset(spoken.values_list("case", flat=True))
    ids = Letter.objects.filter(entry__in=spoken).exclude(message_id="").values_list("message_id", flat=True)
    answers = Letter.objects.filter(entry__case__in=cases, entry__kind="contact.out", in_reply_to__in=list(ids))
    return Copies(cases, frozenset(answers.values_list("pk", flat=True)))


def take_out(copies: Copies) -> None:
    """Of our letters what we wrote stays; the rows of the lists show what is left."""
    models.QuerySet(Letter).filter(pk__in=copies.letters).update(text=F("new_text"), html="")
    for case_id, said in looking.said_on(sorted(copies.cases)).items():
        NextStep.objects.filter(case=case_id).update(said=said.words, said_channel=said.channel)


def cover(values: tuple[str, ...]) -> set[str]:
    """Put "erased" in place of these addresses and numbers wherever they still stand; the bytes that held them.

    A raw mail cannot be changed and still be what came: one that holds an address goes altogether.
    """
    if not values:
        return set()
    found = re.compile("|".join(re.escape(value) for value in values), re.IGNORECASE)
    gone: set[str] = set()
    for table in TABLES:
        if table.rows is not None and table.label != "cases.SearchText":
            for row in _holding(table, values):
                _cover_row(table, row, found)
                if isinstance(row, Letter):
                    gone |= _take_raw(row)
    return gone | _outside(values)


def _holding(table: Table, values: tuple[str, ...]) -> Iterator[models.Model]:
    for name in table.personal:
        for value in values:
            rows: models.QuerySet[Any] = models.QuerySet(table.model)
            yield from rows.annotate(as_text=Cast(name, models.TextField())).filter(as_text__icontains=value)


def _cover_row(table: Table, row: models.Model, found: re.Pattern[str]) -> None:
    changed = {}
    for name in table.personal:
        value = getattr(row, name)
        covered = _covered(value, found)
        if covered != value:
            changed[name] = covered
    if changed:
        models.QuerySet(table.model).filter(pk=row.pk).update(**changed)


def _covered(value: Any, found: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return found.sub(COVER, value)
    if isinstance(value, dict | list):
        return json.loads(found.sub(COVER, json.dumps(value, ensure_ascii=False)))
    return value


def _take_raw(letter: Letter) -> set[str]:
    """The raw mail of somebody else's letter, and the words it is found by."""
    fresh = Letter.objects.select_related("entry__case__customer").get(pk=letter.pk)
    search.add_letter(fresh)
    if not fresh.raw_sha256:
        return set()
    models.QuerySet(Letter).filter(pk=letter.pk).update(raw_sha256="")
    Kept.objects.filter(sha256=fresh.raw_sha256).update(sha256="")
    return {fresh.raw_sha256}


def _outside(values: tuple[str, ...]) -> set[str]:
    """Mails that were given to nobody and name the person."""
    sought = [value.encode() for value in values]
    gone = set()
    for kept in Kept.objects.filter(entry=None, aside=None).exclude(sha256="").iterator():
        try:
            raw = blobs.get(kept.sha256).lower()
        except FileNotFoundError:
            continue
        if any(one in raw for one in sought):
            gone.add(kept.sha256)
            kept.message_id, kept.canonical = marked_id(kept.message_id), marked_hash(kept.canonical)
            kept.sha256 = kept.source = ""
            kept.state, kept.reason = Kept.State.IGNORED, "erased"
            kept.save()
    return gone
