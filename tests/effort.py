"""How hard property tests try: all they can, or in the quick run (`make unit`) a quarter of it."""

from __future__ import annotations

import os

QUICK = os.environ.get("QUICK") == "yes"
IN_PART = QUICK and not os.environ.get("NOTHING_SKIPPED")
"""A table that the databases may answer differently is gone through in part by `make unit` only."""


def examples(usual: int) -> int:
    """The number of examples for a property test."""
    return max(5, usual // 4) if QUICK else usual


def every(quick: int) -> int:
    """Each how many-th line of a long table is gone through: all, on the second database a quarter, quickly this."""
    return quick if IN_PART else 4 if QUICK else 1
