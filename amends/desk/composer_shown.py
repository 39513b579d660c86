"""The composer: a letter, a note or a call, as `desk/case/composer.html` draws it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from amends.cases.drafts import Written
from amends.cases.models import Case, Draft, Entry
from amends.clock import calendars
from amends.clock.models import Promise
from amends.desk.call_shown import CallListShown, call_list_of
from amends.desk.coach_shown import CoachShown, at_first
from amends.desk.events_shown import due_words
from amends.desk.forms.calls import CallForm
from amends.desk.leaving_shown import LeavingShown, leaving_of
from amends.desk.letters_shown import Look
from amends.desk.packs_shown import letters_named
from amends.desk.promises_shown import act_words
from amends.desk.recipients_shown import Recipients, recipients_of
from amends.flows import letters, reply, second_eye, suggesting
from amends.people.models import Desk
from amends.people.models.desk import HOLD_SECONDS
from amends.ui.addresses import address
from amends.ui.moments import clock_time

CALL = "call"
ANOTHER = "another"
"""A letter beside one that is about to leave."""


@dataclass(frozen=True)
class Tab:
    """One way to write."""

    url: str
    part_url: str
    label: str
    key: str
    current: bool


@dataclass(frozen=True)
class FoundShown:
    """A promise found in the draft; `asks` when its words name no time ("soon")."""

    line: str
    change_url: str
    asks: bool = False
    dropped: bool = False
    state: str = "open"
    left: int = 95


@dataclass(frozen=True)
class AttachedShown:
    """A file that will leave with the draft."""

    id: int
    name: str
    size: int
    url: str
    remove_url: str


@dataclass(frozen=True)
class ToRead:
    """A colleague's letter that waits until oneself has read it. `mark` tells its words from others."""

    text: str
    mark: str
    url: str


@dataclass(frozen=True)
class Problem:
    """What kept the words from being sent. `written` are the words as typed, when they could not be saved."""

    error: str = ""
    needs_reason: bool = False
    newer: Entry | None = None
    taken: Draft | None = None
    written: Written | None = None
    call: CallForm | None = None
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComposerShown:
    """What the template draws. `key` names the copy of the words that the browser keeps."""

    kind: str
    tabs: tuple[Tab, ...]
    url: str
    key: str
    is_open: bool = True
    leaving: list[LeavingShown] = field(default_factory=list)
    again_url: str = ""
    another_url: str = ""
    another_part_url: str = ""
    text: str = ""
    html: str = ""
    version: int = 0
    seen: int = 0
    recipients: Recipients | None = None
    subject: str = ""
    usual_subject: str = ""
    found: list[FoundShown] = field(default_factory=list)
    files: list[AttachedShown] = field(default_factory=list)
    above: str = ""
    counts_as: str = ""
    """The letters of policy packs that it was begun from: sending it keeps their stages."""
    status: str = ""
    hold: int = 0
    reason: str = ""
    error: str = ""
    needs_reason: bool = False
    newer_line: str = ""
    colleague: str = ""
    colleague_id: int = 0
    draft_url: str = ""
    take_url: str = ""
    coach_url: str = ""
    files_url: str = ""
    presence_url: str = ""
    answers_url: str = ""
    suggestion_url: str = ""
    suggests: str = ""
    """Whom one may ask for a draft, by name; empty: nobody."""
    coach: CoachShown | None = None
    to_read: ToRead | None = None
    call: CallForm | None = None
    """How a call went: whether somebody was reached, for how long."""
    call_list: CallListShown | None = None

    @property
    def label(self) -> str:
        """What the text field is called for those who hear it."""
        return {"note": _("Your note"), CALL: _("What was said on the phone")}.get(self.kind, _("Your letter"))


def composer_of(case: Case, look: Look, kind: str = "", problem: Problem | None = None) -> ComposerShown:
    """The composer for `kind`, or the one the case asks for: open when it is one's own turn.

    While a letter of the case is about to leave, it tells of that one instead, until ANOTHER is asked for.
    """
    if kind == CALL:
        return _call(case, look, problem or Problem())
    if kind == Draft.Kind.NOTE:
        return _note(case, look, look.draft(kind), problem or Problem())
    draft = look.draft(Draft.Kind.LETTER)
    is_begun = draft is not None or problem is not None or kind == ANOTHER
    leaving = [] if is_begun else leaving_of(look)
    if leaving:
        return _leaving(case, leaving)
    is_open = is_begun or kind == Draft.Kind.LETTER or _is_my_turn(look)
    return _letter(case, look, draft, problem or Problem(), is_open=is_open)


