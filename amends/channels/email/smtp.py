"""Saying mail over SMTP, and knowing exactly how far it came."""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import socket
import threading
from collections.abc import Iterator

from django.utils.translation import gettext as _

from amends.channels.email.connect import (
    TIMEOUT,
    dropped,
    no_starttls,
    plainly,
    refused_password,
    tls_context,
    words,
)
from amends.channels.email.oauth import access_token, forget, refused_token, xoauth2
from amends.channels.email.outgoing_headers import plain_domain
from amends.channels.email.settings import MailSettings
from amends.channels.message import AccountSettings, ChannelError, Receipt, nobody_there

Reply = tuple[int, bytes]

LONGEST = 300.0
"""Seconds that a whole conversation may take, however many answers the server is slow with."""


def send(
    account: AccountSettings, raw: bytes, envelope_from: str, recipients: list[str], *, timeout: float = TIMEOUT
) -> Receipt:
    """Hands one mail to the account's server. `envelope_from` may be empty (automatic mail).

    Raises ChannelError; its codes: ``settings host connect tls auth token protocol`` (the account's fault, or the
    server's whatever the mail: all that goes wrong before MAIL, and 421), ``refused`` (5xx, permanent), ``later``
    (4xx), ``address``, ``too_large``, ``some_refused`` (the others, its `took`, have got it; permanent unless all who
    were refused may be tried later), ``in_doubt`` (after the last byte the connection
    died, or the answer says nothing: it may have arrived).
    """
    settings = MailSettings.of(account)
    _check_addresses([envelope_from, *recipients] if envelope_from else recipients)
    if not recipients:
        raise ChannelError(_("This mail has no recipient."), permanent=True, code="address")
    recipients = list(dict.fromkeys(recipients))
    with conversation(settings, timeout) as smtp:
        sign_in(smtp, settings)
        refused = offer(smtp, settings, raw, envelope_from, recipients)
        receipt = _say_data(smtp, settings, raw)
    if refused:
        took = [address for address in recipients if address not in refused]
        raise _some_refused(settings, refused, took)
    return receipt


@contextlib.contextmanager
def conversation(settings: MailSettings, timeout: float = TIMEOUT, longest: float = LONGEST) -> Iterator[smtplib.SMTP]:
    """A greeted connection, encrypted if the settings say so; nobody is signed in yet.

    Raises ChannelError; after `longest` seconds the line is cut, as if the server had hung up.
    """
    server = settings.smtp
    # Our own domain as the name: smtplib would ask the resolver for this machine's, which can take long.
    name = _ascii_domain(settings.address)
    with _greeted(settings), spoken(settings):
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, name, timeout=timeout, context=tls_context(server)
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, name, timeout=timeout)
    watch = threading.Timer(longest, _hang_up, [smtp])
    watch.daemon = True
    watch.start()
    try:
        with _greeted(settings), spoken(settings):
            smtp.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                _encrypt(smtp, settings)
        yield smtp
    finally:
        watch.cancel()
        _leave(smtp)


def sign_in(smtp: smtplib.SMTP, settings: MailSettings) -> bool:
    """False when the server asks for no sign-in. Raises ChannelError with code ``auth`` or ``token``."""
    server = settings.smtp
    mechanisms = str(smtp.esmtp_features.get("auth", "")).upper().split()
    bearer = xoauth2(server.user, access_token(settings)) if settings.auth != "password" else b""
    if not bearer and not mechanisms:
        return False
    with _greeted(settings), spoken(settings):
        if bearer:
            reply = _auth(smtp, "XOAUTH2", bearer)
        elif "PLAIN" in mechanisms:
            reply = _auth(smtp, "PLAIN", f"\0{server.user}\0{server.password}".encode())
        elif "LOGIN" in mechanisms:
            reply = _auth_login(smtp, server.user, server.password)
        else:
            reply = _auth_otherwise(smtp, server.user, server.password)
    if reply[0] not in (235, 503):
        raise _sign_in_refused(settings, reply)
    return True


def offer(
    smtp: smtplib.SMTP, settings: MailSettings, raw: bytes, envelope_from: str, recipients: list[str]
) -> dict[str, Reply]:
    """Names sender and recipients; gives the recipients that are refused, if others are not.

    Raises ChannelError when the sender or all recipients are refused.
    """
    with spoken(settings):
        _say_from(smtp, settings, raw, envelope_from, recipients)
        refused = {address: reply for address in recipients if (reply := _refusal(smtp, address))}
    if len(refused) == len(recipients):
        raise _all_refused(settings, refused)
    return refused


@contextlib.contextmanager
def _greeted(settings: MailSettings) -> Iterator[None]:
    """No mail was named yet: whatever the server refuses, it refuses it to the mailbox."""
    try:
        yield
    except ChannelError as error:
        if error.code in ("refused", "later"):
            raise ChannelError(str(error), permanent=False, code="connect") from None
        raise


