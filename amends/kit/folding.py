"""Words as an index holds them: lower case, no accents, nothing but letters and digits.

Both databases split such text alike; left to themselves PostgreSQL keeps a mail address in one piece.
"""

from __future__ import annotations

import re
import unicodedata

MOST = 50_000
"""Characters of a text that are searched; a longer one is found by its beginning."""
LONGEST = 64
"""Characters of a word that count; PostgreSQL refuses one of more than two thousand bytes."""

_ACCENTS = re.compile("[\u0300-\u036f]+")
_OTHER_SCRIPTS = re.compile("[\u0483-\U0010ffff]")
"""Where more characters combine with the one before; asking for each is slow, and a Latin text has none."""
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case without accents, so that Élodie is found as elodie."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    bare = _ACCENTS.sub("", plain)
    return bare if _OTHER_SCRIPTS.search(bare) is None else "".join(c for c in bare if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words of `text` in order, folded and bounded."""
    found = _WORD.findall(fold(text))
    return found if max(map(len, found), default=0) <= LONGEST else [word[:LONGEST] for word in found]


def searched(text: str) -> str:
    """`text` as an index holds it."""
    return " ".join(words(text[:MOST]))
