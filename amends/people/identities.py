"""Who is writing: find or make the customer behind an address (CV2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amends.kit import phones
from amends.kit.prepared import prepared
from amends.kit.rows import insert
from amends.people.models import Customer, Identity


class IdentityError(Exception):
    """The address is none, or belongs to somebody else; the message says so."""


@dataclass(frozen=True)
class Writer:
    """Whoever wrote, as the message names them: a display name may be empty, and is what a stranger wrote."""

    shown: str
    name: str = ""


def recognise(kind: str, shown: str, name: str, now: datetime, *, region: str = "GB") -> Customer:
    """The customer behind an address; made, with the identity, when new. Raises IdentityError.

    A name is only ever filled in, never overwritten.
    """
    (customer,) = recognise_all(kind, [Writer(shown, name)], now, region=region)
    return customer


def recognise_all(kind: str, writers: Sequence[Writer], now: datetime, *, region: str = "GB") -> list[Customer]:
    """The customers behind many addresses, in as many statements as for one. Raises IdentityError as `recognise` does."""
    values = [normalise(kind, writer.shown, region=region) for writer in writers]
    new = dict(zip(values, writers, strict=True))
    known = _known(kind, values)
    try:
        with transaction.atomic(savepoint=len(known) < len(new)):
            made = _make(kind, {value: writer for value, writer in new.items() if value not in known}, now)
    except IntegrityError:  # somebody else made one of them a moment ago
        return recognise_all(kind, writers, now, region=region)
    nameless = [(known[value], new[value].name) for value in known if new[value].name and not known[value].name]
    for customer, name in nameless:
        customer.name = name[:200]
        customer.save(update_fields=["name"])
    return [known.get(value) or made[value] for value in values]


def _known(kind: str, values: Sequence[str]) -> dict[str, Customer]:
    return {identity.value: identity.customer for identity in _with_customers(kind, values)}


@prepared
def _with_customers(kind: str, values: Collection[str]) -> QuerySet[Identity]:
    return Identity.objects.select_related("customer").filter(kind=kind, value__in=values, told_for=0)


def _make(kind: str, writers: Mapping[str, Writer], now: datetime) -> dict[str, Customer]:
    if not writers:
        return {}
    made = insert(Customer(name=one.name[:200], created_at=now) for one in writers.values())
    customers = dict(zip(writers, made, strict=True))
    insert(_identity(customers[value], kind, value, writer.shown, now) for value, writer in writers.items())
    return customers


def find(kind: str, value: str) -> Customer | None:
    """The customer who owns this normalised identity, or None."""
    found = Identity.objects.select_related("customer").filter(kind=kind, value=value, told_for=0).first()
    return found.customer if found else None


def everybody_with(kind: str, value: str) -> list[Customer]:
    """The owner of this normalised identity, then those for whom it was told, the newest first."""
    found = Identity.objects.select_related("customer").filter(kind=kind, value=value)
    return [identity.customer for identity in sorted(found, key=lambda one: (one.told_for > 0, -one.pk))]


def tell(kind: str, shown: str, name: str, now: datetime, *, region: str = "GB") -> Customer:
    """A new customer, to be reached under what is somebody else's identity. Raises IdentityError."""
    value = normalise(kind, shown, region=region)
    customer = Customer.objects.create(name=name[:200], created_at=now)
    identity = _identity(customer, kind, value, shown, now)
    identity.told_for = customer.pk
    identity.save(force_insert=True)
    return customer


def add_identity(customer: Customer, kind: str, shown: str, now: datetime, *, region: str = "GB") -> Identity:
    """Give a customer one more identity. Raises IdentityError when it is somebody else's."""
    value = normalise(kind, shown, region=region)
    owner = find(kind, value)
    if owner is not None:
        if owner.pk == customer.pk:
            return Identity.objects.get(kind=kind, value=value, told_for=0)
        raise IdentityError(
            _("%(shown)s already belongs to %(owner)s. Open %(owner)s to see what is known there.")
            % {"shown": shown, "owner": owner}
        )
    return _link(customer, kind, value, shown, now)


def works_again(values: Sequence[str]) -> None:
    """Mail came from these addresses, or was taken for them: what was said against them is over."""
    found = Identity.objects.filter(kind=Identity.Kind.EMAIL, value__in=[small(value) for value in values])
    found.exclude(undeliverable_at=None).update(undeliverable_at=None, undeliverable_why="")


def is_one(kind: str, shown: str) -> bool:
    """Whether `shown` can be an identity at all."""
    try:
        normalise(kind, shown)
    except IdentityError:
        return False
    return True


def normalise(kind: str, shown: str, *, region: str = "GB") -> str:
    """The comparable form of an identity. Raises IdentityError when it cannot be one."""
    text = shown.strip()
    if kind == Identity.Kind.PHONE:
        try:
            number = phones.international(text, region)
        except ValueError as error:
            raise IdentityError(
                _("%(shown)s is not a phone number. Write it like +44 20 7946 0182.") % {"shown": shown}
            ) from error
        if number is None:
            raise IdentityError(_("%(shown)s is too short or too long for a phone number.") % {"shown": shown})
        return number
    local = text.rpartition("@")[0]
    # What names two domains, or hides one behind a backslash, is nobody's (S15).
    torn = not local or "@" in local or "\\" in text
    if torn or len(text) > 320 or any(c.isspace() or c == "\x00" for c in text):
        raise IdentityError(
            _("%(shown)s is not a mail address. Write it like name@example.com.") % {"shown": shown or _("This")}
        )
    return small(text)


def small(text: str) -> str:
    """Lower case, but for signs such as the Kelvin sign that would become a plain letter: another's address."""
    if text.isascii():
        return text.lower()
    return "".join(sign.lower() if sign.isascii() or not _holds_ascii(sign.lower()) else sign for sign in text)


def check_email(shown: str) -> str:
    """A mail address that we could write to, normalised. Raises IdentityError otherwise."""
    value = normalise(Identity.Kind.EMAIL, shown)
    try:
        validate_email(value)
    except ValidationError as error:
        raise IdentityError(
            _("%(shown)s is not a mail address. Write it like name@example.com.") % {"shown": shown}
        ) from error
    return value


def _holds_ascii(text: str) -> bool:
    return any(sign.isascii() for sign in text)


def _link(customer: Customer, kind: str, value: str, shown: str, now: datetime) -> Identity:
    identity = _identity(customer, kind, value, shown, now)
    identity.save(force_insert=True)
    return identity


def _identity(customer: Customer, kind: str, value: str, shown: str, now: datetime) -> Identity:
    return Identity(customer=customer, kind=kind, value=value, shown=shown.strip()[:320], first_seen_at=now)
