"""What the tests begin with is copied, not made anew: the copies are the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field

from amends.people.models import Customer, Member
from tests import copies, schema
from tests.cast import TUESDAY, Cast, assemble


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database but what is drawn by chance, and when somebody was written down."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields if not _is_of_the_moment(field)]
        found[model._meta.label] = list(model._base_manager.order_by("pk").values_list(*names))
    return found


def _is_of_the_moment(field: Field[Any, Any]) -> bool:
    return field.attname == "password" or getattr(field, "auto_now_add", False)


def people(cast: Cast) -> list[tuple[object, ...]]:
    brands = [(brand.pk, brand.slug) for brand in (cast.thimble, cast.vantry)]
    members = [(member.pk, member.email, member.role) for member in cast.at_the_desk()]
    return [*brands, *members, (cast.mailbox.address, cast.mailbox.brand.pk), (cast.rosalind.pk, cast.rosalind.name)]


def test_a_copied_cast_is_the_same_as_one_made_anew(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    # One that was kept before has the numbers of its own time.
    monkeypatch.setattr(copies, "_kept", [])
    found = []
    for make in (copies.cast, assemble, copies.cast):
        with transaction.atomic():
            found.append((people(make()), rows()))
            transaction.set_rollback(True)
    if connection.vendor != "sqlite":  # there it is made anew each time, and counted on
        assert not copies._kept
        return
    (some, first), (others, second), (again, third) = found
    assert some == others == again
    for label in first:
        assert (label, first[label]) == (label, second[label]) == (label, third[label])


def test_who_joins_a_copied_cast_gets_a_number_of_their_own(db: None) -> None:
    cast = copies.cast()
    joined = Member.objects.create_user("new@desk.example", name="New")
    assert joined.pk > max(member.pk for member in cast.at_the_desk())
    assert list(Member.objects.filter(teams=cast.florists).order_by("name")) == [
        cast.bo,
        cast.carline,
        cast.delphine,
        cast.ines,
    ]


def test_where_somebody_was_there_before_the_cast_is_made_beside_them(db: None) -> None:
    before = Customer.objects.create(name="Somebody", created_at=TUESDAY)
    assert copies.cast().rosalind.pk > before.pk


def test_the_kept_tables_are_those_of_the_migrations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    migration = tmp_path / "amends" / "orders" / "migrations" / "0001_initial.py"
    imported = tmp_path / "amends" / "orders" / "shapes.py"
    lock = tmp_path / "requirements" / "dev.lock"
    for path in (migration, imported, lock):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("from amends.orders.shapes import Shape\n" if path is migration else "")
    monkeypatch.setattr(schema, "ROOT", tmp_path)
    sums = [schema._sum()]
    for path in (migration, imported, lock):
        path.write_text(path.read_text() + "# another\n")
        sums.append(schema._sum())
    assert len(set(sums)) == 4


def test_a_copied_database_lacks_no_migration(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 40
