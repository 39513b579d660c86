"""Mail to case through the whole intake: kept durably as a mailbox's backlog is, then taken in, as the worker does.

`python -m bench.intake COUNT RUN SHARE OF` in the environment of a desk: measures mails SHARE, SHARE + OF …
of the corpus in this process and prints JSON. Several processes wait for each other by a line on standard input.
"""

from __future__ import annotations

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from amends.channels import inbox  # noqa: E402
from amends.channels.models import Account, Kept  # noqa: E402
from amends.cli import sparing  # noqa: E402
from amends.config import logs  # noqa: E402
from amends.flows import listening, tasks  # noqa: E402
from amends.people.models import Customer  # noqa: E402
from bench.corpus import mails  # noqa: E402

WARM = 20
AT_ONCE = int(os.environ.get("KEPT", listening.TOGETHER))
"""Mails that are acknowledged together."""
PORTION = 400


def take_in(raws: list[bytes]) -> None:
    """Keep the mails, so many acknowledged at once; whenever some hundreds wait, take them in."""
    account = Account.objects.filter(kind=Account.Kind.LOCAL).order_by("pk")[0]
    for first in range(0, len(raws), PORTION):
        portion = raws[first : first + PORTION]
        for begin in range(0, len(portion), AT_ONCE):
            offered = [inbox.Offered(raw, "bench") for raw in portion[begin : begin + AT_ONCE]]
            inbox.keep_all(account, offered, now=timezone.now())
        tasks.take_in_waiting(timezone.now())
    while waiting():
        tasks.take_in_waiting(timezone.now())


def waiting() -> bool:
    """Whether a message still waits."""
    return Kept.objects.filter(state=Kept.State.WAITING).exists()


def measure(count: int, run: str, share: int, of: int) -> dict[str, float]:
    """Take the share in, and say how long it took: on the clock, and of this process on the CPU."""
    known = Customer.objects.count()
    raws = [mail.raw for mail in mails(count, run=run, known=known)][share::of]
    take_in([mail.raw for mail in mails(WARM, run=f"{run}.warm{share}", known=known)])
    sparing.look_for_garbage_less_often()
    print("ready", flush=True)
    sys.stdin.readline()
    before, cpu, began = _outcome(), time.process_time(), time.monotonic()
    take_in(raws)
    took, used = time.monotonic() - began, time.process_time() - cpu
    after = _outcome()
    return {"mails": len(raws), "seconds": took, "cpu": used, **{name: after[name] - before[name] for name in after}}


def _outcome() -> dict[str, int]:
    """Nothing may be lost: each mail is an entry, or was left out for a reason."""
    account = Account.objects.filter(kind=Account.Kind.LOCAL).order_by("pk")[0]
    kept = Kept.objects.filter(account=account, source="bench")
    states = dict(kept.order_by().values_list("state").annotate(Count("pk")))
    return {**{state: states.get(state, 0) for state in Kept.State.values}, "entries": kept.exclude(entry=None).count()}


if __name__ == "__main__":
    logs.set_up("ERROR")
    given = sys.argv[1:]
    told = measure(int(given[0]), given[1], int(given[2]), int(given[3]))
    connection.close()
    print(json.dumps(told), flush=True)
