"""Tell members what they must know: in their working time, by the ways they chose, several things at once (SL4, ES1).

The desk itself shows an alarm from the moment it is to be told. What else goes out is a row of its own for each way,
tried until it arrives.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.models import Case
from amends.channels import desk_mail, hooks, patience, push
from amends.channels.message import ChannelError
from amends.clock import calendars
from amends.clock.alarm_words import words_of
from amends.clock.models import Alarm
from amends.flows import guarded
from amends.kit import away, drift, secrets
from amends.people.models import Browser, Member, Notice, Telling

log = structlog.get_logger("amends.telling")

GATHER = timedelta(minutes=5)
"""After a message, what else comes up waits so long, and goes together: no floods."""
MOST_TRIES = 8
LEASE = timedelta(minutes=2)
TURN = timedelta(seconds=20)
"""So long messages are tried before what is new is looked for."""
KEPT = timedelta(days=30)


def tell(now: datetime, most: int) -> int:
    """Send out what is to be told by now; how many alarms were, or wait for a working day.

    What cannot wait goes first, however much the others have. Each member hears of theirs in one message, and then of
    no more for a while, so one with many holds up nobody.
    """
    due = waiting(now)
    alarms = [*urgent(due)[:most], *due.exclude(member__in=list(told_lately(now)))[:most]]
    theirs: dict[int, dict[int, Alarm]] = defaultdict(dict)
    for alarm in alarms:
        theirs[alarm.member_id][alarm.pk] = alarm
    members = {alarm.member_id: alarm.member for alarm in alarms}
    duties = calendars.duties(members.values(), now)
    settled = 0
    for member_id, found in theirs.items():
        duty = duties[member_id]
        if away := not duty.on and duty.next is not None:
            settled += put_off(waiting(now).filter(member=member_id), duty.next)
        ready = [pk for pk, alarm in found.items() if not away or _cannot_wait(alarm)]
        settled += _tell(members[member_id], ready, now) if ready else 0
    return settled


def waiting(now: datetime) -> QuerySet[Alarm]:
    """What is to be told by now, the oldest first."""
    due = Alarm.objects.filter(told_at=None, tell_at__lte=now).order_by("tell_at", "pk")
    return due.select_related("case", "member")


def urgent(due: QuerySet[Alarm]) -> QuerySet[Alarm]:
    """Of these, what cannot wait for a working day, nor for what else comes up (SL4)."""
    return due.filter(case__severity__gte=Case.Severity.SAFETY)


def told_lately(now: datetime) -> QuerySet[Alarm, int]:
    """The members for whom what else comes up is gathered."""
    lately = Alarm.objects.filter(told_at__gt=now - GATHER, told_at__lte=now)
    return lately.values_list("member", flat=True).distinct()


def send(now: datetime, most: int) -> int:
    """Try messages whose time has come, new ones first, until the turn is over; how many were tried."""
    began = time.monotonic()
    due = Notice.objects.filter(next_try_at__lte=now).order_by("tries", "next_try_at", "pk")
    tried = 0
    for notice in due.select_related("member", "browser")[:most]:
        spent = timedelta(seconds=int(time.monotonic() - began))
        if spent > TURN:
            return most  # more wait: look again at once, for what is new goes first
        # A call may take long, and a claim counts from when it was made.
        moment = now + spent
        claimed = Notice.objects.filter(pk=notice.pk, next_try_at=notice.next_try_at)
        if claimed.update(next_try_at=moment + LEASE, tries=notice.tries + 1):
            notice.tries += 1
            _try(notice, moment)
            tried += 1
    return tried


def forget(now: datetime, most: int) -> int:
    """Delete what was settled a month ago; the oldest are looked at, and no others."""
    oldest = Notice.objects.order_by("pk").values_list("pk", "made_at", "next_try_at")[:most]
    old = [pk for pk, made_at, next_try_at in oldest if next_try_at is None and made_at < now - KEPT]
    return Notice.objects.filter(pk__in=old).delete()[0] if old else 0


def set_right(now: datetime) -> int:
    """Let nothing wait for a time that a clock which ran ahead has written; how many."""
    messages = drift.ahead(Notice.objects.filter(next_try_at__isnull=False), "next_try_at", now, patience.LONGEST)
    alarms = drift.ahead(Alarm.objects.filter(told_at=None), "at", now)
    return messages.update(next_try_at=now) + alarms.update(at=now, tell_at=now)


def body_of(alarms: Sequence[Alarm]) -> dict[str, Any]:
    """One message about all of them: {title, lines: [{code, words, case, url, at}], url}. No customer's name or words."""
    lines = [
        {
            "code": alarm.code,
            "words": words_of(alarm.code),
            "case": alarm.case.reference if alarm.case else "",
            "url": _url(alarm.case),
            "at": alarm.at.isoformat(),
        }
        for alarm in alarms
    ]
    if len(lines) == 1:
        title = " ".join(part for part in (lines[0]["case"], lines[0]["words"]) if part)
        return {"title": title, "lines": lines, "url": lines[0]["url"]}
    title = ngettext("%(count)s thing needs you", "%(count)s things need you", len(lines)) % {"count": len(lines)}
    return {"title": title, "lines": lines, "url": settings.BASE_URL + reverse("now")}


