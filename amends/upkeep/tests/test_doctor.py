"""What the doctor finds, and that it finds what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from amends.channels import accounts, inbox
from amends.channels.models import Account
from amends.kit import beats, pausing, secrets
from amends.upkeep.doctor import clocks, database, examine, machine, mail
from amends.upkeep.doctor.finding import Finding, Level
from tests.cast import Cast
from tests.peers.names import running_names

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
GOOD = {
    ("thimble.example", "MX"): ["10 mx.thimble.example."],
    ("thimble.example", "TXT"): ['"v=spf1 include:mail.example -all"', '"something else"'],
    ("s1._domainkey.thimble.example", "TXT"): ['"v=DKIM1; k=rsa; " "p=MIGf"'],
    ("_dmarc.thimble.example", "TXT"): ['"v=DMARC1; p=reject"'],
}


def by_check(findings: Iterator[Finding]) -> dict[str, Finding]:
    return {finding.check: finding for finding in findings}


def levels(findings: Iterator[Finding]) -> set[Level]:
    return {finding.level for finding in findings}


@pytest.fixture
def mailbox(cast: Cast) -> Account:
    cast.mailbox.kind, cast.mailbox.settings = Account.Kind.EMAIL, {"dkim_selector": "s1"}
    cast.mailbox.heard_at = timezone.now()
    cast.mailbox.save()
    return cast.mailbox


def test_a_domain_that_says_everything_is_in_order(mailbox: Account) -> None:
    with running_names(GOOD) as port:
        found = by_check(mail.domains(mail.Names(["127.0.0.1"], port)))
    assert {finding.level for finding in found.values()} == {Level.OK}
    assert set(found) == {f"{kind} of thimble.example" for kind in ("mx", "spf", "dkim s1", "dmarc")}


def test_a_domain_that_says_nothing_is_told_what_to_publish(mailbox: Account) -> None:
    with running_names({}) as port:
        found = by_check(mail.domains(mail.Names(["127.0.0.1"], port)))
    assert found["mx of thimble.example"].level == Level.WARN
    assert "v=spf1" in found["spf of thimble.example"].do
    assert found["dkim s1 of thimble.example"].level == Level.FAIL
    assert "v=DMARC1" in found["dmarc of thimble.example"].do


def test_without_a_network_it_is_a_warning(mailbox: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "PATIENCE", 0.2)
    (only,) = mail.domains(mail.Names(["127.0.0.1"], 9))
    assert only.level == Level.WARN
    assert "no name server answers" in only.said


@pytest.mark.parametrize(
    ("records", "level"),
    [
        ([], Level.WARN),
        (["v=spf1 -all"], Level.OK),
        (["v=spf1 mx ~all"], Level.OK),
        (["v=spf1 redirect=_spf.example.com"], Level.OK),
        (["v=spf1 mx"], Level.WARN),
        (["v=spf1 mx ?all"], Level.WARN),
        (["v=spf1 +all"], Level.FAIL),
        (["v=spf1 all"], Level.FAIL),
        (["v=spf1 -all", "v=spf1 mx -all"], Level.FAIL),
    ],
)
def test_spf_is_judged_by_its_last_word(records: list[str], level: Level) -> None:
    assert mail.spf("x.example", records).level == level


@pytest.mark.parametrize(
    ("records", "level"),
    [
        ([], Level.WARN),
        (["v=DMARC1; p=reject; rua=mailto:a@b.example"], Level.OK),
        (["v=DMARC1;p=quarantine"], Level.OK),
        (["v=DMARC1; p=none"], Level.WARN),
        (["v=DMARC1"], Level.FAIL),
        (["v=DMARC1; p=reject", "v=DMARC1; p=none"], Level.FAIL),
    ],
)
def test_dmarc_is_judged_by_its_policy(records: list[str], level: Level) -> None:
    assert mail.dmarc("x.example", records).level == level


def test_a_dkim_key_that_was_taken_back_is_none() -> None:
    assert mail.dkim("x.example", "s", ["v=DKIM1; p="]).level == Level.FAIL
    assert mail.dkim("x.example", "s", ["v=DKIM1; k=rsa; p=MIGf"]).level == Level.OK
    assert mail.dkim("x.example", "s", []).level == Level.FAIL


def test_the_database_says_what_is_really_in_force() -> None:
    """Tests run without waiting for the disk, on either database: the doctor must see it."""
    off = {"sqlite": "sqlite synchronous", "postgresql": "postgresql fsync"}[connection.vendor]
    found = by_check(database.findings())
    assert found[off].level == Level.FAIL
    assert "power cut" in found[off].said
    named = {"sqlite": "sqlite foreign_keys", "postgresql": "postgresql full_page_writes"}[connection.vendor]
    assert found[named].level == Level.OK


@pytest.mark.parametrize(
    ("value", "level"), [("on", Level.OK), ("local", Level.OK), ("remote_apply", Level.OK), ("off", Level.FAIL)]
)
def test_a_commit_is_durable_unless_it_waits_for_no_disk(value: str, level: Level) -> None:
    """`local` leaves out the standby, not the disk."""
    assert database.in_force("synchronous_commit", value).level == level


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("/dev/sda1 / ext4 rw 0 0\n", "ext4"),
        ("/dev/sda1 / ext4 rw 0 0\nserver:/x {folder} nfs4 rw 0 0\n", "nfs4"),
        ("/dev/sda1 / ext4 rw 0 0\nserver:/x {folder}x nfs4 rw 0 0\n", "ext4"),
        ("", ""),
        ("nonsense\n", ""),
    ],
)
def test_the_file_system_under_a_folder_is_found(tmp_path: Path, mounts: str, kind: str) -> None:
    assert database.file_system(tmp_path, mounts.format(folder=tmp_path)) == kind


def test_clocks_that_differ_are_told() -> None:
    assert database.compare("x", NOW + timedelta(seconds=4), NOW).level == Level.OK
    assert database.compare("x", NOW - timedelta(hours=1), NOW).level == Level.FAIL
    assert database.clock(timezone.now()).level == Level.OK


def test_a_web_server_that_is_away_is_a_warning() -> None:
    assert clocks.of_web("http://127.0.0.1:9", NOW).level == Level.WARN


def test_a_mailbox_in_trouble_or_silent_is_told(mailbox: Account) -> None:
    now = timezone.now()
    assert levels(mail.mailboxes(now)) == {Level.OK}
    assert levels(mail.mailboxes(now + timedelta(hours=2))) == {Level.WARN}
    Account.objects.filter(pk=mailbox.pk).update(trouble="The password is wrong.")
    assert by_check(mail.mailboxes(now))[f"mailbox {mailbox.address}"].said == "The password is wrong."


def test_a_key_that_others_may_read_is_told(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR, settings.SECRETS_KEY_FILE = tmp_path, tmp_path / "keys" / "secrets.key"
    tmp_path.chmod(0o700)
    secrets.seal_text("x")
    assert by_check(machine.files())["key file secrets.key"].level == Level.OK
    settings.SECRETS_KEY_FILE.chmod(0o644)
    found = by_check(machine.files())["key file secrets.key"]
    assert found.level == Level.WARN
    assert found.do == f"chmod 600 {settings.SECRETS_KEY_FILE}"


def test_a_desk_at_work_has_no_failing_part(cast: Cast) -> None:
    now = timezone.now()
    beats.Pulse().beat(now)
    assert levels(machine.installation(now)) == {Level.OK}


def test_what_is_wrong_with_the_installation_is_told_with_what_to_do(cast: Cast, settings: Settings) -> None:
    now = timezone.now()
    inbox.keep(cast.mailbox, b"Subject: x\r\n\r\nx", source="test", now=now - timedelta(hours=1))
    accounts.put_secret(cast.mailbox, password="x7canary")
    cast.mailbox.save()
    pausing.pause("It was restored.", now)
    settings.SECRETS_KEY_FILE = settings.SECRETS_KEY_FILE.with_name("another.key")
    found = by_check(machine.installation(now))
    assert found["worker"].level == Level.FAIL
    assert found["secrets"].level == Level.FAIL
    assert found["mail that waits"].level == Level.WARN
    assert found["pause"].do.startswith("Run amends resume")


def test_an_open_address_and_a_demo_in_public_fail(settings: Settings) -> None:
    settings.BASE_URL, settings.DEMO, settings.ALLOWED_HOSTS = "http://desk.example.org", True, ["*"]
    found = by_check(machine.web())
    assert {found[name].level for name in ("address", "AMENDS_DEMO", "hosts")} == {Level.FAIL}


def test_a_check_that_falls_over_is_a_finding_and_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_arguments: object) -> Iterator[Finding]:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(machine, "installation", fall)
    found = by_check(examine.findings(timezone.now(), mail.Names(["127.0.0.1"], 9)))
    assert found["installation"].said == "it could not be looked at (RuntimeError: no such thing)."
    assert "check --deploy" in found or any(check.startswith("check ") for check in found)
