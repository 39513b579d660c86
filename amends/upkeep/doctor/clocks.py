"""This machine's clock against that of the web server people reach; told by its Date header."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from amends.kit import http
from amends.upkeep.doctor.database import compare
from amends.upkeep.doctor.finding import Finding, warn

PATIENCE = 4.0


def of_web(url: str, now: datetime) -> Finding:
    """Asks `/healthz` at our own address, as a visitor would."""
    check = "clock of the web server"
    try:
        # Our own address, so it may well be an inner one.
        with http.client(frozenset({urlsplit(url).hostname or ""}), seconds=PATIENCE) as web:
            answer = web.head(f"{url}/healthz", follow_redirects=False)
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except http.HTTPError as error:
        return warn(check, f"{url} cannot be reached from here ({type(error).__name__}).", "Is the web process up?")
    except (KeyError, ValueError):
        return warn(check, f"{url} does not tell the time.")
    return compare("the web server", theirs, now)
