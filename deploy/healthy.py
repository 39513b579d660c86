"""Ask the web process beside us whether it is well; the container's health check. Standard library only."""

import os
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen


def setting(name: str) -> str:
    """As the desk reads it: from the environment, or from the file that is named there."""
    file = os.environ.get(f"AMENDS_{name}_FILE")
    return Path(file).read_text("utf-8").strip() if file else os.environ.get(f"AMENDS_{name}", "")


port = setting("PORT") or "8000"
host = urlsplit(setting("URL")).netloc or f"127.0.0.1:{port}"
# Under the name that the desk answers to: it refuses every other.
urlopen(Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host}), timeout=5)
