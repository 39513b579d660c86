"""Which words of a text are its writer's own: not what is quoted, not a signature. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.clock.wrapped import unwrapped
from amends.kit.sentences import Sentence, sentences, typed

_ORIGINAL = re.compile(
    r"^(?:[-_ ]{2,20}(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine"
    r"|message transféré)\b.*"
    r"|(?:from|von|de|expéditeur) ?: .{0,200}@.{0,200}|-- )$",
    re.IGNORECASE | re.MULTILINE,
)
"""What follows is somebody else's letter, or a signature."""
_ATTRIBUTION = re.compile(
    r"^(?:on|am|le)\b.{5,160}\b(?:wrote|schrieb\b.{0,80}|a écrit) ?:[ ]*\n\s*(?!>)(?=\S)", re.IGNORECASE | re.MULTILINE
)
_QUOTED = re.compile(
    r'(?<![\w"])"(?=[^\s"])[^"\n]{2,600}"(?!\w)'
    r"|(?<![\w'])'(?=[A-ZÄÖÜÉÀ])(?:[^'\n]|(?<=\w)'(?=\w)){3,600}'(?!\w)"
)
_GUILLEMETS = re.compile(r"«[^«»\n]{2,600}»")
_INSIDE = re.compile(r"[^\s\"'«»]")


def own_sentences(text: str) -> Iterator[Sentence]:
    """The sentences that are the writer's own, with their places; quoted words are blotted out."""
    plain = typed(_GUILLEMETS.sub(_blotted, text))
    ends = [found.start() for pattern in (_ORIGINAL, _ATTRIBUTION) if (found := pattern.search(plain))]
    plain = _QUOTED.sub(_blotted, plain[: min(ends, default=len(plain))])
    for sentence in sentences(unwrapped(plain)):
        if not sentence.text.startswith((">", "|")):
            yield sentence


def _blotted(found: re.Match[str]) -> str:
    return _INSIDE.sub("_", found[0])
