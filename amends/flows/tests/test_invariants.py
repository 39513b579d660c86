"""Architecture §1, law 1: an open case has exactly one next step, and it belongs to somebody who works here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases import drafts
from amends.cases.models import Case, Closure, Draft, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Absence, Promise
from amends.flows import closing, handover, merging, note, promising, rehoming, reply, starting, steps
from tests.cast import TUESDAY, Cast, complaint, hear, mail
from tests.effort import examples


class Undo(Exception):
    """Ends an example and takes everything back."""


@dataclass
class World:
    """What a run of deeds works on."""

    cast: Cast
    case: Case
    now: datetime = TUESDAY
    count: int = field(default=10)

    def fresh(self) -> Case:
        self.case = Case.objects.get(pk=self.case.pk)
        while self.case.merged_into is not None:
            self.case = self.case.merged_into
        return self.case


def customer_writes(world: World) -> None:
    world.count += 1
    hear(
        world.cast.mailbox,
        mail(f"Word {world.count}.", key=str(world.count), headers="In-Reply-To: <1@mail.example.com>\n"),
        world.now,
    )


def another_matter(world: World) -> None:
    world.count += 1
    hear(world.cast.mailbox, mail("Else.", key=str(world.count), subject=f"Matter {world.count}"), world.now)


def answer(world: World) -> None:
    case, by = world.fresh(), world.cast.delphine
    written = drafts.Written(text="I am sorry. I write to you tomorrow.", to=["rosalind@example.com"])
    draft = drafts.save(case, Draft.Kind.LETTER, written, by=by, now=world.now)
    drafts.hold(draft, until=world.now, by=by)
    reply.release(draft.pk, world.now)


def call(world: World) -> None:
    starting.write_up_call(world.fresh(), "She was kind.", by=world.cast.bo, now=world.now)


def promise(world: World) -> None:
    word = promises.Word("ring her", world.now + timedelta(hours=3), Promise.Kind.OTHER)
    promising.give(world.fresh(), word, promisor=world.cast.bo, by=world.cast.bo, now=world.now)


def keep(world: World) -> None:
    owed = promises.owed(world.fresh()).first()
    if owed:
        promising.keep(owed, by=world.cast.bo, now=world.now, evidence="spoke to her")


def let_off(world: World) -> None:
    owed = promises.owed(world.fresh()).last()
    if owed:
        promising.let_off(owed, "she said so", by=world.cast.bo, now=world.now)


def done(world: World) -> None:
    steps.done(world.fresh(), None, by=world.cast.delphine, now=world.now, how="done")


def done_and_next(world: World) -> None:
    after = steps.Next("send the vase", world.now + timedelta(days=1), world.cast.bo)
    steps.done(world.fresh(), after, by=world.cast.delphine, now=world.now, how="done")


def not_now(world: World) -> None:
    steps.not_now(world.fresh(), world.now + timedelta(days=2), "she is away", by=world.cast.bo, now=world.now)


def hand_over(world: World) -> None:
    case = world.fresh()
    to = world.cast.bo if case.owner != world.cast.bo else world.cast.delphine
    handover.hand_over(case, to, "All is said.", by=world.cast.ines, now=world.now)


def owner_goes_away(world: World) -> None:
    owner = world.fresh().owner
    assert owner is not None
    Absence.objects.create(member=owner, starts=world.now, ends=world.now + timedelta(days=3))


def sweep(world: World) -> None:
    rehoming.rehome(world.now, 50)


def close(world: World) -> None:
    closing.close(world.fresh(), "answered", by=world.cast.delphine, now=world.now)


def reopen(world: World) -> None:
    closing.reopen(world.fresh(), by=world.cast.delphine, now=world.now, why="she rang")


def merge(world: World) -> None:
    target = world.fresh()
    source = Case.objects.filter(merged_into=None).exclude(pk=target.pk).first()
    if source:
        merging.merge(source, target, by=world.cast.delphine, now=world.now)


def split(world: World) -> None:
    case = world.fresh()
    entry = Entry.objects.filter(case=case, kind="contact.in").last()
    if entry:
        merging.split(case, [entry], "Its own matter", by=world.cast.delphine, now=world.now)


def write_note(world: World) -> None:
    note.write(world.fresh(), "Look at this, @Bo.", by=world.cast.delphine, now=world.now)


DEEDS: list[Callable[[World], None]] = [
    customer_writes,
    another_matter,
    answer,
    call,
    promise,
    keep,
    let_off,
    done,
    done_and_next,
    not_now,
    hand_over,
    owner_goes_away,
    sweep,
    close,
    reopen,
    merge,
    split,
    write_note,
]
REFUSALS = (
    closing.ClosingError,
    handover.HandoverError,
    merging.MergeError,
    promises.PromiseError,
    steps.StepError,
    drafts.DraftTaken,
)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=9))
def test_whatever_happens_an_open_case_has_exactly_one_next_step(
    cast: Cast, deeds: list[Callable[[World], None]]
) -> None:
    with suppress(Undo), transaction.atomic():
        world = World(cast, complaint(cast))
        for deed in deeds:
            world.now += timedelta(minutes=37)
            with suppress(*REFUSALS), transaction.atomic():
                deed(world)
            look(cast)
        raise Undo


def look(cast: Cast) -> None:
    working = {cast.marguerite.pk, cast.ines.pk, cast.delphine.pk, cast.bo.pk}
    for case in Case.objects.all():
        step = NextStep.objects.filter(case=case).first()
        closed = Closure.objects.filter(case=case).exists() or case.merged_into_id
        if closed:
            assert step is None
            continue
        assert step is not None, "an open case has a next step"
        assert step.who_id in working, "it belongs to somebody who works here"
        assert case.owner_id in working
        owed = promises.owed(case).first()
        assert owed is not None, "what comes next is always owed"
        assert (step.promise_id, step.by) == (owed.pk, owed.due), "it is the earliest thing owed"
    recorded = Entry.objects.filter(kind="step.set").count()
    assert recorded >= NextStep.objects.count()
