"""What a letter says besides the writer's own words: signature, the way to the case page, the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from amends.cases import reply_tokens
from amends.cases.models import Case, Draft, Letter
from amends.cases.subjects import bare
from amends.flows import page_links
from amends.kit.html import sanitise
from amends.people import identities
from amends.people.models import Identity

QUOTE_MOST = 20_000
"""Characters of history under a letter; the case page has it all."""


@dataclass(frozen=True)
class Page:
    """The whole letter as it leaves."""

    text: str
    html: str


def compose(draft: Draft, answered: Letter | None, now: datetime) -> Page:
    """The draft with signature, link and quoted history; HTML only when it was written rich."""
    case = draft.case
    readers = {identities.small(address) for address in (*draft.to, *draft.cc)}
    with override(case.language or case.brand.language):
        context = {
            "words": draft.text.strip(),
            "rich": sanitise(draft.html) if draft.html else "",
            "name": draft.author.name,
            "title": draft.author.title,
            "brand": case.brand,
            "link": page_links.link_for(case, now) if readers <= _own_addresses(case) else "",
            "foot": reply_tokens.foot(case.pk, readers),
            "history": _history(case, answered) if _may_read(readers, answered) else None,
        }
        text = render_to_string("flows/letter.txt", context).strip() + "\n"
        html = render_to_string("flows/letter.html", context) if draft.html else ""
    return Page(text, html)


def subject(case: Case, answered: Letter | None) -> str:
    """A human sentence: the customer's own subject, else the matter."""
    words = bare(answered.subject) if answered else ""
    return f"Re: {words}" if words else case.title


def address(case: Case, value: str) -> dict[str, str]:
    """An address with the name of whoever has it and takes part; whom else it names is not this case's to tell."""
    taking_part = Q(customer=case.customer_id) | Q(customer__in=case.participants.values("customer"))
    known = Identity.objects.select_related("customer").filter(taking_part, kind="email", value=identities.small(value))
    first = known.order_by("pk").first()
    return {"name": first.customer.name if first else "", "address": value}


def _own_addresses(case: Case) -> set[str]:
    """The customer's: whoever else reads the letter must not get the way to the whole case."""
    return set(case.customer.identities.filter(kind=Identity.Kind.EMAIL).values_list("value", flat=True))


def _may_read(readers: set[str], answered: Letter | None) -> bool:
    """History is quoted only to those who wrote it or got it."""
    if answered is None:
        return False
    knew = {identities.small(str(one.get("address", ""))) for one in (answered.sender, *answered.to, *answered.cc)}
    writer = answered.entry.customer
    if writer is not None:
        knew |= set(writer.identities.values_list("value", flat=True))
    return readers <= knew


def _history(case: Case, answered: Letter | None) -> dict[str, object] | None:
    if answered is None:
        return None
    at = answered.entry.at.astimezone(ZoneInfo(case.brand.time_zone))
    who = answered.sender.get("name") or answered.sender.get("address") or case.customer.name
    text = (answered.new_text or answered.text)[:QUOTE_MOST]
    return {
        "intro": _("On %(day)s at %(time)s, %(name)s wrote:")
        % {"day": f"{at:%d.%m.%Y}", "time": f"{at:%H:%M}", "name": who},
        "lines": text.splitlines(),
    }