def put_off(alarms: QuerySet[Alarm], until: datetime) -> int:
    """Whoever went away hears of it when they are back, all but what cannot wait."""
    return alarms.exclude(case__severity__gte=Case.Severity.SAFETY).order_by().update(tell_at=until)


def _cannot_wait(alarm: Alarm) -> bool:
    return alarm.case is not None and alarm.case.severity >= Case.Severity.SAFETY


def _tell(member: Member, alarm_ids: Sequence[int], now: datetime) -> int:
    """Another worker may tell the same at once: each is told by whoever got hold of it."""
    with transaction.atomic():
        held = Alarm.objects.filter(pk__in=alarm_ids, told_at=None).order_by("tell_at", "pk")
        mine = list(held.select_for_update(of=("self",), no_key=True).select_related("case"))
        told = Alarm.objects.filter(pk__in=[alarm.pk for alarm in mine]).update(told_at=now)
        hidden = guarded.hidden_from(member)  # they had a part in it when it was raised, and have none now
        unseen = [alarm for alarm in mine if alarm.seen_at is None and alarm.case_id not in hidden]
        if unseen and member.is_active:
            Notice.objects.bulk_create(_notices(member, body_of(unseen), now))
    return told


def _notices(member: Member, body: Mapping[str, Any], now: datetime) -> list[Notice]:
    chosen = Telling.objects.filter(member=member).first() or Telling(member=member)
    ways: list[tuple[Notice.Way, Browser | None]] = []
    if chosen.mail:
        ways.append((Notice.Way.MAIL, None))
    if chosen.push:
        ways += [(Notice.Way.PUSH, browser) for browser in Browser.objects.filter(member=member)]
    if chosen.hook:
        ways.append((Notice.Way.HOOK, None))
    return [
        Notice(member=member, way=way, browser=browser, body=body, made_at=now, next_try_at=now)
        for way, browser in ways
    ]


def _try(notice: Notice, now: datetime) -> None:
    try:
        _WAYS[Notice.Way(notice.way)](notice, now)
    except ChannelError as error:
        _failed(notice, error, now)
    except Exception as error:
        if away.passes(error):
            raise  # the database's trouble, not the message's: it is tried again
        log.exception("a message to a member could not be tried", notice=notice.pk)
        _failed(notice, ChannelError(type(error).__name__, permanent=False, code="later"), now)
    else:
        Notice.objects.filter(pk=notice.pk).update(arrived_at=now, next_try_at=None, said="")


def _failed(notice: Notice, error: ChannelError, now: datetime) -> None:
    gives_up = error.permanent or notice.tries >= MOST_TRIES
    again = None if gives_up else now + patience.wait_after(notice.tries, f"notice {notice.pk}")
    Notice.objects.filter(pk=notice.pk).update(next_try_at=again, said=str(error)[:300])
    if gives_up:
        log.warning("a member could not be told", way=notice.way, member=notice.member_id, why=str(error))
    if error.code == "gone" and notice.browser_id is not None:
        Browser.objects.filter(pk=notice.browser_id).delete()
        _by_mail_instead(notice, now)


def _by_mail_instead(notice: Notice, now: datetime) -> None:
    """Whoever is told by browsers alone, and has none left, is told by mail from now on: they must hear of it somehow."""
    only_push = Telling.objects.filter(member=notice.member_id, push=True, mail=False, hook="")
    if Browser.objects.filter(member=notice.member_id).exists() or not only_push.update(mail=True):
        return
    Notice.objects.create(
        member=notice.member, way=Notice.Way.MAIL, body=notice.body, made_at=notice.made_at, next_try_at=now
    )


def _by_mail(notice: Notice, now: datetime) -> None:
    lines = [f"{line['words']} {line['case']}\n{line['url']}" for line in notice.body["lines"]]
    foot = _("Choose how you are told: %(url)s") % {"url": settings.BASE_URL + reverse("my_alarms")}
    mark = f"notice.{notice.pk}.{notice.made_at:%Y%m%d%H%M%S}"
    desk_mail.tell(notice.member.email, notice.body["title"], "\n\n".join([*lines, foot]), mark=mark)


def _by_push(notice: Notice, now: datetime) -> None:
    assert notice.browser is not None
    lines = [f"{line['case']} {line['words']}".strip() for line in notice.body["lines"][:5]]
    body = {"title": notice.body["title"], "body": "\n".join(lines[1:] and lines), "url": notice.body["url"]}
    push.send(notice.browser, body, now)


def _by_hook(notice: Notice, now: datetime) -> None:
    chosen = Telling.objects.filter(member=notice.member_id).exclude(hook="").first()
    if chosen is None:
        raise ChannelError(_("The webhook was taken back."), permanent=True, code="gone")
    try:
        secret = secrets.unseal(chosen.sealed).get("secret", "")
    except secrets.SecretError as error:
        raise ChannelError(str(error), permanent=True, code="settings") from error
    hooks.send(chosen.hook, secret, {"kind": "alarms", "member": notice.member_id, **notice.body}, notice.pk, now)


_WAYS = {Notice.Way.MAIL: _by_mail, Notice.Way.PUSH: _by_push, Notice.Way.HOOK: _by_hook}


def _url(case: Case | None) -> str:
    path = reverse("case", args=[case.pk]) if case else reverse("now")
    return settings.BASE_URL + path
