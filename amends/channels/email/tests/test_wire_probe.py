"""The live test of a mailbox names each fault and how to mend it (CH1, CH2)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from amends.channels.email.probe import probe
from amends.channels.message import AccountSettings, Finding
from tests.peers.accounts import imap_fields, smtp_fields
from tests.peers.certificates import certificate_for
from tests.peers.dovecot import Dovecot
from tests.peers.scripted import Talk, running_script
from tests.peers.smtp import SmtpPeer, running_smtp

pytestmark = pytest.mark.imap


@pytest.fixture
def fields(dovecot: Dovecot, smtp_peer: SmtpPeer, user: str, tmp_path: Path) -> dict[str, Any]:
    """An account in good order; the two peers' authorities in one file."""
    authorities = tmp_path / "authorities.pem"
    files = (dovecot.certificate.authority, smtp_peer.certificate.authority)
    authorities.write_bytes(b"".join(file.read_bytes() for file in files))
    return {**imap_fields(dovecot, user), **smtp_fields(smtp_peer), "ca_file": str(authorities)}


def tried(fields: dict[str, Any], password: str = "open-sesame", seconds: float = 10) -> list[Finding]:
    account = AccountSettings("support@desk.example", "Desk", fields, {"password": password})
    return probe(account, seconds=seconds)


def failed(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.ok]


def only_failure(findings: list[Finding], step: str) -> Finding:
    (finding,) = failed(findings)
    assert finding.step == step
    assert finding.said.endswith(".")
    assert finding.mend.endswith(".")
    side = step.partition(":")[0]
    assert [one.step for one in findings if one.step.startswith(side)][-1] == step, "steps after the failed one"
    return finding


def test_a_mailbox_in_good_order_passes_every_step(fields: dict[str, Any]) -> None:
    findings = tried(fields)
    assert failed(findings) == []
    assert [finding.step for finding in findings] == [
        "Receiving: name",
        "Receiving: connection",
        "Receiving: encryption",
        "Receiving: sign-in",
        "Receiving: folder",
        "Receiving: sender checks",
        "Receiving: news",
        "Sending: name",
        "Sending: connection",
        "Sending: encryption",
        "Sending: sign-in",
        "Sending: own address",
    ]
    assert "TLSv1.3" in findings[2].said


def test_who_checks_senders_is_learned_from_mail_that_lies_there(
    fields: dict[str, Any], dovecot: Dovecot, user: str
) -> None:
    assert [finding.learned for finding in tried(fields) if finding.learned] == []
    for number in range(3):
        dovecot.deliver(user, f"Authentication-Results: mx.ours.example; spf=pass\nSubject: {number}\n\nx\n".encode())
    (finding,) = [finding for finding in tried(fields) if finding.learned]
    assert (finding.step, finding.learned) == ("Receiving: sender checks", "mx.ours.example")
    assert "mx.ours.example" in finding.said


def test_nothing_is_sent_and_nothing_is_marked(fields: dict[str, Any], smtp_peer: SmtpPeer) -> None:
    tried(fields)
    assert smtp_peer.letters == []


def test_settings_that_cannot_work_are_told_at_once() -> None:
    (finding,) = tried({"imap_host": "imap.example.com"})
    assert not finding.ok
    assert "imap_user" in finding.said


@pytest.mark.parametrize(
    ("change", "step", "said", "mend"),
    [
        ({"imap_host": "imap.none.invalid"}, "Receiving: name", "imap.none.invalid", "host name"),
        ({"imap_port": 1}, "Receiving: connection", "nothing listens", "usually 993"),
        ({"imap_folder": "Nowhere"}, "Receiving: folder", "Nowhere", "Make the folder"),
        ({"after": "move", "move_to": "Gone"}, "Receiving: folder", "Gone", "Make the folder"),
        ({"smtp_host": "smtp.none.invalid"}, "Sending: name", "smtp.none.invalid", "host name"),
        ({"smtp_port": 1}, "Sending: connection", "nothing listens", "usually 587"),
        ({"smtp_user": "eve@example.com"}, "Sending: sign-in", "refuses the password", "app password"),
    ],
)
def test_a_wrong_field_is_named_with_its_remedy(
    fields: dict[str, Any], change: dict[str, Any], step: str, said: str, mend: str
) -> None:
    finding = only_failure(tried({**fields, **change}), step)
    assert said in finding.said
    assert mend in finding.mend


