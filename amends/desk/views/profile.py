"""You: the profile, your hours and absence, signing in, light or dark."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.clock import weeks
from amends.clock.models import Absence
from amends.desk import accounts, audited, sessions, undoing
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.week import WeekForm
from amends.desk.forms.you import AbsenceForm, EmailForm, ProfileForm
from amends.desk.once import once
from amends.desk.views.settings.frame import saved, see_other, show
from amends.people.models import Member


@wants("you.edit")
def to_profile(request: DeskRequest) -> HttpResponseBase:
    """The settings begin with oneself."""
    return redirect("profile")


@wants("you.edit")
def to_sign_in(request: DeskRequest) -> HttpResponseBase:
    """What allauth has own pages for is here."""
    return redirect("sign_in")


@wants("you.edit")
def profile(request: DeskRequest) -> HttpResponseBase:
    """Name, time zone, languages, light or dark, keys."""
    form = ProfileForm(request.POST or None, instance=Member.objects.get(pk=request.user.pk))
    if form.is_valid():
        undoing.save(request, "you.edit", form)
        return saved(request, "profile")
    return show(request, "profile", "desk/settings/profile.html", form=form)


@require_POST
@wants("you.edit")
def theme(request: DeskRequest) -> HttpResponseBase:
    """Light, dark, or as the system: from the menu, at once."""
    chosen = request.POST.get("theme", "")
    if chosen in dict(Member._meta.get_field("theme").flatchoices):
        Member.objects.filter(pk=request.user.pk).update(theme=chosen)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return saved(request, "profile")


@wants("you.edit")
def my_time(request: DeskRequest) -> HttpResponseBase:
    """One's own week of hours, and the days away."""
    me = request.user
    if request.method == "POST":
        form = WeekForm.posted(request.POST)
        if WeekForm.only_changes(request.POST):
            return _my_time(request, form)
        if not form.is_valid():
            return _my_time(request, form, wrong=True)
        undoing.remember(request, "you.edit", undoing.week(member=me))
        weeks.set_week(form.week, member=me)
        return saved(request, "my_time")
    return _my_time(request, WeekForm.kept(member=me))


@require_POST
@wants("you.edit")
@once
def my_absence(request: DeskRequest) -> HttpResponseBase:
    """Be away for some days."""
    form = AbsenceForm(request.POST, stand_ins=_others(request.user))
    if form.is_valid():
        form.absence_of(request.user).save()
        return saved(request, "my_time")
    return _my_time(request, WeekForm.kept(member=request.user), absence=form)


@require_POST
@wants("you.edit")
def my_absence_end(request: DeskRequest, absence_id: int) -> HttpResponseBase:
    """Take a time away back: one is here after all."""
    get_object_or_404(Absence, pk=absence_id, member=request.user).delete()
    return saved(request, "my_time")


@wants("you.edit")
def sign_in(request: DeskRequest) -> HttpResponseBase:
    """How one signs in, and where one is signed in."""
    me = request.user
    return show(
        request,
        "sign_in",
        "desk/settings/sign_in.html",
        totp=Authenticator.objects.filter(user=me, type=Authenticator.Type.TOTP).first(),
        passkeys=Authenticator.objects.filter(user=me, type=Authenticator.Type.WEBAUTHN).count(),
        codes=Authenticator.objects.filter(user=me, type=Authenticator.Type.RECOVERY_CODES).first(),
        sessions=sessions.of_member(me, request.session.session_key),
    )


@require_POST
@wants("you.edit")
def end_others(request: DeskRequest) -> HttpResponseBase:
    """Sign out everywhere but here (ASVS 7.4.3)."""
    ended = 0
    for session in UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key):
        session.end()
        ended += 1
    audited.wrote(request, "sign_in.others_ended", request.user, count=ended)
    return saved(request, "sign_in")


@wants("you.edit")
def email(request: DeskRequest) -> HttpResponseBase:
    """One's own mail address, after giving the password again (ASVS 7.5.1)."""
    try:
        answer: HttpResponseBase = _email(request)
    except ReauthenticationRequired:
        if request.method != "POST":
            raise
        # allauth would repeat the sent form without the desk's middleware: begin the page again instead.
        return see_other(request.path)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _email(request: DeskRequest) -> HttpResponseBase:
    form = EmailForm(request.POST or None, instance=Member.objects.get(pk=request.user.pk))
    if form.is_valid():
        accounts.change_address(request.user, form.cleaned_data["email"])
        audited.wrote(request, "address.changed", request.user)
        return saved(request, "sign_in")
    return show(request, "sign_in", "desk/settings/email.html", form=form)


@require_POST
@wants("you.edit")
def undo(request: DeskRequest) -> HttpResponseBase:
    """Put back what stood there before the last save."""
    try:
        back = undoing.undo(request)
    except undoing.CannotPutBack as error:
        messages.error(request, str(error))
        return see_other(reverse("profile"))
    if back is None:
        messages.info(request, _("There is nothing to put back any more."))
        return saved(request, "profile")
    audited.wrote(request, "setting.put_back", name=back.name, fields=back.fields)
    messages.success(request, _("Put back as it was."))
    return see_other(back.url)


def _my_time(
    request: DeskRequest, week: WeekForm, *, absence: AbsenceForm | None = None, wrong: bool = False
) -> HttpResponse:
    if request.headers.get("HX-Request") and WeekForm.only_changes(request.POST):
        return render(request, "desk/settings/week.html", {"week": week})
    coming = Absence.objects.filter(member=request.user, ends__gt=timezone.now()).select_related("member", "stand_in")
    absence = absence or AbsenceForm(stand_ins=_others(request.user))
    return show(
        request,
        "my_time",
        "desk/settings/my_time.html",
        week=week,
        absence=absence,
        absences=coming,
        wrong=wrong,
    )


def _others(member: Member) -> QuerySet[Member]:
    return Member.objects.filter(is_active=True).exclude(pk=member.pk)
