"""What was odd about a mail, in words for whoever answers it: the codes of `email.limits.Problems` explained."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "message_cut": _("It is very long: what lies farther back stands in the raw mail only"),
    "headers_cut": _("Its header is very long: what lies farther back stands in the raw mail only"),
    "header_missing": _("It has no header: who wrote it, and when, is not known"),
    "nested_too_deep": _("It is wrapped in very many layers: what lies deeper is attached as a file"),
    "too_many_parts": _("It has very many parts: those farther back stand in the raw mail only"),
    "boundary_missing": _("It does not say where its parts begin: look at the raw mail if something is missing"),
    "boundary_guessed": _("Where its parts begin was guessed: look at the raw mail if something is missing"),
    "charset_guessed": _("Its alphabet was guessed: single letters may be wrong"),
    "charset_refused": _("It is written in an alphabet that hides what stands in it: shown as it came"),
    "base64_broken": _("A part of it came damaged: something may be missing"),
    "html_too_large": _("Its layout is very large: some of it stands in the raw mail only"),
    "html_too_deep": _("Its layout is too entangled to be shown: its words are here"),
    "from_missing": _("It names no sender"),
    "addresses_cut": _("It names very many addresses: not all of them stand here"),
    "date_unreadable": _("Its date cannot be read: the time here is when it came"),
}
"""Code → what it means for the reader."""
UNSAID = frozenset({"bare_cr", "from_ambiguous", "unreadable"})
"""What changes nothing for whoever reads it, or is said elsewhere: beside the sender, and on a case of its own."""


def in_words(codes: Iterable[object]) -> list[str]:
    """A sentence for each code that has one, in the same order."""
    return [str(WORDS[code]) for code in map(str, codes) if code in WORDS]
