"""By when, in whose hours: the right time.

Business hours, targets and promises.
"""
