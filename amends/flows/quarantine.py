"""A message that cannot be taken in stays whole, and somebody gets a step for it (features §2.20)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from amends.cases import opening, timeline
from amends.cases.models import Case
from amends.channels.models import Kept
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.flows import looking
from amends.flows.decide import decide
from amends.people.models import Customer
from amends.triage.routing import right_person

TRIES = 3
AGAIN_AFTER = timedelta(seconds=30)


def failed(kept_id: int, error: Exception, now: datetime) -> None:
    """Taking in failed: try again twice, then set the message aside with a case of its own."""
    kept = Kept.objects.select_related("account__brand").get(pk=kept_id)
    kept.tries += 1
    kept.reason = f"{type(error).__name__}: {error}"[:500]
    kept.next_try_at = now + AGAIN_AFTER
    kept.save(update_fields=["tries", "reason", "next_try_at"])
    if kept.tries >= TRIES:
        _set_aside(kept, now)


def try_again(kept: Kept) -> None:
    """Read a set-aside message anew, after a mend. The worker takes it in."""
    Kept.objects.filter(pk=kept.pk, entry=None).exclude(state=Kept.State.TAKEN).update(
        state=Kept.State.WAITING, tries=0, next_try_at=None
    )


def _set_aside(kept: Kept, now: datetime) -> None:
    with transaction.atomic():
        kept.state = Kept.State.UNREADABLE
        kept.save(update_fields=["state"])
        brand = kept.account.brand
        customer = Customer.objects.create(name="", created_at=now)
        case = opening.open_case(
            brand, customer, f"A message to {kept.account} could not be read", at=now, kind=Case.Kind.OTHER
        )
        timeline.record(
            case,
            "contact.in",
            at=kept.kept_at,
            by=customer,
            channel="email",
            words=timeline.Words(
                new_text="This message could not be read. It is kept whole: download it below, or ask an "
                "admin to read it again after a mend.",
                raw_sha256=kept.sha256,
            ),
            files=[timeline.Enclosure("message.eml", "message/rfc822", kept.size, kept.sha256)],
            account=kept.account_id,
            kept=kept.pk,
            unreadable=kept.reason,
        )
        person = right_person(looking.wanted(case, now), looking.candidates(case, now))
        word = promises.Word(
            act=case.title,
            due=calendars.of_brand(brand).add_open(now, timedelta(hours=2)),
            kind=Promise.Kind.READ,
            source=Promise.Source.POLICY,
            visible=False,
        )
        promises.make(case, word, promisor=looking.member(person.member_id), at=now, by=None)
        decide(case, now)
