"""What happens when …: one file for each thing that happens.

The only place where two subjects meet.
"""
