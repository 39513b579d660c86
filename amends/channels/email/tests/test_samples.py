"""Each oddity is a small file in `samples/`; here stands what must come out of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from amends.channels.email.parsed import as_json

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
ANN = {"name": "Ann Bright", "address": "ann@mail.example"}

KEYS = [
    *("from", "to", "cc", "reply_to", "subject", "date", "message_id", "in_reply_to", "references"),
    *("text", "html", "new_text", "attachments", "automatic", "problems"),
]

TEXTS: dict[str, str] = {
    "plain": "The lamp came in two pieces.\n\nAnn",
    "html_only": "Hello,\n\nmy parcel is late.\nSince Monday.\n\n- lamp\n- cup",
    "alternative": "plain words",
    "empty_part": "words before nothing",
    "latin1_lie": "Schöne Grüße aus München",
    "unknown_charset": "Schöne Grüße",
    "utf7_refused": "+ADw-script+AD4-",
    "iso2022jp": "ランプが壊れて届きました。",
    "gb2312": "我的灯坏了，請退款。",
    "big5_unlabelled": "我的檯燈壞了，請盡快退還我的金額，謝謝您的幫忙與協助。",
    "koi8_unlabelled": "Здравствуйте, лампа пришла разбитой, верните деньги.",
    "nul_bytes": "onetwo",
    "broken_base64": "Hello worldf",
    "flowed_delsp": "A longword andmore.\n> quotedtext",
    "no_headers_at_all": "hello there, no header here\n\nand no more",
    "missing_blank_line": "The text begins at once.\nSecond line.\n\nThird.",
    "no_final_boundary": "first",
    "wrong_boundary": "found it",
    "similar_boundaries": "inner",
    "uuencoded": "Here is the note.\n\n\n\nBye",
    "mbox_line_first": "words",
    "attachment_only": "",
    "inline_picture": "look crack",
    "forwarded_mail": "see the mail of your agent",
}

SENDERS: dict[str, dict[str, str]] = {
    "plain": ANN,
    "display_name_is_another_address": {"name": "boss@shop.example", "address": "stranger@evil.example"},
    "from_encoded_whole": {"name": "Ann", "address": "ann@mail.example"},
    "from_two_angles": {"name": "", "address": "a@one.example"},
    "from_direction_trick": {"name": "elpmaxe.pohs@ssob", "address": "c@evil.example"},
    "groups_and_comments": {"name": "Pete", "address": "pete@silly.example"},
    "no_headers_at_all": {"name": "", "address": ""},
}

SUBJECTS: dict[str, str] = {
    "latin1_lie": "Grüße",
    "iso2022jp": "壊れたランプ",
    "split_encoded_word": "grün und blau",
    "from_direction_trick": "invoice fdp.exe",
    "stray_line_in_headers": "still read",
    "nul_bytes": "ab",
}

FILES: dict[str, list[tuple[str, str, int, bool]]] = {
    "plain": [],
    "no_final_boundary": [("notes.txt", "text/plain", 6, False)],
    "similar_boundaries": [("bill.pdf", "application/pdf", 4, False)],
    "filename_path": [("passwd.txt", "application/octet-stream", 1, False)],
    "filename_rfc2231": [("Rechnung für März.pdf", "application/pdf", 1, False)],
    "filename_direction_trick": [("photognp.exe", "application/octet-stream", 1, False)],
    "inline_picture": [("crack.png", "image/png", 8, True)],
    "forwarded_mail": [("Your order-7.eml", "message/rfc822", 128, False)],
    "uuencoded": [("note.txt", "application/octet-stream", 11, False)],
    "external_body": [("attachment-1.bin", "message/external-body", 24, False)],
    "calendar": [("attachment-1.ics", "text/calendar", 29, False)],
    "attachment_only": [("scan.pdf", "application/pdf", 4, False)],
}

KINDS: dict[str, str | None] = {
    "plain": None,
    "auto_submitted_no": None,
    "out_of_office_person": None,
    "postmaster_person": None,
    "parcel_delivery_failed": None,
    "talks_about_a_bounce": None,
    "bounce_forwarded_with_words": None,
    "control_headers_from_outside": None,
    "auto_submitted_replied": "auto-reply",
    "out_of_office_with_evidence": "auto-reply",
    "null_return_path": "auto-reply",
    "auto_generated": "auto-generated",
    "newsletter": "bulk",
    "list_post": "list",
    "bounce_standard": "bounce",
    "bounce_plain": "bounce",
    "bounce_delayed": "bounce",
    "bounce_in_json": "bounce",
    "delivered_receipt": "receipt",
    "read_receipt": "receipt",
    "spam_complaint": "complaint-report",
}

PROBLEMS: dict[str, list[str]] = {
    "plain": [],
    "empty_part": [],
    "latin1_lie": ["charset_guessed"],
    "unknown_charset": ["charset_guessed"],
    "utf7_refused": ["charset_refused"],
    "from_two_angles": ["from_ambiguous"],
    "no_headers_at_all": ["header_missing", "from_missing"],
    "wrong_boundary": ["boundary_guessed"],
    "bad_date": ["date_unreadable"],
}


def parsed(name: str) -> dict[str, Any]:
    return as_json((SAMPLES / f"{name}.eml").read_bytes())


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_read(name: str) -> None:
    assert parsed(name)["text"] == TEXTS[name]


@pytest.mark.parametrize("name", SENDERS)
def test_the_real_address_of_the_sender_is_found(name: str) -> None:
    assert parsed(name)["from"] == SENDERS[name]


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_subject_is_decoded(name: str) -> None:
    assert parsed(name)["subject"] == SUBJECTS[name]


@pytest.mark.parametrize("name", FILES)
def test_files_come_out_with_safe_names(name: str) -> None:
    found = [(a["filename"], a["content_type"], a["size"], a["inline"]) for a in parsed(name)["attachments"]]
    assert found == FILES[name]


@pytest.mark.parametrize("name", KINDS)
def test_a_machine_is_told_from_a_person(name: str) -> None:
    assert parsed(name)["automatic"] == KINDS[name]


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_was_odd_is_noted(name: str) -> None:
    assert parsed(name)["problems"] == PROBLEMS[name]


def test_groups_comments_and_semicolons_are_read_as_addresses() -> None:
    mail = parsed("groups_and_comments")
    assert [to["address"] for to in mail["to"]] == ["ed@one.example", "joe@two.example"]
    assert mail["cc"] == [
        {"name": "Last, First", "address": "lf@three.example"},
        {"name": "", "address": "other@four.example"},
    ]


def test_dates_and_ids_are_read_as_written() -> None:
    mail = parsed("dates_and_ids")
    assert mail["date"] == "2026-03-03T09:05:00-05:00"
    assert mail["message_id"] == "<[a1b]@mail.example>"
    assert mail["in_reply_to"] == "<q@shop.example>"
    assert mail["references"] == ["<r1@x>", "<r2@x>"]


def test_a_forwarded_mail_keeps_its_original_bytes() -> None:
    raw = (SAMPLES / "forwarded_mail.eml").read_bytes()
    begin = raw.index(b"From: x@shop.example")
    end = raw.index(b"\r\n--b--")
    size = parsed("forwarded_mail")["attachments"][0]["size"]
    assert size == end - begin


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.eml")), ids=lambda path: path.stem)
def test_every_sample_becomes_json_with_all_keys(path: Path) -> None:
    mail = as_json(path.read_bytes())
    assert list(mail) == KEYS
    json.dumps(mail, ensure_ascii=False).encode("utf-8")
    assert "unreadable" not in mail["problems"]
