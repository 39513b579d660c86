"""How it stands with a customer, computed from what happened and never ticked (model C5.1, ES4). Pure.

Agents add evidence, not states: each state is decided by one entry, or by the time that passed since it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

SILENT_AFTER = timedelta(days=14)
"""After an offer without an answer the customer counts as at risk, never as content (C3.4, `offer.silence`)."""
LOST_AFTER = timedelta(days=180)
"""After that without a word or a purchase."""
SETTLED_AFTER = timedelta(days=14)
QUICKLY = timedelta(hours=48)
"""From their first word until it was made right, on their own clock (clue 8, level 2)."""
ATTEMPTS = 2
"""So often we asked whether it is right before it may stand as settled, unconfirmed (`confirm.ask_after`)."""

REMEDIES = frozenset({"refund", "send", "fix", "partner"})
"""Kinds of promises that make something right; a call or a word tells of it only."""
PARTNERS = "partner"
TAKEN_BACK = "not_broken"
"""In the facts of an entry that counts a promise anew: which one is not broken after all."""
GIVEN = frozenset({"person", PARTNERS})
"""Sources of promises that the customer was told by a person."""


class State(StrEnum):
    """How it stands (C5.1)."""

    HURT = "hurt"
    ANSWERED = "answered"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    MADE_RIGHT = "made_right"
    HAPPY = "happy"
    ADVOCATE = "advocate"
    SILENT = "silent"
    RE_HURT = "re_hurt"
    UNCONFIRMED = "unconfirmed"
    LOST_OPENLY = "lost_openly"
    LOST_SILENTLY = "lost_silently"
    EXTERNAL = "external"


ONLY_RECEIVED = "ONLY_RECEIVED"
"""The flag of a letter that says that theirs came, or how it stands. It may go; the answer is still to come."""
NO_ANSWER = frozenset({"ONLY_QUESTION", ONLY_RECEIVED})
STAYS_SAID = frozenset({"warn_others"})
ELSEWHERE = "elsewhere"
"""In the facts of a letter that went to a partner or to others, and not to the customer."""
OURS = "agent"
"""The actor of what a member said, as the timeline has it."""


class Told(Protocol):
    """What is read of an entry: its id, kind, time, whose it is (customer, agent, system), and its facts."""

    @property
    def pk(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def data(self) -> Any: ...


T = TypeVar("T", bound=Told)


@dataclass(frozen=True)
class Outcome:
    """How it stands, since when, how often a recovery failed, and what shows it.

    `why` is the kind of the deciding entry, or "silence"; `entry` its id. `quiet_since` is when the silence after an
    offer began, None while no offer waits for the customer's word. `quick`: it was made right within `QUICKLY`.
    `moods`: labels of what they wrote that the risk of loss goes by, as far as they last.
    """

    state: State
    since: datetime
    failed: int
    why: str
    entry: int
    quiet_since: datetime | None = None
    quick: bool = False
    moods: frozenset[str] = frozenset()


def of(entries: Iterable[Told], now: datetime) -> Outcome | None:
    """The outcome at `now` from a case's entries in the order of the timeline; None before anything was said.

    Whether the customer was hurt at all, or only asked, is the caller's to know.
    """
    course = _Course()
    for entry in that_stand(entries):
        if entry.at <= now and (handle := _HANDLERS.get(entry.kind)) is not None:
            handle(course, entry)
    return replace(_in_time(course, now), quick=course.quick, moods=course.moods) if course.now else None


def that_stand(entries: Iterable[T]) -> list[T]:
    """All but what a clock that ran ahead has called broken, and what was taken back since (`clock.drifted`)."""
    entries = list(entries)
    anew = [one for one in entries if one.kind == "promise.recounted" and TAKEN_BACK in one.data]
    taken_back = {one.data[TAKEN_BACK]: one.pk for one in anew}
    return [
        one for one in entries if one.kind != "promise.broken" or one.pk > taken_back.get(one.data.get("promise"), 0)
    ]


def may_close_as_happy(outcome: Outcome | None) -> bool:
    """Silence is never a yes (C3.4): with an offer that nobody answered, a case does not end as content."""
    return outcome is None or outcome.state not in (State.OFFERED, State.SILENT, State.LOST_SILENTLY)


@dataclass
class _Course:
    """What is known while the entries are read."""

    now: Outcome | None = None
    failed: int = 0
    heard_at: datetime | None = None
    offered_at: datetime | None = None
    spoke_last: str = ""
    answered_at: datetime | None = None
    """Our first word after the customer's last one."""
    remedies: dict[int, bool] = field(default_factory=dict)
    """Promise → kept."""
    attempts: int = 0
    praised: bool = False
    """In public, since the last failure."""
    hurt_at: datetime | None = None
    right_at: datetime | None = None
    noted: dict[int, frozenset[str]] = field(default_factory=dict)
    """Letter → what was read of its writer's mood, the newest letter last."""

    @property
    def quick(self) -> bool:
        return bool(self.hurt_at and self.right_at and self.right_at - self.hurt_at <= QUICKLY)

    @property
    def moods(self) -> frozenset[str]:
        """A rage is over with a calmer letter; that they mean to warn others stays said."""
        *earlier, newest = self.noted.values() or [frozenset()]
        return newest | (frozenset[str]().union(*earlier) & STAYS_SAID)

    def to(self, state: State, entry: Told) -> None:
        if state in (State.MADE_RIGHT, State.HAPPY, State.ADVOCATE):
            self.right_at = self.right_at or entry.at
        self.now = Outcome(state, entry.at, self.failed, entry.kind, entry.pk)
        self.attempts = 0

    def fails(self, entry: Told) -> None:
        """Double deviation: what should have made it right hurt again."""
        self.failed += 1
        self.praised, self.right_at = False, None
        self.to(State.RE_HURT, entry)

    def is_happy(self, entry: Told) -> None:
        self.to(State.ADVOCATE if self.praised else State.HAPPY, entry)

    def stands(self, *states: State) -> bool:
        return self.now is not None and self.now.state in states


