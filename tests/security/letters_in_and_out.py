"""The checks of `test_advisories` that are about letters: who may continue, steer, name or leak what (S4 to S32)."""

from __future__ import annotations

import email
import io
import json
import secrets
import string
import zipfile
from dataclasses import replace
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from amends.cases import reply_tokens
from amends.cases.models import Case, Entry
from amends.channels.email import addresses
from amends.channels.email.addresses import AddressList
from amends.channels.email.compose import compose
from amends.channels.email.read import read
from amends.channels.email.tests.test_compose import LETTER
from amends.channels.message import Address, ChannelError
from amends.channels.models import Account, Delivery, Kept
from amends.config import masking
from amends.desk.live import ticket
from amends.flows import exporting, page_links, tasks
from amends.flows.page_links import Opened
from amends.flows.tests.test_control_headers import taken_in
from amends.kit import html, tokens
from amends.kit.personal import Subject
from amends.people import inviting
from amends.people.models import Customer, Member
from amends.portal import stamps
from tests.cast import TUESDAY, Cast, complaint, hear, mail

STRANGER = "Mallory <mallory@evil.example>"
QUESTIONS = [
    "%",
    "_%_",
    "*",
    '"',
    "'",
    "\\",
    "' OR 1=1 --",
    '" OR "a',
    "x* OR folded:x",
    "NEAR(",
    "{",
    "(",
    "-x",
    "a:b",
]


def s04_a_stranger_continues_nobodys_case(cast: Cast) -> None:
    case = complaint(cast)
    for number, headers in enumerate(("", "In-Reply-To: <1@mail.example.com>\n")):
        subject = f"Re: The flowers [{case.reference}]"
        entry = hear(cast.mailbox, mail(key=f"s{number}", sender=STRANGER, subject=subject, headers=headers))
        assert entry is not None and entry.case_id != case.pk


def s05_a_claim_opens_nothing_but_its_own_words(cast: Cast) -> None:
    """Whoever only says that an address is theirs reads nothing that was written from it."""
    case = complaint(cast, text="The code that you sent is x7canary.")
    mine = hear(cast.mailbox, mail(key="2", text="What became of it?", subject=f"Re: x [{case.reference}]"))
    assert mine is not None and mine.case_id == case.pk
    link = page_links.claim_for(mine, timezone.now())
    for path in (f"/c/{link}/", f"/c/{link}/all/"):
        assert "x7canary" not in Client().get(path).content.decode()


def s06_no_header_steers_the_desk(cast: Cast) -> None:
    complaint(cast)
    plain = taken_in(cast, "")
    for header in ("X-Amends-Owner: callum@desk.example", "RT-Ticket: 1", "X-Zammad-Ignore: true", "X-Spam-Flag: YES"):
        assert taken_in(cast, f"{header}\n") == plain


def s09_a_question_is_only_words(cast: Cast) -> None:
    complaint(cast, text="x7canary a b x")
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.callum)
    for question in QUESTIONS:
        answer = browser.get("/find/", {"q": question})
        assert answer.status_code == 200 and "x7canary" not in answer.content.decode()


