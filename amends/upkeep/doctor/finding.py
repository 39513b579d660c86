"""What a check finds. *Pure.*"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """Only FAIL makes the exit status 1."""

    OK = "OK"
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, how it is, and what to do about it."""

    level: Level
    check: str
    said: str
    do: str = ""

    def line(self) -> str:
        return f"{self.level:<4}  {self.check}: {self.said}{f' {self.do}' if self.do else ''}"

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}


def ok(check: str, said: str) -> Finding:
    return Finding(Level.OK, check, said)


def warn(check: str, said: str, do: str = "") -> Finding:
    return Finding(Level.WARN, check, said, do)


def fail(check: str, said: str, do: str = "") -> Finding:
    return Finding(Level.FAIL, check, said, do)
