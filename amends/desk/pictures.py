"""Which files claim to be pictures, and pictures that lie inside a letter. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import unquote

_RASTER = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"}
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_CID = re.compile(r"""\bsrc=(["'])cid:(.*?)\1""", re.IGNORECASE)


def is_picture(content_type: str) -> bool:
    """Whether a file claims to be a raster picture. SVG is none: it can hold scripts."""
    return content_type.lower() in _RASTER


def with_pictures(html: str, urls: Mapping[str, str]) -> str:
    """Safe HTML with the pictures that came in the letter; any other picture is left out.

    `urls` maps a Content-ID without its angle brackets to where the file is served.
    """

    def place(found: re.Match[str]) -> str:
        cid = _CID.search(found[0])
        url = urls.get(unquote(unescape(cid[2])).strip("<>")) if cid else None
        if cid is None or url is None:
            return ""
        return found[0].replace(cid[0], f'src="{escape(url)}"')

    return _IMAGE.sub(place, html)
