"""Fields that several settings share: time zones, languages, lengths of working time."""

from __future__ import annotations

import difflib
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.clock import spans

LANGUAGE_CODES = (
    "en de fr es it pt nl sv da nb fi is pl cs sk sl hr sr hu ro bg el tr uk ru et lv lt ga ca eu gl cy "
    "ar he fa hi bn ur id ms th vi ko ja zh-hans zh-hant"
).split()

NEAR = timedelta(days=2 * 365)
NOT_NEAR = gettext_lazy("This is not within two years of today. Name another time.")
LONGEST = 2_000 * 60
"""Minutes: the working hours of one person's year."""


def is_near(day: date) -> bool:
    """Whether a day lies within two years of today. Another one is a slip, and at the calendar's ends no moment at all
    in other time zones."""
    return abs(day - timezone.localdate()) <= NEAR


class NearTimeField(forms.DateTimeField):
    """A time on a day that is near."""

    def __init__(self, **named: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **named)

    def clean(self, value: Any) -> datetime | None:
        at: datetime | None = super().clean(value)
        if at is not None and not is_near(at.date()):
            raise ValidationError(NOT_NEAR)
        return at


@cache
def zones() -> list[str]:
    """Every time zone that a person would choose, by name."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/")))


@cache
def languages() -> list[tuple[str, str]]:
    """(code, the language's own name), capitalised as in a list."""
    named = [(code, LANG_INFO[code]["name_local"]) for code in LANGUAGE_CODES if code in LANG_INFO]
    return [
        (code.partition("-")[0] if code == "zh-hans" else code, name[:1].upper() + name[1:]) for code, name in named
    ]


class ZoneInput(forms.TextInput):
    """A text field that suggests every time zone."""

    template_name = "desk/widgets/zone.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own.update(list=f"{own.get('id', name)}-zones", autocomplete="off", spellcheck="false")
        context["widget"]["zones"] = zones()
        return context


class TimeZoneField(forms.CharField):
    """A name from the time zone database; a city alone is enough when only one zone has it."""

    widget = ZoneInput

    def __init__(self, **given: Any) -> None:
        given.setdefault("label", gettext_lazy("Time zone"))
        super().__init__(max_length=64, **given)

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if not typed or typed == "UTC" or typed in available_timezones():
            return typed
        city = typed.replace(" ", "_").lower()
        found = [zone for zone in zones() if zone.lower() == city or zone.lower().rpartition("/")[2] == city]
        if len(found) == 1:
            return found[0]
        near = difflib.get_close_matches(typed, zones(), n=1, cutoff=0.5)
        hint = near[0] if near else "Europe/London"
        sentence = _("There is no time zone “%(typed)s”. Write it like %(hint)s.")
        raise ValidationError(sentence % {"typed": typed, "hint": hint})


class LanguageField(forms.ChoiceField):
    """One language, by its own name."""

    def __init__(self, *, any_of: Any = "", **given: Any) -> None:
        given.setdefault("label", gettext_lazy("Language"))
        super().__init__(choices=lambda: [*([("", any_of)] if any_of else []), *languages()], **given)


class LanguagesField(forms.MultipleChoiceField):
    """The languages that a member writes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **given: Any) -> None:
        given.setdefault("label", gettext_lazy("Languages"))
        given.setdefault("required", False)
        super().__init__(choices=languages, **given)


class MinutesWidget(forms.MultiWidget):
    """A number and its unit; 240 minutes are shown as 4 working hours."""

    template_name = "desk/widgets/minutes.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        units = [("60", gettext_lazy("working hours")), ("1", gettext_lazy("working minutes"))]
        number = forms.NumberInput(attrs={"class": "input short", "min": "0", "step": "any"})
        unit = forms.Select(choices=units, attrs={"class": "input unit", "aria-label": gettext_lazy("Unit")})
        super().__init__([number, unit], attrs)

    def decompress(self, value: Any) -> list[Any]:
        if value in (None, ""):
            return [None, "60"]
        return [value // 60, "60"] if value % 60 == 0 else [value, "1"]


class MinutesField(forms.MultiValueField):
    """A length of working time, in minutes."""

    widget = MinutesWidget

    def __init__(self, **given: Any) -> None:
        number = forms.FloatField(max_value=LONGEST, error_messages={"invalid": gettext_lazy("Write a number.")})
        fields = (number, forms.ChoiceField(choices=[("60", ""), ("1", "")]))
        least = MinValueValidator(1, gettext_lazy("Take 1 minute or more: a promise needs some time."))
        most = MaxValueValidator(LONGEST, gettext_lazy("Take 2000 hours or less: nobody waits so long for an answer."))
        super().__init__(fields, validators=[least, most], **given)

    def compress(self, data_list: list[Any]) -> int | None:
        return round(data_list[0] * int(data_list[1])) if data_list else None


class SpanField(forms.CharField):
    """A length of time as people write it ("4 h", "1 h 30", "20 min"); minutes, or None where none is wanted."""

    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput(attrs={"class": "input span", "autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=40, widget=widget, **given)

    def prepare_value(self, value: Any) -> Any:
        return spans.shown(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        typed: str = super().clean(value)
        if not typed:
            return None
        minutes = spans.read(typed)
        if minutes is None:
            raise ValidationError(
                _("“%(typed)s” is no length of time. Write it like 4 h, or 30 min.") % {"typed": typed}
            )
        if not 1 <= minutes <= LONGEST:
            raise ValidationError(_("Take a time from 1 minute to 2000 hours."))
        return minutes
