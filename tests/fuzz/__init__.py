"""Mails damaged at random, from a seed: `python -m tests.fuzz --count 100000` (or `make fuzz COUNT=100000`)."""
