"""Tell a story through the real flows, at times of its own: nothing in the demo is painted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from zoneinfo import ZoneInfo

from django.utils import timezone

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry
from amends.channels import inbox, outbox
from amends.channels.models import Account, Delivery
from amends.clock import promises
from amends.flows import closing, handover, intake, note, promising, reply, starting
from amends.people.models import Brand, Member

HOME = ZoneInfo("Europe/London")


@dataclass
class Teller:
    """Tells what happened at given times; keeps count so that every mail has its own Message-ID."""

    now: datetime
    _told: int = field(default=0)

    def at(self, days: int, clock: str) -> datetime:
        """A time of day, `days` away from today, in the stories' home zone."""
        hour, minute = (int(part) for part in clock.split(":"))
        day = self.now.astimezone(HOME).date() + timedelta(days=days)
        return datetime.combine(day, time(hour, minute), HOME)

    def ago(self, minutes: int) -> datetime:
        """That many minutes before now."""
        return self.now - timedelta(minutes=minutes)

    def mail(self, who: str, brand: Brand, subject: str, text: str, at: datetime) -> Case:
        """A customer writes; `who` is ``Name <address>``. Answers the newest letter of the same subject."""
        self._told += 1
        name, _, address = who.rpartition(" ")
        account = Account.objects.get(brand=brand, kind=Account.Kind.LOCAL)
        letter = EmailMessage()
        letter["From"] = formataddr((name, address.strip("<>")))
        letter["To"] = account.address
        letter["Subject"] = subject
        letter["Date"] = format_datetime(at)
        letter["Message-ID"] = f"<story-{self._told}-{int(at.timestamp())}@post.example>"
        answered = self._answered(brand, address.strip("<>"), subject)
        if answered:
            letter["In-Reply-To"] = answered
            letter["References"] = answered
        letter.set_content(text)
        return self._heard(inbox.keep(account, letter.as_bytes(), source="import", now=at).pk, at)

    def answer(self, case: Case, by: Member, text: str, at: datetime, words: Sequence[promises.Word] = ()) -> None:
        """A colleague answers, and the letter leaves."""
        address = case.customer.identities.filter(kind="email").values_list("shown", flat=True)[0]
        draft = drafts.save(
            case,
            Draft.Kind.LETTER,
            drafts.Written(text=text, to=[address], promises=[_found(word) for word in words]),
            by=by,
            now=at,
        )
        drafts.hold(draft, until=at, by=by)
        entry = reply.release(draft.pk, at)
        assert entry is not None
        delivery = outbox.claim(Delivery.objects.get(entry=entry).pk, at)
        assert delivery is not None
        outbox.attempt(delivery, at)

    def call(self, case: Case, by: Member, text: str, at: datetime) -> None:
        """A call is written up."""
        starting.write_up_call(case, text, by=by, now=at)

    def rings(self, beginning: starting.Beginning, by: Member, at: datetime) -> Case:
        """Somebody rings, and a colleague opens a case."""
        return starting.start(beginning, by=by, now=at)

    def note(self, case: Case, by: Member, text: str, at: datetime) -> None:
        """A note for us."""
        note.write(case, text, by=by, now=at)

    def hand_over(self, case: Case, to: Member, by: Member, summary: str, at: datetime) -> None:
        """The case goes to somebody else."""
        handover.hand_over(case, to, summary, by=by, now=at)

    def promise(self, case: Case, by: Member, word: promises.Word, at: datetime) -> None:
        """A word given outside a letter."""
        promising.give(case, word, promisor=by, by=by, now=at)

    def keep(self, case: Case, act: str, by: Member, evidence: str, at: datetime) -> None:
        """A promise is kept."""
        promise = promises.owed(case).get(act=act)
        promising.keep(promise, by=by, now=at, evidence=evidence)

    def close(self, case: Case, reason: str, by: Member, words: str, at: datetime) -> None:
        """The case ends."""
        closing.close(case, reason, by=by, now=at, words=words)

    def _heard(self, kept_id: int, at: datetime) -> Case:
        entry = intake.take_in(kept_id, at)
        assert entry is not None
        return Case.objects.get(pk=entry.case_id)

    def _answered(self, brand: Brand, address: str, subject: str) -> str:
        if not subject.lower().startswith("re:"):
            return ""
        last = (
            Entry.objects.filter(
                case__brand=brand, kind="contact.out", case__customer__identities__value=address.lower()
            )
            .select_related("letter")
            .order_by("-at")
            .first()
        )
        return last.letter.message_id if last else ""


def _found(word: promises.Word) -> dict[str, str]:
    return {"act": word.act, "due": word.due.isoformat(), "kind": word.kind, "words": word.words}


def today() -> datetime:
    """Now, to the minute."""
    return timezone.now().replace(second=0, microsecond=0)
