"""How it stands is computed from what happened (C5.1): each row, its way back, and any order of entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases import outcome
from amends.cases.outcome import State

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ACTORS = {"contact.in": "customer", "contact.out": "agent", "contact.call": "agent"}


@dataclass(frozen=True)
class Told:
    pk: int
    kind: str
    at: datetime
    actor: str = "system"
    data: dict[str, Any] = field(default_factory=dict)


def story(*kinds: str | tuple[str, dict[str, Any]], every: timedelta = HOUR) -> list[Told]:
    """Entries one after the other; a kind may bring its facts."""
    told = []
    for number, one in enumerate(kinds):
        kind, data = (one, {}) if isinstance(one, str) else one
        told.append(Told(number + 1, kind, START + number * every, ACTORS.get(kind, "system"), data))
    return told


SENDS = ("promise.made", {"promise": 7, "promise_kind": "send", "source": "person"})
SENT = ("promise.kept", {"promise": 7})
BROKE = ("promise.broken", {"promise": 7, "source": "person", "visible": True})
NOT_BROKEN = ("promise.recounted", {"promise": 7, "not_broken": 7})
THEIRS = ("promise.made", {"promise": 8, "promise_kind": "partner", "source": "partner"})
THEIRS_BROKE = ("promise.broken", {"promise": 8, "source": "partner", "visible": True})
LATER = ("promise.rescheduled", {"promise": 7, "promise_kind": "send", "new": 9})
SENT_LATER = ("promise.kept", {"promise": 9})
AGAIN = ("complaint.returned", {"return": "follow_up"})
HAPPY = ("case.closed", {"reason": "happy"})

ROWS: list[tuple[str, list[Any], State, int]] = [
    ("hurt: the customer said so", ["contact.in"], State.HURT, 0),
    ("answered: a person replied", ["contact.in", "contact.out"], State.ANSWERED, 0),
    ("hurt: a note by itself answers nobody", ["contact.in", ("contact.out", {"human": False})], State.HURT, 0),
    (
        "hurt: a mere question answers nothing",
        ["contact.in", ("contact.out", {"flags": ["ONLY_QUESTION"]})],
        State.HURT,
        0,
    ),
    (
        "hurt: that theirs came, or how it stands, answers nothing",
        ["contact.in", ("contact.out", {"flags": ["ONLY_RECEIVED"]})],
        State.HURT,
        0,
    ),
    ("hurt: a letter to a partner answers nobody", ["contact.in", ("contact.out", {"elsewhere": True})], State.HURT, 0),
    ("hurt: an answer from before is none", ["contact.out", "contact.in"], State.HURT, 0),
    (
        "hurt again: a word on how it stands answers nothing",
        ["contact.in", "contact.out", SENDS, BROKE, ("contact.out", {"flags": ["ONLY_RECEIVED"]})],
        State.RE_HURT,
        1,
    ),
    (
        "made right: a letter to a partner is no question whether it is",
        ["contact.in", SENDS, SENT, ("contact.out", {"elsewhere": True}), ("contact.out", {"elsewhere": True})],
        State.MADE_RIGHT,
        0,
    ),
    ("offered", ["contact.in", "contact.out", "offer.made"], State.OFFERED, 0),
    ("accepted", ["contact.in", "offer.made", "offer.accepted"], State.ACCEPTED, 0),
    ("countered: the offer does not stand", ["contact.in", "offer.made", "offer.countered"], State.ANSWERED, 0),
    ("re-hurt: rejected", ["contact.in", "offer.made", "offer.rejected"], State.RE_HURT, 1),
    ("re-hurt: promise broken", ["contact.in", SENDS, BROKE], State.RE_HURT, 1),
    (
        "a target that only we know breaks no word",
        ["contact.in", ("promise.broken", {"source": "policy"})],
        State.HURT,
        0,
    ),
    ("re-hurt: not right", ["contact.in", "contact.out", "contact.in", AGAIN], State.RE_HURT, 1),
    ("multiple counts once", ["contact.in", ("complaint.returned", {"return": "multiple"})], State.HURT, 0),
    ("answered again after re-hurt", ["contact.in", "contact.out", AGAIN, "contact.call"], State.ANSWERED, 1),
    (
        "made right: remedies carried out",
        ["contact.in", SENDS, "offer.made", "offer.accepted", SENT],
        State.MADE_RIGHT,
        0,
    ),
    ("own money needs no yes, but is none", ["contact.in", SENDS, "offer.made", SENT], State.OFFERED, 0),
    ("confirmed happy", ["contact.in", SENDS, SENT, HAPPY], State.HAPPY, 0),
    (
        "confirmed happy by the questions",
        ["contact.in", SENDS, SENT, ("survey.answered", {"right": "yes", "matters": 5})],
        State.HAPPY,
        0,
    ),
    (
        "made right: by us, what a partner did not do (C4.3, SC-8)",
        ["contact.in", THEIRS, THEIRS_BROKE, SENDS, SENT],
        State.MADE_RIGHT,
        1,
    ),
    ("not made right while a new time runs", ["contact.in", "contact.out", SENDS, LATER, SENT], State.ANSWERED, 0),
    ("made right at its new time", ["contact.in", SENDS, LATER, SENT_LATER], State.MADE_RIGHT, 0),
    ("not broken after all: a clock ran ahead", ["contact.in", SENDS, BROKE, NOT_BROKEN, SENT], State.MADE_RIGHT, 0),
    ("broken in earnest afterwards", ["contact.in", SENDS, BROKE, NOT_BROKEN, BROKE], State.RE_HURT, 1),
    ("partly is not right", ["contact.in", SENDS, SENT, ("survey.answered", {"right": "partly"})], State.RE_HURT, 1),
    ("advocate", ["contact.in", SENDS, SENT, HAPPY, "kudos.given"], State.ADVOCATE, 0),
    ("advocate: praised before it was confirmed", ["contact.in", "kudos.given", SENDS, SENT, HAPPY], State.ADVOCATE, 0),
    ("praise before a failure is none", ["contact.in", "contact.out", "kudos.given", AGAIN, HAPPY], State.HAPPY, 1),
    ("reopened falls back to hurt", ["contact.in", "contact.out", HAPPY, "contact.in", "case.reopened"], State.HURT, 0),
    ("lost openly", ["contact.in", "contract.ended"], State.LOST_OPENLY, 0),
    ("external", ["contact.in", "external_case.opened"], State.EXTERNAL, 0),
    ("a chargeback is external", ["contact.in", "chargeback"], State.EXTERNAL, 0),
]


@pytest.mark.parametrize(("entries", "state", "failed"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_c5_1_each_state_is_decided_by_its_entry(entries: list[Any], state: State, failed: int) -> None:
    told = story(*entries)
    found = outcome.of(told, START + DAY)
    assert found is not None
    assert (found.state, found.failed) == (state, failed)
    deciding = next(one for one in told if one.pk == found.entry)
    assert (found.why, found.since) == (deciding.kind, deciding.at)


@pytest.mark.parametrize(
    ("leaves", "state"),
    [
        ("contract.ended", State.LOST_OPENLY),
        ("chargeback", State.EXTERNAL),
        ("external_case.opened", State.EXTERNAL),
        (AGAIN, State.RE_HURT),
    ],
)
@pytest.mark.parametrize("before", [row[1] for row in ROWS], ids=[row[0] for row in ROWS])
def test_c5_1_from_any_state_a_customer_may_leave_or_be_hurt_again(
    before: list[Any], leaves: Any, state: State
) -> None:
    found = outcome.of(story(*before, leaves), START + 3 * DAY)
    assert found is not None and found.state == state


def test_nothing_stands_before_anything_was_said() -> None:
    assert outcome.of(story("case.opened", "owner.set"), START + DAY) is None


def test_c3_4_silence_after_an_offer_is_at_risk_after_a_fortnight_and_never_a_yes() -> None:
    told = story("contact.in", "contact.out", "offer.made")
    offered = told[-1].at
    before = outcome.of(told, offered + 14 * DAY - timedelta(seconds=1))
    silent = outcome.of(told, offered + 14 * DAY)
    lost = outcome.of(told, offered + 194 * DAY)
    assert before and before.state == State.OFFERED and before.quiet_since == offered
    assert silent and (silent.state, silent.since, silent.why) == (State.SILENT, offered + 14 * DAY, "silence")
    assert lost and lost.state == State.LOST_SILENTLY
    assert not any(outcome.may_close_as_happy(one) for one in (before, silent, lost))


def test_c3_4_a_customer_who_spoke_is_not_silent_until_we_answered() -> None:
    told = story("contact.in", "offer.made", "contact.in")
    spoke = outcome.of(told, START + 30 * DAY)
    answered = outcome.of([*told, Told(9, "contact.out", START + 5 * DAY, "agent")], START + 30 * DAY)
    assert spoke and spoke.state == State.OFFERED and spoke.quiet_since is None
    assert answered and answered.state == State.SILENT and answered.quiet_since == START + 5 * DAY


def test_a_call_that_reached_nobody_does_not_begin_the_silence_anew() -> None:
    told = [*story("contact.in", "offer.made"), Told(9, "contact.call", START + 5 * DAY, "agent")]
    found = outcome.of(told, START + 6 * DAY)
    assert found and found.quiet_since == told[1].at


def test_c5_1_made_right_without_a_word_is_settled_unconfirmed_after_two_attempts() -> None:
    told = story("contact.in", SENDS, SENT, "contact.out", "contact.call")
    right = told[2].at
    still = outcome.of(told[:4], right + 20 * DAY)
    settled = outcome.of(told, right + 14 * DAY)
    assert still and still.state == State.MADE_RIGHT
    assert settled and (settled.state, settled.since) == (State.UNCONFIRMED, right + 14 * DAY)
    spoke = outcome.of([*told, Told(9, "contact.in", right + 15 * DAY, "customer")], right + 20 * DAY)
    assert spoke and spoke.state == State.MADE_RIGHT  # reversed by a word


ANY = st.sampled_from(
    ["contact.in", "contact.out", "offer.made", "offer.accepted", "offer.rejected", "offer.countered", "case.reopened"]
) | st.sampled_from([SENDS, SENT, BROKE, AGAIN, HAPPY, ("survey.answered", {"right": "no"})])


@given(st.lists(ANY, max_size=30), st.integers(0, 400))
def test_any_order_of_entries_has_an_outcome_that_an_entry_shows(entries: list[Any], days: int) -> None:
    """C8, SC-14: no customer is in a state that events do not prove."""
    told = story(*entries)
    now = (told[-1].at if told else START) + days * DAY
    found = outcome.of(told, now)
    if found is None:
        return
    assert found.entry in {one.pk for one in told}
    assert found.since <= now
    hurts = ("offer.rejected", "promise.broken", "complaint.returned", "survey.answered")
    assert found.failed == sum(one.kind in hurts for one in told)
    if found.state == State.HAPPY:
        assert found.why in ("case.closed", "survey.answered")  # never by time alone


@given(st.lists(ANY, max_size=20), st.lists(ANY, max_size=5))
def test_failures_are_never_forgotten(entries: list[Any], more: list[Any]) -> None:
    whole = story(*entries, *more)
    first, then = outcome.of(whole[: len(entries)], START + 99 * DAY), outcome.of(whole, START + 99 * DAY)
    assert (then.failed if then else 0) >= (first.failed if first else 0)


def noted(letter: int, *labels: str) -> tuple[str, dict[str, Any]]:
    return ("mood.noted", {"letter": letter, "labels": list(labels)})


@pytest.mark.parametrize(
    ("entries", "moods"),
    [
        ([noted(1, "livid")], {"livid"}),
        ([noted(1, "livid"), noted(2)], set()),
        ([noted(1, "warn_others"), noted(2)], {"warn_others"}),
        ([noted(1, "warn_others"), noted(2, "livid")], {"warn_others", "livid"}),
        ([noted(1, "livid", "warn_others"), noted(1, "livid")], {"livid"}),
        ([("mood.noted", {"letter": 1})], set()),
    ],
)
def test_a042_a188_a_rage_lasts_until_a_calmer_letter_and_a_warning_until_it_is_corrected(
    entries: list[Any], moods: set[str]
) -> None:
    found = outcome.of(story("contact.in", *entries), START + DAY)
    assert found is not None and found.moods == moods
    assert found.state == State.HURT, "a mood is no state"


@pytest.mark.parametrize(
    ("hours", "entries", "quick"),
    [
        (16, ["contact.in", "contact.out", SENDS, SENT], True),
        (17, ["contact.in", "contact.out", SENDS, SENT], False),
        (16, ["contact.in", "contact.out", "contact.call", HAPPY], True),
        (16, ["contact.in", "contact.out", "contact.call"], False),
        (16, ["contact.in", SENDS, SENT, AGAIN, HAPPY], False),
        (9, ["contact.in", SENDS, SENT, HAPPY, "case.reopened", "contact.out", HAPPY], False),
    ],
)
def test_c5_3_made_right_quickly_is_within_48_hours_of_their_first_word(
    hours: int, entries: list[Any], quick: bool
) -> None:
    """Clue 8, level 2; what was not right after all is counted until it is."""
    found = outcome.of(story(*entries, every=hours * HOUR), START + 30 * DAY)
    assert found is not None and found.quick is quick
