"""One clock for the case page's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from amends.desk.tests.desk_time import NOW


@pytest.fixture
def tuesday() -> Iterator[None]:
    """It is Tuesday, eleven o'clock, and stays so."""
    with time_machine.travel(NOW, tick=False):
        yield
