"""Promises of a brand, its holidays, and the seconds that a letter is held."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amends.clock import public_holidays
from amends.clock.models import Holiday, Target, TeamHours
from amends.desk.forms.fields import MinutesField, TimeZoneField
from amends.people.models import Brand, Desk

CHANNELS = [("email", gettext_lazy("By mail")), ("form", gettext_lazy("By contact form"))]


class TargetForm(forms.ModelForm[Target]):
    first_reply = MinutesField(label=gettext_lazy("A person answers within"))
    next_reply = MinutesField(label=gettext_lazy("And later letters within"))

    class Meta:
        model = Target
        fields = ("first_reply", "next_reply")


class HolidayForm(forms.ModelForm[Holiday]):
    class Meta:
        model = Holiday
        fields = ("date", "name")
        widgets = {"date": forms.DateInput({"type": "date"}, "%Y-%m-%d")}

    def clean_date(self) -> date:
        day: date = self.cleaned_data["date"]
        if Holiday.objects.filter(brand=self.instance.brand, team=self.instance.team, date=day).exists():
            raise forms.ValidationError(_("This day is in the list already."))
        return day


class TeamHoursForm(forms.ModelForm[TeamHours]):
    time_zone = TimeZoneField(help_text=gettext_lazy("The hours and holidays of this team are counted in it."))

    class Meta:
        model = TeamHours
        fields = ("time_zone",)


class PublicHolidaysForm(forms.Form):
    """Take over a country's public holidays of this year and the next."""

    country = forms.ChoiceField(label=gettext_lazy("Country"))
    region = forms.CharField(
        label=gettext_lazy("Region"),
        required=False,
        max_length=8,
        help_text=gettext_lazy("Its code, such as BY for Bavaria, when the region has days of its own."),
    )

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.years = (today.year, today.year + 1)
        self.days: dict[date, str] = {}
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = public_holidays.countries(get_language() or "en")

    def clean(self) -> None:
        try:
            self.days = public_holidays.public_holidays(
                self.cleaned_data.get("country", ""), self.cleaned_data.get("region", ""), self.years
            )
        except public_holidays.UnknownCountry as error:
            self.add_error("region" if "country" in self.cleaned_data else None, str(error))

    @classmethod
    def begun(cls, time_zone: str, today: date) -> PublicHolidaysForm:
        """The form with the country that a time zone lies in."""
        return cls(today=today, initial={"country": public_holidays.country_of(time_zone)})

    def take_over(self, *, brand: Brand | None = None, team: TeamHours | None = None) -> int:
        """Keep the days for a brand or a team; how many are new. What is there stays."""
        known = set(Holiday.objects.filter(brand=brand, team=team).values_list("date", flat=True))
        new = [
            Holiday(brand=brand, team=team, date=day, name=name) for day, name in self.days.items() if day not in known
        ]
        Holiday.objects.bulk_create(new, ignore_conflicts=True)
        return len(new)


class HoldForm(forms.ModelForm[Desk]):
    hold_seconds = forms.TypedChoiceField(
        label=gettext_lazy("Hold every answer before it leaves"),
        coerce=int,
        help_text=gettext_lazy("Time to undo. From 0 to 120 seconds."),
    )

    class Meta:
        model = Desk
        fields = ("hold_seconds",)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["hold_seconds"]
        assert isinstance(field, forms.TypedChoiceField)
        seconds = sorted({0, 5, 10, 15, 30, 60, 120, self.instance.hold_seconds})
        field.choices = [(n, _("%(seconds)s seconds") % {"seconds": n}) for n in seconds]
