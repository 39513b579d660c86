"""How one is told of alarms, and that one has seen them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.channels import push
from amends.channels.hooks import new_secret
from amends.clock.models import Alarm
from amends.desk import alarms_shown
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.alarms import BrowserForm, TellingForm
from amends.desk.views.settings.frame import saved, show
from amends.kit import secrets
from amends.people.models import Browser, Telling

MOST_BROWSERS = 10


@require_POST
@wants("case.see")
def seen(request: DeskRequest, alarm_id: int) -> HttpResponseBase:
    """Put an alarm away."""
    alarms_shown.see(get_object_or_404(Alarm, pk=alarm_id, member=request.user), timezone.now())
    return HttpResponse() if request.htmx else redirect("now")


@wants("you.edit")
def my_alarms(request: DeskRequest) -> HttpResponseBase:
    """Choose the ways: mail, browsers, a webhook."""
    telling = Telling.objects.filter(member=request.user).first() or Telling(member=request.user)
    form = TellingForm(request.POST or None, instance=telling)
    if form.is_valid():
        chosen = form.save(commit=False)
        if chosen.hook and not chosen.sealed:
            chosen.sealed = secrets.seal({"secret": new_secret()})
        chosen.save()
        return saved(request, "my_alarms")
    return show(
        request,
        "my_alarms",
        "desk/settings/alarms.html",
        form=form,
        browsers=Browser.objects.filter(member=request.user),
        push_key=push.ready_key(),
        secret=_secret_of(telling),
    )


@require_POST
@wants("you.edit")
def browser_new(request: DeskRequest) -> HttpResponseBase:
    """The browser has asked its member, and may show what we push."""
    form = BrowserForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This browser gave no address that can be pushed to. Try another browser."))
        return saved(request, "my_alarms")
    if Browser.objects.filter(member=request.user).count() >= MOST_BROWSERS:
        messages.error(request, _("Ten browsers are the most. Take one out that you do not use any more."))
        return saved(request, "my_alarms")
    Browser.objects.update_or_create(
        endpoint=form.cleaned_data["endpoint"],
        defaults={
            "member": request.user,
            "sealed": secrets.seal(form.keys),
            "name": form.cleaned_data["name"],
            "since": timezone.now(),
        },
    )
    return saved(request, "my_alarms")


@require_POST
@wants("you.edit")
def browser_gone(request: DeskRequest, browser_id: int) -> HttpResponseBase:
    """Push to this browser no more."""
    get_object_or_404(Browser, pk=browser_id, member=request.user).delete()
    return saved(request, "my_alarms")


def _secret_of(telling: Telling) -> str:
    try:
        return secrets.unseal(telling.sealed).get("secret", "") if telling.hook else ""
    except secrets.SecretError:
        return ""
