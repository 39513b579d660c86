"""French: its times and its acts."""

from amends.clock.tongues.french import acts, times

__all__ = ["acts", "times"]
