"""What one person said, as `ui/components/letter.html` shows it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import cards, timeline
from amends.cases.models import Case, Draft, Entry, Letter, LetterReading, NextStep, Participant
from amends.cases.outcome import ELSEWHERE, ONLY_RECEIVED, Outcome
from amends.channels import oddities
from amends.channels.models import Delivery
from amends.clock import rungs
from amends.clock.models import Escalation, Promise
from amends.coach.call import BASES, bases_line
from amends.desk.files_shown import NO_FILES, Files, FileShown
from amends.desk.heard_shown import line_of, turn_of
from amends.flows import offering
from amends.kit.html import HELD
from amends.kit.prepared import prepared
from amends.people.models import Identity, Member
from amends.ui.addresses import address
from amends.ui.moments import clock_time, exact_time

SHORT = 100
"""Signs of words that take no more room than their digest and what goes with it."""
LETTERS = ("contact.in", "contact.out", "contact.call", "note.written", "contact.transferred")

HEARD = {
    "email": ("mail", gettext_lazy("by mail")),
    "form": ("globe", gettext_lazy("by the form")),
    "phone": ("phone-incoming", gettext_lazy("on the phone")),
    "letter": ("file-text", gettext_lazy("by letter")),
}
KINDS = {
    "contact.in": "customer",
    "contact.out": "ours",
    "contact.call": "call",
    "note.written": "note",
    "contact.transferred": "note",
}


@dataclass(frozen=True)
class Look:
    """Who looks at which case, when; and what several parts of its page ask for, read when the first one asks."""

    case: Case
    me: Member
    now: datetime
    may_write: bool = False
    may_see_raw: bool = False
    may_blacken: bool = False
    hidden: frozenset[int] = frozenset()
    """Cases that the reader may not see (ES8)."""
    deliveries: Mapping[int, Delivery] = field(default_factory=dict)
    """Of the entries on the page, like `files`."""
    files: Files = NO_FILES

    @cached_property
    def step(self) -> NextStep | None:
        return next(iter(_step(self.case.pk)), None)

    @cached_property
    def promises(self) -> list[Promise]:
        """All of the case, the earliest due first."""
        return _promises(self.case.pk)

    @property
    def broken(self) -> list[Promise]:
        """The words that somebody here gave them and that were broken, the earliest due first."""
        given = (one for one in self.promises if one.source == Promise.Source.PERSON and one.visible)
        return [one for one in given if one.broken_at]

    @cached_property
    def rungs(self) -> list[Escalation]:
        """The rungs that the case stands on, the lowest first."""
        return rungs.open_on(self.case)

    @cached_property
    def outcome(self) -> Outcome | None:
        """How it stands (C5.1)."""
        return offering.outcome_of(self.case, self.now)

    @cached_property
    def drafts(self) -> list[Draft]:
        """What is being written, and what is about to leave."""
        return _drafts(self.case.pk)

    @property
    def held(self) -> list[Draft]:
        """What is about to leave, the next first."""
        return [draft for draft in self.drafts if draft.hold_until is not None]

    def draft(self, kind: str) -> Draft | None:
        """What somebody is writing."""
        return next((draft for draft in self.drafts if draft.kind == kind and draft.hold_until is None), None)

    @cached_property
    def heard(self) -> Letter | None:
        """The customer's newest letter."""
        return timeline.last_letter(self.case, "contact.in")

    @cached_property
    def participants(self) -> list[Participant]:
        return _participants(self.case.pk)

    @cached_property
    def identities(self) -> list[Identity]:
        """The customer's."""
        return _identities(self.case.customer_id)


@dataclass(frozen=True)
class LetterShown:
    """The inputs of the component; see there."""

    id: object
    kind: str
    author_name: str
    author_id: int
    icon: str
    how: str
    at: datetime
    text: str
    author_is_me: bool = False
    quoted: str = ""
    html: str = ""
    files: tuple[FileShown, ...] = ()
    cards: tuple[cards.CardShown, ...] = ()
    kept: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    state: str = ""
    state_line: str = ""
    leaves_at: datetime | None = None
    undo_url: str = ""
    retry_url: str = ""
    again_url: str = ""
    """Where a letter that may have arrived is sent again; `leave_url`: where it is left."""
    leave_url: str = ""
    raw_url: str = ""
    as_sent_url: str = ""
    blacken_url: str = ""
    heard: str = ""
    """What was read in it, in a few words; `heard_url`: all of it, and where it is corrected."""
    heard_url: str = ""
    heard_key: str = ""
    turned: str = ""
    """What it turned (A191, A232)."""
    doubt: str = ""
    """Why the sender is not confirmed; empty when nothing speaks against it."""

    @property
    def has_form(self) -> bool:
        """A form holds the reader's own token: such a letter is never drawn once for all."""
        return bool(self.undo_url or self.again_url)

    @property
    def likeness(self) -> tuple[Hashable, ...]:
        """Equal for letters that look the same: what they hold, their words by a digest."""
        return tuple([_digest(one) if type(one) is str and len(one) > SHORT else one for one in vars(self).values()])


