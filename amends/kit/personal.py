"""What every stored field is, as seen from a person who asks for their data, or asks us to forget them.

Each app declares its tables in its own `personal.py`, next to its models; a test finds a field that nobody declared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.apps import apps
from django.db import models


class Kind(Enum):
    """What a field holds."""

    PERSONAL = "personal"
    """About a customer: exported to them, and erased with them."""
    STAFF = "staff"
    """About a member of staff; no customer may have it."""
    SECRET = "secret"  # noqa: S105 the name of a class of fields
    """A password, a key, a session: nobody may have it."""
    NONE = "none"
    """About nobody: a code, a setting, a name of the house."""


@dataclass(frozen=True)
class About:
    """The class of one field. `fate` gives what stays of a personal value; None takes the whole row."""

    kind: Kind
    fate: Callable[[Any], Any] | None = None
    exported: bool = True
    """False for what only repeats other fields or names bytes that are exported as files."""


def blank(value: Any) -> Any:
    """The empty value of the same type."""
    return type(value)() if value is not None else None


NONE, SECRET, STAFF = About(Kind.NONE), About(Kind.SECRET), About(Kind.STAFF)
BLANKED = About(Kind.PERSONAL, blank)
GOES = About(Kind.PERSONAL)
"""The row is deleted."""
BLANKED_UNSEEN, GOES_UNSEEN = About(Kind.PERSONAL, blank, exported=False), About(Kind.PERSONAL, exported=False)


def becomes(fate: Callable[[Any], Any], *, exported: bool = True) -> About:
    """A personal field of which something else stays: a pseudonym, or the shape without the words."""
    return About(Kind.PERSONAL, fate, exported)


@dataclass(frozen=True)
class Subject:
    """Whose data it is, in plain ids and subqueries, so that each app can find its own rows.

    `customer` is None when only cases are meant, as for what was kept long enough.
    """

    customer: int | None
    cases: Any
    """Ids of their own cases."""
    entries: Any
    """Ids of entries that are theirs: of their cases, and what they wrote elsewhere."""
    values: tuple[str, ...] = ()
    """Their own normalised addresses and numbers."""

    @property
    def people(self) -> list[int]:
        """For `__in`: comparing with None would find the rows of nobody, which are everybody's."""
        return [] if self.customer is None else [self.customer]


@dataclass(frozen=True)
class Table:
    """One model: the class of each field that can hold words, and how one person's rows are found."""

    label: str
    fields: Mapping[str, About] = field(default_factory=dict)
    rows: Callable[[Subject], models.Q] | None = None

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def personal(self) -> dict[str, About]:
        return {name: about for name, about in self.fields.items() if about.kind is Kind.PERSONAL}

    @property
    def goes(self) -> bool:
        """Whether erasure deletes the rows."""
        return any(about.fate is None for about in self.personal.values())

    def of(self, subject: Subject) -> models.QuerySet[Any]:
        """The rows of one person, past every guard of the model's own manager."""
        assert self.rows is not None, self.label
        return models.QuerySet(self.model).filter(self.rows(subject)).order_by("pk")


TABLES = [
    Table("kit.Tally", {"key": NONE}),
    Table("kit.Beat", {"worker": NONE}),
    Table("kit.JobRun", {"job": NONE}),
    Table("kit.Pause", {"why": NONE}),
    Table("kit.Inspection", {"sha256": NONE, "state": NONE, "said": NONE}),
]
"""The kit's own."""

WORDY = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    models.GenericIPAddressField,
    models.UUIDField,
)
"""Kinds of fields that can hold something about somebody."""


def wordy_fields(model: type[models.Model]) -> list[str]:
    """The fields of a model that must be declared."""
    return [one.name for one in model._meta.local_concrete_fields if isinstance(one, WORDY)]


def undeclared(tables: Sequence[Table]) -> list[str]:
    """Every fault of the declarations, as a sentence that says what to do."""
    declared = {table.label: table for table in tables}
    faults = []
    for model in apps.get_models(include_auto_created=True):
        table = declared.get(model._meta.label)
        known = set(table.fields) if table else set()
        app = model.__module__.split(".models")[0].replace(".", "/")
        place = f"{app if app.startswith('amends/') else 'amends/people'}/personal.py"
        for name in wordy_fields(model):
            if name not in known:
                faults.append(
                    f"{model._meta.label}.{name} has no class: say in {place} whether it is personal, of the staff, "
                    "secret or none, and for a personal one how it is found and what erasure leaves of it."
                )
        extra = known - {one.name for one in model._meta.get_fields()}
        faults += [f"{model._meta.label}.{name} is declared, but there is no such field." for name in sorted(extra)]
        if table and table.personal and table.rows is None:
            faults.append(f"{model._meta.label} has personal fields, but nothing says how one person's are found.")
    return faults
