"""What is owed, as a heading says it (UX principle 6). Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

WORDS = (
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
    gettext_lazy("twelve"),
)


def in_words(number: int, most: int = 0) -> str:
    """ "five", "13"; more than `most` is "more than 300"."""
    if most and number > most:
        return _("more than %(number)s") % {"number": most}
    return str(WORDS[number]) if 0 <= number < len(WORDS) else str(number)


def owed(late: int, today: int, most: int = 0) -> str:
    """ "Two promises are late, five more are due today". `most` is where the counting stopped."""
    if late and today:
        more = ngettext("%(number)s more is due today", "%(number)s more are due today", today) % {
            "number": in_words(today, most)
        }
        return _first_large(
            ngettext("%(number)s promise is late, %(more)s", "%(number)s promises are late, %(more)s", late)
            % {"number": in_words(late, most), "more": more}
        )
    if late:
        sentence = ngettext("%(number)s promise is late", "%(number)s promises are late", late)
    elif today:
        sentence = ngettext("%(number)s promise is due today", "%(number)s promises are due today", today)
    else:
        return _("Nothing is owed today")
    return _first_large(sentence % {"number": in_words(late or today, most)})


def _first_large(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
