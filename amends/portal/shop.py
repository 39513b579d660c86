"""The shop that a page of ours belongs to, as its frame wants it. Amends is not named there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from amends.people.models import Brand, Desk
from amends.portal import colour


@dataclass(frozen=True)
class Shop:
    """Name, mark, colour for `ui/portal.html`."""

    name: str
    style_url: str = ""
    mark_url: str = ""
    home_url: str = ""
    languages: tuple[str, ...] = ()


def of(brand: Brand) -> Shop:
    """The brand's own dress."""
    dressed = colour.readable(brand.colour)
    return Shop(brand.name, reverse("shop_style", args=[brand.slug]) if dressed else "")


def nobodys() -> Shop:
    """When it may not be told whose page it would have been."""
    desk = Desk.current()
    return Shop(desk.name if desk else "")
