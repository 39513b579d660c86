"""An answer: held for its seconds, then said once, with its promises, and carried by the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from amends.cases import drafts, ownership, subjects, threading, timeline
from amends.cases.drafts import DraftGone, DraftTaken, Written
from amends.cases.models import Case, Closure, Draft, DraftFile, Entry
from amends.cases.outcome import ELSEWHERE, ONLY_RECEIVED
from amends.channels import accounts, outbox
from amends.channels.models import Account
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.clock.packs.shape import gaps
from amends.coach.answering import is_answer
from amends.coach.check import check
from amends.coach.review import Review
from amends.flows import (
    briefing,
    closing,
    drafting,
    inspecting,
    knowing,
    lawful,
    letters,
    moment,
    note,
    promising,
    reaching,
    retiming,
    second_eye,
    sight,
)
from amends.flows.decide import decide
from amends.kit.prepared import prepared
from amends.people import identities
from amends.people.models import Desk, Member
from amends.people.models.desk import HOLD_SECONDS

ANSWERED = (*promises.REPLIES, Promise.Kind.REACH, Promise.Kind.HEAR)
"""A letter keeps these promises: an answer is an answer."""

SPOKEN = ("contact.in", "contact.out", "contact.call")


class CannotSend(Exception):
    """The letter stays a draft; the message says what to do first.

    CannotSend
    ├─ CoachHolds           a red note wants mending, or a reason in one line
    ├─ WaitsForSecond       it blames or insults: somebody else reads it first
    ├─ TakesAMoment         it quarrels: it waits some seconds first
    └─ AnsweredMeanwhile    somebody was faster; `entry` is what they said
    """


class CoachHolds(CannotSend):
    """The coach has something to mend first."""


class TakesAMoment(CannotSend):
    """The letter waits before it may leave, with a reason (C7.3)."""

    def __init__(self, until: datetime) -> None:
        at = f"{timezone.localtime(until):%H:%M:%S}"
        super().__init__(_("Take a moment. The letter is kept, and can leave from %(time)s.") % {"time": at})
        self.until = until


class WaitsForSecond(CannotSend):
    """Somebody else reads the letter before it leaves (C7.2)."""


class AnsweredMeanwhile(CannotSend):
    """A colleague answered, or the customer wrote, while this was being written."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(_("There is something newer on this case."))
        self.entry = entry


class KeptAsNote(Exception):
    """The letter does not leave, but cannot be a draft again: a colleague has begun another one on the case."""

    def __init__(self, entry: Entry, colleague: str) -> None:
        super().__init__(
            _(
                "Your letter did not leave. %(colleague)s has begun another one here meanwhile, so your words "
                "stand on the case as a note."
            )
            % {"colleague": colleague}
        )
        self.entry = entry


@dataclass(frozen=True)
class Held:
    """A letter on hold, and what the coach says of it."""

    draft: Draft
    review: Review


def send(case: Case, written: Written, *, by: Member, now: datetime, seen: int | None = None) -> Held:
    """Save and hold. `seen` is the newest entry the writer had before their eyes; None sends anyway.

    The same letter sent again while it is on hold is one letter: a form may arrive twice.

    Raises CannotSend, drafts.DraftTaken or drafts.DraftGone; what was written is kept in any case.
    """
    with transaction.atomic():  # a save in flight waits, and finds that the letter is held
        ownership.hold(case.pk)
        twin = _on_hold_already(case, written, by)
        if twin is not None:
            return Held(twin, check(twin.text, briefing.brief(case, by, now, twin.text)))
        draft = drafting.save(case, Draft.Kind.LETTER, written, by=by, now=now)
        held = _held_or_why(draft, seen, by, now)
    if isinstance(held, CannotSend):
        raise held
    return held


def newest_said(case: Case) -> int:
    """The id of the newest entry in which somebody spoke; 0 when nobody did."""
    return next(iter(_newest_said(case.pk)), 0)


@prepared
def _newest_said(case_id: int) -> QuerySet[Entry, int]:
    return _said(case_id).values_list("pk", flat=True)[:1]


def newer_than(case: Case, seen: int) -> Entry | None:
    """The newest thing said after `seen`."""
    return _said(case.pk).filter(pk__gt=seen).select_related("member", "customer").first()