def found_in(draft: Draft | None, now: datetime) -> list[FoundShown]:
    """The promises of a draft, one line each."""
    if draft is None:
        return []
    url = address("draft_promise", draft.case_id)
    return [
        FoundShown(
            line=_found_line(pledge, draft.case, now),
            change_url=f"{url}?number={number}",
            asks=not pledge["due"],
            dropped=bool(pledge.get("dropped")),
        )
        for number, pledge in enumerate(draft.promises)
    ]


def _found_line(pledge: dict[str, Any], case: Case, now: datetime) -> str:
    told = {"act": act_words(pledge["act"], case.customer.first_name)}
    if not pledge["due"]:
        return _("%(act)s. Who, and by when?") % told
    told["due"] = due_words(pledge["due"], now)
    if pledge.get("kind") != Promise.Kind.PREVENT or pledge.get("moves") or pledge.get("dropped"):
        return _("%(act)s, by %(due)s") % told
    check = calendars.check_day(case, datetime.fromisoformat(pledge["due"]))
    told["check"] = due_words(check.isoformat(), now)
    return _("%(act)s, by %(due)s; you look whether it holds by %(check)s") % told


def files_of(draft: Draft | None) -> list[AttachedShown]:
    """The files of a draft."""
    return [
        AttachedShown(
            file.pk,
            file.name,
            file.size,
            address("draft_file", file.pk),
            address("draft_file_remove", file.pk),
        )
        for file in (draft.files.all() if draft else ())
    ]


def saved_line(draft: Draft) -> str:
    """What the composer says once the server has the words."""
    return _("Saved %(time)s") % {"time": clock_time(timezone.localtime(draft.updated_at))}


def _leaving(case: Case, leaving: list[LeavingShown]) -> ComposerShown:
    page, part = address("case", case.pk), address("case_composer", case.pk)
    return ComposerShown(
        kind="letter",
        tabs=_tabs(case, "letter"),
        url=address("case_send", case.pk),
        key=f"{case.pk}-letter",
        is_open=False,
        leaving=leaving,
        again_url=f"{part}?write=",
        another_url=f"{page}?write={ANOTHER}#composer",
        another_part_url=f"{part}?write={ANOTHER}",
    )


def _letter(case: Case, look: Look, draft: Draft | None, problem: Problem, *, is_open: bool) -> ComposerShown:
    mine = draft if draft and draft.author_id == look.me.pk else None
    other = problem.taken or (draft if draft and mine is None else None)
    words = problem.written or _written(mine)
    to_read = _to_read(other, look)
    connector = suggesting.offered(case, "draft") if is_open else None
    return ComposerShown(
        kind="letter",
        tabs=_tabs(case, "letter"),
        url=address("case_send", case.pk),
        key=f"{case.pk}-letter",
        is_open=is_open,
        text=words.text,
        html=words.html,
        version=mine.version if mine else 0,
        seen=reply.newest_said(case),
        recipients=recipients_of(look, mine),
        subject=words.subject,
        usual_subject=letters.subject(case, look.heard),
        found=found_in(mine, look.now),
        files=files_of(mine),
        above=_confession(look),
        counts_as=letters_named(mine.documents) if mine else "",
        status=saved_line(mine) if mine else "",
        hold=_hold_seconds(),
        reason=words.reason,
        error=problem.error,
        needs_reason=problem.needs_reason or bool(words.reason),
        newer_line=_newer(problem.newer, look),
        colleague=other.author.name if other else "",
        colleague_id=other.author_id if other else 0,
        answers_url=address("case_answers", case.pk),
        suggestion_url=address("case_suggestion", case.pk, "draft") if connector else "",
        suggests=connector.name if connector else "",
        coach_url=address("case_coach", case.pk),
        to_read=to_read,
        coach=_coach(to_read, words.text, case, look) if is_open else None,
        **_addresses(case, "letter"),
    )


