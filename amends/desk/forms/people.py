"""Members, teams and skills."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.desk.forms.fields import LanguagesField, TimeZoneField
from amends.desk.forms.you import free_address
from amends.people import inviting
from amends.people.models import Member, Role, Skill, Team


class MemberForm(forms.ModelForm[Member]):
    time_zone = TimeZoneField()
    languages = LanguagesField(label=gettext_lazy("Languages"))

    class Meta:
        model = Member
        fields = ("name", "email", "title", "role", "rung", "teams", "skills", "languages", "time_zone", "capacity")
        widgets = {
            "role": forms.RadioSelect,
            "teams": forms.CheckboxSelectMultiple,
            "skills": forms.CheckboxSelectMultiple,
            "capacity": forms.NumberInput(attrs={"class": "input short"}),
        }
        help_texts = {
            "name": gettext_lazy("Customers read it under the letters."),
            "role": gettext_lazy(
                "Admins change the settings. Leads also set hours, absences and saved answers. "
                "Agents serve customers. Read only sees, and changes nothing."
            ),
            "title": gettext_lazy("As in “Managing director”. Empty: only the name."),
            "rung": gettext_lazy(
                "Who joins when an answer failed, and what they may decide alone. The owner of a case stays its owner."
            ),
            "teams": gettext_lazy("A team serves its brands. Agents see only the cases of theirs."),
            "capacity": gettext_lazy("New cases go to somebody else when this many are open."),
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["rung"].required = False
        for name in ("teams", "skills"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            if field.queryset is None or not field.queryset.exists():
                del self.fields[name]

    def clean_email(self) -> str:
        return free_address(self.cleaned_data["email"], self.instance)

    def clean_rung(self) -> int:
        rung = self.cleaned_data["rung"]
        return self.instance.rung if rung in ("", None) else int(rung)

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        if self.instance.pk and role != Role.ADMIN:
            try:
                inviting.refuse_last_admin(self.instance)
            except inviting.LastAdmin as error:
                raise forms.ValidationError(str(error)) from error
        return role


class TeamForm(forms.ModelForm[Team]):
    members = forms.ModelMultipleChoiceField(
        Member.objects.all(),
        label=gettext_lazy("Members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Team
        fields = ("name", "brands", "lead", "members")
        widgets = {"brands": forms.CheckboxSelectMultiple}
        help_texts = {
            "lead": gettext_lazy("Hears of what is late, and is asked when somebody needs help."),
            "brands": gettext_lazy("The team sees and serves the cases of these."),
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.instance.pk:
            self.initial["members"] = list(self.instance.members.values_list("pk", flat=True))

    def save(self, commit: bool = True) -> Team:
        team = super().save(commit)
        team.members.set(self.cleaned_data["members"])
        return team


class SkillForm(forms.ModelForm[Skill]):
    class Meta:
        model = Skill
        fields = ("name",)
        error_messages = {"name": {"unique": gettext_lazy("This skill is in the list already.")}}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if Skill.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This skill is in the list already."))
        return name
