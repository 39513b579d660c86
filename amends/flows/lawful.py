"""What a policy pack wants is done, takes longer, or begins; complaints that were open get its deadlines (ES7, SL11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import drafts, ownership
from amends.cases.family import family
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.clock import calendars, promises
from amends.clock.evidence import has_code
from amends.clock.models import PackInUse, Promise
from amends.clock.packs import shelf
from amends.clock.packs.reckon import due_after
from amends.clock.packs.shape import REQUEST, Deadline, Pack
from amends.clock.promises import Given
from amends.flows import background, drafting
from amends.flows.decide import decide
from amends.flows.looking import Staff
from amends.kit import away
from amends.people.models import Member

log = structlog.get_logger("amends.lawful")

BATCH = 20
GONE = gettext_lazy("This policy pack is not there any more. Ask an admin.")
ANOTHER = gettext_lazy(
    "The policy pack wants another person here, who had no part in it before. Hand the case to a colleague who has "
    "neither written nor rung."
)
A_LETTER = gettext_lazy(
    "A letter that you send from the case keeps this. If it went by post, give its tracking number; if none is due, the "
    "number of what shows that. “Done” proves nothing."
)
AN_ANSWER = gettext_lazy(
    "A letter or a call keeps this: send one, or write up the call. If it went by post, give the tracking number."
)
UNEDITED = gettext_lazy(
    "“%(title)s” stands here word for word as the policy pack has it. Write into it what this customer needs to read."
)
PART = ("contact.out", "contact.call", "offer.made", "rung.decided")
"""Whoever did one of these had a part in what is looked at again."""


class LawError(Exception):
    """The stage cannot begin, or not take longer; the message says why."""


def kept_by_letter(
    owed: Iterable[Promise], entry: Entry, documents: Sequence[str], *, by: Member, now: datetime
) -> None:
    """A person's letter left: of what is owed, stages that want an answer, a letter, or just this letter are done."""
    done = [one for one in owed if one.rule and _does(one, documents, now, letter=True) and _may_do(one, by)]
    _done(done, by=by, now=now, evidence=_("letter %(number)d") % {"number": entry.pk})


def kept_by_call(owed: Iterable[Promise], *, by: Member, now: datetime) -> None:
    """A person spoke with them: of what is owed, stages that want an answer are done."""
    done = [one for one in owed if one.rule and _does(one, (), now, letter=False) and _may_do(one, by)]
    _done(done, by=by, now=now, evidence=_("a call"))


def missing(promise: Promise, words: str) -> str:
    """What a law's stage that a letter or a call keeps still wants where somebody says by hand that it was done (ES7).

    Empty when a number of what went another way stands in the words, and for what is kept by a deed.
    """
    found = shelf.shelf().stage(promise.rule) if promise.source == Promise.Source.LAW else None
    if found is None or found[1].kept_by == "deed" or has_code(words):
        return ""
    return str(AN_ANSWER if found[1].kept_by == "answer" else A_LETTER)


def want_another(promise: Promise, by: Member) -> None:
    """Raises LawError for a stage that wants somebody who had no part before it began, and `by` had one."""
    if not _may_do(promise, by):
        raise LawError(str(ANOTHER))


def want_another_for(case: Case, documents: Sequence[str], *, by: Member, now: datetime) -> None:
    """The same for whatever a letter with these documents would end."""
    if documents:
        for promise in promises.owed(case).exclude(rule="").select_related("case__brand"):
            if _does(promise, documents, now, letter=True):
                want_another(promise, by)


def want_edited(draft: Draft, *, by: Member) -> None:
    """Raises LawError while one of a pack's letters stands in the draft word for word: each is a template (ES7)."""
    said = _words(draft.text)
    for mark in draft.documents:
        found = shelf.shelf().document(mark)
        if found is not None and _words(drafting.filled(found[1].text, draft.case, by)) in said:
            raise LawError(UNEDITED % {"title": found[1].title})


def letter_owed(owed: Iterable[Promise]) -> Promise | None:
    """A stage that only a certain letter ends, if one is owed: the case does not end in silence about it."""
    for promise in owed:
        found = shelf.shelf().stage(promise.rule)
        if found is not None and found[1].kept_by == "document":
            return promise
    return None


def begin(case: Case, rule: str, *, by: Member, now: datetime) -> list[Promise]:
    """Somebody says that a stage begins now, such as a refund that was agreed, or stage 2. Raises LawError."""
    with transaction.atomic():
        case = ownership.hold(case.pk)
        pack, one = _stage(rule)
        if one.begins != REQUEST:
            raise LawError(_("This stage begins by itself."))
        if case.owner is None or not ownership.is_open(case):
            raise LawError(_("This case is closed. Reopen it first."))
        if pack.id not in {row.pack for row in calendars.packs_of([case.brand_id])}:
            raise LawError(_("%(brand)s does not use this policy pack.") % {"brand": case.brand.name})
        if case.kind != Case.Kind.COMPLAINT:
            raise LawError(_("Policy packs are about complaints. Say first that this is one."))
        if promises.owed(case).filter(rule=rule).exists():
            raise LawError(_("It has begun already: “%(act)s” is owed.") % {"act": one.act})
        rules = calendars.HouseRules([case])
        wanting = [background.stage(case, case.owner, pack, one, now, rules)]
        start = {one.key: wanting[0].word.due}
        for after in _following(pack, one, now):
            wanting.append(background.stage(case, case.owner, pack, after, start[after.begins], rules))
            start[after.key] = wanting[-1].word.due
        made = promises.make_all([Given(g.case, g.word, g.promisor, at=now, by=by) for g in wanting])
        decide(case, now, by=by)
    return made


