"""Every address × every object × every role × GET, POST and htmx: asked, and written down as one table (S7)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from amends.people.models import Member
from tests.cast import Cast
from tests.security.routes import Route, routes
from tests.security.world import NOT_HERE, Objects

TABLE = Path(__file__).resolve().parents[2] / "docs" / "security" / "matrix.csv"
_OF_A_BROWSER = re.compile(r"django_session|kit_cache|usersessions_usersession|audit_")
HTMX = {"HX-Request": "true"}
ROLES = ("stranger", "customer A", "customer B", "agent", "other agent", "reader", "lead", "admin", "switched off")
HEAD = ("address", "object", "method", *ROLES)
METHODS = ("GET", "POST", "GET htmx", "POST htmx")
OUTSIDE = ("stranger", "customer A", "customer B", "switched off")
"""Whoever is not signed in."""


@dataclass(frozen=True)
class Ask:
    """One line of the table: an address with its objects."""

    route: Route
    what: str
    """The objects, as `ours`, or `case_id theirs`."""
    path: str

    @property
    def nowhere(self) -> bool:
        """One of its objects does not exist."""
        return any(label in self.what for label in NOT_HERE)

    @property
    def plain(self) -> bool:
        """All its objects are simply ours, or all theirs; others are asked for without htmx."""
        return not self.nowhere and ", " not in self.what

    @property
    def roles(self) -> Sequence[str]:
        """Who asks: of what does not exist, and of odd cases, those between whom the answer could differ."""
        if self.nowhere:
            return ("stranger", "agent", "admin")
        if self.plain or "token" in self.what:
            return ROLES
        return ("stranger", "agent", "other agent", "reader", "lead", "admin")


@dataclass(frozen=True)
class Answer:
    """What one role got, and whether anything was written to the database for it."""

    status: str
    body: str
    wrote: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line with the answers of all roles."""

    ask: Ask
    method: str
    answers: Mapping[str, Answer]

    def row(self) -> tuple[str, ...]:
        return (
            self.ask.route.shape,
            self.ask.what,
            self.method,
            *(self.answers[role].status if role in self.answers else "" for role in ROLES),
        )


def asks(objects: Objects) -> Iterator[Ask]:
    """Each route with all its objects ours, all theirs, and each object by itself anything else."""
    for route in routes():
        known = {place: _labels(route, place, objects) for place in route.places}
        usual = {place: next(iter(labels)) for place, labels in known.items()}
        seen = {tuple(usual.items())}
        yield _ask(route, known, usual)
        for place, labels in known.items():
            for label in labels:
                chosen = usual | {place: label}
                if tuple(chosen.items()) not in seen:
                    seen.add(tuple(chosen.items()))
                    yield _ask(route, known, chosen)
        theirs = {place: next((one for one in labels if one in ("theirs", "B")), "") for place, labels in known.items()}
        both = usual | {place: label for place, label in theirs.items() if label}
        if tuple(both.items()) not in seen:
            yield _ask(route, known, both)


def lines(objects: Objects, browsers: Mapping[str, Client], *, first: int = 0, every: int = 1) -> Iterator[Line]:
    """Ask everything, or each `every`th address from the `first` on; nothing that a request changes stays."""
    for ask in islice(asks(objects), first % every, None, every):
        for method in METHODS if ask.plain else METHODS[:2]:
            yield Line(ask, method, {role: answer(browsers[role], method, ask.path) for role in ask.roles})


def answer(browser: Client, method: str, path: str) -> Answer:
    """What the browser is told; afterwards the browser and the database are as before."""
    verb, htmx = method.partition(" ")[::2]
    send: Callable[..., object] = browser.get if verb == "GET" else browser.post
    cookies = browser.cookies.output(header="", sep=";")
    wrote: list[str] = []
    with transaction.atomic(), connection.execute_wrapper(_watch(wrote)):
        response = send(path, headers=HTMX if htmx else {})
        body = _body(response)
        transaction.set_rollback(True)
    browser.cookies = SimpleCookie(cookies)
    return Answer(_status(response), body, tuple(wrote))


def browsers(cast: Cast, objects: Objects, signed_in: Callable[[Member], Client]) -> dict[str, Client]:
    """A browser for every role."""
    found = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, link in (("customer A", "A"), ("customer B", "B")):
        found[role].get(reverse("case_page", args=[objects["token"][link]]))
    members = {"agent": cast.delphine, "other agent": cast.callum, "reader": cast.carline, "lead": cast.ines}
    members |= {"admin": cast.marguerite, "switched off": cast.bo}
    for role, member in members.items():
        member.set_password("nine patient otters")
        member.save(update_fields=["password"])
        found[role] = signed_in(member)
        found[role].raise_request_exception = False
    Member.objects.filter(pk=cast.bo.pk).update(is_active=False)
    return found


def written(rows: list[tuple[str, ...]]) -> str:
    """The table as it is kept."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEAD, *rows])
    return out.getvalue()


def _ask(route: Route, known: Mapping[str, Mapping[str, str]], chosen: Mapping[str, str]) -> Ask:
    values = {place: known[place][label] for place, label in chosen.items()}
    labels = [f"{place} {label}" for place, label in chosen.items()]
    return Ask(route, ", ".join(labels), route.filled(values))


def _labels(route: Route, place: str, objects: Objects) -> dict[str, str]:
    """What may stand in a place. A KeyError here: add the new place to tests/security/world.py."""
    found = objects.get(f"{route.name}.{place}") or objects[place]
    return {**found, **NOT_HERE, **found} if place in route.numbers else found


def _watch(wrote: list[str]) -> Callable[..., object]:
    """Notes every statement that changes a table; what a browser's own session keeps, and the log of who asked, do not count."""

    def watch(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")) and not _OF_A_BROWSER.search(sql):
            wrote.append(sql[:120])
        return execute(sql, params, many, context)

    return watch


def _status(response: object) -> str:
    status = str(getattr(response, "status_code"))  # noqa: B009 - a test response has no type of its own
    where = getattr(response, "headers", {}).get("Location", "")
    if where.startswith("/accounts/login/"):
        return "sign in"
    return "again" if where.startswith("/accounts/reauthenticate/") else status


def _body(response: object) -> str:
    streaming = getattr(response, "streaming", False)
    content = b"".join(response.streaming_content) if streaming else response.content  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", content.decode(errors="replace"))
