"""A country's public holidays, from the `holidays` package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel import Locale
from babel.core import get_global
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from amends.clock.country_days import package


class UnknownCountry(ValueError):
    """There are no holidays known for this country or region; the message says so."""


def countries(language: str) -> list[tuple[str, str]]:
    """(ISO code, name) of every country whose holidays are known, by name in `language`."""
    names = Locale.parse(to_locale(language)).territories
    known = package().list_supported_countries(include_aliases=False)
    return sorted(((code, names.get(code, code)) for code in known), key=lambda item: item[1])


def country_of(time_zone: str) -> str:
    """The ISO code of the country that a time zone lies in; empty when it lies in none."""
    return str(get_global("zone_territories").get(time_zone, ""))


def regions(country: str) -> list[str]:
    """The codes of a country's regions that have holidays of their own."""
    return list(package().list_supported_countries(include_aliases=False).get(country, []))


def public_holidays(country: str, region: str, years: Iterable[int]) -> dict[date, str]:
    """Day → name, for whole years. Raises UnknownCountry."""
    region = region.strip().upper()
    if country not in package().list_supported_countries(include_aliases=False):
        raise UnknownCountry(_("No holidays are known for this country. Enter them by hand."))
    if region and region not in regions(country):
        known = ", ".join(regions(country)) or _("none")
        raise UnknownCountry(
            _("This country has no region “%(region)s”. Known: %(known)s.") % {"region": region, "known": known}
        )
    found = package().country_holidays(country, subdiv=region or None, years=list(years))
    return {day: str(name)[:80] for day, name in sorted(found.items())}
