"""The demo desk: its stories, its one-click sign-in, its customers' mailboxes.

Installed only when AMENDS_DEMO is on.
"""
