"""What the templates of sign-in ask of ours: those are allauth's, and Django's language is theirs."""

from __future__ import annotations

from typing import Any, cast

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from amends.ui import pieces

register = template.Library()
register.simple_tag(pieces.icon)


@register.simple_block_tag
def kept(content: str) -> str:
    """`{% kept as title %}…{% endkept %}`: what stands between them, for `sheet`."""
    return content


@register.simple_tag(takes_context=True)
def sheet(context: Context, **parts: SafeString) -> SafeString:
    """The sheet in the middle, filled with these parts."""
    page = render_to_string("account/sheet.html", cast("dict[str, Any]", context.flatten()) | parts)
    return mark_safe(page)  # noqa: S308 - a template's own answer
