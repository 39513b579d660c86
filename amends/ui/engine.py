"""Our templates' language: Jinja, which compiles a template to Python once. What its words mean here."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.template import defaultfilters
from django.template.backends.jinja2 import Jinja2, Template
from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext, pgettext
from jinja2 import ChainableUndefined, Environment

from amends.ui import pieces
from amends.ui.addresses import address


class Templates(Jinja2):
    """Django's backend for Jinja, where what a view gives goes before what the whole site adds."""

    def get_template(self, template_name: str) -> Page:
        """Raises TemplateDoesNotExist, TemplateSyntaxError."""
        return Page(super().get_template(template_name).template, self)


class Page(Template):
    def render(self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        given = dict(context or {})
        if request is not None:
            added = [processor(request) for processor in self.backend.template_context_processors]
            given = dict(ChainMap(given, {"request": request}, *added))
        return super().render(given)


SAID_BY_PLACE = (datetime, date, float, Decimal)


def environment(**options: Any) -> Environment:
    """As Django's backend asks for it. A name that a template is not given is empty, as are its parts."""
    ours = {"undefined": ChainableUndefined, "finalize": _said, "keep_trailing_newline": True, "cache_size": -1}
    made = Environment(**{**options, **ours}, extensions=["jinja2.ext.i18n"])  # noqa: S701 - Django turns escaping on
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]

    def piece(name: str, /, **inputs: Any) -> SafeString:
        """A template that sees its inputs and nothing else."""
        return mark_safe(made.get_template(name).render(inputs))  # noqa: S308 - a template's own answer

    made.globals |= {
        "_": translated,
        "avatar": pieces.avatar,
        "clock": pieces.clock,
        "clock_words": pieces.clock_words,
        "csrf_field": csrf_field,
        "drawn": pieces.drawn,
        "drawn_as": pieces.drawn_as,
        "drawn_for": pieces.drawn_for,
        "form_key": pieces.form_key,
        "icon": pieces.icon,
        "language_now": get_language,
        "path_to": address,
        "pgettext": translated_in,
        "piece": piece,
        "reads_leftwards": get_language_bidi,
        "static": static,
        "step_rows": pieces.step_rows,
    }
    made.filters |= {
        "by_when": pieces.by_when,
        "capfirst": defaultfilters.capfirst,
        "clock_time": pieces.clock_time,
        "date": shown_date,
        "day_name": pieces.day_name,
        "distance": pieces.distance,
        "filesize_short": pieces.filesize_short,
        "first_name": pieces.first_name,
        "initials": pieces.initials,
        "json_script": json_script,
        "linebreaksbr": defaultfilters.linebreaksbr,
        "paragraphs": pieces.paragraphs,
        "truncatechars": defaultfilters.truncatechars,
    }
    return made


def translated(words: str) -> SafeString:
    """Words of a template in the reader's language; ours, and so as safe as the template."""
    return mark_safe(gettext(words))  # noqa: S308 - a template's own words


def translated_in(place: str, words: str) -> SafeString:
    """Words that mean something else elsewhere."""
    return mark_safe(pgettext(place, words))  # noqa: S308 - a template's own words


def csrf_field(token: str) -> SafeString:
    """The hidden field of a form that changes something; none where no request is answered."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token) if token else SafeString()


def shown_date(moment: datetime | date | None, how: str | None = None) -> str:
    """A moment in the reader's zone, or a day, in Django's format."""
    return defaultfilters.date(_local(moment), how)


def _said(value: Any) -> Any:
    """Numbers and moments as the reader's language and zone write them."""
    return localize(_local(value)) if isinstance(value, SAID_BY_PLACE) else value


def _local(value: Any) -> Any:
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value
