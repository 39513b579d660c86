"""Which language a text is in, by its small words. Pure; ten languages of Europe."""

from __future__ import annotations

import re

SMALL_WORDS = {
    "en": "the and is was not have has you your with this that for are my from but they were been"
    " will would it we a to of in on at do i me so as an or by be their all no after what who"
    " she he his her just can which",
    "de": "der die das und ist nicht ich sie ein eine mit für auf war habe wir von dem den zu auch"
    " noch wurde bei mir im jeder hat oder seine aller werden als an es er sich nach bin keine"
    " kein seit",
    "fr": "le la les et est pas je vous une des que pour dans avec mon ma été votre nous sur ne ai"
    " mais c'est du de en au aux ou son ses par qui plus tout toute il elle on sans ce cette a"
    " sont droit merci un",
    "es": "el la los las y es no que una para con mi por se pero lo he su del muy han está fue me"
    " ustedes hola dónde pedido de en al como más o sin sobre todo toda tiene a este esta"
    " desde ser derecho tener ha e hasta",
    "it": "il lo la gli e è non che un una per con mio mia di sono ho ma del della vostro ancora"
    " stato questo buongiorno in a al dalla alla ogni come più o suo sua ha ad si nel essere"
    " dei delle da le i",
    "nl": "de het een en is niet ik van dat met voor mijn op maar heb u zijn was nog bij wij geen"
    " dit ook naar te aan der door of heeft ieder tot haar recht om als",
    "da": "og er ikke det jeg at en et til med på min har der af for den vi som men blev fra jer"
    " meget hvad skal enhver eller om sin sit ret alle vil kan",
    "sv": "och är inte det jag att en ett till med på min har som för den vi av men blev från ni"
    " mycket vad skall eller om sin rätt alla kan var ingen",
    "pl": "i nie jest się na w z do to że mój moja jak ale mam był od za czy przez mi został proszę"
    " dla po lub każdy ma oraz jego prawo",
    "pt": "o a os as e é não que um uma para com meu minha por mas do da foi em está vocês ainda"
    " muito no na de ou ao à pela pelo toda todo tem sua seu ser das dos direito nos",
}
"""A text's language is the one with most of these; what several share counts for less in each."""

LETTERS = {
    language: frozenset(letters)
    for language, letters in {
        "de": "ßäöü",
        "fr": "çœêèàùâî",
        "es": "ñ",
        "it": "òì",
        "da": "æø",
        "sv": "åäö",
        "pl": "ąęłżźćśń",
        "pt": "ãõ",
    }.items()
}
"""Letters that a language has and most of the others do not; "å" alone is also Danish."""

MARKED = frozenset().union(*LETTERS.values())
LOOKED_AT = 1000
LONG_ENOUGH = 1.5
"""How much evidence a text must give: below it, it is too short to tell."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_WEIGHTS: dict[str, dict[str, float]] = {}
for _language, _words in SMALL_WORDS.items():
    for _word in set(_words.split()):
        _WEIGHTS.setdefault(_word, {})[_language] = 1.0
for _of in _WEIGHTS.values():
    for _language in _of:
        _of[_language] = 1 / len(_of)


def language_of(text: str, otherwise: str = "en") -> str:
    """The language's code, such as "de"; `otherwise` when the text is too short or gives no sign."""
    words = _WORD.findall(text[:LOOKED_AT].lower().replace("’", "'"))
    scores = dict.fromkeys(SMALL_WORDS, 0.0)
    for word in words:
        for language, weight in _WEIGHTS.get(word, {}).items():
            scores[language] += weight
        if not MARKED.isdisjoint(word):
            for language, letters in LETTERS.items():
                if not letters.isdisjoint(word):
                    scores[language] += 0.5
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= LONG_ENOUGH else otherwise
