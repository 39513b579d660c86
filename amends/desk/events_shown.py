"""What happened, in one line each, as `ui/components/event.html` shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from amends.cases.models import Case, Closure, Entry
from amends.clock.models import Promise
from amends.desk import file_lines, ladder_lines
from amends.desk.heard_words import STANCES, words_of
from amends.desk.letters_shown import Look
from amends.desk.promises_shown import act_words
from amends.desk.reasons import why
from amends.ui.addresses import address
from amends.ui.moments import by_when, clock_time

SMALL = {
    *("case.opened", "coach.moment", "step.set", "step.done", "step.moved", "reading.corrected", "mood.noted"),
    *("suggestion.asked", "suggestion.taken"),
}
"""Kinds that nobody needs to read to understand a case; they are folded."""
OF_POLICY = {"promise.made", "promise.kept", "promise.rescheduled", "promise.recounted", "promise.released"}
"""Kinds that are small when a house rule did it and not a person."""


@dataclass(frozen=True)
class EventShown:
    """The inputs of the component; see there."""

    id: int
    at: datetime
    text: str = ""
    strong: str = ""
    icon: str = ""
    clock: str = ""
    left: int = 0
    broken: bool = False
    url: str = ""
    link: str = ""


def is_small(kind: str, source: str | None, before: object) -> bool:
    """Whether an entry is folded; `source` is whose promise it is about, `before` who had the case before."""
    if kind == "owner.set":
        return before is None
    return kind in SMALL or (kind in OF_POLICY and source == Promise.Source.POLICY)


def event_of(entry: Entry, look: Look) -> EventShown:
    """The line of any entry that is no letter."""
    if (line := ladder_lines.LINES.get(entry.kind) or file_lines.LINES.get(entry.kind)) is not None:
        strong, text, icon = line(entry, look.now)
        return EventShown(entry.pk, entry.at, text, strong, icon)
    return _LINES.get(entry.kind, _plain)(entry, look)


def due_words(text: object, now: datetime) -> str:
    """A time from an entry's data as people say it within a sentence: "Thu 20 Nov 12:00", "today 12:00"."""
    due = datetime.fromisoformat(str(text))
    return by_when(timezone.localtime(due), timezone.localtime(now), name_today=True, within=True)


def _made(entry: Entry, look: Look) -> EventShown:
    line = _("%(act)s, by %(due)s") % {"act": _act(entry, look), "due": due_words(entry.data["due"], look.now)}
    return EventShown(entry.pk, entry.at, line, _("Promised:"), clock="open", left=95)


def _kept(entry: Entry, look: Look) -> EventShown:
    late = entry.data.get("late")
    strong = _("Kept, but late:") if late else _("Kept:")
    return EventShown(entry.pk, entry.at, _act_and(entry, look, "evidence"), strong, clock="broken" if late else "kept")


def _broken(entry: Entry, look: Look) -> EventShown:
    act = _act(entry, look)
    if entry.data.get("promise_kind") in (Promise.Kind.FIRST_REPLY, Promise.Kind.NEXT_REPLY):
        act = _("an answer")
    line = _("“%(act)s” was owed by %(due)s.") % {"act": act, "due": due_words(entry.data["due"], look.now)}
    return EventShown(entry.pk, entry.at, line, _("Promise broken."), clock="broken", broken=True)


def _moved(entry: Entry, look: Look) -> EventShown:
    line = _("%(act)s, now by %(due)s: %(reason)s") % {
        "act": _act(entry, look),
        "due": due_words(entry.data["new_due"], look.now),
        "reason": entry.data.get("reason", ""),
    }
    return EventShown(entry.pk, entry.at, line, _("Another time:"), clock="moved")


def _said_yes(entry: Entry, look: Look) -> EventShown:
    strong = _("%(partner)s said yes:") % {"partner": entry.data.get("partner", "")}
    return EventShown(entry.pk, entry.at, _act_and(entry, look, "words"), strong, icon="handshake")


def _tried(entry: Entry, look: Look) -> EventShown:
    left = entry.data.get("left_message")
    line = _("%(act)s; a message was left.") if left else _("%(act)s; no message was left.")
    line = " ".join(filter(None, [line % {"act": _act(entry, look)}, str(entry.data.get("said", ""))]))
    return EventShown(entry.pk, entry.at, line, _("Nobody answered:"), icon="phone")


