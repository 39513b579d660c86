"""Ask whether anything is known to be broken in what is built in, or in what it is developed with.

    .venv/bin/python -m tools.scan [ADDRESS]

Every package of `requirements/*.lock` and every script, icon and font that came from npm is looked up in OSV, which
gathers the advisories of PyPA, GitHub and others: https://google.github.io/osv.dev/post-v1-querybatch/. Names and versions
leave, nothing else. Exit status 0: nothing is known; 1: something is; 2: it could not be asked, and nothing is said.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from tools import sbom

ADDRESS = "https://api.osv.dev"
SECONDS = 30
AT_ONCE = 500
MOST_PAGES = 20


class ScanError(Exception):
    """It could not be asked; the message says why."""


@dataclass(frozen=True)
class Flaw:
    """One advisory about one package."""

    purl: str
    id: str
    severity: str
    summary: str

    def line(self) -> str:
        return f"{self.severity:<9} {self.purl}  {self.id}  {self.summary}  https://osv.dev/vulnerability/{self.id}"


def main(address: str) -> int:
    try:
        ours, tools = built_in(), used()
        flaws = scan([*ours, *(purl for purl in tools if purl not in ours)], address)
    except (ScanError, sbom.SbomError) as error:
        print(f"scan: nothing is known, good or bad: {error}", file=sys.stderr)
        return 2
    for flaw in flaws:
        print(f"{'BUILT IN' if flaw.purl in ours else 'TOOL':<9} {flaw.line()}")
    told = f"{len({flaw.purl for flaw in flaws})} have known flaws" if flaws else "of none a flaw is known"
    print(f"scan: of {len(ours)} that are built in and {len(set(tools) - set(ours))} tools, {told}.")
    return 1 if flaws else 0


def built_in() -> list[str]:
    """The package URLs of all that is built in."""
    return [one["purl"] for one in sbom.sbom()["components"] if "purl" in one]


def used() -> list[str]:
    """The package URLs of what it is developed with."""
    locks = sorted((sbom.ROOT / "requirements").glob("*.lock"))
    texts = [lock.read_text("utf-8") for lock in locks]
    return sorted({f"pkg:pypi/{one['name']}@{one['version']}" for text in texts for one in sbom.LOCKED.finditer(text)})


def scan(purls: list[str], address: str) -> list[Flaw]:
    """All that is known about them, in their order. Raises ScanError."""
    known: list[tuple[str, str]] = []
    for begin in range(0, len(purls), AT_ONCE):
        known += _ids(purls[begin : begin + AT_ONCE], address)
    about = {number: _ask(f"{address}/v1/vulns/{number}") for number in sorted({number for _purl, number in known})}
    return [_flaw(purl, number, about[number]) for purl, number in known if not about[number].get("withdrawn")]


def _ids(purls: list[str], address: str) -> list[tuple[str, str]]:
    """Pairs of a package and an advisory; one with very many has more pages than one."""
    found: list[tuple[str, str]] = []
    asked: list[dict[str, Any]] = [{"package": {"purl": purl}} for purl in purls]
    for _page in range(MOST_PAGES):
        results = _ask(f"{address}/v1/querybatch", {"queries": asked}).get("results")
        if not isinstance(results, list) or len(results) != len(asked):
            raise ScanError(f"{address} did not answer for each package.")
        more = []
        for query, result in zip(asked, results, strict=True):
            purl = query["package"]["purl"]
            found += [(purl, str(one["id"])) for one in result.get("vulns") or []]
            if result.get("next_page_token"):
                more.append({**query, "page_token": result["next_page_token"]})
        if not more:
            return sorted(found, key=lambda pair: purls.index(pair[0]))
        asked = more
    raise ScanError(f"{address} has no end of pages.")


def _flaw(purl: str, number: str, about: dict[str, Any]) -> Flaw:
    severity = str((about.get("database_specific") or {}).get("severity") or "UNKNOWN")
    return Flaw(purl, number, severity.upper(), " ".join(str(about.get("summary") or "").split()))


def _ask(url: str, question: dict[str, Any] | None = None) -> dict[str, Any]:
    data = json.dumps(question).encode() if question else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", "User-Agent": "Amends"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            found = json.load(answer)
    except (OSError, HTTPException, ValueError) as error:
        raise ScanError(f"{url} did not answer ({error}); try again where there is a network.") from error
    if not isinstance(found, dict):
        raise ScanError(f"{url} answered something else.")
    return found


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or [ADDRESS])))
