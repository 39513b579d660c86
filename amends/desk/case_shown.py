"""The head of a case: its title, at most two tags, and where it may belong."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf.locale import LANG_INFO
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amends.cases.models import Case
from amends.channels.models import Delivery
from amends.desk.ladder_shown import failures_of, last_chance_or_rung
from amends.desk.letters_shown import Look
from amends.desk.rows import Tag
from amends.kit.prepared import prepared
from amends.ui.addresses import address

MOST_TAGS = 2


@dataclass(frozen=True)
class HeadShown:
    """What `desk/case/head.html` draws."""

    url: str
    topic: str
    title: str
    tags: list[Tag] = field(default_factory=list)
    belongs_line: str = ""
    belongs_url: str = ""
    failures: tuple[str, ...] = ()
    """What went wrong before: first on the page once somebody came back (ES5)."""


def head_of(case: Case, look: Look) -> HeadShown:
    """Title, tags and the hint that the case may be a part of another one (S4)."""
    other = case.may_belong_to or case.repeats
    if other is not None and other.pk in look.hidden:
        other = None
    line = _belongs(case, other) if other is not None else ""
    return HeadShown(
        url=address("case_step", case.pk),
        topic=f"case-{case.pk}",
        title=case.title,
        tags=_tags(case, look)[:MOST_TAGS],
        belongs_line=line,
        belongs_url=address("case", other.pk) if other else "",
        failures=failures_of(look),
    )


def _belongs(case: Case, other: Case) -> str:
    """What an earlier case is to this one: another's, one that was over (ES6), or one that is still open."""
    told = {"case": other.reference, "title": other.title}
    if other.customer_id != case.customer_id:
        return _("This may belong to %(case)s, “%(title)s”: the sender is somebody else.") % told
    closure = getattr(other, "closure", None)
    if closure is not None and closure.at < case.opened_at:
        day = date_format(timezone.localtime(closure.at), "j F Y")
        return _("This follows %(case)s, “%(title)s”, which ended on %(day)s.") % {**told, "day": day}
    return _("This may belong to %(case)s, “%(title)s”, of the same person.") % told


def _tags(case: Case, look: Look) -> list[Tag]:
    tags = []
    if ladder := last_chance_or_rung(look):
        tags.append(Tag(*ladder, "late"))
    if case.guard:
        tags.append(Tag(_("Only those who need it"), "lock", "soon"))
    if look.broken:
        tags.append(Tag(_("We broke our word"), "circle-x", "late"))
    lost = (Delivery.State.BOUNCED, Delivery.State.FAILED)
    if _newest_state(case.pk)[:1] in [[state] for state in lost]:
        tags.append(Tag(_("Did not arrive"), "circle-alert", "late"))
    if case.kind == Case.Kind.COMPLAINT:
        tags.append(Tag(_("Complaint"), "frown"))
    if case.kind == Case.Kind.PRAISE:
        tags.append(Tag(_("Praise"), "heart", "kept"))
    if case.language and case.language != case.brand.language:
        tags.append(Tag(_language(case.language), "languages"))
    return tags


@prepared
def _newest_state(case_id: int) -> QuerySet[Delivery, str]:
    return Delivery.objects.filter(case=case_id).order_by("-pk").values_list("state", flat=True)[:1]


def _language(code: str) -> str:
    known = LANG_INFO.get(code, {})
    return str(known.get("name", code))
