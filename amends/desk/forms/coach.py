"""How the coach works here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.coach.models import Coaching
from amends.coach.registry import tip_codes


class PauseForm(forms.ModelForm[Coaching]):
    pause_seconds = forms.TypedChoiceField(
        label=gettext_lazy("Hold a letter that quarrels"),
        coerce=int,
        help_text=gettext_lazy("Time to think before it may leave with a reason. From 0 to 300 seconds."),
    )

    class Meta:
        model = Coaching
        fields = ("pause_seconds",)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["pause_seconds"]
        assert isinstance(field, forms.TypedChoiceField)
        lengths = sorted({0, 30, 60, 120, 300, self.instance.pause_seconds})
        field.choices = [(n, _("%(seconds)s seconds") % {"seconds": n}) for n in lengths]


class TipForm(forms.Form):
    """A tip in one's own words, as `desk/settings/tip.html` draws it; without words the coach's own comes back."""

    code = forms.CharField()
    advice = forms.CharField(required=False, max_length=200)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if code not in tip_codes():
            raise forms.ValidationError(_("The coach has no such tip. Load the page anew."))
        return code

    def clean_advice(self) -> str:
        return " ".join(str(self.cleaned_data["advice"]).split())
