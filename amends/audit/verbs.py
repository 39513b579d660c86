"""The closed list of deeds: what each is called on the screen, and which facts may be told with it.

A fact is a short plain value. None of them is what somebody wrote in a letter, a note or a saved answer, and none is
a password or a key: a log that is kept for years and read by others than the case is must not hold them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Verb:
    """`says` may use %(subject)s and the facts; a fact that was not told is left empty."""

    says: Any
    facts: frozenset[str] = frozenset()


def _verb(says: Any, *facts: str) -> Verb:
    return Verb(says, frozenset(facts))


def _settings(kind: str, made: Any, changed: Any, deleted: Any) -> dict[str, Verb]:
    """The three deeds on one kind of setting; `fields` are names of fields, never what stands in them."""
    return {
        f"{kind}.made": _verb(made, "name"),
        f"{kind}.changed": _verb(changed, "name", "fields"),
        f"{kind}.deleted": _verb(deleted, "name"),
    }


VERBS: dict[str, Verb] = {
    # signing in
    "sign_in.done": _verb(_("Signed in"), "method"),
    "sign_in.failed": _verb(_("Tried to sign in, in vain"), "method"),
    "sign_in.locked_out": _verb(_("Was locked out after too many tries"), "method"),
    "sign_in.ended": _verb(_("Signed out")),
    "sign_in.others_ended": _verb(_("Signed out everywhere else"), "count"),
    "password.changed": _verb(_("Changed the password")),
    "password.reset": _verb(_("Set a forgotten password anew")),
    "password.set_by_link": _verb(_("Set a password by a one-time link")),
    "second_factor.added": _verb(_("Added a second factor: %(method)s"), "method"),
    "second_factor.removed": _verb(_("Removed a second factor: %(method)s"), "method"),
    "second_factor.codes_made": _verb(_("Made new recovery codes")),
    "address.changed": _verb(_("Changed the address of the sign-in")),
    # members
    "desk.set_up": _verb(_("Set the desk up")),
    "member.made": _verb(_("Made the member %(name)s: %(role)s"), "name", "role"),
    "member.changed": _verb(_("Changed the member %(name)s: %(fields)s"), "name", "fields"),
    "member.role_changed": _verb(
        _("Changed the role of %(name)s from %(before)s to %(after)s"), "name", "before", "after"
    ),
    "member.link_made": _verb(_("Made a one-time link for %(name)s"), "name"),
    "member.switched_off": _verb(_("Switched %(name)s off"), "name"),
    "member.switched_on": _verb(_("Switched %(name)s on"), "name"),
    # settings
    "desk.changed": _verb(_("Changed the desk: %(fields)s"), "fields"),
    **_settings(
        "mailbox",
        _("Added the mailbox %(name)s"),
        _("Changed the mailbox %(name)s: %(fields)s"),
        _("Deleted the mailbox %(name)s"),
    ),
    "mailbox.switched_on": _verb(_("Took the mailbox %(name)s into use"), "name"),
    "mailbox.switched_off": _verb(_("Took the mailbox %(name)s out of use"), "name"),
    "mailbox.consented": _verb(_("Let the provider open the mailbox %(name)s"), "name"),
    **_settings(
        "brand", _("Made the brand %(name)s"), _("Changed the brand %(name)s: %(fields)s"), _("Deleted the brand")
    ),
    **_settings(
        "team",
        _("Made the team %(name)s"),
        _("Changed the team %(name)s: %(fields)s"),
        _("Took the team %(name)s apart"),
    ),
    **_settings(
        "skill",
        _("Added the skill %(name)s"),
        _("Changed the skill %(name)s: %(fields)s"),
        _("Deleted the skill %(name)s"),
    ),
    **_settings(
        "rule",
        _("Made a rule that asks for %(name)s"),
        _("Changed a rule that asks for %(name)s: %(fields)s"),
        _("Deleted a rule that asks for %(name)s"),
    ),
    **_settings(
        "saved_answer",
        _("Made the saved answer “%(name)s”"),
        _("Changed the saved answer “%(name)s”: %(fields)s"),
        _("Deleted the saved answer “%(name)s”"),
    ),
    "connector.changed": _verb(_("Changed who is asked for suggestions, %(name)s: %(fields)s"), "name", "fields"),
    "coach.changed": _verb(_("Changed what the coach does: %(fields)s"), "fields"),
    **_settings(
        "holiday",
        _("Added a holiday of %(name)s"),
        _("Changed a holiday of %(name)s: %(fields)s"),
        _("Deleted a holiday of %(name)s"),
    ),
    "holidays.imported": _verb(_("Took over %(count)s public holidays for %(name)s"), "name", "count"),
    "hours.changed": _verb(_("Changed the hours of %(name)s"), "name"),
    "targets.changed": _verb(_("Changed how fast %(name)s answers: %(fields)s"), "name", "fields"),
    "targets.recounted": _verb(_("Counted the clocks of %(count)s open cases of %(name)s anew"), "name", "count"),
    "reader.learned": _verb(_("Let the reader learn: %(before)s errors, then %(after)s"), "before", "after", "kept"),
    "reader.went_back": _verb(_("Took back what the reader had learned")),
    "pack.used": _verb(_("Put the policy pack %(pack)s to use for %(name)s"), "name", "pack"),
    "pack.stopped": _verb(_("Stopped using the policy pack %(pack)s for %(name)s"), "name", "pack"),
    "absence.made": _verb(_("Wrote down that %(name)s is away"), "name"),
    "absence.ended": _verb(_("Wrote down that %(name)s is here after all"), "name"),
    "partner.made": _verb(_("Added the partner %(name)s"), "name"),
    "partner.changed": _verb(_("Changed the partner %(name)s: %(fields)s"), "name", "fields"),
    "partner.retired": _verb(_("Retired the partner %(name)s"), "name"),
    "partner.brought_back": _verb(_("Brought the partner %(name)s back"), "name"),
    "retention.changed": _verb(_("Changed how long things are kept: %(fields)s"), "fields"),
    "setting.put_back": _verb(_("Put %(name)s back as it was before: %(fields)s"), "name", "fields"),
    # what is known of a person
    "person.changed": _verb(_("Changed what is known of %(subject)s: %(fields)s"), "fields"),
    "person.reached_also": _verb(_("Gave %(subject)s one more way to be reached: %(kind)s"), "kind"),
    # what left the desk, and what was taken away
    "mail.raw_read": _verb(_("Downloaded the raw mail of %(subject)s")),
    "mail.pictures_fetched": _verb(_("Had %(count)s pictures of %(subject)s fetched from elsewhere"), "count"),
    "file.held": _verb(_("Put a file of %(subject)s in quarantine: %(found)s"), "found"),
    "file.asked_again": _verb(_("Had a file of %(subject)s looked at again: %(found)s"), "found"),
    "file.released": _verb(_("Let a file of %(subject)s out of quarantine: %(found)s"), "found"),
    "suggestion.asked": _verb(_("Sent words of %(subject)s to %(name)s for a suggestion: %(what)s"), "name", "what"),
    "mail.imported": _verb(_("Took %(count)s mails in from files"), "count"),
    "mail.reread": _verb(_("Had %(count)s mails read again"), "count"),
    "person.exported": _verb(_("Made an export of %(subject)s"), "files", "bytes"),
    "person.export_read": _verb(_("Downloaded the export of %(subject)s"), "bytes"),
    "person.erased": _verb(_("Erased %(subject)s"), "cases", "letters", "files", "mails"),
    "person.erasure_owed": _verb(
        _("%(subject)s was erased, is back from a backup, and under a legal hold: still owed")
    ),
    "person.held": _verb(_("Put a legal hold on %(subject)s")),
    "person.let_go": _verb(_("Took the legal hold off %(subject)s")),
    "case.held": _verb(_("Put a legal hold on %(subject)s")),
    "case.let_go": _verb(_("Took the legal hold off %(subject)s")),
    "case.redacted": _verb(_("Blackened a part of %(subject)s"), "letters", "files"),
    "case.merged": _verb(_("Took %(taken)s into %(subject)s"), "taken"),
    "case.split": _verb(_("Made a case of its own from %(source)s: %(subject)s"), "source"),
    "retention.run": _verb(_("Removed what was kept long enough: %(cases)s cases"), "cases", "letters", "files"),
    # the house
    "secrets.key_rotated": _verb(_("Sealed the stored secrets with a new key"), "count"),
    "secrets.forgotten": _verb(_("Dropped the stored secrets of %(whose)s, which no key opened"), "whose"),
    "backup.made": _verb(_("Made a backup"), "files", "bytes", "encrypted"),
    "backup.restored": _verb(_("Restored a backup"), "files", "made_at"),
    "sending.paused": _verb(_("Stopped all sending"), "reason"),
    "sending.resumed": _verb(_("Let letters leave again"), "count"),
    "desk.upgraded": _verb(_("Brought the database up to date"), "count"),
    "audit.read": _verb(_("Read this log from outside the desk"), "count"),
    "audit.head_lost": _verb(_("The end of this log was missing; it goes on after record %(number)s"), "number"),
}
"""verb → what it says and what it may tell. A verb that is not here cannot be written."""
