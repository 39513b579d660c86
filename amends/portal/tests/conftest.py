"""The cast, and a cache that begins empty."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests import copies
from tests.cast import Cast


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path) -> Cast:
    settings.BLOBS_DIR = tmp_path / "blobs"
    cache.clear()
    return copies.cast()
