"""The panel beside a case: whom we serve, what we owe, who has it, and the way to the customer's page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.models import Case, Entry
from amends.cases.risk import ABOUT_TO_BE_LOST, Risk, explain
from amends.desk.ladder_shown import LadderShown, ladder_of
from amends.desk.letters_shown import Look
from amends.desk.promises_shown import PromiseShown, promises_of
from amends.desk.reasons import why
from amends.desk.zones import theirs
from amends.flows import outcomes, page_links, weights
from amends.kit.prepared import prepared
from amends.ui.addresses import address
from amends.ui.moments import by_when

OTHERS = 6


@dataclass(frozen=True)
class PersonShown:
    """The inputs of `ui/components/person_card.html`."""

    name: str
    id: int
    url: str
    line: str


@dataclass(frozen=True)
class OtherCase:
    """Another case of the same person."""

    id: int
    reference: str
    title: str
    line: str
    url: str
    merge_url: str


@dataclass(frozen=True)
class PanelShown:
    """What `desk/case/panel.html` draws."""

    url: str
    topic: str
    person: PersonShown
    first_name: str
    owed: tuple[PromiseShown, ...]
    settled: tuple[PromiseShown, ...]
    owner: str
    owner_id: int
    why: str
    opened_at: datetime
    first_answer: str
    page_link: str = field(compare=False)
    """Signed anew for each reader, and no part of what is drawn once."""
    promise_url: str = ""
    others: tuple[OtherCase, ...] = ()
    takes_part: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str, str], ...] = ()
    good_to_know: str = ""
    ladder: LadderShown = field(default_factory=LadderShown)
    grave: str = ""
    """How grave it is, and for which day; nothing while nobody has judged it."""
    risk: int = 0
    """Percent, where the customer is about to be lost; `risk_why` says why."""
    risk_why: tuple[str, ...] = ()
    last_chance: bool = False
    clock: str = ""
    """What time it is with them, where that is another."""


def panel_of(case: Case, look: Look, brands: Collection[int] | None, hidden: Collection[int] = ()) -> PanelShown:
    """Everything about a case that is not its timeline; `brands` are those the reader serves, None for all.

    `hidden`: cases that the reader may not see.
    """
    owed, settled = promises_of(look)
    customer = case.customer
    others, count = _others(case, brands, hidden)
    step = look.step
    lost = _lost(case, look) if step and step.risk >= ABOUT_TO_BE_LOST else None
    return PanelShown(
        url=address("case_panel", case.pk),
        topic=f"case-{case.pk}",
        person=PersonShown(str(customer), customer.pk, address("person", customer.pk), _since(case, count + 1)),
        first_name=customer.first_name,
        risk=lost.percent if lost else 0,
        risk_why=tuple(explain(lost)) if lost else (),
        last_chance=step is not None and step.last_chance,
        clock=theirs(look.now, case),
        owed=tuple(owed),
        settled=tuple(settled),
        owner=case.owner.name if case.owner else "",
        owner_id=case.owner_id or 0,
        why=_why(case),
        opened_at=case.opened_at,
        first_answer=_first_answer(case),
        page_link=page_links.link_for(case, look.now) if look.may_write else "",
        promise_url=address("case_promise_new", case.pk) if look.may_write and not hasattr(case, "closure") else "",
        others=tuple(_other(row, case, look) for row in others),
        takes_part=tuple(str(one.customer) for one in look.participants),
        addresses=tuple((one.kind, one.shown, _trouble(one.undeliverable_why)) for one in look.identities),
        good_to_know=customer.good_to_know,
        ladder=ladder_of(look),
        grave=_grave(case, look.now),
    )


def _lost(case: Case, look: Look) -> Risk | None:
    return weights.risk_of(case, outcomes.of([case], look.now)[case.pk])


def length(span: timedelta) -> str:
    """A span as people say it: "35 min", "2 h 05", "3 days"."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 60:
        return _("%(count)s min") % {"count": minutes}
    if minutes < 24 * 60:
        return _("%(hours)s h %(minutes)s") % {"hours": minutes // 60, "minutes": f"{minutes % 60:02}"}
    days = round(minutes / (24 * 60))
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def _grave(case: Case, now: datetime) -> str:
    words = []
    if case.severity != Case.Severity.SUBSTANTIAL:
        words.append(
            _("Severity %(number)s: %(name)s") % {"number": case.severity, "name": case.get_severity_display()}
        )
    if case.occasion_at is not None:
        day = by_when(timezone.localtime(case.occasion_at), timezone.localtime(now), name_today=True, within=True)
        words.append(_("Must be right for %(day)s") % {"day": day})
    return ". ".join(words)


def _since(case: Case, count: int) -> str:
    cases = ngettext("first case", "%(count)s cases", count) % {"count": count}
    return _("%(cases)s, known since %(year)s") % {"cases": cases, "year": case.customer.created_at.year}


def _others(case: Case, brands: Collection[int] | None, hidden: Collection[int]) -> tuple[list[Case], int]:
    """The newest of them that one may see, and how many there are."""
    found = _newest(case.customer_id, case.pk, brands)
    newest = [one for one in found if one.pk not in hidden]
    if len(found) < OTHERS:
        return newest, len(newest)
    return newest, _of_customer(case.customer_id, case.pk, brands).exclude(pk__in=hidden).count()


@prepared
def _newest(customer_id: int, case_id: int, brands: Collection[int] | None) -> QuerySet[Case]:
    rows = _of_customer(customer_id, case_id, brands)
    return rows.order_by("-opened_at").select_related("closure")[:OTHERS]


def _of_customer(customer_id: int, case_id: int, brands: Collection[int] | None) -> QuerySet[Case]:
    rows = Case.objects.filter(customer=customer_id, merged_into=None).exclude(pk=case_id)
    return rows if brands is None else rows.filter(brand__in=brands)


def _other(row: Case, case: Case, look: Look) -> OtherCase:
    state = _("open") if getattr(row, "closure", None) is None else _("closed")
    merge = f"{address('case_merge', case.pk)}?with={row.pk}"
    return OtherCase(
        row.pk,
        row.reference,
        row.title,
        _("%(case)s, %(state)s") % {"case": row.reference, "state": state},
        address("case", row.pk),
        merge if look.may_write and row.brand_id == case.brand_id else "",
    )


def _why(case: Case) -> str:
    newest = _given(case.pk)
    if not newest:
        return ""
    last = newest[0]
    handed = next((one for one in newest if one.kind == "contact.transferred" and one.at == last.at), None)
    if handed is not None:
        return _("Handed over by %(name)s.") % {"name": handed.member}
    return why(last.data.get("why"))


@prepared
def _given(case_id: int) -> QuerySet[Entry]:
    given = Entry.objects.filter(case=case_id, kind__in=("owner.set", "contact.transferred"))
    return given.order_by("-pk").select_related("member")[:2]


def _first_answer(case: Case) -> str:
    answers = _answers(case.pk)
    return length(answers[0] - case.opened_at) if answers else ""


@prepared
def _answers(case_id: int) -> QuerySet[Entry, datetime]:
    by_people = Entry.objects.filter(case=case_id, actor=Entry.Actor.MEMBER)  # a note sent by itself answers nothing
    answers = by_people.filter(kind__in=("contact.out", "contact.call")).order_by("at")
    return answers.values_list("at", flat=True)[:1]


def _trouble(undeliverable: str) -> str:
    return _("does not take our letters: %(why)s") % {"why": undeliverable} if undeliverable else ""
