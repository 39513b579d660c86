"""Django's name for this app."""

from django.apps import AppConfig


class Config(AppConfig):
    name = "amends.ui"
    label = "ui"

    def ready(self) -> None:
        from django.forms import ModelForm  # noqa: PLC0415  # needs the settings, which this module is part of

        # `ModelForm[Brand]` is a type for the checker; at run time Django's class has no brackets.
        if not hasattr(ModelForm, "__class_getitem__"):
            ModelForm.__class_getitem__ = classmethod(lambda cls, *models: cls)  # type: ignore[attr-defined]
