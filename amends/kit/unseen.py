"""Pictures in a letter that nobody would see: they only tell the sender that it is read. Pure; never raises."""

from __future__ import annotations

import re

_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_HIDES = re.compile(
    r"""(?<![-\w])(?:max-)?(?:width|height)\s{0,3}[=:]\s{0,3}["']?\s{0,3}[012](?:px)?\s{0,3}(?:["';/>!\s])"""
    r"|display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|opacity\s{0,3}:\s{0,3}0(?![.\d])",
    re.IGNORECASE,
)
_STYLE = re.compile(r"<style\b[^<>]*>", re.IGNORECASE)
_STYLE_END = re.compile(r"</style", re.IGNORECASE)
_COMMENT = re.compile(r"/\*|\*/|<!--|-->")
_RULE = re.compile(r"[{}]")
_ONE_NAME = re.compile(r"(?:(?:html|body)\s{1,9})?(?:img)?((?:[.#][-\w]{1,80}){1,8})", re.IGNORECASE)
_NAME = re.compile(r"[.#][-\w]+")
_NAMED = re.compile(r"""(?<![-\w])(class|id)\s{0,3}=\s{0,3}("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)""", re.IGNORECASE)
MOST_STYLE = 256 * 1024
"""Characters of a letter's style that are read."""
MOST_SELECTORS = 100

Names = frozenset[str]
""".class and #id, in small letters, which a picture must have all of."""


def without_unseen(html: str) -> str:
    """`html` without the pictures that are a point wide, or hidden by themselves or by the letter's own style."""
    hidden = set(hidden_by(style_of(html)))

    def kept(picture: re.Match[str]) -> str:
        if _HIDES.search(picture[0]):
            return ""
        names = _names_of(picture[0]) if hidden else frozenset[str]()
        return "" if any(one <= names for one in hidden) else picture[0]

    return _PICTURE.sub(kept, html)


def style_of(html: str) -> str:
    """What stands in its style elements, without comments."""
    found, room = [], MOST_STYLE
    start = _STYLE.search(html)
    while start is not None and room > 0:
        end = _STYLE_END.search(html, start.end())
        text = html[start.end() : end.start() if end else len(html)][:room]
        found.append(text)
        room -= len(text)
        start = _STYLE.search(html, end.end()) if end else None
    return "\n".join(map(_without_comments, found))


def hidden_by(style: str) -> list[Names]:
    """The pictures that a style hides on every screen, by their names.

    Only what is told of a name by itself: ".open", "img.open", "#open"; what depends on what is around it, or on
    the width of the screen (@media), hides a picture only sometimes.
    """
    hidden: list[Names] = []
    depth, at, selectors = 0, 0, ""
    for brace in _RULE.finditer(style):
        text, at = style[at : brace.start()], brace.end()
        if brace[0] == "{":
            selectors = text.rpartition(";")[2] if depth == 0 else ""
            depth += 1
            continue
        if depth == 1 and selectors and _HIDES.search(f"{text};"):
            hidden += filter(None, map(_alone, selectors.split(",")[: MOST_SELECTORS - len(hidden)]))
        depth, selectors = max(depth - 1, 0), ""
    return hidden


def _alone(selector: str) -> Names:
    found = _ONE_NAME.fullmatch(selector.strip())
    return frozenset(name.lower() for name in _NAME.findall(found[1])) if found else frozenset()


def _names_of(picture: str) -> Names:
    names = set()
    for kind, value in _NAMED.findall(picture):
        sign = "." if kind.lower() == "class" else "#"
        names |= {f"{sign}{name}".lower() for name in value.strip("\"'").split()}
    return frozenset(names)


def _without_comments(style: str) -> str:
    """What stands in comments is no rule; the marks that hide a style from very old readers are none either."""
    kept, at, inside = [], 0, False
    for mark in _COMMENT.finditer(style):
        if mark[0] == "/*" and not inside:
            kept.append(style[at : mark.start()])
            inside = True
        elif mark[0] == "*/" and inside:
            at, inside = mark.end(), False
        elif mark[0] in ("<!--", "-->") and not inside:
            kept.append(style[at : mark.start()])
            at = mark.end()
    return " ".join([*kept, "" if inside else style[at:]])