def hold(draft: Draft, *, by: Member, now: datetime) -> Held:
    """Send: check, then hold for the desk's seconds. Raises CannotSend, or drafts.DraftGone."""
    recipients = [*draft.to, *draft.cc]
    if not draft.to:
        raise CannotSend(_("Nobody is written to yet. Add the customer's address."))
    for address in recipients:
        _check_address(address)
    if not draft.text.strip():
        raise CannotSend(_("The letter is empty."))
    for gap in gaps(draft.text):
        raise CannotSend(
            _("“[[%(gap)s]]” is still a gap. Write there what this customer needs to read, or take it out.")
            % {"gap": gap}
        )
    if accounts.speaking_for(draft.case.brand) is None:
        raise CannotSend(
            _("%(brand)s has no mailbox to write from. Add one in Settings.") % {"brand": draft.case.brand}
        )
    try:
        lawful.want_another_for(draft.case, draft.documents, by=by, now=now)
        lawful.want_edited(draft, by=by)
    except lawful.LawError as error:
        raise CannotSend(str(error)) from error
    if hinders := inspecting.hindering(draft, now):
        raise CannotSend(hinders)
    review = check(draft.text, briefing.brief(draft.case, by, now, draft.text))
    if review.gate == "block":
        raise CannotSend(_("This letter must not leave as it is. Mend what the coach marks in red."))
    until = moment.take(draft, review, by=by, now=now)
    if until is not None:
        raise TakesAMoment(until)
    if (review.gate == "hold" or review.take_a_moment) and not draft.reason.strip():
        raise CoachHolds(_("The coach has something to mend first. Mend it, or say in one line why it must go so."))
    if review.second_person and (waits := second_eye.waits(draft, by=by, now=now)):
        raise WaitsForSecond(waits)
    desk = Desk.current()
    seconds = desk.hold_seconds if desk else HOLD_SECONDS
    drafts.hold(draft, until=now + timedelta(seconds=seconds), by=by)
    return Held(draft, review)


def take_back(draft_id: int, *, by: Member, now: datetime) -> Draft:
    """Undo: a held letter is a draft again. Raises drafts.DraftGone when it has left, or KeptAsNote."""
    try:
        return drafts.undo(draft_id, by=by)
    except DraftTaken as taken:
        entry = note.keep_held(draft_id, by=by, now=now)
        raise KeptAsNote(entry, taken.draft.author.name) from None


def release(draft_id: int, now: datetime) -> Entry | None:
    """Say a held letter: entry, promises, next step and outbox row in one transaction. None when it is gone."""
    with transaction.atomic():
        case_id = drafts.case_of(draft_id)
        if case_id is None:
            return None
        case = ownership.hold(case_id)
        draft = drafts.claim(draft_id, now)
        if draft is None:
            return None
        if hinders := inspecting.hindering(draft, now):
            raise CannotSend(hinders)
        account = _account(case)
        owed = list(promises.owed(case).select_related("promisor", "case__brand"))
        entry = _say(case, draft, account, owed, now)
        outbox.queue(entry, account, [*draft.to, *draft.cc], now=now)
        _keep_and_make(case, draft, entry, owed, now)
        _go_on(case, draft, now)
    return entry


def could_not_leave(draft_id: int, why: str) -> None:
    """The letter cannot be said at all (no mailbox any more): it is a draft again, and the case says why."""
    draft = Draft.objects.select_related("author", "case").filter(pk=draft_id).first()
    if draft is None:
        return
    now = timezone.now()
    with transaction.atomic():
        try:
            with suppress(KeptAsNote):
                take_back(draft_id, by=draft.author, now=now)
        except DraftGone:  # its writer was faster
            return
        timeline.record(draft.case, "contact.failed", at=now, recipients=draft.to, why=why[:500], draft=draft_id)


def write_again(entry: Entry, address: str, *, by: Member, now: datetime) -> Draft:
    """Bring a letter that did not arrive back to the composer, for another address. Raises CannotSend."""
    case = entry.case
    _check_address(address)
    written = drafts.open_draft(case, Draft.Kind.LETTER)
    if written is not None and written.text.strip():
        raise CannotSend(_("There is a draft on this case already. Send it or empty it first."))
    with transaction.atomic():
        try:
            knowing.reach_also(case.customer, address, now, by=by)
        except identities.IdentityError as error:
            owner = identities.find("email", identities.normalise("email", address))
            raise CannotSend(sight.refusal(error, owner, by)) from error
        letter = entry.letter
        again = Written(text=letter.new_text, to=[address], subject=subjects.without_tag(letter.subject))
        try:
            draft = drafting.save(case, Draft.Kind.LETTER, again, by=by, now=now)
        except DraftGone as error:
            raise CannotSend(_("Another letter is leaving just now. Try again in a moment.")) from error
        DraftFile.objects.bulk_create(
            DraftFile(draft=draft, name=f.name, content_type=f.content_type, size=f.size, sha256=f.sha256)
            for f in entry.files.all()
        )
    return draft


def _said(case_id: int) -> QuerySet[Entry]:
    """What people said, the newest first; what the desk sends by itself is nobody's word."""
    return Entry.objects.filter(case=case_id, kind__in=SPOKEN).exclude(actor=Entry.Actor.SYSTEM).order_by("-pk")


def _on_hold_already(case: Case, written: Written, by: Member) -> Draft | None:
    """This letter on hold, if its form came twice; what the second one has begun goes, as it is in the first."""
    begun = drafts.open_draft(case, Draft.Kind.LETTER)
    own = begun if begun and begun.author_id == by.pk else None
    files = {file.sha256 for file in own.files.all()} if own else set()
    same = Draft.objects.filter(
        case=case, kind=Draft.Kind.LETTER, author=by, hold_until__isnull=False, text=written.text
    )
    for held in same.prefetch_related("files"):
        kept = {file.sha256 for file in held.files.all()}
        if (held.to, held.cc, held.subject) == (written.to, written.cc, written.subject) and files <= kept:
            if own and own.text in ("", held.text):
                drafts.throw_away(case, Draft.Kind.LETTER, by=by)
            return held
    return None


