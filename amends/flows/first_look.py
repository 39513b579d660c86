"""What a message says at first sight: read in the process that reads mail, so that the desk only writes it down.

Pure, and free of models: that process knows no Django and no database.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from amends.cases.subjects import without_tag
from amends.channels.message import IncomingMessage
from amends.kit.folding import searched
from amends.triage import reading, thanks
from amends.triage.signs import Kind


@dataclass(frozen=True)
class FirstLook:
    """Of one message: its language, its kind, a name for its case, the sentence for its row, its words for the search.

    `thanks` is "yes" when it says thank you and nothing else, else empty: what passes between processes is words.
    """

    language: str
    kind: Kind
    title: str
    last_words: str
    folded: str
    thanks: str = ""


def of(message: IncomingMessage) -> FirstLook:
    """What the reader told, or what is found here where no reader was asked."""
    return FirstLook(**(message.seen or look(message)))  # type: ignore[arg-type]


def look(message: IncomingMessage) -> dict[str, str]:
    """The same in plain words, as they pass between processes (`settings.FIRST_LOOK`)."""
    text, subject = message.new_text or message.text, without_tag(message.subject)
    first = reading.read(text, subject)
    found = FirstLook(
        language=first.language,
        kind=first.kind,
        title=reading.title(subject, text),
        last_words=reading.last_words(text),
        folded=searched(message.new_text),
        thanks="yes" if thanks.only_thanks(text) and not message.attachments else "",
    )
    return asdict(found)
