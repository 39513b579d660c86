"""What members change about themselves."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.clock.models import Absence
from amends.desk.forms.fields import LanguagesField, TimeZoneField, is_near
from amends.people.models import Member


class ProfileForm(forms.ModelForm[Member]):
    time_zone = TimeZoneField(help_text=gettext_lazy("All times at the desk are shown in it."))
    languages = LanguagesField(label=gettext_lazy("Languages you write"))

    class Meta:
        model = Member
        fields = ("name", "time_zone", "languages", "theme", "keys_on")
        help_texts = {
            "name": gettext_lazy("Customers read it under your letters."),
            "keys_on": gettext_lazy("One letter does a deed while no field is being typed in. “?” shows them all."),
        }


class EmailForm(forms.ModelForm[Member]):
    class Meta:
        model = Member
        fields = ("email",)
        help_texts = {"email": gettext_lazy("You sign in with it, and a forgotten password is mailed to it.")}

    def clean_email(self) -> str:
        return free_address(self.cleaned_data["email"], self.instance)


class PasswordForm(forms.Form):
    """The password that goes with a one-time link."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 12 characters. A few words in a row are easy to keep in mind."),
    )


class AbsenceForm(forms.Form):
    """Whole days of the member's own time zone; saved as moments."""

    first = forms.DateField(label=gettext_lazy("First day away"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    last = forms.DateField(label=gettext_lazy("Last day away"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    stand_in = forms.ModelChoiceField(
        Member.objects.none(),
        label=gettext_lazy("Who stands in"),
        required=False,
        empty_label=gettext_lazy("Whoever fits best"),
        help_text=gettext_lazy("Takes what falls due meanwhile."),
    )

    def __init__(self, *given: Any, stand_ins: QuerySet[Member], **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["stand_in"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = stand_ins

    def clean(self) -> None:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        for name, day in (("first", first), ("last", last)):
            if day and not is_near(day):
                self.add_error(name, _("This is not within two years of today. Take another day."))
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first. Take %(day)s or later.") % {"day": first})
        elif last and last < timezone.localdate():
            self.add_error("last", _("This time is over already. Take today or later."))

    def absence_of(self, member: Member) -> Absence:
        """The absence, not yet saved: from the first midnight to the one after the last day."""
        zone = ZoneInfo(member.time_zone)
        return Absence(
            member=member,
            starts=_midnight(self.cleaned_data["first"], zone),
            ends=_midnight(self.cleaned_data["last"] + timedelta(days=1), zone),
            stand_in=self.cleaned_data["stand_in"],
        )


class OthersAbsenceForm(AbsenceForm):
    """A lead writes down that somebody is away."""

    member = forms.ModelChoiceField(Member.objects.none(), label=gettext_lazy("Who is away"), empty_label=None)
    field_order = ("member", "first", "last", "stand_in")

    def __init__(self, *given: Any, stand_ins: QuerySet[Member], **named: Any) -> None:
        super().__init__(*given, stand_ins=stand_ins, **named)
        field = self.fields["member"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = stand_ins

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("member") and self.cleaned_data.get("member") == self.cleaned_data.get("stand_in"):
            self.add_error("stand_in", _("Nobody stands in for oneself. Choose somebody else."))


def free_address(address: str, of: Member | None = None) -> str:
    """The mail address in lower case. Raises ValidationError when another member has it."""
    address = address.lower()
    others = Member.objects.exclude(pk=of.pk) if of and of.pk else Member.objects.all()
    if others.filter(email__iexact=address).exists():
        raise ValidationError(_("Another member signs in with this address. Take a different one."))
    return address


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()), zone)
