"""Words that nobody owns: made of syllables, as often as words of a language are (Zipf), in five scripts of writing."""

from __future__ import annotations

import itertools
import random
from bisect import bisect_left
from dataclasses import dataclass

SEED = 20261122
VOCABULARY = 20_000
SENTENCES = 20_000
IN_A_SENTENCE = 12
COMMON_IN = 0.24
"""The share of letters that hold the common word, as where the peers were measured."""

SYLLABLES = {
    "en": "ba con der est fin gra hol ing jor ken lan mer nor ost pre qui ran ster tion und vel wor yel zed".split(),
    "de": "ab be chen dür ein für gen hör ist käu lich mög nis öff pfl rück schä tung über vör wün zäh".split(),
    "fr": "à bon cé dé être fè gré hâ île jà lé mê né où pré què ré sé tê ûr vé".split(),
    "pl": "bę cię dzą ęć głó hoć jąc kół łań mię ńsk ośc prz rzę śmi trz wąs żyć źle".split(),
    "el": "αν βα γεί δέν επι ζητ ήτα θέλ ίσω και λόγ μετ νέα όλα παρ ρώτ στη τώρ υπό φέρ χάρ ώρα".split(),
}


@dataclass(frozen=True)
class Language:
    """A vocabulary, its most frequent word first, and how often each is."""

    code: str
    words: list[str]
    odds: list[float]

    def sentence(self, chance: random.Random, length: int = IN_A_SENTENCE) -> str:
        """A sentence without a point."""
        return " ".join(chance.choices(self.words, cum_weights=self.odds, k=length)).capitalize()

    def text(self, chance: random.Random, characters: int) -> str:
        """Paragraphs of at least so many characters."""
        parts: list[str] = []
        size = 0
        while size < characters:
            sentence = self.sentence(chance, chance.randint(5, 18)) + "."
            parts.append(sentence + ("\n\n" if len(parts) % 5 == 4 else " "))
            size += len(parts[-1].encode())
        return "".join(parts).strip()


def language(code: str, size: int = VOCABULARY) -> Language:
    """The language of this code, always the same."""
    chance = random.Random(f"{SEED} {code}")
    syllables = SYLLABLES[code]
    known: dict[str, None] = {}
    while len(known) < size:
        known.setdefault("".join(chance.choices(syllables, k=2 + (len(known) > size // 50) + (len(known) > size // 3))))
    odds = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(size)))
    return Language(code, list(known), odds)


def common_word(tongue: Language, share: float = COMMON_IN, words: int = 60) -> str:
    """A word that stands in about this share of all letters of so many words."""
    chance = 1 - (1 - share) ** (1 / words)
    whole = tongue.odds[-1]
    rank = bisect_left([-(1 / (rank + 2.7)) / whole for rank in range(len(tongue.words))], -chance)
    return next(word for word in tongue.words[rank:] if len(word) > 4)
