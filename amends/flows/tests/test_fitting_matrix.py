"""S4, all of it: by what a mail points at a case, how good that is, who sends it, and what its domain says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice, product

import pytest
from django.db import transaction
from pytest_django import Settings

from amends.cases import drafts, reply_tokens, timeline
from amends.cases.models import Case, Draft, Entry
from amends.channels.models import Delivery
from amends.flows import letters, reply, tasks
from amends.flows.tests.test_reply import GOOD
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint, hear, mail
from tests.effort import IN_PART

LATER = TUESDAY + timedelta(hours=2)
OSWIN = "oswin@example.net"
HOST = "mx.thimble.example"
SECRET = "x7secret: the alarm code is 4711"

WAYS = ("subject", "plus", "in-reply-to", "references", "foot")
VALUES = ("valid", "guessed", "other", "old-key", "truncated")
SENDERS = {
    "owner": "Rosalind Achterberg <rosalind@example.com>",
    "cc": "Winifred Hale <winifred@example.org>",
    "stranger": "Mallory <mallory@evil.example>",
    "agent?": "Delphine Marsh <delphine@desk.example>",
    "owner?": "Rosalind Achterberg <rosalind@example.com>",
}
"""With a question mark: somebody else who writes that address into From."""
DMARC = ("pass", "fail", "none")

# in: the case itself. new: a case of its own that may belong to it. own: a case of its own, with no link.
# A star: the sender is not confirmed.
EXPECTED = """
                owner   cc      stranger  agent?  owner?
token   pass    in      in      new       new*    in*
token   fail    in*     in*     new*      new*    in*
token   none    in      in      new       new*    in
number  pass    in      in      new       new*    new*
number  fail    new*    new*    new*      new*    new*
number  none    in      in      new       new*    in
other   pass    new     new     new       new*    new*
other   fail    new*    new*    new*      new*    new*
other   none    new     new     new       new*    new
nothing pass    own     own     own       own*    own*
nothing fail    own*    own*    own*      own*    own*
nothing none    own     own     own       own*    own
"""


def table() -> dict[tuple[str, str, str], str]:
    head, *rows = (line.split() for line in EXPECTED.strip().splitlines())
    return {(proof, dmarc, who): cell for proof, dmarc, *cells in rows for who, cell in zip(head, cells, strict=True)}


@dataclass(frozen=True)
class Scene:
    """A case with an answer to two people, one answered under a key that is retired, and somebody else's case."""

    case: Case
    other: Case
    message_ids: dict[str, str]
    plus: dict[str, str]
    feet: dict[str, str]

    def headers(self, way: str, value: str, key: str) -> dict[str, str]:
        """The parts of a mail that point there in this way."""
        parts = {
            "subject": f"About something else, {key}",
            "headers": "",
            "to": "help@thimble.example",
            "text": "Well?",
        }
        if way == "subject":
            parts["subject"] = f"Re: {key} {self._number(value)}"
        elif way == "plus":
            parts["to"] = f"Help <{self.plus[value]}>"
        elif way == "foot":
            parts["text"] = f"Well?\n\nOn Monday you wrote:\n> Dear Rosalind\n>\n> {self.feet[value]}\n"
        elif way == "in-reply-to":
            parts["headers"] = f"In-Reply-To: {self.message_ids[value]}\n"
        else:
            parts["headers"] = f"References: <unknown@mail.example.com>\n {self.message_ids[value]}\n"
        return parts

    def _number(self, value: str) -> str:
        return {
            "valid": f"[{self.case.reference}]",
            "guessed": "[A-99999]",
            "other": f"[{self.other.reference}]",
            "old-key": f"[#{self.case.pk}]",
            "truncated": f"[{self.case.reference}",
        }[value]


@pytest.fixture
def scene(cast: Cast, settings: Settings) -> Scene:
    cast.mailbox.settings |= {"authserv": HOST, "plus_addresses": True}
    cast.mailbox.save()
    case = complaint(cast, text=SECRET, headers="Cc: Winifred Hale <winifred@example.org>\n")
    other = complaint(cast, text="Mine.", key="o", sender=f"Oswin <{OSWIN}>", subject="A lamp without a shade")
    both = ["rosalind@example.com", "winifred@example.org"]
    ids, plus, feet = {}, {}, {}
    now = settings.SECRET_KEY
    for value, about, readers in (("old-key", case, both), ("valid", case, both), ("other", other, [OSWIN])):
        settings.SECRET_KEY = "a key that leaked" if value == "old-key" else now
        ids[value] = answer(about, readers).letter.message_id
        plus[value] = reply_tokens.plus_address(cast.mailbox.address, about.pk, readers)
        feet[value] = reply_tokens.foot(about.pk, readers)
    for found in (ids, plus, feet):
        found["guessed"] = forged(found["valid"])
        found["truncated"] = found["valid"].replace(signature(found["valid"]), signature(found["valid"])[:-4])
    return Scene(case, other, ids, plus, feet)


