"""What the next step is: the right thing (architecture law 1). Pure; flows hands in the facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal["answer", "promise", "retime", "reach", "hear", "read", "decide"]


@dataclass(frozen=True)
class Facts:
    """What is known of a case when its next step is chosen.

    `earliest_promise` is the act and kind of the open promise that is due first; it comes before the
    answer only if it is due before it (`promise_first`). `to_decide` names what waits for a decision,
    such as "Bo's refund of 129.00". `unread` is something that came and asks for no answer. `new_time`: the
    promise will be missed, or was, unless it is kept now: the customer must hear a new time.
    """

    title: str
    customer_first_name: str = ""
    awaiting_answer: bool = False
    reopened: bool = False
    bounced: bool = False
    earliest_promise: tuple[str, str] | None = None
    promise_first: bool = False
    new_time: bool = False
    offered: bool = False
    unread: bool = False
    to_decide: str = ""
    last_channel: str = ""


@dataclass(frozen=True)
class Thing:
    """The kind of step and what it is about; `sentence` says it."""

    kind: Kind
    about: str


class Parts(NamedTuple):
    """The sentence around the customer's name, so that the name can be set bold."""

    before: str
    name: str
    after: str


def right_thing(facts: Facts) -> Thing:
    """The one next thing to do; there always is one: with nothing owed, to hear whether it is all right."""
    promised = facts.earliest_promise[0] if facts.earliest_promise else ""
    if facts.bounced:
        return Thing("reach", facts.last_channel)
    if facts.to_decide:
        return Thing("decide", facts.to_decide)
    if promised and facts.promise_first:
        return Thing("retime" if facts.new_time else "promise", promised)
    if facts.awaiting_answer or facts.reopened:
        return Thing("answer", facts.title)
    if promised:
        return Thing("promise", promised)
    if facts.unread and not facts.offered:
        return Thing("read", facts.title)
    return Thing("hear", facts.title)


def sentence(kind: Kind, name: str, about: str = "") -> str:
    """The step as a sentence, verb first: "Answer Marta Oyelaran: cracked teapot"."""
    return "".join(parts(kind, name, about))


def parts(kind: Kind, name: str, about: str = "") -> Parts:
    """The same sentence, cut around the customer's name."""
    if kind == "promise":
        return _promise(name, about)
    with_about, alone = SENTENCES[kind]
    template = str(with_about if about else alone)
    before, _name, after = template.partition("%(name)s")
    return Parts(before % {"about": about}, name, after % {"about": about})


SENTENCES: dict[Kind, tuple[Promise, Promise]] = {
    "answer": (_("Answer %(name)s: %(about)s"), _("Answer %(name)s")),
    "retime": (
        _("Keep it now, or tell %(name)s a new time: %(about)s"),
        _("Keep it now, or tell %(name)s a new time"),
    ),
    "reach": (_("Find another way to reach %(name)s"), _("Find another way to reach %(name)s")),
    "hear": (
        _("Hear from %(name)s whether it is all right now"),
        _("Hear from %(name)s whether it is all right now"),
    ),
    "read": (_("Read what came from %(name)s: %(about)s"), _("Read what came from %(name)s")),
    "decide": (_("Decide for %(name)s: %(about)s"), _("Decide for %(name)s")),
}
"""With and without what it is about. The customer's name stands in each exactly once."""

DEED = _("%(about)s, for %(name)s")
OTHERS_DEED = _("See to it for %(name)s: %(about)s")

_YOU = re.compile(r"\byou\b", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(r"(?:the|a|an|it|it's|it'll|he|she|they|that|this|you|your|our|my|expect)\b|\w+'ll\b", re.I)


def _promise(name: str, act: str) -> Parts:
    """An act in our own words turned round: "ring you" is to "Ring Marta"; what another does, we see to."""
    owed = re.sub(r"\byour\b", "the", act, flags=re.IGNORECASE)
    other = _OTHER_SUBJECT.match(act) is not None
    you = _YOU.search(owed)
    if you and not other:
        before, after = owed[: you.start()], owed[you.end() :]
        return Parts(before[:1].upper() + before[1:], name, after)
    template = str(OTHERS_DEED if other else DEED)
    owed = owed if other else owed[:1].upper() + owed[1:]
    before, _name, after = template.partition("%(name)s")
    return Parts(before % {"about": owed}, name, after % {"about": owed})