def _note(case: Case, look: Look, draft: Draft | None, problem: Problem) -> ComposerShown:
    mine = draft if draft and draft.author_id == look.me.pk else None
    other = problem.taken or (draft if draft and mine is None else None)
    return ComposerShown(
        kind="note",
        tabs=_tabs(case, "note"),
        url=address("case_note", case.pk),
        key=f"{case.pk}-note",
        text=(problem.written or _written(mine)).text,
        version=mine.version if mine else 0,
        files=files_of(mine),
        status=saved_line(mine) if mine else "",
        error=problem.error,
        colleague=other.author.name if other else "",
        colleague_id=other.author_id if other else 0,
        **_addresses(case, "note"),
    )


def _call(case: Case, look: Look, problem: Problem) -> ComposerShown:
    words = (problem.written or Written()).text
    return ComposerShown(
        kind=CALL,
        tabs=_tabs(case, CALL),
        url=address("case_call", case.pk),
        key=f"{case.pk}-call",
        text=words,
        error=problem.error,
        call=problem.call or CallForm(),
        call_list=call_list_of(case, look, words, problem.ticked),
        coach_url=address("case_coach", case.pk),
    )


def _coach(to_read: ToRead | None, words: str, case: Case, look: Look) -> CoachShown:
    """Beside one's own words; beside a colleague's without the moment, which theirs has waited already."""
    return replace(at_first(to_read.text, case, look), moment=None) if to_read else at_first(words, case, look)


def _to_read(draft: Draft | None, look: Look) -> ToRead | None:
    if draft is None or second_eye.waits_for(draft) != look.me.pk:
        return None
    return ToRead(draft.text, second_eye.words_mark(draft), address("case_let_go", draft.case_id))


def _addresses(case: Case, kind: str) -> dict[str, Any]:
    return {
        "draft_url": address("case_draft", case.pk, kind),
        "take_url": address("case_draft_take", case.pk, kind),
        "files_url": address("case_draft_files", case.pk, kind),
        "presence_url": address("case_presence", case.pk),
    }


def _tabs(case: Case, current: str) -> tuple[Tab, ...]:
    page, part = address("case", case.pk), address("case_composer", case.pk)
    names = (("letter", _("Reply"), "r"), ("note", _("Note"), "n"), (CALL, _("Call"), "l"))
    return tuple(
        Tab(f"{page}?write={kind}#composer", f"{part}?write={kind}", label, key, kind == current)
        for kind, label, key in names
    )


def _written(draft: Draft | None) -> Written:
    if draft is None:
        return Written()
    return Written(draft.text, draft.html, draft.to, draft.cc, draft.subject, draft.promises, draft.reason)


def _is_my_turn(look: Look) -> bool:
    step = look.step
    return step is not None and step.who_id == look.me.pk and step.kind in ("answer", "reach")


def _confession(look: Look) -> str:
    """A word we broke since we last spoke stands above the answer (UX principle 9)."""
    broken = [(one.act, one.broken_at) for one in look.broken if one.broken_at]
    if not broken:
        return ""
    by_people = Entry.objects.filter(case=look.case, actor=Entry.Actor.MEMBER)
    spoken = by_people.filter(kind__in=("contact.out", "contact.call")).order_by("-at").first()
    acts = (act for act, broken_at in broken if spoken is None or broken_at > spoken.at)
    act = next(acts, "")
    words = {"act": act_words(act, look.case.customer.first_name)}
    return _("We broke our word: “%(act)s”. Say so first.") % words if act else ""


def _newer(entry: Entry | None, look: Look) -> str:
    if entry is None:
        return ""
    minutes = max(0, int((look.now - entry.at).total_seconds() // 60))
    name = entry.member or entry.customer or ""
    places = {"name": name, "time": clock_time(timezone.localtime(entry.at))}
    if entry.kind == "contact.in":
        return _("%(name)s wrote at %(time)s. It stands above.") % places
    if minutes <= 1:
        return _("%(name)s answered a minute ago. It stands above.") % places
    return _("%(name)s answered at %(time)s. It stands above.") % places


def _hold_seconds() -> int:
    desk = Desk.current()
    return desk.hold_seconds if desk else HOLD_SECONDS
