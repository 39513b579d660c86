"""Clocks and counters: percentiles, CPU time of a tree of processes, and what others took of the machine meanwhile."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
QUIET = 0.1
"""Above this share of the machine for others, a time on the clock is only an upper bound."""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of `values` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def tree(roots: Iterable[int]) -> set[int]:
    """These processes and all that descend from them."""
    children: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        if stat := _stat(int(folder.name)):
            children.setdefault(int(stat[1]), []).append(int(folder.name))
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += [child for child in children.get(pid, []) if child not in found]
    return found


def cpu_of(pids: Iterable[int]) -> float:
    """Seconds of CPU that these processes, and children of theirs that have ended, have used."""
    return sum(sum(map(int, stat[11:15])) for pid in pids if (stat := _stat(pid))) / TICK


def pss_of(pids: Iterable[int]) -> float:
    """MiB of memory, shared pages counted once (PSS)."""
    sizes = 0
    for pid in pids:
        try:
            lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        sizes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return sizes / 1024


@dataclass
class Watch:
    """Measures between `with` and its end: seconds, CPU of `roots` and their descendants, the share of others."""

    roots: list[int] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    other: float = 0.0

    def __enter__(self) -> Watch:
        self._began = time.monotonic()
        self._busy, self._ours, self._measured = _busy(), self._all(), cpu_of(tree(self.roots))
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.monotonic() - self._began
        self.cpu = cpu_of(tree(self.roots)) - self._measured
        others = (_busy() - self._busy) - (self._all() - self._ours)
        self.other = max(0.0, others) / (self.seconds * (os.cpu_count() or 1))

    def _all(self) -> float:
        return cpu_of(tree([os.getpid(), *self.roots]))


def machine() -> dict[str, Any]:
    """What it was measured on."""
    model = next((line.split(":")[1].strip() for line in _lines("cpuinfo") if line.startswith("model name")), "")
    memory = next(int(line.split()[1]) for line in _lines("meminfo") if line.startswith("MemTotal"))
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 1024**2, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": os.getloadavg()[0],
    }


def _busy() -> float:
    """Seconds that all cores together were at work."""
    user, nice, system, _idle, _wait, irq, soft, steal = map(int, _lines("stat")[0].split()[1:9])
    return (user + nice + system + irq + soft + steal) / TICK


def _lines(name: str) -> list[str]:
    return (PROC / name).read_text().splitlines()


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat from the state on; None when it has ended."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
