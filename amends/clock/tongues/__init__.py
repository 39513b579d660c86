"""What a language says when it says by when, and how it gives its word. One file for times, one for acts of each."""

from amends.clock.tongues import english, french, german
from amends.clock.tongues.tongue import Acting, Kind, Times, Tongue

TONGUES = {
    "en": Tongue(english.times.TIMES, english.acts.ACTING),
    "de": Tongue(german.times.TIMES, german.acts.ACTING),
    "fr": Tongue(french.times.TIMES, french.acts.ACTING),
}
"""By language code. Another language is a folder here and a line."""

__all__ = ["TONGUES", "Acting", "Kind", "Times", "Tongue"]