def _rang(entry: Entry, look: Look) -> EventShown:
    left = entry.data.get("left_message")
    line = _("%(name)s rang and left a message.") if left else _("%(name)s rang and left no message.")
    line = " ".join(filter(None, [line % {"name": entry.member or _("The desk")}, str(entry.data.get("said", ""))]))
    return EventShown(entry.pk, entry.at, line, _("Nobody answered:"), icon="phone")


def _attempted(entry: Entry, look: Look) -> EventShown:
    line = _("%(act)s: called twice, and left a message. Now by %(due)s.") % {
        "act": _act(entry, look),
        "due": due_words(entry.data["new_due"], look.now),
    }
    return EventShown(entry.pk, entry.at, line, _("A new window:"), clock="moved")


def _recounted(entry: Entry, look: Look) -> EventShown:
    line = _("%(act)s, now by %(due)s: %(why)s") % {
        "act": _act(entry, look),
        "due": due_words(entry.data["due"], look.now),
        "why": entry.data.get("why", ""),
    }
    return EventShown(entry.pk, entry.at, line, _("Counted anew:"), clock="moved")


def _severity(entry: Entry, look: Look) -> EventShown:
    names = {"before": _named(entry.data.get("before")), "after": _named(entry.data.get("severity"))}
    line = _("%(after)s; it was “%(before)s” before.") % names
    return EventShown(entry.pk, entry.at, line, _("How grave:"), icon="circle-alert")


def _named(severity: object) -> str:
    return str(dict(Case.Severity.choices).get(int(str(severity or 0)), ""))


def _occasion(entry: Entry, look: Look) -> EventShown:
    day = entry.data.get("occasion")
    line = due_words(day, look.now) if day else _("no day any more.")
    return EventShown(entry.pk, entry.at, line, _("It must be right for:"), icon="calendar")


def _taken_over(entry: Entry, look: Look) -> EventShown:
    line = _("%(act)s, promised by %(before)s, who is away. %(name)s keeps it.") % {
        "act": _act(entry, look),
        "before": entry.data.get("before_name", ""),
        "name": entry.data.get("to_name", ""),
    }
    return EventShown(entry.pk, entry.at, line, _("Taken over:"), icon="arrow-right-left")


def _released(entry: Entry, look: Look) -> EventShown:
    return EventShown(entry.pk, entry.at, _act_and(entry, look, "reason"), _("Let off:"), icon="handshake")


def _owner(entry: Entry, look: Look) -> EventShown:
    team = _("It is with the team %(team)s now.") % {"team": entry.data["team_name"]} if "team" in entry.data else ""
    line = " ".join(filter(None, [_("has the case now."), team, why(entry.data.get("why"))]))
    return EventShown(entry.pk, entry.at, line, str(entry.data["owner_name"]), icon="user-round")


def _merged(entry: Entry, look: Look) -> EventShown:
    if "taken" in entry.data:
        line = _("%(title)s. Its letters stand here too.") % {"title": entry.data["title"]}
        strong = _("Case %(case)s taken in:") % {"case": f"A-{entry.data['taken']}"}
        return EventShown(entry.pk, entry.at, line, strong, icon="merge")
    strong = _("Taken into case %(case)s.") % {"case": f"A-{entry.data['into']}"}
    return EventShown(entry.pk, entry.at, "", strong, icon="merge")


def _split(entry: Entry, look: Look) -> EventShown:
    if entry.data["into"] in look.hidden:
        strong = _("A part is a case of its own now, which only those see who need it.")
        return EventShown(entry.pk, entry.at, "", strong, icon="split")
    url = address("case", entry.data["into"])
    strong = _("A part is a case of its own now:")
    return EventShown(entry.pk, entry.at, "", strong, icon="split", url=url, link=str(entry.data["title"]))


def _opened(entry: Entry, look: Look) -> EventShown:
    by = f" {entry.member.name}" if entry.member else ""
    line = _("Case opened by%(name)s.") % {"name": by} if by else _("Case opened.")
    return EventShown(entry.pk, entry.at, line, icon="plus")


def _closed(entry: Entry, look: Look) -> EventShown:
    reason = str(dict(Closure.Reason.choices).get(entry.data.get("reason", ""), ""))
    line = ". ".join(filter(None, [reason, str(entry.data.get("said", ""))]))
    strong = _("%(name)s closed the case:") % {"name": entry.member or _("The desk")}
    return EventShown(entry.pk, entry.at, line, strong, icon="circle-check")


