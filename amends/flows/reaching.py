"""Whether a letter speaks to the customer, or to a partner or somebody else about them (C4.3, C5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from amends.cases.models import Case, Letter
from amends.people.models import Identity, Partner


def reaches_customer(case: Case, addresses: Sequence[str]) -> bool:
    """Whether one of the addresses is theirs, or of somebody who wrote to us on the case and is no partner of ours.

    Where no address of theirs is known, whatever is no partner's is taken for it.
    """
    to = {address.lower() for address in addresses}
    own = set(
        Identity.objects.filter(customer=case.customer_id, kind=Identity.Kind.EMAIL).values_list("value", flat=True)
    )
    if to & own:
        return True
    to -= {address.lower() for address in Partner.objects.exclude(email="").values_list("email", flat=True)}
    return bool(to if not own else to & _who_wrote(case))


def _who_wrote(case: Case) -> set[str]:
    senders = Letter.objects.filter(entry__case=case, entry__kind="contact.in").values_list("sender", flat=True)
    return {str(sender.get("address", "")).lower() for sender in senders}
