"""How hard property tests try: all they can, on the second database a quarter of it, and in `make unit` a tenth."""

from __future__ import annotations

import os
from datetime import date

LONG = """
    amends/flows/tests/test_bytes_that_come_again.py
    amends/desk/tests/test_live.py
    amends/channels/email/tests/test_wire_imap_backlog.py
    tests/security/test_s03_crawl.py
    tests/security/test_s07_matrix.py
    tests/security/test_s21_fifty_at_once.py
    tests/security/test_s27_pumps.py
    tests/test_loop_arena.py
    tests/fuzz/test_damaged_mails.py
    amends/channels/email/tests/test_reader.py
    amends/desk/tests/test_now.py
    amends/flows/tests/test_fitting_matrix.py
""".split()
"""Files that take longest: they begin first, so that the others fill up what is left beside them."""

QUICK = os.environ.get("QUICK") == "yes"
IN_PART = QUICK and not os.environ.get("NOTHING_SKIPPED")
"""A table that the databases may answer differently is gone through in part by `make unit` only."""

PART = int(os.environ.get("PART") or date.today().toordinal()) if IN_PART else 0
"""Which part that is: each day another. `PART=3 make unit` takes the third, today and tomorrow."""


def examples(usual: int) -> int:
    """The number of examples for a property test."""
    return max(5, usual // (10 if IN_PART else 4)) if QUICK else usual


def every(quick: int) -> int:
    """Each how many-th line of a long table is gone through: all, on the second database a quarter, quickly this."""
    return quick if IN_PART else 4 if QUICK else 1
