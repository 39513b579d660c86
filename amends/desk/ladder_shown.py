"""The ladder beside a case: who joined, since when and why; how it stands; what went wrong before (ES1, ES5, C5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.cases.models import Case
from amends.cases.outcome import State
from amends.clock.ladder import TOP
from amends.clock.models import Escalation, Promise
from amends.desk.letters_shown import Look
from amends.desk.promises_shown import act_words
from amends.people.models import Rung
from amends.ui.addresses import address
from amends.ui.moments import by_when

STATES: Mapping[str, Lazy] = {
    State.HURT: gettext_lazy("Hurt"),
    State.ANSWERED: gettext_lazy("Answered"),
    State.OFFERED: gettext_lazy("Offered"),
    State.ACCEPTED: gettext_lazy("Accepted"),
    State.MADE_RIGHT: gettext_lazy("Made right"),
    State.HAPPY: gettext_lazy("Confirmed happy"),
    State.ADVOCATE: gettext_lazy("Tells others of us"),
    State.SILENT: gettext_lazy("Silent, at risk"),
    State.RE_HURT: gettext_lazy("Hurt again"),
    State.UNCONFIRMED: gettext_lazy("Settled, unconfirmed"),
    State.LOST_OPENLY: gettext_lazy("Lost, and said so"),
    State.LOST_SILENTLY: gettext_lazy("Lost in silence"),
    State.EXTERNAL: gettext_lazy("Outside: ombudsman, court or bank"),
}
SHOWN_BY: Mapping[str, Lazy] = {
    "contact.in": gettext_lazy("they said so"),
    "contact.out": gettext_lazy("a person answered"),
    "contact.call": gettext_lazy("a person spoke to them"),
    "complaint.returned": gettext_lazy("they say that it is not right"),
    "offer.made": gettext_lazy("an offer waits for their word"),
    "offer.accepted": gettext_lazy("they said yes"),
    "offer.rejected": gettext_lazy("they said no to the offer"),
    "offer.countered": gettext_lazy("they asked for something else"),
    "promise.kept": gettext_lazy("everything promised was done"),
    "promise.broken": gettext_lazy("a promise was broken"),
    "case.reopened": gettext_lazy("it began again"),
    "case.closed": gettext_lazy("they said that it is right"),
    "silence": gettext_lazy("no word since; silence is no yes"),
}
WHY: Mapping[str, Lazy] = {
    "follow_up": gettext_lazy("complaint number %(count)s on this matter"),
    "third": gettext_lazy("they had to write %(count)s times, and it is not right"),
    "double_deviation": gettext_lazy("what should have made it right failed"),
    "promise_broken": gettext_lazy("a promise was broken"),
    "clock_missed": gettext_lazy("rung %(missed)s did not answer in time"),
    "runaround": gettext_lazy("they were sent around"),
    "direct": gettext_lazy("they turned to somebody there"),
    "self_escalation": gettext_lazy("they asked for somebody senior"),
    "public": gettext_lazy("a public post about a fault of ours"),
    "severity": gettext_lazy("safety, health, or a vulnerable person"),
    "occasion": gettext_lazy("their occasion is within three days"),
    "third_failure": gettext_lazy("their third trouble in ninety days"),
    "words": gettext_lazy("they speak of: %(word)s"),
    "pack_half": gettext_lazy("half of a deadline's time is used"),
    "pack_late": gettext_lazy("four fifths of a deadline's time are used"),
    "value": gettext_lazy("it costs them more than %(limit)s"),
    "silence": gettext_lazy("a week of silence after our offer"),
    "silenced": gettext_lazy("no word for thirty days after we argued"),
    "by_hand": gettext_lazy("asked for: %(why)s"),
}
GOOD = (State.MADE_RIGHT, State.HAPPY, State.ADVOCATE)
BAD = (State.RE_HURT, State.SILENT, State.LOST_OPENLY, State.LOST_SILENTLY, State.EXTERNAL)


@dataclass(frozen=True)
class RungShown:
    """One rung that the case stands on."""

    id: int
    name: str
    member: str
    member_id: int
    why: str
    line: str
    """Since when, whether it was read, by when they decide, what they decided."""
    is_mine: bool = False
    summary: tuple[str, ...] = ()
    """What whoever joined reads first."""
    join_url: str = ""
    decide_url: str = ""
    end_url: str = ""


@dataclass(frozen=True)
class LadderShown:
    """What `desk/case/ladder.html` draws."""

    stands: str = ""
    stands_why: str = ""
    stands_as: str = ""
    """A tag's state: late, kept or nothing."""
    failed: str = ""
    rungs: tuple[RungShown, ...] = ()
    backup_url: str = ""
    offer_url: str = ""
    answer_url: str = ""
    paused: str = ""


