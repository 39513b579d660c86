"""Writing: what gets in, and what does not."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from amends.audit import log, reading
from amends.audit.chain import verify
from amends.audit.models import AppendOnlyError, Head, Record
from amends.audit.verbs import VERBS

pytestmark = pytest.mark.django_db


class Anna:
    """As much of a member as the log wants."""

    pk = 7
    name = "Anna Calder"


def test_a_record_says_who_did_what_to_what_when_and_from_where() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", HTTP_USER_AGENT="Mozilla/5.0 " + "x" * 400)
    log.write("brand.changed", by=Anna(), subject=("brand", 3), request=request, name="Thimble", fields=["colour"])
    record = Record.objects.get()
    assert (record.number, record.member_id, record.who, record.ip) == (1, 7, "Anna Calder", "192.0.2.9")
    assert (record.subject_kind, record.subject_id) == ("brand", "3")
    assert record.agent.startswith("Mozilla/5.0") and len(record.agent) <= 120
    assert reading.sentence(record) == "Changed the brand Thimble: colour"
    assert record.at.utcoffset() is not None


def test_headers_that_anybody_can_send_do_not_say_where_a_request_came_from() -> None:
    """S25"""
    lies = {"HTTP_X_FORWARDED_FOR": "203.0.113.1", "HTTP_CF_CONNECTING_IP": "203.0.113.2", "HTTP_X_REAL_IP": "::1"}
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", **lies)  # type: ignore[arg-type]
    assert log.write("sign_in.failed", by=log.A_STRANGER, request=request).ip == "192.0.2.9"


def test_a_line_cannot_be_forged_by_a_name_with_a_line_break() -> None:
    """S25"""
    record = log.write("team.made", by=log.THE_DESK, name="Florists\r\n2026-01-01 Anna: Signed in\x1b[2J\ud800")
    assert record.facts["name"] == "Florists 2026-01-01 Anna: Signed in [2J?"


def test_an_unknown_verb_and_a_fact_that_is_not_listed_are_refused() -> None:
    with pytest.raises(log.VerbError):
        log.write("brand.painted", by=Anna())
    with pytest.raises(log.VerbError):
        log.write("brand.made", by=Anna(), text="Dear Winifred")
    assert not Record.objects.exists()


def test_no_verb_may_tell_what_somebody_wrote_or_what_is_secret() -> None:
    never = {"text", "body", "words", "html", "subject", "title", "note", "password", "secret", "key", "address"}
    assert not [verb for verb, known in VERBS.items() if known.facts & never]


def test_every_verb_makes_a_sentence_even_when_no_fact_was_told() -> None:
    for verb in VERBS:
        record = log.write(verb, by=Anna(), subject=("case", 5))
        assert reading.sentence(record)
    assert verify().good


def test_a_record_cannot_be_changed_or_deleted_by_code() -> None:
    record = log.write("desk.set_up", by=Anna())
    for deed in (
        record.save,
        record.delete,
        Record.objects.all().delete,
        lambda: Record.objects.update(who="Bo"),
        lambda: Record.objects.bulk_update([record], ["who"]),
    ):
        with pytest.raises(AppendOnlyError):
            deed()


def test_the_database_itself_refuses_to_change_a_record() -> None:
    record = log.write("desk.set_up", by=Anna())
    record.who = "Bo"
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.save_base(record)
    assert Record.objects.get().who == "Anna Calder"


def test_what_was_undone_with_its_transaction_leaves_no_gap() -> None:
    log.write("desk.set_up", by=Anna())
    with pytest.raises(RuntimeError), transaction.atomic():
        log.write("team.made", by=Anna(), name="Florists")
        raise RuntimeError
    log.write("team.made", by=Anna(), name="Network")
    assert list(Record.objects.values_list("number", flat=True)) == [2, 1]
    assert verify().good


def test_a_lost_head_is_told_and_the_log_goes_on() -> None:
    log.write("desk.set_up", by=Anna())
    Head.objects.all().delete()
    log.write("team.made", by=Anna(), name="Florists")
    assert list(Record.objects.order_by("number").values_list("verb", flat=True)) == [
        "desk.set_up",
        "audit.head_lost",
        "team.made",
    ]
    assert verify().good


def test_pages_go_on_where_the_last_one_ended() -> None:
    for _ in range(5):
        log.write("team.made", by=Anna(), name="Florists")
    log.write("sign_in.done", by=log.THE_DESK)
    first = reading.page(verb="team", size=2)
    second = reading.page(verb="team", size=2, before=first.older)
    third = reading.page(verb="team", size=2, before=second.older)
    numbers = [[record.number for record in one.records] for one in (first, second, third)]
    assert numbers == [[5, 4], [3, 2], [1]]
    assert third.older is None
    assert [one.verb for one in reading.page(member_id=7, size=9).records] == ["team.made"] * 5
