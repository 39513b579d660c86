"""Whatever comes is kept."""

from __future__ import annotations

import pytest

from amends.channels import inbox
from tests.cast import TUESDAY, Cast


def test_a_message_id_with_a_byte_that_no_database_takes_is_kept_without_it(cast: Cast) -> None:
    """PostgreSQL has no NUL in text; a mail that cannot be kept would block its mailbox."""
    raw = b"Message-ID: <a\0b@example.com>\nSubject: Vase\n\nIt is broken.\n"
    kept = inbox.keep(cast.mailbox, raw, source="test", now=TUESDAY)
    assert inbox.keep(cast.mailbox, raw, source="again", now=TUESDAY) == kept
    assert kept.message_id == ""


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"Message-ID: <a@example.com>\n\n", "<a@example.com>"),
        (b"From: x\nmessage-id:\r\n <a@example.com>\r\n\r\n", "<a@example.com>"),
        (b"Message-ID: <a\0b@example.com>\n\n", ""),
        (b"Subject: x\n\nMessage-ID: <a@example.com>\n", ""),
    ],
)
def test_the_message_id_of_a_header_is_one_that_can_be_written_down(raw: bytes, found: str) -> None:
    assert inbox.message_id_of(raw) == found
