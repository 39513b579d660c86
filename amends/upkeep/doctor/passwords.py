"""The list of breached passwords: a password is taken where it cannot be asked, so that somebody must look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from amends.people import breached
from amends.upkeep.doctor.finding import Finding, fail, ok, warn

CHECK = "breached passwords"
ANY = "00000"


def findings() -> Iterator[Finding]:
    """Asks an address once; looks at some places of a file."""
    where = settings.BREACHED_PASSWORDS
    try:
        if not where:
            said = "no list is asked; AMENDS_BREACHED_PASSWORDS may name one."
        elif "://" in where:
            said = f"{where} answers; it knows {len(breached.ask(where, ANY))} that begin with {ANY}."
        else:
            said = f"{where} has about {breached.survey(Path(where)):,} hashes, in their order."
    except breached.ListError as error:
        say = fail if error.permanent else warn
        yield say(CHECK, f"{error} Passwords are taken without it.", "Look at AMENDS_BREACHED_PASSWORDS.")
    else:
        yield ok(CHECK, said)
