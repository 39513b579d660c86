"""Ask the web process beside us whether it is well; the container's health check. Standard library only."""

import os
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

port = os.environ.get("AMENDS_PORT", "8000")
host = urlsplit(os.environ.get("AMENDS_URL", "")).netloc or f"127.0.0.1:{port}"
# Under the name that the desk answers to: it refuses every other.
urlopen(Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host}), timeout=5)
