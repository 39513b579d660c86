"""What was found, and what can be done about it: for the palette and the page of results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases import search
from amends.cases.models import Case, NextStep
from amends.cases.search import Hit
from amends.desk.rows import case_address
from amends.kit.prepared import prepared
from amends.people.models import Customer, Identity
from amends.people.permissions import Actor, can
from amends.ui.moments import by_when

IN_PALETTE = 5
_ON_A_CASE = re.compile(r"/cases/(\d{1,12})/")


@dataclass(frozen=True)
class Option:
    """One line: where it leads, its words with those looked for marked, and what else is known."""

    url: str
    words: SafeString
    line: str = ""
    quote: SafeString | str = ""
    icon: str = ""
    face: tuple[str, int] | None = None
    key: str = ""
    sheet: bool = False
    """Whether it opens over the page."""


@dataclass(frozen=True)
class Found:
    """People, cases, deeds."""

    people: list[Option] = field(default_factory=list)
    cases: list[Option] = field(default_factory=list)
    deeds: list[Option] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.people or self.cases)


def find(text: str, actor: Actor, *, limit: int) -> Found:
    """People and cases that the member may see, in five queries whatever is found."""
    hits = search.find(text, brand_ids=actor.brands_seen, hidden=actor.hidden, limit=limit)
    people = [hit.customer for hit in hits if hit.kind == "person" and hit.customer]
    cases = [hit for hit in hits if hit.case]
    steps = {step.case_id: step for step in _steps([hit.case.pk for hit in cases if hit.case])}
    return Found(
        people=_people(people, text, actor),
        cases=[_case(hit, text, steps) for hit in _open_first(cases, text, steps)],
        deeds=_deeds_on(_only_case(hits, steps), actor),
    )


def deeds(text: str, actor: Actor, coming_from: str) -> list[Option]:
    """What can be done from here, narrowed to what was typed. `coming_from` is the page that asks."""
    on_a_case = _ON_A_CASE.search(coming_from)
    brand_ids = actor.brands_seen
    here = Case.objects.select_related("customer").filter(pk=int(on_a_case[1]), closure=None) if on_a_case else None
    if here is not None and brand_ids is not None:
        here = here.filter(brand__in=brand_ids).exclude(pk__in=actor.hidden)
    offered = [*_deeds_on(here.first() if here is not None else None, actor), *_always(actor)]
    wanted = search.words(text)
    return [option for option in offered if all(_begins(option, word) for word in wanted)]


def for_new_case(text: str, actor: Actor) -> Option | None:
    """Nothing was found: perhaps they are new."""
    if not can(actor, "case.open"):
        return None
    words = format_html("{}", _("Make a case for “%(name)s”") % {"name": text})
    return Option(f"{reverse('new_case')}?{_filled(text)}", words, icon="plus")


def marked(text: str, question: str) -> SafeString:
    """The text with what fits the question in <mark>."""
    pieces = search.marked(text, question)
    return mark_safe("".join(f"<mark>{escape(piece)}</mark>" if fits else escape(piece) for piece, fits in pieces))  # noqa: S308


def _open_first(hits: list[Hit], text: str, steps: dict[int, NextStep]) -> list[Hit]:
    """What waits stands above what is over; the reference that was asked for stands above both."""
    number = search.reference(text)
    return sorted(hits, key=lambda hit: bool(hit.case and hit.case.pk != number and hit.case.pk not in steps))


def _people(people: Sequence[Customer], text: str, actor: Actor) -> list[Option]:
    ids = [person.pk for person in people]
    count = Counter(customer for case, customer in _opened(ids, actor.brands_seen) if case not in actor.hidden)
    reach: dict[int, str] = {}
    for customer_id, shown in _reach(ids):
        reach.setdefault(customer_id, shown)
    return [
        Option(
            reverse("person", args=[person.pk]),
            marked(str(person), text),
            _open_cases(count[person.pk]),
            quote=marked(reach.get(person.pk, ""), text),
            face=(str(person), person.pk),
        )
        for person in people
    ]


@prepared
def _steps(case_ids: Collection[int]) -> QuerySet[NextStep]:
    return NextStep.objects.filter(case__in=case_ids).only("by")


@prepared
def _opened(people: Collection[int], brand_ids: Collection[int] | None) -> QuerySet[Case, tuple[int, int]]:
    opened = Case.objects.filter(customer__in=people, closure=None, merged_into=None)
    opened = opened if brand_ids is None else opened.filter(brand__in=brand_ids)
    return opened.order_by().values_list("pk", "customer_id")


@prepared
def _reach(people: Collection[int]) -> QuerySet[Identity, tuple[int, str]]:
    return Identity.objects.filter(customer__in=people).order_by("pk").values_list("customer_id", "shown")


def _open_cases(count: int) -> str:
    if not count:
        return _("no open case")
    return ngettext("%(count)s open case", "%(count)s open cases", count) % {"count": count}


def _case(hit: Hit, text: str, steps: dict[int, NextStep]) -> Option:
    assert hit.case is not None
    return Option(
        case_address(hit.case.pk),
        marked(f"{hit.case.reference}, {hit.case.title}", text),
        _standing(hit.case, steps.get(hit.case.pk)),
        quote=marked(hit.excerpt, text) if hit.excerpt else "",
        icon="inbox",
    )


def _standing(case: Case, step: NextStep | None) -> str:
    """Whose case, and how it stands."""
    words = {"customer": str(case.customer), "reason": "", "due": ""}
    if step is not None:
        now = timezone.localtime()
        words["due"] = by_when(timezone.localtime(step.by), now, name_today=True, within=True)
        return (_("%(customer)s, late since %(due)s") if step.by <= now else _("%(customer)s, due %(due)s")) % words
    if case.merged_into_id:
        return _("%(customer)s, went into %(reason)s") % {**words, "reason": f"A-{case.merged_into_id}"}
    if hasattr(case, "closure"):
        return _("%(customer)s, closed: %(reason)s") % {**words, "reason": case.closure.get_reason_display()}
    return words["customer"]


def _only_case(hits: Sequence[Hit], steps: dict[int, NextStep]) -> Case | None:
    """The open case that is surely meant: the first one found, when all found are of one person."""
    people = {hit.customer.pk for hit in hits if hit.customer}
    opened = [hit.case for hit in hits if hit.case and hit.case.pk in steps]
    return opened[0] if opened and len(people) == 1 else None


def _deeds_on(case: Case | None, actor: Actor) -> list[Option]:
    if case is None or not can(actor, "case.reply", case.brand_id):
        return []
    name = {"name": case.customer.first_name}
    return [
        _deed(f"{reverse('case', args=[case.pk])}#composer", _("Reply to %(name)s") % name, "reply", "r"),
        _deed(
            reverse("case_promise_new", args=[case.pk]),
            _("Promise %(name)s something") % name,
            "handshake",
            "p",
            sheet=True,
        ),
        _deed(
            reverse("case_handover", args=[case.pk]),
            _("Hand over %(name)s’s case") % name,
            "arrow-right-left",
            "h",
            sheet=True,
        ),
        _deed(
            reverse("case_close", args=[case.pk]),
            _("Close %(name)s’s case") % name,
            "circle-check",
            sheet=True,
        ),
    ]


def _always(actor: Actor) -> list[Option]:
    offered = []
    if can(actor, "case.open"):
        offered.append(_deed(reverse("new_case"), _("New case"), "plus", "c"))
    return [
        *offered,
        _deed(reverse("now"), _("Go to Now"), "inbox", "g n"),
        _deed(reverse("people"), _("Go to People"), "users", "g p"),
        _deed(reverse("settings"), _("Settings"), "settings"),
        _deed(reverse("profile"), _("Profile and absence"), "user-round"),
    ]


def _deed(url: str, words: str, icon: str, key: str = "", *, sheet: bool = False) -> Option:
    return Option(url, format_html("{}", words), icon=icon, key=key.upper(), sheet=sheet)


def _begins(option: Option, word: str) -> bool:
    return any(known.startswith(word) for known in search.words(option.words))


def _filled(text: str) -> str:
    """What was typed goes into the field where it belongs."""
    from_name = {"name": text}
    if "@" in text:
        from_name = {"address": text}
    elif text.strip("+ 0123456789()-/.") == "":
        from_name = {"phone": text}
    return urlencode(from_name)
