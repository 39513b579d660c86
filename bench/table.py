"""Results as lines that a person reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.measuring import QUIET

COLUMNS = (
    ("database", "database", "{}"),
    ("cases", "cases", "{:,}"),
    ("what", "page", "{}"),
    ("p50 ms", "p50_ms", "{:.1f}"),
    ("p95 ms", "p95_ms", "{:.1f}"),
    ("CPU ms", "cpu_ms", "{:.1f}"),
    ("4 clients /s", "clients_per_s", "{:.0f}"),
    ("p95 ms", "clients_p95_ms", "{:.1f}"),
    ("mails /s", "per_s", "{:.0f}"),
    ("lines /s", "lines_per_s", "{:.0f}"),
    ("MiB", "pss_mib", "{:.0f}"),
    ("seconds", "seconds", "{:.1f}"),
    ("event p99 ms", "event_p99_ms", "{:.0f}"),
    ("errors", "errors", "{}"),
    ("lost", "lost", "{}"),
    ("other", "other", "{:.2f}"),
)


def table(results: Sequence[dict[str, Any]]) -> str:
    """The columns that any of the results has; a result that others disturbed is marked."""
    columns = [column for column in COLUMNS if any(column[1] in result for result in results)]
    lines = [[title for title, _key, _shape in columns]]
    for result in results:
        cells = [shape.format(result[key]) if key in result else "" for _title, key, shape in columns]
        if result.get("other", 0) > QUIET:
            cells[-1] += " disturbed"
        lines.append(cells)
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
