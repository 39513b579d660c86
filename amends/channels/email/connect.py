"""Sockets, TLS and plain words for what can go wrong with them; the same for IMAP and SMTP."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
from collections.abc import Iterator

from django.utils.translation import gettext as _

from amends.channels.email.settings import PORTS, Server
from amends.channels.message import ChannelError

TIMEOUT = 30.0
"""Seconds that a server may take for one answer."""


class WireError(ChannelError):
    """A ChannelError that also knows how the owner of the account can mend it; `mend` may be empty."""

    def __init__(self, message: str, *, permanent: bool, code: str, mend: str = "") -> None:
        super().__init__(message, permanent=permanent, code=code)
        self.mend = mend


def tls_context(server: Server) -> ssl.SSLContext:
    """Certificates are always verified: against the account's own authority if it names one."""
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except (ssl.SSLError, OSError):
        sentence = _("The file %(path)s holds no certificate in PEM form.") % {"path": server.ca_file}
        mend = _("Give a file that begins with “-----BEGIN CERTIFICATE-----”.")
        raise WireError(sentence, permanent=True, code="tls", mend=mend) from None


@contextlib.contextmanager
def plainly(server: Server) -> Iterator[None]:
    """Turns what sockets and TLS raise into ChannelError (codes ``host``, ``tls``, ``connect``)."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        # UnicodeError: a name that can be no host. `from None`: the original's frames may hold a password.
        raise plain(error, server) from None


def plain(error: Exception, server: Server) -> WireError:
    """The sentence for one network error. No word of it comes from the other side."""
    what = {"place": server.place, "host": server.host, "port": server.port}
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, what)
    if isinstance(error, ssl.SSLError):
        return _handshake(error, server, what)
    if isinstance(error, socket.gaierror | UnicodeError):
        return _name(error, what)
    if isinstance(error, TimeoutError):
        return _later(_("%(place)s did not answer in time.") % what, _check_port(server))
    if isinstance(error, ConnectionRefusedError):
        return _later(_("%(place)s refuses the connection: nothing listens there.") % what, _check_port(server))
    return _later(_("The connection to %(place)s was lost.") % what)


def dropped(server: Server) -> WireError:
    """The other side hung up."""
    return _later(_("%(place)s hung up in the middle of the conversation.") % {"place": server.place})


def no_starttls(server: Server) -> WireError:
    """The server does not offer encryption; going on in the clear is never an answer."""
    sentence = _("%(place)s does not offer STARTTLS. Nothing was sent unencrypted.") % {"place": server.place}
    mend = _("Choose TLS with port %(port)s, or have STARTTLS switched on at the server.")
    mend %= {"port": PORTS[server.protocol, "tls"]}
    return WireError(sentence, permanent=True, code="tls", mend=mend)


def refused_password(server: Server) -> WireError:
    """User name or password are not what the server knows."""
    sentence = _("%(host)s refuses the password for %(user)s.") % {"host": server.host, "user": server.user}
    mend = _("Check user name and password. For Google and Microsoft use “Sign in with …” or an app password.")
    return WireError(sentence, permanent=True, code="auth", mend=mend)


def speaks_tls(server: Server, timeout: float) -> bool:
    """Whether the port wants TLS from the first byte; asked when a server stays silent."""
    try:
        with socket.create_connection((server.host, server.port), timeout) as bare:
            tls_context(server).wrap_socket(bare, server_hostname=server.host).close()
    except ssl.SSLCertVerificationError:
        return True
    except OSError:
        return False
    return True


def words(said: object, secrets: tuple[str, ...] = ()) -> str:
    """What a server said, fit to show: one line, at most 200 characters, no secret it may have echoed."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    for secret in secrets:
        text = text.replace(secret, "•••")
    return re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", text).strip()[:200]


def _certificate(error: ssl.SSLCertVerificationError, what: dict[str, object]) -> WireError:
    # The numbers are OpenSSL's X509_V_ERR_*; Python gives them no names.
    sentence = _("The certificate of %(place)s could not be verified.")
    mend = _("Ask whoever runs the server.")
    if error.verify_code == 10:
        sentence = _("The certificate of %(place)s has expired.")
        mend = _("The server needs a new certificate: ask whoever runs it.")
    elif error.verify_code in (62, 64):
        sentence = _("The certificate of %(place)s is made out to another name.")
        mend = _("Use the host name that the certificate names.")
    elif error.verify_code in (2, 7, 18, 19, 20, 21):
        sentence = _("The certificate of %(place)s is signed by an authority that is not trusted here.")
        mend = _("Give the certificate’s CA file, or use the host name that a public certificate names.")
    return WireError(sentence % what, permanent=True, code="tls", mend=mend)


def _handshake(error: ssl.SSLError, server: Server, what: dict[str, object]) -> WireError:
    if error.reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"):
        mend = _("Choose STARTTLS for this port, or port %(usual)s for TLS.")
        mend %= {"usual": PORTS[server.protocol, "tls"]}
        if server.port == PORTS[server.protocol, "starttls"]:
            mend = _("Port %(port)s speaks STARTTLS: choose that.") % what
        return WireError(_("%(place)s answers without TLS.") % what, permanent=True, code="tls", mend=mend)
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return _later(_("The connection to %(place)s was lost.") % what)
    sentence = _("%(place)s and Amends found no common way to encrypt.") % what
    mend = _("The server must speak TLS 1.2 or newer.")
    return WireError(sentence, permanent=True, code="tls", mend=mend)


def _name(error: Exception, what: dict[str, object]) -> WireError:
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
        sentence = _("The name %(host)s could not be looked up just now.") % what
        mend = _("Check that this machine can reach its name server.")
        return WireError(sentence, permanent=False, code="host", mend=mend)
    mend = _("Check how the host name is written.")
    return WireError(_("There is no server called %(host)s.") % what, permanent=True, code="host", mend=mend)


def _check_port(server: Server) -> str:
    mend = _("Check the port (usually %(usual)s) and whether a firewall stands between.")
    return mend % {"usual": PORTS[server.protocol, server.security]}


def _later(sentence: str, mend: str = "") -> WireError:
    return WireError(sentence, permanent=False, code="connect", mend=mend)
