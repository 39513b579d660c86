"""The peers as pytest fixtures. Name this module in a conftest's `pytest_plugins`."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from tests.peers.certificates import certificate_for
from tests.peers.clamd import Clamd, running_clamd
from tests.peers.dovecot import Dovecot, running_dovecot
from tests.peers.exim import Exim, running_exim
from tests.peers.identity import Identity, running_identity
from tests.peers.smtp import SmtpPeer, running_smtp


@pytest.fixture(scope="session")
def identity() -> Iterator[Identity]:
    """An identity provider that Dovecot trusts."""
    with running_identity() as provider:
        yield provider


@pytest.fixture(scope="session")
def dovecot(identity: Identity) -> Iterator[Dovecot]:
    """One Dovecot for the whole run: each test takes users of its own."""
    with running_dovecot(tokeninfo_url=identity.tokeninfo_url) as server:
        yield server


@pytest.fixture(scope="session")
def bare_dovecot() -> Iterator[Dovecot]:
    """A Dovecot without TLS and without IDLE."""
    with running_dovecot(tls=False, idle=False) as server:
        yield server


@pytest.fixture(scope="session")
def _smtp_peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmtpPeer]:
    folder = tmp_path_factory.mktemp("smtp")
    with running_smtp(certificate_for(folder, "localhost", "127.0.0.1")) as peer:
        yield peer


@pytest.fixture
def smtp_peer(_smtp_peer: SmtpPeer) -> SmtpPeer:
    """An SMTP server that takes our mail; as freshly started for each test."""
    _smtp_peer.forget()
    return _smtp_peer


@pytest.fixture
def user() -> str:
    """A mailbox that no other test uses."""
    return f"{secrets.token_hex(6)}@desk.example"


@pytest.fixture(scope="session")
def exim(dovecot: Dovecot) -> Iterator[Exim]:
    """An Exim that delivers into the Dovecot."""
    with running_exim(dovecot.lmtp_port) as server:
        yield server


@pytest.fixture(scope="session")
def clamd_peer() -> Iterator[Clamd]:
    """A ClamAV daemon that knows the standard test file."""
    with running_clamd() as server:
        yield server
