"""The work that waits in rows: each function takes what is due and returns how much it did.

A wake-up only says "look"; nothing depends on one being delivered.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db.models import Q

from amends.cases import drafts
from amends.channels import outbox
from amends.channels.models import Kept
from amends.clock import promises
from amends.flows import bounce, intake, quarantine, rehoming, reply

log = structlog.get_logger("amends.tasks")

BATCH = 50


def take_in_waiting(now: datetime) -> int:
    """Take in every kept message that waits; one that fails does not stop the rest."""
    ready = Kept.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=now), state=Kept.State.WAITING)
    ids = list(ready.order_by("pk").values_list("pk", flat=True)[:BATCH])
    for kept_id in ids:
        try:
            intake.take_in(kept_id, now)
        except quarantine.UnreadableMessage as error:
            log.warning("a message was set aside for a person", kept=kept_id)
            quarantine.failed(kept_id, error, now)
        except Exception as error:
            log.exception("a message could not be taken in", kept=kept_id)
            quarantine.failed(kept_id, error, now)
    return len(ids)


def release_held(now: datetime) -> int:
    """Say every held letter whose seconds are over."""
    ids = drafts.due(now)
    for draft_id in ids:
        try:
            reply.release(draft_id, now)
        except reply.CannotSend as error:
            log.warning("a letter went back to its draft", draft=draft_id, why=str(error))
            reply.could_not_leave(draft_id, str(error))
    return len(ids)


def deliver_waiting(now: datetime) -> int:
    """Try every delivery whose time has come."""
    ids = outbox.waiting(now)
    for delivery_id in ids:
        delivery = outbox.claim(delivery_id, now)
        if delivery is not None:
            outbox.attempt(delivery, now)
    for delivery_id in outbox.to_tell():
        bounce.could_not_deliver(delivery_id, now)
    return len(ids)


def break_promises(now: datetime) -> int:
    """Write down every promise whose time has passed."""
    return len(promises.break_due(now))


def rehome_steps(now: datetime) -> int:
    """Give steps of members who cannot act any more to those who can."""
    return rehoming.rehome(now, BATCH)
