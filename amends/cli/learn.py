"""`amends learn`: the reader learns from what people here corrected."""

from __future__ import annotations

import argparse
from typing import Any

import django


def add_to(commands: Any) -> None:
    """Add `learn`."""
    learn = commands.add_parser(
        "learn",
        help="let the reader learn from corrections",
        description="Learns from what people corrected in letters, and keeps it only when it does better on letters that "
        "it has not seen. Exit status 0 when it was kept, 1 when not.",
    )
    learn.add_argument("--back", action="store_true", help="use what was learned before the present lesson, or nothing")
    learn.add_argument("--show", action="store_true", help="only say what is in use, and what people corrected most")
    learn.set_defaults(do=_learn)


def _learn(given: argparse.Namespace) -> int:
    django.setup()
    from django.utils import timezone

    from amends.audit import log
    from amends.flows import learning

    if given.show:
        return _show()
    if given.back:
        try:
            before = learning.go_back()
        except learning.LearningError as error:
            print(error)
            return 1
        log.write("reader.went_back", by=log.at_the_command_line(), subject=before)
        print(
            f"In use again: what was learned on {before.at:%d %B %Y}."
            if before
            else "Only the reader itself reads now."
        )
        return 0
    lesson = learning.keep(learning.tried(), timezone.now())
    by = log.at_the_command_line()
    log.write("reader.learned", by=by, subject=lesson, before=lesson.before, after=lesson.after, kept=lesson.in_use)
    print(f"Corrections: {lesson.learned}. Sentences held out: {lesson.held_out}.")
    print(f"Errors on these without it: {lesson.before}, with it: {lesson.after}.")
    print("Kept: it does better." if lesson.in_use else "Not kept: it does no better. The reader reads as before.")
    return 0 if lesson.in_use else 1


def _show() -> int:
    from amends.cases.models import Lesson
    from amends.flows import learning

    present = Lesson.objects.filter(in_use=True).first()
    if present is None:
        print("Nothing that was learned is in use.")
    else:
        print(f"In use since {present.at:%d %B %Y}: {present.before} errors became {present.after}.")
    for label, count in learning.corrected().items():
        print(f"{count:6} {label}")
    return 0
