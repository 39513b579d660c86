"""Two brands with one of everything each, so that every address can be asked for ours, theirs and nobody's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage

from allauth.mfa.models import Authenticator

from amends.cases import opening, outside_pictures, timeline
from amends.cases.models import Case, Draft, DraftFile, Entry, File, Naming, OutsidePicture, PicturesAsked
from amends.channels import inbox, outbox
from amends.channels.models import Account, Delivery, Kept
from amends.clock import alarms
from amends.clock.models import Absence, Escalation, Holiday, Promise, TeamHours
from amends.coach.models import SavedAnswer
from amends.flows import closing, intake, merging, page_links, starting
from amends.flows.decide import decide
from amends.kit import blobs, inspected, tokens
from amends.kit.models import Inspection
from amends.people import identities, inviting
from amends.people.models import Brand, Browser, Connector, Customer, Member, Partner, Skill, SkillRule, Team
from amends.portal.views.contact import THANKS
from tests.cast import TUESDAY, Cast

OURS, THEIRS = "x7thimble", "x7vantry"
"""Canaries: a word that stands in everything of the one brand, and in everything of the other."""
GUARDED = "x7guarded"
"""A word of a case of ours that only those see who need it (ES8)."""
NOW = TUESDAY + timedelta(hours=2)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
NOT_HERE = {"another kind's": "7000001", "missing": "9000001", "huge": str(10**30), "negative": "-1"}
"""For every place of a number; the first is the id of a row of another kind."""
Objects = dict[str, dict[str, str]]
"""Place (or `route.place`) → label → what stands in the address."""


@dataclass
class Side:
    """One brand's rows."""

    brand: Brand
    account: Account
    member: Member
    word: str
    customer: Customer
    ids: dict[str, str] = field(default_factory=dict)
    case: Case = field(init=False)
    entry: Entry = field(init=False)
    file_of_note: str = ""


def furnish(cast: Cast) -> Objects:
    """Everything of both sides, and the links and secrets."""
    Customer.objects.create(pk=7_000_001, name="Of another kind", created_at=TUESDAY)
    Brand.objects.create(pk=7_500_000, name="Of another kind", slug="another")
    # Its address is of our own network, so that whoever may ask it is told that it may not be called.
    asked = Connector.objects.create(name="Cellar", url="https://127.0.0.1/v1", model="tiny-1")
    Brand.objects.filter(pk__in=[cast.thimble.pk, cast.vantry.pk]).update(connector=asked)
    theirs_only = identities.recognise("email", "tove@example.com", f"Tove {THEIRS}", TUESDAY)
    ours = _side(Side(cast.thimble, cast.mailbox, cast.delphine, OURS, cast.rosalind))
    theirs = _side(Side(cast.vantry, cast.other_mailbox, cast.callum, THEIRS, theirs_only))
    _hear(theirs, "rosalind@example.com", "Also here")
    # To name somebody's address is no way to be shown them.
    told = starting.Beginning(cast.thimble, "Told", "They rang", "No word of theirs.", address="tove@example.com")
    starting.start(told, by=cast.delphine, now=TUESDAY)
    objects: Objects = {place: {"ours": one, "theirs": theirs.ids[place]} for place, one in ours.ids.items()}
    objects["case_id"] |= _cases(ours, theirs, cast.marguerite)
    objects["mark"] |= {"invented": "0" * 64}
    objects["customer_id"] = {"of both": str(cast.rosalind.pk), "theirs": theirs.ids["customer_id"]}
    objects["customer_id"] |= {"another kind's": "7500000"}
    objects |= _portal(ours, theirs) | _secrets(cast) | _words(cast)
    return objects


def _side(side: Side) -> Side:
    """One of everything that can be asked for by number."""
    side.entry = _hear(side, side.customer.identities.all()[0].value, f"The {side.word} matter")
    side.case = Case.objects.get(pk=side.entry.case_id)
    side.ids = {
        "case_id": str(side.case.pk),
        "entry_id": str(side.entry.pk),
        "file_id": str(side.entry.files.all()[0].pk),
        "customer_id": str(side.customer.pk),
        "mark": _picture(side),
        "rung_id": str(_rung(side).pk),
        "promise_id": str(Promise.objects.filter(case=side.case)[0].pk),
        "member_id": str(side.member.pk),
        "brand_id": str(side.brand.pk),
        "account_id": str(side.account.pk),
        **_written(side),
        **_settings(side),
        **_post(side),
        "inspection_id": _found(side),
    }
    return side


def _rung(side: Side) -> Escalation:
    """Somebody joined, and says why in words of the brand."""
    return Escalation.objects.create(
        case=side.case, rung=1, trigger="by_hand", params={"why": side.word}, at=NOW, member=side.member
    )


