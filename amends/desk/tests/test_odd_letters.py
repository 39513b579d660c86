"""A letter that came odd says so in words that help whoever answers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from amends.people.models import Member
from tests.cast import Cast, complaint

pytestmark = pytest.mark.django_db


def test_what_is_odd_about_a_letter_is_told_in_words(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    odd = "X-Deep: " + "x" * 70_000 + "\n"
    case = complaint(cast, headers=odd)
    page = signed_in(cast.delphine).get(f"/cases/{case.pk}/").content.decode()
    assert "Its header is very long" in page and "headers_cut" not in page
