"""Whom the house asks for suggestions. The key goes in, and never comes out again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.channels import outside_calls
from amends.channels.completions import PATH, Endpoint
from amends.kit import secrets
from amends.people.models import Brand, Connector
from amends.people.models.connector import KEY


class ConnectorForm(forms.ModelForm[Connector]):
    key = forms.CharField(
        label=gettext_lazy("Key"),
        required=False,
        max_length=500,
        # Without `render_value` the browser never gets a kept or a typed key back.
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Empty for one that wants none. Another address forgets the key that was kept."),
    )
    brands = forms.ModelMultipleChoiceField(
        label=gettext_lazy("On for"),
        queryset=Brand.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Of a brand that is not ticked, no word leaves. None ticked: suggestions are off."),
    )

    class Meta:
        model = Connector
        fields = ("name", "url", "model", "drafts", "summaries", "masks")
        widgets = {
            "url": forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocomplete": "off"}),
            "model": forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        }
        help_texts = {
            "name": gettext_lazy("What your people read whenever they ask it, as in “Model in our cellar”."),
            "url": gettext_lazy("Any that speaks OpenAI’s chat completions, such as https://api.example.com/v1."),
            "model": gettext_lazy("As it is called there."),
            "masks": gettext_lazy(
                "They come back in the answer. What no rule knows, such as a postal address, stays in the words."
            ),
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        instance: Connector = named["instance"]
        on_for = list(instance.brands.all()) if instance.pk else []
        named["initial"] = {"brands": on_for, **named.get("initial", {})}
        super().__init__(*given, **named)
        self._sealed, self._url = instance.sealed, instance.url
        if self._kept():
            self.fields["key"].widget.attrs["placeholder"] = _("Kept. Leave empty to keep it.")

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip().rstrip("/").removesuffix(PATH)
        if re.search(r"[\s?#\\]", url) or outside_calls.why_not(url, settings.CONNECTOR_HOSTS):
            sentence = _(
                "Write a whole address that begins with https://, such as https://api.example.com/v1. Plain http is only "
                "for hosts that AMENDS_CONNECTOR_HOSTS names."
            )
            raise forms.ValidationError(sentence)
        return url

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].strip()
        if re.search(r"[^\x21-\x7e]", key):
            raise forms.ValidationError(
                _("This is no key: it has spaces or letters in it that none has. Copy it again.")
            )
        return key

    def endpoint(self) -> Endpoint:
        """What was typed, saved or not."""
        given = self.cleaned_data
        return Endpoint(given["name"], given["url"], given["model"], given["key"] or self._kept().get(KEY, ""))

    def save(self, commit: bool = True) -> Connector:
        """Save it with its key, and switch it on for the brands that were ticked."""
        key = self.cleaned_data["key"] or self._kept().get(KEY, "")
        connector = super().save(commit=False)
        connector.sealed = secrets.seal({KEY: key}) if key else ""
        connector.save()
        on_for = self.cleaned_data["brands"]
        Brand.objects.filter(connector=connector).exclude(pk__in=on_for).update(connector=None)
        Brand.objects.filter(pk__in=on_for).update(connector=connector)
        return connector

    def _kept(self) -> Mapping[str, str]:
        """A kept key never goes to a server that it was not meant for."""
        if hasattr(self, "cleaned_data") and _server(self.cleaned_data.get("url", "")) != _server(self._url):
            return {}
        try:
            return secrets.unseal(self._sealed)
        except secrets.SecretError:  # a new one can be typed here
            return {}


def _server(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
