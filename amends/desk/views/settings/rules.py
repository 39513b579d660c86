"""Rules by which a case asks for a skill, each tried on past cases before it holds (RO1)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk import audited, undoing
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.rules import RuleForm, asked_by, asks_when
from amends.desk.once import once
from amends.desk.views.settings.frame import saved, show
from amends.flows import asking
from amends.people.models import SkillRule

SHOWN = 10
"""Past cases that are named, the newest first."""


@wants("teams.edit")
def rules(request: DeskRequest) -> HttpResponseBase:
    """All of them, by skill, and how many have it."""
    able = Count("skill__members", filter=Q(skill__members__is_active=True))
    rows = SkillRule.objects.select_related("skill", "brand").annotate(able=able)
    return show(request, "rules", "desk/settings/rules.html", rules=[(row, asks_when(row)) for row in rows])


@require_http_methods(["GET", "POST"])
@wants("teams.edit")
def rule_new(request: DeskRequest) -> HttpResponseBase:
    """A new one; "Try it" saves nothing, however often it is pressed."""
    form = RuleForm(request.POST or None)
    if "try" in request.POST or not form.is_valid():
        return _page(request, form)
    return once(_make)(request, form)


@require_http_methods(["GET", "POST"])
@wants("teams.edit")
def rule(request: DeskRequest, rule_id: int) -> HttpResponseBase:
    """Change one; "Try it" saves nothing."""
    found = get_object_or_404(SkillRule, pk=rule_id)
    form = RuleForm(request.POST or None, instance=found)
    if "try" in request.POST or not form.is_valid():
        return _page(request, form, found)
    with transaction.atomic():
        undoing.save(request, "teams.edit", form)
        audited.changed(request, "rule", form)
    return saved(request, "rule", rule_id)


@require_POST
@wants("teams.edit")
def rule_delete(request: DeskRequest, rule_id: int) -> HttpResponseBase:
    """It asks for nothing any more; who has a case keeps it."""
    found = get_object_or_404(SkillRule, pk=rule_id)
    with transaction.atomic():
        audited.deleted(request, "rule", found)
        found.delete()
    return saved(request, "rules")


def _make(request: DeskRequest, form: RuleForm) -> HttpResponseBase:
    with transaction.atomic():
        audited.made(request, "rule", form.save())
    return saved(request, "rules")


def _page(request: DeskRequest, form: RuleForm, found: SkillRule | None = None) -> HttpResponseBase:
    as_typed = form.instance if form.is_bound and form.is_valid() else found
    tried = asking.try_on_past(as_typed, request.actor.hidden, timezone.now()) if as_typed is not None else None
    able = list(as_typed.skill.members.filter(is_active=True)) if as_typed is not None else []
    return show(
        request,
        "rules",
        "desk/settings/rule.html",
        form=form,
        rule=found,
        tried=tried,
        shown=[(hit, asked_by(hit.asked)) for hit in tried.hits[:SHOWN]] if tried else (),
        able=able,
    )
