"""Why somebody has a case, said to people (RO7)."""

from __future__ import annotations

from typing import Any

from amends.triage.routing import SENTENCES, Reason, explain


def why(reasons: list[dict[str, Any]] | None) -> str:
    """Reasons as stored on the timeline → sentences; codes of other versions are passed over."""
    known = [
        Reason(reason["code"], reason.get("params", {})) for reason in reasons or [] if reason.get("code") in SENTENCES
    ]
    return explain(known)
