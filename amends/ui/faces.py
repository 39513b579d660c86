"""What stands for a person who has no photo: initials, and a tint chosen from the id, never from the name."""

from __future__ import annotations

from zlib import crc32

TINTS = 6


def initials(name: str) -> str:
    """Two letters: of the first and the last word, or the first two of a single word. "?" for nobody."""
    words = [word for word in (_letters(part) for part in _in_order(name).split()) if word]
    if not words:
        return "?"
    letters = words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]
    return letters.upper()


def first_name(name: str) -> str:
    """The name one says to a face: "Priya" of "Priya Raman", "Marta" of "Oyelaran, Marta"."""
    words = _in_order(name).split()
    named = [word for word in words if not word.endswith(".")]
    return (named or words or [""])[0]


def tint(identity: object) -> int:
    """1 to 6, the same for the same id always."""
    number = identity if isinstance(identity, int) else crc32(str(identity).encode())
    return number % TINTS + 1


def _in_order(name: str) -> str:
    family, comma, given = name.partition(",")
    return f"{given} {family}" if comma and given.strip() else name


def _letters(word: str) -> str:
    local = word.partition("@")[0]
    return "".join(letter for letter in local if letter.isalnum())
