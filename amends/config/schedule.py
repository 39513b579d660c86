"""The one schedule: what the worker does, and how often it looks without a wake-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from amends.flows import inspecting, keeping, lawful, reading, tasks, weighing


@dataclass(frozen=True)
class Job:
    """A sweep: `run(now)` works on one batch of rows at most and returns how many it settled."""

    name: str
    run: Callable[[datetime], int]
    every: float
    """Seconds between two looks when nobody woke the worker; after a full batch it looks again at once."""
    on_wake: bool = True
    batch: int = tasks.BATCH
    gives_way: bool = False
    """After a full batch it leaves as much time as that took to pages and to mail: a backlog of it can wait."""
    even_paused: bool = False
    """Also while the desk is paused after a restore: only for what hears, decides and sends nothing."""


SCHEDULE = [
    Job("take in", tasks.take_in_waiting, 2, batch=tasks.MAILS),
    Job("acknowledge", tasks.acknowledge_waiting, 2),
    Job("release", tasks.release_held, 0.5),
    Job("promises", tasks.break_promises, 15, on_wake=False, batch=tasks.FEW, gives_way=True),
    Job("remind", tasks.remind_of_promises, 15, on_wake=False, batch=tasks.FEW, gives_way=True),
    Job("heartbeat", tasks.tell_how_it_stands, 60, on_wake=False, batch=tasks.FEW, gives_way=True),
    Job("weigh", tasks.weigh_changed, 5, on_wake=False, batch=weighing.BATCH, gives_way=True),
    Job("weigh again", tasks.weigh_due, 15, on_wake=False, batch=weighing.BATCH, gives_way=True),
    Job("alarms", tasks.ring_alarms, 60, on_wake=False, batch=tasks.FEW, gives_way=True),
    Job("rehome", tasks.rehome_steps, 15, on_wake=False, batch=tasks.FEW, gives_way=True),
    Job("drain", tasks.drain_backlog, 60, on_wake=False, batch=tasks.FEW, gives_way=True),
    Job("tell", tasks.tell_members, 5),
    Job("score", tasks.weigh_steps, 60, on_wake=False, batch=tasks.FEW, gives_way=True),
    Job("remove old", tasks.remove_old, 600, on_wake=False, batch=keeping.BATCH, gives_way=True),
    Job("bind packs", tasks.bind_packs, 15, on_wake=False, batch=lawful.BATCH, gives_way=True),
    Job("clocks", tasks.set_clocks_right, 30, on_wake=False),
    Job("tidy", tasks.tidy, 30, on_wake=False, gives_way=True),
]
BESIDE = [
    Job("deliver", tasks.deliver_waiting, 2),
    Job("notices", tasks.send_notices, 5),
    Job("read", tasks.read_letters, 10, on_wake=False, batch=reading.BATCH, gives_way=True),
]
"""What waits for other people's servers, or for a process that stands back, each in a thread of its own: nothing else
waits for them."""
if settings.CLAMD:
    # Also after a restore: it sends nothing, and whoever looks around before they go on opens files, too.
    BESIDE.append(Job("look at files", tasks.look_at_files, 5, batch=inspecting.BATCH, even_paused=True))
