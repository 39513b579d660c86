"""The way back after saving a setting: what was there before waits in the member's session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.forms import ModelForm
from django.utils.translation import gettext as _

from amends.clock import weeks
from amends.clock.days import Opening
from amends.clock.models import Holiday, TeamHours
from amends.desk import accounts
from amends.desk.access import DeskRequest
from amends.people.models import Brand, Member, Team
from amends.people.permissions import can

KEY = "settings_undo"


class CannotPutBack(Exception):
    """Something else stands in its place by now; the message says what to do."""


@dataclass(frozen=True)
class Back:
    """What was put back: of whom or what, which fields, and the page to show."""

    name: str
    fields: list[str]
    url: str


def remember(request: DeskRequest, verb: str, *parts: dict[str, Any], back: str = "") -> None:
    """Keep `parts` (made by `row`, `table`, `week` or `team_hours`) for one undo; `verb` is checked again then.

    `back`: the page that offers it, if it is another than the one that was posted to.
    """
    request.session[KEY] = {"verb": verb, "back": back or request.path, "parts": list(parts), "new": True}


def only_the_newest(request: DeskRequest) -> None:
    """After something was saved: forget what an earlier saving kept, or "Undo" would put back that one."""
    kept = request.session.pop(KEY, None)
    if kept and kept.pop("new", False):
        request.session[KEY] = kept


def save(request: DeskRequest, verb: str, form: ModelForm[Any]) -> None:
    """Save a valid form of a row, and keep what stood in its fields before."""
    remember(request, verb, row(form.instance, tuple(form.fields)))
    form.save()


def row(thing: models.Model, fields: tuple[str, ...]) -> dict[str, Any]:
    """How a row is now in the database, before it is saved."""
    before = type(thing)._default_manager.get(pk=thing.pk)
    values = {}
    for name in fields:
        field = before._meta.get_field(name)
        if field.many_to_many:
            values[name] = [other.pk for other in getattr(before, name).all()]
        else:
            values[name] = getattr(before, getattr(field, "attname", name))
    return {"model": thing._meta.label, "pk": thing.pk, "values": values}


def table(model: type[models.Model], of: dict[str, Any], by: str, fields: tuple[str, ...], name: str) -> dict[str, Any]:
    """The rows that have the values `of`, told apart by `by`, as they are now: what comes is taken away again, what
    goes is made anew. `name`: whose they are."""
    found = model._default_manager.filter(**of).values(by, *fields)
    rows = {one.pop(by): one for one in map(dict, found)}
    return {"model": model._meta.label, "of": of, "by": by, "fields": fields, "rows": rows, "name": name}


def week(*, brand: Brand | None = None, member: Member | None = None) -> dict[str, Any]:
    """The openings as they are now."""
    return {
        "brand": brand.pk if brand else None,
        "member": member.pk if member else None,
        "week": _written(weeks.week_of(brand=brand, member=member)),
    }


def team_hours(team: Team) -> dict[str, Any]:
    """A team's own hours, holidays and time zone as they are now; `zone` None: it works as its brands do."""
    own = TeamHours.objects.filter(team=team).first()
    return {
        "team": team.pk,
        "zone": own.time_zone if own else None,
        "week": _written(weeks.week_of(team=own)) if own else {},
        "holidays": [[day.isoformat(), name] for day, name in own.holidays.values_list("date", "name")] if own else [],
    }


def waits(request: DeskRequest) -> bool:
    """Whether this page was just saved and can be put back."""
    return "saved" in request.GET and request.session.get(KEY, {}).get("back") == request.path


def undo(request: DeskRequest) -> Back | None:
    """Put back what was there; None when there is nothing to put back. Raises CannotPutBack."""
    kept = request.session.pop(KEY, None)
    if kept is None or not can(request.actor, kept["verb"]):
        return None
    try:
        with transaction.atomic():
            done = [_put_back(part) for part in kept["parts"]]
    except IntegrityError as error:
        why = _("This cannot be put back: somebody has changed it meanwhile. Change it by hand.")
        raise CannotPutBack(why) from error
    names = [name for name, _fields in done if name]
    return Back(names[0] if names else "", [field for _name, fields in done for field in fields], kept["back"])


def _put_back(part: Mapping[str, Any]) -> tuple[str, list[str]]:
    if "zone" in part:
        return _put_back_team_hours(part)
    if "week" in part:
        return _put_back_week(part)
    return _put_back_table(part) if "rows" in part else _put_back_row(part)


def _put_back_table(part: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Whose they are, and which rows are others now."""
    model: type[models.Model] = apps.get_model(part["model"])
    of, by, before = part["of"], part["by"], part["rows"]
    now = table(model, of, by, tuple(part["fields"]), part["name"])["rows"]
    changed = sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
    model._default_manager.filter(**of, **{f"{by}__in": now.keys() - before.keys()}).delete()
    for key in changed:
        if key in before:
            model._default_manager.update_or_create(**of, **{by: key}, defaults=before[key])
    return part["name"], changed


def _put_back_row(part: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Its name, and the fields that are others now."""
    model: type[models.Model] = apps.get_model(part["model"])
    thing = model._default_manager.filter(pk=part["pk"]).first()
    if thing is None:
        return "", []
    now = row(thing, tuple(part["values"]))["values"]
    changed = {name: value for name, value in part["values"].items() if _told(now[name]) != _told(value)}
    plain = []
    for name, value in changed.items():
        field = model._meta.get_field(name)
        if field.many_to_many:
            getattr(thing, name).set(value)
        else:
            setattr(thing, getattr(field, "attname", name), value)
            plain.append(name)
    thing.save(update_fields=plain)
    if isinstance(thing, Member) and "email" in changed:
        accounts.forget_addresses(thing)
    return str(thing), list(changed)


def _told(value: Any) -> Any:
    """As a session keeps it; of many others their order says nothing."""
    return sorted(value, key=repr) if isinstance(value, list) else value


def _put_back_week(part: Mapping[str, Any]) -> tuple[str, list[str]]:
    days = _read(part["week"])
    brand = Brand.objects.filter(pk=part["brand"]).first()
    member = Member.objects.filter(pk=part["member"]).first()
    if brand or member:
        weeks.set_week(days, brand=brand, member=member)
    return str(brand or member or ""), ["hours"]


def _put_back_team_hours(part: Mapping[str, Any]) -> tuple[str, list[str]]:
    team = Team.objects.filter(pk=part["team"]).first()
    if team is None:
        return "", []
    if part["zone"] is None:
        TeamHours.objects.filter(team=team).delete()
        return str(team), ["hours"]
    own, _new = TeamHours.objects.update_or_create(team=team, defaults={"time_zone": part["zone"]})
    weeks.set_week(_read(part["week"]), team=own)
    for day, name in part["holidays"]:
        Holiday.objects.get_or_create(team=own, date=date.fromisoformat(day), defaults={"name": name})
    return str(team), ["hours"]


def _written(days: Mapping[int, Sequence[Opening]]) -> dict[str, list[list[str]]]:
    """As a session keeps it."""
    return {str(day): [[f"{a:%H:%M}", f"{b:%H:%M}"] for a, b in openings] for day, openings in days.items()}


def _read(days: Mapping[str, Sequence[Sequence[str]]]) -> dict[int, list[Opening]]:
    return {
        int(day): [(time.fromisoformat(a), time.fromisoformat(b)) for a, b in openings]
        for day, openings in days.items()
    }
