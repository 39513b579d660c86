"""The demo's pages: sign in with one click, be the customer, read what came back."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from amends.audit import log
from amends.channels import inbox
from amends.channels.email.read import read
from amends.channels.local.maildir import letters_for
from amends.channels.message import IncomingMessage
from amends.channels.models import Account
from amends.demo.people import letters_folder
from amends.people.models import Brand, Identity, Member


@login_not_required
@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, one click each."""
    members = Member.objects.filter(is_active=True).prefetch_related("teams")
    return render(request, "demo/door.html", {"members": members, "smtp_port": settings.SMTP_PORT})


@login_not_required
@require_POST
def sign_in(request: HttpRequest, member_id: int) -> HttpResponse:
    """Sign in as a member of the demo. The demo is the only desk that has this door."""
    member = get_object_or_404(Member, pk=member_id, is_active=True)
    login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    log.write("sign_in.done", by=member, subject=member, request=request)
    return redirect("now")


class Letter(forms.Form):
    """What a customer writes."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80)
    address = forms.EmailField(label=gettext_lazy("Your mail address"))
    brand = forms.ModelChoiceField(label=gettext_lazy("To"), queryset=Brand.objects.all(), empty_label=None)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    text = forms.CharField(label=gettext_lazy("Your letter"), widget=forms.Textarea(attrs={"rows": 8}))
    answers = forms.CharField(required=False, widget=forms.HiddenInput)


@login_not_required
@require_GET
def customer(request: HttpRequest) -> HttpResponse:
    """Be the customer: a letter to write, and whose mailbox to read."""
    form = Letter(initial={key: request.GET.get(key, "") for key in Letter.base_fields if key in request.GET})
    return render(request, "demo/customer.html", {"form": form, "people": _people()})


@login_not_required
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Send the letter: it takes the way of every mail, kept first, taken in by the worker."""
    form = Letter(request.POST)
    if not form.is_valid():
        return render(request, "demo/customer.html", {"form": form, "people": _people()}, status=422)
    account = Account.objects.get(brand=form.cleaned_data["brand"], kind=Account.Kind.LOCAL)
    inbox.keep(account, _mail(form, account), source="demo", now=timezone.now())
    messages.success(request, _("Your letter has arrived. It stands on somebody's list in a moment."))
    return redirect(_mailbox(form.cleaned_data["address"]))


@dataclass(frozen=True)
class Received:
    """A letter in a customer's mailbox, and the way to answer it."""

    message: IncomingMessage
    answer_url: str


@login_not_required
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The mailbox of one customer, newest first."""
    address = request.GET.get("address", "").strip().lower()
    found = [read(raw) for raw in letters_for(letters_folder(), address)] if "@" in address else []
    shown = [Received(message, _answer_url(message, address)) for message in found]
    return render(request, "demo/letters.html", {"address": address, "letters": shown, "people": _people()})


def _people() -> QuerySet[Identity]:
    """The newest customers with a mailbox."""
    return Identity.objects.filter(kind=Identity.Kind.EMAIL).select_related("customer").order_by("-pk")[:30]


def _mail(form: Letter, account: Account) -> bytes:
    data = form.cleaned_data
    mail = EmailMessage()
    mail["From"] = formataddr((data["name"], data["address"]))
    mail["To"] = formataddr((account.name, account.address))
    mail["Subject"] = " ".join(data["subject"].split())
    mail["Date"] = format_datetime(timezone.now())
    mail["Message-ID"] = make_msgid(domain="post.example")
    answers = data["answers"].strip()
    if answers.startswith("<") and answers.endswith(">") and not any(c.isspace() for c in answers):
        mail["In-Reply-To"] = answers
        mail["References"] = answers
    mail.set_content(data["text"])
    return mail.as_bytes()


def _mailbox(address: str) -> str:
    return reverse("demo_letters") + "?" + urlencode({"address": address})


def _answer_url(message: IncomingMessage, address: str) -> str:
    known = Identity.objects.select_related("customer").filter(kind="email", value=address).first()
    brand = Brand.objects.filter(accounts__address__iexact=message.sender.address).first()
    subject = message.subject if message.subject.lower().startswith("re:") else f"Re: {message.subject}"
    return (
        reverse("demo_customer")
        + "?"
        + urlencode(
            {
                "name": known.customer.name if known else "",
                "address": address,
                "brand": brand.pk if brand else "",
                "subject": subject,
                "answers": message.message_id,
            }
        )
    )
