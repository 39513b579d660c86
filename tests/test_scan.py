"""What is known to be broken is found, and a database that is away is never taken for good news (ASVS 15.2.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.peers.ports import free_ports
from tests.peers.web import serving
from tools import sbom, scan

GOOD, ALSO_GOOD, BAD, TOOL = "pkg:pypi/a@1", "pkg:npm/%40b/c@2", "pkg:pypi/d@3", "pkg:pypi/e@4"


@dataclass
class Osv:
    """A database that speaks the API of OSV as its pages tell: a page of ids for each query, and a record for each id."""

    port: int = 0
    pages: dict[str, list[list[str]]] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    answer: bytes = b""
    """In place of the usual."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(self, query: dict[str, Any]) -> dict[str, Any]:
        purl, at = query["package"]["purl"], int(query.get("page_token", "0"))
        self.asked.append(purl)
        pages = self.pages.get(purl, [])
        if not pages:
            return {}
        found: dict[str, Any] = {"vulns": [{"id": one, "modified": "2026-01-01T00:00:00Z"} for one in pages[at]]}
        return found | ({"next_page_token": str(at + 1)} if at + 1 < len(pages) else {})


class Handler(BaseHTTPRequestHandler):
    osv: Osv

    def do_POST(self) -> None:
        assert self.path == "/v1/querybatch"
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.say({"results": [self.osv.page(query) for query in given["queries"]]})

    def do_GET(self) -> None:
        number = self.path.removeprefix("/v1/vulns/")
        self.say({"id": number, **self.osv.records[number]})

    def say(self, found: dict[str, Any]) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.osv.answer or json.dumps(found).encode())


@pytest.fixture
def osv(monkeypatch: pytest.MonkeyPatch) -> Iterator[Osv]:
    """It knows flaws of one package that is built in and of one tool."""
    monkeypatch.setattr(scan, "built_in", lambda: [GOOD, ALSO_GOOD, BAD])
    monkeypatch.setattr(scan, "used", lambda: [BAD, TOOL])
    osv = Osv(
        pages={BAD: [["GHSA-1", "GHSA-2"], ["GHSA-3"]], TOOL: [["PYSEC-1"]]},
        records={
            "GHSA-1": {"summary": "It\nopens.", "database_specific": {"severity": "HIGH"}},
            "GHSA-2": {"summary": "Taken back.", "withdrawn": "2026-01-01T00:00:00Z"},
            "GHSA-3": {"database_specific": {"severity": "Moderate"}},
            "PYSEC-1": {},
        },
    )
    with serving(type("OsvHandler", (Handler,), {"osv": osv})) as port:
        osv.port = port
        yield osv


def test_what_is_known_is_told_of_what_is_built_in_and_of_tools(osv: Osv, capsys: pytest.CaptureFixture[str]) -> None:
    assert scan.main(osv.url) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"BUILT IN  HIGH      {BAD}  GHSA-1  It opens.  https://osv.dev/vulnerability/GHSA-1",
        f"BUILT IN  MODERATE  {BAD}  GHSA-3    https://osv.dev/vulnerability/GHSA-3",
        f"TOOL      UNKNOWN   {TOOL}  PYSEC-1    https://osv.dev/vulnerability/PYSEC-1",
        "scan: of 3 that are built in and 1 tools, 2 have known flaws.",
    ]


def test_where_nothing_is_known_it_passes_and_says_of_how_many(osv: Osv, capsys: pytest.CaptureFixture[str]) -> None:
    osv.pages.clear()
    assert scan.main(osv.url) == 0
    assert capsys.readouterr().out == "scan: of 3 that are built in and 1 tools, of none a flaw is known.\n"
    assert osv.asked == [GOOD, ALSO_GOOD, BAD, TOOL]


def test_more_than_are_asked_at_once_are_all_asked(osv: Osv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "AT_ONCE", 2)
    assert scan.main(osv.url) == 1
    assert sorted(set(osv.asked)) == sorted([GOOD, ALSO_GOOD, BAD, TOOL])


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b"{}", b'{"results": [{}]}'])
def test_an_answer_that_is_none_fails_in_one_line(osv: Osv, answer: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    osv.answer = answer
    assert scan.main(osv.url) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("scan: nothing is known, good or bad: ") and told.err.count("\n") == 1


def test_without_a_network_it_fails_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    (port,) = free_ports(1)
    assert scan.main(f"http://127.0.0.1:{port}") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "did not answer" in told.err and "try again where there is a network" in told.err
    assert told.err.count("\n") == 1


def test_all_that_is_built_in_and_all_tools_are_looked_up() -> None:
    built_in, used = scan.built_in(), scan.used()
    named = {one.split("@")[0] for one in built_in}
    assert {"pkg:pypi/django", "pkg:npm/htmx.org", "pkg:npm/dompurify", "pkg:pypi/tokenizers"} <= named
    assert {"pkg:pypi/mypy", "pkg:pypi/uv", "pkg:pypi/django"} <= {one.split("@")[0] for one in used}
    assert all(one["purl"] in built_in for one in sbom.packages())
