"""Makes the real peers (tests/peers) known to every test."""

from __future__ import annotations

pytest_plugins = ["tests.peers.fixtures"]
