"""What stands beside an empty letter: what hurt, whom, what they ask, what we know, owe and may do (A246, CV17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.models import Case, Entry
from amends.clock import ladder
from amends.desk.letters_shown import Look
from amends.desk.promises_shown import act_words, promises_of
from amends.flows import briefing, story
from amends.triage.gist import Kind, Line, gist, looked_over
from amends.triage.reader.facts import facts

NAMES: dict[Kind, object] = {
    "who": gettext_lazy("who"),
    "what": gettext_lazy("what"),
    "when": gettext_lazy("when"),
    "cost": gettext_lazy("cost"),
    "feeling": gettext_lazy("feeling"),
    "wish": gettext_lazy("wish"),
}
MOST_KNOWN = 4
MOST_OWED = 2


@dataclass(frozen=True)
class LineShown:
    """One sentence of theirs; the link leads to its letter, and in most browsers marks the words there."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class FirstWords:
    """The inputs of `ui/components/first_words.html`."""

    hurt: str
    lines: tuple[LineShown, ...]
    known: tuple[str, ...]
    owed: tuple[str, ...]
    broken: tuple[str, ...]
    may: str


def first_words(case: Case, look: Look) -> FirstWords:
    """The brief for an answer that nobody has begun."""
    letters = story.of_case(case).letters
    texts = [one.letter.new_text for one in letters]
    owed, _settled = promises_of(look)
    return FirstWords(
        hurt=case.customer.name,
        lines=tuple(_line(one, letters, case) for one in gist(texts)),
        known=_known(case, [text for _number, text in looked_over(texts)]),
        owed=tuple(_("%(what)s, by %(when)s") % {"what": one.what, "when": one.when} for one in owed[:MOST_OWED]),
        broken=tuple(act_words(one.act, case.customer.first_name) for one in look.broken)[-MOST_OWED:],
        may=ladder.may(max([look.me.rung, *(one.rung for one in look.rungs if one.member_id == look.me.pk)])),
    )


def _line(one: Line, letters: list[Entry], case: Case) -> LineShown:
    entry = letters[one.letter]
    label = capfirst(", ".join(str(NAMES[kind]) for kind in one.kinds))
    return LineShown(
        label, one.words, f"{_place(entry, case, newest=entry == letters[-1])}:~:text={_marked(one.words)}"
    )


def _place(entry: Entry, case: Case, *, newest: bool) -> str:
    """The newest letter stands on the page; an earlier one may have to be unfolded first."""
    page = "" if newest else f"{reverse('case', args=[case.pk])}?since={entry.pk}"
    return f"{page}#letter-{entry.pk}"


def _marked(words: str) -> str:
    """The words to mark, as an address names them: of a sentence that was cut, its beginning."""
    return quote(words.removesuffix("…"), safe="").replace("-", "%2D")


def _known(case: Case, texts: Iterable[str]) -> tuple[str, ...]:
    """What nobody should ask for again: numbers that they named, and how to reach them."""
    numbers = [one.value for text in texts for one in facts(text) if one.kind in ("order", "serial")]
    known = {what: value for what, value in briefing.known(case).items() if what != "name"}
    return tuple(dict.fromkeys([*numbers, *known.values()]))[:MOST_KNOWN]