@contextlib.contextmanager
def spoken(settings: MailSettings) -> Iterator[None]:
    """Turns what smtplib, TLS or the socket raise into ChannelError."""
    server = settings.smtp
    try:
        with plainly(server):
            try:
                yield
            except smtplib.SMTPResponseException as error:
                raise _answered(settings, (error.smtp_code, _bytes(error.smtp_error))) from None
            except smtplib.SMTPServerDisconnected:
                raise dropped(server) from None
            except smtplib.SMTPException as error:
                said = words(str(error), settings.secrets)
                sentence = _("%(place)s cannot do what was asked: “%(said)s”.")
                what = {"place": server.place, "said": said}
                raise ChannelError(sentence % what, permanent=True, code="refused") from None
    except ValueError:
        sentence = _("%(place)s gave an answer that is not SMTP.") % {"place": server.place}
        raise ChannelError(sentence, permanent=False, code="protocol") from None


def _encrypt(smtp: smtplib.SMTP, settings: MailSettings) -> None:
    if not smtp.has_extn("starttls"):
        raise no_starttls(settings.smtp)
    reply = smtp.starttls(context=tls_context(settings.smtp))
    if reply[0] != 220:
        raise no_starttls(settings.smtp)
    smtp.ehlo_or_helo_if_needed()


def _auth(smtp: smtplib.SMTP, mechanism: str, secret: bytes) -> Reply:
    reply = smtp.docmd("AUTH", f"{mechanism} {base64.b64encode(secret).decode()}")
    # Providers explain a refused token in a challenge; an empty answer brings the refusal itself.
    return smtp.docmd("") if reply[0] == 334 else reply


def _auth_login(smtp: smtplib.SMTP, user: str, password: str) -> Reply:
    reply = smtp.docmd("AUTH", "LOGIN")
    for answer in (user, password):
        if reply[0] != 334:
            break
        reply = smtp.docmd(base64.b64encode(answer.encode()).decode())
    return reply


def _auth_otherwise(smtp: smtplib.SMTP, user: str, password: str) -> Reply:
    """CRAM-MD5, if the server offers that."""
    try:
        return smtp.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        return error.smtp_code, _bytes(error.smtp_error)


def _sign_in_refused(settings: MailSettings, reply: Reply) -> ChannelError:
    """Why nobody was let in. The server's words are not shown: some echo what was said to them."""
    server = settings.smtp
    what = {"host": server.host, "user": server.user}
    if reply[0] in (523, 530, 538):
        sentence = _("%(host)s lets nobody sign in without encryption: choose TLS or STARTTLS.") % what
        return ChannelError(sentence, permanent=True, code="tls")
    if 400 <= reply[0] < 500:
        sentence = _("%(host)s cannot sign anybody in just now.") % what
        return ChannelError(sentence, permanent=False, code="connect")
    if settings.auth != "password":
        forget(settings)
        return refused_token(server)
    return refused_password(server)


def _say_from(
    smtp: smtplib.SMTP, settings: MailSettings, raw: bytes, envelope_from: str, recipients: list[str]
) -> None:
    options = []
    limit = str(smtp.esmtp_features.get("size", ""))
    if smtp.has_extn("size"):
        options.append(f"SIZE={len(raw)}")
        if limit.isdigit() and 0 < int(limit) < len(raw):
            sentence = _("%(host)s takes mails of at most %(limit)s bytes; this one has %(size)s.")
            what = {"host": settings.smtp.host, "limit": limit, "size": len(raw)}
            raise ChannelError(sentence % what, permanent=True, code="too_large")
    if not raw.isascii() and smtp.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    if not all(plain_domain(address).isascii() for address in [envelope_from, *recipients]):
        if not smtp.has_extn("smtputf8"):
            sentence = _("%(host)s cannot send to addresses with letters beyond a–z.")
            raise ChannelError(sentence % {"host": settings.smtp.host}, permanent=True, code="address")
        smtp.command_encoding = "utf-8"
        options.append("SMTPUTF8")
    # Not smtplib's mail() and rcpt(): they rewrite the address with a parser that can be led astray (S15).
    reply = smtp.docmd("MAIL", " ".join([f"FROM:<{plain_domain(envelope_from)}>", *options]))
    if not envelope_from and reply[0] // 100 == 5:  # some providers let nobody speak without a name
        reply = smtp.docmd("MAIL", " ".join([f"FROM:<{plain_domain(settings.address)}>", *options]))
    if reply[0] != 250:
        raise _answered(settings, reply)


def _refusal(smtp: smtplib.SMTP, address: str) -> Reply | None:
    reply = smtp.docmd("RCPT", f"TO:<{plain_domain(address)}>")
    if reply[0] == 421:
        raise smtplib.SMTPResponseException(*reply)
    return None if reply[0] in (250, 251) else reply


