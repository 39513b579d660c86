"""What a child does for its feeder: one order, one answer. An order that was answered has happened, whatever breaks next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error
from django.db.models import Exists, OuterRef

from amends.cases import drafts, unneeded
from amends.cases.models import Case, Closure, Draft, Entry
from amends.channels.email import adapter as email
from amends.channels.email.imap import Fetched
from amends.channels.models import Account
from amends.clock import promises
from amends.config.schedule import BESIDE, SCHEDULE
from amends.flows import closing, handover, listening, merging, note, reply, taking
from amends.kit import blobs
from amends.people.models import Member
from amends.triage.routing import NobodyAtAll
from tests.faults.probes import probe

REFUSALS = (
    closing.ClosingError,
    drafts.DraftGone,
    drafts.DraftTaken,
    handover.HandoverError,
    merging.MergeError,
    note.EmptyNote,
    promises.PromiseError,
    reply.CannotSend,
    reply.KeptAsNote,
    NobodyAtAll,
)
Order = dict[str, Any]
Answer = dict[str, Any]
Say = Callable[[Answer], None]


class NothingToDo(Exception):
    """No case or draft of the kind that the order wants."""


def do(order: Order, say: Say) -> None:
    """Do it and answer; what the desk refuses is answered as refused."""
    deed = DEEDS[order["do"]]
    now = datetime.fromisoformat(order["now"])
    probe.begin(order["do"])
    try:
        told = deed(order, now, say) or {}
    except (*REFUSALS, NothingToDo) as error:
        told = {"refused": type(error).__name__}
    except (OSError, Error, taking.TakingError) as error:
        # Whoever asked is told "not now": nobody knows what has happened, and nothing may have half happened.
        probe.begin("")
        say({"failed": order["n"], "why": repr(error)})
        return
    probe.around("answer", lambda: say({"done": order["n"], **told}))


def fetch(order: Order, now: datetime, say: Say) -> Answer | None:
    """Mails from a mailbox: the feeder is its server, and hears which of them are marked as seen."""

    def offered() -> Iterator[Fetched]:
        for mail in order["mails"]:
            raw = mail["raw"].encode("latin-1")
            yield Fetched(str(mail["n"]), "1", raw, len(raw), raw, partial(_acknowledge, mail, say))

    @contextmanager
    def fetching(*_account: Any, **_how: Any) -> Iterator[Iterator[Fetched]]:
        yield offered()

    vars(email)["fetching"] = fetching
    listening.fetch_all(Account.objects.get(address="help@thimble.example"))
    return None


def pipe(order: Order, now: datetime, say: Say) -> Answer | None:
    """Mails through a mail server's pipe: each is acknowledged by the exit of its process."""
    for mail in order["mails"]:
        taking.take_pipe(mail["raw"].encode("latin-1"), "help@thimble.example")
        _acknowledge(mail, say)
    return None


def _acknowledge(mail: dict[str, Any], say: Say) -> None:
    probe.around("acknowledge", lambda: say({"acked": mail["n"]}))


def job(name: str) -> Callable[[Order, datetime, Say], Answer | None]:
    """A job of the worker's schedule."""

    def run(order: Order, now: datetime, say: Say) -> Answer | None:
        wanted = next(job for job in (*SCHEDULE, *BESIDE) if job.name == name)
        return {"settled": wanted.run(now)}

    return run


def answer(order: Order, now: datetime, say: Say) -> Answer | None:
    case = _open_case(order)
    begun = drafts.open_draft(case, Draft.Kind.LETTER)
    by = begun.author if begun else _somebody(order)
    address = case.customer.identities.values_list("value", flat=True).first()
    written = drafts.Written(
        # What was taken back stands there still, whether or not somebody was told so.
        text=f"{begun.text if begun else ''} I am sorry about the flowers. We look at it and write to you. {order['token']}",
        to=[address or "nobody@customer.example"],
        reason="It must go so.",
    )
    held = reply.send(case, written, by=by, now=now)
    return {"draft": held.draft.pk}


def undo(order: Order, now: datetime, say: Say) -> Answer | None:
    held = Draft.objects.filter(hold_until__gt=now).order_by("-pk").first()
    if held is None:
        raise NothingToDo
    draft = reply.take_back(held.pk, by=held.author, now=now)
    return {"took_back": draft.pk}


def hand_over(order: Order, now: datetime, say: Say) -> Answer | None:
    case = _open_case(order)
    to = next(member for member in _members() if member.pk != case.owner_id)
    handover.hand_over(case, to, f"All is said. {order['token']}", by=_somebody(order), now=now)
    return {"case": case.pk, "to": to.pk}


def merge(order: Order, now: datetime, say: Say) -> Answer | None:
    pairs = Case.objects.filter(merged_into=None, closure=None, customer=OuterRef("customer")).exclude(
        pk=OuterRef("pk")
    )
    source = _one_of(order, _cases().filter(Exists(pairs)))
    target = _cases().filter(customer=source.customer).exclude(pk=source.pk)[0]
    merging.merge(source, target, by=_somebody(order), now=now)
    return {"case": source.pk, "into": target.pk}


