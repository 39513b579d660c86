"""What stands in the desks of the stories, as JSON for `tests.stories.furnish`."""

from __future__ import annotations

import json
from typing import Any

from tests.stories.post import Post
from tests.stories.seats import PASSWORD

THIMBLE = "help@thimble.example"
VANTRY = "help@vantry.example"
BLUEBELL = "help@bluebell.example"
FORWARDED = "care@larkspur.example"


def a_desk_at_work(post: Post) -> bytes:
    """Three brands with their people and mailboxes, and an admin. Letters are not held.

    Delphine, Bo and Ines (who leads) answer for Thimble & Thorn; only Delphine speaks German. Callum has Vantry alone,
    Hattie has Bluebell.
    """
    return _furniture(
        _brand(
            "Thimble & Thorn",
            [
                _member("Delphine Marsh", "agent", "en", "de"),
                _member("Bo Adeyemi", "agent", "en"),
                _member("Ines Calder", "lead", "en"),
            ],
            [post.account(THIMBLE)],
        ),
        _brand("Vantry Broadband", [_member("Callum Brae", "agent", "en")], [post.account(VANTRY)]),
        _brand("Bluebell Tools", [_member("Hattie Quill", "agent", "en")], [post.account(BLUEBELL)]),
        _brand("House", [_member("Marguerite Sol", "admin", "en")], []),
    )


def a_quiet_desk() -> bytes:
    """One brand, one agent, one address whose mail another server hands over."""
    accounts = [{"kind": "forwarded", "address": FORWARDED, "settings": {}}]
    return _furniture(_brand("Larkspur", [_member("Tamsin Holt", "admin", "en")], accounts))


def _furniture(*brands: dict[str, Any]) -> bytes:
    return json.dumps({"hold": 0, "password": PASSWORD, "brands": brands}).encode()


def _brand(name: str, members: list[dict[str, Any]], accounts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "slug": name.split(" ")[0].lower(), "members": members, "accounts": accounts}


def _member(name: str, role: str, *languages: str) -> dict[str, Any]:
    return {"name": name, "role": role, "languages": languages}
