"""What the reader learned, and what turned stories, in the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from amends.audit.models import Record
from amends.cases.models import Entry, Lesson, LetterReading
from amends.flows import learning
from amends.people.models import Member
from amends.triage.local import Trial
from tests.cast import Cast, complaint

SignIn = Callable[[Member], Client]
BETTER = Trial({"rude": {"bias": -1.0, "words": {}, "adds": False}}, 9, 6, 4, 1)


@pytest.fixture
def lead(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.ines)


def test_learning_that_does_better_is_used_and_told(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.triage.local.learn", lambda _examples: BETTER)
    page = lead.post("/settings/reader/learn/", follow=True).content.decode()
    assert "Learned. New letters are read with it." in page
    assert "4 of 6" in page and "1 of 6" in page and "in use" in page
    record = Record.objects.get(verb="reader.learned")
    assert (record.facts["before"], record.facts["after"]) == (4, 1)


def test_learning_that_does_no_better_changes_nothing(lead: Client) -> None:
    page = lead.post("/settings/reader/learn/", follow=True).content.decode()
    assert "Not kept: it did no better." in page
    assert not Lesson.objects.filter(in_use=True).exists()


def test_going_back_is_told_or_refused_in_words(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.triage.local.learn", lambda _examples: BETTER)
    learning.keep(learning.tried(), timezone.now())
    assert "Only the reader itself reads now." in lead.post("/settings/reader/back/", follow=True).content.decode()
    assert "nothing to take back" in lead.post("/settings/reader/back/", follow=True).content.decode()


def test_what_tipped_stories_is_counted_by_kind_and_who_turned_them_is_named_a191_a232(
    lead: Client, cast: Cast
) -> None:
    entry = Entry.objects.get(case=complaint(cast), kind="contact.in")
    now = timezone.now()
    LetterReading.objects.create(
        letter_id=entry.pk, stance="praise", anger=0, at=now, turn=1, turned_by="listened", turner=cast.delphine
    )
    page = lead.get("/settings/reader/").content.decode()
    assert "listened to <b" in page and "Delphine Marsh" in page and "None tipped." in page
    LetterReading.objects.update(turn=-1, turned_by="argued", turner=None)
    assert "argued with <b" in lead.get("/settings/reader/").content.decode()
    LetterReading.objects.update(at=now - timedelta(days=91))
    assert "argued with" not in lead.get("/settings/reader/").content.decode()


def test_agents_neither_see_nor_teach_it(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    assert browser.get("/settings/reader/").status_code == 403
    assert browser.post("/settings/reader/learn/").status_code == 403
