"""Why somebody has a case, said to people (RO7)."""

from __future__ import annotations

from typing import Any

from amends.triage.routing import SENTENCES, Reason, explain
from amends.ui.faces import first_name


def why(reasons: list[dict[str, Any]] | None) -> str:
    """Reasons as stored on the timeline → sentences; codes of other versions are passed over."""
    known = [
        Reason(reason["code"], _with_first_name(reason.get("params", {})))
        for reason in reasons or []
        if reason.get("code") in SENTENCES
    ]
    return explain(known)


def _with_first_name(params: dict[str, str]) -> dict[str, str]:
    return {**params, "name": first_name(params["name"])} if "name" in params else params
