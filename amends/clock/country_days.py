"""A country's public holidays, year by year, from the `holidays` package. Pure, without Django."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from amends.clock.hours import PublicDays


class NoSuchPlace(ValueError):
    """No holidays are known for this country or region; the message says so."""


@cache
def of_country(code: str) -> PublicDays:
    """Year → day → name, by "GB" or, with a region that has days of its own, "DE-BY". Raises NoSuchPlace.

    The package knows no holidays before a country had them, nor after the year 2100.
    """
    country, _dash, region = code.strip().upper().partition("-")
    known = package().list_supported_countries(include_aliases=True)
    if country not in known:
        raise NoSuchPlace(
            f"No public holidays are known for the country “{code}”. Write its code of two letters, such as GB, or "
            "leave it out and name its days in “closed”."
        )
    places = {place.upper(): place for place in known[country]}
    if region and region not in places:
        raise NoSuchPlace(
            f"No public holidays are known for the region “{region}” of {country}. Write one of these, or none: "
            f"{', '.join(f'{country}-{place}' for place in places) or 'there is none'}."
        )

    @lru_cache(1000)
    def in_year(year: int) -> Mapping[date, str]:
        found = package().country_holidays(country, subdiv=places.get(region), years=year)
        return {day: str(name) for day, name in found.items() if day.year == year}

    return in_year


@cache
def package() -> Any:
    """The package itself: 0.4 s to import, for what is seldom asked."""
    return importlib.import_module("holidays")
