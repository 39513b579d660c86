"""The command `amends`."""

from amends.cli.main import main

__all__ = ["main"]