def _reopened(entry: Entry, look: Look) -> EventShown:
    return EventShown(entry.pk, entry.at, str(entry.data.get("why", "")), _("Opened again:"), icon="rotate-ccw")


def _retitled(entry: Entry, look: Look) -> EventShown:
    line = _("it was “%(before)s” before.") % {"before": entry.data.get("before", "")}
    return EventShown(entry.pk, entry.at, line, _("New title:"), icon="pencil")


def _failed(entry: Entry, look: Look) -> EventShown:
    to = ", ".join(entry.data.get("recipients", []))
    line = _("The letter to %(to)s: %(why)s") % {"to": to, "why": entry.data.get("why", "")}
    letter = entry.data.get("letter")
    url = address("case_put_right", letter) if letter and look.may_write else ""
    return EventShown(
        entry.pk, entry.at, line, _("Did not arrive."), clock="broken", broken=True, url=url, link=_("Put it right")
    )


def _held(entry: Entry, look: Look) -> EventShown:
    who = {"who": entry.data.get("who", "")}
    if entry.data.get("loop"):
        line = _("%(who)s writes again and again: it may be a machine that answers machines. It gets no more notes.")
        return EventShown(entry.pk, entry.at, line % who, _("Going in circles?"), icon="triangle-alert")
    line = _("%(who)s had an automatic note within a day, so none was sent for this.")
    return EventShown(entry.pk, entry.at, line % who, icon="zap")


def _doubtful(entry: Entry, look: Look) -> EventShown:
    to = ", ".join(entry.data.get("recipients", []))
    line = _("The letter to %(to)s may have arrived, or not: the mail server did not say. Send it again, or leave it.")
    return EventShown(entry.pk, entry.at, line % {"to": to}, _("Nobody knows."), icon="circle-question-mark")


def _settled(entry: Entry, look: Look) -> EventShown:
    line = _("let the letter go once more.") if entry.data.get("how") == "again" else _("left the letter as it is.")
    return EventShown(entry.pk, entry.at, line, str(entry.member or _("The desk")), icon="mail")


def _moment(entry: Entry, look: Look) -> EventShown:
    line = _("%(name)s waited before a letter, until %(time)s.") % {
        "name": entry.member or "",
        "time": clock_time(timezone.localtime(datetime.fromisoformat(entry.data["until"]))),
    }
    return EventShown(entry.pk, entry.at, line, _("A moment:"), icon="hourglass")


def _second_asked(entry: Entry, look: Look) -> EventShown:
    line = _("%(name)s reads a letter of %(author)s before it leaves.") % {
        "name": entry.data["member_name"],
        "author": entry.member or "",
    }
    return EventShown(entry.pk, entry.at, line, _("A second pair of eyes:"), icon="eye")


def _let_go(entry: Entry, look: Look) -> EventShown:
    line = _("%(name)s has read the letter of %(author)s, and lets it go.") % {
        "name": entry.member or "",
        "author": entry.data["author_name"],
    }
    return EventShown(entry.pk, entry.at, line, _("A second pair of eyes:"), icon="eye")


def _nobody_reads(entry: Entry, look: Look) -> EventShown:
    line = _("nobody else was at work to read a letter of %(author)s.") % {"author": entry.member or ""}
    return EventShown(entry.pk, entry.at, line, _("A second pair of eyes:"), icon="eye")


def _page_taken_back(entry: Entry, look: Look) -> EventShown:
    return EventShown(entry.pk, entry.at, _("Links to the case page were taken back."), icon="unlink")


def _erased(entry: Entry, look: Look) -> EventShown:
    asked = entry.data.get("reason") == "asked"
    line = _("The person asked to be forgotten.") if asked else _("It was kept as long as it should be.")
    return EventShown(entry.pk, entry.at, line, _("What was said here is gone:"), icon="trash-2")


def _blackened(entry: Entry, look: Look) -> EventShown:
    told = {"name": entry.member or _("The desk"), "why": entry.data.get("why", "")}
    if "written_at" not in entry.data:
        line = _("%(name)s, in a letter that stands in another case too: %(why)s") % told
        return EventShown(entry.pk, entry.at, line, _("Words blackened."), icon="eye-off")
    written = timezone.localtime(datetime.fromisoformat(entry.data["written_at"]))
    day = f"{date_format(written, 'j F')}, {clock_time(written)}"
    line = _("%(name)s, in the letter of %(day)s: %(why)s") % {**told, "day": day}
    strong = _("Letter blackened.") if entry.data.get("whole") else _("Words blackened.")
    return EventShown(entry.pk, entry.at, line, strong, icon="eye-off")