def ladder_of(look: Look) -> LadderShown:
    """How it stands, and who stands where."""
    case, outcome = look.case, look.outcome
    acts = look.may_write and look.step is not None
    waits = outcome is not None and outcome.state in (State.OFFERED, State.SILENT)
    hurt = outcome is not None and (case.kind == Case.Kind.COMPLAINT or outcome.failed or outcome.state != State.HURT)
    quiet = case.quiet_until
    return LadderShown(
        stands=str(STATES[outcome.state]) if outcome and hurt else "",
        stands_why=_shown_by(look) if hurt else "",
        stands_as="late" if outcome and outcome.state in BAD else "kept" if outcome and outcome.state in GOOD else "",
        failed=failed_words(outcome.failed) if outcome and outcome.failed else "",
        rungs=tuple(_rung(one, look) for one in look.rungs),
        backup_url=address("case_backup", case.pk) if acts and _top(look) < TOP else "",
        offer_url=address("case_offer", case.pk) if acts and not waits else "",
        answer_url=address("case_offer_answer", case.pk) if acts and waits else "",
        paused=_("Paused until %(time)s") % {"time": _moment(quiet, look)} if quiet and quiet > look.now else "",
    )


def failures_of(look: Look) -> tuple[str, ...]:
    """What went wrong before, first on the page once somebody came back (ES5): broken words, and what failed."""
    outcome = look.outcome
    if outcome is None or not outcome.failed:
        return ()
    broken = [one for one in look.promises if one.broken_at and one.visible and one.source != Promise.Source.LAW]
    lines = [
        _("We broke our word: %(act)s, by %(due)s.")
        % {"act": act_words(one.act, look.case.customer.first_name), "due": _moment(one.due, look)}
        for one in broken[:3]
    ]
    return (failed_words(outcome.failed), *lines)


def failed_words(count: int) -> str:
    """How often a recovery failed, in words."""
    return ngettext("We failed them once already.", "We failed them %(count)s times already.", count) % {"count": count}


def rung_name(rung: int) -> str:
    """ "Rung 2, service manager"."""
    name = Rung(rung).label
    return _("Rung %(rung)d, %(name)s") % {"rung": rung, "name": name[:1].lower() + name[1:]}


def why_words(trigger: str, params: Mapping[str, Any]) -> str:
    """Why a case came to a rung, in words."""
    sentence = str(WHY.get(trigger, trigger))
    try:
        return sentence % params
    except KeyError:
        return sentence


def last_chance_or_rung(look: Look) -> tuple[str, str] | None:
    """The one tag of the ladder: the last chance, else the highest rung; with its icon."""
    if look.step is not None and look.step.last_chance:
        return _("Last chance"), "triangle-alert"
    return (_("Rung %(rung)d") % {"rung": _top(look)}, "arrow-up") if look.rungs else None


def _top(look: Look) -> int:
    return max((one.rung for one in look.rungs), default=0)


def _shown_by(look: Look) -> str:
    outcome = look.outcome
    assert outcome is not None
    why = str(SHOWN_BY.get(outcome.why, ""))
    since = _("since %(time)s") % {"time": _moment(outcome.since, look)}
    return f"{since}: {why}" if why else since


def _rung(one: Escalation, look: Look) -> RungShown:
    mine = one.member_id == look.me.pk
    acts = look.may_write and look.step is not None
    return RungShown(
        id=one.pk,
        name=rung_name(one.rung),
        member=one.member.name if one.member else "",
        member_id=one.member_id or 0,
        why=capfirst(why_words(one.trigger, one.params).rstrip(".")),
        line=_line(one, look),
        is_mine=mine,
        summary=tuple(filter(None, one.summary.splitlines())) if mine and not one.decided_at else (),
        join_url=address("rung_joined", one.pk) if acts and not one.member and look.me.rung >= one.rung else "",
        decide_url=address("rung_decided", one.pk) if acts and mine and not one.decided_at else "",
        end_url=address("rung_ended", one.pk) if acts else "",
    )


def _line(one: Escalation, look: Look) -> str:
    parts = [_("since %(time)s") % {"time": _moment(one.at, look)}]
    if one.member is None:
        parts.append(_("nobody stands there"))
    elif one.decided_at:
        parts.append(_("decided %(time)s") % {"time": _moment(one.decided_at, look)})
    else:
        read = _("read %(time)s") % {"time": _moment(one.read_at, look)} if one.read_at else _("not read yet")
        parts.append(read)
        if one.promise is not None:
            parts.append(_("decides by %(time)s") % {"time": _moment(one.promise.due, look)})
    return ", ".join(parts)


def _moment(at: Any, look: Look) -> str:
    return by_when(timezone.localtime(at), timezone.localtime(look.now), name_today=True, within=True)
