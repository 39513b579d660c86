"""Flaws to plant: each switches one guard off, so that the check which relies on it can be seen failing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as now
from django.forms import fields_for_model
from django.test import override_settings
from pytest import MonkeyPatch

from amends.desk.forms.you import ProfileForm
from amends.people.models import Member

Flaw = Callable[[], Any]


def replaced(where: str, by: object) -> Flaw:
    """`where` (a dotted path) is something else for a while."""

    @contextmanager
    def planted() -> Iterator[None]:
        with MonkeyPatch.context() as patch:
            patch.setattr(where, by)
            yield

    return planted


def without(middleware: str) -> Flaw:
    """One middleware is missing."""
    return lambda: override_settings(MIDDLEWARE=[one for one in now.MIDDLEWARE if middleware not in one])


def settings(**others: Any) -> Flaw:
    return lambda: override_settings(**others)


@contextmanager
def a_form_that_takes_every_field() -> Iterator[None]:
    """As `fields = "__all__"` would."""
    role = fields_for_model(Member, ["role"])["role"]
    with pytest.MonkeyPatch.context() as patch:
        meta: Any = ProfileForm._meta  # type: ignore[misc]
        patch.setattr(meta, "fields", (*meta.fields, "role"))
        patch.setitem(ProfileForm.base_fields, "role", role)
        yield