def _corrected(entry: Entry, look: Look) -> EventShown:
    data = entry.data
    if data.get("value"):
        line = _("how they stand to us: %(stance)s.") % {"stance": STANCES.get(data["value"], data["value"])}
    elif data.get("holds"):
        line = _("a letter says more: %(words)s.") % {"words": words_of(data["what"])}
    else:
        line = _("a letter does not say: %(words)s.") % {"words": words_of(data["what"])}
    return EventShown(entry.pk, entry.at, line, _("%(name)s corrects:") % {"name": entry.member}, icon="quote")


def _mood(entry: Entry, look: Look) -> EventShown:
    words = ", ".join(words_of(label) for label in entry.data.get("labels", ()))
    line = _("%(words)s, says their letter.") % {"words": words} if words else _("a calmer letter.")
    return EventShown(entry.pk, entry.at, line, _("How they feel:"), icon="quote")


def _suggested(entry: Entry, look: Look) -> EventShown:
    told = {"name": entry.member or "", "connector": entry.data.get("connector", "")}
    if entry.kind == "suggestion.taken":
        line = _("took over what %(connector)s suggested.") % told
    elif entry.data.get("what") == "summary":
        line = _("asked %(connector)s to sum it up.") % told
    else:
        line = _("asked %(connector)s for a draft.") % told
    return EventShown(entry.pk, entry.at, line, str(told["name"]), icon="sparkles")


def _step_set(entry: Entry, look: Look) -> EventShown:
    line = _("%(who)s: %(what)s, by %(due)s") % {
        "who": entry.data.get("who_name", ""),
        "what": entry.data.get("what", ""),
        "due": due_words(entry.data["due"], look.now),
    }
    return EventShown(entry.pk, entry.at, line, _("Next step."))


def _step_done(entry: Entry, look: Look) -> EventShown:
    line = ". ".join(filter(None, [str(entry.data.get("what", "")), str(entry.data.get("how", ""))]))
    return EventShown(entry.pk, entry.at, line, _("Done by %(name)s:") % {"name": entry.member or ""}, icon="check")


def _step_moved(entry: Entry, look: Look) -> EventShown:
    line = _("%(what)s, until %(until)s: %(reason)s") % {
        "what": entry.data.get("what", ""),
        "until": due_words(entry.data["until"], look.now),
        "reason": entry.data.get("reason", ""),
    }
    return EventShown(entry.pk, entry.at, line, _("Not now:"), icon="calendar-clock")


def _plain(entry: Entry, look: Look) -> EventShown:
    return EventShown(entry.pk, entry.at, entry.kind)


def _act_and(entry: Entry, look: Look, key: str) -> str:
    said = str(entry.data.get(key) or "")
    if not said or said.startswith("letter "):
        return _act(entry, look)
    return _("%(act)s (%(said)s)") % {"act": _act(entry, look), "said": said}


def _act(entry: Entry, look: Look) -> str:
    return capfirst(act_words(str(entry.data["act"]), look.case.customer.first_name))


_LINES: dict[str, Callable[[Entry, Look], EventShown]] = {
    "promise.made": _made,
    "promise.acknowledged": _said_yes,
    "promise.tried": _tried,
    "contact.tried": _rang,
    "promise.attempted": _attempted,
    "promise.kept": _kept,
    "promise.broken": _broken,
    "promise.rescheduled": _moved,
    "promise.recounted": _recounted,
    "promise.taken_over": _taken_over,
    "promise.released": _released,
    "case.severity": _severity,
    "case.occasion": _occasion,
    "owner.set": _owner,
    "case.opened": _opened,
    "case.merged": _merged,
    "case.split": _split,
    "case.closed": _closed,
    "case.reopened": _reopened,
    "case.retitled": _retitled,
    "contact.failed": _failed,
    "contact.held": _held,
    "contact.doubtful": _doubtful,
    "contact.settled": _settled,
    "coach.moment": _moment,
    "coach.second_asked": _second_asked,
    "coach.released": _let_go,
    "coach.nobody_reads": _nobody_reads,
    "page.taken_back": _page_taken_back,
    "case.erased": _erased,
    "letter.blackened": _blackened,
    "reading.corrected": _corrected,
    "mood.noted": _mood,
    "suggestion.asked": _suggested,
    "suggestion.taken": _suggested,
    "step.set": _step_set,
    "step.done": _step_done,
    "step.moved": _step_moved,
}