def split(order: Order, now: datetime, say: Say) -> Answer | None:
    case = _open_case(order)
    heard = list(Entry.objects.filter(case=case, kind="contact.in")[:1])
    part = merging.split(case, heard, f"Its own matter {order['token']}", by=_somebody(order), now=now)
    return {"case": part.pk}


def close(order: Order, now: datetime, say: Say) -> Answer | None:
    case = _open_case(order)
    closing.close(case, "answered", by=_somebody(order), now=now, words=order["token"])
    return {"case": case.pk}


def reopen(order: Order, now: datetime, say: Say) -> Answer | None:
    closed = Closure.objects.select_related("case").filter(case__merged_into=None).first()
    if closed is None:
        raise NothingToDo
    closing.reopen(closed.case, by=_somebody(order), now=now, why=order["token"])
    return {"case": closed.case_id}


def write_note(order: Order, now: datetime, say: Say) -> Answer | None:
    note.write(_open_case(order), f"Look at this, @Bo. {order['token']}", by=_somebody(order), now=now)
    return None


def lose(order: Order, now: datetime, say: Say) -> Answer | None:
    """All that lies on disk has lost a row; what was stored a moment ago may not have got its own yet."""
    folder = Path(settings.BLOBS_DIR)
    unneeded.note(path.name for path in folder.glob("??/??/*") if not path.name.startswith("."))
    return None


def stray(order: Order, now: datetime, say: Say) -> Answer | None:
    """Bytes that nobody has any more. Only where no kill falls between the two."""
    unneeded.note([blobs.put(order["token"].encode())])
    return None


def send_one(order: Order, now: datetime, say: Say) -> Answer | None:
    """A crowd sends one letter: all hold the same pen, as in twenty windows of one colleague."""
    case = Case.objects.select_related("brand", "customer", "owner").get(pk=order["case"])
    newest = reply.newest_said(case)
    written = drafts.Written(text="I am sorry. We look at it.", to=["person1@customer.example"], reason="So it is.")
    before = Draft.objects.filter(case=case).exclude(hold_until=None).count()
    held = reply.send(case, written, by=_members()[0], now=now, seen=newest)
    return {"draft": held.draft.pk, "before": before}


def hand_over_one(order: Order, now: datetime, say: Say) -> Answer | None:
    case = Case.objects.select_related("brand", "customer", "owner").get(pk=order["case"])
    to: Member = Member.objects.get(pk=order["to"])
    handover.hand_over(case, to, "All is said.", by=to, now=now)
    return None


def close_one(order: Order, now: datetime, say: Say) -> Answer | None:
    case = Case.objects.select_related("brand", "customer", "owner").get(pk=order["case"])
    closing.close(case, "answered", by=_members()[0], now=now)
    return None


def merge_one(order: Order, now: datetime, say: Say) -> Answer | None:
    """Half of them the one into the other, half the other way round."""
    pair = [Case.objects.get(pk=order[name]) for name in ("case", "other")]
    source, target = pair if order["n"] % 2 else reversed(pair)
    merging.merge(source, target, by=_members()[0], now=now)
    return {"case": source.pk, "into": target.pk}


def undo_one(order: Order, now: datetime, say: Say) -> Answer | None:
    author = Draft.objects.select_related("author").get(pk=order["draft"]).author
    reply.take_back(order["draft"], by=author, now=now)
    return None


DEEDS: dict[str, Callable[[Order, datetime, Say], Answer | None]] = {
    "fetch": fetch,
    "pipe": pipe,
    **{one.name: job(one.name) for one in (*SCHEDULE, *BESIDE)},
    "reply": answer,
    "undo": undo,
    "hand over": hand_over,
    "merge": merge,
    "split": split,
    "close": close,
    "reopen": reopen,
    "note": write_note,
    "lose": lose,
    "stray": stray,
    "send one": send_one,
    "hand over one": hand_over_one,
    "close one": close_one,
    "merge one": merge_one,
    "undo one": undo_one,
}


def _cases() -> Any:
    return Case.objects.filter(merged_into=None, closure=None).order_by("pk")


def _open_case(order: Order) -> Case:
    return _one_of(order, _cases())


def _one_of(order: Order, cases: Any) -> Case:
    keys = list(cases.values_list("pk", flat=True))
    if not keys:
        raise NothingToDo
    return Case.objects.select_related("brand", "customer", "owner").get(pk=keys[order["pick"] % len(keys)])


def _members() -> list[Member]:
    return list(Member.objects.filter(email__in=["delphine@desk.example", "bo@desk.example"]).order_by("pk"))


def _somebody(order: Order) -> Member:
    members = _members()
    return members[int(order["pick"]) // 7 % len(members)]
