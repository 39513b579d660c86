"""A copy of everything about one person: one archive of JSON and files (GDPR 15 and 20, S32).

The archive holds `person.json` and the files it names. Its shape is described in docs/operating/privacy.md.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from amends.cases.models import DraftFile, File, OutsidePicture
from amends.flows import inspecting
from amends.flows.bytes_of import digests_of
from amends.flows.registry import TABLES, theirs_to_read
from amends.kit import blobs
from amends.kit.personal import Table
from amends.people.models import Customer

FORMAT = 1


@dataclass(frozen=True)
class Exported:
    """How much is in the archive."""

    rows: int
    files: int


def export(customer: Customer, to: IO[bytes], now: datetime) -> Exported:
    """Write the archive to `to`, table by table."""
    subject = theirs_to_read(customer)
    tables = {table.label: [_row(table, row) for row in table.of(subject)] for table in TABLES if _shown(table)}
    names = _names(digests_of(subject))
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        files, missing, held = [], [], inspecting.held_of(names)
        for digest, name in names.items():
            if digest in held:
                continue
            try:
                archive.write(blobs.path_of(digest), f"files/{digest}")
                files.append({"path": f"files/{digest}", "sha256": digest, "name": name})
            except FileNotFoundError:
                missing.append(digest)
        said = {"format": FORMAT, "person": customer.pk, "made_at": now, "tables": tables, "files": files}
        whole = {**said, "files_missing": missing, "files_held": sorted(held)}
        archive.writestr("person.json", json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
    return Exported(sum(map(len, tables.values())), len(files))


def _shown(table: Table) -> bool:
    return any(about.exported for about in table.personal.values())


def _row(table: Table, row: models.Model) -> dict[str, Any]:
    """The personal fields, and of the rest what makes sense of them: numbers, times, codes; never ours or secret."""
    unseen = {name for name, about in table.fields.items() if not about.exported}
    ours = {name for name, about in table.fields.items() if about.kind.value in ("staff", "secret")}
    return {
        field.attname: getattr(row, field.attname)
        for field in table.model._meta.concrete_fields
        if field.name not in unseen | ours
    }


def _names(digests: set[str]) -> dict[str, str]:
    """What each file was called; raw mails have no name of their own."""
    names = dict.fromkeys(sorted(digests), "mail.eml")
    pictures = OutsidePicture.objects.filter(sha256__in=digests).values_list("sha256", flat=True)
    names.update(dict.fromkeys(pictures, "picture"))
    for model in (DraftFile, File):
        names.update(model._default_manager.filter(sha256__in=digests).values_list("sha256", "name"))
    return names
