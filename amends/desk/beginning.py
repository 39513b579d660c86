"""The form of a new case: filled as far as things are known (UX principle 10)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.models import Case
from amends.flows.starting import Beginning
from amends.people import identities
from amends.people.identities import IdentityError
from amends.people.models import Brand, Customer, Identity

CHANNELS = [
    ("phone", gettext_lazy("They rang")),
    ("letter", gettext_lazy("A letter on paper")),
    ("person", gettext_lazy("In person")),
    ("email", gettext_lazy("A mail that came elsewhere")),
]


class BeginningForm(forms.Form):
    """Brand, who, how it came in, what they said."""

    field_order = [
        "name", "address", "phone", "channel", "title", "words", "kind", "brand"
    ]  # fmt: skip

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    address = forms.CharField(label=gettext_lazy("Mail address"), max_length=320, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    channel = forms.ChoiceField(label=gettext_lazy("How it came in"), choices=CHANNELS, widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=200,
        help_text=gettext_lazy("As the customer would say it: “Cracked teapot”."),
    )
    words = forms.CharField(
        label=gettext_lazy("Their words"),
        required=False,
        validators=[MaxLengthValidator(20_000)],  # not `max_length`: a browser would cut a longer paste silently
        widget=forms.Textarea(attrs={"rows": 5, "class": "voice"}),
        help_text=gettext_lazy("As nearly as you remember. They begin the timeline."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Case.Kind.choices,
        initial=Case.Kind.COMPLAINT,
        widget=forms.RadioSelect,
    )
    brand = forms.ModelChoiceField(Brand.objects.none(), label=gettext_lazy("Brand"), empty_label=None)

    def __init__(self, *args: Any, brands: list[Brand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand = self.fields["brand"]
        assert isinstance(brand, forms.ModelChoiceField)
        brand.queryset = Brand.objects.filter(pk__in=[brand.pk for brand in brands])
        if len(brands) == 1:
            brand.widget, brand.initial = forms.HiddenInput(), brands[0].pk

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        if not address:
            return ""
        try:
            identities.check_email(address)
        except IdentityError as error:
            raise forms.ValidationError(str(error)) from error
        return address

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if not phone:
            return ""
        try:
            identities.normalise(Identity.Kind.PHONE, phone)
        except IdentityError as error:
            raise forms.ValidationError(str(error)) from error
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        reachable = cleaned.get("address") or cleaned.get("phone")
        if not reachable and not {"address", "phone"} & set(self.errors):
            self.add_error("address", _("Give a mail address or a phone number, so that we can answer."))
        return cleaned

    def beginning(self) -> Beginning:
        """What the flow wants; only of a valid form."""
        return Beginning(**{name: self.cleaned_data[name] for name in self.field_order})


def filled(given: dict[str, str], person: Customer | None) -> dict[str, Any]:
    """What is known already: of a person, else what the address of the page says."""
    known = {name: given[name][:200] for name in ("name", "address", "phone", "title") if given.get(name)}
    known |= {"channel": "phone"}
    if person is None:
        return known
    by_kind = {identity.kind: identity.shown for identity in reversed(person.identities.all())}
    known |= {"name": person.name}
    known |= {"address": by_kind.get(Identity.Kind.EMAIL, ""), "phone": by_kind.get(Identity.Kind.PHONE, "")}
    return known


def whose(address: str, phone: str) -> Customer | None:
    """The customer whom the typed address or number belongs to, if any."""
    found = (identities.find(kind, value) for kind, value in ways_of(address, phone))
    return next((customer for customer in found if customer is not None), None)


def ways_of(address: str, phone: str) -> list[tuple[str, str]]:
    """What was typed, as kinds of identities and their comparable forms; what is none is left out."""
    ways: list[tuple[str, str]] = []
    for kind, shown in ((Identity.Kind.EMAIL, address), (Identity.Kind.PHONE, phone)):
        with suppress(IdentityError):
            ways += [(kind, identities.normalise(kind, shown))] if shown.strip() else []
    return ways
