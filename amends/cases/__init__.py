"""One problem, one owner, one timeline.

The case, its append-only timeline and its one next step.
"""
