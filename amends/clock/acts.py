"""Where a sentence says that we act: "I'll ring", "das Paket geht raus", "vous aurez". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amends.clock.tongues import Acting

LOOK_BACK = 160
"""Characters before a verb in which its subject and its condition are sought."""

MOST_ACTS = 12
"""Acts of one sentence that are looked at; nobody promises more in a breath."""


@dataclass(frozen=True)
class Act:
    """An act of ours in a sentence.

    It begins at `start`; its plain words begin at `verb`; the verb itself ends at `end`. `how` is the name of the
    form: `will` (our own, for sure), `does` (our own, if there is a time), `done` (by then), `being` (a thing that is
    then so), `whole` (what you will have), `another` (somebody's or something's), `also` (shares the subject before).
    """

    start: int
    verb: int
    end: int
    how: str

    @property
    def follows(self) -> bool:
        """Whether it shares the subject of the one before ("and send you a photo")."""
        return self.how == "also"


def acts(text: str, acting: Acting) -> list[Act]:
    """The acts of a sentence in order; what stands under a condition or is only reported is left out."""
    found: list[Act] = []
    for match in acting.forms.finditer(text):
        act = _act(text, match, acting, found)
        alone = (match.lastgroup or "").startswith("alone") or (
            acting.verb_last and speaks(text, match.start(), acting)
        )
        if act is None or (act.follows and not found and not alone):
            continue
        if under_condition(text, act.start, acting) and not _begins_anew(text, act, found, acting):
            continue
        if not found or act.start >= found[-1].end:
            found.append(act)
        if len(found) == MOST_ACTS:
            break
    return found


def _begins_anew(text: str, act: Act, found: list[Act], acting: Acting) -> bool:
    """Whether what the condition governs is over: "… until Friday, and I'll …", "I'll see why it broke and ring you"."""
    if act.follows and found and not under_condition(text, found[-1].start, acting):
        return acting.indirect.search(text, found[-1].end, act.start) is not None
    return act.how in ("will", "does") and _AND.search(text, max(0, act.start - 12), act.start) is not None


_AND = re.compile(r"\b(?:and|but|so|und|aber|et|mais) (?:(?:will|shall) )?$", re.IGNORECASE)


def speaks(text: str, before: int, acting: Acting) -> bool:
    """Whether we are the subject of what stands before: a verb after "and" may share it."""
    return acting.ours.search(text, max(0, before - LOOK_BACK), before) is not None


def under_condition(text: str, at: int, acting: Acting, since: int = 0) -> bool:
    """Whether the clause that holds `at` began with if, when, why, you said … (looking back to `since`)."""
    return acting.condition.search(text, max(since, at - LOOK_BACK), at) is not None


def depends(text: str, at: int, acting: Acting) -> bool:
    """Whether the sentence says before `at` on what it depends: "If you like, …", "Sobald wir …, …".

    "I asked whether he has one and will ring you" depends on nothing.
    """
    found = acting.conditional.search(text, max(0, at - LOOK_BACK), at)
    return found is not None and not acting.whether.search(text, max(0, found.start() - LOOK_BACK), found.start())


def _act(text: str, match: re.Match[str], acting: Acting, found: list[Act]) -> Act | None:
    group = match.lastgroup or ""
    how = group.rpartition("_")[0]
    if how in ("will", "does", "done"):
        return Act(match.start(), match.start(group), match.end(), how)
    if how == "passive":
        passive = found and found[-1].how in ("another", "whole", "will")
        return Act(match.start(group), match.start(group), match.end(), "also") if passive else None
    if how in ("tail", "also", "alone"):
        return Act(match.start(group), match.start(group), match.end(), "will" if how == "tail" else "also")
    if how == "whole":
        return Act(match.start(group), match.start(group), match.end(), how)
    at = match.end(group) if how == "subject" else match.start(group)
    return _of_another(text, match, at, acting, found)


def _of_another(text: str, match: re.Match[str], at: int, acting: Acting, found: list[Act]) -> Act | None:
    """What a thing or a colleague of ours does; the words before tell who.

    Without such words it shares the subject before ("and reaches you"); a bare "and ship it" is an order.
    """
    how = "being" if (match.lastgroup or "").startswith("being") else "another"
    clauses = [clause.end() for clause in acting.clause.finditer(text, max(0, at - LOOK_BACK), at)]
    begins = clauses[-1] if clauses else max(0, at - LOOK_BACK)
    subject = text[begins:at]
    if " " in text[match.start() : match.end()].strip() and how == "being":
        return Act(at, at, match.end(), how)
    if acting.no_subject.search(subject) or under_condition(text, at, acting, begins):
        return None
    if subject.strip():
        return Act(begins, begins, match.end(), how)
    word = match[0].strip()
    after_comma = text[:at].rstrip().endswith(",")
    after_and = bool(text[:at].strip()) and _AND.search(text, max(0, at - 8), at) is not None
    many = bool(found) and found[-1].how == "another" and not text[: found[-1].end].endswith("s")
    shares = (
        (bool(found) or after_comma or after_and)
        if acting.verb_last
        else many or re.search(r"(?:s|'re)$|^(?:is|are) ", word) is not None
    )
    return Act(at, at, match.end(), how) if shares else None
