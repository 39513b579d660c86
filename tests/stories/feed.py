"""Run in a desk's environment: mails come in and letters are queued, as fast as it goes, until a file is gone.

What was acknowledged stands in a ledger of the feeder's own, on disk before the next mail.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from amends.channels import inbox  # noqa: E402
from amends.channels.models import Account, Kept  # noqa: E402
from amends.flows import intake, portal  # noqa: E402

MAIL = """From: Customer {number} <c{number}@customer.example>
To: {to}
Subject: The lamp flickers, number {number}
Message-ID: <{number}@customer.example>
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

It came today, number {number}.
--b
Content-Type: text/plain
Content-Disposition: attachment; filename=lamp.txt

{padding}
--b--
"""


def feed(running: Path, ledger: Path) -> None:
    account = Account.objects.filter(kind=Account.Kind.EMAIL).order_by("pk").get()
    number = 0
    with ledger.open("w") as journal:
        while running.exists():
            number += 1
            padding = f"{number} " * 500
            raw = MAIL.format(number=number, to=account.address, padding=padding).replace("\n", "\r\n").encode()
            kept = inbox.keep(account, raw, source="feed", now=timezone.now())
            journal.write(f"{hashlib.sha256(raw).hexdigest()}\n")
            journal.flush()
            os.fsync(journal.fileno())
            if number % 4:  # some still wait when the copy is made
                intake.take_in(kept.pk, timezone.now())
                entry = Kept.objects.get(pk=kept.pk).entry
                assert entry is not None
                portal.ask_link(entry.case, timezone.now())


if __name__ == "__main__":
    feed(Path(sys.argv[1]), Path(sys.argv[2]))
