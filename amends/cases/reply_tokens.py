"""What a letter of ours carries so that its answer finds the case: signed, and bound to case, readers and purpose.

The same case and readers are written in three places, each with a signature of its own: the Message-ID (which comes
back in In-Reply-To and References), a plus-address to answer to, and a line at the foot of the letter. One that was
copied from one place into another is none; neither is one whose key is not listed any more (reliability §0, finding 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from amends.kit import tokens

MESSAGE_ID = "reply.message-id"
ADDRESS = "reply.address"
LETTER = "reply.letter"
LOCAL_CHARS = 64
MOST = 50
"""Places looked at in one message: each costs a signature."""

_CORE = r"(?P<case>[0-9]{1,12})\.(?P<readers>[a-z2-7]{6})\.(?P<signature>[a-z2-7]{30})"
_MESSAGE_ID = re.compile(rf"<amends\.(?P<name>[a-z0-9-]{{1,60}})\.{_CORE}@[^<>@\s]{{1,255}}>\Z")
_PLUS = re.compile(rf"[^@\s]{{1,64}}\+{_CORE}@[^@\s]{{1,255}}\Z", re.IGNORECASE)
_FOOT = re.compile(rf"\[A-{_CORE}\]")


@dataclass(frozen=True)
class ReplyToken:
    """A letter of ours about the case, as sent to these readers."""

    case_id: int
    readers: str
    """Fingerprint of those whom the letter went to; see `fingerprint`."""


def message_id(name: str, case_id: int, readers: Iterable[str], domain: str) -> str:
    """The Message-ID of a letter; the same for the same letter. `name` makes it the only one: [a-z0-9-], ≤ 60."""
    core = f"{name}.{case_id}.{fingerprint(readers)}"
    return f"<amends.{core}.{tokens.sign(MESSAGE_ID, core)}@{domain or 'amends.invalid'}>"


def plus_address(address: str, case_id: int, readers: Iterable[str]) -> str:
    """Where to answer, or an empty string when the address has no room left for it (RFC 5321, 64 signs)."""
    local, _at, domain = address.rpartition("@")
    core = f"{case_id}.{fingerprint(readers)}"
    marked = f"{local}+{core}.{tokens.sign(ADDRESS, core)}"
    return f"{marked}@{domain}" if len(marked) <= LOCAL_CHARS and "+" not in local else ""


def foot(case_id: int, readers: Iterable[str]) -> str:
    """The line at the foot of a letter."""
    core = f"{case_id}.{fingerprint(readers)}"
    return f"[A-{core}.{tokens.sign(LETTER, core)}]"


def in_message_id(value: str) -> ReplyToken | None:
    """What a Message-ID that we issued says; None for any other."""
    found = _MESSAGE_ID.match(value)
    return _checked(MESSAGE_ID, found, f"{found['name']}.") if found else None


def in_address(value: str) -> ReplyToken | None:
    """What an address that mail was sent to says."""
    found = _PLUS.match(value)
    return _checked(ADDRESS, found) if found else None


def in_text(text: str) -> list[ReplyToken]:
    """What the letters that are quoted in a text say, the nearest (topmost) first."""
    found = (match for match, _at in zip(_FOOT.finditer(text), range(MOST), strict=False))
    return [token for match in found if (token := _checked(LETTER, match)) is not None]


def fingerprint(readers: Iterable[str]) -> str:
    """Names a set of addresses in six letters."""
    together = "\n".join(sorted({reader.lower() for reader in readers}))
    return tokens.letters(sha256(together.encode()).digest(), 6)


def _checked(purpose: str, found: re.Match[str], before: str = "") -> ReplyToken | None:
    case, readers, signature = (found[name].lower() for name in ("case", "readers", "signature"))
    if not tokens.is_signed(purpose, f"{before}{case}.{readers}", signature):
        return None
    return ReplyToken(int(case), readers)
