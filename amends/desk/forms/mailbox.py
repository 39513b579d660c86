"""One form for each kind of mailbox. Secrets go in, and never come out again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.channels import accounts, senders
from amends.channels.message import AccountSettings
from amends.channels.models import Account
from amends.kit import secrets

TLS, STARTTLS, NONE = "tls", "starttls", "none"
SECURITY = [
    (TLS, gettext_lazy("TLS")),
    (STARTTLS, gettext_lazy("STARTTLS")),
    (NONE, gettext_lazy("None: others can read along")),
]
AUTH = [
    ("password", gettext_lazy("With a password")),
    ("google", gettext_lazy("By Google’s sign-in page")),
    ("microsoft", gettext_lazy("By Microsoft’s sign-in page")),
]
AFTER = [
    ("seen", gettext_lazy("Mark them as read")),
    ("move", gettext_lazy("Move them to a folder")),
]
PRESETS: dict[str, dict[str, Any]] = {
    "google": {
        "auth": "google",
        "imap_host": "imap.gmail.com",
        "smtp_host": "smtp.gmail.com",
        "smtp_security": STARTTLS,
        "smtp_port": 587,
    },
    "microsoft": {
        "auth": "microsoft",
        "imap_host": "outlook.office365.com",
        "smtp_host": "smtp.office365.com",
        "smtp_security": STARTTLS,
        "smtp_port": 587,
    },
    "other": {},
}
SECRETS = ("password", "smtp_password", "client_secret")
TOKENS = ("refresh_token", "access_token", "access_token_expires")


def _port(label: Any, initial: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "input short"})
    return forms.IntegerField(label=label, initial=initial, min_value=1, max_value=65535, widget=widget)


def _secret(label: Any, help_text: Any = "") -> forms.CharField:
    # Without `render_value` the browser never gets a kept or a typed secret back.
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, required=False, strip=False, widget=widget, help_text=help_text)


class AccountForm(forms.ModelForm[Account]):
    """What every kind has. `OWN` are the fields that lie in the account's settings."""

    OWN: tuple[str, ...] = ()
    KIND = Account.Kind.LOCAL

    class Meta:
        model = Account
        fields = ("brand", "name", "address", "ask_in_doubt")
        help_texts = {
            "name": gettext_lazy("Stands as the sender of every letter."),
            "address": gettext_lazy("Customers write to it, and read it as the sender."),
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        account = named.get("instance")
        if account is not None and account.pk:
            named["initial"] = {**account.settings, **named.get("initial", {})}
        super().__init__(*given, **named)
        brand = self.fields["brand"]
        assert isinstance(brand, forms.ModelChoiceField)
        brand.empty_label = None
        for name in self.kept_secrets & self.fields.keys():
            self.fields[name].widget.attrs["placeholder"] = _("Kept. Leave empty to keep it.")

    @property
    def kept_secrets(self) -> frozenset[str]:
        """Names of the secrets that there are already."""
        return frozenset(self._known())

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip().lower()
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError(_("This is not a mail address. Write it like help@example.com.")) from error
        if Account.objects.filter(address__iexact=address).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a mailbox for this address already. Change that one."))
        return address

    def as_typed(self) -> AccountSettings:
        """What an adapter needs to try these values, saved or not. Raises SecretError."""
        given = self.cleaned_data
        return AccountSettings(given["address"], given["name"], self.own_settings(), {**self._known(), **self._typed()})

    def own_settings(self) -> dict[str, Any]:
        """What lies in the account's settings after saving; what other code keeps there stays."""
        own = {name: self.cleaned_data[name] for name in self.OWN if self.cleaned_data.get(name) not in (None, "")}
        kept = {name: value for name, value in self.instance.settings.items() if name not in self.OWN}
        return {**kept, **own}

    def save(self, commit: bool = True) -> Account:
        account = super().save(commit=False)
        account.kind = self.KIND
        account.sealed = secrets.seal({**self._known(), **self._typed()})
        account.settings = self.own_settings()
        if commit:
            account.save()
        return account

    def learn(self, host: str) -> bool:
        """Fill in who checks senders, as the live test found it; True when nobody had written it."""
        if not host or "authserv" not in self.fields or self.data.get("authserv"):
            return False
        self.data = {**self.data.dict(), "authserv": host} if isinstance(self.data, QueryDict) else self.data
        self.fields["authserv"].widget.attrs["hx-swap-oob"] = "true"
        return True

    def _typed(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in SECRETS if self.cleaned_data.get(name)}

    def _known(self) -> Mapping[str, str]:
        try:
            return secrets.unseal(self.instance.sealed)
        except secrets.SecretError:  # the mailbox is in trouble for it; here a new one can be typed
            return {}


class BelievingForm(AccountForm):
    """Who says whether a sender is real, and where answers may come to."""

    BELIEVED = (senders.AUTHSERV, accounts.PLUS)

    authserv = forms.CharField(
        label=gettext_lazy("Server that checks senders"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only what it writes into a mail is believed. The test below finds it."),
    )
    plus_addresses = forms.BooleanField(
        label=gettext_lazy("Answers may come to help+…@"),
        required=False,
        help_text=gettext_lazy("Only when your mail server delivers such addresses to this mailbox."),
    )

    def clean_authserv(self) -> str:
        names: str = self.cleaned_data["authserv"].strip().lower()
        wrong = next((name for name in senders.names(names) if not senders.NAME.match(name)), None)
        if wrong is not None:
            what = {"name": wrong}
            raise ValidationError(_("“%(name)s” is no name of a server. Write it like mx.example.com.") % what)
        return names


class LocalForm(BelievingForm):
    KIND = Account.Kind.LOCAL
    OWN = BelievingForm.BELIEVED
    ask_in_doubt = None  # the same letter lies in a folder once, however often it is put there

    def own_settings(self) -> dict[str, Any]:
        return {"folder": str(settings.DATA_DIR / "local-mail"), **super().own_settings()}


class SendingForm(BelievingForm):
    """How letters leave."""

    smtp_host = forms.CharField(label=gettext_lazy("Server"), max_length=253)
    smtp_security = forms.ChoiceField(label=gettext_lazy("Encryption"), choices=SECURITY, initial=STARTTLS)
    smtp_port = _port(gettext_lazy("Port"), 587)
    smtp_user = forms.CharField(label=gettext_lazy("User name"), max_length=320, required=False)

    def clean(self) -> None:
        """A kept password never goes to a server that it was not meant for."""
        for host, secret in (
            ("imap_host", "password"),
            ("smtp_host", "password"),
            ("smtp_host", "smtp_password"),
        ):
            if self._moved(host) and secret in self.kept_secrets and not self.cleaned_data.get(secret):
                self.add_error(secret, _("The server is another one now. Write its password again."))

    def _moved(self, host: str) -> bool:
        before = self.instance.settings.get(host)
        return bool(before) and self.cleaned_data.get(host, before) != before

    def _known(self) -> Mapping[str, str]:
        """Nor does what the provider gave for its own: consent is asked for again."""
        known = super()._known()
        if not (hasattr(self, "cleaned_data") and (self._moved("imap_host") or self._moved("smtp_host"))):
            return known
        return {name: value for name, value in known.items() if name not in TOKENS}


class ForwardedForm(SendingForm):
    KIND = Account.Kind.FORWARDED
    OWN = ("smtp_host", "smtp_security", "smtp_port", "smtp_user", "ca_file", *BelievingForm.BELIEVED)

    ca_file = forms.CharField(
        label=gettext_lazy("File of your own certificate authority"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Only for a mail server whose certificate no public authority signed."),
    )
    smtp_password = _secret(gettext_lazy("Password"))
    field_order = ("brand", "name", "address")


class MailboxForm(SendingForm):
    KIND = Account.Kind.EMAIL
    OWN = (
        *(
            "auth",
            "client_id",
            "tenant",
            "imap_host",
            "imap_security",
            "imap_port",
            "imap_user",
            "imap_folder",
        ),
        *("after", "move_to", "smtp_host", "smtp_security", "smtp_port", "smtp_user", "ca_file"),
        *BelievingForm.BELIEVED,
    )

    auth = forms.ChoiceField(
        label=gettext_lazy("How the desk signs in"),
        choices=AUTH,
        initial="password",
        widget=forms.RadioSelect,
    )
    password = _secret(gettext_lazy("Password"), gettext_lazy("Often an “app password” that you make at the provider."))
    client_id = forms.CharField(label=gettext_lazy("Client ID"), required=False, max_length=200)
    client_secret = _secret(gettext_lazy("Client secret"))
    tenant = forms.CharField(
        label=gettext_lazy("Directory (tenant)"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Only for Microsoft. Empty means any."),
    )
    imap_host = forms.CharField(label=gettext_lazy("Server"), max_length=253)
    imap_security = forms.ChoiceField(label=gettext_lazy("Encryption"), choices=SECURITY, initial=TLS)
    imap_port = _port(gettext_lazy("Port"), 993)
    imap_user = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=320,
        required=False,
        help_text=gettext_lazy("Empty means the address."),
    )
    imap_folder = forms.CharField(label=gettext_lazy("Folder"), max_length=200, initial="INBOX")
    after = forms.ChoiceField(label=gettext_lazy("After mails are kept"), choices=AFTER, initial="seen")
    move_to = forms.CharField(label=gettext_lazy("Folder to move them to"), max_length=200, required=False)
    ca_file = forms.CharField(
        label=gettext_lazy("File of your own certificate authority"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Only for a mail server whose certificate no public authority signed."),
    )
    smtp_password = _secret(gettext_lazy("Password"), gettext_lazy("Empty means the same as for receiving."))

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if "address" in given and not given.get("imap_user"):
            given["imap_user"] = given["address"]
        known = self.kept_secrets
        asked = given.get("auth") == "password" and "password" not in self.errors
        if asked and not given.get("password") and "password" not in known:
            self.add_error("password", _("Without a password the mailbox cannot be opened. Write it here."))
        if given.get("auth") in ("google", "microsoft") and not given.get("client_id"):
            self.add_error("client_id", _("The provider gives one when you register the desk there. Copy it here."))
        if given.get("after") == "move" and not given.get("move_to"):
            self.add_error("move_to", _("Name the folder, or mark mails as read instead."))


FORMS: dict[str, type[AccountForm]] = {
    Account.Kind.EMAIL: MailboxForm,
    Account.Kind.FORWARDED: ForwardedForm,
    Account.Kind.LOCAL: LocalForm,
}
