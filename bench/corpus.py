"""The mails that every desk is measured with: fixed seed, the same for all.

Mean 15 to 16 KB; bodies log-uniform 1 to 20 KB; 30 % answers with In-Reply-To and References; 20 % text and HTML;
10 % with one file of 50 KB; 25 % not ASCII.
"""

from __future__ import annotations

import base64
import quopri
import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.words import SEED, Language, language

LEAST, MOST = 1_000, 20_000
"""Bytes of a body."""
FILE = 50_000
REPLIES, HTML, FILES, FOREIGN, KNOWN = 0.30, 0.20, 0.10, 0.25, 0.40
LOOKS_BACK = 200
"""An answer belongs to one of so many mails before it."""


@dataclass(frozen=True)
class Mail:
    """One mail, and what is known of it from outside."""

    raw: bytes
    message_id: str
    sender: str
    subject: str
    is_reply: bool = False


def mails(count: int, *, run: str = "1", known: int = 0, to: str = "help@shop1.example") -> Iterator[Mail]:
    """`count` mails. `run` makes their Message-IDs; `known` is how many customers the desk has already.

    The same but for addresses and Message-IDs in every run.
    """
    chance = random.Random(SEED)
    tongues = {code: language(code, 4_000) for code in ("en", "de", "fr", "pl", "el")}
    before: list[Mail] = []
    for number in range(count):
        mail = _mail(chance, tongues, before, number, run, known, to)
        before = [*before[1 - LOOKS_BACK :], mail]
        yield mail


def _mail(
    chance: random.Random,
    tongues: dict[str, Language],
    before: list[Mail],
    number: int,
    run: str,
    known: int,
    to: str,
) -> Mail:
    tongue = tongues[chance.choice(["de", "fr", "pl", "el"]) if chance.random() < FOREIGN else "en"]
    parent = chance.choice(before) if before and chance.random() < REPLIES else None
    person = chance.randint(1, max(1, known)) if chance.random() < KNOWN and known else 0
    sender = parent.sender if parent else f"customer{person}@mail.example" if person else f"p{run}.{number}@new.example"
    subject = f"Re: {parent.subject}" if parent else tongue.sentence(chance, chance.randint(4, 8))
    message_id = f"<{run}.{number}@mail.example>"
    size = int(LEAST * (MOST / LEAST) ** chance.random())
    is_html, has_file = chance.random() < HTML, chance.random() < FILES
    size = size // 2 if is_html else size
    text = tongue.text(chance, size // 2 if parent else size)
    if parent:
        quoted = "\n".join(f"> {line}" for line in tongue.text(chance, size // 2).splitlines())
        text = f"{text}\n\nOn Tuesday the desk wrote:\n{quoted}"
    head = [
        f"Received: from mx{number % 7}.example by mail.example with ESMTPS; Tue, 17 Nov 2026 09:12:44 +0000",
        f"From: {_word(f'Customer {person or number}')} <{sender}>",
        f"To: Shop <{to}>",
        f"Subject: {_word(subject)}",
        "Date: Tue, 17 Nov 2026 09:12:41 +0000",
        f"Message-ID: {message_id}",
        "MIME-Version: 1.0",
    ]
    if parent:
        head += [f"In-Reply-To: {parent.message_id}", f"References: {parent.message_id}"]
    entity = _both(tongue, text, number) if is_html else _text(tongue, "plain", text)
    if has_file:
        entity = _with_file(entity, chance.randbytes(FILE), number)
    return Mail(
        "\r\n".join([*head, entity]).encode("ascii"), message_id, sender, subject.removeprefix("Re: "), bool(parent)
    )


def _word(text: str) -> str:
    return text if text.isascii() else f"=?utf-8?b?{base64.b64encode(text.encode()).decode()}?="


def _text(tongue: Language, kind: str, text: str) -> str:
    """A part with its header: as mail programs of that language write it."""
    if text.isascii():
        return f"Content-Type: text/{kind}; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n{_lines(text)}"
    way = "base64" if tongue.code == "el" else "quoted-printable"
    data = base64.encodebytes(text.encode()) if way == "base64" else quopri.encodestring(text.encode())
    body = data.decode("ascii").replace("\n", "\r\n")
    return f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {way}\r\n\r\n{body}"


def _both(tongue: Language, text: str, number: int) -> str:
    paragraphs = "".join(f'<p style="margin:0 0 12px"><span>{part}</span></p>\n' for part in text.split("\n\n"))
    html = f"<html><head><style>p {{ color: #222 }}</style></head><body><div>{paragraphs}</div></body></html>"
    return _multipart("alternative", f"alt{number}", [_text(tongue, "plain", text), _text(tongue, "html", html)])


def _with_file(entity: str, content: bytes, number: int) -> str:
    data = base64.encodebytes(content).decode("ascii").replace("\n", "\r\n")
    file = (
        f'Content-Type: application/pdf; name="paper{number}.pdf"\r\n'
        f'Content-Disposition: attachment; filename="paper{number}.pdf"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{data}"
    )
    return _multipart("mixed", f"mix{number}", [entity, file])


def _multipart(kind: str, mark: str, parts: list[str]) -> str:
    body = "".join(f"--{mark}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n{body}--{mark}--\r\n'


def _lines(text: str) -> str:
    """No line longer than mail allows."""
    folded = []
    for line in text.split("\n"):
        while len(line) > 76 and " " in line[:76]:
            at = line.rfind(" ", 0, 76)
            folded.append(line[:at])
            line = line[at + 1 :]
        folded.append(line)
    return "\r\n".join(folded)
