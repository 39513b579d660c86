"""The agents' screens.

No rules of its own: a view calls one flow, or one subject's function.
"""
