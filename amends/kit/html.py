"""HTML from outside made safe to show, and HTML turned into text. Neither function ever raises."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urlsplit

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from amends.kit.unseen import without_unseen

MOST_CHARS = 2 * 1024 * 1024
DEEPEST = 256
MOST_LINKS = 5_000
MOST_TAGS = 100_000
# How many elements a browser would have to rebuild for badly nested bold, font and the like.
MOST_REBUILT = 200_000

_TAGS = {
    *(
        "a abbr address article aside b bdi big blockquote br caption center cite code col colgroup dd del details"
    ).split(),
    *("dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark").split(),
    *("ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead").split(),
    *("time tr tt u ul var wbr").split(),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "*": {"dir", "lang"},
}
_LINK_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_DROPPED_WITH_CONTENT = {"script", "style", "title", "template", "noscript", "object", "svg", "math", "iframe"}

_VOID = {*"area base br col embed hr img input link meta param source track wbr".split()}
# Their end tags may be left out, so an open one says nothing about depth.
_SELF_ENDING = {*"p li dt dd option optgroup tr td th tbody thead tfoot colgroup html head body".split()}
_REBUILT = {*"a b big code em font i nobr s small strike strong tt u".split()}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_HIDDEN = {
    "<!--": re.compile("-->"),
    "<script": re.compile("</script", re.IGNORECASE),
    "<style": re.compile("</style", re.IGNORECASE),
    "<title": re.compile("</title", re.IGNORECASE),
}
_HIDDEN_START = re.compile("|".join(_HIDDEN), re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"</?(?:br|p|div|tr|li|h[1-6]|table|blockquote|hr)\b[^<>]*>", re.IGNORECASE)
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
HELD = "held:"
"""Stands before the address of a picture that lies elsewhere: no browser knows what to fetch there."""
LONGEST_ADDRESS = 2_000
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINES = re.compile(r"\n{3,}")

_NEVER_TEXT = {"script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe"}
_PARAGRAPHS = {*"p h1 h2 h3 h4 h5 h6 ul ol dl pre table blockquote figure hr".split()}
_LINES = {*"address article aside center dd details div dt fieldset figcaption footer form header li main".split()} | {
    *"nav option section summary tr caption".split()
}
_CELLS = {"td", "th"}


def sanitise(html: str, *, hold: bool = False) -> str:
    """`html` with nothing in it that acts, reaches out, or takes over the page.

    No scripts, styles, classes, ids, forms or remote pictures; `cid:` pictures stay for the caller to resolve. With
    `hold`, so do the addresses of pictures that lie elsewhere, made inert by `HELD`; those that nobody would see only
    tell that a letter is read, and go. Too large or too deeply nested input comes back as plain paragraphs.
    """
    html = _UNUSABLE.sub("", html)
    if is_too_complex(html):
        return "<p>" + escape(bare_text(html), quote=False).replace("\n", "<br>") + "</p>"
    if hold:
        html = without_unseen(html)
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_kept_or_held if hold else _kept_attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid", *(["held"] if hold else [])},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def may_be_fetched(url: str) -> bool:
    """Whether the address of a picture is one that we would ask at all: of the web, and without a name and password."""
    try:
        parts = urlsplit(url)
        asked = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    return asked and len(url) <= LONGEST_ADDRESS and url.isprintable()


def to_text(html: str) -> str:
    """`html` as text: blocks become lines, lists get dashes, quoted mail gets `> ` before each line."""
    html = _UNUSABLE.sub("", html)
    if is_too_complex(html):
        return bare_text(html)
    root = LexborHTMLParser(html).root
    return _Writer().written(root) if root is not None else ""


def bare_text(html: str) -> str:
    """`html` with its tags struck out, for input that is too large or too deep to be parsed. Linear time."""
    text = _BREAK.sub("\n", _without_hidden(html[:MOST_CHARS]))
    text = _ANY_TAG.sub("", text)
    lines = (_SPACES.sub(" ", line).strip() for line in unescape(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", _UNUSABLE.sub("", "\n".join(lines))).strip()


def _without_hidden(html: str) -> str:
    kept: list[str] = []
    at = 0
    endless: set[str] = set()
    for start in _HIDDEN_START.finditer(html):
        kind = start[0].lower()
        # One that never ends hides nothing; looking for its end again and again would take quadratic time.
        if start.start() < at or kind in endless:
            continue
        end = _HIDDEN[kind].search(html, start.end())
        if end is None:
            endless.add(kind)
            continue
        kept.append(html[at : start.start()])
        at = end.end()
    return " ".join([*kept, html[at:]])


def is_too_complex(html: str) -> bool:
    """Whether parsing `html` could take unreasonable time or memory: size, depth, links, badly nested styles."""
    if len(html) > MOST_CHARS or html.count("<") > MOST_TAGS:
        return True
    open_tags: dict[str, int] = {}
    depth = styles = rebuilt = links = 0
    for closing, written in _TAG.findall(html):
        name = written.lower()
        if name in _VOID:
            continue
        if name in _SELF_ENDING:
            rebuilt += 0 if closing else styles
        elif not closing:
            open_tags[name] = open_tags.get(name, 0) + 1
            depth += 1
            styles += name in _REBUILT
            links += name == "a"
            rebuilt += styles if name not in _REBUILT else 0
        elif open_tags.get(name, 0):
            open_tags[name] -= 1
            depth -= 1
            styles -= name in _REBUILT
        if depth > DEEPEST or rebuilt > MOST_REBUILT or links > MOST_LINKS:
            return True
    return False


def _kept_attribute(tag: str, attribute: str, value: str) -> str | None:
    start = value.strip().lower()
    if attribute == "href":
        return value if start.startswith(_LINK_SCHEMES) else None
    if attribute == "src":
        return value.strip() if start.startswith("cid:") else None
    if attribute in ("width", "height", "colspan", "rowspan", "start"):
        return value if value.isascii() and value.isdigit() and len(value) <= 4 else None
    return value


def _kept_or_held(tag: str, attribute: str, value: str) -> str | None:
    if attribute != "src" or value.strip().lower().startswith("cid:"):
        return _kept_attribute(tag, attribute, value)
    url = value.strip().removeprefix(HELD)
    return HELD + url if may_be_fetched(url) else None


class _Writer:
    """Walks the tree without recursion and writes lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = 0
        self.verbatim = 0
        self.dash = ""

    def written(self, root: LexborNode) -> str:
        node: LexborNode | None = root
        while node is not None:
            below = self.enter(node)
            node = below if below is not None else self.next_after(node, root)
        self.end_line()
        return _BLANK_LINES.sub("\n\n", "\n".join(self.lines)).strip("\n")

    def next_after(self, node: LexborNode, root: LexborNode) -> LexborNode | None:
        at: LexborNode | None = node
        while at is not None and at.mem_id != root.mem_id:
            self.leave(at.tag or "")
            if at.next is not None:
                return at.next
            at = at.parent
        return None

    def enter(self, node: LexborNode) -> LexborNode | None:
        name = node.tag or ""
        if name == "-text":
            self.write(node.text_content or "")
            return None
        if name in _NEVER_TEXT or name.startswith(("-", "!")):
            return None
        if name == "br":
            self.end_line(keep_empty=True)
        elif name == "img":
            self.write(node.attributes.get("alt") or "")
        elif name in _PARAGRAPHS:
            self.blank_line()
        elif name in _LINES:
            self.end_line()
        self.open(name)
        return node.child

    def open(self, name: str) -> None:
        if name == "li":
            self.dash = "- "
        elif name in _CELLS and self.line:
            self.line.append(" ")
        self.quotes += name == "blockquote"
        self.verbatim += name == "pre"

    def leave(self, name: str) -> None:
        if name in _PARAGRAPHS or name in _LINES:
            self.end_line()
        if name == "blockquote":
            self.leave_quote()
        self.verbatim -= name == "pre"
        if name in _PARAGRAPHS:
            self.blank_line()

    def leave_quote(self) -> None:
        self.quotes -= 1
        while self.lines and self.lines[-1] and not self.lines[-1].strip("> "):
            self.lines.pop()

    def write(self, text: str) -> None:
        if self.verbatim:
            first, *rest = text.split("\n")
            self.line.append(first)
            for line in rest:
                self.end_line(keep_empty=True)
                self.line.append(line)
            return
        words = _SPACES.sub(" ", text)
        if words.strip(" ") or self.line:
            self.line.append(words)

    def end_line(self, *, keep_empty: bool = False) -> None:
        text = "".join(self.line)
        text = text.rstrip() if self.verbatim else _SPACES.sub(" ", text).strip()
        self.line = []
        if not text and not keep_empty:
            return
        mark = "> " * self.quotes
        self.lines.append((mark + self.dash + text).rstrip() if text else mark.rstrip())
        self.dash = "" if text else self.dash

    def blank_line(self) -> None:
        self.end_line()
        mark = ("> " * self.quotes).rstrip()
        if self.lines and self.lines[-1] != mark:
            self.lines.append(mark)
