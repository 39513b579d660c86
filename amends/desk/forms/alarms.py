"""How a member wants to be told."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amends.channels import outside_calls, push
from amends.people.models import Browser, Telling


class TellingForm(forms.ModelForm[Telling]):
    hook = forms.URLField(
        label=_("To a webhook"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of a program of yours. What we send it is signed, and sent again until it answers."),
    )

    class Meta:
        model = Telling
        fields = ("mail", "push", "hook")

    def clean_hook(self) -> str:
        url: str = self.cleaned_data["hook"]
        if url and (trouble := outside_calls.why_not(url)):
            raise ValidationError(trouble)
        return url


class BrowserForm(forms.Form):
    """What a browser says of itself when it may be pushed to."""

    endpoint = forms.CharField(max_length=Browser._meta.get_field("endpoint").max_length)
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=60)
    name = forms.CharField(max_length=120, required=False)
    keys: dict[str, str]

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        if trouble := outside_calls.why_not(endpoint):
            raise ValidationError(trouble)
        return endpoint

    def clean(self) -> None:
        try:
            self.keys = push.keys_of(self.cleaned_data)
        except ValueError as error:
            raise ValidationError(_("These are not the keys of a browser.")) from error
