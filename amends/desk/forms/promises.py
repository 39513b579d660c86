"""What a partner does and says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from amends.desk.forms.case import FIRST, WhenForm, line
from amends.desk.forms.fields import NearTimeField
from amends.people import partners
from amends.people.models import Partner

MOST_KNOWN = 200


class PartnerAskedForm(WhenForm):
    """What a partner shall do: who, what, by when; and by when we have asked them."""

    partner = line(
        gettext_lazy("Partner"),
        missing=gettext_lazy("Say which partner: the shop, the courier, the repairer."),
        most=120,
        opens_here=True,
    )
    act = line(
        gettext_lazy("What they shall do"),
        missing=gettext_lazy("Say what they shall do."),
        most=150,
        help_text=gettext_lazy("As in “exchange the shoes on sight, without a receipt”."),
    )
    beneficiary = forms.CharField(label=gettext_lazy("For whom, if for somebody else"), max_length=120, required=False)
    ask_by = NearTimeField(
        label=gettext_lazy("I ask them by"),
        help_text=gettext_lazy("Empty means within half an hour."),
        required=False,
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["partner"].widget.attrs["list"] = "partners"

    @property
    def known(self) -> list[Partner]:
        """Partners to choose from while typing."""
        return list(partners.asked()[:MOST_KNOWN])


class PartnerSaidForm(forms.Form):
    """A partner answered."""

    YES, NO = "yes", "no"

    answer = forms.ChoiceField(
        label=gettext_lazy("What they said"),
        choices=[(YES, gettext_lazy("Yes, they do it")), (NO, gettext_lazy("No, or they did not do it"))],
        widget=forms.RadioSelect(attrs=FIRST),
        error_messages={"required": gettext_lazy("Choose what they said.")},
    )
    words = line(gettext_lazy("Who said it, in a line"), missing=gettext_lazy("Write down who said it, and what."))

    def __init__(self, *given: Any, clock: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.clock = clock
        """What time it is there, if it is another than here."""
