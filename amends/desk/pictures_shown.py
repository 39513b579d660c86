"""The box above a letter whose pictures lie elsewhere: what is held back, and what showing it tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.cases.outside_pictures import Pictures, mark

WHY = {
    "private": gettext_lazy("leads into a private network, where the desk does not go"),
    "away": gettext_lazy("the server has none or does not answer"),
    "kind": gettext_lazy("is no picture"),
    "large": gettext_lazy("is too large"),
    "late": gettext_lazy("took too long"),
    "many": gettext_lazy("is one of too many"),
    "harm": gettext_lazy("was not taken, because of what the virus scanner says"),
}


@dataclass(frozen=True)
class PicturesShown:
    """What `desk/case/pictures.html` draws; `button` is empty when there is nothing to press."""

    line: str
    note: str
    button: str
    missing: tuple[str, ...] = ()


def shown(pictures: Pictures, *, may_ask: bool) -> PicturesShown | None:
    """None for a letter without such pictures."""
    if not pictures.urls:
        return None
    if pictures.asked_at is None:
        return _held_back(pictures, may_ask)
    line = _("The desk fetched its pictures from %(hosts)s.")
    return PicturesShown(
        line=line % {"hosts": _hosts(pictures)} if pictures.there else _("None of its pictures could be fetched."),
        note=_("The other side saw the desk, not you."),
        button=_("Try again") if may_ask and pictures.missing else "",
        missing=tuple(_missing(pictures)),
    )


def _held_back(pictures: Pictures, may_ask: bool) -> PicturesShown:
    count = len(pictures.urls)
    return PicturesShown(
        line=ngettext(
            "A picture of this letter lies elsewhere. It is held back.",
            "%(count)s pictures of this letter lie elsewhere. They are held back.",
            count,
        )
        % {"count": count},
        note=_(
            "Showing them tells the sender that somebody reads, and when. The desk fetches them, your browser never."
        )
        if may_ask
        else _("Showing them would tell the sender that somebody reads. Your role does not include this."),
        button=_("Show pictures from %(hosts)s") % {"hosts": _hosts(pictures)} if may_ask else "",
    )


def _hosts(pictures: Pictures) -> str:
    first, *others = pictures.hosts
    if not others:
        return first
    more = ngettext("%(first)s and %(count)s other server", "%(first)s and %(count)s other servers", len(others))
    return more % {"first": first, "count": len(others)}


def _missing(pictures: Pictures) -> list[str]:
    """For each reason how many pictures it keeps away."""
    rows = [pictures.rows.get(mark(url)) for url in pictures.missing]
    counted = Counter(row.why if row else "away" for row in rows)
    words = _("%(count)s not shown: %(why)s.")
    return [words % {"count": count, "why": WHY.get(why, WHY["away"])} for why, count in counted.items()]
