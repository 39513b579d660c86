"""Cutting a text into sentences with their places, for whatever reads what people write. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

TYPED = str.maketrans("‘’‛´`“”„‟«»\u00a0\u2009\u202f\t", '\'\'\'\'\'""""""    ')
"""Typographers' quotes and spaces as a keyboard types them: one character for one, so places hold."""

_TYPESET = re.compile(f"[{''.join(map(chr, TYPED))}]")

_SHORT = (
    "mr mrs ms m mme mlle hr fr prof dr jan feb apr aug sep sept oct okt nov dec dez janv"
    " févr avr juil déc tues thurs st no nr e.g i.e a.m p.m approx dept inc ltd vs art tel bzw z.b ca ggf evtl inkl zzgl d.h u.a str std"
)
ABBREVIATIONS = frozenset(_SHORT.split())
_END = re.compile(r"[.!?…]{1,8}[\"')\]]{0,3}[ ]+|\n\s*")
_ORDINAL = re.compile(r"\b(?:[Aa]m|[Zz]um|[Vv]om|[Ii]m|[Dd]em|[Dd]en|[Dd]er|[Bb]is|und) \d{1,2}\.(?:\d{1,2}\.)?$")
"""German writes "the third" as "3."; after these words a number with a point is one."""
_NEW_AFTER_HOUR = re.compile(
    r"(?:That|This|These|It|They|He|She|If|Sorry|Thanks?|Thank|Please|See|Let|Kind|Best|Sincerely)\b"
)
"""What begins a sentence after "8 p.m."; "At 3 p.m. I will ring" goes on."""
_WEEKDAY = re.compile(
    r"\b(?:Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tue|Tues|Wed|Thu|Thur|Fri|Sat|Sun)\.? (?=\d|(?:bis|um|ab|vor|früh|at|by|before|between|after) )"
)
"""A weekday that is shortened, before its date or hour: "bis Do. 15 Uhr"."""
_NEW_AFTER_DATE = re.compile(
    r"(?:Der|Die|Das|Den|Dem|Unsere?|Wir|Ich|Sie|Ihre?|Es|Er|Ein|Eine|Bitte|Danach|Dann|Dort|Dabei|Damit|Dafür|Dazu|Daher|Davor"
    r"|Deshalb|Bis|Mit|Bei|Für|Falls|Wenn|Sollten|Sobald|Ob|Wie|Was|Zu|Zur|Zum|Im|In|Am|An|Auf|Aus|Vor|Nach|Von|Alles|Alle"
    r"|Anschließend|Außerdem|Leider|Diese[rsnm]?|Mein|Meine|Herr|Frau|Vielen?|Beste|Herzliche|Freundliche|Liebe|Haben|Ist|Auch"
    r"|Weil|Da|Nur|Jetzt|Heute|Morgen|Wegen|Ihnen|Uns|Ansonsten|Bisher|Spätestens|Mehr|Seit|Sind|Können|Sonst|Danke)\b"
)
"""What begins a sentence after "am 4.12." and "am 4."; a noun ("am 4. Adventssonntag") goes on."""
_GOES_ON = re.compile(r"(?:Jan|Jän|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)|[a-zäöüß]")
_LAST_WORD = re.compile(r"[\w.]{1,12}$")


@dataclass(frozen=True)
class Sentence:
    """One sentence and where it stands: `whole[start:end] == text`, save for quotes and spaces."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """[start, end) in characters."""
        return self.start, self.end


def typed(text: str) -> str:
    """The same text, same length, with plain quotes and spaces."""
    return _TYPESET.sub(_as_typed, text)  # ten times as fast as `translate`, for there are few of them


def _as_typed(found: re.Match[str]) -> str:
    return chr(TYPED[ord(found[0])])


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order, without the space between them. A line's end ends a sentence."""
    plain = typed(text)
    found, start = [], 0
    for end in _END.finditer(plain):
        if "\n" in end[0] or _ends(plain, end):
            found.append(_cut(plain, start, end.end()))
            start = end.end()
    found.append(_cut(plain, start, len(plain)))
    return tuple(sentence for sentence in found if sentence.text)


def sentence_at(cut: Iterable[Sentence], place: int) -> Sentence | None:
    """The sentence in which this place lies; None between two."""
    return next((one for one in cut if one.start <= place < one.end), None)


def _ends(plain: str, end: re.Match[str]) -> bool:
    """Whether this full stop ends a sentence rather than shortens a word or a number."""
    mark = end[0].strip()
    if mark[0] in "!?":
        return True
    if len(mark.rstrip("\"')]")) > 1:
        return not plain[end.end() : end.end() + 1].islower()
    word = _LAST_WORD.search(plain, max(0, end.start() - 12), end.start())
    if word is not None and word[0].replace(".", "").isdigit() and _is_ordinal(plain, end):
        return False
    if word is not None and _WEEKDAY.match(plain, word.start()):
        return False
    if word is not None and word[0].lower() in ("a.m", "p.m"):
        return _NEW_AFTER_HOUR.match(plain, end.end()) is not None
    return word is None or word[0].lower() not in ABBREVIATIONS


def _is_ordinal(plain: str, end: re.Match[str]) -> bool:
    """Whether this is the point of a German ordinal ("am 2. Januar", "am 23. aus"), with more to come."""
    if end[0][0] != "." or end.end() == len(plain):
        return False
    if _NEW_AFTER_DATE.match(plain, end.end()):
        return False
    said_so = _ORDINAL.search(plain, max(0, end.start() - 11), end.start() + 1)
    return said_so is not None or _GOES_ON.match(plain, end.end()) is not None


def _cut(plain: str, start: int, end: int) -> Sentence:
    piece = plain[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    text = piece.strip()
    return Sentence(text, begin, begin + len(text))
