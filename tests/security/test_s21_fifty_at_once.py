"""S21: the limit on guessing holds over threads and processes, with the real database's locks."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.peers.desk import running_desk

PASSWORD = "nine patient otters"
FURNITURE = {
    "hold": 0,
    "password": PASSWORD,
    "brands": [
        {
            "name": "Thimble & Thorn",
            "slug": "thimble",
            "members": [{"name": "Delphine Marsh", "role": "agent", "languages": ["en"]}],
            "accounts": [],
        }
    ],
}


@pytest.mark.desk
def test_fifty_who_guess_at_once_get_five_tries_together(tmp_path: Path) -> None:
    with running_desk(tmp_path, furniture=json.dumps(FURNITURE).encode()) as desk, httpx.Client() as page:
        page.get(f"{desk.url}/accounts/login/")
        token = page.cookies["csrftoken"]

        def guess(number: int) -> httpx.Response:
            given = {"login": "delphine@desk.example", "password": f"guess {number}", "csrfmiddlewaretoken": token}
            own = {"Cookie": f"csrftoken={token}", "Origin": desk.url}
            return httpx.post(f"{desk.url}/accounts/login/", data=given, headers=own, timeout=60)

        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(guess, range(50)))
    looked_at = [answer for answer in answers if "too many tries" not in answer.text and answer.status_code != 429]
    assert {answer.status_code for answer in answers} <= {200, 429}
    assert 1 <= len(looked_at) <= 5
