"""How we say sorry: really, once, and without a way out (C7.2, RQ4, RQ7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.coach.brief import Brief
from amends.coach.checks.rule import Rule, apply
from amends.coach.draft import Draft
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.signs.sorries import HOLLOW, NON_APOLOGY, SORRY
from amends.coach.words import Sign, words
from amends.kit.sentences import Sentence, sentences

MOST_SORRIES = 2


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note about the apology."""
    if brief.first_apology and brief.fault != "customer" and not says_sorry(draft):
        yield _no_apology(draft)
    yield from apply(RULES, draft, brief)
    yield from _but(draft, brief)
    yield from _too_often(draft, brief)
    yield from _again(draft, brief)


def says_sorry(draft: Draft) -> bool:
    """Whether we regret what we did: "sorry you feel" and "sorry to hear" are not that."""
    return any(True for _sentence in real_apologies(draft))


def real_apologies(draft: Draft) -> Iterator[Sentence]:
    """The sentences in which we say sorry for something of ours."""
    return (one for one in draft.sentences if SORRY.search(one.text) and not HOLLOW.search(one.text))


RULES = (
    Rule(
        "NON_APOLOGY",
        words(*NON_APOLOGY),
        gettext_lazy("“%(words)s” is sorry for the customer's feeling"),
    ),
    Rule(
        "CONDITIONAL",
        words(
            r"(?:sorry|apologi[sz]e|apologies|regret)\b[^.,]{0,20}\bif\b",
            r"if (?:we|i|our \w+|this|that|it) (?:have |has |may have |might have )?(?:caused?|upset"
            r"|offended"
            r"|inconvenienced|disappointed|let you down|misled|confused)\b",
            r"(?:sorry|apologi[sz]e|apologies|regret)\b[^.]{0,30}\bany (?:\w+ )?(?:inconvenience|trouble"
            r"|confusion|distress"
            r"|upset|disappointment|misunderstanding|frustration|hassle|problems?|delay)",
            r"may have caused\b",
        ),
        gettext_lazy("“%(words)s” doubts that it happened"),
    ),
    Rule(
        "PASSIVE",
        words(
            r"(?:mistakes?|errors?) (?:was|were|has been|have been) made\b",
            r"(?:was|were|got|has been|have been) (?:overlooked|forgotten|mishandled|misplaced|neglected"
            r"|mislaid)\b",
            r"(?:an?|some|the) (?:\w+ )?(?:error|mistake|oversight|mix-up|misunderstanding) (?:has "
            r"|have )?(?:occurred|happened"
            r"|crept)",
        ),
        gettext_lazy("Nobody did it: “%(words)s”"),
        unless=words(r"our (?:fault|mistake|error|failure)", r"(?:is|was) ours\b", r"we (?:forgot|overlooked|made)\b"),
    ),
)


def _no_apology(draft: Draft) -> Note:
    first = draft.body[0].start if draft.body else 0
    return note(
        "NO_APOLOGY",
        (first, first),
        _("Nobody has said sorry yet"),
    )


_BUT_SAME = Sign(
    r"\b(?:sorry|apologi[sz]e|apologies)\b[^.]{0,120}?(?P<but>,? (?:but|however|although|though)\b,?)"
    r"(?! (?:\w+ )?(?:know|sorry|that (?:is|does)|does not excuse)) ?(?P<next>\w?)"
)
_BUT_NEXT = Sign(r"^(?:but|however|although|nevertheless|that said|having said that)\b,? ?")


def _but(draft: Draft, brief: Brief) -> Iterator[Note]:
    """A "but" takes the sorry back: in the same sentence or at the head of the next."""
    sorry_before = False
    for sentence in draft.sentences if brief.complaint else ():
        same = _BUT_SAME.search(sentence.text)
        following = _BUT_NEXT.search(sentence.text) if sorry_before else None
        if same is not None:
            place = sentence.start + same.start("but"), sentence.start + same.end()
            yield _takes_back(place, ". " + same["next"].upper())
        elif following is not None:
            place = sentence.start, sentence.start + following.end() + 1
            yield _takes_back(place, sentence.text[following.end() : following.end() + 1].upper())
        sorry_before = SORRY.search(sentence.text) is not None


def _takes_back(place: tuple[int, int], replacement: str) -> Note:
    return note(
        "BUT",
        place,
        _("This “but” takes the sorry back"),
        _("End the sentence before it."),
        replacement=replacement,
    )


def _too_often(draft: Draft, brief: Brief) -> Iterator[Note]:
    places = [
        (one.start + match.start(), one.start + match.end()) for one in draft.sentences for match in SORRY.all(one.text)
    ]
    if len(places) > MOST_SORRIES:
        yield note(
            "GROVEL",
            places[MOST_SORRIES],
            _("Sorry is said %(times)s times") % {"times": len(places)},
        )
    if places and brief.apologies_before >= 2 and not brief.deeds_since_apology and not brief.failed:
        yield note(
            "REPEAT_SORRY",
            places[0],
            _("We have said sorry %(times)s times and done nothing since") % {"times": brief.apologies_before},
        )


def _again(draft: Draft, brief: Brief) -> Iterator[Note]:
    """The same canned sorry a second time, be it with another name or comma (RQ7)."""
    now = _canned(draft.sentences, brief)
    letters = brief.earlier_letters if now else ()
    before = [old for letter in letters for _one, old in _canned(sentences(letter), brief)]
    again = (one for one, said in now if any(len(said & old) >= SAME * len(said | old) for old in before))
    if (sentence := next(again, None)) is not None:
        yield note("SAME_WORDS", sentence.span, _("We wrote this very sentence before"))


def _canned(said: Iterable[Sentence], brief: Brief) -> list[tuple[Sentence, frozenset[str]]]:
    """The sentences that say sorry in enough words to be known again, with these words."""
    bare = ((one, _bare(one.text, brief)) for one in said if SORRY.search(one.text))
    return [(one, words) for one, words in bare if len(words) >= LEAST_CANNED]


LEAST_CANNED = 4
"""Different words of a sentence that can be told from another."""
SAME = 0.8
"""Share of the words of two sentences that are the same ones."""
_WORD = re.compile(r"[^\W_]+")


def _bare(text: str, brief: Brief) -> frozenset[str]:
    """A sentence's words without the customer's name."""
    return frozenset(_WORD.findall(text.lower())) - frozenset(brief.customer_name.lower().split())
