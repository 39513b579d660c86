"""What the scanner objects to, as its page lists it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.models import Case, DraftFile, File, Letter
from amends.kit import inspected
from amends.kit.models import Inspection

WHY: dict[str, Any] = {
    inspected.LARGE: gettext_lazy("Larger than the scanner takes"),
    inspected.UNFINISHED: gettext_lazy("The scanner did not finish with it"),
}


@dataclass(frozen=True)
class Place:
    """Where it is: under which name, in which case."""

    name: str
    case: Case


@dataclass(frozen=True)
class HeldShown:
    """One file in quarantine, in however many letters."""

    id: int
    names: list[str]
    cases: list[Case]
    said: str
    harmful: bool
    since: datetime
    asked: bool
    """The scanner looks at it again in a moment."""


def held() -> QuerySet[Inspection]:
    """What is in quarantine, the newest first. A raw mail stands for itself only when no file of its letter is held."""
    rows = Inspection.objects.filter(inspected.held_ones())
    files = File.objects.filter(sha256=OuterRef("sha256"))
    shown = Letter.objects.filter(raw_sha256=OuterRef("sha256"), entry__files__sha256__in=rows.values("sha256"))
    return rows.filter(Q(Exists(files)) | ~Exists(shown)).order_by("-since", "-pk")


def shown(rows: Iterable[Inspection]) -> list[HeldShown]:
    """The rows of one page, in three queries."""
    held = list(rows)
    places = _places([one.sha256 for one in held])
    return [_shown(one, places.get(one.sha256, [])) for one in held]


def _shown(one: Inspection, places: list[Place]) -> HeldShown:
    harmful = one.state == inspected.State.FOUND
    return HeldShown(
        id=one.pk,
        names=list(dict.fromkeys(place.name for place in places)) or [_("A mail that stayed outside")],
        cases=list({place.case.pk: place.case for place in places}.values()),
        said=one.said if harmful else str(WHY.get(one.said, WHY[inspected.UNFINISHED])),
        harmful=harmful,
        since=one.since,
        asked=one.next_try_at is not None,
    )


def _places(digests: list[str]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for file in File.objects.filter(sha256__in=digests).select_related("entry__case").order_by("pk"):
        found.setdefault(file.sha256, []).append(Place(file.name, file.entry.case))
    for draft_file in DraftFile.objects.filter(sha256__in=digests).select_related("draft__case").order_by("pk"):
        found.setdefault(draft_file.sha256, []).append(Place(draft_file.name, draft_file.draft.case))
    for letter in Letter.objects.filter(raw_sha256__in=digests).select_related("entry__case").defer("html", "text"):
        if letter.raw_sha256 not in found:
            found[letter.raw_sha256] = [Place(_("The raw mail"), letter.entry.case)]
    return found
