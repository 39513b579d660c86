"""The ground that a round stands on: a desk with its cast, made once and laid anew as often as wanted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from amends.channels import accounts  # noqa: E402
from amends.channels.models import Account  # noqa: E402
from amends.people.models import Desk  # noqa: E402
from tests.cast import assemble  # noqa: E402
from tests.faults.sink import Sink  # noqa: E402


class Ground:
    """`lay()` gives a desk in which nothing has happened yet; any process may then open the database."""

    def __init__(self, folder: Path, sink: Sink) -> None:
        self.folder = folder
        self.sink = sink
        self._pristine = folder / "pristine"
        self._made = False

    def lay(self) -> None:
        """Everything as on the first day, the sink's journal included."""
        connections.close_all()
        if not self._made:
            self._make()
        elif connection.vendor == "sqlite":
            database = self._name()
            for tail in ("-wal", "-shm"):
                Path(f"{database}{tail}").unlink(missing_ok=True)
            shutil.copy(self._pristine, database)
        else:
            self._copy(self._name(), self._name("_pristine"))
        shutil.rmtree(settings.BLOBS_DIR, ignore_errors=True)
        self.sink.trouble(0, "")
        (self.sink.folder / "mark").unlink(missing_ok=True)
        os.truncate(self.sink.folder / "arrived", 0)

    def clear_away(self) -> None:
        """What `desk_folder` would not find."""
        connections.close_all()
        if connection.vendor == "postgresql":
            self._on_server(f'DROP DATABASE IF EXISTS "{self._name("_pristine")}" WITH (FORCE)')

    def _make(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        cast = assemble()
        Desk.objects.update(hold_seconds=15)
        for account in (cast.mailbox, cast.other_mailbox):
            self._give_mailbox(account)
        connections.close_all()
        if connection.vendor == "sqlite":
            shutil.copy(self._name(), self._pristine)
        else:
            self._copy(self._name("_pristine"), self._name())
        self._made = True

    def _give_mailbox(self, account: Account) -> None:
        account.kind = Account.Kind.EMAIL
        account.settings = {
            "imap_host": "127.0.0.1",
            "imap_user": account.address,
            "smtp_host": "127.0.0.1",
            "smtp_port": self.sink.port,
            "smtp_security": "none",
            "smtp_user": account.address,
        }
        accounts.put_secret(account, password="open-sesame")
        account.save()

    def _name(self, tail: str = "") -> str:
        return f"{settings.DATABASES['default']['NAME']}{tail}"

    def _copy(self, to: str, of: str) -> None:
        self._on_server(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')
        self._on_server(f'CREATE DATABASE "{to}" TEMPLATE "{of}"')

    def _on_server(self, statement: str) -> None:
        given = connection.get_connection_params()
        told = {key: given[key] for key in ("user", "password", "host", "port") if given.get(key)}
        with psycopg.connect(**told, dbname="template1", autocommit=True) as other:
            other.execute(statement.encode())
