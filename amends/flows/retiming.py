"""A promise gets another time, and the customer hears of it: by letter, or in a call that was held (C4.2, SL8).

By letter the new time is given when the letter leaves, not before: until then nothing has been said, and the old time
holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from amends.cases import drafts
from amends.cases.drafts import DraftGone, DraftTaken
from amends.cases.models import Case, Draft
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.flows import drafting, pledging, promising, starting
from amends.flows.acknowledgement import by_when, language_of, zone_of
from amends.flows.decide import decide
from amends.flows.pledging import Pledge
from amends.people.models import Identity, Member

SOON = timedelta(hours=4)
"""Open hours from a broken word to the new time that the desk proposes."""


@dataclass(frozen=True)
class NewTime:
    """By when now, and why it takes longer."""

    due: datetime
    reason: str


def unseen(promise: Promise, new: NewTime, *, by: Member, now: datetime) -> Promise:
    """Move what the customer was never told of. Raises PromiseError for a word that they were given.

    And for what is not ours to move (`promising.want_ours`).
    """
    _want_sense(new, now)
    with transaction.atomic():
        case = promising.hold(promise)
        promising.want_ours(promise)
        if promises.is_given(promise):
            raise promises.PromiseError(_("They were promised this. Say how they hear of the new time."))
        after = promises.move(promise, due=new.due, reason=new.reason, at=now, by=by)
        decide(case, now, by=by)
    return after


def by_call(promise: Promise, new: NewTime, said: str, spoke_at: datetime, *, by: Member, now: datetime) -> Promise:
    """They were told in a call at `spoke_at`; what was `said` is written up. Raises PromiseError."""
    _want_sense(new, now)
    if not said.strip():
        raise promises.PromiseError(_("Write down in a line what they said to the new time."))
    if spoke_at > now or spoke_at < promise.made_at:
        raise promises.PromiseError(_("Give the time at which you spoke: after it was promised, and not ahead of now."))
    with transaction.atomic():
        case = promising.hold(promise)
        promising.want_ours(promise)
        after = promises.move(promise, due=new.due, reason=new.reason, at=now, by=by, told_at=spoke_at)
        starting.write_up_call(case, said, by=by, now=now, besides=after)
    return after


def by_letter(promise: Promise, new: NewTime, *, by: Member, now: datetime) -> Draft:
    """Put the words of a letter into the composer; as it leaves, the promise has its new time. Raises PromiseError."""
    _want_sense(new, now)
    with transaction.atomic():
        case = promising.hold(promise)
        if not (promises.is_given(promise) and promises.is_owed(promise)):
            raise promises.PromiseError(str(promises.SETTLED))
        if not _has_address(case):
            raise promises.PromiseError(_("We know no mail address of theirs. Ring them, and say here that you did."))
        words = _words(case, promise, new)
        try:
            draft = drafting.add_words(case, Draft.Kind.LETTER, words, by=by, now=now)
        except DraftTaken as taken:
            name = taken.draft.author.name
            raise promises.PromiseError(
                _("%(name)s is writing a letter here. Take it over first, or ring them.") % {"name": name}
            ) from taken
        except DraftGone as gone:
            raise promises.PromiseError(_("A letter is leaving just now. Try again in a moment.")) from gone
        pledging.join(draft, _pledge(promise, new), by=by)
    return draft


def apologise(case: Case, promise: Promise, *, by: Member, now: datetime, due: datetime | None = None) -> Draft | None:
    """A word was broken: leave an apology with a new time in the composer. It is never sent by itself (C4.2).

    None when somebody is writing a letter on the case already, or no letter reaches them.
    """
    if drafts.open_draft(case, Draft.Kind.LETTER) is not None or not _has_address(case):
        return None
    new = NewTime(due or calendars.of_case(case).add_open(now, SOON), "")
    draft = drafting.add_words(case, Draft.Kind.LETTER, _words(case, promise, new), by=by, now=now)
    pledging.join(draft, _pledge(promise, new), by=by)
    return draft


def told(case: Case, pledge: Pledge, *, by: Member, now: datetime) -> None:
    """A letter with a new time has left: the promise has it from now on. What was settled meanwhile stays so."""
    promise = Promise.objects.select_related("promisor", "moved_to").filter(pk=pledge["moves"], case=case).first()
    if promise is None:
        return
    due = max(datetime.fromisoformat(pledge["due"]), now + timedelta(minutes=1))
    reason = str(pledge.get("reason", "")) or _("it was broken, and we said so")
    if promises.is_owed(promise):
        promises.move(promise, due=due, reason=reason, at=now, by=by, told_at=now)
    elif promise.moved_to is not None and promise.told_at is None:
        promises.tell(promise, at=now)
        if promises.is_owed(promise.moved_to) and promise.moved_to.due != due:
            promises.move(promise.moved_to, due=due, reason=reason, at=now, by=by, told_at=now)


def _want_sense(new: NewTime, now: datetime) -> None:
    if not new.reason.strip():
        raise promises.PromiseError(_("Say why it takes longer."))
    if new.due <= now:
        raise promises.PromiseError(_("That time has passed. Name a later one."))


def _has_address(case: Case) -> bool:
    return Identity.objects.filter(customer=case.customer_id, kind=Identity.Kind.EMAIL).exists()


def _pledge(promise: Promise, new: NewTime) -> Pledge:
    return {
        "moves": promise.pk,
        "act": promise.act,
        "due": new.due.isoformat(),
        "kind": promise.kind,
        "words": "",
        "reason": new.reason[:300],
    }


def _words(case: Case, promise: Promise, new: NewTime) -> str:
    """The letter before its writer makes it theirs, in the customer's language when the desk speaks it."""
    zone = zone_of(case)
    with override(language_of(case)):
        places = {
            "name": case.customer.first_name or _("there"),
            "act": promise.act,
            "old": by_when(promise.due, zone),
            "new": by_when(new.due, zone),
            "reason": new.reason.strip().rstrip("."),
        }
        if promise.broken_at is not None:
            said = _(
                "Hello %(name)s,\n\nthis was promised to you by %(old)s: %(act)s. We did not keep it, and I am sorry. "
                "You should not have had to wait.\n\nThe new time: %(new)s."
            )
        else:
            said = _(
                "Hello %(name)s,\n\nthis was promised to you by %(old)s: %(act)s. It takes longer: %(reason)s. "
                "I am sorry that you have to wait.\n\nThe new time: %(new)s."
            )
        return said % places