def _written(side: Side) -> dict[str, str]:
    """A note that names a colleague, a letter that did not arrive, one that waits, one with a file."""
    words = timeline.Words(new_text=f"Between us: {side.word}", sender={"name": side.member.name})
    enclosure = timeline.Enclosure.of("inside.png", "image/png", PNG + b"note")
    note = timeline.record(side.case, "note.written", at=NOW, by=side.member, words=words, files=[enclosure])
    side.file_of_note = str(note.files.all()[0].pk)
    naming = Naming.objects.create(entry=note, member=side.member)
    held = Draft.objects.create(
        case=side.case, author=side.member, text=side.word, updated_at=NOW, hold_until=NOW + timedelta(days=1)
    )
    draft = Draft.objects.create(case=side.case, author=side.member, kind="note", text=side.word, updated_at=NOW)
    drawn = PNG + side.word.encode()
    file = DraftFile.objects.create(
        draft=draft, name="new.png", content_type="image/png", size=len(drawn), sha256=blobs.put(drawn)
    )
    return {
        "naming_id": str(naming.pk),
        "alarm_id": str(alarms.raise_alarm(side.member, "promise.half", NOW, side.case).pk),
        "draft_id": str(held.pk),
        "draft_file.file_id": str(file.pk),
        "draft_file_remove.file_id": str(file.pk),
    }


def _found(side: Side) -> str:
    """A file of their letter in quarantine."""
    kept = blobs.put(f"harmful {side.word}".encode())
    File.objects.create(entry=side.entry, name=f"{side.word}.zip", content_type="application/zip", size=20, sha256=kept)
    inspected.lock_in([kept], "Test-Signature", NOW)
    return str(Inspection.objects.get(sha256=kept).pk)


def _picture(side: Side) -> str:
    """A picture that lay elsewhere, and the one member who asked for it."""
    mark = outside_pictures.mark(f"https://pictures.example/{side.word}.png")
    drawn = blobs.put(PNG + side.word.encode() + b" elsewhere")
    OutsidePicture.objects.create(entry=side.entry, mark=mark, sha256=drawn, fetched_at=NOW)
    PicturesAsked.objects.create(entry=side.entry, member=side.member, at=NOW)
    return mark


def _settings(side: Side) -> dict[str, str]:
    away = Absence.objects.create(member=side.member, starts=NOW, ends=NOW + timedelta(days=2))
    holiday = Holiday.objects.create(brand=side.brand, date=NOW.date(), name=f"{side.word} day")
    team = Team.objects.filter(brands=side.brand)[0]
    own = TeamHours.objects.create(team=team)
    teams_own = Holiday.objects.create(team=own, date=NOW.date(), name=f"{side.word} team day")
    answer = SavedAnswer.objects.create(name=f"{side.word} answer", brand=side.brand, body=f"{side.word} {{customer}}")
    somebody = Member.objects.create_user(f"{side.word}@desk.example", None, name="Somebody else")
    key = Authenticator.objects.create(
        user=somebody, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
    )
    browser = Browser.objects.create(
        member=side.member, endpoint=f"https://push.example/{side.word}", name=side.word, since=NOW
    )
    skill = Skill.objects.create(name=f"{side.word} skill")
    return {
        "absence_id": str(away.pk),
        "browser_id": str(browser.pk),
        "holiday_id": str(holiday.pk),
        "answer_id": str(answer.pk),
        "team_holiday_delete.holiday_id": str(teams_own.pk),
        "team_id": str(team.pk),
        "skill_id": str(skill.pk),
        "rule_id": str(SkillRule.objects.create(skill=skill, words="boiler").pk),
        "partner_id": str(Partner.objects.create(name=f"Firm {Partner.objects.count()}").pk),
        "pk": str(key.pk),
    }


def _post(side: Side) -> dict[str, str]:
    """A mail that stayed outside, a letter that came back."""
    kept = inbox.keep(side.account, _mail(f"list@{side.word}.example", "A list", side.word, 0), source="test", now=NOW)
    Kept.objects.filter(pk=kept.pk).update(state=Kept.State.IGNORED, reason="list")
    words = timeline.Words(
        new_text=f"We are sorry, {side.word}.",
        text=f"We are sorry, {side.word}.",
        to=[{"name": "", "address": side.customer.identities.all()[0].value}],
        message_id=f"<1.{side.word}@desk.example>",
        raw_sha256=blobs.put(side.word.encode()),
    )
    sent = timeline.record(side.case, "contact.out", at=NOW, by=side.member, channel="email", words=words)
    failed = outbox.queue(sent, side.account, ["x@example.com"], now=NOW)
    Delivery.objects.filter(pk=failed.pk).update(state=Delivery.State.FAILED, said="Nobody is there.")
    return {
        "kept_id": str(kept.pk),
        "delivery_id": str(failed.pk),
        "case_put_right.entry_id": str(sent.pk),
    }