def answer(case: Case, readers: list[str]) -> Entry:
    """A letter on the case that was really sent."""
    owner = case.owner
    assert owner is not None
    draft = drafts.save(case, Draft.Kind.LETTER, drafts.Written(text=GOOD, to=readers), by=owner, now=LATER)
    reply.hold(draft, by=owner, now=LATER)
    tasks.release_held(LATER + timedelta(seconds=16))
    tasks.deliver_waiting(LATER + timedelta(seconds=16))
    return Entry.objects.filter(case=case, kind="contact.out").latest("pk")


def signature(carried: str) -> str:
    return carried.split("@")[0].rstrip("]").rpartition(".")[2]


def forged(carried: str) -> str:
    """The right case and readers under a signature that was made up."""
    return carried.replace(signature(carried), signature(carried)[:4] + "a" * 26)


def proof_of(way: str, value: str) -> str:
    if value == "other":
        return "other"
    if value != "valid":
        return "nothing"
    return "number" if way == "subject" else "token"


def results(who: str, dmarc: str) -> str:
    """What our own host says on top: of an address that was forged it looked at another domain, if at any."""
    domain = {"owner": "example.com", "cc": "example.org", "agent?": "desk.example"}.get(who, "evil.example")
    return f"Authentication-Results: {HOST};\n dmarc={dmarc} header.from={domain}\n"


def outcome(scene: Scene, entry: Entry) -> str:
    star = "*" if entry.data.get("unconfirmed") else ""
    if entry.case_id == scene.case.pk:
        return f"in{star}"
    if entry.case.may_belong_to_id in (scene.case.pk, scene.other.pk):
        return f"new{star}"
    return f"own{star}"


@pytest.mark.long
def test_every_way_every_value_every_sender_every_result_goes_where_the_table_says(cast: Cast, scene: Scene) -> None:
    expected = table()
    wrong: list[str] = []
    tried = 0
    # A step that shares no divisor with the lengths still meets every sender with every result.
    for way, value, who, dmarc in islice(product(WAYS, VALUES, SENDERS, DMARC), 0, None, 8 if IN_PART else 1):
        tried += 1
        found = _try(cast, scene, way, value, who, dmarc)
        wanted = expected[proof_of(way, value), dmarc, who]
        if found != wanted:
            wrong.append(f"{way} {value} from {who}, DMARC {dmarc}: {found}, not {wanted}")
    assert tried == (47 if IN_PART else 375)
    assert wrong == []


def _try(cast: Cast, scene: Scene, way: str, value: str, who: str, dmarc: str) -> str:
    """Takes one mail in, looks at everything it may not have done, and undoes it."""
    parts = scene.headers(way, value, "matter")
    headers = f"{results(who, dmarc)}Reply-To: mallory@evil.example\n{parts.pop('headers')}"
    sent = Delivery.objects.count()
    with transaction.atomic():
        entry = hear(cast.mailbox, mail(key="try", sender=SENDERS[who], headers=headers, **parts), LATER)
        assert entry is not None
        found = outcome(scene, entry)
        assert (entry.kind, entry.actor, entry.member) == ("contact.in", Entry.Actor.CUSTOMER, None)
        assert Delivery.objects.count() == sent
        if not found.startswith("in"):
            assert not scene.case.entries.filter(pk__gte=entry.pk).exists()
            assert SECRET not in answer_text(entry, cast.delphine)
        if entry.case.may_belong_to_id:
            assert entry.case.may_belong_to == (scene.other if value == "other" else scene.case)
        transaction.set_rollback(True)
    return found


def answer_text(entry: Entry, author: Member) -> str:
    """What a letter to the sender would say of the case."""
    draft = Draft(case=entry.case, author=author, text="Hello.", to=[entry.letter.sender["address"]])
    return letters.compose(draft, timeline.last_letter(entry.case, "contact.in"), LATER).text


@pytest.mark.parametrize("read", [reply_tokens.in_message_id, reply_tokens.in_address])
def test_a_token_is_good_only_where_it_was_put(
    read: Callable[[str], reply_tokens.ReplyToken | None],
) -> None:
    message_id = reply_tokens.message_id("7", 5, ["a@example.com"], "shop.example")
    plus = reply_tokens.plus_address("help@shop.example", 5, ["a@example.com"])
    foot = reply_tokens.foot(5, ["a@example.com"])
    core = ".".join(plus.split("@")[0].split("+")[1].split("."))
    assert [bool(reply_tokens.in_message_id(message_id)), bool(reply_tokens.in_address(plus))] == [True, True]
    assert [token.case_id for token in reply_tokens.in_text(f"> {foot}")] == [5]
    assert reply_tokens.in_text(f"[A-{core}]") == []
    assert read(f"<amends.7.{core}@shop.example>") is None
    assert read(f"help+{foot[3:-1]}@shop.example") is None


def test_a_key_is_accepted_as_long_as_it_is_listed(settings: Settings) -> None:
    first = settings.SECRET_KEY
    given = reply_tokens.message_id("7", 5, ["a@example.com"], "shop.example")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key", [first]
    assert reply_tokens.in_message_id(given) is not None
    renewed = reply_tokens.message_id("7", 5, ["a@example.com"], "shop.example")
    assert renewed != given
    settings.SECRET_KEY_FALLBACKS = []
    assert reply_tokens.in_message_id(given) is None
    assert reply_tokens.in_message_id(renewed) is not None
