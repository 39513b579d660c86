"""Members are told what they must know: when, by which ways, never in a flood (SL4, ES1)."""

from __future__ import annotations

import base64
import hmac
import itertools
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import override_settings

from amends.cases.models import Case
from amends.channels import push
from amends.channels.models import Account
from amends.clock.alarms import raise_alarm
from amends.clock.models import Absence, Alarm
from amends.flows import telling
from amends.flows.tests import listening_program
from amends.flows.tests.listening_program import Program
from amends.kit import secrets
from amends.people.models import Browser, Member, Notice, Telling
from tests.cast import TUESDAY, Cast, complaint
from tests.peers.accounts import smtp_fields
from tests.peers.smtp import SmtpPeer

pytestmark = [pytest.mark.django_db, pytest.mark.server]

MINUTE = timedelta(minutes=1)
NIGHT = TUESDAY + timedelta(hours=16)
MORNING = TUESDAY.replace(hour=9) + timedelta(days=1)


@pytest.fixture
def program() -> Iterator[Program]:
    with listening_program.running() as found, override_settings(HOOK_HOSTS=["127.0.0.1"]):
        yield found


def hooked(member: Member, program: Program, **more: Any) -> Telling:
    sealed = secrets.seal({"secret": "whsec_shared"})
    return Telling.objects.create(member=member, mail=False, hook=f"{program.url}/here", sealed=sealed, **more)


def bodies(program: Program) -> list[dict[str, Any]]:
    return [json.loads(one.content) for one in program.posted]


def work(now: datetime) -> None:
    """As the worker does."""
    telling.tell(now, 50)
    telling.send(now, 50)


