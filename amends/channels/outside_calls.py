"""One call to a server that a member named: a webhook, a push service. Guarded, without redirects (S10)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from amends.channels.message import ChannelError

LATER = (408, 425, 429)
SECONDS = 10.0
MOST_READ = 64 * 1024


def post(url: str, content: bytes, headers: Mapping[str, str]) -> int:
    """Send `content` there; the status of the answer. Raises ChannelError when nobody answered."""
    from amends.kit import http  # noqa: PLC0415 - slow to load, and most desks never need it

    if trouble := why_not(url):
        raise ChannelError(trouble, permanent=True, code="settings")
    try:
        with http.client(_own_hosts(), seconds=SECONDS, max_bytes=MOST_READ) as web:
            return int(web.post(url, content=content, headers=dict(headers), follow_redirects=False).status_code)
    except http.AddressRefused as error:
        raise ChannelError(str(error), permanent=True, code="settings") from error
    except (http.HTTPError, http.InvalidURL) as error:
        sentence = _("%(host)s could not be reached.") % {"host": urlsplit(url).hostname}
        raise ChannelError(sentence, permanent=False, code="later") from error


def want_taken(status: int) -> None:
    """Raises ChannelError unless the other side said that it took it; whoever is busy is asked again."""
    if 200 <= status < 300:
        return
    again = status >= 500 or status in LATER
    raise ChannelError(_("It answered %(status)s.") % {"status": status}, permanent=not again, code=str(status))


def why_not(url: str) -> str:
    """Why no call may go to this address, in a sentence; empty when it may. Looks no name up."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if not host or parts.scheme not in ("https", "http"):
        return _("Write a whole address, such as https://example.com/hooks/amends.")
    if parts.scheme == "http" and host not in _own_hosts():
        return _("Use an address that begins with https://: what is said there is nobody else’s business.")
    if parts.username or parts.password:
        return _("Leave name and password out of the address; what we send is signed.")
    return ""


def _own_hosts() -> frozenset[str]:
    return frozenset(settings.HOOK_HOSTS)
