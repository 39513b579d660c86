"""Members: who they are, what they may, when they work; invite, switch off and on."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.clock import weeks
from amends.desk import accounts, audited, undoing
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.people import MemberForm
from amends.desk.forms.week import WeekForm
from amends.desk.views.settings.frame import saved, see_other, show
from amends.people import inviting
from amends.people.models import Invite, Member


@wants("members.edit")
def members(request: DeskRequest) -> HttpResponseBase:
    """Everybody, with what they may do and whether they came yet."""
    everybody = Member.objects.prefetch_related("teams", "skills").order_by("-is_active", "name")
    open_links = Invite.objects.filter(used_at=None, until__gt=timezone.now())
    waiting = set(open_links.values_list("member_id", flat=True))
    return show(request, "members", "desk/settings/members.html", members=everybody, waiting=waiting)


@wants("members.edit")
def member_new(request: DeskRequest) -> HttpResponseBase:
    """Invite somebody: the row now, the password by the member's own hand."""
    form = MemberForm(request.POST or None, initial={"time_zone": request.user.time_zone})
    if not form.is_valid():
        return show(request, "members", "desk/settings/member.html", form=form)
    # Not yet: who has not joined signs in nowhere, and gets no cases.
    form.instance.is_active = False
    form.instance.set_unusable_password()
    with transaction.atomic():
        made = form.save()
        audited.wrote(request, "member.made", made, name=made.name, role=made.role)
    return _link(request, made)


@wants("members.edit")
def member(request: DeskRequest, member_id: int) -> HttpResponseBase:
    """One member's place at the desk."""
    found = get_object_or_404(Member, pk=member_id)
    before = found.email
    form = MemberForm(request.POST or None, instance=found)
    if found.pk == request.user.pk:
        # One's own address is changed where the password is asked again (ASVS 7.5.1).
        form.fields["email"].disabled = True
    if form.is_valid():
        with transaction.atomic():
            undoing.save(request, "members.edit", form)
            if found.email != before:
                accounts.forget_addresses(found)
            _tell(request, form)
        return saved(request, "member", member_id)
    return _member(request, form, WeekForm.kept(member=found))


@require_POST
@wants("members.edit")
def member_hours(request: DeskRequest, member_id: int) -> HttpResponseBase:
    """When a member works."""
    found = get_object_or_404(Member, pk=member_id)
    week = WeekForm.posted(request.POST)
    if WeekForm.only_changes(request.POST):
        if request.headers.get("HX-Request"):
            return render(request, "desk/settings/week.html", {"week": week})
        return _member(request, MemberForm(instance=found), week)
    if not week.is_valid():
        return _member(request, MemberForm(instance=found), week, wrong=True)
    with transaction.atomic():
        weeks.set_week(week.week, member=found)
        audited.wrote(request, "hours.changed", found, name=found.name)
    return saved(request, "member", member_id)


@require_POST
@wants("members.edit")
def member_link(request: DeskRequest, member_id: int) -> HttpResponseBase:
    """A new one-time link: to join, or for a forgotten password."""
    found = get_object_or_404(Member, pk=member_id)
    if not found.is_active and found.has_usable_password():
        messages.error(request, _("%(name)s is switched off. Switch on first.") % {"name": found.name})
        return see_other(_page(found))
    return _link(request, found)


@require_POST
@wants("members.edit")
def member_switch(request: DeskRequest, member_id: int) -> HttpResponseBase:
    """Switch a member off (sessions and links end at once) or on again."""
    found = get_object_or_404(Member, pk=member_id)
    try:
        if request.POST.get("on") == "yes":
            if found.has_usable_password():
                _switch(request, found, on=True)
        else:
            _switch(request, found, on=False)
    except inviting.LastAdmin as error:
        messages.error(request, str(error))
        return see_other(_page(found))
    return saved(request, "member", member_id)


def _tell(request: DeskRequest, form: MemberForm) -> None:
    audited.changed(request, "member", form)
    if "role" in form.changed_data:
        found = form.instance
        before = str(form.initial["role"])
        audited.wrote(request, "member.role_changed", found, name=found.name, before=before, after=found.role)


def _switch(request: DeskRequest, found: Member, *, on: bool) -> None:
    with transaction.atomic():
        (inviting.switch_on if on else inviting.switch_off)(found)
        if not on:
            accounts.end_sessions(found)
        audited.wrote(request, "member.switched_on" if on else "member.switched_off", found, name=found.name)


def _member(request: DeskRequest, form: MemberForm, week: WeekForm, *, wrong: bool = False) -> HttpResponse:
    found = form.instance
    open_links = Q(used_at=None, until__gt=timezone.now())
    return show(
        request,
        "members",
        "desk/settings/member.html",
        form=form,
        member=found,
        week=week,
        invite=Invite.objects.filter(open_links, member=found).first(),
        came=found.has_usable_password(),
        wrong=wrong,
    )


def _link(request: DeskRequest, found: Member) -> HttpResponse:
    """The one page that ever shows the link."""
    with transaction.atomic():
        link = accounts.join_link(inviting.invite(found, by=request.user, now=timezone.now()))
        audited.wrote(request, "member.link_made", found, name=found.name)
    mailed = accounts.mail_link(found, link)
    return show(request, "members", "desk/settings/link.html", member=found, link=link, mailed=mailed)


def _page(found: Member) -> str:
    return reverse("member", args=[found.pk])
