"""Mail and channels: every door, how it is doing, its settings, and the live test (CH1)."""

from __future__ import annotations

from csp.decorators import csp_update
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.channels import accounts, senders
from amends.channels.accounts import SPEAKING
from amends.channels.headline import checked_by
from amends.channels.message import Finding
from amends.channels.models import Account
from amends.channels.registry import adapter_of
from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.mailbox import FORMS, PRESETS, AccountForm
from amends.desk.views.settings.frame import UNPROCESSABLE, saved, show
from amends.people.models import Brand

PROVIDERS = ["https://accounts.google.com", "https://login.microsoftonline.com"]
"""Where consent is given: the browser follows a form's redirect only to places named here."""


@wants("mailboxes.edit")
def mailboxes(request: DeskRequest) -> HttpResponseBase:
    """All doors and their state; what may be added."""
    rows = Account.objects.filter(kind__in=SPEAKING).select_related("brand").order_by("-active", "address")
    forms = [(brand, settings.BASE_URL + reverse("contact", args=[brand.slug])) for brand in Brand.objects.all()]
    return show(request, "mailboxes", "desk/settings/mailboxes.html", accounts=rows, forms=forms)


@wants("mailboxes.edit")
def mailbox_new(request: DeskRequest, kind: str) -> HttpResponseBase:
    """A new mailbox; `?preset=google` fills in what is known of a provider."""
    form = _form(request, kind, Account(kind=kind, brand=Brand.objects.first()))
    if form.is_valid():
        with transaction.atomic():
            made = form.save()
            audited.made(request, "mailbox", made)
        return saved(request, "mailbox", made.pk)
    return _mailbox(request, kind, form)


@csp_update({"form-action": PROVIDERS})  # type: ignore[arg-type]
@wants("mailboxes.edit")
def mailbox(request: DeskRequest, account_id: int) -> HttpResponseBase:
    """One mailbox."""
    found = _account(account_id)
    form = _form(request, found.kind, found)
    if form.is_valid():
        with transaction.atomic():
            account = form.save()
            audited.changed(request, "mailbox", form)
        accounts.try_now(account, timezone.now())
        return saved(request, "mailbox", account_id)
    return _mailbox(request, found.kind, form)


@require_POST
@wants("mailboxes.edit")
def mailbox_test(request: DeskRequest, kind: str, account_id: int | None = None) -> HttpResponseBase:
    """Try the values in the form, saved or not, and say for each step whether it works. Keeps nothing."""
    found = _account(account_id) if account_id else Account(kind=kind)
    form = _form(request, found.kind, found)
    if not form.is_valid():
        return _tested(request, form, None)
    return _tested(request, form, [*adapter_of(found.kind).probe(form.as_typed()), *_checked_before(found)])


@require_POST
@wants("mailboxes.edit")
def mailbox_switch(request: DeskRequest, account_id: int) -> HttpResponseBase:
    """Take a mailbox out of use, or into use again. What it heard stays."""
    found = _account(account_id)
    found.active = request.POST.get("on") == "yes"
    with transaction.atomic():
        found.save(update_fields=["active"])
        verb = "mailbox.switched_on" if found.active else "mailbox.switched_off"
        audited.wrote(request, verb, found, name=found.address)
    return saved(request, "mailboxes")


def _account(account_id: int) -> Account:
    return get_object_or_404(Account, pk=account_id, kind__in=SPEAKING)


def _form(request: DeskRequest, kind: str, account: Account) -> AccountForm:
    if kind not in FORMS:
        raise Http404(_("There is no such kind of mailbox."))
    preset = PRESETS.get(request.GET.get("preset", ""), {})
    return FORMS[kind](request.POST or None, instance=account, initial=preset if not account.pk else {})


def _tested(request: DeskRequest, form: AccountForm, findings: list[Finding] | None) -> HttpResponse:
    """The findings alone for htmx, else the whole page with them."""
    learned = form.learn(next((finding.learned for finding in findings or [] if finding.learned), ""))
    if request.headers.get("HX-Request"):
        context = {"findings": findings, "form": form, "learned": learned}
        return render(request, "desk/settings/findings.html", context, status=200 if findings else UNPROCESSABLE)
    return _mailbox(request, str(form.KIND), form, findings)


def _checked_before(account: Account) -> list[Finding]:
    """Where no mailbox can be opened, the mail that came tells who checks senders."""
    if account.kind == Account.Kind.EMAIL or not account.pk:
        return []
    host = checked_by(account)
    return [Finding(_("sender checks"), True, senders.told(host), learned=host)]


def _mailbox(request: DeskRequest, kind: str, form: AccountForm, findings: list[Finding] | None = None) -> HttpResponse:
    account = form.instance if form.instance.pk else None
    return show(
        request,
        "mailboxes",
        "desk/settings/mailbox.html",
        form=form,
        kind=kind,
        account=account,
        findings=findings,
        test_url=reverse("mailbox_test", args=[kind, account.pk] if account else [kind]),
        address=account.address if account else "help@example.com",
        callback=settings.BASE_URL + reverse("consent_given"),
    )