def s11_a_consent_that_was_not_begun_here_asks_nobody(cast: Cast) -> None:
    sealed = {"auth": "google", "client_id": "desk-1"}
    account = Account.objects.create(
        brand=cast.thimble, kind=Account.Kind.EMAIL, name="Orders", address="orders@thimble.example", settings=sealed
    )
    asked: list[str] = []

    def exchange(code: str, *_rest: object, **_more: object) -> None:
        asked.append(code)
        raise ChannelError("not in a test", permanent=True)

    admin = Client()
    admin.force_login(cast.marguerite)
    admin.post(f"/settings/mail/{account.pk}/consent/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("amends.channels.email.oauth.exchange", exchange)
        admin.get("/settings/mail/agreed/", {"state": "of another site", "code": "x"})
    assert asked == []


def s14_a_letter_has_the_headers_that_we_wrote(cast: Cast) -> None:
    for end in ("\r\n", "\n", "\r", "\x00", "\x0b", "\x85", "\u2028", "=?utf-8?q?=0D=0A?="):
        said = f"Your order{end}Bcc: x7canary@evil.example"
        letter = replace(
            LETTER, subject=said, to=(Address(said, "ann@mail.example"),), sender=Address(said, "a@b.example")
        )
        read_back = email.message_from_bytes(compose(letter))
        assert "bcc" not in read_back and len(read_back.keys()) == len(set(read_back.keys()))


_PERSONS = [
    "ceo@bank.example",
    "<ceo@bank.example>",
    "ceo@bank.example,",
    "Chief (ceo@bank.example)",
    '\\"ceo@bank.example',
]
_SHAPES = ['"{}" <m@evil.example>', '"{} \\" x" <m@evil.example>', "({}) <m@evil.example>", "<m@evil.example> ({})"]
_SPACES = ["", " ", "\t", "\r\n ", "\x00", "\u200b", "  "]
NAMED = [
    before + shape.format(person) + after
    for person, shape, before, after in product(_PERSONS, _SHAPES, _SPACES, _SPACES[:3])
]


def s15_a_name_is_no_address(cast: Cast) -> None:
    assert len(set(NAMED)) >= 300
    for value in NAMED:
        first = addresses.parse(value).addresses[0]
        assert first.address.rpartition("@")[2] == "evil.example", value


def s16_no_machine_is_answered(cast: Cast) -> None:
    for number, headers in enumerate(
        ("Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "List-Id: <x.example>\n")
    ):
        assert hear(cast.mailbox, mail(key=f"m{number}", headers=headers)) is None
    assert hear(cast.mailbox, mail(key="own", sender=cast.mailbox.address)) is None
    tasks.acknowledge_waiting(timezone.now())
    assert not Delivery.objects.exists() and Kept.objects.filter(state=Kept.State.IGNORED).count() == 4


def s22_nothing_can_be_guessed(cast: Cast) -> None:
    """At least 128 bits that a stranger does not know stand in everything that opens a door."""
    case = complaint(cast)
    somebody = Member.objects.create_user("new@desk.example", None, name="Somebody")
    made = [
        [inviting.invite(somebody, by=cast.marguerite, now=TUESDAY) for _ in range(50)],
        [tokens.make("x7", number, 1, TUESDAY).rpartition(".")[2] for number in range(50)],
        [_key_of(stamps.make(TUESDAY)) for _ in range(50)],
        [ticket.make(number).rpartition(":")[2] for number in range(50)],
        [reply_tokens.foot(case.pk, [f"{number}@x.example"])[-27:-1] for number in range(50)],
    ]
    for some in made:
        assert len(set(some)) == 50 and min(map(_bits, some)) >= 128


def _key_of(stamp: str) -> str:
    opened = stamps.read(stamp)
    assert opened is not None
    return opened.key


def _bits(text: str) -> int:
    """As many as there would be if its letters were chosen among those that it may be made of."""
    for letters, bits in ((string.hexdigits, 4), (string.ascii_lowercase + string.digits, 5)):
        if set(text) <= set(letters):
            return len(text) * bits
    return len(text) * 6


def s24_no_secret_is_logged(cast: Cast) -> None:
    # One that nobody has opened yet: those are left out by themselves (`kit.hushed`).
    canary = secrets.token_hex(8)
    for said in (
        {"password": canary},
        {"event": f"smtp://help:{canary}@mail.example"},
        {"event": f"/join/{canary}-{canary}/"},
        {"headers": {"Authorization": f"Bearer {canary}"}},
        {"exception": f"AUTH PLAIN {canary}aaaaaaaa"},
    ):
        assert canary not in json.dumps(masking.masked(None, "", dict(said)), default=str)


def s27_what_is_too_deep_is_never_parsed(cast: Cast) -> None:
    assert "<div><div>" not in html.sanitise("<div>" * 3000 + "x")


def s28_a_mail_is_read_to_a_depth_and_no_further(cast: Cast) -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1000))
    many = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: image/png\n\nx\n" * 3000
    for raw, problem in ((deep, "nested_too_deep"), (many, "too_many_parts")):
        message = read(b"From: a@b.example\nSubject: x\n" + raw)
        assert problem in message.problems and len(message.attachments) <= 500


def s32_an_export_holds_one_person(cast: Cast) -> None:
    complaint(cast)
    hear(cast.mailbox, mail(key="t", sender="Tove <tove@example.com>", text="I am x7canary, nobody else."))
    written = io.BytesIO()
    exporting.export(cast.rosalind, written, TUESDAY)
    with zipfile.ZipFile(written) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Winifred" in whole and b"x7canary" not in whole


def a_claim_that_opens_the_case(opened: tokens.Token) -> Opened:
    return Opened(Entry.objects.get(pk=opened.subject).case)


def the_first_thing_with_an_at(value: str) -> AddressList:
    words = (word.strip('<>()",\\') for word in value.split())
    return AddressList((Address("", next(word for word in words if "@" in word)),))


def everybody(customer: Customer) -> Subject:
    return Subject(customer.pk, Case.objects.values("pk"), Entry.objects.values("pk"))
