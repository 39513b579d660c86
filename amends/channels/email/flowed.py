"""Text of `format=flowed` (RFC 3676) with its soft line breaks taken out."""

from __future__ import annotations


def unfold(text: str, *, delsp: bool) -> str:
    """`text` with flowed lines joined; with `delsp` the space that marked the break goes too."""
    out: list[list[str]] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth, content = _quoted(line)
        flows = content.endswith(" ") and content != "-- "
        joins = open_depth == depth and content != "-- "
        piece = content[:-1] if flows and delsp else content
        if joins:
            out[-1].append(piece)
        else:
            out.append([(">" * depth + " " if depth else "") + piece])
        open_depth = depth if flows else None
    return "\n".join(map("".join, out))


def _quoted(line: str) -> tuple[int, str]:
    content = line.lstrip(">")
    depth = len(line) - len(content)
    return depth, content.removeprefix(" ")
