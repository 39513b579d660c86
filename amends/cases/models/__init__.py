"""The case, its timeline, its next step, and what is being written."""

from amends.cases.models.case import Case, Closure, MessageId, Participant
from amends.cases.models.draft import Draft, DraftFile
from amends.cases.models.entry import Entry, File, Letter, Naming, OutsidePicture, PicturesAsked
from amends.cases.models.keeping import Hold, Retention, Unneeded
from amends.cases.models.reading import Lesson, LetterReading
from amends.cases.models.search import SearchText
from amends.cases.models.step import NextStep, Presence

__all__ = [
    "Case",
    "Closure",
    "Draft",
    "DraftFile",
    "Entry",
    "File",
    "Hold",
    "Lesson",
    "Letter",
    "LetterReading",
    "MessageId",
    "Naming",
    "NextStep",
    "OutsidePicture",
    "Participant",
    "PicturesAsked",
    "Presence",
    "Retention",
    "SearchText",
    "Unneeded",
]
