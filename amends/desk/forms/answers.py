"""Saved answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from amends.coach.models import SavedAnswer
from amends.desk.forms.fields import LanguageField


class AnswerForm(forms.ModelForm[SavedAnswer]):
    language = LanguageField(any_of=gettext_lazy("Any language"), required=False)

    class Meta:
        model = SavedAnswer
        fields = ("name", "use", "brand", "language", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 12, "class": "input voice"})}
        labels = {"body": gettext_lazy("Words")}
        help_texts = {
            "name": gettext_lazy("Only you and your colleagues see it."),
            "use": gettext_lazy("The coach judges it as that."),
            "brand": gettext_lazy("Empty means every brand."),
            "body": gettext_lazy(
                "{customer}, {agent}, {brand} and {case} are filled in. Anything else stays as written."
            ),
        }
