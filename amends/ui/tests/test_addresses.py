from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.ui.addresses import address

NUMBERS = st.integers(0, 2**63)


@settings(deadline=None)  # whoever asks first waits for all pages to be named
@given(NUMBERS, NUMBERS)
def test_an_address_is_what_django_says(case: int, brand: int) -> None:
    assert address("case", case) == reverse("case", args=[case])
    assert address("holiday_delete", brand, case) == reverse("holiday_delete", args=[brand, case])
    assert address("now") == reverse("now")


@pytest.mark.parametrize("wrong", [("case",), ("case", -1), ("case", "soon"), ("case", 1, 2), ("no such page",)])
def test_what_django_refuses_is_refused(wrong: tuple[str, object]) -> None:
    with pytest.raises(NoReverseMatch):
        address(*wrong)


def test_a_desk_that_is_mounted_below_another_path_says_so_each_time() -> None:
    assert address("case", 7) == "/cases/7/"
    set_script_prefix("/help/")
    try:
        assert address("case", 7) == "/help/cases/7/"
    finally:
        set_script_prefix("/")
    assert address("case", 7) == "/cases/7/"
