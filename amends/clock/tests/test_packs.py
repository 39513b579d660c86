"""Policy packs: what ships is good, what is bad is named with its file, key and reason (ES7, Appendix 2)."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from amends.clock.hours import Calendar, Week
from amends.clock.packs import shelf
from amends.clock.packs.read import BadPack, read, read_file
from amends.clock.packs.reckon import due_after
from amends.clock.packs.shape import UNITS, Phone, Span, gaps, may_ring

OFFICE = Calendar(Week({day: ((time(9), time(17, 30)),) for day in range(5)}), ZoneInfo("Europe/London"))
TUESDAY = datetime(2026, 3, 3, 10, tzinfo=UTC)
SHIPPED = [
    "house-default",
    "iso10002-2018",
    "uk-fca-disp",
    "uk-housing-ombudsman-2024",
    "uk-ofcom-c4",
    "uk-retail-cra-2015",
    "us-dot-259-7",
]
GOOD: dict[str, Any] = {
    "id": "my-shop",
    "title": "My shop",
    "about": "What we give ourselves.",
    "source": "Our terms",
    "consulted": "2026-01-01",
    "grade": "J",
    "versions": [
        {
            "valid_from": "2026-01-01",
            "deadlines": {
                "ack": {"working_days": 5, "act": "write to you"},
                "stage1": {"within": "P10D", "act": "answer you", "begins": "ack", "document": "answer"},
            },
        }
    ],
    "documents": {"answer": {"title": "Answer", "text": "Dear {customer}, [[what we found]]"}},
}
Spoil = Callable[[dict[str, Any]], object]


def test_all_seven_of_the_service_model_ship_each_with_its_source_date_and_grade_es7() -> None:
    packs = shelf.shelf().packs
    assert sorted(packs) == SHIPPED and not shelf.shelf().refused
    for pack in packs.values():
        assert pack.source and pack.consulted.year >= 2024 and pack.grade and pack.about
        assert all(gaps(document.text) for document in pack.documents.values()), "a letter must be edited"


def test_ofcoms_eight_weeks_became_six_on_the_8th_of_april_2026_es7() -> None:
    pack = shelf.shelf().packs["uk-ofcom-c4"]
    before, after = pack.on(date(2026, 4, 7)), pack.on(date(2026, 4, 8))
    assert before is not None and before.deadlines["final"].within == Span(8, "weeks")
    assert after is not None and after.deadlines["final"].within == Span(6, "weeks")


@pytest.mark.parametrize(
    ("spoil", "key", "reason"),
    [
        (lambda p: p.pop("id"), "id", "missing"),
        (lambda p: p.update(id="My Shop"), "id", "no id"),
        (lambda p: p.update(tilte="x"), "tilte", "Did you mean title?"),
        (lambda p: p.update(consulted="yesterday"), "consulted", "write it like"),
        (lambda p: p.update(versions=[]), "versions", "at least one"),
        (lambda p: _ack(p).update(wekks=3), "versions[0].deadlines.ack.wekks", "Did you mean weeks?"),
        (lambda p: _ack(p).pop("working_days"), "versions[0].deadlines.ack", "no time"),
        (lambda p: _ack(p).update(working_days=0), "versions[0].deadlines.ack.working_days", "from 1 to"),
        (lambda p: _ack(p).update(working_days=True), "versions[0].deadlines.ack.working_days", "no duration"),
        (lambda p: _stage1(p).update(within="8 weeks"), "versions[0].deadlines.stage1.within", "no duration"),
        (lambda p: _stage1(p).update(within={"fortnights": 2}), "stage1.within.fortnights", "no unit"),
        (lambda p: _stage1(p).update(extend="soon"), "stage1.extend", "no duration"),
        (lambda p: _stage1(p).update(begins="stage1"), "stage1.begins", "circle: stage1 → stage1"),
        (lambda p: _ack(p).update(begins="stage1"), "begins", "circle"),
        (lambda p: _stage1(p).update(begins="akc"), "stage1.begins", "Did you mean ack?"),
        (lambda p: _stage1(p).update(document="anser"), "stage1.document", "Did you mean answer?"),
        (lambda p: _ack(p).update(kept_by="document"), "ack.document", "name the one"),
        (lambda p: _ack(p).update(kind="sing"), "ack.kind", "none of"),
        (lambda p: p["documents"]["answer"].update(keeps=["stage9"]), "documents.answer.keeps", "no stage"),
        (lambda p: p.update(phone={"allowed_prefixes": ["free"]}), "phone", "no prefix"),
        (lambda p: p["versions"].append(copy.deepcopy(p["versions"][0])), "versions", "two versions hold"),
        (lambda p: p["versions"][0].update(valid_to="2025-01-01"), "versions[0].valid_to", "before valid_from"),
    ],
)
def test_a_bad_pack_is_refused_with_its_file_key_and_reason_es7(
    tmp_path: Path, spoil: Spoil, key: str, reason: str
) -> None:
    told = copy.deepcopy(GOOD)
    spoil(told)
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(told))
    with pytest.raises(BadPack) as refused:
        read_file(path)
    assert str(refused.value).startswith("mine.json: ")
    assert key in refused.value.key and reason in refused.value.reason


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.toml", "id = "),
        ("a.json", "{"),
        ("a.toml", "id = 7"),
        ("a.json", "[]"),
        ("a.json", "[" * 100_000),
        ("a.toml", "\xff"),
    ],
)
def test_what_is_no_pack_at_all_is_refused_in_a_sentence(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "latin-1")
    with pytest.raises(BadPack, match=rf"^{name}: "):
        read_file(path)


def test_a_bad_pack_in_the_desks_folder_stops_no_other_and_a_mended_one_is_seen(
    tmp_path: Path, settings: LazySettings
) -> None:
    settings.PACKS_DIR = tmp_path
    path = tmp_path / "mine.json"
    path.write_text("{}")
    assert [bad.key for bad in shelf.shelf().refused] == ["id"] and "uk-fca-disp" in shelf.shelf().packs
    path.write_text(json.dumps(GOOD))
    os.utime(path, (1, 1))
    assert not shelf.shelf().refused and shelf.shelf().own == {"my-shop"}


def test_an_own_pack_takes_no_name_that_ships(tmp_path: Path, settings: LazySettings) -> None:
    settings.PACKS_DIR = tmp_path
    (tmp_path / "mine.json").write_text(json.dumps({**GOOD, "id": "uk-fca-disp"}))
    assert shelf.shelf().refused[0].reason.startswith("there is a pack “uk-fca-disp” already")
    assert shelf.shelf().packs["uk-fca-disp"].title.startswith("UK financial firms")


@pytest.mark.parametrize(
    ("count", "unit", "due"),
    [
        (30, "minutes", datetime(2026, 3, 3, 10, 30, tzinfo=UTC)),
        (1, "open_hours", datetime(2026, 3, 3, 11, tzinfo=UTC)),
        (5, "working_days", datetime(2026, 3, 10, 17, 30, tzinfo=UTC)),
        (8, "weeks", datetime(2026, 4, 28, 16, 30, tzinfo=UTC)),
        (11, "days", datetime(2026, 3, 13, 17, 30, tzinfo=UTC)),  # a Saturday: the Friday before
        (6, "months", datetime(2026, 9, 3, 16, 30, tzinfo=UTC)),
    ],
)
def test_a_stage_is_due_at_the_brands_place_sl11(count: int, unit: Any, due: datetime) -> None:
    assert due_after(Span(count, unit), TUESDAY, OFFICE) == due


def test_a_month_after_the_31st_ends_with_the_shorter_month_sl11() -> None:
    assert due_after(Span(1, "months"), datetime(2028, 1, 31, 12, tzinfo=UTC), OFFICE).date() == date(2028, 2, 29)


@given(st.sampled_from(UNITS), st.integers(1, 200), st.integers(0, 700))
def test_a_stage_is_due_after_it_began_and_a_longer_one_no_sooner(unit: Any, count: int, hours: int) -> None:
    start = datetime.fromtimestamp(TUESDAY.timestamp() + hours * 3600, UTC)
    due = due_after(Span(count, unit), start, OFFICE)
    assert start < due <= due_after(Span(count + 1, unit), start, OFFICE)


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("020 7946 0000", True),
        ("0800 123 456", True),
        ("+44 (0)20 7946 0000", True),
        ("0345 000 0000", True),
        ("0845 000 0000", False),
        ("0871 000 0000", False),
        ("0900 1", False),
        ("118 118", False),
    ],
)
def test_a_complaint_line_costs_no_more_than_a_basic_call_es7(number: str, fits: bool) -> None:
    phone = shelf.shelf().packs["uk-fca-disp"].phone
    assert phone is not None and may_ring(phone, number) is fits
    assert may_ring(Phone(forbidden=("09",)), "020 1") and not may_ring(Phone(forbidden=("09",)), "0900 1")


def _ack(told: dict[str, Any]) -> dict[str, Any]:
    stage: dict[str, Any] = told["versions"][0]["deadlines"]["ack"]
    return stage


def _stage1(told: dict[str, Any]) -> dict[str, Any]:
    stage: dict[str, Any] = told["versions"][0]["deadlines"]["stage1"]
    return stage


def test_what_is_good_is_read_whole() -> None:
    pack = read(GOOD)
    assert pack.rule("ack") == "my-shop/ack" and pack.documents["answer"].title == "Answer"
