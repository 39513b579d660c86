"""What a message says at first sight: its language, its kind, the words that press. Pure; no models.

Honest and small: a kind is told only by words that leave little doubt, else it is "other". What the desk
shows of a message, its title and its one sentence, is taken from it whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from amends.kit.sentences import Sentence, sentences
from amends.triage.languages import language_of
from amends.triage.signs import Kind, feelings, kind_of, requests, urgent_words

FIRST_LOOK = 2500
"""Characters that a first look goes over: a letter that is longer has said by then what it is about."""


@dataclass(frozen=True)
class Reading:
    """What a first look tells; `said` is what was looked at."""

    language: str
    kind: Kind
    said: str = field(default="", repr=False)

    @property
    def urgent_words(self) -> tuple[str, ...]:
        """The customer's own words that ask for haste, in order."""
        return urgent_words(self.said)


def read(text: str, subject: str = "") -> Reading:
    """Read one message, without its quoted history; of a long one the beginning."""
    whole = f"{subject}\n{text[:FIRST_LOOK]}"
    return Reading(language_of(whole), kind_of(whole), whole)


def title(subject: str, text: str, limit: int = 70) -> str:
    """A name for the case: the subject without "Re:" and tags, or the message's first words.

    Empty only when both are. A subject that says nothing ("complaint", "hi") counts when the text says no more.
    """
    name = _bare(subject)
    if names_a_matter(subject):
        return _short(name, limit)
    said = (one.text for one in sentences(text[:FIRST_LOOK]) if not _is_frame(one.text))
    first = next((_GREETING.sub("", sentence, count=1) or sentence for sentence in said), "" if name else text)
    first = first.strip().rstrip(".!,;: ")
    return _short(first[:1].upper() + first[1:], limit) or name


def names_a_matter(subject: str) -> bool:
    """Whether a subject says what it is about; two letters with one that does not may be about anything."""
    name = _bare(subject).lower().strip(" .!?:-")
    return bool(name) and name not in EMPTY_SUBJECTS


def last_words(text: str, limit: int = 140) -> str:
    """The one sentence of the customer's own words worth a row.

    The last request counts most, then the sentence with the strongest feeling, then the first. A
    sentence longer than `limit` ends with "…" after a whole word. Empty when nothing was said.
    """
    begins = text[:FIRST_LOOK]
    said = [one for one in sentences(begins) if not _is_frame(one.text)]
    if not said:
        return _short(" ".join(begins.split()), limit)
    questions = [one.start for one in said if one.text.endswith("?")]
    asked = _at(said, [*requests(begins), *questions])
    choice = asked[-1] if asked else next(iter(_at(said, feelings(begins))), said[0])
    return _short(_GREETING.sub("", choice.text, count=1) or choice.text, limit)


_EMPTY = (
    "complaint;complaints;question;hi;hello;hey;help;help me;problem;issue;order;my order;urgent;(no subject)"
    ";no subject;contact;contact form;message;new message;enquiry;inquiry;request;support;feedback;refund"
    ";return;beschwerde;frage;hallo;bestellung;anfrage;kein betreff;(kein betreff);hilfe;réclamation;bonjour"
    ";commande;sans objet;queja;hola;consulta;pedido;sin asunto;reclamo;ciao;domanda;ordine;nessun oggetto"
    ";klacht;vraag;bestelling;klage;hej;spørgsmål;ordre;klagomål;fråga;reklamacja;pytanie;zamówienie"
    ";reclamação;olá;pergunta"
)
EMPTY_SUBJECTS = frozenset(_EMPTY.split(";"))
"""Subjects that name no matter."""

_PREFIX = re.compile(
    r"\s*(?:(?:re|fw|fwd|aw|wg|sv|vs|vb|tr|rv|res|enc|odp|pd|antw|doorst|rif|i|r)\s*(?:\[\d+\])?\s*[::]"
    r"|\[[^\]\n]{1,40}\])\s*",
    re.IGNORECASE,
)
# A greeting has a name of at most three words; "Hi my lamp is broken" tells something.
_GREETING = re.compile(
    r"^(?:(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)"
    r"|sehr geehrte\w*|liebe\w*|bonjour|hola|buenos días|ciao|buongiorno|hej|goddag|olá|dzień dobry"
    r"|beste|geachte)\b"
    r"(?:[^\S\n]+[^\s,.!?:]{1,40}){0,3}[^\S\n]*[,.!:-]+\s*)",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"^(?:(?:dear|hello|hi|hey|hallo|liebe\w*|sehr geehrte\w*|guten tag|bonjour|hola|ciao|hej|olá|beste"
    r"|geachte)\b(?:\s+[^\s,.!?:]{1,40}){0,3}\s*[,.!:]?|(?:(?:kind|best|warm|many) )?(?:regards|wishes|greetings)\b.{0,40}"
    r"|(?:yours|sincerely|cheers|thanks|thank you|many thanks|thx|best|mit freundlichen grüßen|viele grüße|lg"
    r"|mfg|cordialement|saludos|cordiali saluti|met vriendelijke groet|med venlig hilsen|vänliga hälsningar"
    r"|pozdrawiam|atenciosamente)\b[^?]{0,30}|sent from my .*|--.*|>.*|_{3,}.*)$"
)


def _at(said: Sequence[Sentence], places: Sequence[int]) -> list[Sentence]:
    """The sentences in which any of these places lies."""
    return [one for one in said if any(one.start <= place < one.end for place in places)]


def _bare(subject: str) -> str:
    name = " ".join(subject.split())
    while (prefix := _PREFIX.match(name)) is not None:
        name = name[prefix.end() :]
    return name


def _is_frame(sentence: str) -> bool:
    """Greeting, thanks at the end, signature, quoted line: no words that tell anything."""
    return _FRAME.match(sentence.lower()) is not None or not re.search(r"\w", sentence)


def _short(words: str, limit: int) -> str:
    words = " ".join(words.split())
    if len(words) <= limit:
        return words
    cut = words[: limit - 1]
    if " " in cut and words[limit - 1] != " ":
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:-–") + "…"
