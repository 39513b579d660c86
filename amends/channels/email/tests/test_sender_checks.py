"""Whose word about a sender counts (reliability 3.3): the mailbox's own host's, the topmost, and nobody else's."""

from __future__ import annotations

import time

import pytest

from amends.channels import senders
from amends.channels.email.read import read
from amends.channels.message import SenderCheck

OURS = "mx.ours.example"
HOSTS = frozenset({OURS})
AR = "Authentication-Results"
HOP = "Received: from a.example by mx.ours.example; Tue, 03 Mar 2026 10:00:00 +0000"
OK = f"{AR}: {OURS}; dmarc=pass header.from=bank.example"
BAD = f"{AR}: {OURS}; dmarc=fail header.from=bank.example"

CONFIRMED = [
    "",
    OK,
    f"{AR}: {OURS}; none",
    f"{AR}: {OURS};",
    f"{AR}: {OURS}",
    f"{AR}:",
    f"{AR}: ;;;",
    f"{AR}: {OURS} 1; dmarc=pass",
    f"{AR}: {OURS}; dmarc=pass",
    f"{AR}: {OURS}; dmarc=none header.from=bank.example",
    f"{AR}: {OURS}; dmarc=temperror header.from=bank.example",
    f"{AR}: {OURS}; dmarc=permerror",
    f"{AR}: {OURS}; dmarc=bestguesspass action=none header.from=bank.example",
    f"{AR}: {OURS}; spf=fail smtp.mailfrom=evil.example; dkim=fail; dmarc=pass (p=none) header.from=bank.example",
    f"{AR}: {OURS}; dkim=fail header.d=bank.example",
    f"{AR}: {OURS}; dmarc=pass header.from=Bank.Example.",
    f"{AR}: {OURS}; dmarc=pass header.from=mail.bank.example",
    f"{AR}: {OURS};\r\n dkim=pass header.d=bank.example;\r\n\tdmarc=pass (p=REJECT sp=REJECT)\r\n header.from=bank.example",
    f"{AR.upper()}: {OURS.upper()}; DMARC=PASS header.from=bank.example",
    f'{AR}: "{OURS}"; dmarc=pass header.from="bank.example"',
    f"{AR}: {OURS} (at your service); dmarc (the new one) = pass header.from=bank.example",
    f"{AR}: {OURS}; dmarc/1=pass header.from=bank.example",
    f"{AR}: {OURS}; spf=pass (dmarc=fail); dmarc=pass",
    f"{AR}: {OURS}; dmarc=pass (was dmarc=fail (once) before) header.from=bank.example",
    f'{AR}: {OURS}; spf=pass smtp.mailfrom="x; dmarc=fail"@bank.example; dmarc=pass',
    f"{AR}: {OURS}; x-dmarc=fail; dmarc=pass",
    f"{AR}: {OURS}; dkim=pass reason=dmarc=fail; dmarc=pass",
    f"{AR}: elsewhere.example; dmarc=fail header.from=bank.example",
    f"{AR}: mx.ours.example.evil.example; dmarc=fail",
    f"{AR}: xmx.ours.example; dmarc=fail",
    f"{AR}: ours.example; dmarc=fail",
    f"{AR}: (mx.ours.example) evil.example; dmarc=fail",
    f"{AR}: dmarc=fail header.from=bank.example",
    f"X-{AR}: {OURS}; dmarc=fail",
    f"ARC-{AR}: i=1; {OURS}; dmarc=fail",
    f"{AR}-Original: {OURS}; dmarc=fail",
    f"{OK}\r\n{AR}: elsewhere.example; dmarc=fail",
    f"{AR}: elsewhere.example; dmarc=fail\r\n{OK}",
    f"{OK}\r\n{HOP}\r\n{BAD}",
    f"{HOP}\r\n{OK}\r\n{HOP}\r\n{BAD}",
]

UNCONFIRMED = [
    BAD,
    f"{AR}: {OURS}; dmarc=fail",
    f"{AR}: {OURS} 1; dmarc=fail",
    f"{AR}: {OURS};dmarc=fail",
    f"{AR}: {OURS} ; dmarc = fail",
    f"{AR}: {OURS}; dmarc=reject",
    f"{AR}: {OURS}; dmarc=quarantine",
    f"{AR.lower()}: {OURS.upper()}; DMARC=FAIL",
    f"{AR}: (hello) {OURS} (and (dmarc=pass) more); dmarc=fail",
    f"{AR}: {OURS}; spf=pass; dkim=pass; dmarc=fail (p=NONE) header.from=bank.example",
    f"{AR}: {OURS}; dmarc=(not dmarc=pass) fail",
    f"{AR}: {OURS}; dmarc=fail (dmarc=pass)",
    f'{AR}: {OURS}; spf=pass smtp.mailfrom="a;dmarc=pass"@evil.example; dmarc=fail',
    f"{AR}: {OURS}; dmarc=pass header.from=evil.example",
    f"{AR}: {OURS}; dmarc=pass header.from=notbank.example",
    f"{AR}: {OURS}; dmarc=pass header.from=bank.example.evil.example",
    f"{AR}: {OURS}; dmarc=pass header.from=bank.example; dmarc=pass header.from=evil.example",
    f"{AR}: {OURS}; dmarc=pass header.from=bank.example; dmarc=fail",
    f"{AR}: {OURS}; dmarc=fail; dmarc=pass header.from=bank.example",
    f"{AR}: {OURS}; spf=pass smtp.mailfrom=(; dmarc=fail",
    f'{AR}: {OURS}; spf=pass smtp.mailfrom=a"b@evil.example; dmarc=fail',
    f"{AR}: {OURS}; spf=pass (never closed; dmarc=fail",
    f"{AR}: {OURS}; spf=pass (a \\) b; dmarc=pass header.from=bank.example",
    f"{BAD}\r\n{OK}",
    f"{OK}\r\n{BAD}",
    f"{BAD}\r\n{HOP}\r\n{OK}",
    f"{HOP}\r\n{BAD}\r\n{HOP}\r\n{OK}",
    f"{AR}: elsewhere.example; dmarc=pass header.from=bank.example\r\n{BAD}",
    f"{BAD}\r\n{AR}: elsewhere.example; dmarc=pass header.from=bank.example",
    f"{AR}: {OURS}; dkim=pass header.d=bank.example\r\n{AR}: {OURS}; spf=pass\r\n{BAD}",
    f"ARC-{AR}: i=1; {OURS}; dmarc=pass header.from=bank.example\r\n{BAD}",
    f"ARC-Seal: i=1; cv=pass; d=evil.example\r\n{BAD}",
    f"From: one@bank.example, two@evil.example\r\n{OK}",
    f"{AR}: {OURS};\r\n dmarc=\r\n fail",
    f"{AR}: {OURS}; dmarc=fail\x00",
    f"{AR}: {OURS}; \xa0dmarc=fail",
]


