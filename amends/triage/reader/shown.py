"""A reading as plain values, as they stand in a line of JSON. Pure."""

from __future__ import annotations

from typing import Any

from amends.triage.reader.told import OfBrand, Reading, Signal


def shown(reading: Reading) -> dict[str, Any]:
    """`{lang, brands, anger, urgent, vulnerable, topic, kudos, facts}`."""
    return {
        "lang": reading.language,
        "brands": [_brand(one) for one in reading.brands],
        "anger": reading.anger,
        "urgent": reading.urgent,
        "vulnerable": reading.vulnerable,
        "topic": reading.topic,
        "kudos": [one.name for one in reading.kudos],
        "facts": [{"kind": one.kind, "value": one.value, "span": [one.start, one.end]} for one in reading.facts],
    }


def _brand(one: OfBrand) -> dict[str, Any]:
    return {
        "name": one.name,
        "about": one.about,
        "stance": one.stance,
        "clues": list(one.clues),
        "signals": [_signal(signal) for signal in one.signals],
    }


def _signal(signal: Signal) -> dict[str, Any]:
    return {
        "label": signal.label,
        "polarity": signal.polarity,
        "strength": signal.strength,
        "certainty": signal.certainty,
        "time": signal.time,
        "span": list(signal.span),
    }
