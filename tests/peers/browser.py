"""The Chromium that the system has, for pytest-playwright: nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.peers import require

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 20_000
"""Milliseconds that a page may take on a busy machine before a story fails."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's own arguments, with the system's browser."""
    # Playwright runs an event loop in this thread; the database tests of the same process are no part of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    # Chromium's sandbox cannot be built by root.
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {**browser_type_launch_args, "executable_path": chromium(), "args": [*QUIET, *sandbox]}


def chromium() -> str:
    """The browser's path: $CHROMIUM, else the first of the usual names. Skips where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), "") or require(NAMES[0])
