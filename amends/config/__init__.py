"""Wiring: settings, URL roots, the one schedule, the processes.

The only reader of the environment; nothing below imports it.
"""