def _held_or_why(draft: Draft, seen: int | None, by: Member, now: datetime) -> Held | CannotSend:
    """What hinders a letter is given back, not raised: its words must be kept."""
    newer = newer_than(draft.case, seen) if seen is not None else None
    if newer is not None:
        return AnsweredMeanwhile(newer)
    try:
        return hold(draft, by=by, now=now)
    except CannotSend as error:
        return error


def _say(case: Case, draft: Draft, account: Account, owed: Sequence[Promise], now: datetime) -> Entry:
    answered = timeline.last_letter(case, "contact.in")
    page = letters.compose(draft, answered, now)
    flags = _flags(draft, owed, now)
    return timeline.record(
        case,
        "contact.out",
        at=now,
        by=draft.author,
        channel="email",
        words=timeline.Words(
            new_text=draft.text,
            text=page.text,
            html=page.html,
            subject=threading.tag(draft.subject or letters.subject(case, answered), case),
            sender={"name": f"{draft.author.name}, {case.brand.name}", "address": account.address},
            to=[letters.address(case, value) for value in draft.to],
            cc=[letters.address(case, value) for value in draft.cc],
            message_id=outbox.message_id(draft, account.address),
            in_reply_to=answered.message_id if answered else "",
        ),
        files=[timeline.Enclosure(file.name, file.content_type, file.size, file.sha256) for file in draft.files.all()],
        human=True,
        account=account.pk,
        coach_reason=draft.reason,
        **({"documents": draft.documents} if draft.documents else {}),
        **({} if reaching.reaches_customer(case, [*draft.to, *draft.cc]) else {ELSEWHERE: True}),
        flags=flags,
        **second_eye.told_of(draft, flags),
    )


def _flags(draft: Draft, owed: Sequence[Promise], now: datetime) -> list[str]:
    """What the coach would have held it for, and whether it answers, as codes: how it stands depends on it (C5.1)."""
    brief = briefing.brief(draft.case, draft.author, now, draft.text)
    flags = {note.code for note in check(draft.text, brief).notes if note.gate != "tip"}
    if not is_answer(draft.text, brief, status_owed=any(map(_is_status, owed))):
        flags.add(ONLY_RECEIVED)
    return sorted(flags)


def _keep_and_make(case: Case, draft: Draft, entry: Entry, owed: Sequence[Promise], now: datetime) -> None:
    to_them = not entry.data.get(ELSEWHERE)
    kept = [promise for promise in owed if to_them and _answers(promise)]
    promises.keep_all(kept, at=now, by=draft.author, evidence=_("letter %(number)d") % {"number": entry.pk})
    for word in draft.promises:
        if word.get("dropped") or not word["due"]:
            continue
        if word.get("moves"):
            retiming.told(case, word, by=draft.author, now=now)
            continue
        given = _word(word, now)
        promises.make(case, given, promisor=draft.author, at=now, by=draft.author, made_in=entry)
        if given.kind == Promise.Kind.PREVENT:
            check = promising.check_of(given, calendars.check_day(case, given.due))
            promises.make(case, check, promisor=draft.author, at=now, by=draft.author, made_in=entry)
    if to_them:
        lawful.kept_by_letter(owed, entry, draft.documents, by=draft.author, now=now)


def _go_on(case: Case, draft: Draft, now: datetime) -> None:
    """A closed case stays closed, unless the letter promised something."""
    if not Closure.objects.filter(case=case).exists():
        decide(case, now, by=draft.author)
    elif promises.owed(case).exists():
        closing.reopen(case, by=draft.author, now=now, why=_("A letter promised something."))


def _answers(promise: Promise) -> bool:
    return _is_status(promise) or promise.kind in ANSWERED


def _is_status(promise: Promise) -> bool:
    """A word on how it stands (SL9)."""
    return promise.kind == Promise.Kind.TELL and promise.source == Promise.Source.POLICY


def _word(found: dict[str, Any], now: datetime) -> promises.Word:
    due = datetime.fromisoformat(found["due"])
    return promises.Word(
        act=found["act"],
        due=max(due, now + timedelta(minutes=1)),
        kind=found.get("kind", Promise.Kind.OTHER),
        words=found.get("words", ""),
    )


def _account(case: Case) -> Account:
    last = Entry.objects.filter(case=case, kind="contact.in", channel="email").order_by("-pk").first()
    account = accounts.speaking_for(case.brand, last.data.get("account") if last else None)
    if account is None:
        raise CannotSend(_("%(brand)s has no mailbox to write from. Add one in Settings.") % {"brand": case.brand})
    return account


def _check_address(address: str) -> None:
    try:
        identities.check_email(address)
    except identities.IdentityError as error:
        raise CannotSend(str(error)) from error
