"""Firms that a remedy depends on, found or made by their name (C4.3)."""

from __future__ import annotations

from django.db.models import QuerySet

from amends.people.models import Partner


def asked() -> QuerySet[Partner]:
    """Whom one may ask for something, by name."""
    return Partner.objects.filter(retired_at=None)


def named(name: str, time_zone: str = "UTC") -> Partner:
    """The partner of this name, however it is spelt in capitals; made when it is new. The name is not empty."""
    name = " ".join(name.split())[:120]
    known = Partner.objects.filter(name__iexact=name).first()
    return known or Partner.objects.get_or_create(name=name, defaults={"time_zone": time_zone})[0]
