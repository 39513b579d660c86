"""Cases that became one."""

from __future__ import annotations

from amends.cases.models import Case


def family(case: Case) -> list[Case]:
    """The cases whose timelines stand on this one's page: itself and all that were merged into it."""
    found, new = [case], [case]
    while new:
        new = list(Case.objects.filter(merged_into__in=new))
        found += new
    return found
