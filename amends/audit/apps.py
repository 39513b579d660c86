"""Django's name for this app."""

from django.apps import AppConfig


class Config(AppConfig):
    name = "amends.audit"
    label = "audit"