def _cases(ours: Side, theirs: Side, admin: Member) -> dict[str, str]:
    """Cases that ended and cases that were taken into another, on both sides and across."""
    found: dict[str, str] = {}
    for side, whose in ((ours, "ours"), (theirs, "theirs")):
        ended = _open(side, "ended")
        closing.close(ended, "answered", by=admin, now=NOW)
        taken = _open(side, "taken in")
        merging.merge(taken, side.case, by=admin, now=NOW)
        found |= {f"{whose}, ended": str(ended.pk), f"{whose}, taken in": str(taken.pk)}
    astray = _open(ours, "astray")
    Case.objects.filter(pk=astray.pk).update(merged_into=theirs.case)
    hidden = _open(ours, f"Stairs {GUARDED}")
    Case.objects.filter(pk=hidden.pk).update(guard="vulnerable", owner=admin)
    timeline.record(hidden, "contact.in", at=NOW, by=ours.customer, words=timeline.Words(new_text=GUARDED))
    decide(Case.objects.get(pk=hidden.pk), NOW)
    return {**found, "ours, taken into theirs": str(astray.pk), "ours, guarded": str(hidden.pk)}


def _open(side: Side, title: str) -> Case:
    return opening.open_case(side.brand, side.customer, f"{title} {side.word}", at=TUESDAY)


def _portal(ours: Side, theirs: Side) -> Objects:
    """Links to the customers' pages, good and bad, and what they may and may not open."""
    link = page_links.token_for(ours.case, NOW)
    old = _open(ours, "long ago")
    long_ago = TUESDAY - timedelta(days=400)
    closing.close(old, "answered", by=ours.member, now=long_ago)
    back = _open(ours, "taken back")
    taken_back = page_links.token_for(back, NOW)
    Case.objects.filter(pk=back.pk).update(page_version=2)
    thanks = _thanks(ours.entry)
    swapped = ".".join([f"{theirs.case.pk:x}", *link.split(".")[1:]])
    return {
        "token": {
            "A": link,
            "B": page_links.token_for(theirs.case, NOW),
            "A's claim": page_links.claim_for(ours.entry, NOW),
            "too old": page_links.token_for(old, long_ago),
            "claim too old": tokens.make(page_links.CLAIM, ours.entry.pk, 1, long_ago),
            "taken back": taken_back,
            "changed": link[:-1] + ("A" if link[-1] != "A" else "B"),
            "other number": swapped,
            "cut": link[:-4],
            "made for something else": thanks,
            "invented": "1.1.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        },
        "case_page_file.file_id": {
            "A": ours.ids["file_id"],
            "B": theirs.ids["file_id"],
            "of A's note": ours.file_of_note,
        },
        "sent": {"ours": thanks, "theirs": _thanks(theirs.entry), "changed": thanks[:-1] + "_", "a case link": link},
    }


def _thanks(entry: Entry) -> str:
    return tokens.make(THANKS, Kept.objects.get(entry=entry).pk, 0, NOW)


def _secrets(cast: Cast) -> Objects:
    def invited(name: str, made_at: datetime = NOW) -> str:
        member = Member.objects.create_user(f"{name}@desk.example", None, name=name.title(), is_active=False)
        return inviting.invite(member, by=cast.marguerite, now=made_at)

    used = invited("used")
    inviting.join(used, "nine patient otters", NOW)
    good = invited("good")
    bad = {"used": used, "too old": invited("late", NOW - timedelta(days=3)), "changed": good[:-1] + "~", "a null": "0"}
    return {"secret": {"good": good, **bad}}


def _words(cast: Cast) -> Objects:
    """Places that take a word out of a few."""
    return {
        "kind": {"letter": "letter", "note": "note", "unknown": "x"},
        **{
            f"mailbox_{page}.kind": {k: k for k in ("email", "forwarded", "local", "unknown")}
            for page in ("new", "test")
        },
        "case_suggestion.kind": {"draft": "draft", "summary": "summary", "unknown": "x"},
        "field": {"known": "name", "another": "created_at"},
        "slug": {"ours": cast.thimble.slug, "theirs": cast.vantry.slug, "unknown": "x"},
        "name": {"any": "x"},
        "severity": {"any": "0", "one": "5", "none": "7"},
        "pack_id": {"known": "uk-fca-disp", "unknown": "x"},
        "key": {"invented": "x"},
        "uidb36": {"invented": "1"},
    }


def _hear(side: Side, sender: str, subject: str) -> Entry:
    raw = _mail(sender, f"{subject}", side.word, Entry.objects.count(), to=side.account.address)
    entry = intake.take_in(inbox.keep(side.account, raw, source="test", now=TUESDAY).pk, TUESDAY)
    assert entry is not None
    return entry


def _mail(sender: str, subject: str, word: str, number: int, to: str = "help@thimble.example") -> bytes:
    """A mail in HTML with a picture."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{word} <{sender}>", to, subject
    mail["Message-ID"] = f"<{number}.{word}@mail.example.com>"
    mail["Date"] = "Tue, 03 Mar 2026 09:58:00 +0000"
    mail.set_content(f"It broke, says {word}.")
    mail.add_alternative(f"<p>It <b>broke</b>, says {word}.</p>", subtype="html")
    mail.add_attachment(PNG + word.encode(), maintype="image", subtype="png", filename=f"{word}.png")
    return mail.as_bytes()
