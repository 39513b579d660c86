"""German: its times and its acts."""

from amends.clock.tongues.german import acts, times

__all__ = ["acts", "times"]
