"""Subjects, and our reference in them. Pure."""

from __future__ import annotations

import re

REFERENCE = re.compile(r"\[A-(\d{1,12})\]")
_PREFIX = re.compile(
    r"^\s*(?:re|aw|antw|sv|vs|odp|res|rif|ref|fwd?|wg|tr|rv|enc|doorst|vl|pd)\s*(?:\[\d+\])?\s*:\s*", re.I
)


def without_tag(subject: str) -> str:
    """The subject without our reference."""
    return REFERENCE.sub("", subject).strip()


def bare(subject: str) -> str:
    """The subject without our reference and without any Re:, Fwd:, AW: …"""
    text = REFERENCE.sub("", subject)
    while (shorter := _PREFIX.sub("", text, count=1)) != text:
        text = shorter
    return " ".join(text.split())
