"""Wake-ups: a hint that comes at once, and harms nobody when it is lost."""

from __future__ import annotations

import threading
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from amends.kit.wake import Waiter, nudge

pytestmark = pytest.mark.django_db(transaction=True)


def _write(commit: bool) -> None:
    try:
        with transaction.atomic():
            Session.objects.create(session_key=str(time.monotonic_ns()), expire_date=timezone.now())
            nudge()
            if not commit:
                raise RuntimeError("taken back")
    except RuntimeError:
        pass
    finally:
        connection.close()


def test_a_commit_elsewhere_wakes_whoever_waits() -> None:
    waiter = Waiter()
    while waiter.wait(0.3):
        pass
    writer = threading.Timer(0.2, _write, args=(True,))
    writer.start()
    assert waiter.wait(20)
    writer.join()
    waiter.close()


def test_what_is_taken_back_wakes_nobody() -> None:
    waiter = Waiter()
    while waiter.wait(0.3):
        pass
    writer = threading.Thread(target=_write, args=(False,))
    writer.start()
    writer.join()
    assert not waiter.wait(0.5)
    waiter.close()