def _say_data(smtp: smtplib.SMTP, settings: MailSettings, raw: bytes) -> Receipt:
    with spoken(settings):
        reply = smtp.docmd("DATA")
        if reply[0] != 354:
            raise _answered(settings, reply)
        # Without the last line the server cannot have taken the mail, so a loss up to here is no doubt.
        smtp.send(on_the_wire(raw))
    try:
        smtp.send(b".\r\n")
        reply = smtp.getreply()
    except (OSError, smtplib.SMTPException):
        sentence = _("%(place)s hung up before it said whether it took the mail: it may have arrived.")
        raise _in_doubt(settings, sentence) from None
    if reply[0] // 100 not in (2, 4, 5):
        raise _in_doubt(settings, _("%(place)s did not say whether it took the mail: it may have arrived."))
    if reply[0] // 100 != 2:
        raise _answered(settings, reply)
    return Receipt(detail=f"{reply[0]} {words(reply[1], settings.secrets)}")


def _in_doubt(settings: MailSettings, sentence: str) -> ChannelError:
    return ChannelError(sentence % {"place": settings.smtp.place}, permanent=False, code="in_doubt")


def on_the_wire(raw: bytes) -> bytes:
    """CRLF line ends only (no lone CR or LF: SMTP smuggling), dots doubled, and a final line end."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


def _answered(settings: MailSettings, reply: Reply) -> ChannelError:
    """4xx is for later, 5xx for good; anything else is no SMTP."""
    code, said = reply
    what = {"host": settings.smtp.host, "code": code, "said": words(said, settings.secrets)}
    if code in (530, 535):
        sentence = _("%(host)s wants a sign-in or encryption first: “%(code)s %(said)s”.") % what
        return ChannelError(sentence, permanent=True, code="auth")
    if not 400 <= code < 600:
        sentence = _("%(host)s gave an answer that is not SMTP.") % what
        return ChannelError(sentence, permanent=False, code="protocol")
    if code < 500:
        sentence = _("%(host)s does not take the mail now: “%(code)s %(said)s”.") % what
        # 421 closes the door to every mail (RFC 5321), not to this one.
        return ChannelError(sentence, permanent=False, code="connect" if code == 421 else "later")
    sentence = _("%(host)s refuses the mail: “%(code)s %(said)s”.") % what
    return ChannelError(sentence, permanent=True, code="refused")


def _all_refused(settings: MailSettings, refused: dict[str, Reply]) -> ChannelError:
    for_now = [reply for reply in refused.values() if reply[0] < 500]
    error = _answered(settings, for_now[0] if for_now else next(iter(refused.values())))
    if error.code == "refused":
        error.unknown = _unknown(refused)
    return error


def _some_refused(settings: MailSettings, refused: dict[str, Reply], took: list[str]) -> ChannelError:
    named = "; ".join(
        f"{address} (“{reply[0]} {words(reply[1], settings.secrets)}”)" for address, reply in refused.items()
    )
    sentence = _("%(host)s took the mail, but not for: %(named)s.")
    what = {"host": settings.smtp.host, "named": named}
    for_good = any(reply[0] >= 500 for reply in refused.values())
    return ChannelError(sentence % what, permanent=for_good, code="some_refused", took=took, unknown=_unknown(refused))


def _unknown(refused: dict[str, Reply]) -> tuple[str, ...]:
    """Those who are not there. Without an enhanced code, 550, 551 and 553 say so."""
    found = []
    for address, (code, said) in refused.items():
        status = re.match(rb"5\.\d{1,3}\.\d{1,3}\b", said)
        if code >= 500 and (nobody_there(status[0].decode()) if status else code in (550, 551, 553)):
            found.append(address)
    return tuple(found)


def _check_addresses(addresses: list[str]) -> None:
    for address in addresses:
        if not re.fullmatch(r"[^\s<>\x00-\x20\x7f]+@[^\s<>@\x00-\x20\x7f]+", address):
            sentence = _("“%(address)s” is not a mail address.") % {"address": words(address)}
            raise ChannelError(sentence, permanent=True, code="address")


def _ascii_domain(address: str) -> str:
    try:
        return address.rpartition("@")[2].encode("idna").decode() or "localhost"
    except UnicodeError:
        return "localhost"


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _hang_up(smtp: smtplib.SMTP) -> None:
    """From another thread: who waits for an answer finds the line dead."""
    if smtp.sock is not None:
        with contextlib.suppress(OSError):
            # The socket's own: that of TLS would let a word follow in the clear.
            socket.socket.shutdown(smtp.sock, socket.SHUT_RDWR)


def _leave(smtp: smtplib.SMTP) -> None:
    with contextlib.suppress(Exception):
        if smtp.sock is not None:
            smtp.sock.settimeout(2)
            smtp.quit()
    smtp.close()
