"""The work that waits in rows: each function takes a batch of what is due and returns how many rows it settled.

A wake-up only says "look"; nothing depends on one being delivered. A row that cannot be worked on is written into
the log and never stops the rows after it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache

import structlog
from django.utils.translation import gettext as _

from amends.cases import drafts, next_step
from amends.channels import accounts, inbox, outbox, push
from amends.channels.models import Delivery, Kept
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import (
    acknowledging,
    bounce,
    bytes_of,
    clocks,
    covering,
    draining,
    forgotten,
    heartbeat,
    inspecting,
    intake,
    keeping,
    lawful,
    quarantine,
    reading,
    rehoming,
    reminding,
    reply,
    scoring,
    telling,
    undelivered,
    weighing,
)
from amends.flows.alone import alone
from amends.flows.apart import Found, apart
from amends.flows.looking import Staff
from amends.kit import away, blobs

log = structlog.get_logger("amends.tasks")

BATCH = 50
FEW = 20
"""Cases that are decided on in one batch: about a quarter of a second, after which others have their turn."""
MAILS = 200
TURN = 1.0
"""Seconds that mail is taken in before the other jobs have their turn; what was begun by then is finished."""
TOGETHER = 60
"""Messages in one transaction: enough to share its cost, few enough not to keep writers waiting, and as many as the
reader reads meanwhile: the pipes to it and back hold a megabyte each."""
SOON = 60.0
"""Seconds for which leased messages wait for a database that is away."""


def take_in_waiting(now: datetime) -> int:
    """Take in what waits: many at a time, and each by itself where one of them stands in the way."""
    settled = 0
    staff: Staff | None = None  # once in a turn
    for together in apart(intake.read_all(_leased(now)), TOGETHER):
        staff = staff or away.patiently(lambda: Staff(now).read(), SOON)
        _take_in_together(together, now, staff)
        settled += len(together)
    return settled


def acknowledge_waiting(now: datetime) -> int:
    """Tell whoever wrote that it is here, who has it, and by when they hear."""
    owed = acknowledging.waiting(limit=BATCH)
    own = accounts.own_addresses() if owed else frozenset()
    settled = 0
    for case_id in owed:
        with alone("a customer could not be told that their message is here", case=case_id):
            settled += acknowledging.settle(case_id, own, now)
    return settled


def release_held(now: datetime) -> int:
    """Say every held letter whose seconds are over."""
    settled = 0
    for draft_id in drafts.due(now, limit=BATCH):
        with alone("a letter could not be released", draft=draft_id):
            _release(draft_id, now)
            settled += 1
    return settled


def deliver_waiting(now: datetime) -> int:
    """Try every delivery whose time has come; tell whoever wrote a letter that failed for good."""
    began = time.monotonic()
    settled = 0
    for delivery_id in outbox.waiting(now, limit=BATCH):
        with alone("a letter could not be tried", delivery=delivery_id):
            # Each talk may take minutes, and a claim counts from when it was made.
            _deliver(delivery_id, now + timedelta(seconds=time.monotonic() - began))
            settled += 1
    for delivery_id in outbox.to_tell(limit=BATCH):
        with alone("nobody could be told that a letter failed", delivery=delivery_id):
            bounce.could_not_deliver(delivery_id, now)
    return settled


def ring_alarms(now: datetime) -> int:
    """Say aloud what nobody has seen to: letters that did not arrive, mailboxes that stay broken."""
    return rehoming.ring_for_nobody(now, FEW) + undelivered.ring(now)


def break_promises(now: datetime) -> int:
    """Write down every promise whose time has passed, and see to what follows."""
    return _each(promises.past_due(now, limit=FEW), reminding.broke, "a broken promise could not be seen to", now)


def remind_of_promises(now: datetime) -> int:
    """Tell promisors how much of their time is left."""
    due = promises.to_remind_of(now, limit=FEW)
    return _each(due, reminding.remind, "nobody could be reminded of a promise", now)


def tell_how_it_stands(now: datetime) -> int:
    """Owe a word to whoever has heard none for too long."""
    settled, staff = 0, Staff(now)
    for case_id in next_step.quiet(now, limit=FEW):
        with alone("nobody could be told how it stands", case=case_id):
            heartbeat.beat(case_id, staff)
            settled += 1
    return settled


def weigh_changed(now: datetime) -> int:
    """Bring cases on which something happened to the rung that they need, and count what came back."""
    return weighing.weigh_changed(now)


def read_letters(now: datetime) -> int:
    """Read what customers wrote: how they stand to us, what was done to them, what turned it."""
    return reading.read_new(now)


def weigh_due(now: datetime) -> int:
    """Look again at cases whose silence, deadline or occasion has come."""
    return weighing.weigh_due(now)


def rehome_steps(now: datetime) -> int:
    """Give steps, and rungs, of members who cannot act any more to those who can."""
    return rehoming.refill_rungs(now, FEW) + rehoming.rehome(now, FEW)


def tell_members(now: datetime) -> int:
    """Send out the alarms whose time has come; the desk's key for browsers is there from the first time on."""
    _push_key()
    return telling.tell(now, BATCH)


