"""Who should have it: the right person.

Pure functions over plain values; flows hands in who is on duty.
"""
