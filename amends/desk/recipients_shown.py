"""To whom a letter can go: the person's addresses first, then those who take part."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amends.cases.models import Draft
from amends.desk.letters_shown import Look
from amends.people.models import Customer, Identity


@dataclass(frozen=True)
class Recipient:
    """One address that can be chosen."""

    address: str
    label: str
    chosen: bool = False
    refused: bool = False


@dataclass(frozen=True)
class Recipients:
    """Those for To, those for Cc, and addresses in Cc that belong to nobody here."""

    to: tuple[Recipient, ...]
    takes_part: list[Recipient]
    cc: str


def recipients_of(look: Look, draft: Draft | None) -> Recipients:
    """What the head of the composer offers; without a draft the answer goes where the question came from."""
    customer = look.case.customer
    people = [customer, *(one.customer for one in look.participants)]
    known = [(person, identity) for person in people for identity in _mail(person, look)]
    chosen = draft.to[0].lower() if draft and draft.to else _usual(look, [identity for _p, identity in known])
    copied = {address.lower() for address in draft.cc} if draft else set()
    to = [_recipient(person, identity, identity.value == chosen) for person, identity in known]
    if chosen and all(not one.chosen for one in to):
        to.append(Recipient(chosen, chosen, chosen=True))
    takes_part = [
        _recipient(person, identity, identity.value in copied) for person, identity in known if person != customer
    ]
    strangers = copied - {identity.value for _p, identity in known}
    return Recipients(tuple(to), takes_part, ", ".join(sorted(strangers)))


def _mail(person: Customer, look: Look) -> list[Identity]:
    known = look.identities if person == look.case.customer else person.identities.all()
    return [one for one in known if one.kind == Identity.Kind.EMAIL]


def _usual(look: Look, known: list[Identity]) -> str:
    """Where the newest message came from, unless letters do not arrive there; else the first that takes them."""
    good = [one.value for one in known if one.undeliverable_at is None]
    said = look.heard
    sender = str(said.sender.get("address", "")).lower() if said else ""
    if sender in good:
        return sender
    return next(iter(good or [one.value for one in known]), "")


def _recipient(person: Customer, identity: Identity, chosen: bool) -> Recipient:
    refused = identity.undeliverable_at is not None
    label = f"{person} <{identity.shown}>"
    if refused:
        label = _("%(address)s, does not take our letters") % {"address": label}
    return Recipient(identity.value, label, chosen, refused)