def test_a_wrong_password_is_named_on_both_sides_and_never_shown(fields: dict[str, Any]) -> None:
    findings = failed(tried(fields, password="x7canary"))
    assert [finding.step for finding in findings] == ["Receiving: sign-in", "Sending: sign-in"]
    assert all("app password" in finding.mend for finding in findings)
    assert "x7canary" not in repr(findings)


def test_an_untrusted_certificate_is_named_on_both_sides(fields: dict[str, Any]) -> None:
    findings = failed(tried({**fields, "ca_file": ""}))
    assert [finding.step for finding in findings] == ["Receiving: encryption", "Sending: encryption"]
    assert all("CA file" in finding.mend for finding in findings)


def test_a_certificate_for_another_name_is_named(fields: dict[str, Any], tmp_path: Path) -> None:
    with running_smtp(certificate_for(tmp_path, "mail.example.com")) as peer:
        authorities = Path(fields["ca_file"])
        authorities.write_bytes(authorities.read_bytes() + peer.certificate.authority.read_bytes())
        finding = only_failure(tried({**fields, "smtp_port": peer.port}), "Sending: encryption")
    assert "another name" in finding.said


def test_tls_on_a_port_that_speaks_starttls_is_named(fields: dict[str, Any], dovecot: Dovecot) -> None:
    finding = only_failure(tried({**fields, "imap_port": dovecot.imap_port}), "Receiving: encryption")
    assert "without TLS" in finding.said
    assert "STARTTLS" in finding.mend


def test_starttls_on_a_port_that_speaks_tls_is_named(fields: dict[str, Any], smtp_peer: SmtpPeer) -> None:
    change = {"smtp_port": smtp_peer.tls_port}
    finding = only_failure(tried({**fields, **change}, seconds=4), "Sending: encryption")
    assert "TLS from the start" in finding.said
    assert "587" in finding.mend


def test_a_server_without_starttls_is_named(fields: dict[str, Any], bare_dovecot: Dovecot) -> None:
    change = {"imap_port": bare_dovecot.imap_port, "imap_security": "starttls"}
    finding = only_failure(tried({**fields, **change}), "Receiving: encryption")
    assert "does not offer STARTTLS" in finding.said


def test_missing_encryption_and_missing_idle_are_said_but_work(fields: dict[str, Any], bare_dovecot: Dovecot) -> None:
    findings = tried({**fields, "imap_port": bare_dovecot.imap_port, "imap_security": "none"})
    assert failed(findings) == []
    said = " ".join(finding.said for finding in findings)
    assert "Not encrypted" in said
    assert "asks every 30 seconds" in said


def test_an_address_that_the_account_may_not_use_is_named(fields: dict[str, Any], smtp_peer: SmtpPeer) -> None:
    smtp_peer.refuse["support@desk.example"] = "550 5.7.1 Not yours"
    finding = only_failure(tried(fields), "Sending: own address")
    assert "550 5.7.1 Not yours" in finding.said
    assert "support@desk.example" in finding.mend


def test_a_server_that_drips_does_not_hold_the_test_up(fields: dict[str, Any]) -> None:
    def script(talk: Talk) -> None:
        talk.drip(b"* OK " + b"x" * 500)

    began = time.monotonic()
    with running_script(script) as port:
        change = {"imap_host": "127.0.0.1", "imap_port": port, "imap_security": "none"}
        findings = tried({**fields, **change}, seconds=2)
    assert time.monotonic() - began < 3
    assert only_failure(findings, "Receiving: encryption").said == "The server took too long to answer."
