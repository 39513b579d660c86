"""Which account speaks for a case, and how each of them is doing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from amends.cases import reply_tokens
from amends.channels import breaker
from amends.channels.breaker import Breaker
from amends.channels.email import oauth
from amends.channels.email.settings import MailSettings
from amends.channels.message import AccountSettings
from amends.channels.models import Account
from amends.kit import drift, secrets, wake
from amends.kit.prepared import prepared
from amends.people.models import Brand

OAUTH = ("google", "microsoft")
PLUS = "plus_addresses"
"""The mailbox's setting: mail to help+anything@ arrives where mail to help@ does."""
SPEAKING = (Account.Kind.EMAIL, Account.Kind.LOCAL, Account.Kind.FORWARDED)


def own_addresses() -> frozenset[str]:
    """Every address that is ours, lower case: mail from them is a loop."""
    return frozenset(address.lower() for address in _addresses())


@prepared
def _addresses() -> QuerySet[Account, str]:
    return Account.objects.exclude(kind=Account.Kind.WEBFORM).values_list("address", flat=True)


def form_of(brand: Brand) -> Account:
    """The account behind a brand's contact form and case pages; made when first needed."""
    account, _ = Account.objects.get_or_create(
        kind=Account.Kind.WEBFORM, address=f"form:{brand.pk}", defaults={"brand": brand, "name": brand.name}
    )
    return account


def speaking_for(brand: Brand, prefer_id: int | None = None) -> Account | None:
    """The account that letters leave from: where the customer wrote to, else the brand's first."""
    accounts = Account.objects.filter(brand=brand, kind__in=SPEAKING, active=True).order_by("pk")
    preferred = accounts.filter(pk=prefer_id).first() if prefer_id else None
    return preferred or accounts.first()


def answers_to(account: Account, case_id: int, readers: Sequence[str]) -> str:
    """Where a letter asks to be answered when the mailbox takes plus-addresses; empty for its own address."""
    if not account.settings.get(PLUS):
        return ""
    return reply_tokens.plus_address(account.address, case_id, readers)


def account_for(address: str) -> Account | None:
    """The account that takes mail to `address`; plus-addresses belong to their base."""
    local, _, domain = address.lower().partition("@")
    bare = f"{local.partition('+')[0]}@{domain}"
    return Account.objects.filter(kind__in=SPEAKING, address__iexact=bare, active=True).first()


def opened(account: Account) -> AccountSettings:
    """What the adapter may know, for a conversation that begins now.

    A provider may hand out a new lasting key with a short-lived one; it is kept before the old one ends.
    Raises ChannelError or kit.secrets.SecretError.
    """
    settings = account.for_adapter()
    if settings.settings.get("auth") not in OAUTH or not settings.secret.get("refresh_token"):
        return settings
    token = oauth.access_token(MailSettings.of(settings))
    if token.refresh_token and token.refresh_token != settings.secret["refresh_token"]:
        put_secret(account, refresh_token=token.refresh_token)
        account.save(update_fields=["sealed"])
        return account.for_adapter()
    return settings


def heard(account: Account, now: datetime) -> None:
    """The server answered: trouble in hearing is over."""
    Account.objects.filter(pk=account.pk).update(heard_at=now, cannot_hear=False)
    _perhaps_well(account)


def spoke(account: Account) -> bool:
    """The server took a letter, or said what is wrong with it: trouble in speaking is over. True when there was some."""
    was = Account.objects.filter(pk=account.pk, cannot_speak=True).update(cannot_speak=False)
    failing = Account.objects.filter(pk=account.pk).exclude(speak_failures=0, speak_after=None)
    waited = failing.update(speak_failures=0, speak_after=None)
    if was:
        _perhaps_well(account)
    return bool(was or waited)


def in_trouble(account: Account, said: str, now: datetime, *, speaking: bool = False) -> None:
    """Remember what is wrong, and since when."""
    side = "cannot_speak" if speaking else "cannot_hear"
    Account.objects.filter(pk=account.pk).update(trouble=said[:400], **{side: True})
    Account.objects.filter(pk=account.pk, trouble_since=None).update(trouble_since=now)
    wake.nudge()


def breaker_of(account: Account) -> Breaker:
    """How the mailbox's letters stand, as the row was when it was read."""
    return Breaker(account.speak_failures, account.speak_after)


def may_try(account: Account, now: datetime, lasts: timedelta) -> bool:
    """Whether a letter may leave from here now. While the mailbox fails, one at a time: it has `lasts` to find out."""
    before = breaker_of(account)
    match before.state(now):
        case breaker.State.CLOSED:
            return True
        case breaker.State.OPEN:
            return False
        case _:
            return _turn(account, before, breaker.probing(before, now, lasts))


def could_not_speak(account: Account, said: str, now: datetime, *, sure: bool) -> Breaker:
    """A letter could not leave, and it was not the letter's fault. Gives how the mailbox's letters stand now."""
    account.refresh_from_db(fields=["speak_failures", "speak_after"])
    before = breaker_of(account)
    after = breaker.failed(before, now, sure=sure)
    _turn(account, before, after)
    if after.until is not None:
        in_trouble(account, said, now, speaking=True)
    return after


def let_the_next_try(account: Account, now: datetime) -> None:
    """A probe that learnt nothing of the mailbox hands its turn on."""
    account.refresh_from_db(fields=["speak_failures", "speak_after"])
    before = breaker_of(account)
    _turn(account, before, breaker.learnt_nothing(before, now))


def try_now(account: Account, now: datetime) -> None:
    """Somebody mended the mailbox, or thinks so: a letter tries at once."""
    Account.objects.filter(pk=account.pk, speak_after__gt=now).update(speak_after=now)
    wake.nudge()


def set_right(now: datetime) -> int:
    """Trouble that began in the future began now: else nobody would hear that it lasts."""
    return drift.bring_back(Account.objects.exclude(trouble_since=None), "trouble_since", now)


def put_off(now: datetime) -> Q:
    """Deliveries whose mailbox lets none of them try now."""
    return Q(account__speak_after__gt=now, account__speak_after__lte=now + breaker.FARTHEST)


def put_secret(account: Account, **values: str) -> None:
    """Seal the given secrets beside those already there; the caller saves the account."""
    known = secrets.unseal(account.sealed)
    account.sealed = secrets.seal({**known, **{key: value for key, value in values.items() if value}})


def _perhaps_well(account: Account) -> None:
    well = Account.objects.filter(pk=account.pk, cannot_hear=False, cannot_speak=False)
    well.exclude(trouble="", trouble_since=None).update(trouble="", trouble_since=None, alarmed=False)
    wake.nudge()


def _turn(account: Account, before: Breaker, after: Breaker) -> bool:
    """False when another worker has turned it meanwhile: what it found out stands."""
    row = Account.objects.filter(pk=account.pk, speak_failures=before.failures, speak_after=before.until)
    won = row.update(speak_failures=after.failures, speak_after=after.until)
    if won:
        account.speak_failures, account.speak_after = after.failures, after.until
    return bool(won)