def test_sl4_whoever_works_is_told_at_once_and_once(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    case = complaint(cast)
    raise_alarm(cast.delphine, "promise.half", TUESDAY, case)
    work(TUESDAY)
    work(TUESDAY + 10 * MINUTE)
    (body,) = bodies(program)
    assert body["lines"][0]["code"] == "promise.half" and body["lines"][0]["case"] == case.reference
    assert "Rosalind" not in str(body) and case.title not in str(body), "it may stand on a locked screen"


def test_what_is_posted_is_signed_over_its_time_and_body(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    raise_alarm(cast.delphine, "promise.half", TUESDAY, complaint(cast))
    work(TUESDAY)
    (posted,) = program.posted
    at = int(TUESDAY.timestamp())
    signed = hmac.new(b"whsec_shared", str(at).encode() + b"." + posted.content, "sha256").hexdigest()
    assert posted.headers["amends-signature"] == f"t={at},v1={signed}"
    assert posted.headers["amends-delivery"] == str(Notice.objects.get().pk)


def test_several_within_minutes_are_one_message(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    case = complaint(cast)
    raise_alarm(cast.delphine, "promise.half", TUESDAY, case)
    work(TUESDAY)
    for number in range(5):
        raise_alarm(cast.delphine, "promise.broken", TUESDAY + MINUTE, case, promise=number)
    work(TUESDAY + MINUTE)
    assert len(program.posted) == 1, "the rest is gathered"
    work(TUESDAY + 5 * MINUTE)
    assert [len(body["lines"]) for body in bodies(program)] == [1, 5]


def test_sl4_what_comes_up_at_night_is_one_message_in_the_morning(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    case = complaint(cast)
    for number in range(3):
        raise_alarm(cast.delphine, "promise.broken", NIGHT + number * MINUTE, case, promise=number)
    work(NIGHT + 30 * MINUTE)
    assert not program.posted
    work(MORNING)
    assert [body["title"] for body in bodies(program)] == ["3 things need you"]


def test_sl4_severity_five_is_told_at_night(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(severity=Case.Severity.SAFETY)
    case.refresh_from_db()
    raise_alarm(cast.delphine, "promise.broken", NIGHT, case)
    raise_alarm(cast.delphine, "promise.half", NIGHT)
    work(NIGHT)
    assert [line["code"] for body in bodies(program) for line in body["lines"]] == ["promise.broken"]


def test_whoever_went_away_meanwhile_is_told_when_back(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    raise_alarm(cast.delphine, "promise.half", TUESDAY, complaint(cast))
    Absence.objects.create(member=cast.delphine, starts=TUESDAY, ends=TUESDAY + timedelta(days=3))
    work(TUESDAY + MINUTE)
    assert not program.posted
    assert Alarm.objects.get().tell_at > TUESDAY + timedelta(days=2)


def test_a_program_that_is_busy_is_asked_again_and_one_that_refuses_is_not(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    program.answers = [503]
    raise_alarm(cast.delphine, "promise.half", TUESDAY, complaint(cast))
    work(TUESDAY)
    waiting = Notice.objects.get()
    assert waiting.arrived_at is None and waiting.said == "It answered 503."
    assert waiting.next_try_at is not None and MINUTE <= waiting.next_try_at - TUESDAY <= 2 * MINUTE
    work(TUESDAY + 2 * MINUTE)
    assert Notice.objects.get().arrived_at == TUESDAY + 2 * MINUTE
    assert program.posted[0].headers["amends-delivery"] == program.posted[1].headers["amends-delivery"]
    program.answers = [400]
    raise_alarm(cast.delphine, "promise.broken", TUESDAY + 20 * MINUTE)
    work(TUESDAY + 20 * MINUTE)
    refused = Notice.objects.order_by("-pk")[0]
    assert (refused.next_try_at, refused.arrived_at) == (None, None)


def test_s10_a_webhook_into_our_own_network_is_not_called(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    raise_alarm(cast.delphine, "promise.half", TUESDAY, complaint(cast))
    with override_settings(HOOK_HOSTS=[]):
        work(TUESDAY)
    assert not program.posted and Notice.objects.get().next_try_at is None


def test_a_browser_can_read_what_is_pushed_and_knows_that_it_is_us(cast: Cast, program: Program) -> None:
    """RFC 8291 and 8292, with a browser's own half of the keys."""
    key = ec.generate_private_key(ec.SECP256R1())
    case = complaint(cast)
    allowed(cast.delphine, program, key)
    Telling.objects.create(member=cast.delphine, mail=False)
    raise_alarm(cast.delphine, "promise.broken", TUESDAY, case)
    work(TUESDAY)
    (posted,) = program.posted
    opened = http_ece.decrypt(posted.content, private_key=key, auth_secret=AUTH, version="aes128gcm")
    told = json.loads(opened)
    assert told["title"] == f"{case.reference} A promise was broken." and told["url"].endswith(f"/cases/{case.pk}/")
    token, public = (part.partition("=")[2] for part in posted.headers["authorization"][6:].split(", "))
    point = base64.urlsafe_b64decode(public + "==")
    mine = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    claims = jwt.decode(token, mine, algorithms=["ES256"], audience=program.url, options={"verify_exp": False})
    assert claims["exp"] - TUESDAY.timestamp() <= 24 * 3600 and public == push.public_key()
    assert posted.headers["ttl"] and posted.headers["content-encoding"] == "aes128gcm"


def test_a_push_is_the_very_bytes_of_rfc_8291(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its example (section 5), so that any browser opens it, and not only the library that we seal with."""
    once = ec.derive_private_key(int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), ec.SECP256R1())
    theirs = {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    }
    monkeypatch.setattr("amends.channels.push.os.urandom", lambda size: raw("DGv6ra1nlYgDCS1FRnbzlw")[:size])
    monkeypatch.setattr("amends.channels.push.ec.generate_private_key", lambda curve: once)
    sealed = push.encrypted(b"When I grow up, I want to be a watermelon", theirs)
    assert base64.urlsafe_b64encode(sealed).decode().rstrip("=") == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
        "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize(("address", "named"), [("https://desk.example", True), ("http://127.0.0.1:8000", False)])
def test_a_push_service_is_told_whom_to_ask_by_an_address_that_it_takes(
    cast: Cast, program: Program, address: str, named: bool
) -> None:
    """RFC 8292, section 2.1: an https address, and no other."""
    allowed(cast.delphine, program, ec.generate_private_key(ec.SECP256R1()))
    raise_alarm(cast.delphine, "promise.broken", TUESDAY, complaint(cast))
    with override_settings(BASE_URL=address):
        work(TUESDAY)
    (posted,) = program.posted
    token = posted.headers["authorization"].partition("t=")[2].partition(",")[0]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims.get("sub") == (address if named else None)


@pytest.mark.parametrize(("answer", "again"), [(429, True), (503, True), (413, False), (400, False)])
def test_a_push_service_that_is_busy_is_asked_again_and_no_browser_is_lost(
    cast: Cast, program: Program, answer: int, again: bool
) -> None:
    """RFC 8030, sections 7.2 and 8.4."""
    allowed(cast.delphine, program, ec.generate_private_key(ec.SECP256R1()))
    Telling.objects.create(member=cast.delphine, mail=False)
    program.answers = [answer]
    raise_alarm(cast.delphine, "promise.broken", TUESDAY, complaint(cast))
    work(TUESDAY)
    assert (Notice.objects.get().next_try_at is not None) is again
    assert Browser.objects.exists()
    work(TUESDAY + 2 * MINUTE)
    assert (Notice.objects.get().arrived_at is not None) is again


@pytest.mark.parametrize("gone", [404, 410])
def test_whoever_has_no_browser_left_is_told_by_mail(cast: Cast, program: Program, gone: int) -> None:
    allowed(cast.delphine, program, ec.generate_private_key(ec.SECP256R1()))
    Telling.objects.create(member=cast.delphine, mail=False)
    program.answers = [gone]
    raise_alarm(cast.delphine, "promise.broken", TUESDAY, complaint(cast))
    work(TUESDAY)
    left = Notice.objects.get()
    assert (left.way, left.body["lines"][0]["code"]) == (Notice.Way.MAIL, "promise.broken")
    assert Telling.objects.get().mail, "and what comes up next, too"
    assert not Browser.objects.exists()


def test_whoever_has_another_way_left_is_not_told_twice(cast: Cast, program: Program) -> None:
    allowed(cast.delphine, program, ec.generate_private_key(ec.SECP256R1()))
    hooked(cast.delphine, program)
    program.answers = [410, 410]
    raise_alarm(cast.delphine, "promise.broken", TUESDAY, complaint(cast))
    work(TUESDAY)
    assert {one.way for one in Notice.objects.all()} == {Notice.Way.HOOK}
    assert not Telling.objects.get().mail


def test_a_browser_that_is_gone_is_forgotten(cast: Cast, program: Program) -> None:
    allowed(cast.delphine, program, ec.generate_private_key(ec.SECP256R1()))
    Telling.objects.create(member=cast.delphine, mail=False)
    program.answers = [410]
    raise_alarm(cast.delphine, "promise.broken", TUESDAY, complaint(cast))
    work(TUESDAY)
    assert not Browser.objects.exists()


def test_by_mail_unless_one_chose_otherwise(cast: Cast, smtp_peer: SmtpPeer) -> None:
    Account.objects.exclude(pk=cast.mailbox.pk).update(active=False)
    fields = {"imap_host": "localhost", "imap_user": "x", **smtp_fields(smtp_peer)}
    Account.objects.filter(pk=cast.mailbox.pk).update(
        kind="email", settings=fields, sealed=secrets.seal({"password": "x", "smtp_password": smtp_peer.password})
    )
    case = complaint(cast)
    raise_alarm(cast.delphine, "promise.half", TUESDAY, case)
    work(TUESDAY)
    (letter,) = smtp_peer.letters
    assert letter.recipients == ("delphine@desk.example",)
    assert b"Auto-Submitted: auto-" in letter.raw and f"/cases/{case.pk}/".encode() in letter.raw


def test_sl4_a_flood_to_one_holds_up_nobody_and_least_of_all_what_cannot_wait(cast: Cast, program: Program) -> None:
    for member in (cast.bo, cast.delphine, cast.ines):
        hooked(member, program)
    case = complaint(cast)
    raise_alarm(cast.bo, "promise.half", TUESDAY, case)
    work(TUESDAY)
    for number in range(300):
        raise_alarm(cast.bo, "promise.broken", TUESDAY + MINUTE, case, promise=number)
    raise_alarm(cast.ines, "promise.half", TUESDAY + MINUTE, case)
    raise_alarm(cast.delphine, "promise.half", TUESDAY + MINUTE, grave(complaint(cast, key="2", subject="Gas")))
    work(TUESDAY + MINUTE)
    assert heard(program) == [cast.bo.pk, cast.delphine.pk, cast.ines.pk]
    while telling.tell(TUESDAY + 6 * MINUTE, 50):
        pass
    assert len(Notice.objects.filter(member=cast.bo)) == 2, "no flood for whom they are meant, either"


def test_sl4_what_cannot_wait_goes_first_of_many(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    case = complaint(cast)
    for number in range(60):
        raise_alarm(cast.bo, "promise.broken", TUESDAY, case, promise=number)
    raise_alarm(cast.delphine, "promise.half", TUESDAY + MINUTE, grave(complaint(cast, key="2", subject="Gas")))
    work(TUESDAY + MINUTE)
    assert heard(program) == [cast.delphine.pk]


def test_whoever_went_away_with_many_waiting_holds_up_nobody(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    case = complaint(cast)
    for number in range(60):
        raise_alarm(cast.bo, "promise.broken", TUESDAY, case, promise=number)
    raise_alarm(cast.delphine, "promise.half", TUESDAY + MINUTE, case)
    Absence.objects.create(member=cast.bo, starts=TUESDAY, ends=TUESDAY + timedelta(days=3))
    assert telling.tell(TUESDAY + MINUTE, 50) == 60, "settled, all of them, and looked again at once"
    work(TUESDAY + MINUTE)
    assert heard(program) == [cast.delphine.pk]


def test_a_message_that_cannot_be_made_does_not_stop_the_others(cast: Cast, program: Program) -> None:
    for member in (cast.bo, cast.delphine):
        hooked(member, program)
        raise_alarm(member, "promise.half", TUESDAY, complaint(cast, key=str(member.pk), subject=member.name))
    telling.tell(TUESDAY, 50)
    Notice.objects.filter(member=cast.bo).update(body={}, next_try_at=TUESDAY - MINUTE)
    Telling.objects.filter(member=cast.bo).update(hook="", mail=True)
    Notice.objects.filter(member=cast.bo).update(way=Notice.Way.MAIL)
    telling.send(TUESDAY, 50)
    assert heard(program) == [cast.delphine.pk]
    bad = Notice.objects.get(member=cast.bo)
    assert bad.tries == 1 and bad.next_try_at is not None and bad.next_try_at > TUESDAY


def test_a_message_taken_up_late_in_a_turn_is_leased_from_then(
    cast: Cast, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for member in (cast.bo, cast.delphine):
        hooked(member, program)
        raise_alarm(member, "promise.half", TUESDAY, complaint(cast, key=str(member.pk), subject=member.name))
    telling.tell(TUESDAY, 50)
    seconds = iter([0.0, 0.0, 15.0])
    monkeypatch.setattr(telling, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    leased: list[datetime | None] = []

    def stuck(notice: Notice, now: datetime) -> None:
        leased.append(Notice.objects.get(pk=notice.pk).next_try_at)

    monkeypatch.setattr(telling, "_try", stuck)
    telling.send(TUESDAY, 50)
    assert leased == [TUESDAY + telling.LEASE, TUESDAY + timedelta(seconds=15) + telling.LEASE]


def test_programs_that_do_not_answer_do_not_keep_what_is_new_waiting(
    cast: Cast, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        body = {"title": str(number), "lines": [], "url": ""}
        Notice.objects.create(member=cast.bo, way="hook", body=body, made_at=TUESDAY, next_try_at=TUESDAY, tries=1)
    seconds, tried = itertools.count(0, 15), list[str]()
    monkeypatch.setattr(telling, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    monkeypatch.setattr(telling, "_try", lambda notice, _now: tried.append(notice.body["title"]))
    assert telling.send(TUESDAY, 50) == 50, "it looks again at once"
    assert tried == ["0"]
    new = {"title": "new", "lines": [], "url": ""}
    Notice.objects.create(member=cast.ines, way="mail", body=new, made_at=TUESDAY, next_try_at=TUESDAY + MINUTE)
    telling.send(TUESDAY + MINUTE, 50)
    assert tried == ["0", "new"]


def grave(case: Case) -> Case:
    case.severity = Case.Severity.SAFETY
    case.save(update_fields=["severity"])
    return case


def heard(program: Program) -> list[int]:
    return [body["member"] for body in bodies(program)]


AUTH = b"sixteen bytes ok"


def allowed(member: Member, program: Program, key: ec.EllipticCurvePrivateKey) -> Browser:
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    text = {
        name: base64.urlsafe_b64encode(raw).decode().rstrip("=") for name, raw in (("p256dh", point), ("auth", AUTH))
    }
    sealed = secrets.seal(push.keys_of(text))
    return Browser.objects.create(member=member, endpoint=f"{program.url}/push/1", sealed=sealed, since=TUESDAY)


def test_what_was_told_a_month_ago_is_forgotten(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    raise_alarm(cast.delphine, "promise.half", TUESDAY, complaint(cast))
    work(TUESDAY)
    assert telling.forget(TUESDAY + timedelta(days=30), 50) == 0
    assert telling.forget(TUESDAY + timedelta(days=31), 50) == 1
    assert not Notice.objects.exists()


def test_a_clock_that_ran_ahead_keeps_nobody_waiting(cast: Cast, program: Program) -> None:
    hooked(cast.delphine, program)
    case = complaint(cast)
    ahead = TUESDAY + timedelta(days=700)
    raise_alarm(cast.delphine, "promise.half", ahead, case)
    program.answers = [503]
    raise_alarm(cast.delphine, "promise.broken", TUESDAY, case)
    work(TUESDAY)
    Notice.objects.update(next_try_at=ahead)
    assert telling.set_right(TUESDAY + 10 * MINUTE) == 2
    work(TUESDAY + 10 * MINUTE)
    assert [line["code"] for body in bodies(program) for line in body["lines"]] == [
        "promise.broken",
        "promise.half",
        "promise.broken",
    ], "what is new goes first"
