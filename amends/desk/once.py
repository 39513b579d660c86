"""A form that arrives twice is done once: pressed again on a slow line, or sent again by the browser.

The mark that says so and the deed are one transaction, where the cache is a table of the database: of two at once one
waits for the other, and a deed that was cut off leaves no mark.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from amends.desk.access import DeskRequest, View
from amends.desk.doors import go

P = ParamSpec("P")
REMEMBERED = 3600
"""Seconds."""
UNDER_WAY = 60
"""Seconds after which a deed that left nothing but its mark was cut off; a cache elsewhere keeps that of a crash."""


def once(view: View[P]) -> Callable[Concatenate[DeskRequest, P], HttpResponseBase]:
    """Stands under `wants`. The same words in the same form (`form_key()`) lead to where the first one led."""

    @wraps(view)
    def inside(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        mark = _mark(request)
        if not mark:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return first_or_again(mark, request, *args, **kwargs)
        except BaseException:
            with suppress(Exception):  # only a cache elsewhere has kept it
                cache.delete(mark)
            raise

    def first_or_again(mark: str, request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        # It also says that nothing was added when it could not be written: only what is there came before.
        if not cache.add(mark, "", UNDER_WAY) and (led_to := cache.get(mark)) is not None:
            messages.info(request, _("This arrived twice. It was done once."))
            return go(request, led_to or _page_of(kwargs.get("case_id")))
        response = view(request, *args, **kwargs)
        if response.status_code < 400:
            cache.set(mark, response.get("Location", ""), REMEMBERED)
        else:
            cache.delete(mark)
        return response

    return cast("Callable[Concatenate[DeskRequest, P], HttpResponseBase]", inside)


def _mark(request: DeskRequest) -> str:
    """What tells a form that was sent: whose, where, which one, and every word; empty for a form without a key."""
    if request.method != "POST" or not request.POST.get("form_key"):
        return ""
    words = sorted((name, value) for name, value in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = [(file.name, file.size) for name in request.FILES for file in request.FILES.getlist(name)]
    told = repr((request.user.pk, request.path, words, files))
    return f"once-{hashlib.sha256(told.encode(errors='surrogatepass')).hexdigest()}"


def _page_of(case_id: object) -> str:
    return reverse("case", args=[case_id]) if case_id else reverse("now")
