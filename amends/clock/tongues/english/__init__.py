"""English: its times and its acts."""

from amends.clock.tongues.english import acts, times

__all__ = ["acts", "times"]
