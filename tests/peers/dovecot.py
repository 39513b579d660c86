"""A real Dovecot: IMAP (STARTTLS and TLS) to read by, LMTP to deliver by. Needs neither root nor systemd."""

from __future__ import annotations

import contextlib
import functools
import grp
import os
import pwd
import shutil
import signal
import smtplib
import string
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.peers import require
from tests.peers.certificates import Certificate, certificate_for
from tests.peers.ports import HOST, free_ports, wait_for

PASSWORD = "open-sesame"
TEMPLATE = Path(__file__).with_name("dovecot.conf")

WITHOUT_IDLE = "imap_capability = IMAP4rev1 SASL-IR LITERAL+ UIDPLUS MOVE"


@dataclass(frozen=True)
class Dovecot:
    """A running server. Any user name exists; all share one password."""

    host: str
    imap_port: int
    """Plain at first; offers STARTTLS unless started with `tls=False`."""
    imaps_port: int
    lmtp_port: int
    certificate: Certificate
    password: str
    folder: Path
    stop: Callable[[], None] = field(default=lambda: None, repr=False)
    """Stops the server before its time."""

    def deliver(self, user: str, raw: bytes) -> None:
        """Puts a mail into the user's INBOX, as the last hop of a delivery does (LMTP)."""
        with smtplib.LMTP(HOST, self.lmtp_port, local_hostname="peer.example") as lmtp:
            lmtp.sendmail("sender@example.com", [user], raw)

    def log(self) -> str:
        """What the server has written so far."""
        return (self.folder / "dovecot.log").read_text(errors="replace")


@contextlib.contextmanager
def running_dovecot(*, tls: bool = True, idle: bool = True, tokeninfo_url: str = "") -> Iterator[Dovecot]:
    """Starts a Dovecot and stops it again, leaving nothing behind.

    `tokeninfo_url`: where to ask about a bearer token; given, the server accepts XOAUTH2 too.
    """
    binary = require("dovecot")
    # pytest's folders are closed to the mail user that a root-started server drops to.
    folder = Path(tempfile.mkdtemp(prefix="amends-dovecot-"))
    folder.chmod(0o755)
    try:
        server = _prepare(folder, tls=tls, idle=idle, tokeninfo_url=tokeninfo_url)
        process = subprocess.Popen(
            [binary, "-F", "-c", str(folder / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=(folder / "stderr.log").open("wb"),
            start_new_session=True,
        )
        try:
            _await_ready(server, process)
            yield replace(server, stop=functools.partial(stop_group, process))
        finally:
            stop_group(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path, *, tls: bool, idle: bool, tokeninfo_url: str) -> Dovecot:
    imap_port, imaps_port, lmtp_port = free_ports(3)
    certificate = certificate_for(folder, "localhost", HOST)
    server = Dovecot("localhost", imap_port, imaps_port, lmtp_port, certificate, PASSWORD, folder)
    oauth_file = folder / "oauth2.conf"
    oauth_file.write_text(
        f"tokeninfo_url = {tokeninfo_url}\nusername_attribute = email\nactive_attribute = active\nactive_value = yes\n"
    )
    oauth = f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {oauth_file}\n}}\n"
    template = string.Template(TEMPLATE.read_text().split("\n", 1)[1])
    (folder / "dovecot.conf").write_text(
        template.substitute(
            _people(folder),
            folder=folder,
            ssl="yes" if tls else "no",
            implicit="yes" if tls else "no",
            certificate=certificate.certificate,
            key=certificate.key,
            password=PASSWORD,
            more_mechanisms="xoauth2" if tokeninfo_url else "",
            oauth=oauth if tokeninfo_url else "",
            capability="" if idle else WITHOUT_IDLE,
            imap_port=imap_port,
            imaps_port=imaps_port,
            lmtp_port=lmtp_port,
        )
    )
    return server


def _people(folder: Path) -> dict[str, str]:
    """Which system users the server runs as: its own ones when root starts it, else whoever we are."""
    mail = folder / "mail"
    mail.mkdir()
    if os.geteuid() != 0:
        me, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
        return {
            "internal_user": me,
            "internal_group": group,
            "login_user": me,
            "mail_user": str(os.geteuid()),
            "mail_group": str(os.getegid()),
        }
    shutil.chown(mail, "nobody", "nogroup")
    return {
        "internal_user": "dovecot",
        "internal_group": "dovecot",
        "login_user": "dovenull",
        "mail_user": "nobody",
        "mail_group": "nogroup",
    }


def _await_ready(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    try:
        for port in (server.imap_port, server.lmtp_port):
            wait_for(port, lambda: process.poll() is None)
    except RuntimeError as error:
        said = (server.folder / "stderr.log").read_text(errors="replace")
        raise RuntimeError(f"Dovecot did not start: {error}\n{said}") from error


def stop_group(process: subprocess.Popen[bytes]) -> None:
    """The whole group, since those that serve a client outlive their master."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=3)
