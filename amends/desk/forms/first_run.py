"""What the first run asks."""

from __future__ import annotations

from datetime import time

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.clock.weeks import read_time, what_is_wrong
from amends.desk.forms.fields import LanguageField, TimeZoneField
from amends.desk.forms.you import PasswordForm
from amends.flows.setting_up import Beginning
from amends.people.models import Member


class FirstRunForm(forms.Form):
    desk = forms.CharField(
        label=gettext_lazy("Name of the desk"),
        max_length=80,
        help_text=gettext_lazy("Only your colleagues read it."),
    )
    brand = forms.CharField(
        label=gettext_lazy("Name that customers know"),
        max_length=80,
        help_text=gettext_lazy("Your shop or brand. More can follow later."),
    )
    time_zone = TimeZoneField()
    language = LanguageField(label=gettext_lazy("Language of your customers"), initial="en")
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        help_text=gettext_lazy("You sign in with it."),
    )
    password = PasswordForm.base_fields["password"]  # the same words of help
    opens = forms.CharField(label=gettext_lazy("Monday to Friday from"), initial="09:00", max_length=5)
    closes = forms.CharField(label=gettext_lazy("until"), initial="17:30", max_length=5)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, Member(name=self.data.get("name", ""), email=self.data.get("email", "")))
        return password

    def clean(self) -> None:
        for name in ("opens", "closes"):
            if name in self.cleaned_data and (moment := read_time(self.cleaned_data[name])) is not None:
                self.cleaned_data[name] = moment
            elif name in self.cleaned_data:
                self.add_error(name, _("Write a time like 09:00."))
        opening = (self.cleaned_data.get("opens"), self.cleaned_data.get("closes"))
        if isinstance(opening[0], time) and isinstance(opening[1], time):
            wrong = what_is_wrong([(opening[0], opening[1])])
            if wrong:
                self.add_error("closes", wrong)

    def beginning(self) -> Beginning:
        """What was asked, for `flows.setting_up`."""
        given = dict(self.cleaned_data)
        return Beginning(opening=(given.pop("opens"), given.pop("closes")), **given)
