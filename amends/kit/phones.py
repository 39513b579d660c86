"""Phone numbers as people write them. The tables are loaded when the first number is read, not at each start."""

from __future__ import annotations

from types import ModuleType


def international(text: str, region: str) -> str | None:
    """A number in E.164, read as somebody in `region` (two letters) wrote it.

    None when its length cannot be right; raises ValueError when it is no number at all.
    """
    lib = _library()
    try:
        number = lib.parse(text, region)
    except lib.NumberParseException as error:
        raise ValueError(text) from error
    if not lib.is_possible_number(number):
        return None
    return str(lib.format_number(number, lib.PhoneNumberFormat.E164))


def ways_to_write(number: str) -> list[str]:
    """A number in E.164 as it is written abroad and at home: +442079460182, 02079460182, 2079460182."""
    lib = _library()
    try:
        parsed = lib.parse(number)
    except lib.NumberParseException:
        return [number]
    at_home = lib.format_number(parsed, lib.PhoneNumberFormat.NATIONAL)
    return [number, "".join(c for c in at_home if c.isdigit()), str(parsed.national_number)]


def _library() -> ModuleType:
    import phonenumbers  # noqa: PLC0415 - slow to load, and most desks begin without a number

    return phonenumbers
