"""Brands, and the name of the desk."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.desk.forms.fields import LanguageField, TimeZoneField
from amends.flows import acknowledgement
from amends.people.models import Brand, Desk
from amends.people.models.brands import LONGEST_REOPEN, REOPEN_DAYS
from amends.ui import contrast


class BrandForm(forms.ModelForm[Brand]):
    time_zone = TimeZoneField(help_text=gettext_lazy("The opening hours are counted in it."))
    language = LanguageField(help_text=gettext_lazy("For letters that the desk writes by itself."))
    colour = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=gettext_lazy("Colour"),
        required=False,
        widget=forms.TextInput(attrs={"class": "input short", "spellcheck": "false"}),
        error_messages={"invalid": gettext_lazy("Write a colour like #2f4a9c.")},
        help_text=gettext_lazy("For the customer’s page. Empty takes a calm blue."),
    )
    page_days = forms.IntegerField(
        label=gettext_lazy("Days that a case page stays open"),
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        widget=forms.NumberInput(attrs={"class": "input short"}),
        help_text=gettext_lazy("After that, the customer asks for a new link, sent to the address you know."),
    )

    reopen_days = forms.IntegerField(
        label=gettext_lazy("Days in which an answer opens a closed case again"),
        required=False,
        min_value=1,
        max_value=LONGEST_REOPEN,
        widget=forms.NumberInput(attrs={"class": "input short"}),
        error_messages={
            "min_value": gettext_lazy("Take one day or more."),
            "max_value": gettext_lazy("Take a year or less: what comes later is a matter of its own."),
        },
        help_text=gettext_lazy(
            "What comes later begins a new case, which says which one it follows. On their own page customers always "
            "open it again. Empty takes the house’s 30."
        ),
    )

    class Meta:
        model = Brand
        fields = (
            *("name", "slug", "colour", "time_zone", "language", "signature", "form_open", "page_days", "reopen_days"),
            *("value_limit", "acknowledge", "acknowledgement", "tell_new_name"),
        )
        widgets = {
            "signature": forms.Textarea(attrs={"rows": 4, "class": "input voice"}),
            "acknowledgement": forms.Textarea(attrs={"rows": 12, "class": "input voice"}),
        }
        labels = {"slug": gettext_lazy("Short name in links")}
        help_texts = {
            "name": gettext_lazy("Customers read it."),
            "slug": gettext_lazy("Letters, digits and hyphens. Empty takes it from the name."),
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["slug"].required = False
        note = self.fields["acknowledgement"]
        note.widget.attrs["placeholder"] = acknowledgement.usual(complaint=False)
        note.help_text = _("Empty sends the words above. What is filled in: %(places)s.") % {
            "places": ", ".join(f"{{{place}}} {what}" for place, what in acknowledgement.PLACES.items())
        }

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:40]
        if not slug:
            raise forms.ValidationError(_("No short name can be made of this name. Write one in Latin letters."))
        if Brand.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another brand has this short name. Take a different one."))
        return slug

    def clean_reopen_days(self) -> int:
        return self.cleaned_data["reopen_days"] or REOPEN_DAYS

    def clean_acknowledgement(self) -> str:
        words: str = self.cleaned_data["acknowledgement"]
        unknown = [place for place in re.findall(r"(?<!\{)\{([a-z_]+)\}", words) if place not in acknowledgement.PLACES]
        if unknown:
            known = ", ".join(f"{{{place}}}" for place in acknowledgement.PLACES)
            sentence = _("Nothing is filled in for {%(place)s}. There are: %(known)s.")
            raise forms.ValidationError(sentence % {"place": unknown[0], "known": known})
        return words

    def clean_colour(self) -> str:
        colour: str = self.cleaned_data["colour"].lower()
        if colour and contrast.with_white(colour) < contrast.READABLE:
            darker = contrast.darkened(colour)
            sentence = _("White words on %(colour)s cannot be read. %(darker)s can.")
            raise forms.ValidationError(sentence % {"colour": colour, "darker": darker})
        return colour


class DeskForm(forms.ModelForm[Desk]):
    class Meta:
        model = Desk
        fields = ("name",)
        labels = {"name": gettext_lazy("Name of the desk")}
        help_texts = {"name": gettext_lazy("Only your colleagues read it.")}
