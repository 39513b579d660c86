"""White words on a brand's colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.ui import contrast


@pytest.mark.parametrize(("colour", "ratio"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)])
def test_contrast_with_white_is_measured_as_in_wcag(colour: str, ratio: float) -> None:
    assert contrast.with_white(colour) == pytest.approx(ratio, abs=0.01)


@given(st.integers(0, 0xFFFFFF))
def test_a_darkened_colour_can_be_read_on(number: int) -> None:
    assert contrast.with_white(contrast.darkened(f"#{number:06x}")) >= contrast.READABLE
