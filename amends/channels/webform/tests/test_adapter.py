"""A sent form becomes a message; anything else becomes a message with a problem."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.channels.message import AccountSettings, Address, ChannelError, OutgoingMessage
from amends.channels.webform import adapter

AT = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


@given(
    name=st.text(max_size=50),
    text=st.text(max_size=500),
    content=st.binary(max_size=500),
    promise=st.none() | st.integers(1, 10**9),
)
def test_what_was_typed_comes_out_as_it_went_in(name: str, text: str, content: bytes, promise: int | None) -> None:
    form = {
        "name": name,
        "address": "rosalind@example.com",
        "subject": name,
        "text": text,
        "token": "t",
        "trouble": "wrong",
        "about_promise": str(promise or ""),
    }
    message = adapter.read(adapter.write(form, [("vase.png", "image/png", content)], at=AT, key="k1"))
    assert message.sender == Address(name, "rosalind@example.com")
    assert (message.new_text, message.text, message.subject) == (text, text, name)
    assert (message.case_token, message.trouble, message.about_promise) == ("t", "wrong", promise)
    assert message.date == AT
    assert message.message_id == "<form.k1@amends.invalid>"
    assert [file.content for file in message.attachments] == [content]
    assert not message.problems


def test_the_same_form_is_the_same_bytes() -> None:
    one, other = (adapter.write({"text": "x"}, [], at=AT, key="k") for _ in range(2))
    assert one == other


def test_a_form_kept_before_troubles_were_known_is_still_read() -> None:
    raw = adapter.write({"text": "x"}, [], at=AT, key="k")
    older = raw.replace(b'"trouble": ""', b'"other": ""').replace(b'"about_promise": ""', b'"more": ""')
    message = adapter.read(older)
    assert (message.text, message.trouble, message.about_promise, message.problems) == ("x", "", None, ())


@given(st.binary(max_size=200))
def test_anything_else_is_a_message_with_a_problem(raw: bytes) -> None:
    assert adapter.read(raw).problems


@pytest.mark.parametrize("raw", [b"[]", b"null", b'"x"', b"1", b'{"name": 1}', b'{"files": [1]}'])
def test_other_json_is_a_message_with_a_problem(raw: bytes) -> None:
    assert adapter.read(raw).problems


def test_a_form_cannot_be_answered_by_form() -> None:
    letter = OutgoingMessage(Address("", "a@b.example"), (), "s", "t", "<m@b.example>")
    with pytest.raises(ChannelError, match="Give the brand a mailbox") as caught:
        adapter.send(AccountSettings("form:x", "x"), letter)
    assert caught.value.permanent
