"""The list of what is built in is whole, and names a licence that fits for each (ASVS 15.1.2)."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools import sbom

NO_LICENCE = re.compile("LICENSE|VERSIONS")


def components(within: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in within:
        yield one
        yield from components(one.get("components", []))


def everything() -> list[dict[str, Any]]:
    return list(components(sbom.sbom()["components"]))


@pytest.mark.parametrize("lock", ["run.lock", "semantic.lock"])
def test_every_package_of_the_locks_is_listed_with_its_hashes(lock: str) -> None:
    listed = {one.get("purl"): one for one in everything()}
    text = (sbom.ROOT / "requirements" / lock).read_text("utf-8")
    pinned = re.findall(r"^([^\s=]+)==([^\s;]+)", text, re.M)
    assert pinned
    assert [one for one in pinned if "pkg:pypi/{}@{}".format(*one) not in listed] == []
    hashes = [
        one["content"]
        for purl, package in listed.items()
        if str(purl).startswith("pkg:pypi/")
        for one in package["externalReferences"][0]["hashes"]
    ]
    assert set(re.findall(r"sha256:(\w+)", text)) <= set(hashes)


def test_every_file_that_came_from_elsewhere_is_listed_with_its_hash() -> None:
    listed = {one["name"]: one["hashes"][0]["content"] for one in everything() if "hashes" in one}
    reader = sbom.ROOT / "amends" / "triage" / "reader"
    found = [*sbom.VENDOR.iterdir(), *(sbom.STATIC / "fonts").iterdir(), *reader.glob("*.model")]
    found += [sbom.STATIC / "icons.svg"]
    shipped = {
        path.relative_to(sbom.ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if not NO_LICENCE.match(path.name)
    }
    assert shipped == listed


def test_a_script_within_a_script_is_listed() -> None:
    (inside,) = [one for one in everything() if one["name"] == "dompurify"]
    assert f"DOMPurify {inside['version']} " in (sbom.VENDOR / "trix.esm.min.js").read_text("utf-8")


def test_whatever_is_built_in_has_a_licence_that_fits() -> None:
    for one in everything():
        if one["type"] != "file":
            (said,) = one["licenses"]
            assert sbom.fits(said.get("expression") or said["license"]["id"]), one["name"]


@pytest.mark.parametrize("licence", ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "BSD", "Proprietary"])
def test_a_licence_that_does_not_fit_is_refused_in_a_sentence(licence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sbom, "_said", lambda _package: licence)
    with pytest.raises(sbom.SbomError, match=r"a2wsgi says .* of its licence"):
        sbom.sbom()


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    targets = [tmp_path / name / "sbom.cdx.json" for name in ("once", "twice")]
    for target in targets:
        subprocess.run([sys.executable, "tools/sbom.py", str(target)], cwd=sbom.ROOT, check=True)
    once, twice = (target.read_bytes() for target in targets)
    assert once == twice
    assert (json.loads(once)["bomFormat"], json.loads(once)["specVersion"]) == ("CycloneDX", "1.6")
