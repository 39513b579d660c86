"""Django's name for this app."""

from django.apps import AppConfig
from django.conf import settings

from amends.triage.reader.use import Use


class Config(AppConfig):
    name = "amends.triage"
    label = "triage"

    def ready(self) -> None:
        """Whoever starts a reader tells it what the installation wants."""
        Use.meaning = settings.SEMANTIC
