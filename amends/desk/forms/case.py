"""The small forms of a case's deeds. What a deed allows is the flow's to say; here only what was meant."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.models import Closure
from amends.clock.models import Promise
from amends.clock.promises import Word
from amends.desk.forms.fields import NOT_NEAR, NearTimeField, is_near
from amends.flows import blackening

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GIVEN = ("callback", "send", "refund", "fix", "tell", "partner", "prevent", "other")
NAMED = {Promise.Kind.PREVENT: gettext_lazy("It will not happen again")}
"""Kinds whose name says too little where one chooses."""
KNOWN, OTHER = "known", "other"
FIRST = {"data-focus": ""}
"""A sheet opens with the focus on it."""


def line(
    label: StrOrPromise,
    *,
    missing: StrOrPromise,
    most: int = 300,
    help_text: StrOrPromise = "",
    opens_here: bool = False,
) -> forms.CharField:
    """One line that must be written, else `missing` is said; `opens_here`: its sheet opens with the focus on it."""
    return forms.CharField(
        widget=forms.TextInput(attrs=FIRST if opens_here else {}),
        label=label,
        help_text=help_text,
        max_length=most,
        error_messages={"required": missing},
    )


def lines(rows: int) -> forms.Textarea:
    """A text area of so many rows."""
    return forms.Textarea(attrs={"rows": rows})


class WhenForm(forms.Form):
    """A time: one of the likely ones (`when`, ISO 8601), or any other, which wins. `cleaned_data["due"]`."""

    when = forms.CharField(required=False)
    other = forms.DateTimeField(
        label=gettext_lazy("Or another time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        due = cleaned.get("other") or _moment(cleaned.get("when", ""))
        if due is None and "other" not in self.errors and self.wants_time(cleaned):
            self.add_error("other", _("Name a time."))
        elif due is not None and not is_near(due.date()):
            self.add_error("other", NOT_NEAR)
        return {**cleaned, "due": due}

    def wants_time(self, cleaned: dict[str, Any]) -> bool:
        """Whether the deed needs a time."""
        return True


class LaterForm(WhenForm):
    """Not now: another time, and why."""

    reason = line(gettext_lazy("Why it waits"), missing=gettext_lazy("Say in one line why it waits."))


class MovedForm(WhenForm):
    """A promise gets another time. `given`: the customer knows of it, so they hear of the new time, too."""

    LETTER, CALL = "letter", "call"
    use_required_attribute = False
    """What was said on the telephone is hidden, and not wanted, for a letter."""

    reason = line(gettext_lazy("Why it takes longer"), missing=gettext_lazy("Say why it takes longer."))
    how = forms.ChoiceField(
        label=gettext_lazy("How they hear of it"),
        choices=[
            (LETTER, gettext_lazy("By a letter now: its words come next, and the time holds once it leaves")),
            (CALL, gettext_lazy("I have told them already, on the telephone")),
        ],
        initial=LETTER,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how they hear of the new time.")},
    )
    said = line(
        gettext_lazy("What they said to it"), missing=gettext_lazy("Write down in a line what they said."), most=500
    )
    spoke_at = NearTimeField(
        label=gettext_lazy("When you spoke"),
        help_text=gettext_lazy("Leave it empty if it was just now."),
        required=False,
    )

    def __init__(self, *args: Any, given: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if not given:
            for name in ("how", "said", "spoke_at"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("how") != self.CALL:
            self.errors.pop("said", None)
        return super().clean()


class PledgeForm(WhenForm):
    """What a promise found in a draft really is."""

    act = line(
        gettext_lazy("What is promised"), missing=gettext_lazy("Say what is promised."), most=200, opens_here=True
    )


class PromiseForm(PledgeForm):
    """A word given on the phone or in person; what is seldom asked stands under "More"."""

    MORE = ("beneficiary", "public")

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(kind.value, NAMED.get(kind, kind.label)) for kind in Promise.Kind if kind.value in GIVEN],
        initial="other",
    )
    visible = forms.BooleanField(
        label=gettext_lazy("The customer knows"),
        help_text=gettext_lazy("It stands on their page, with its time."),
        required=False,
        initial=True,
    )
    check_at = NearTimeField(
        label=gettext_lazy("Look whether it holds on"),
        help_text=gettext_lazy("What shall not happen again is looked at once more, later: that is promised, too."),
        required=False,
    )
    beneficiary = forms.CharField(
        label=gettext_lazy("For whom, if for somebody else"),
        help_text=gettext_lazy("Whoever gets it: the one with the birthday, the neighbour who opens."),
        max_length=120,
        required=False,
    )
    public = forms.BooleanField(
        label=gettext_lazy("Said in public"),
        help_text=gettext_lazy("Then it is told in the same place that it was kept: the next step asks for it."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        check_at, is_prevention = cleaned.get("check_at"), cleaned.get("kind") == Promise.Kind.PREVENT
        if is_prevention and check_at is None and "check_at" not in self.errors:
            self.add_error("check_at", _("Name a day on which you look whether it holds."))
        if cleaned.get("public") and not cleaned.get("visible"):
            self.add_error("visible", _("What was said in public the customer knows, too. Tick this."))
        return {**cleaned, "check_at": check_at if is_prevention else None}

    @property
    def word(self) -> Word:
        """What was meant; only when the form is valid."""
        told = self.cleaned_data
        parts = {name: told[name] for name in ("kind", "visible", "public")}
        return Word(told["act"], told["due"], beneficiary=told["beneficiary"].strip(), **parts)

    @property
    def more_is_open(self) -> bool:
        """Whether something stands under "More" that must be seen."""
        return self.is_bound and any(self[name].errors or self[name].value() for name in self.MORE)


LASTED = [
    ("", gettext_lazy("Choose")),
    ("30", gettext_lazy("Half a minute or more")),
    ("0", gettext_lazy("Less: a word or two")),
]
PROOFS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    Promise.Evidence.REFERENCE: (
        gettext_lazy("Reference of the refund"),
        gettext_lazy("As the bank or the card’s provider names it."),
    ),
    Promise.Evidence.SCAN: (gettext_lazy("Tracking number"), gettext_lazy("Or the number of the carrier’s scan.")),
    Promise.Evidence.CALL: (gettext_lazy("What was said, in short"), ""),
}
SHOWN = (gettext_lazy("What shows that it was done"), gettext_lazy("A receipt, a photo, when you saw it."))


def _lasted() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("How long you spoke"), choices=LASTED, coerce=int, empty_value=None, required=False
    )


def _ask_for(proof: str, form: forms.Form, field: str) -> None:
    """Let a field ask for what proves it; a call also says how long it lasted."""
    form.fields[field].label, form.fields[field].help_text = PROOFS.get(proof, SHOWN)
    if proof != Promise.Evidence.CALL:
        del form.fields["seconds"]


class DoneForm(WhenForm):
    """The step is done; what comes next is known, or said here. `proof`: what must show it, if anything."""

    how = forms.CharField(max_length=300, required=False)
    seconds = _lasted()
    then = forms.ChoiceField(choices=[(KNOWN, KNOWN), (OTHER, OTHER)], initial=KNOWN)
    what = forms.CharField(label=gettext_lazy("What comes next"), max_length=200, required=False)

    def __init__(self, *given: Any, proof: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["how"].required = bool(proof)
        self.fields["how"].widget.attrs.update(FIRST if proof else {})
        self.fields["how"].error_messages["required"] = _(
            "Say what shows that it was done: a receipt, a tracking number, when you spoke."
        )
        _ask_for(proof, self, "how")

    def wants_time(self, cleaned: dict[str, Any]) -> bool:
        return cleaned.get("then") == OTHER


class EvidenceForm(forms.Form):
    """A promise was kept; `proof` is what must show it."""

    evidence = line("", missing=gettext_lazy("Say what shows that it was done."), opens_here=True)
    seconds = _lasted()

    def __init__(self, *given: Any, proof: str, **named: Any) -> None:
        super().__init__(*given, **named)
        _ask_for(proof, self, "evidence")


class ReasonForm(forms.Form):
    """One line that says why."""

    reason = line(
        gettext_lazy("How they let us off"), missing=gettext_lazy("Say how the customer let us off."), opens_here=True
    )


class HandoverForm(forms.Form):
    """To whom, and two lines for them."""

    to = forms.IntegerField(
        error_messages={
            "required": gettext_lazy("Choose who has it now."),
            "invalid": gettext_lazy("Choose who has it now."),
        }
    )
    summary = forms.CharField(
        label=gettext_lazy("Two lines for them"),
        help_text=gettext_lazy("What happened, what comes next. They read this first."),
        widget=lines(6),
        error_messages={"required": gettext_lazy("Write two lines for them: what happened, what comes next.")},
    )
    tell = forms.CharField(
        label=gettext_lazy("What the customer reads"),
        help_text=gettext_lazy(
            "{name} becomes the colleague’s name. Sent by mail at once, marked as automatic; it is no answer. Empty sends nothing."
        ),
        widget=lines(5),
        required=False,
        max_length=2000,
    )


class CloseForm(forms.Form):
    """How a case ends."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why it ends"),
        choices=[one for one in Closure.Reason.choices if one[0] != Closure.Reason.ERASED],
        widget=forms.RadioSelect(attrs=FIRST),
        error_messages={"required": gettext_lazy("Choose why the case ends.")},
    )
    words = forms.CharField(label=gettext_lazy("In a few words"), max_length=500, widget=lines(2), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReopenForm(forms.Form):
    """A case begins again."""

    why = line(gettext_lazy("Why it is open again"), missing=gettext_lazy("Say in one line why."), opens_here=True)


class TitleForm(forms.Form):
    """A better name for the matter."""

    title = line(gettext_lazy("Title"), missing=gettext_lazy("Give the case a title."), most=200, opens_here=True)


class AgainForm(forms.Form):
    """Where a letter that did not arrive goes now."""

    address = line(
        gettext_lazy("Mail address"),
        missing=gettext_lazy("Write the address that the letter goes to."),
        most=320,
        opens_here=True,
    )


class SplitForm(forms.Form):
    """Messages that are a matter of their own."""

    title = line(gettext_lazy("Title of the new case"), missing=gettext_lazy("Give the new case a title."), most=200)
    entries = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.CheckboxSelectMultiple)


class BlackenForm(forms.Form):
    """What of a letter goes for good, and why."""

    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2, **FIRST, "autocomplete": "off", "spellcheck": "false"}),
        label=gettext_lazy("Words that go"),
        help_text=gettext_lazy(
            "As they stand in the letter. Spaces, line ends and the hyphens of a number do not count."
        ),
        required=False,
        max_length=5000,
    )
    enclosed = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("That file is not there any more. Choose again.")},
    )
    whole = forms.BooleanField(required=False)
    why = line(
        gettext_lazy("Why"),
        missing=gettext_lazy("Say in one line why, without the words themselves."),
        help_text=gettext_lazy("It stands on the case for everybody to read, so not the words themselves."),
    )

    @property
    def what(self) -> blackening.What:
        """What was meant; only when the form is valid."""
        told = self.cleaned_data
        return blackening.What(told["words"], told["whole"], frozenset(told["enclosed"]))


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment)
