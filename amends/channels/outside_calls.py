"""One call to a server that a member named: a webhook, a push service, a connector. Guarded, without redirects (S10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from amends.channels.message import ChannelError

LATER = (408, 425, 429)
SECONDS = 10.0
MOST_READ = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What the other side said: the status of HTTP, and the bytes of the body."""

    status: int
    content: bytes


def post(url: str, content: bytes, headers: Mapping[str, str]) -> int:
    """Send `content` there; the status of the answer. Raises ChannelError when nobody answered."""
    return ask(url, content, headers, own=settings.HOOK_HOSTS).status


def ask(
    url: str,
    content: bytes,
    headers: Mapping[str, str],
    *,
    own: Collection[str],
    seconds: float = SECONDS,
    most: int = MOST_READ,
) -> Answer:
    """Send `content` there, once, and read the answer, whatever its status.

    `own` are hosts of the house's network that may be reached; `seconds` is for all of it, `most` bytes are read.
    Raises ChannelError: `settings` (no such address may be called), `large`, `slow`, or `later` (nobody answered).
    """
    from amends.kit import http  # noqa: PLC0415 - slow to load, and most desks never need it

    if trouble := why_not(url, own):
        raise ChannelError(trouble, permanent=True, code="settings")
    host = {"host": urlsplit(url).hostname}
    try:
        with http.client(frozenset(own), seconds=seconds, max_bytes=most) as web:
            answer = web.post(url, content=content, headers=dict(headers), follow_redirects=False)
            return Answer(int(answer.status_code), answer.content)
    except http.AddressRefused as error:
        raise ChannelError(str(error), permanent=True, code="settings") from error
    except http.BodyRefused as error:
        raise ChannelError(_("What %(host)s answered is too large.") % host, permanent=False, code="large") from error
    except http.TooSlow as error:
        raise ChannelError(_("%(host)s took too long.") % host, permanent=False, code="slow") from error
    except (http.HTTPError, http.InvalidURL) as error:
        raise ChannelError(_("%(host)s could not be reached.") % host, permanent=False, code="later") from error


def want_taken(status: int) -> None:
    """Raises ChannelError unless the other side said that it took it; whoever is busy is asked again."""
    if 200 <= status < 300:
        return
    again = status >= 500 or status in LATER
    raise ChannelError(_("It answered %(status)s.") % {"status": status}, permanent=not again, code=str(status))


def why_not(url: str, own: Collection[str] | None = None) -> str:
    """Why no call may go to this address, in a sentence; empty when it may. Looks no name up.

    `own`: hosts of the house's network that may be called; without it those for webhooks.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        whole = bool(host) and parts.scheme in ("https", "http") and parts.port != 0
    except ValueError:  # brackets that hold no address, a port that is none
        whole = False
    if not whole:
        return _("Write a whole address, such as https://example.com/hooks/amends.")
    if parts.scheme == "http" and host not in (settings.HOOK_HOSTS if own is None else own):
        return _("Use an address that begins with https://: what is said there is nobody else’s business.")
    if parts.username or parts.password:
        return _("Leave name and password out of the address; what we send is signed.")
    return ""
