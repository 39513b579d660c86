"""The shop's colour as a stylesheet of one rule: the content policy allows no style in a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from amends.people.models import Brand
from amends.portal import colour
from amends.portal.door import open_to_all


@open_to_all
@require_safe
def style(request: HttpRequest, slug: str) -> HttpResponse:
    """Empty when the brand has no colour that can be used."""
    pair = colour.readable(get_object_or_404(Brand, slug=slug).colour)
    return HttpResponse(
        colour.rule(pair) if pair else "",
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=300"},
    )
