"""The composer's form, read."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from amends.cases.drafts import Written
from amends.desk.whole import whole
from amends.flows.drafting import FileRefused, Upload
from amends.kit import uploads


def written_in(post: QueryDict) -> Written:
    """What the writer has on the screen; HTML only while the rich editor is open."""
    return Written(
        text=_words(post, "text").replace("\r\n", "\n"),
        html=_words(post, "html") if post.get("rich") else "",
        to=_addresses(post.getlist("to"))[:1],
        cc=_addresses(post.getlist("cc")),
        subject=" ".join(_words(post, "subject").split())[:250],
        reason=" ".join(_words(post, "reason").split())[:300],
    )


def seen_in(post: QueryDict) -> int | None:
    """The newest entry the writer had before their eyes; None when they send anyway."""
    return None if post.get("anyway") else whole(post.get("seen", ""))


def uploads_in(request: HttpRequest) -> list[Upload]:
    """Uploaded files with their bytes. Raises FileRefused when they were too large together to be taken in."""
    files = request.FILES.getlist("files")
    if uploads.was_too_large(request):
        raise FileRefused(uploads.too_large())
    return [Upload(file.name or "file", file.content_type or "application/octet-stream", file.read()) for file in files]


def _words(post: QueryDict, name: str) -> str:
    # PostgreSQL keeps no NUL; a browser sends one that was pasted.
    return post.get(name, "").replace("\x00", "")


def _addresses(given: list[str]) -> list[str]:
    """Addresses from fields that may hold several, separated by commas or semicolons; each once."""
    parts = [part.strip().strip("<>") for one in given for part in one.replace("\x00", "").replace(";", ",").split(",")]
    return list(dict.fromkeys(part for part in parts if part))
