"""Messages that may have to do with each other are never taken in together, and keep their order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amends.channels import inbox
from amends.channels.message import Address, IncomingMessage
from amends.channels.models import Kept
from amends.flows import tasks
from amends.flows.apart import TOGETHER_BYTES, apart
from amends.flows.intake import Read
from tests.cast import TUESDAY, Cast, mail

Told = tuple[str, str, str]
"""Who wrote, the Message-ID, the one that it answers."""


def found(*told: Told) -> list[tuple[Kept, Read | Exception]]:
    messages = (
        IncomingMessage(sender=Address("", sender), message_id=own, in_reply_to=answers)
        for sender, own, answers in told
    )
    return [(Kept(pk=number), Read(number, message, "")) for number, message in enumerate(messages)]


def numbers(batches: list[list[tuple[Kept, Read | Exception]]]) -> list[list[int]]:
    return [[kept.pk for kept, _ in batch] for batch in batches]


def test_an_answer_waits_for_what_it_answers_and_a_second_letter_for_the_first() -> None:
    told = found(
        ("a@b", "<1>", ""), ("c@d", "<2>", "<1>"), ("A@b", "<3>", ""), ("e@f", "<4>", "<2>"), ("g@h", "<5>", "")
    )
    assert numbers(list(apart(told, 10))) == [[0, 4], [1, 2], [3]]


def test_one_that_could_not_be_read_waits_for_nothing() -> None:
    told = [*found(("a@b", "<1>", ""), ("a@b", "<2>", "")), (Kept(pk=9), OSError())]
    assert numbers(list(apart(told, 10))) == [[0, 9], [1]]


def test_large_messages_are_few_at_a_time() -> None:
    told = found(*((f"{number}@b", f"<{number}>", "") for number in range(5)))
    for kept, _ in told:
        kept.size = TOGETHER_BYTES // 2
    assert numbers(list(apart(told, 10))) == [[0, 1], [2, 3], [4]]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("1234"), st.sampled_from(["", *"1234"])), max_size=30),
    st.integers(1, 5),
)
def test_none_is_lost_none_is_doubled_and_whatever_hangs_together_stays_in_order(told: list[Told], most: int) -> None:
    batches = numbers(list(apart(found(*told), most)))
    names = [{name for name in (sender, own, answers) if name} for sender, own, answers in told]
    order = [number for batch in batches for number in batch]
    assert sorted(order) == list(range(len(told)))
    assert all(len(batch) <= most for batch in batches)
    for batch in batches:
        assert all(names[one].isdisjoint(names[other]) for one in batch for other in batch if one < other)
    places = {number: place for place, number in enumerate(order)}
    for later in range(len(told)):
        assert all(places[one] < places[later] for one in range(later) if not names[one].isdisjoint(names[later]))


def test_a_letter_and_its_answer_that_came_together_are_one_case(cast: Cast) -> None:
    first, answer = mail(key="1"), mail("More.", key="2", headers="In-Reply-To: <1@mail.example.com>\n")
    inbox.keep_all(cast.mailbox, [inbox.Offered(raw, "test") for raw in (first, answer)], now=TUESDAY)
    assert tasks.take_in_waiting(TUESDAY) == 2
    one, other = (kept.entry for kept in Kept.objects.select_related("entry").order_by("pk"))
    assert one is not None and other is not None
    assert one.case_id == other.case_id and one.pk < other.pk