def extend(promise: Promise, reason: str, *, by: Member, now: datetime) -> Promise:
    """Take the longer time that the pack allows, once, before the first has passed; say why, and how they were told.

    Raises LawError.
    """
    if not reason.strip():
        raise LawError(_("Say why it takes longer, and how the customer was told."))
    with transaction.atomic():
        case = ownership.hold(promise.case_id)
        promise.refresh_from_db()
        _pack, one = _stage(promise.rule)
        if one.extend is None:
            raise LawError(_("The policy pack allows no longer time for this."))
        before = Promise.objects.filter(case=case, rule=promise.rule, moved_to__made_at=promise.made_at)
        if before.exists():  # taken for it, or for what it goes on from
            raise LawError(_("The longer time was taken already, and the policy pack allows it once."))
        if promise.due <= now:
            raise LawError(_("Its time has passed. A longer time must be told before."))
        due = due_after(one.extend, promise.due, calendars.of_case(case))
        try:
            after = promises.move(promise, due=due, reason=reason, at=now, by=by, told_at=now)
        except promises.PromiseError as error:
            raise LawError(str(error)) from error
        decide(case, now, by=by)
    return after


def write_letter(case: Case, mark: str, *, by: Member, now: datetime) -> Draft:
    """Put a pack's letter into the composer, with what the case knows filled in and gaps for the rest.

    Raises LawError, or drafts.DraftTaken and drafts.DraftGone as saving does.
    """
    found = shelf.shelf().document(mark)
    if found is None:
        raise LawError(str(GONE))
    _pack, document = found
    with transaction.atomic():
        want_another_for(case, [mark], by=by, now=now)
        words = drafting.filled(document.text, case, by)
        draft = drafting.add_words(case, Draft.Kind.LETTER, words, by=by, now=now)
        drafts.mark(draft, [*dict.fromkeys([*draft.documents, mark])])
    return draft


def bind_waiting(now: datetime) -> int:
    """Give open complaints the deadlines of a pack that was put to use after they came, some at a time."""
    row = PackInUse.objects.filter(bound_at=None).order_by("pk").first()
    if row is None:
        return 0
    ids = list(unbound(row.brand_id, row.bound_upto).values_list("case_id", flat=True)[:BATCH])
    staff = Staff(now)
    for case_id in ids:
        try:
            _bind(case_id, staff)
        except Exception as error:
            if away.passes(error):
                raise  # the database's trouble, not the case's: it is bound when that is over
            log.exception("a policy pack could not bind a case", case=case_id, pack=row.pack)
    done = {"bound_upto": ids[-1]} if ids else {"bound_at": now}
    PackInUse.objects.filter(pk=row.pk).update(**done)
    return len(ids)


def unbound(brand_id: int, upto: int) -> QuerySet[NextStep]:
    """The open complaints of a brand after a case, by their steps: only open ones have one."""
    steps = NextStep.objects.filter(brand=brand_id, case__kind=Case.Kind.COMPLAINT, case_id__gt=upto)
    return steps.order_by("case_id")


def _bind(case_id: int, staff: Staff) -> None:
    with transaction.atomic():
        case = ownership.hold(case_id)
        if ownership.is_open(case):
            decide(case, staff.now, staff=staff)


def _words(text: str) -> str:
    return " ".join(text.split())


def _does(promise: Promise, documents: Sequence[str], now: datetime, *, letter: bool) -> bool:
    """Whether a letter (or a call) with these documents ends the stage."""
    found = shelf.shelf().stage(promise.rule)
    if found is None:
        return False
    pack, one = found
    if one.kept_by == "answer" or (letter and one.kept_by == "letter"):
        return True
    if one.kept_by == "document" and f"{pack.id}/{one.document}" in documents:
        return True
    for mark in documents:
        known = shelf.shelf().document(mark)
        if known is None or known[0].id != pack.id or one.key not in known[1].keeps:
            continue
        within = known[1].within
        if within is None or now <= due_after(within, promise.made_at, calendars.of_case(promise.case)):
            return True
    return False


def _may_do(promise: Promise, by: Member) -> bool:
    """Whether `by` is another person than those who spoke or decided before the stage began, where the pack wants one."""
    found = shelf.shelf().stage(promise.rule)
    if found is None or not found[1].other_person:
        return True
    begun = Promise.objects.filter(case=promise.case_id, rule=promise.rule).earliest("made_at").made_at
    part = Entry.objects.filter(case__in=family(promise.case), kind__in=PART, member=by, at__lte=begun)
    return not part.exists()


def _done(done: Sequence[Promise], *, by: Member, now: datetime, evidence: str) -> None:
    """Keep them; what begins with one of them is counted from now, if that is sooner."""
    promises.keep_all(done, at=now, by=by, evidence=evidence)
    for promise in done:
        pack_id, _slash, key = promise.rule.partition("/")
        case = promise.case
        for after in promises.owed(case).filter(rule__startswith=f"{pack_id}/", moved_from=None):
            found = shelf.shelf().stage(after.rule)
            if found is not None and found[1].begins == key:
                due = min(after.due, due_after(found[1].within, now, calendars.of_case(case)))
                promises.count_anew(after, due, why=_("it counts from what is done now"), at=now, by=by)


def _following(pack: Pack, first: Deadline, now: datetime) -> list[Deadline]:
    """What begins with a stage, and with what begins with that."""
    version = pack.on(now.date()) or pack.versions[-1]
    found, begun = [], {first.key}
    for _round in version.deadlines:
        for one in version.deadlines.values():
            if one.begins in begun and one.key not in begun:
                found.append(one)
                begun.add(one.key)
    return found


def _stage(rule: str) -> tuple[Pack, Deadline]:
    found = shelf.shelf().stage(rule)
    if found is None:
        raise LawError(str(GONE))
    return found
