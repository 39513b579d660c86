"""Real programs to talk to in tests: started in a temporary folder, on free ports, gone afterwards."""

from __future__ import annotations

import os
import shutil

import pytest


def require(binary: str) -> str:
    """The path of a program that a test cannot do without.

    The test is skipped with the reason when it is absent, and fails instead where `NOTHING_SKIPPED=1`.
    """
    found = shutil.which(binary, path=os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin")
    if found:
        return found
    reason = f"{binary} is not installed on this machine"
    if os.environ.get("NOTHING_SKIPPED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
