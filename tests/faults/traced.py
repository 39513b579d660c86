"""Run under strace by `test_fsync`: `imap` fetches every mailbox once, `smtp` takes mail on a port that it prints."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
django.setup()

from amends.channels.local.server import LocalSmtp  # noqa: E402
from amends.channels.models import Account  # noqa: E402
from amends.flows.listening import fetch_all, keep_local  # noqa: E402


def main(how: str) -> None:
    if how == "imap":
        print(sum(fetch_all(account) for account in Account.objects.filter(kind="email")))
        return
    with LocalSmtp("127.0.0.1", 0, keep_local, 1_000_000) as server:
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
