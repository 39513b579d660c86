"""Two cases were one matter, or one case was two (CV10). The timeline is never moved, only continued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from amends.cases import drafts, next_step, opening, ownership, search, timeline
from amends.cases.models import Case, Closure, Draft, Entry, MessageId, NextStep, Participant
from amends.channels.models import Delivery
from amends.clock import promises, rungs
from amends.flows import abuse, carrying, new_name, rerouting
from amends.flows.decide import decide
from amends.flows.looking import Staff
from amends.people.models import Member


class MergeError(Exception):
    """These cases cannot be joined or parted so; the message says why."""


def merge(source: Case, target: Case, *, by: Member, now: datetime) -> None:
    """Take `source` into `target`: what is owed goes along, its timeline stays readable there.

    Where another has it then, the customer is told who, as at every hand-over (RO5).

    Raises MergeError for different brands or people, or a case merged before.
    """
    with transaction.atomic():
        held = {case_id: ownership.hold(case_id) for case_id in sorted({source.pk, target.pk})}
        source, target = held[source.pk], held[target.pk]
        _want_mergeable(source, target)
        _want_nobody_writing(source)
        join(source, target, by=by, now=now)
        step = go_on(target, now, by=by)
        if target.owner is not None and source.owner_id not in (None, target.owner_id):
            new_name.tell_by_itself(target, target.owner, step, now)


def join(source: Case, target: Case, *, by: Member | None, now: datetime) -> None:
    """The joining itself, without asking whether they fit. The caller holds both, and decides on `target`.

    Nothing is seen by more people than before, nor owed later, nor forgotten: see the `take_along` of each subject.
    """
    promises.take_along(source, target)
    carrying.take_along(source, target, by=by, now=now)
    abuse.take_along(source, target, by=by, now=now)
    MessageId.objects.filter(case=source).exclude(
        value__in=MessageId.objects.filter(case=target).values("value")
    ).update(case=target)
    Draft.objects.filter(case=source, hold_until=None).delete()
    Delivery.objects.filter(case=source).update(case=target)
    Participant.objects.filter(case=source).exclude(
        customer__in=Participant.objects.filter(case=target).values("customer")
    ).update(case=target)
    Closure.objects.filter(case=source).delete()
    rungs.take_along(source, target, at=now)
    next_step.clear_step(source)
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    timeline.record(source, "case.merged", at=now, by=by, into=target.pk, title=target.title)
    timeline.record(target, "case.merged", at=now, by=by, taken=source.pk, title=source.title)


def go_on(target: Case, now: datetime, *, by: Member | None) -> NextStep:
    """Decide on a case that has taken another in: what it asks for now may be somebody else's to know (RO1, RO3).

    The caller holds it.
    """
    return rerouting.route(target, Staff(now)) or decide(target, now, by=by)


def split(case: Case, entries: Sequence[Entry], title: str, *, by: Member, now: datetime) -> Case:
    """Make a case of its own from some of the customer's messages; both sides show the link."""
    if not title.strip():
        raise MergeError(_("Give the new case a title."))
    if not entries or any(entry.case_id != case.pk or entry.kind != "contact.in" for entry in entries):
        raise MergeError(_("Choose at least one message of the customer."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        part = opening.open_case(
            case.brand,
            case.customer,
            title.strip(),
            at=now,
            by=by,
            kind=case.kind,
            language=case.language,
            split_from=case,
        )
        carrying.guard_part(case, part, by=by, now=now)
        abuse.take_along(case, part, by=by, now=now)
        for entry in entries:
            _copy(entry, part)
        timeline.record(
            case, "case.split", at=now, by=by, into=part.pk, title=part.title, entries=[e.pk for e in entries]
        )
        decide(part, now, by=by)
        if not Closure.objects.filter(case=case).exists():
            decide(case, now, by=by)
        search.add_case(part)
    return part


def _copy(entry: Entry, part: Case) -> None:
    """The message stays where it was said; the new case tells it again, with where it came from."""
    letter = entry.letter
    names = ("new_text", "text", "html", "subject", "sender", "to", "cc", "in_reply_to", "raw_sha256")
    timeline.record(
        part,
        entry.kind,
        at=entry.at,
        by=entry.customer,
        channel=entry.channel,
        words=timeline.Words(**{name: getattr(letter, name) for name in names}),
        files=[
            timeline.Enclosure(f.name, f.content_type, f.size, f.sha256, f.inline, f.content_id)
            for f in entry.files.all()
        ],
        **{**entry.data, "split_from_entry": entry.pk},
    )
    if letter.message_id:
        MessageId.objects.get_or_create(value=letter.message_id, case=part, defaults={"ours": False})


def _want_mergeable(source: Case, target: Case) -> None:
    if source.pk == target.pk:
        raise MergeError(_("A case cannot be taken into itself."))
    if source.merged_into_id or target.merged_into_id:
        raise MergeError(_("One of them was taken into another case already. Open that one."))
    if source.brand_id != target.brand_id:
        raise MergeError(_("They belong to different brands."))
    if source.customer_id != target.customer_id:
        raise MergeError(
            _("They belong to different people: %(one)s and %(other)s.")
            % {"one": source.customer, "other": target.customer}
        )
    if Closure.objects.filter(case=target).exists():
        raise MergeError(_("The other case is closed. Reopen it first."))


def writing_on(case: Case) -> Draft | None:
    """A letter that is about to leave there, or a draft in which something stands; None when nothing would be lost."""
    begun = Draft.objects.filter(drafts.BEGUN, case=case)
    return begun.select_related("author").order_by(F("hold_until").asc(nulls_last=True), "pk").first()


def _want_nobody_writing(source: Case) -> None:
    writing = writing_on(source)
    if writing is not None and writing.hold_until is not None:
        raise MergeError(_("A letter is about to leave there. Wait until it has gone, or undo it."))
    if writing is not None:
        raise MergeError(_("%(name)s has a draft there. Send it, or empty it first.") % {"name": writing.author.name})
