"""A real Exim between our sending and a Dovecot: a program that providers run."""

from __future__ import annotations

import contextlib
import os
import shutil
import string
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.peers import require
from tests.peers.certificates import Certificate, certificate_for
from tests.peers.dovecot import stop_group
from tests.peers.ports import free_ports, wait_for

TEMPLATE = Path(__file__).with_name("exim.conf")
USER = "support@desk.example"
PASSWORD = "open-sesame"


@dataclass(frozen=True)
class Exim:
    """A running server with STARTTLS and AUTH. It refuses unknown@ and defers busy@example.com."""

    host: str
    port: int
    certificate: Certificate
    user: str = USER
    password: str = PASSWORD


@contextlib.contextmanager
def running_exim(lmtp_port: int) -> Iterator[Exim]:
    """Starts an Exim that delivers every mail to this LMTP port, and stops it again."""
    binary = require("exim4")
    if os.geteuid() != 0:
        pytest.skip("only root may start Exim with a configuration of its own")
    folder = Path(tempfile.mkdtemp(prefix="amends-exim-"))
    folder.chmod(0o755)
    try:
        (port,) = free_ports(1)
        certificate = certificate_for(folder, "localhost")
        config = _configure(folder, port, lmtp_port, certificate)
        process = subprocess.Popen(
            [binary, "-bdf", "-C", str(config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for(port, lambda: process.poll() is None)
            yield Exim("localhost", port, certificate)
        finally:
            stop_group(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configure(folder: Path, port: int, lmtp_port: int, certificate: Certificate) -> Path:
    # Exim gives root up as soon as it can: its own user must read the key and write the queue.
    for path in (folder, certificate.key, certificate.certificate):
        shutil.chown(path, "Debian-exim", "Debian-exim")
    config = folder / "exim.conf"
    config.write_text(
        string.Template(TEMPLATE.read_text().split("\n", 1)[1]).substitute(
            folder=folder,
            port=port,
            lmtp_port=lmtp_port,
            certificate=certificate.certificate,
            key=certificate.key,
            user=USER,
            password=PASSWORD,
        )
    )
    return config
