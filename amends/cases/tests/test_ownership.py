"""A case is held by one at a time, as it stands now."""

from __future__ import annotations

from django.db import transaction

from amends.cases import ownership
from amends.cases.models import Case
from tests.cast import Cast, complaint


def test_a_case_is_held_as_it_stands_now_and_not_as_it_was_read(cast: Cast) -> None:
    read = complaint(cast)
    Case.objects.filter(pk=read.pk).update(title="Another", owner=cast.ines)
    with transaction.atomic():
        held = ownership.hold(read.pk)
    assert (held.title, held.owner) == ("Another", cast.ines)
