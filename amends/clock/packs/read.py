"""Read a policy pack, or say what is wrong with it: file, key, reason. Pure but for `read_file`."""

from __future__ import annotations

import difflib
import itertools
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.clock.packs.shape import (
    COMPLAINT,
    KEPT_BY,
    REQUEST,
    UNITS,
    Deadline,
    Document,
    KeptBy,
    Pack,
    Phone,
    Span,
    Unit,
    Version,
)

Word = TypeVar("Word", bound=str)

LARGEST_FILE = 200_000
LONGEST_SPAN = 10_000
KINDS = ("tell", "send", "callback", "refund", "fix", "made_right", "other")
"""What a stage may ask for, in the words of a promise."""

PACK = "id title about source consulted grade law duties versions documents phone external"
VERSION = "valid_from valid_to deadlines"
DEADLINE = f"act within kind begins kept_by document extend other_person note grade {' '.join(UNITS)}"
DOCUMENT = "title text keeps within"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_ISO = re.compile(r"P(?:(\d{1,4})([DWM])|T(\d{1,5})([HM]))")
_ISO_UNITS: dict[str, Unit] = {"D": "days", "W": "weeks", "M": "months", "TH": "hours", "TM": "minutes"}


class BadPack(Exception):
    """A pack that cannot be used: which file, which key of it, and why, in the reader's language.

    `values` stand in the sentence; `near` is the word that was perhaps meant.
    """

    def __init__(self, key: str, sentence: str | Promise, *, file: str = "", near: str = "", **values: object) -> None:
        super().__init__(key)
        self.key, self.file = key, file
        self._sentence, self._near, self._values = sentence, near, values

    @property
    def reason(self) -> str:
        """Why, in a sentence that says what to write."""
        said = str(self._sentence) % self._values if self._values else str(self._sentence)
        hint = gettext("Did you mean %(near)s?") % {"near": self._near} if self._near else ""
        return " ".join(filter(None, [said, hint]))

    def __str__(self) -> str:
        return f"{self.file or 'pack'}: {self.key}: {self.reason}"

    def of(self, file: str) -> BadPack:
        """The same, of that file."""
        return BadPack(self.key, self._sentence, file=file, near=self._near, **self._values)


