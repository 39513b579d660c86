"""The first run, the steps to begin with, and joining by a one-time link."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from amends.audit import log
from amends.channels.accounts import SPEAKING
from amends.channels.models import Account
from amends.desk import accounts
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.first_run import FirstRunForm
from amends.desk.forms.you import PasswordForm
from amends.desk.views.settings.frame import UNPROCESSABLE, show
from amends.flows import setting_up
from amends.people import inviting
from amends.people.models import Brand, Desk, Member


@dataclass(frozen=True)
class Step:
    """One thing to begin with, for the component `empty`."""

    url: str
    label: str
    line: str
    done: bool


@login_not_required
@sensitive_post_parameters()
def first_run(request: HttpRequest) -> HttpResponseBase:
    """Make the desk. Once there is one, this page does not exist (S12)."""
    if Desk.current() is not None:
        raise Http404(_("There is no such page."))
    form = FirstRunForm(request.POST or None)
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "desk/first_run/welcome.html", {"form": form}, status=status)
    try:
        with transaction.atomic():
            admin = setting_up.set_up(form.beginning(), timezone.now())
            log.write("desk.set_up", by=admin, subject=admin, request=request)
    except setting_up.AlreadySetUp:
        return redirect("account_login")
    accounts.sign_in(request, admin)
    return redirect("begin")


@wants("desk.edit")
def begin(request: DeskRequest) -> HttpResponseBase:
    """Three steps; each is done or not, as the desk really is."""
    brand = Brand.objects.order_by("pk").first()
    assert brand is not None
    steps = [
        Step(
            reverse("mailboxes"),
            _("Open your mailbox"),
            _("Letters to it become cases. It is tested live before you rely on it."),
            Account.objects.filter(kind__in=SPEAKING).exists(),
        ),
        Step(
            reverse("member_new"),
            _("Invite your colleagues"),
            _("Each gets a link that works once, for 48 hours."),
            Member.objects.count() > 1,
        ),
        Step(
            reverse("brand_hours", args=[brand.pk]),
            _("Check your hours and promises"),
            _("Every promise counts only the hours in which you are open."),
            brand.targets.exists(),
        ),
    ]
    left = sum(not step.done for step in steps)
    told = brand if brand.acknowledge else None
    return show(request, "begin", "desk/first_run/begin.html", steps=steps, left=left, told=told)


@never_cache
@login_not_required
@sensitive_post_parameters()
def join(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Choose a password by a one-time link, and be signed in, or asked for the second factor.

    Looking at the link changes nothing.
    """
    now = timezone.now()
    try:
        member = inviting.member_of(secret, now)
        form = PasswordForm(request.POST or None)
        if form.is_valid():
            joined = _joined(request, secret, form)
            if is_mfa_enabled(joined):
                # A link that came by mail proves the mailbox, not the second factor (ASVS 6.4.3).
                return redirect("account_login")
            accounts.sign_in(request, joined)
            return redirect("now")
    except inviting.InviteError as error:
        return render(request, "desk/first_run/spent.html", {"line": str(error)}, status=410)
    except ValidationError as error:
        form.add_error("password", error)
    context = {"form": form, "member": member, "desk_name": str(Desk.current() or "")}
    return render(request, "desk/first_run/join.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _joined(request: HttpRequest, secret: str, form: PasswordForm) -> Member:
    with transaction.atomic():
        member = inviting.join(secret, form.cleaned_data["password"], timezone.now())
        accounts.end_sessions(member)
        log.write("password.set_by_link", by=member, subject=member, request=request)
    return member