def _heard(course: _Course, entry: Told) -> None:
    course.heard_at, course.spoke_last, course.answered_at = entry.at, "customer", None
    if course.now is None:
        course.hurt_at = entry.at
        course.to(State.HURT, entry)


def _spoke(course: _Course, entry: Told) -> None:
    """A person here spoke to them; a letter that the desk sends by itself, or that went to others, answers nobody."""
    by_hand = entry.actor == OURS and entry.data.get("human") is not False and not entry.data.get(ELSEWHERE)
    if not by_hand or course.now is None:
        return
    course.spoke_last = "member"
    course.answered_at = course.answered_at or entry.at
    if not NO_ANSWER.isdisjoint(entry.data.get("flags", ())):
        return
    if course.stands(State.HURT, State.RE_HURT):
        course.to(State.ANSWERED, entry)
    elif course.stands(State.MADE_RIGHT):
        course.attempts += 1


def _returned(course: _Course, entry: Told) -> None:
    if entry.data.get("return") in ("follow_up", "reopened"):
        course.fails(entry)


def _offered(course: _Course, entry: Told) -> None:
    course.offered_at = entry.at
    course.spoke_last, course.answered_at = "member", None
    course.to(State.OFFERED, entry)


def _accepted(course: _Course, entry: Told) -> None:
    course.to(State.ACCEPTED, entry)
    _put_right(course, entry)


def _promised(course: _Course, entry: Told) -> None:
    if entry.data.get("promise_kind") in REMEDIES:
        course.remedies[entry.data["promise"]] = False


def _moved(course: _Course, entry: Told) -> None:
    course.remedies.pop(entry.data["promise"], None)
    if entry.data.get("promise_kind") in REMEDIES:
        course.remedies[entry.data["new"]] = False


def _let_off(course: _Course, entry: Told) -> None:
    course.remedies.pop(entry.data["promise"], None)


def _kept(course: _Course, entry: Told) -> None:
    if entry.data["promise"] in course.remedies:
        course.remedies[entry.data["promise"]] = True
        _put_right(course, entry)


def _put_right(course: _Course, entry: Told) -> None:
    """All remedies were carried out; while an offer waits for an answer, that changes nothing."""
    if course.remedies and all(course.remedies.values()) and not course.stands(State.OFFERED):
        course.to(State.MADE_RIGHT, entry)