def read_file(path: Path) -> Pack:
    """A ``.toml`` or ``.json`` file as a pack. Raises BadPack, which names the file."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadPack("file", _("it is larger than %(bytes)s bytes; a pack is a page of text."), bytes=LARGEST_FILE)
        text = path.read_text("utf-8")
        told = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        pack = read(told)
    except OSError as error:
        raise BadPack("file", _("it cannot be read: %(why)s."), file=path.name, why=error.strerror) from error
    except (ValueError, RecursionError) as error:  # no text, no TOML, no JSON
        shape = path.suffix[1:].upper() or "TOML"
        raise BadPack("file", _("it is no %(shape)s: %(why)s."), file=path.name, shape=shape, why=error) from error
    except BadPack as error:
        raise error.of(path.name) from error
    return pack


def read(told: Any) -> Pack:
    """A pack from what stands in its file. Raises BadPack with the key as it is written there."""
    if not isinstance(told, Mapping):
        raise BadPack("file", _("a pack is one table of keys, beginning with id."))
    _only(told, PACK, "")
    pack_id = _text(told, "id", "", most=32)
    if not _ID.fullmatch(pack_id):
        why = _("“%(id)s” is no id; write small letters, digits and hyphens, such as my-shop-2026.")
        raise BadPack("id", why, id=pack_id)
    documents = {key: _document(key, one) for key, one in _tables(told, "documents").items()}
    external = _table(told, "external", "")
    _only(external, "body months", "external.")
    pack = Pack(
        id=pack_id,
        title=_text(told, "title", ""),
        about=_text(told, "about", "", most=2000),
        source=_text(told, "source", "", most=1000),
        consulted=_day(told, "consulted", ""),
        grade=_text(told, "grade", "", most=12),
        versions=_versions(told, documents),
        documents=documents,
        duties=_texts(told, "duties", ""),
        phone=_phone(told),
        external_body=_text(external, "body", "external.", needed=False),
        external_months=_number(external, "months", "external.") if "months" in external else 0,
        law=_flag(told, "law", "", default=True),
    )
    _documents_name_stages(pack)
    return pack


def _versions(told: Mapping[str, Any], documents: Mapping[str, Document]) -> tuple[Version, ...]:
    given = told.get("versions")
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        raise BadPack("versions", _("name at least one version, with valid_from and its deadlines."))
    found = []
    for number, one in enumerate(given):
        at = f"versions[{number}]."
        if not isinstance(one, Mapping):
            raise BadPack(at[:-1], _("a version is a table with valid_from and deadlines."))
        _only(one, VERSION, at)
        until = _day(one, "valid_to", at) if "valid_to" in one else None
        deadlines = {key: _deadline(key, stage, at, documents) for key, stage in _tables(one, "deadlines", at).items()}
        _no_circle(deadlines, at)
        found.append(Version(_day(one, "valid_from", at), until, deadlines))
        if until is not None and until < found[-1].valid_from:
            begins = found[-1].valid_from
            raise BadPack(
                f"{at}valid_to", _("%(until)s lies before valid_from, %(begins)s."), until=until, begins=begins
            )
    found.sort(key=lambda version: version.valid_from)
    for before, after in itertools.pairwise(found):
        if before.valid_to is None or before.valid_to >= after.valid_from:
            why = _("two versions hold on %(day)s; end the earlier one the day before.")
            raise BadPack("versions", why, day=after.valid_from)
    return tuple(found)


def _deadline(key: str, told: Any, at: str, documents: Mapping[str, Document]) -> Deadline:
    here = f"{at}deadlines.{key}"
    if not isinstance(told, Mapping):
        raise BadPack(here, _('a deadline is a table, such as { weeks = 8, act = "send you our answer" }.'))
    _only(told, DEADLINE, f"{here}.")
    kept_by: KeptBy = _choice(told, "kept_by", f"{here}.", KEPT_BY, "deed")
    document = _text(told, "document", f"{here}.", needed=False)
    if document and document not in documents:
        why, near = _("there is no document “%(document)s”."), _near(document, documents)
        raise BadPack(f"{here}.document", why, near=near, document=document)
    if kept_by == "document" and not document:
        raise BadPack(f"{here}.document", _("it is kept by a document: name the one."))
    return Deadline(
        key=key,
        act=_text(told, "act", f"{here}.", most=160),
        within=_within(told, here),
        kind=_choice(told, "kind", f"{here}.", KINDS, "send" if document else "tell"),
        begins=_text(told, "begins", f"{here}.", needed=False) or COMPLAINT,
        kept_by=kept_by,
        document=document,
        extend=_span(told["extend"], f"{here}.extend") if "extend" in told else None,
        other_person=_flag(told, "other_person", f"{here}.", default=False),
        note=_text(told, "note", f"{here}.", needed=False, most=600),
        grade=_text(told, "grade", f"{here}.", needed=False, most=12),
    )


def _within(told: Mapping[str, Any], here: str) -> Span:
    """Either ``within = "P8W"`` or ``weeks = 8`` straight in the table."""
    named = {unit: told[unit] for unit in UNITS if unit in told}
    if "within" in told and named:
        raise BadPack(f"{here}.within", _("the time stands there twice; keep one."))
    if "within" in told:
        return _span(told["within"], f"{here}.within")
    if not named:
        raise BadPack(here, _("it has no time; write one such as weeks = 8 or working_days = 5."))
    return _span(named, here)


def _span(told: Any, here: str) -> Span:
    if isinstance(told, str):
        found = _ISO.fullmatch(told)
        if found is None:
            why = _("“%(told)s” is no duration; write P8W, P10D, PT4H, or { working_days = 5 }.")
            raise BadPack(here, why, told=told[:40])
        days, day_unit, hours, hour_unit = found.groups()
        return _span({_ISO_UNITS[day_unit or f"T{hour_unit}"]: int(days or hours)}, here)
    if not isinstance(told, Mapping) or len(told) != 1:
        raise BadPack(here, _("a duration is one unit and its number, such as { weeks = 8 }."))
    ((unit, count),) = told.items()
    if unit not in UNITS:
        why = _("there is no unit “%(unit)s”; take one of %(known)s.")
        raise BadPack(f"{here}.{unit}", why, near=_near(unit, UNITS), unit=unit, known=", ".join(UNITS))
    if isinstance(count, bool) or not isinstance(count, int) or not 0 < count <= LONGEST_SPAN:
        why = _("“%(count)s” is no duration; write a whole number from 1 to %(most)s.")
        raise BadPack(f"{here}.{unit}", why, count=count, most=LONGEST_SPAN)
    return Span(count, unit)


def _no_circle(deadlines: Mapping[str, Deadline], at: str) -> None:
    """Every stage goes back to the complaint, or to somebody's request."""
    for key, deadline in deadlines.items():
        way = [key]
        while deadline.begins not in (COMPLAINT, REQUEST):
            here = f"{at}deadlines.{deadline.key}.begins"
            if deadline.begins not in deadlines:
                known = (*deadlines, COMPLAINT, REQUEST)
                why, near = _("there is no stage “%(stage)s”; take one of %(known)s."), _near(deadline.begins, known)
                raise BadPack(here, why, near=near, stage=deadline.begins, known=", ".join(known))
            if deadline.begins in way:
                circle = " → ".join([*way[way.index(deadline.begins) :], deadline.begins])
                why = _("a circle: %(circle)s. One of these stages must begin with the complaint.")
                raise BadPack(here, why, circle=circle)
            way.append(deadline.begins)
            deadline = deadlines[deadline.begins]


