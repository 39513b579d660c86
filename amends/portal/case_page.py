"""Everything that stands on the customer's case page; the same number of queries however long the case."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amends.cases.family import family
from amends.cases.models import Case, NextStep
from amends.flows import page_links
from amends.portal import letters_shown, next_shown, owner_shown, promises_shown, shop, times
from amends.portal.door import Visit
from amends.portal.letters_shown import Shown
from amends.portal.next_shown import Next
from amends.portal.owner_shown import Owner
from amends.portal.promises_shown import Line
from amends.portal.shop import Shop

OPEN_LETTERS = 3
MOST_LETTERS = 500


@dataclass(frozen=True)
class CasePage:
    """For `portal/case.html`, in the order of a phone."""

    shop: Shop
    token: str
    title: str
    hello: str
    next: Next
    owner: Owner | None
    promises: list[Line]
    letters: list[Shown]
    earlier: int
    """Letters folded away."""
    whole: bool
    """The link came to the customer's own address."""
    brand: str
    ends: str
    zone: str
    closed: bool

    @property
    def cut(self) -> bool:
        """Some letter is shown in part."""
        return any(letter.cut for letter in self.letters)


def build(visit: Visit, *, everything: bool = False) -> CasePage:
    """The page for a visit; with `everything` no letter is folded or cut."""
    case, now, whole = visit.case, visit.now, visit.opened.whole
    ids = [one.pk for one in family(case)]
    closed = getattr(case, "closure", None) is not None
    step = NextStep.objects.select_related("who").filter(case=case).first()
    given = promises_shown.given_to_customer(case, ids, whole=whole)
    coming = next_shown.closed() if closed else next_shown.of(case, step, given, now)
    visible = letters_shown.visible_ids(visit.opened, ids)
    newest = visible[-(MOST_LETTERS if everything else OPEN_LETTERS) :]
    lines = [promises_shown.line(one, now) for one in given if one.pk != coming.promise_id]
    return CasePage(
        shop=shop.of(case.brand),
        token=visit.token,
        title=case.title if whole else _("Your message to %(brand)s") % {"brand": case.brand.name},
        hello=_hello(case, visit),
        next=coming,
        owner=owner_shown.of(case, step, now),
        promises=[line for line in lines if line is not None],
        letters=letters_shown.letters(newest, visit.token, now, whole=everything),
        earlier=len(visible) - len(newest),
        whole=whole,
        brand=case.brand.name,
        ends=_ends(case, visit),
        zone=times.zone_name(visit.zone),
        closed=closed,
    )


def _hello(case: Case, visit: Visit) -> str:
    today = times.today(visit.now)
    if not (case.customer.name and visit.opened.whole):
        return _("This is where it stands. It is %(today)s.") % {"today": today}
    parts = {"name": case.customer.first_name, "today": today}
    return _("%(name)s, this is where it stands. It is %(today)s.") % parts


def _ends(case: Case, visit: Visit) -> str:
    until = page_links.valid_until(case)
    if until is None or until < visit.now:
        return _("It lasts until %(days)s days after all is well.") % {"days": case.brand.page_days}
    return _("It lasts until %(day)s.") % {"day": times.day(until.astimezone(visit.zone), visit.now, within=True)}
