"""Fetch the scripts, icons and fonts that Amends serves from npm, at the versions and hashes in `VERSIONS`.

    python3 tools/vendor.py            fetch, and refuse whatever has another hash
    python3 tools/vendor.py --accept   fetch, and write the hashes found into VERSIONS (for a new version)

Needs `npm` for `npm pack`, which asks the registry that npm is set up with. Nothing else of Amends needs it.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

UI = Path(__file__).resolve().parent.parent / "amends" / "ui"
VENDOR = UI / "static" / "ui" / "vendor"
VERSIONS = VENDOR / "VERSIONS"
ICONS = UI / "icons.txt"
UNKNOWN = "-"
SHAPE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@dataclass(frozen=True)
class Item:
    package: str
    version: str
    source: str
    target: str
    sha256: str

    def line(self) -> str:
        return f"{self.package:<35} {self.version:<8} {self.source:<46} {self.target:<50} {self.sha256}"


def main(accept: bool) -> int:
    head, items = read_versions(VERSIONS.read_text())
    with tempfile.TemporaryDirectory() as folder:
        packed = {key: pack(*key, Path(folder)) for key in sorted({(item.package, item.version) for item in items})}
        found = [(item, content(packed[item.package, item.version], item)) for item in items]
    checked = [replace(item, sha256=hashlib.sha256(data).hexdigest()) for item, data in found]
    wrong = [new.target for (old, _), new in zip(found, checked, strict=True) if old.sha256 != new.sha256]
    if wrong and not accept:
        print("These are not what VERSIONS promises:", ", ".join(wrong))
        return 1
    for item, data in found:
        (VENDOR / item.target).resolve().write_bytes(data)
    VERSIONS.write_text("\n".join([*head, *(item.line() for item in checked)]) + "\n")
    print(f"{len(found)} files are in place.")
    return 0


def read_versions(text: str) -> tuple[list[str], list[Item]]:
    """Comment lines, and one item a line: package, version, file in the package, file here, sha256."""
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("#")]
    return head, [Item(*line.split()) for line in lines if line.strip() and not line.startswith("#")]


def pack(package: str, version: str, folder: Path) -> Path:
    """The package's tarball, as the registry has it."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{package}@{version}"]
    name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    return folder / name


def content(tarball: Path, item: Item) -> bytes:
    with tarfile.open(tarball) as archive:
        if item.source.endswith("/"):
            return sprite(archive, item).encode()
        return member(archive, item.source)


def sprite(archive: tarfile.TarFile, item: Item) -> str:
    """One SVG file with a `<symbol>` for each name in `icons.txt`, without any style of its own."""
    symbols = []
    for name in ICONS.read_text().split():
        shape = SHAPE.search(member(archive, f"{item.source}{name}.svg").decode())
        if shape is None:
            raise SystemExit(f"{name}.svg holds no shape")
        drawn = " ".join(shape[1].split()).replace(" />", "/>").replace("> <", "><")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawn}</symbol>')
    note = f"<!-- Lucide {item.version}, ISC: see vendor/LICENSE-lucide.txt. Made by tools/vendor.py -->"
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', note, *symbols, "</svg>", ""])


def member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(f"package/{name}")
    if file is None:
        raise SystemExit(f"{name} is not in the package")
    return file.read()


if __name__ == "__main__":
    sys.exit(main(accept="--accept" in sys.argv[1:]))
