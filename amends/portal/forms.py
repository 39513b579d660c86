"""What customers fill in. Any words are enough (A078): only the words, and a way to answer, are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from amends.channels import accounts
from amends.flows.not_right import TROUBLES
from amends.kit import uploads
from amends.people import identities
from amends.portal.promises_shown import Line

LONGEST = 20_000


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.FileField):
    """Several files, checked; cleans to a tuple of `uploads.Upload`."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> tuple[uploads.Upload, ...]:
        files: Sequence[UploadedFile[Any]] = data or []
        try:
            return uploads.check(files)
        except uploads.UploadError as error:
            raise forms.ValidationError(str(error)) from error


def files_field(**said: Any) -> FilesField:
    return FilesField(required=False, widget=FilesInput(attrs={"multiple": True}), **said)


def words_field(label: Any, *, rows: int, required: bool) -> forms.CharField:
    """Not `max_length`: a browser would cut a longer paste without a word."""
    too_long = _(
        "These are more than %(limit_value)d letters. All of them are still here: shorten them, or attach a file."
    )
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        validators=[MaxLengthValidator(LONGEST, too_long)],
        error_messages={"required": _("Write what happened. Two words are enough.")},
    )


class UploadForm(forms.Form):
    """A form with files. What was stopped on the way in is told beside the field, and the words stay."""

    def __init__(self, request: HttpRequest | None = None, **kwargs: Any) -> None:
        sent = (request.POST, request.FILES) if request else (None, None)
        super().__init__(*sent, **kwargs)
        self._too_large = request is not None and uploads.was_too_large(request)

    def clean(self) -> dict[str, Any]:
        if self._too_large:
            self.add_error("attached", uploads.too_large())
        return self.cleaned_data


class ContactForm(UploadForm):
    """The contact form: what happened, and where we answer."""

    text = words_field(_("What happened?"), rows=7, required=True)
    address = forms.CharField(
        label=_("Your mail address"),
        max_length=254,
        help_text=_("Our answer goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your mail address, so that we can answer.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    subject = forms.CharField(label=_("What is it about?"), required=False, max_length=150)
    attached = files_field(
        label=_("Photos and files"),
        help_text=_("Photos, PDFs, documents, sound or film; up to 20 MB together."),
    )

    def clean_address(self) -> str:
        try:
            address = identities.check_email(self.cleaned_data["address"])
        except identities.IdentityError as error:
            raise forms.ValidationError(str(error)) from error
        if address in accounts.own_addresses():
            raise forms.ValidationError(_("That is our own address. Write yours, so that we can answer."))
        return address


class WriteForm(UploadForm):
    """Writing on the case page: words, or files, or both."""

    text = words_field("", rows=5, required=False)
    attached = files_field(label=_("Add photos or files"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("text") and not cleaned.get("attached") and not self.errors:
            self.add_error("text", _("Write something, or add a photo."))
        return cleaned


class NotRightForm(forms.Form):
    """ "This isn't right": one choice is enough."""

    trouble = forms.ChoiceField(
        label=_("What is it?"),
        choices=list(TROUBLES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is nearest.")},
    )
    about_promise = forms.TypedChoiceField(
        label=_("Which promise?"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    text = words_field(_("Anything to add?"), rows=4, required=False)

    def __init__(self, *args: Any, promises: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(line.id, format_html("{}<small>{}</small>", line.what, line.when)) for line in promises]
        self.fields["about_promise"].choices = [*labels, ("", _("Another one"))]  # type: ignore[attr-defined]
