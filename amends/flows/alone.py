"""Each row of a sweep stands alone: one that cannot be worked on is written into the log, and the next has its turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from amends.kit import away

log = structlog.get_logger("amends.sweeps")


@contextmanager
def alone(what: str, **row: int | str) -> Iterator[None]:
    """Whatever goes wrong with this row ends here; `what` says it in the log, `row` names the row by its ids.

    Opened outside of the row's transaction, so that nothing half done of it is kept.
    """
    try:
        yield
    except Exception as error:
        if away.passes(error):
            log.warning(what, why=str(error), **row)
        else:
            log.exception(what, **row)
