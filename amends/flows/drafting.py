"""Write a letter or a note: what the composer saves on every pause (CV13)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _

from amends.cases import drafts
from amends.cases.drafts import DraftGone, DraftTaken, Written
from amends.cases.models import Case, Draft, DraftFile
from amends.flows import pledging
from amends.kit.html import sanitise
from amends.kit.uploads import UploadError, look
from amends.people.models import Member

_PLACE = re.compile(r"\{(customer|agent|brand|case)\}")


class FileRefused(Exception):
    """The file is not attached; the message says why."""


@dataclass(frozen=True)
class Upload:
    """A file from the browser."""

    name: str
    content_type: str
    content: bytes


def save(case: Case, kind: str, written: Written, *, by: Member, now: datetime) -> Draft:
    """Save a draft: its HTML made safe, its promises found anew. Raises drafts.DraftTaken, DraftGone."""
    open_one = drafts.open_draft(case, kind)
    decided = open_one.promises if open_one else []
    is_letter = kind == Draft.Kind.LETTER
    safe = replace(
        written,
        html=sanitise(written.html) if written.html else "",
        promises=pledging.pledges_in(written.text, case, decided, now) if is_letter else [],
    )
    draft = drafts.save(case, kind, safe, by=by, now=now)
    if draft.documents and not draft.text.strip():
        drafts.mark(draft, [])  # emptied: what is written now is another letter
    return draft


def take_over(case: Case, kind: str, own_words: str, *, by: Member, now: datetime) -> Draft:
    """Take the pen; words of one's own stand below the colleague's. Raises drafts.DraftGone."""
    with transaction.atomic():
        draft = drafts.take_over(case, kind, by=by, now=now)
        if own_words.strip() and own_words.strip() != draft.text.strip():
            draft = add_words(case, kind, own_words, by=by, now=now)
    return draft


def add_words(case: Case, kind: str, words: str, *, by: Member, now: datetime) -> Draft:
    """Put words at the end of one's draft, which begins here if there is none. Raises DraftTaken, DraftGone."""
    draft = drafts.open_draft(case, kind)
    if draft is None:
        return save(case, kind, Written(text=words), by=by, now=now)
    text = "\n\n".join(filter(None, [draft.text.rstrip(), words.strip()]))
    html = f"{draft.html}<div><br>{escape(words.strip()).replace(chr(10), '<br>')}</div>" if draft.html else ""
    written = Written(text=text, html=html, to=draft.to, cc=draft.cc, subject=draft.subject, reason=draft.reason)
    return save(case, kind, written, by=by, now=now)


def attach(case: Case, kind: str, uploads: Sequence[Upload], *, by: Member, now: datetime) -> list[DraftFile]:
    """Attach files to one's draft, which begins here if there is none. Raises FileRefused or DraftTaken.

    The words of the draft come by themselves, perhaps at the same time: they are left alone.
    """
    most = settings.MAX_UPLOAD_BYTES
    draft = drafts.begin(case, kind, by=by, now=now)
    if draft.author_id != by.pk:
        raise DraftTaken(draft)
    size = sum(file.size for file in draft.files.all()) + sum(len(upload.content) for upload in uploads)
    if size > most:
        raise FileRefused(
            _(
                "All files together are larger than %(size)d MB, more than mail carries. Your words are safe. "
                "Take one out, or send it in parts."
            )
            % {"size": most // 1024 // 1024}
        )
    return [
        drafts.attach(draft, one.name, one.content_type, one.content, clean=clean)
        for one, clean in zip(uploads, _looked_at(uploads), strict=True)
    ]


def _looked_at(uploads: Sequence[Upload]) -> list[bool]:
    try:
        return look((one.name, one.content) for one in uploads)
    except UploadError as error:
        raise FileRefused(str(error)) from error


def take_out(file: DraftFile, *, by: Member) -> None:
    """Remove a file from one's own open draft. Raises DraftGone."""
    if file.draft.author_id != by.pk or file.draft.hold_until is not None:
        raise DraftGone
    file.delete()


def filled(body: str, case: Case, by: Member) -> str:
    """A saved answer with its fixed places filled; anything else in braces stays as it is (S34)."""
    places = {
        "customer": case.customer.first_name,
        "agent": by.name,
        "brand": case.brand.name,
        "case": case.reference,
    }
    return _PLACE.sub(lambda found: places[found[1]], body)
