"""S1, S33, ASVS 1.2.2 and 1.3.1: what is left of hostile HTML, seen by another reader than the one that cleaned it."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from amends.desk.pictures import with_pictures
from amends.kit import html as cleaning
from amends.kit.html import sanitise
from tests.security import hostile

SCHEMES = ("http:", "https:", "mailto:", "tel:", "cid:")
FRAME = {"html", "head", "body"}
PICTURES = {"p": "/files/5/p.png"}
TAGS = cleaning._TAGS
ATTRIBUTES = {**cleaning._ATTRIBUTES, "a": {*cleaning._ATTRIBUTES["a"], "rel", "target"}}


def disallowed(html: str, *, pictures: bool = False) -> list[str]:
    """Nodes, attributes and schemes that a second parser finds and nobody allowed."""
    root = LexborHTMLParser(f"<body>{html}").root
    assert root is not None
    found = []
    for node in root.traverse(include_text=False):
        tag = node.tag or ""
        if tag in FRAME and not node.attributes:
            continue
        if tag not in TAGS and tag != "-comment":
            found.append(f"<{tag}>")
        found += [
            f"{tag} {name}={value!r}"
            for name, value in node.attributes.items()
            if not _may(node, name, value, pictures)
        ]
        if tag == "-comment":
            found.append("a comment")
    return found


def _may(node: LexborNode, name: str, value: str | None, pictures: bool) -> bool:
    tag, said = node.tag or "", value or ""
    if name not in ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"]:
        return False
    if name == "src":
        return said.startswith("/files/") if pictures else said.lower().startswith("cid:")
    return name != "href" or said.strip().lower().startswith(SCHEMES[:4])


def test_there_are_enough_payloads() -> None:
    assert len(set(hostile.bodies())) >= 2000


@pytest.mark.parametrize("part", range(8))
def test_nothing_is_left_that_nobody_allowed(part: int) -> None:
    wrong = {body: found for body in list(hostile.bodies())[part::8] if (found := disallowed(sanitise(body)))}
    assert not wrong


def test_cleaning_again_changes_nothing() -> None:
    bad = [body for body in hostile.bodies() if ordered(sanitise(once := sanitise(body))) != ordered(once)]
    assert not bad


def test_pictures_are_put_in_without_opening_anything() -> None:
    """Content-IDs, alternative words and titles are the sender's: none of them ends its attribute."""
    wrong = {}
    for body in hostile.bodies():
        placed = with_pictures(sanitise(body), PICTURES)
        if found := disallowed(placed, pictures=True):
            wrong[body] = found
    assert not wrong


def ordered(html: str) -> str:
    """With each tag's attributes in alphabetical order: the sanitiser writes them in any."""
    return re.sub(r"<[^<>]*>", lambda tag: " ".join(sorted(re.findall(r'[^\s<>="]+(?:="[^"]*")?', tag[0]))), html)
