"""What is odd about a mail is told in words, never as a code."""

from __future__ import annotations

import re
from pathlib import Path

from amends.channels import email, oddities
from amends.channels.email.limits import Problems

SOURCES = Path(email.__file__).parent
CODE = re.compile(r'problems\.add\("([a-z0-9_]+)"|, "(charset_[a-z]+)"')


def test_every_code_that_the_reader_gives_has_words_or_a_reason_for_none() -> None:
    told = Problems.__doc__ or ""
    listed = set(re.findall(r"[a-z0-9_]+", told.partition("Codes: ``")[2].partition("``")[0]))
    found = (CODE.findall(path.read_text("utf-8")) for path in SOURCES.glob("*.py"))
    given = {one or other for codes in found for one, other in codes}
    assert len(given) >= 12
    assert given <= listed
    assert listed == oddities.WORDS.keys() | oddities.UNSAID


def test_a_code_of_another_release_is_passed_over() -> None:
    assert oddities.in_words(["bare_cr", "from_missing", "a_code_of_later"]) == ["It names no sender"]