def doubt(head: str, hosts: frozenset[str] = HOSTS) -> str:
    sender = "" if head.startswith("From:") else "From: Bank <post@bank.example>\r\n"
    raw = f"{head}\r\n{sender}Subject: x\r\n\r\nHello.\r\n".lstrip("\r\n")
    return senders.doubt(read(raw.encode("latin-1")), hosts)


def test_there_are_more_than_sixty_mails() -> None:
    assert len(set(CONFIRMED + UNCONFIRMED)) == len(CONFIRMED + UNCONFIRMED) >= 60


@pytest.mark.parametrize("head", CONFIRMED)
def test_nothing_speaks_against_the_sender(head: str) -> None:
    assert doubt(head) == ""


@pytest.mark.parametrize("head", UNCONFIRMED)
def test_the_sender_is_not_confirmed(head: str) -> None:
    assert doubt(head) in ("dmarc", "from")


@pytest.mark.parametrize("head", [OK, BAD, f"{AR}: dmarc=fail"])
def test_a_mailbox_that_names_no_host_believes_none(head: str) -> None:
    assert doubt(head, frozenset()) == ""


def test_a_provider_that_gives_no_name_is_believed_when_that_is_set() -> None:
    head = f"{AR}: spf=fail (sender IP is 192.0.2.1)\r\n smtp.mailfrom=evil.example; dmarc=fail action=none"
    assert doubt(head, frozenset({"unnamed"})) == "dmarc"
    assert doubt(head) == ""


def test_the_name_of_a_host_may_be_one_of_several() -> None:
    hosts = senders.trusted_hosts({"authserv": "MX1.ours.example, mx.ours.example"})
    assert hosts == {"mx1.ours.example", OURS}
    assert doubt(BAD, hosts) == "dmarc"
    assert senders.trusted_hosts({}) == frozenset()


def test_a_field_of_any_shape_is_read_soon() -> None:
    began = time.process_time()
    for filling in ("(" * 7_000, '"' * 7_000, "dmarc=" * 1_200, "; " * 3_500, "\\(" * 3_500, "dmarc /" + " " * 7_000):
        doubt(f"{AR}: {OURS}; {filling}")
    assert time.process_time() - began < 5


def check(host: str) -> tuple[SenderCheck, ...]:
    return (SenderCheck(host, "pass"),) if host else ()


@pytest.mark.parametrize(
    ("hosts", "guessed"),
    [
        ([], ""),
        (["", ""], ""),
        ([OURS, OURS, ""], OURS),
        ([OURS, "evil.example", "evil.example"], "evil.example"),
        ([OURS, "", "", ""], ""),
    ],
)
def test_who_checks_senders_is_guessed_from_the_newest_mails(hosts: list[str], guessed: str) -> None:
    assert senders.guess(check(host) for host in hosts) == guessed


@pytest.mark.parametrize(
    ("head", "spam"),
    [
        ("X-Spam-Flag: YES", True),
        ("X-Spam-Flag: yes", True),
        ("X-Spam-Status: Yes, score=9.1 required=5.0", True),
        ("X-Spam: Yes", True),
        (f"X-Spam-Checker-Version: SpamAssassin 4.0 (2022) on {OURS}\r\nX-Spam-Flag: YES", True),
        ("X-Spam-Checker-Version: SpamAssassin 4.0 (2022) on evil.example\r\nX-Spam-Flag: YES", False),
        ("X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:9;SFV:SPM;H:x", True),
        ("X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:1;SFV:NSPM;H:x", False),
        ("X-Spam-Flag: NO", False),
        ("X-Spam-Flag: NO\r\nX-Spam-Flag: YES", False),
        ("X-Spam-Status: No, score=yes", False),
        ("X-Spam-Score: 99", False),
        ("Subject: X-Spam-Flag: YES", False),
        ("", False),
    ],
)
def test_only_the_mailboxs_own_host_calls_a_mail_spam(head: str, spam: bool) -> None:
    message = read(f"{head}\r\nFrom: a@b.example\r\n\r\nHello.\r\n".lstrip("\r\n").encode())
    assert senders.is_spam(message, HOSTS) is spam
    assert senders.is_spam(message, frozenset()) is False