def _broke(course: _Course, entry: Told) -> None:
    """What a partner did not do, another promise of ours stands for (C4.3)."""
    if entry.data.get("source") == PARTNERS:
        course.remedies.pop(entry.data["promise"], None)
    if entry.data.get("source") in GIVEN and entry.data.get("visible", True):
        course.fails(entry)


def _reopened(course: _Course, entry: Told) -> None:
    course.right_at = None
    course.to(State.ANSWERED if course.spoke_last == "member" else State.HURT, entry)


def _closed(course: _Course, entry: Told) -> None:
    if entry.data.get("reason") == "happy":
        course.is_happy(entry)


def _asked(course: _Course, entry: Told) -> None:
    """The three questions: right now? easy? treated as somebody who matters (1 to 5)?"""
    matters = entry.data.get("matters") or 0
    if entry.data.get("right") != "yes" or 0 < matters <= 2:
        course.fails(entry)
    elif matters >= 4 or entry.data.get("words"):
        course.is_happy(entry)


def _praised(course: _Course, entry: Told) -> None:
    """Whoever praises before it is confirmed that all is right is an advocate once it is (SC-12)."""
    course.praised = True
    if course.stands(State.HAPPY):
        course.to(State.ADVOCATE, entry)


def _mood(course: _Course, entry: Told) -> None:
    """What was read of a letter, or was corrected in it since: the last counts."""
    course.noted[entry.data.get("letter", 0)] = frozenset(entry.data.get("labels", ()))


def _goes_to(state: State) -> Callable[[_Course, Told], None]:
    return lambda course, entry: course.to(state, entry)


_HANDLERS: Mapping[str, Callable[[_Course, Told], None]] = {
    "contact.in": _heard,
    "contact.out": _spoke,
    "contact.call": _spoke,
    "complaint.returned": _returned,
    "offer.made": _offered,
    "offer.accepted": _accepted,
    "offer.rejected": _Course.fails,
    "offer.countered": _goes_to(State.ANSWERED),
    "promise.made": _promised,
    "promise.rescheduled": _moved,
    "promise.released": _let_off,
    "promise.kept": _kept,
    "promise.broken": _broke,
    "case.reopened": _reopened,
    "case.closed": _closed,
    "survey.answered": _asked,
    "kudos.given": _praised,
    "referral": _praised,
    "mood.noted": _mood,
    "contract.ended": _goes_to(State.LOST_OPENLY),
    "chargeback": _goes_to(State.EXTERNAL),
    "external_case.opened": _goes_to(State.EXTERNAL),
}
KINDS = (*_HANDLERS, "promise.recounted")
"""What `of` reads of a timeline; entries of other kinds change nothing."""


def _in_time(course: _Course, now: datetime) -> Outcome:
    outcome = course.now
    assert outcome is not None
    if outcome.state == State.OFFERED:
        return _in_silence(replace(outcome, quiet_since=_quiet_since(course)), now)
    settled = outcome.since + SETTLED_AFTER
    last_heard = course.heard_at or outcome.since
    unheard = outcome.state == State.MADE_RIGHT and last_heard <= outcome.since
    if unheard and course.attempts >= ATTEMPTS and now >= settled:
        return replace(outcome, state=State.UNCONFIRMED, since=settled, why="silence")
    return outcome


def _quiet_since(course: _Course) -> datetime | None:
    """Since when the offer waits: since it was made, or since our answer to what they said after it."""
    if course.offered_at is None or course.spoke_last == "customer":
        return None
    if course.heard_at is None or course.heard_at <= course.offered_at:
        return course.offered_at
    return course.answered_at


def _in_silence(outcome: Outcome, now: datetime) -> Outcome:
    if outcome.quiet_since is None:
        return outcome
    silent = outcome.quiet_since + SILENT_AFTER
    if now >= silent + LOST_AFTER:
        return replace(outcome, state=State.LOST_SILENTLY, since=silent + LOST_AFTER, why="silence")
    if now >= silent:
        return replace(outcome, state=State.SILENT, since=silent, why="silence")
    return outcome