def _document(key: str, told: Any) -> Document:
    here = f"documents.{key}."
    if not isinstance(told, Mapping):
        raise BadPack(here[:-1], _("a document is a table with title and text."))
    _only(told, DOCUMENT, here)
    within = _span(told["within"], f"{here}within") if "within" in told else None
    return Document(
        key, _text(told, "title", here), _text(told, "text", here, most=10_000), _texts(told, "keeps", here), within
    )


def _documents_name_stages(pack: Pack) -> None:
    known = {key for version in pack.versions for key in version.deadlines}
    for document in pack.documents.values():
        for key in document.keeps:
            if key not in known:
                why = _("there is no stage “%(stage)s”.")
                raise BadPack(f"documents.{document.key}.keeps", why, near=_near(key, known), stage=key)


def _phone(told: Mapping[str, Any]) -> Phone | None:
    if "phone" not in told:
        return None
    phone = _table(told, "phone", "")
    _only(phone, "allowed_prefixes forbidden_prefixes", "phone.")
    allowed, forbidden = (_texts(phone, f"{name}_prefixes", "phone.") for name in ("allowed", "forbidden"))
    for prefix in (*allowed, *forbidden):
        if not prefix.isdecimal():
            raise BadPack("phone", _("“%(prefix)s” is no prefix; write digits, such as 0800."), prefix=prefix)
    return Phone(allowed, forbidden)


def _only(told: Mapping[str, Any], known: str, at: str) -> None:
    for key in told:
        if key not in known.split():
            raise BadPack(f"{at}{key}", _("there is no such key."), near=_near(str(key), known.split()))


def _near(word: str, known: Any) -> str:
    near = difflib.get_close_matches(word, [str(one) for one in known], n=1)
    return near[0] if near else ""


def _tables(told: Mapping[str, Any], key: str, at: str = "") -> Mapping[str, Any]:
    found = _table(told, key, at)
    for name in found:
        if not _KEY.fullmatch(name) or len(name) > 24 or name in (COMPLAINT, REQUEST):
            raise BadPack(f"{at}{key}.{name}", _("name it in small letters, digits and underscores, such as final."))
    return found


def _table(told: Mapping[str, Any], key: str, at: str) -> Mapping[str, Any]:
    found = told.get(key, {})
    if not isinstance(found, Mapping):
        raise BadPack(f"{at}{key}", _("this is a table of keys."))
    return found


def _text(told: Mapping[str, Any], key: str, at: str, *, most: int = 160, needed: bool = True) -> str:
    found = told.get(key, "")
    if not isinstance(found, str) or len(found) > most:
        raise BadPack(f"{at}{key}", _("write text of at most %(most)s characters."), most=most)
    if needed and not found.strip():
        raise BadPack(f"{at}{key}", _("it is missing."))
    return found.strip()


def _texts(told: Mapping[str, Any], key: str, at: str) -> tuple[str, ...]:
    found = told.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
        raise BadPack(f"{at}{key}", _('write a list of texts, such as ["one", "two"].'))
    return tuple(one.strip() for one in found)


def _number(told: Mapping[str, Any], key: str, at: str) -> int:
    found = told.get(key)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 < found <= LONGEST_SPAN:
        raise BadPack(f"{at}{key}", _("write a whole number from 1 to %(most)s."), most=LONGEST_SPAN)
    return found


def _flag(told: Mapping[str, Any], key: str, at: str, *, default: bool) -> bool:
    found = told.get(key, default)
    if not isinstance(found, bool):
        raise BadPack(f"{at}{key}", _("write true or false."))
    return found


def _day(told: Mapping[str, Any], key: str, at: str) -> date:
    found = told.get(key)
    if isinstance(found, str):
        try:
            return date.fromisoformat(found)
        except ValueError:
            found = None
    if type(found) is not date:
        raise BadPack(f"{at}{key}", _("it is missing, or no day; write it like 2026-04-08."))
    return found


def _choice(told: Mapping[str, Any], key: str, at: str, known: Sequence[Word], default: Word) -> Word:
    found = told.get(key, default)
    for one in known:
        if one == found:
            return one
    why, near = _("“%(found)s” is none of %(known)s."), _near(str(found), known)
    raise BadPack(f"{at}{key}", why, near=near, found=found, known=", ".join(known))
