"""Policy packs: those that were refused, and those in use that are not there any more."""

from __future__ import annotations

from collections.abc import Iterator

from amends.clock.models import PackInUse
from amends.clock.packs import shelf
from amends.upkeep.doctor.finding import Finding, ok, warn

CHECK = "policy packs"


def findings() -> Iterator[Finding]:
    """Reads the folder; the desk runs without a pack that is bad, and nobody is told of its deadlines."""
    found = shelf.shelf()
    for bad in found.refused:
        yield warn(CHECK, f"{bad} It is not used.", "Mend it; `amends packs check FILE` says when it is right.")
    used = set(PackInUse.objects.values_list("pack", flat=True))
    for pack in sorted(used - found.packs.keys()):
        yield warn(CHECK, f"{pack} is in use and not there.", "Put its file back, or stop using it in Settings.")
    if not found.refused and used <= found.packs.keys():
        yield ok(CHECK, f"{len(found.packs)} can be used, {len(used)} are in use.")
