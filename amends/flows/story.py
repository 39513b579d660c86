"""What was said and done on a whole case, as far as it bears on the next answer (C7.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from amends.cases.family import families
from amends.cases.models import Case, Entry
from amends.cases.outcome import GIVEN, that_stand
from amends.clock import rungs
from amends.clock.models import Promise
from amends.flows import looking
from amends.people.models import Member, Rung, Team

MOST = 200
"""Entries that are looked over, the newest."""
MOST_LETTERS = 20
READ = ("case", "kind", "at", "actor", "data", "letter__new_text")
SPOKE = ("contact.out", "contact.call")
KINDS = ("contact.in", *SPOKE, "promise.kept", "promise.broken", "promise.recounted", "complaint.returned")
_SORRY = re.compile(r"\b(?:sorry|apolog)", re.IGNORECASE)


@dataclass(frozen=True)
class Story:
    """A case's letters and deeds, the oldest first; cases that were taken in belong to it."""

    entries: Sequence[Entry]

    @property
    def heard(self) -> tuple[str, ...]:
        """What the customer wrote or said."""
        return tuple(_words(one) for one in self.letters)

    @property
    def letters(self) -> list[Entry]:
        """What the customer wrote or said, as entries with their letters."""
        return self._said("contact.in")[-MOST_LETTERS:]

    @property
    def ours(self) -> tuple[str, ...]:
        """What people here wrote or said; what the desk sends by itself is nobody's word."""
        return tuple(_words(one) for one in self._ours())[-MOST_LETTERS:]

    @cached_property
    def apologies(self) -> list[datetime]:
        """When people here said sorry."""
        return [one.at for one in self._ours() if _SORRY.search(_words(one))]

    @property
    def deeds(self) -> int:
        """Words of ours that were kept since we last said sorry; 0 before anybody did."""
        sorry = self.apologies
        return sum(one.at > sorry[-1] for one in self._kept()) if sorry else 0

    @cached_property
    def failed(self) -> Literal["", "word", "fix"]:
        """How we hurt them again since we last said sorry: a word was broken, or what was done did not hold."""
        since = self.apologies[-1] if self.apologies else None
        after = [one for one in that_stand(self.entries) if since is None or one.at > since]
        if any(one.kind == "promise.broken" and _was_given(one) for one in after):
            return "word"
        done = [one.at for one in self._kept()]
        back = (one for one in after if one.kind == "complaint.returned" and one.data.get("return") in RETURNS)
        return "fix" if any(at < one.at for one in back for at in done) else ""

    def _said(self, *kinds: str) -> list[Entry]:
        return [one for one in self.entries if one.kind in kinds and hasattr(one, "letter")]

    def _ours(self) -> list[Entry]:
        return [one for one in self._said(*SPOKE) if one.actor == Entry.Actor.MEMBER]

    def _kept(self) -> list[Entry]:
        return [one for one in self.entries if one.kind == "promise.kept" and _was_given(one)]


RETURNS = ("follow_up", "reopened")


def of_case(case: Case) -> Story:
    """The story of a case, in two queries."""
    rows = Entry.objects.filter(case__in=list(families([case.pk])), kind__in=KINDS).select_related("letter")
    return Story(list(rows.only(*READ).order_by("-at", "-pk")[:MOST])[::-1])


def seniors_of(case: Case) -> list[Member]:
    """Who may say sorry for a broken word: whoever joined a rung of the case, the leads of its teams, the managers."""
    joined = [one.member for one in rungs.open_on(case) if one.member is not None]
    leads = Team.objects.filter(brands=case.brand_id, lead__is_active=True).select_related("lead").order_by("pk")
    managers = (one for one in looking.brand_members(case.brand) if one.rung >= Rung.MANAGER)
    rising = sorted(managers, key=lambda one: one.rung)
    found = [*joined, *(team.lead for team in leads if team.lead is not None), *rising]
    return list(dict.fromkeys(found))


def _words(entry: Entry) -> str:
    return str(entry.letter.new_text)


def _was_given(entry: Entry) -> bool:
    """A word that a person gave and the customer was told; a partner's counts as ours (C4.3)."""
    source = entry.data.get("source")
    given = source in GIVEN if entry.kind == "promise.broken" else source == Promise.Source.PERSON
    return given and bool(entry.data.get("visible", True))
