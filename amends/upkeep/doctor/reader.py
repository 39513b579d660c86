"""The reader: its models, and whether English is read by what it means, too (`amends[semantic]`)."""

from __future__ import annotations

from collections.abc import Iterator

from amends.triage.reader import model_file
from amends.triage.reader.extra import PACKAGE, ExtraError
from amends.triage.reader.meaning import checked
from amends.triage.reader.model import FILE, Model
from amends.triage.reader.use import Use
from amends.upkeep.doctor.finding import Finding, fail, ok, warn

CHECK = "reader"


def findings() -> Iterator[Finding]:
    """Reads the models' files once; a desk whose reader does not start keeps every letter, unread."""
    try:
        Model(*model_file.read(FILE))
        found = checked()
    except model_file.ModelError as error:
        yield fail(CHECK, "letters are not read.", str(error))
    except ExtraError as error:
        yield warn(CHECK, "letters are read by words alone.", str(error))
    else:
        yield ok(CHECK, _said(found is not None))


def _said(installed: bool) -> str:
    if not installed:
        return "letters are read by words; the extra for meanings is not installed."
    if not Use.meaning:
        return "letters are read by words; the extra for meanings is left out by AMENDS_SEMANTIC=no."
    return f"letters are read by words, English ones by what they mean, too ({PACKAGE})."
