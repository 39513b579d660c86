"""Whether a person could make anything of a message: who wrote, what about, a word, or a file. Pure."""

from __future__ import annotations

import unicodedata

from amends.channels.message import IncomingMessage

NOISE_SHARE = 0.02
"""Characters that nobody types, of all: bytes of a machine have about one in ten, words in a wrong charset none."""
_NOISE = {"Cc", "Cn", "Co", "Cs"}
_LAYOUT = frozenset("\t\n\r\f")


def is_legible(message: IncomingMessage) -> bool:
    """False for a message with neither sender, subject, words nor file, such as a stretch of some machine's bytes."""
    told = message.sender.address or message.subject.strip() or message.attachments or message.bounces
    return bool(told or message.case_token or message.trouble or _has_words(message.text))


def _has_words(text: str) -> bool:
    noise = sum(_is_noise(character) for character in text)
    return any(character.isalnum() for character in text) and noise <= NOISE_SHARE * len(text)


def _is_noise(character: str) -> bool:
    return character not in _LAYOUT and (character == "\ufffd" or unicodedata.category(character) in _NOISE)
