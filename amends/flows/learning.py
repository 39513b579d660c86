"""The reader learns from what people corrected; an attempt is kept only when it does better (`amends learn`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from amends.cases.models import Entry, Lesson, LetterReading
from amends.flows.reading import CORRECTED, text_of
from amends.kit.sentences import sentence_at, sentences
from amends.triage import local
from amends.triage.corrections import STANCE
from amends.triage.local import Example, Trial

MOST = 5_000
"""The newest corrections that are learned from."""
ACCEPTED = 2_000
"""The newest letters that nobody corrected, from which examples of what is right are taken."""
OTHERS = 4
"""Sentences of a letter that do not show what was added to it."""


class LearningError(Exception):
    """There is nothing to go back to; the message says so."""


class _Said(NamedTuple):
    """The last word on one label of one letter."""

    letter: int
    label: str
    holds: bool
    span: Sequence[int]


def tried() -> Trial:
    """Learn from all corrections; nothing is changed. It takes seconds: never in a transaction, where others wait."""
    return local.learn(examples())


def keep(trial: Trial, now: datetime) -> Lesson:
    """Write down what came of it; what does better on letters held out is used from now on."""
    facts = {"learned": trial.learned, "held_out": trial.held_out, "before": trial.before, "after": trial.after}
    with transaction.atomic():
        if trial.is_better:
            Lesson.objects.filter(in_use=True).update(in_use=False)
        return Lesson.objects.create(at=now, layer=trial.layer, in_use=trial.is_better, **facts)


def go_back() -> Lesson | None:
    """Use the lesson before the present one, or none. Raises LearningError where none is in use."""
    with transaction.atomic():
        present = Lesson.objects.select_for_update().filter(in_use=True).first()
        if present is None:
            raise LearningError(_("Nothing that was learned is in use, so there is nothing to take back."))
        before = Lesson.objects.filter(pk__lt=present.pk).exclude(layer={}).first()
        Lesson.objects.filter(pk=present.pk).update(in_use=False)
        if before is not None:
            Lesson.objects.filter(pk=before.pk).update(in_use=True)
            before.in_use = True
        return before


def corrected() -> dict[str, int]:
    """Label → how often people corrected it, the most often first."""
    found = Entry.objects.filter(kind=CORRECTED).values_list("data__what").annotate(count=Count("pk"))
    return {what: count for what, count in found.order_by("-count", "data__what") if what}


def examples() -> list[Example]:
    """All corrections as examples, and letters that were read rightly beside them."""
    said = _said()
    letters = {entry.pk: entry for entry in _letters({one.letter for one in said})}
    made = [one for say in said if say.letter in letters for one in _of(say, letters[say.letter])]
    return made + list(_accepted({one.label for one in said}, {(one.letter, one.label) for one in said}))


def _said() -> list[_Said]:
    last: dict[tuple[int, str], _Said] = {}
    found = Entry.objects.filter(kind=CORRECTED).order_by("-pk").values_list("data", flat=True)[:MOST]
    for data in reversed(found):
        if data["what"] and data["what"] != STANCE:
            last[data["letter"], data["what"]] = _Said(data["letter"], data["what"], data["holds"], data["span"])
    return list(last.values())


def _letters(ids: Iterable[int]) -> Iterable[Entry]:
    return Entry.objects.filter(pk__in=list(ids), letter__isnull=False).select_related("letter")


def _of(say: _Said, entry: Entry) -> Iterator[Example]:
    """The sentence of a correction; where something was added, others of the letter that do not show it."""
    cut = sentences(text_of(entry))
    here = sentence_at(cut, say.span[0])
    if here is None:
        return
    person = entry.customer_id or 0
    yield Example(say.label, here.text, say.holds, not say.holds, entry.pk, person)
    if say.holds:
        for other in [one for one in cut if one != here][:OTHERS]:
            yield Example(say.label, other.text, False, False, entry.pk, person)


def _accepted(labels: set[str], said: set[tuple[int, str]]) -> Iterator[Example]:
    """What was read of these labels and nobody corrected."""
    readings = LetterReading.objects.order_by("-letter").values_list("letter", "signals")[:ACCEPTED]
    right: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for letter, signals in readings if labels else ():
        right[letter] += [one for one in signals if one["label"] in labels and (letter, one["label"]) not in said]
    for entry in _letters(pk for pk, signals in right.items() if signals):
        cut = sentences(text_of(entry))
        for one in right[entry.pk]:
            if (here := sentence_at(cut, one["span"][0])) is not None:
                yield Example(one["label"], here.text, True, True, entry.pk, entry.customer_id or 0)
