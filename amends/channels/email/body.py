"""What a person reads of a mail: its text and its HTML, and which parts are neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from amends.channels.email import charsets, flowed, limits
from amends.channels.email.limits import Problems
from amends.channels.email.parts import Part
from amends.kit import html as safe_html

# Copies of the same words for a device or a mail program; the plain and the HTML version are enough.
_COPIES = {"text/x-amp-html", "text/watch-html"}


@dataclass(frozen=True)
class _Block:
    """One stretch of the mail, in plain text, in HTML, or in both."""

    plain: str = ""
    html: str = ""


@dataclass(frozen=True)
class Body:
    """`text` is always whole; `html` is as sent; `rest` are the parts that are not the letter itself."""

    text: str
    html: str
    rest: tuple[Part, ...]


@dataclass
class _Reader:
    root: Part
    problems: Problems
    rest: list[Part] = field(default_factory=list)
    seen_text: bool = False

    def blocks(self, part: Part) -> list[_Block]:
        if part.children:
            below = [self.blocks(child) for child in part.children]
            if part.content_type == "multipart/alternative":
                return _as_one([block for blocks in below for block in blocks])
            return [block for blocks in below for block in blocks]
        if part.content_type in _COPIES:
            return []
        if not self.is_letter(part):
            self.rest.append(part)
            return []
        self.seen_text = True
        text = self.text_of(part)
        return [_Block(html=text) if part.content_type == "text/html" else _Block(plain=text)]

    def is_letter(self, part: Part) -> bool:
        if part.content_type not in ("text/plain", "text/html", "text/enriched", "text/richtext"):
            return False
        if part.disposition == "attachment":
            return False
        named = "filename" in part.disposition_parameters or "name" in part.parameters
        return not named or part is self.root or (not self.seen_text and part.disposition != "inline")

    def text_of(self, part: Part) -> str:
        text, problem = charsets.decode(part.content(self.problems), part.parameters.get("charset", ""))
        self.problems.add(problem)
        if part.content_type in ("text/enriched", "text/richtext"):
            return safe_html.bare_text(text)
        if part.content_type == "text/plain" and part.parameters.get("format", "").lower() == "flowed":
            return flowed.unfold(text, delsp=part.parameters.get("delsp", "").lower() == "yes")
        return text


def read(root: Part, problems: Problems) -> Body:
    """Text and HTML of a mail. Plain text is preferred where there is any, else it is made from the HTML."""
    reader = _Reader(root, problems)
    blocks = reader.blocks(root)
    text = "\n\n".join(filter(None, (_plain_of(block, problems).strip("\n") for block in blocks)))
    html = _whole_html(blocks)
    if len(html) > limits.HTML_CHARS:
        problems.add("html_too_large")
        html = ""
    elif html and safe_html.is_too_complex(html):
        problems.add("html_too_deep")
    return Body(text, html, tuple(reader.rest))


def _as_one(blocks: list[_Block]) -> list[_Block]:
    plain = "\n\n".join(block.plain for block in blocks if block.plain.strip())
    html = "\n".join(block.html for block in blocks if block.html.strip())
    return [_Block(plain, html)] if plain or html else []


def _plain_of(block: _Block, problems: Problems) -> str:
    if block.plain.strip() or not block.html:
        return block.plain
    if len(block.html) > limits.HTML_CHARS:
        problems.add("html_too_large")
    return safe_html.to_text(block.html)


def _whole_html(blocks: list[_Block]) -> str:
    if not any(block.html for block in blocks):
        return ""
    return "\n".join(block.html or _as_html(block.plain) for block in blocks if block.html or block.plain.strip())


def _as_html(plain: str) -> str:
    return "<div>" + escape(plain.strip("\n"), quote=False).replace("\n", "<br>\n") + "</div>"
