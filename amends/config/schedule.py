"""The one schedule: what the worker does, and how often it looks without a wake-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from amends.flows import tasks


@dataclass(frozen=True)
class Job:
    """A sweep: `run(now)` returns how many rows it worked on; full batches run again at once."""

    name: str
    run: Callable[[datetime], int]
    every: float
    """Seconds between two looks when nobody woke the worker."""
    on_wake: bool = True


SCHEDULE = [
    Job("take in", tasks.take_in_waiting, 2),
    Job("release", tasks.release_held, 0.5),
    Job("deliver", tasks.deliver_waiting, 2),
    Job("promises", tasks.break_promises, 15, on_wake=False),
    Job("rehome", tasks.rehome_steps, 15, on_wake=False),
]
