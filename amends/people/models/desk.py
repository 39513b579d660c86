"""The desk as a whole."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amends.kit.prepared import prepared

HOLD_SECONDS = 15
LONGEST_HOLD = 120


class Desk(models.Model):
    """What holds for the whole desk; one row, made by the first-run set-up."""

    name = models.CharField(_("name"), max_length=80)
    hold_seconds = models.PositiveSmallIntegerField(
        _("hold every answer before it leaves"), default=HOLD_SECONDS, validators=[MaxValueValidator(LONGEST_HOLD)]
    )
    set_up_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Desk | None:
        """The desk, or None before the first run."""
        return next(iter(_desk()), None)


@prepared
def _desk() -> QuerySet[Desk]:
    return Desk.objects.order_by("pk")[:1]
