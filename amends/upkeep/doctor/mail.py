"""Mailboxes, and what the world's name servers say of their domains: MX, SPF, DKIM, DMARC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import dns.exception
import dns.resolver
from django.utils import timezone

from amends.channels.models import Account
from amends.upkeep.doctor.finding import Finding, fail, ok, warn

SILENT = timedelta(hours=1)
PATIENCE = 4.0
"""Seconds for one question to the name servers."""


class Unreachable(Exception):
    """No name server answered."""


@dataclass
class Names:
    """Asks name servers. `servers` and `port` are the machine's own unless given."""

    servers: list[str] = field(default_factory=list)
    port: int = 53

    def ask(self, name: str, kind: str) -> list[str]:
        """The answers as text; none when there are none. Raises Unreachable."""
        resolver = dns.resolver.Resolver(configure=not self.servers)
        if self.servers:
            resolver.nameservers, resolver.port = list(self.servers), self.port
        try:
            answer = resolver.resolve(name, kind, lifetime=PATIENCE)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise Unreachable(type(error).__name__) from error
        if kind == "TXT":
            return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]
        return [row.to_text() for row in answer]


def mailboxes(now: datetime) -> Iterator[Finding]:
    """How each mailbox does."""
    for account in Account.objects.filter(active=True, kind=Account.Kind.EMAIL).order_by("address"):
        check = f"mailbox {account.address}"
        if account.trouble:
            yield fail(check, account.trouble, "Settings → Mail and channels → Test.")
        elif account.heard_at is None:
            yield warn(check, "was never heard.", "Does a worker run?")
        elif now - account.heard_at > SILENT:
            yield warn(check, f"was last heard {timezone.localtime(account.heard_at):%Y-%m-%d %H:%M}.", "See the log.")
        else:
            yield ok(check, "heard within the hour.")


def domains(names: Names) -> Iterator[Finding]:
    """What others must find in the DNS to believe our letters."""
    speaking = Account.objects.filter(active=True, kind__in=[Account.Kind.EMAIL, Account.Kind.FORWARDED])
    selectors: dict[str, set[str]] = {}
    for account in speaking.order_by("address"):
        domain = account.address.rpartition("@")[2].lower()
        selectors.setdefault(domain, set()).update(filter(None, [str(account.settings.get("dkim_selector") or "")]))
    for domain, known in selectors.items():
        try:
            yield from of_domain(domain, sorted(known), names)
        except Unreachable as error:
            yield warn(f"dns of {domain}", f"no name server answers ({error}).", "Ask again with a network.")


def of_domain(domain: str, selectors: list[str], names: Names) -> Iterator[Finding]:
    """One domain. Raises Unreachable."""
    if names.ask(domain, "MX"):
        yield ok(f"mx of {domain}", "there.")
    else:
        yield warn(f"mx of {domain}", "none: answers to our letters find no way.", "Publish an MX record.")
    yield spf(domain, [text for text in names.ask(domain, "TXT") if is_spf(text)])
    for selector in selectors:
        found = names.ask(f"{selector}._domainkey.{domain}", "TXT")
        yield dkim(domain, selector, found)
    if not selectors:
        yield ok(f"dkim of {domain}", "signed by your mail server, if at all; the desk does not know its selector.")
    yield dmarc(domain, [text for text in names.ask(f"_dmarc.{domain}", "TXT") if text.lower().startswith("v=dmarc1")])


def is_spf(text: str) -> bool:
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def spf(domain: str, records: list[str]) -> Finding:
    check = f"spf of {domain}"
    if not records:
        return warn(check, "none: letters land among spam.", "Publish v=spf1 with your provider's include, and -all.")
    if len(records) > 1:
        return fail(check, f"{len(records)} records; receivers then believe none.", "Join them into one.")
    words = records[0].lower().split()
    if words[-1] in ("+all", "all"):
        return fail(check, "it lets everybody send in your name.", "End it with -all or ~all.")
    if words[-1] not in ("-all", "~all") and not words[-1].startswith("redirect="):
        return warn(check, "it does not say what to do with others.", "End it with -all or ~all.")
    return ok(check, words[-1] + ".")


def dkim(domain: str, selector: str, records: list[str]) -> Finding:
    check = f"dkim {selector} of {domain}"
    if not any("p=" in text for text in records):
        return fail(check, "no key is published.", "Publish the TXT record that your mail server shows.")
    if any(part.strip() == "p=" for text in records for part in text.split(";")):
        return fail(check, "the key was taken back.", "Publish the new one.")
    return ok(check, "there.")


def dmarc(domain: str, records: list[str]) -> Finding:
    check = f"dmarc of {domain}"
    if not records:
        return warn(check, "none: anybody may write in your name.", "Publish v=DMARC1; p=quarantine.")
    if len(records) > 1:
        return fail(check, f"{len(records)} records; receivers then believe none.", "Keep one.")
    tags = dict(part.strip().split("=", 1) for part in records[0].split(";") if "=" in part)
    policy = tags.get("p", "").strip().lower()
    if policy in ("quarantine", "reject"):
        return ok(check, f"p={policy}.")
    if policy == "none":
        return warn(check, "p=none only watches.", "Go on to p=quarantine once the reports look right.")
    return fail(check, "it has no policy.", "Publish v=DMARC1; p=quarantine.")
