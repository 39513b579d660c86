"""The desk as people install it: without what only its tests bring along, which some libraries import where they can."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

LOCKS = Path(__file__).resolve().parent.parent / "requirements"
_START = """
import sys
sys.modules.update(dict.fromkeys(sys.argv.pop(1).split(",")))
from amends.cli import main
sys.exit(main(sys.argv[1:]))
"""


def amends(*words: str) -> list[str]:
    """The command line for `amends …`."""
    return [sys.executable, "-c", _START, ",".join(only_for_tests()), *words]


def only_for_tests() -> list[str]:
    """The modules that no desk has."""
    wanted = _locked("run")
    return sorted(
        module
        for module, packages in packages_distributions().items()
        if not any(_normal(package) in wanted for package in packages)
    )


def _locked(group: str) -> set[str]:
    lines = (LOCKS / f"{group}.lock").read_text().splitlines()
    return {_normal(found[1]) for line in lines if (found := re.match(r"([\w.-]+)==", line))}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
