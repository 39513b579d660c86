"""The small forms of the ladder, of offers, of what a case is about, and of abuse."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Case
from amends.desk.forms.case import FIRST, WhenForm, line
from amends.desk.forms.fields import NOT_NEAR, is_near
from amends.flows import escalating, starting
from amends.people.models import Member


class HeardForm(forms.Form):
    """A customer rang: what they said, for whom they asked, and whether they were sent around."""

    words = forms.CharField(
        label=_("What they said"),
        help_text=_("In their own words. What you answered is written up as a call."),
        widget=forms.Textarea(attrs={"rows": 4, **FIRST}),
        error_messages={"required": _("Write down what they said, in their own words.")},
    )
    wanted = forms.ModelChoiceField(
        Member.objects.filter(is_active=True, rung__gt=0).order_by("-rung", "name"),
        label=_("Whom they asked for"),
        empty_label=_("Nobody senior"),
        required=False,
    )
    transfers = forms.IntegerField(
        label=_("How often they were put through"), min_value=0, max_value=20, required=False
    )
    repeats = forms.IntegerField(
        label=_("How often they had to tell it again"), min_value=0, max_value=20, required=False
    )
    door = forms.CharField(label=_("The number they rang, if not the usual one"), max_length=40, required=False)

    @property
    def rang(self) -> starting.Rang:
        """What was meant; only when the form is valid."""
        told = self.cleaned_data
        counts = {name: told[name] or 0 for name in ("transfers", "repeats")}
        return starting.Rang(told["words"], told["wanted"], door=told["door"], **counts)


class BackupForm(forms.Form):
    """Somebody senior is wanted, and what for."""

    why = line(
        _("What you need them for"),
        missing=_("Say in one line what you need somebody senior for."),
        help_text=_("They read this first. The case stays with its owner."),
        opens_here=True,
    )


class DecisionForm(forms.Form):
    """What was decided on a rung, and how the customer heard of it."""

    words = forms.CharField(
        label=_("What you decided"),
        help_text=_("What, for whom, by when. The owner reads it first."),
        widget=forms.Textarea(attrs={"rows": 3, **FIRST}),
        max_length=500,
        error_messages={"required": _("Say what you decided.")},
    )
    how = forms.ChoiceField(
        label=_("How the customer knows"),
        choices=[(escalating.CALLED, _("I called them")), (escalating.WROTE, _("I wrote to them"))],
        widget=forms.RadioSelect,
        initial=escalating.CALLED,
    )


class EndForm(forms.Form):
    """A case leaves a rung."""

    reason = line(
        _("Why it needs this rung no more"),
        missing=_("Say in one line why the case needs this rung no more."),
        opens_here=True,
    )


class OfferForm(forms.Form):
    """What was offered."""

    what = forms.CharField(
        label=_("What you offered"),
        help_text=_("What, for whom, by when. If nobody answers it in 48 hours, a person calls: silence is no yes."),
        widget=forms.Textarea(attrs={"rows": 3, **FIRST}),
        max_length=500,
        error_messages={"required": _("Say what you offered: what, for whom, by when.")},
    )
    in_letter = forms.BooleanField(
        label=_("It stands in our last letter"),
        help_text=_("Then it was offered when that letter left."),
        required=False,
    )


class OfferAnswerForm(forms.Form):
    """What the customer said to the offer."""

    how = forms.ChoiceField(
        label=_("They said"),
        choices=[("accepted", _("Yes")), ("rejected", _("No")), ("countered", _("Something else"))],
        widget=forms.RadioSelect(attrs=FIRST),
        error_messages={"required": _("Say what they answered: yes, no, or something else.")},
    )
    words = line(
        _("In their own words"),
        missing=_("Write down the customer's own words, and where they said them."),
        help_text=_("And where they said them: in a mail, on the phone."),
        most=500,
    )


class EvidenceOfForm(forms.Form):
    """What a customer did elsewhere."""

    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            ("praised", _("They praised us, or somebody here, to others")),
            ("left", _("They ended the contract, or said goodbye")),
            ("chargeback", _("They had their bank take the money back")),
            ("outside", _("They went to an ombudsman, a regulator or a court")),
        ],
        widget=forms.RadioSelect(attrs=FIRST),
        error_messages={"required": _("Choose what happened.")},
    )
    words = line(_("What shows it"), missing=_("Say in one line what shows it."), most=500)


class MatterForm(forms.ModelForm[Case]):
    """What a case is about, how grave it is, for which occasion, what was posted of it, and who may see it."""

    class Meta:
        model = Case
        fields = ("about", "cause", "loss", "severity", "occasion_at", "post", "reach", "posted_at", "guard")
        labels = {
            "about": _("Order, bill or unit"),
            "cause": _("Cause"),
            "loss": _("What it costs them"),
            "severity": _("How grave"),
            "occasion_at": _("It must be right for"),
            "post": _("Where they tell others of it"),
            "reach": _("How many read that"),
            "posted_at": _("When they posted it"),
            "guard": _("Seen only by those who need it"),
        }
        help_texts = {
            "cause": _("A word or two, as in billing/overcharge. The same cause again is a repeat."),
            "loss": _("In US dollars, or what equals them. How near they are to leaving, and who joins, depend on it."),
            "post": _("A link to their post about our fault, or its place. Somebody senior joins."),
            "reach": _("Followers or readers, as far as you know. It decides who answers, never what they get."),
            "posted_at": _("Leave it empty if it was just now."),
            "occasion_at": _("A birthday, a wedding, a journey. Within three days of it clocks are halved."),
            "guard": _("Then only the owner, who joined, and seniors of the brand find and open the case."),
        }
        error_messages = {"severity": {"required": _("Choose how grave it is.")}}
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            for name in ("occasion_at", "posted_at")
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        guard = self.fields["guard"]
        assert isinstance(guard, forms.TypedChoiceField)
        guard.choices = [("", _("No: everybody who serves the brand")), *Case.Guard.choices]

    def clean_occasion_at(self) -> datetime | None:
        """One that was long ago stays as it is while something else is changed."""
        at: datetime | None = self.cleaned_data["occasion_at"]
        if at is not None and "occasion_at" in self.changed_data and not is_near(at.date()):
            raise forms.ValidationError(NOT_NEAR)
        return at

    def clean(self) -> dict[str, Any]:
        """Whoever empties the place of a post takes all of it back."""
        cleaned = super().clean() or self.cleaned_data
        if (
            not self["post"].initial
            and not cleaned.get("post")
            and (cleaned.get("reach") is not None or cleaned.get("posted_at"))
        ):
            self.add_error("post", _("Say where they posted it: a link, or the place and the name it goes by."))
        return cleaned


class AbuseForm(WhenForm):
    """Abuse of the people here: warn, pause, a second person. Apart from how soon the case is helped (A077)."""

    what = forms.ChoiceField(
        label=_("What you do"),
        choices=[],
        widget=forms.RadioSelect(attrs=FIRST),
        error_messages={"required": _("Choose what you do.")},
    )
    why = line(
        _("What was said or done"),
        missing=_("Say in one line what was said or done. It is no judgement of the person."),
        most=300,
    )

    def __init__(self, *given: Any, choices: list[tuple[str, Any]], **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def wants_time(self, cleaned: dict[str, Any]) -> bool:
        return cleaned.get("what") == "pause"
