"""What the desk is measured with is what it says."""

from __future__ import annotations

import random
import subprocess
from email import message_from_bytes

import pytest
from django.test import Client

from amends.cases.models import Case, NextStep
from amends.channels.email.read import read
from amends.channels.guards import reason_to_ignore
from amends.people.models import Member
from bench import corpus, furniture, installed
from bench.filling import Filling
from bench.table import table

pytestmark = pytest.mark.long

COUNT = 400
FEW = 30


def test_the_corpus_has_the_shares_that_it_says() -> None:
    mails = list(corpus.mails(COUNT))
    parsed = [message_from_bytes(mail.raw) for mail in mails]
    assert 13_000 < sum(len(mail.raw) for mail in mails) / COUNT < 18_000
    assert 0.2 < sum("In-Reply-To" in mail for mail in parsed) / COUNT < 0.4
    assert 0.1 < sum("text/html" in [part.get_content_type() for part in mail.walk()] for mail in parsed) / COUNT < 0.3
    assert 0.05 < sum(mail.get_content_type() == "multipart/mixed" for mail in parsed) / COUNT < 0.15
    assert 0.15 < sum(not read(mail.raw).text.isascii() for mail in mails) / COUNT < 0.35


def test_the_corpus_is_the_same_in_every_run_but_for_its_message_ids() -> None:
    first, second = (list(corpus.mails(FEW, run=run)) for run in ("1", "2"))
    assert [mail.raw for mail in first] == [mail.raw.replace(b"<2.", b"<1.").replace(b"p2.", b"p1.") for mail in second]
    assert not {mail.message_id for mail in first} & {mail.message_id for mail in second}


def test_no_mail_of_the_corpus_is_taken_for_a_machines() -> None:
    assert {reason_to_ignore(read(mail.raw), frozenset()) for mail in corpus.mails(COUNT)} == {None}


@pytest.mark.django_db
def test_a_filled_desk_has_pages_that_open() -> None:
    filling = Filling(furniture.furnish(), random.Random(1), FEW)
    filling.cases(range(1, FEW + 1))
    filling.long_cases([FEW + 1])
    assert Case.objects.filter(closure=None).count() == NextStep.objects.count()
    browser = Client()
    browser.force_login(Member.objects.get(email="agent1@desk.example"))
    page = browser.get(f"/cases/{FEW + 1}/").content.decode()
    assert page.count('id="letter-') >= 10
    assert f"/cases/{FEW + 1}/" in browser.get("/").content.decode()
    assert browser.get("/find/", {"q": filling.common}).status_code == 200


def test_a_disturbed_result_says_so() -> None:
    shown = table([{"database": "sqlite", "cases": 0, "page": "one", "p50_ms": 3.14, "other": 0.5}])
    assert "3.1" in shown
    assert "disturbed" in shown


def test_the_desk_is_measured_without_what_only_its_tests_bring_along() -> None:
    hidden = set(installed.only_for_tests())
    assert {"pytest", "rich", "greenlet"} <= hidden
    assert not hidden & {"django", "allauth", "uvicorn", "psycopg", "click", "attr", "bench", "amends"}
    done = subprocess.run(installed.amends("--help"), capture_output=True, text=True, check=False)
    assert "commands" in done.stdout
