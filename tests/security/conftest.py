"""The system's Chromium, for what only a real browser can tell."""

from __future__ import annotations

from tests.peers.browser import browser_type_launch_args as browser_type_launch_args
from tests.security.scanned import hanging as hanging
from tests.security.scanned import heard_of_late as heard_of_late
from tests.security.scanned import scanner as scanner