def _digest(words: str) -> bytes:
    return blake2b(words.encode(errors="surrogatepass"), digest_size=16).digest()


UNCONFIRMED = {
    "dmarc": gettext_lazy("The domain says that this mail is not its own."),
    "from": gettext_lazy("The mail names more than one."),
    "colleague": gettext_lazy("It came by mail from a colleague’s address; nobody acts in the desk that way."),
}


def letter_of(entry: Entry, look: Look, kept: tuple[str, ...] = ()) -> LetterShown:
    """The letter of an entry whose `letter`, `member` and `customer` are loaded; `look` knows its files and its way."""
    letter = entry.letter
    icon, how = _how(entry, look)
    return LetterShown(
        id=entry.pk,
        kind=KINDS[entry.kind],
        author_name=_author(entry),
        author_id=entry.customer_id or entry.member_id or 0,
        author_is_me=entry.member_id == look.me.pk,
        icon=icon,
        how=how,
        at=entry.at,
        text=letter.new_text or letter.text,
        quoted=history(letter.new_text, letter.text),
        files=look.files.shown(entry.pk),
        cards=cards.of(look.files.open_of(entry.pk), timezone.localtime(look.now)),
        kept=kept,
        facts=tuple(_facts(entry, look)),
        raw_url=address("raw", entry.pk) if letter.raw_sha256 and look.may_see_raw else "",
        as_sent_url=address("as_sent", entry.pk) if letter.html else "",
        blacken_url=address("blacken", entry.pk) if look.may_blacken else "",
        **_read(letter),
        doubt=str(UNCONFIRMED.get(entry.data.get("unconfirmed", ""), "")),
        **_way(entry, look),
    )


def held_letter(draft: Draft, look: Look) -> LetterShown:
    """A letter that waits its seconds."""
    assert draft.hold_until is not None
    mine = draft.author_id == look.me.pk
    return LetterShown(
        id=f"held-{draft.pk}",
        kind="held",
        author_name=draft.author.name,
        author_id=draft.author_id,
        author_is_me=mine,
        icon="send",
        how=_("about to leave"),
        at=draft.updated_at,
        text=draft.text,
        state="held",
        state_line=_("Leaves at %(time)s") % {"time": exact_time(timezone.localtime(draft.hold_until))},
        leaves_at=draft.hold_until,
        undo_url=address("held_undo", draft.pk) if mine else "",
    )


def _read(letter: Letter) -> dict[str, Any]:
    reading: LetterReading | None = getattr(letter, "reading", None)
    if reading is None:
        return {}
    url = address("heard", letter.pk)
    return {"heard": line_of(reading), "heard_url": url, "turned": turn_of(reading)}


def history(new: str, whole: str) -> str:
    """What stands in a letter besides the writer's own new words; pure."""
    if not new.strip() or not whole.strip() or whole.strip() == new.strip():
        return ""
    rest = whole.replace(new, "", 1) if new in whole else whole
    return rest.strip()


def _author(entry: Entry) -> str:
    return str(entry.member or entry.customer or entry.data.get("in_the_name_of") or _("The desk"))


