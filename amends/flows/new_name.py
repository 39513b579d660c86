"""Whoever has a case now is told to its customer: at every hand-over once, never to a machine (RO5, C3.1).

It is no answer: it keeps no promise and stops no clock.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from amends.cases import ownership, reply_tokens, threading, timeline
from amends.cases.models import Case, Entry, Letter, NextStep
from amends.channels import accounts, outbox
from amends.channels.guards import is_own
from amends.clock.models import Promise
from amends.flows import acknowledgement, letters, page_links
from amends.flows.acknowledging import LOOP_AFTER, NO_REPLY
from amends.kit import tallies
from amends.people.models import Member

LONGEST = 2_000
HANDED = ("owner.set", "promise.taken_over", "case.merged")
"""Kinds of entries by which a case, or what is owed on it, comes to somebody else."""


def words_for(case: Case, member: Member, promise: Promise | None) -> str:
    """The words that a form is filled with, and that are sent by themselves: who has it, what they owe, by when."""
    with override(acknowledgement.language_of(case)):
        hello = _("Hello %(name)s,") % {"name": case.customer.first_name or _("there")}
        who = _("from now on %(owner)s looks after your matter “%(title)s”, and knows what you told us. ") % {
            "owner": member.name,
            "title": case.title,
        }
        stays = _("What was promised to you stands. ")
        by = ""
        if promise is not None and promise.visible:
            by = _("You hear from %(owner)s by %(by)s.") % {
                "owner": member.first_name,
                "by": acknowledgement.by_when(promise.due, acknowledgement.zone_of(case)),
            }
        return f"{hello}\n\n{who}{stays}{by}".strip()


def tell_by_itself(case: Case, who: Member, step: NextStep, now: datetime) -> None:
    """Tell the customer who has it since just now, in the desk's own words, where the brand wants that.

    In the caller's transaction, who has handed it over; nothing is said where this hand-over was told already.
    """
    if not case.brand.tell_new_name:
        return
    handed = Entry.objects.filter(case=case, kind__in=HANDED).latest("pk")
    if Entry.objects.filter(case=case, kind="contact.out", pk__gt=handed.pk, data__has_key="new_name").exists():
        return
    promise = Promise.objects.filter(pk=step.promise_id or 0).first()
    tell(case, handed, words_for(case, who, promise), now)


def tell(case: Case, handed: Entry, words: str, now: datetime) -> bool:
    """Tell the customer, in the caller's transaction; `handed` is the entry of the hand-over. False when there is a
    reason not to."""
    heard = timeline.last_letter(case, "contact.in")
    account = accounts.speaking_for(case.brand, heard.entry.data.get("account") if heard else None)
    if heard is None or account is None or case.owner is None or why_not(case, heard):
        return False
    to = str(heard.sender["address"])
    text = f"{words.strip()[:LONGEST]}\n\n{page_links.link_for(case, now)}\n\n{case.owner.name}\n{case.brand.name}"
    entry = timeline.record(
        case,
        "contact.out",
        at=now,
        channel="email",
        words=timeline.Words(
            new_text=text,
            text=f"{text}\n\n{reply_tokens.foot(case.pk, [to])}\n",
            subject=threading.tag(letters.subject(case, heard), case),
            sender={"name": f"{case.owner.name}, {case.brand.name}", "address": account.address},
            to=[{"name": heard.sender.get("name", ""), "address": to}],
            message_id=reply_tokens.message_id(f"name.{handed.pk}", case.pk, [to], account.address.rpartition("@")[2]),
            in_reply_to=heard.message_id,
        ),
        human=False,
        in_the_name_of=case.owner.name,
        account=account.pk,
        new_name=case.owner.pk,
    )
    outbox.queue(entry, account, [to], now=now)
    return True


def offered(case: Case) -> bool:
    """Whether a note can be sent at all: for the form of a hand-over."""
    heard = timeline.last_letter(case, "contact.in")
    return heard is not None and accounts.speaking_for(case.brand) is not None and not why_not(case, heard)


def why_not(case: Case, heard: Letter) -> str:
    """Why the customer is not written to, in a word; empty when they are."""
    address = str(heard.sender.get("address") or "")
    reasons = {
        "nowhere": not address or heard.entry.channel != "email",
        "machine": NO_REPLY.search(address.rpartition("@")[0]) is not None or bool(heard.entry.data.get("automatic")),
        "loop": tallies.count("acknowledged", address, case.opened_at) >= LOOP_AFTER,
        "unconfirmed": bool(heard.entry.data.get("unconfirmed")),
        "own": bool(address) and is_own(address, accounts.own_addresses()),
        "ended": not ownership.is_open(case),
    }
    return next((reason for reason, applies in reasons.items() if applies), "")
