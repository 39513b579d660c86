"""Which files claim to be pictures, and pictures that lie inside a letter. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import unquote

from amends.kit.html import HELD

_RASTER = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"}
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_SOURCE = re.compile(rf'\bsrc="(cid:|{re.escape(HELD)})([^"<>]*)"')


def is_picture(content_type: str) -> bool:
    """Whether a file claims to be a raster picture. SVG is none: it can hold scripts."""
    return content_type.lower() in _RASTER


def with_pictures(html: str, urls: Mapping[str, str], outside: Mapping[str, str] | None = None) -> str:
    """Safe HTML with the pictures that came in the letter; any other picture is left out.

    `urls` maps a Content-ID without its angle brackets to where the file is served, `outside` the address of a picture
    that lies elsewhere to where we serve what was fetched.
    """
    fetched = outside or {}

    def place(found: re.Match[str]) -> str:
        source = _SOURCE.search(found[0])
        if source is None:
            return ""
        said = unescape(source[2])
        url = fetched.get(said) if source[1] == HELD else urls.get(unquote(said).strip("<>"))
        return found[0].replace(source[0], f'src="{escape(url)}"') if url else ""

    return _IMAGE.sub(place, html)
