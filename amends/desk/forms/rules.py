"""When a case asks for a skill (RO1)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.models import Case
from amends.desk.forms.fields import LanguageField
from amends.desk.forms.targets import CHANNELS
from amends.kit import folding
from amends.people.models import SkillRule
from amends.triage.skills import Asked
from amends.triage.topics import TOPICS

CONDITIONS = ("words", "topic", "severity", "channel", "language")
"""Of these a rule needs one at least."""
FEWEST_SIGNS = 3
"""Of a word in a script with gaps: two letters begin half of a language."""


def or_graver(severity: int) -> Promise | str:
    """A severity from which on a rule asks, in words."""
    label = Case.Severity(severity).label
    if severity == max(Case.Severity):
        return label
    return format_lazy(gettext_lazy("{severity} or graver"), severity=label)


class RuleForm(forms.ModelForm[SkillRule]):
    """A rule: the skill, and what asks for it."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"), choices=[("", gettext_lazy("Any channel")), *CHANNELS], required=False
    )
    language = LanguageField(any_of=gettext_lazy("Any language"), required=False)
    topic = forms.ChoiceField(
        label=gettext_lazy("What they write about"),
        choices=[("", gettext_lazy("Anything")), *TOPICS.items()],
        required=False,
        help_text=gettext_lazy(
            "As the reader found it in the first letter that says so. Letters are read some seconds after they came; "
            "a case that nobody has begun to answer then goes to who has the skill."
        ),
    )
    severity = forms.TypedChoiceField(
        label=gettext_lazy("How grave it is"),
        choices=[(0, gettext_lazy("Any severity")), *((one.value, or_graver(one)) for one in Case.Severity if one > 1)],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Every case begins as substantial, until somebody judges it."),
    )

    class Meta:
        model = SkillRule
        fields = ("skill", "words", "topic", "severity", "channel", "language", "brand")
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

    def clean_severity(self) -> int:
        return self.cleaned_data["severity"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.get(name) for name in CONDITIONS):
            self.add_error("words", _("Say what asks for it: words, a topic, a severity, a channel or a language."))
        return cleaned


def asks_when(rule: SkillRule) -> str:
    """When a rule asks, but for its words: what they write about, how grave it is, channel, language."""
    severity = or_graver(rule.severity) if rule.severity else ""
    topic = TOPICS.get(rule.topic, "")
    return ", ".join(str(one) for one in (topic, severity, dict(CHANNELS).get(rule.channel, ""), rule.language) if one)


def asked_by(asked: Asked) -> str:
    """What of a rule asked for a skill on one case."""
    severity = or_graver(asked.severity) if asked.severity else ""
    return ", ".join(str(one) for one in (asked.word, TOPICS.get(asked.topic, ""), severity) if one)
