"""The door of every desk view: a verb from the table, and an object of a brand that one serves."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

import structlog
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from amends.cases.models import Case
from amends.desk import demanded
from amends.kit.prepared import prepared
from amends.people.models import Member
from amends.people.permissions import Actor, can

P = ParamSpec("P")
log = structlog.get_logger("amends.access")


class DeskRequest(HttpRequest):
    """A request of a signed-in member, as `MemberMiddleware` leaves it."""

    user: Member
    actor: Actor
    htmx: HtmxDetails


View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]


def wants(verb: str) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Only for members who may do `verb`; the view itself checks the object with `case_for`."""

    def door(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def inside(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            desk = cast("DeskRequest", request)
            if demanded.owes_one(desk.session, desk.user):
                return demanded.ask_for_one(desk)
            if not can(desk.actor, verb):
                _told(desk, verb)
                raise PermissionDenied(_("Your role does not include this. Ask an admin."))
            return view(desk, *args, **kwargs)

        inside.verb = verb  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", inside)

    return door


def case_for(request: DeskRequest, case_id: int, verb: str = "case.see") -> Case:
    """The case, when the member may do `verb` to it; otherwise it does not exist for them."""
    case = next(iter(_cases(case_id)), None)
    if case is None or case.pk in request.actor.hidden or not can(request.actor, "case.see", case.brand_id):
        if case is not None:
            _told(request, "case.see", case=case.pk)
        raise Http404(_("There is no such case, or it is not of your brands."))
    if not can(request.actor, verb, case.brand_id):
        _told(request, verb, case=case.pk)
        raise PermissionDenied(_("Your role does not include this. Ask an admin."))
    return case


def brands_of(request: DeskRequest) -> frozenset[int] | None:
    """The brands the member serves; None means all. For lists and search."""
    return request.actor.brands_seen


def in_brands(queryset: Any, request: DeskRequest, field: str = "brand") -> Any:
    """Narrow a queryset to the member's brands."""
    brands = brands_of(request)
    return queryset if brands is None else queryset.filter(**{f"{field}__in": brands})


def _told(request: DeskRequest, verb: str, **what: int) -> None:
    """ASVS 16.3.2: who wanted what they may not, and from where; in the log of the process, which many may fill."""
    log.warning("refused", verb=verb, member=request.user.pk, ip=request.META.get("REMOTE_ADDR", ""), **what)


@prepared
def _cases(case_id: int) -> QuerySet[Case]:
    return Case.objects.select_related("brand", "customer", "owner", "team", "closure").filter(pk=case_id)
