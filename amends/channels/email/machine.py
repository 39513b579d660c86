"""Whether a person or a machine wrote a mail. A machine's mail is never answered by a machine."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amends.channels.email import addresses
from amends.channels.email.headers import Headers
from amends.channels.email.notice_words import AWAY, DAEMON, FAILURE, KEEPER, POSTMASTER
from amends.channels.email.parts import Part
from amends.channels.email.reports import ARRIVED, RETURNED_TYPES, STATUS_TYPES, Report

_MOST_HOPS = 50
_LOOKED_AT = 6_000
_FEW_WORDS = 4
_LIST_FIELDS = (
    "list-post",
    "list-subscribe",
    "mailing-list",
    "x-mailing-list",
    "x-beenthere",
    "x-mlserver",
    "x-ml-name",
)
_REPLY_FIELDS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoreply-from",
    "x-mail-autoreply",
    "x-auto-reply-from",
    "x-ms-exchange-inbox-rules-loop",
    "x-autoresponder",
    "x-vacation",
)
_SUPPRESSED = re.compile(r"\b(?:all|autoreply|oof)\b", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]{0,200}\)")
_CODE = re.compile(r"(?<![\d.])[45](?:\.\d{1,3}\.\d{1,3}|\d\d(?=[ -]))")
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc|doorst|vb|vs)\s*:", re.IGNORECASE)
_FORWARD_LINE = re.compile(r"begin forwarded message|forwarded message|weitergeleitete nachricht", re.IGNORECASE)


@dataclass(frozen=True)
class Evidence:
    """All that is looked at: the tree, the text, what reports were found in it, and an event in JSON, if it is one."""

    root: Part
    text: str
    own_text: str
    reports: list[Report]
    event: str

    @property
    def top(self) -> Headers:
        """Headers of the mail itself."""
        return self.root.headers

    def types(self) -> set[str]:
        """The types of all parts."""
        return {part.content_type for part in self.root.walk()}


def kind(evidence: Evidence) -> str | None:
    """None for a person's mail, else the kind of machine.

    Kinds: ``complaint-report bounce receipt loop auto-reply list bulk auto-generated``.
    ``Auto-Submitted: no`` and a mail that only talks about bounces are a person's. Source: RFC 3834, 3464, 5965, 2919.
    """
    for name, applies in (
        ("complaint-report", _is_complaint),
        ("receipt", _is_receipt),
        ("bounce", _is_bounce),
        ("loop", _is_loop),
        ("auto-reply", _is_auto_reply),
        ("list", _is_list),
        ("bulk", _is_bulk),
        ("auto-generated", _is_generated),
    ):
        if applies(evidence):
            return name
    return None


def is_null_sender(top: Headers) -> bool:
    """Whether the envelope had no sender, which only machines do."""
    return "return-path" in top and top.get("return-path").replace(" ", "") in ("<>", "")


def _is_complaint(evidence: Evidence) -> bool:
    if evidence.event == "complaint" or "message/feedback-report" in evidence.types():
        return True
    if evidence.root.parameters.get("report-type", "").lower() == "feedback-report":
        return True
    if "message/rfc822" not in evidence.types():
        return False
    returned = b"".join(part.body[:2_000] for part in evidence.root.walk() if part.content_type == "message/rfc822")
    old_style = evidence.top.text("subject").lower().startswith("complaint about message from ")
    return old_style or b"X-HmXmrOriginalRecipient:" in returned


def _is_receipt(evidence: Evidence) -> bool:
    types = evidence.types()
    if "message/disposition-notification" in types:
        return True
    told = evidence.reports
    return bool(types & STATUS_TYPES and told) and all(report.action.startswith(ARRIVED) for report in told)


def _is_bounce(evidence: Evidence) -> bool:
    if evidence.event == "bounce" or "x-failed-recipients" in evidence.top:
        return True
    if evidence.types() & STATUS_TYPES or evidence.root.content_type == "multipart/report":
        return True
    if _is_forwarded_notice(evidence):
        return True
    if _is_from(evidence.top, DAEMON):
        return _returns_a_letter(evidence) or _tells_of_failure(evidence)
    if _is_from(evidence.top, POSTMASTER) and FAILURE.search(evidence.top.text("subject")):
        return True
    if _is_from(evidence.top, POSTMASTER) or _is_from(evidence.top, KEEPER) or is_null_sender(evidence.top):
        shown = _returns_a_letter(evidence) or bool(_CODE.search(_start(evidence))) or bool(evidence.reports)
        return shown and _tells_of_failure(evidence)
    return False


def _is_forwarded_notice(evidence: Evidence) -> bool:
    """A report passed on without a word of one's own is still only the report."""
    if not _FORWARD.match(evidence.top.text("subject")) or not FAILURE.search(evidence.top.text("subject")):
        return False
    begin = _FORWARD_LINE.search(evidence.text)
    said = evidence.text[: begin.start()] if begin else evidence.own_text
    return len(said.split()) <= _FEW_WORDS and bool(DAEMON.search(_start(evidence)))


def _is_loop(evidence: Evidence) -> bool:
    return len(evidence.top.all("received")) > _MOST_HOPS


def _is_auto_reply(evidence: Evidence) -> bool:
    top = evidence.top
    if _auto_submitted(top).startswith("auto-replied") or is_null_sender(top):
        return True
    if any(top.get(name).strip().lower() not in ("", "no", "false") for name in _REPLY_FIELDS):
        return True
    if top.text("x-apple-action").upper() == "VACATION" or top.text("precedence").lower() == "auto_reply":
        return True
    if top.text("delivered-to").lower() == "autoresponder":
        return True
    # A subject alone may be a person's ("Out of office chair"); with what it answers it is not.
    answers = bool(top.get("in-reply-to") or top.get("references") or top.get("x-auto-response-suppress"))
    return answers and AWAY.match(top.text("subject")) is not None


def _is_list(evidence: Evidence) -> bool:
    top = evidence.top
    if any(name in top for name in _LIST_FIELDS) or top.text("precedence").lower() == "list":
        return True
    return "list-id" in top and "list-unsubscribe" not in top


def _is_bulk(evidence: Evidence) -> bool:
    top = evidence.top
    return top.text("precedence").lower() in ("bulk", "junk") or any(name.startswith("list-") for name, _ in top.fields)


def _is_generated(evidence: Evidence) -> bool:
    top = evidence.top
    if _auto_submitted(top) not in ("", "no"):
        return True
    return (
        bool(_SUPPRESSED.search(top.get("x-auto-response-suppress"))) or _is_from(top, DAEMON) or evidence.event != ""
    )


def _auto_submitted(top: Headers) -> str:
    plain = _COMMENT.sub(" ", top.text("auto-submitted").lower()).strip()
    return re.split(r"[\s;(,]", plain, maxsplit=1)[0]


def _is_from(top: Headers, pattern: re.Pattern[str]) -> bool:
    written = addresses.parse(top.get("from")).addresses
    return any(pattern.search(f"{found.name} {found.address}") for found in written)


def _tells_of_failure(evidence: Evidence) -> bool:
    return bool(FAILURE.search(evidence.top.text("subject")) or FAILURE.search(_start(evidence)))


def _returns_a_letter(evidence: Evidence) -> bool:
    return bool(evidence.types() & RETURNED_TYPES)


def _start(evidence: Evidence) -> str:
    return evidence.text[:_LOOKED_AT]