def send_notices(now: datetime) -> int:
    """Try every message to a member that waits."""
    return telling.send(now, BATCH)


def weigh_steps(now: datetime) -> int:
    """Score anew what has waited for a day more, or whose occasion has come near."""
    return scoring.weigh_anew(now, FEW)


def drain_backlog(now: datetime) -> int:
    """Give what waits longest with whoever has too much, and what is due while its owner is off, to whoever has room."""
    return covering.cover(now, FEW) + draining.drain(now, FEW)


def remove_old(now: datetime) -> int:
    """Take the words out of cases that were kept long enough, if the house has said how long that is."""
    return keeping.run(now)


def bind_packs(now: datetime) -> int:
    """Give complaints that were open already the deadlines of a policy pack that was put to use."""
    return lawful.bind_waiting(now)


def tidy(now: datetime) -> int:
    """Delete bytes that nobody has any more, or never had; erase again whom a restored backup brought back."""
    forgotten.again(now)
    blobs.tidy()
    telling.forget(now, BATCH)
    return bytes_of.sweep(BATCH)


def look_at_files(now: datetime) -> int:
    """Have the scanner look at files that nobody has looked at yet."""
    return inspecting.look_at_waiting(now)


def set_clocks_right(now: datetime) -> int:
    """Let nothing wait for a time that a wrong clock has written."""
    return clocks.set_right(now)


def _each(
    found: Sequence[Promise], do: Callable[[Promise, datetime, Staff], object], trouble: str, now: datetime
) -> int:
    settled, staff = 0, Staff(now)
    for promise in found:
        with alone(trouble, promise=promise.pk):
            do(promise, now, staff)
            settled += 1
    return settled


def _leased(now: datetime) -> Iterator[Kept]:
    """What waits, until there is no more, or it is the other jobs' turn."""
    began = time.monotonic()
    leased = inbox.lease(now, limit=MAILS)
    while leased:
        yield from leased
        leased = _more(now) if time.monotonic() - began < TURN else []


def _more(now: datetime) -> list[Kept]:
    """Nothing while the database is away, so that what is leased does not wait for the end of its lease."""
    try:
        return inbox.lease(now, limit=MAILS)
    except Exception as error:
        if not away.passes(error):
            raise
        log.warning("no more messages could be taken up", why=str(error))
        return []


def _take_in_together(found: Sequence[Found], now: datetime, staff: Staff) -> None:
    messages = [one for _id, one in found if isinstance(one, intake.Read)]
    try:
        # Once more, as it may be a deadlock, or a database that restarts: else they wait for the end of their lease.
        away.patiently(lambda: intake.take_in_all(messages, now, staff), SOON)
    except Exception as error:
        log.info("these messages are taken in one by one", why=f"{type(error).__name__}: {error}")
        for one in messages:
            _take_in(one, now)
    for kept, trouble in found:
        if isinstance(trouble, Exception):
            _set_aside(kept.pk, trouble, now)


def _take_in(message: intake.Read, now: datetime) -> None:
    try:
        intake.take_in_all([message], now)
    except Exception as error:
        _set_aside(message.kept_id, error, now)


def _set_aside(kept_id: int, error: Exception, now: datetime) -> None:
    with alone("a message could not be set aside", kept=kept_id):
        log.warning("a message could not be taken in", kept=kept_id, exc_info=error)
        quarantine.failed(kept_id, error, now)


def _release(draft_id: int, now: datetime) -> None:
    try:
        reply.release(draft_id, now)
    except reply.CannotSend as error:
        log.warning("a letter went back to its draft", draft=draft_id, why=str(error))
        reply.could_not_leave(draft_id, str(error))
    except Exception as error:
        if away.passes(error):
            raise  # the database's trouble, not the letter's: it stays held
        log.exception("a letter went back to its draft", draft=draft_id)
        reply.could_not_leave(
            draft_id,
            _("It could not be sent (%(error)s). Its words are safe: try again.") % {"error": type(error).__name__},
        )


def _deliver(delivery_id: int, now: datetime) -> None:
    delivery = outbox.claim(delivery_id, now)
    if delivery is not None and outbox.attempt(delivery, now).state == Delivery.State.SENT:
        bounce.left(delivery, now)


@cache
def _push_key() -> str:
    return push.public_key()