def _how(entry: Entry, look: Look) -> tuple[str, str]:
    if entry.kind == "contact.in":
        icon, how = HEARD.get(entry.channel, HEARD["email"])
        writer = entry.data.get("written_up_by_name")
        return icon, str(format_lazy(_("{how}, written up by {name}"), how=how, name=writer) if writer else how)
    if entry.kind == "contact.call":
        told = {"name": look.case.customer.first_name, "minutes": int(entry.data.get("seconds") or 0) // 60}
        return "phone-outgoing", (_("rang %(name)s, %(minutes)d min") if told["minutes"] else _("rang %(name)s")) % told
    if entry.kind == "contact.transferred":
        return "arrow-right-left", _("handed over to %(name)s") % {"name": entry.data.get("to_name", "")}
    if entry.kind == "note.written":
        return "lock", _("note, only we see it")
    if entry.data.get("human") is False:
        return "zap", _("by itself, automatic: it answers nothing")
    if entry.data.get(ELSEWHERE):
        return "reply", _("wrote to others: it answers nothing")
    if ONLY_RECEIVED in entry.data.get("flags", ()):
        return "reply", _("wrote by mail; not an answer yet")
    return "reply", _("answered by mail")


def _facts(entry: Entry, look: Look) -> list[str]:
    facts = []
    if entry.case_id != look.case.pk:
        facts.append(_("From case %(case)s") % {"case": f"A-{entry.case_id}"})
    copied = [str(one.get("name") or one.get("address")) for one in entry.letter.cc]
    if copied:
        facts.append(_("Copy to %(names)s") % {"names": ", ".join(copied)})
    if BASES.intersection(ticks := entry.data.get("ticks", ())):
        facts.append(bases_line(ticks))
    if entry.data.get("cut"):
        facts.append(_("Too large: only its beginning is here, the rest lies on the mail server"))
    if entry.data.get("same_id"):
        facts.append(_("Another message came under the same Message-ID and says something else"))
    if HELD in entry.letter.html:
        facts.append(_("Pictures that lie elsewhere are held back: “Show as sent” asks whether to fetch them"))
    return facts + oddities.in_words(entry.data.get("problems") or [])


def _way(entry: Entry, look: Look) -> dict[str, Any]:
    """Truthful states of a letter of ours (UX §7)."""
    delivery = look.deliveries.get(entry.pk)
    if delivery is None:
        return {}
    if delivery.state == Delivery.State.WAITING:
        return {"state": "waiting", "state_line": _waiting(delivery)}
    if delivery.state == Delivery.State.SENT:
        line = _("Sent %(time)s") % {"time": _clock(delivery.sent_at)}
        if delivery.in_doubt:
            line = _("%(line)s. The mail server did not say so at first: it may have arrived twice") % {"line": line}
        return {"state": "sent", "state_line": line}
    if delivery.state == Delivery.State.DOUBT:
        return _doubted(delivery, look)
    by_hand = entry.data.get("human") is not False
    again = address("case_put_right", entry.pk) if look.may_write and by_hand else ""
    line = _("Did not arrive: %(why)s") % {"why": delivery.said or _("the mail server gave no reason")}
    return {"state": str(delivery.state), "state_line": line, "retry_url": again}


def _doubted(delivery: Delivery, look: Look) -> dict[str, Any]:
    if delivery.settled_at is not None:
        line = _("It may have arrived: the mail server did not say. Left so by %(name)s")
        return {"state": "doubt", "state_line": line % {"name": delivery.settled_by or _("the desk")}}
    asked = {"state": "doubt", "state_line": _("It may have arrived. Send it again or leave it?")}
    if not look.may_write:
        return asked
    urls = {name: address(f"undelivered_{name}", delivery.pk) for name in ("again", "leave")}
    return {**asked, "again_url": urls["again"], "leave_url": urls["leave"]}


def _waiting(delivery: Delivery) -> str:
    if not delivery.said:
        return _("On its way")
    return _("Not accepted yet, next try at %(time)s. The mail server says: %(said)s") % {
        "time": _clock(delivery.next_try_at),
        "said": delivery.said,
    }


def _clock(moment: datetime | None) -> str:
    return clock_time(timezone.localtime(moment)) if moment else ""


@prepared
def _step(case_id: int) -> QuerySet[NextStep]:
    return NextStep.objects.select_related("who").filter(case=case_id)


@prepared
def _promises(case_id: int) -> QuerySet[Promise]:
    return Promise.objects.filter(case=case_id).select_related("promisor")


@prepared
def _drafts(case_id: int) -> QuerySet[Draft]:
    drafts = Draft.objects.filter(case=case_id).select_related("author").prefetch_related("files")
    return drafts.order_by("hold_until", "pk")


@prepared
def _participants(case_id: int) -> QuerySet[Participant]:
    taking_part = Participant.objects.filter(case=case_id).select_related("customer")
    return taking_part.prefetch_related("customer__identities")


@prepared
def _identities(customer_id: int) -> QuerySet[Identity]:
    return Identity.objects.filter(customer=customer_id)
