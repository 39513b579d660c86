"""Firms whose word we pass on (C4.3)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.desk.forms.fields import TimeZoneField
from amends.people.models import Partner

FEWEST_DIGITS = 3


class PartnerForm(forms.ModelForm[Partner]):
    """A partner; a name is there once, however it is spelt in capitals."""

    time_zone = TimeZoneField(help_text=gettext_lazy("Where they work. Their clock is shown when you ask them."))

    class Meta:
        model = Partner
        fields = ("name", "kind", "contact", "phone", "email", "time_zone")
        help_texts = {
            "name": gettext_lazy("Customers read it in what is promised to them."),
            "contact": gettext_lazy("A person with a name, as in “Gus Harrow, at the counter”."),
        }
        error_messages = {"name": {"required": gettext_lazy("Write the name of the firm.")}}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        other = Partner.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).first()
        if other is not None:
            sentence = _("There is a partner “%(name)s” already. Change that one, or take another name.")
            raise forms.ValidationError(sentence % {"name": other})
        return name

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and sum(sign.isdigit() for sign in phone) < FEWEST_DIGITS:
            raise forms.ValidationError(_("This is no telephone number. Write it like +44 20 7946 0018."))
        return phone
