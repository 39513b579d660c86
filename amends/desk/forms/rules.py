"""When a case asks for a skill (RO1)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.desk.forms.fields import LanguageField
from amends.desk.forms.targets import CHANNELS
from amends.kit import folding
from amends.people.models import SkillRule

FEWEST_SIGNS = 3
"""Of a word in a script with gaps: two letters begin half of a language."""


class RuleForm(forms.ModelForm[SkillRule]):
    """A rule: the skill, and what asks for it."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"), choices=[("", gettext_lazy("Any channel")), *CHANNELS], required=False
    )
    language = LanguageField(any_of=gettext_lazy("Any language"), required=False)

    class Meta:
        model = SkillRule
        fields = ("skill", "words", "channel", "language", "brand")
        widgets = {"words": forms.Textarea(attrs={"rows": 6, "class": "input"})}
        labels = {"skill": gettext_lazy("Asks for")}
        help_texts = {
            "words": gettext_lazy(
                "One on each line: a product, a topic. One of them is enough, in the title, the first letter, the order or "
                "the cause. The beginning of a word does: “repair” finds “repairs”."
            ),
            "brand": gettext_lazy("Empty means every brand."),
        }
        error_messages = {
            "skill": {"required": gettext_lazy("Choose the skill. New ones are made in Teams and skills.")}
        }

    def clean_words(self) -> str:
        found = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        kept = list(dict.fromkeys(filter(None, found)))
        for word in kept:
            signs = folding.searched(word)
            if not signs or (signs < "\u2e80" and len(signs) < FEWEST_SIGNS):
                raise forms.ValidationError(
                    _("“%(word)s” would stand in nearly every letter. Write three letters or more.") % {"word": word}
                )
        return "\n".join(kept)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.get(name) for name in ("words", "channel", "language")):
            self.add_error("words", _("Say what asks for it: words, a channel or a language."))
        return cleaned
