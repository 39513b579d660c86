"""What stands around every page of the settings: the list of pages, what was saved, the way back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.desk import undoing
from amends.desk.access import DeskRequest
from amends.kit import inspected
from amends.people.permissions import can

UNPROCESSABLE = 422

PAGES: list[tuple[Any, list[tuple[str, Any, str]]]] = [
    (
        gettext_lazy("You"),
        [
            ("profile", gettext_lazy("Profile"), "you.edit"),
            ("my_time", gettext_lazy("Your hours and absence"), "you.edit"),
            ("my_alarms", gettext_lazy("Alarms"), "you.edit"),
            ("sign_in", gettext_lazy("Sign-in"), "you.edit"),
        ],
    ),
    (
        gettext_lazy("Right person"),
        [
            ("members", gettext_lazy("Members"), "members.edit"),
            ("teams", gettext_lazy("Teams and skills"), "teams.edit"),
            ("rules", gettext_lazy("What asks for a skill"), "teams.edit"),
            ("absences", gettext_lazy("Who is away"), "absence.edit"),
            ("partners", gettext_lazy("Partners"), "partners.edit"),
        ],
    ),
    (
        gettext_lazy("Right thing"),
        [
            ("answers", gettext_lazy("Saved answers"), "answers.edit"),
            ("reader", gettext_lazy("What it reads"), "reader.learn"),
            ("coach_settings", gettext_lazy("The coach"), "coach.edit"),
            ("connector", gettext_lazy("Suggestions"), "connector.edit"),
        ],
    ),
    (
        gettext_lazy("Right time"),
        [
            ("hours", gettext_lazy("Hours and promises"), "hours.edit"),
            ("targets", gettext_lazy("Targets"), "targets.edit"),
            ("packs", gettext_lazy("Policy packs"), "packs.edit"),
            ("holidays", gettext_lazy("Holidays"), "hours.edit"),
        ],
    ),
    (
        gettext_lazy("Around it"),
        [
            ("brands", gettext_lazy("Brands"), "brands.edit"),
            ("mailboxes", gettext_lazy("Mail and channels"), "mailboxes.edit"),
            ("outside", gettext_lazy("Mail that stayed outside"), "mail.reread"),
            ("quarantine", gettext_lazy("Files in quarantine"), "file.release"),
            ("keeping", gettext_lazy("How long cases are kept"), "retention.edit"),
            ("log", gettext_lazy("Who did what"), "log.read"),
        ],
    ),
]
"""Group → pages as (URL name, words, verb): only what exists, and only for those who may."""


@dataclass(frozen=True)
class Link:
    """One line of the list."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True)
class Group:
    """One part of the list."""

    title: str
    links: list[Link]


def show(request: DeskRequest, page: str, template: str, **context: Any) -> HttpResponse:
    """Render a page of the settings; `page` is the line of the list that is current.

    A form with errors answers 422, so that nothing takes it for saved.
    """
    forms = [value for value in context.values() if getattr(value, "is_bound", False)]
    wrong = any(form.errors for form in forms) or context.pop("wrong", False)
    context |= {
        "groups": groups(request, page),
        "saved_at": _saved_at(request),
        "undo": undoing.waits(request),
    }
    return render(request, template, context, status=UNPROCESSABLE if wrong else 200)


def saved(request: DeskRequest, name: str, *args: Any) -> HttpResponseRedirect:
    """Go back to a page, which says when it was saved, and offers the way back if this request has kept one."""
    undoing.only_the_newest(request)
    clock = f"{timezone.localtime():%H%M}"
    return see_other(f"{reverse(name, args=args)}?saved={clock}")


def see_other(url: str) -> HttpResponseRedirect:
    """303: the deed is done, look there."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def groups(request: DeskRequest, page: str) -> list[Group]:
    """The list of pages that this member may open."""
    shown = [
        Group(
            str(title),
            [
                Link(reverse(name), str(words), name == page)
                for name, words, verb in pages
                if can(request.actor, verb) and _is_of_use(name, page)
            ],
        )
        for title, pages in PAGES
    ]
    return [group for group in shown if group.links]


def _is_of_use(name: str, page: str) -> bool:
    """Without a scanner nothing comes into quarantine."""
    return name != "quarantine" or name == page or inspected.switched_on()


def _saved_at(request: DeskRequest) -> str:
    given = request.GET.get("saved", "")
    return (
        _("Saved %(clock)s") % {"clock": f"{given[:2]}:{given[2:]}"} if re.fullmatch(r"[0-2]\d[0-5]\d", given) else ""
    )
