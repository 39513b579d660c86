"""Whoever works on the desk from its machine leaves a record, too: what, by which user of the system (issue: audit)."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from pytest_django import Settings

from amends.audit import chain
from amends.audit.models import Record
from amends.audit.verbs import VERBS
from amends.channels import accounts, inbox
from amends.channels.models import Kept
from amends.cli import main
from amends.kit import pausing
from amends.upkeep import keys
from tests.cast import TUESDAY, Cast, mail

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2]


def written() -> tuple[str, dict[str, object]]:
    """The one record: by the command line, as the user of the system, and part of a whole chain."""
    record = Record.objects.get()
    assert (record.actor, record.who, record.member_id) == (Record.Actor.COMMAND_LINE, getpass.getuser(), None)
    assert chain.verify().good
    return record.verb, record.facts


def test_a_pause_says_who_and_why_and_nothing_is_sent(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pause", "--why", "The mail server moves."]) == 0
    assert pausing.paused() and "nothing is heard or sent" in capsys.readouterr().out
    assert written() == ("sending.paused", {"reason": "The mail server moves."})


def test_a_long_reason_pauses_the_desk_too(cast: Cast) -> None:
    assert main(["pause", "--why", "The mail server moves.\n" * 400]) == 0
    pause = pausing.current()
    assert pause is not None and pause.why.startswith("The mail server moves. The mail") and len(pause.why) <= 200


def test_a_second_pause_is_none(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    main(["pause"])
    assert main(["pause", "--why", "again"]) == 0
    assert "paused already" in capsys.readouterr().out
    assert written() == ("sending.paused", {"reason": ""})


def test_going_on_says_who_and_how_many_letters_left(cast: Cast) -> None:
    pausing.pause("", TUESDAY)
    assert main(["resume"]) == 0
    assert not pausing.paused() and written() == ("sending.resumed", {"count": 0})
    assert main(["resume"]) == 0
    assert Record.objects.count() == 1, "there was nothing to end"


@pytest.mark.django_db(transaction=True)
def test_a_backup_says_who_made_it_and_how_large_it_is(cast: Cast, tmp_path: Path, settings: Settings) -> None:
    settings.BLOBS_DIR = tmp_path / "blobs"
    inbox.keep(cast.mailbox, mail(), source="test", now=TUESDAY)
    assert main(["backup", str(tmp_path / "copy")]) == 0
    verb, facts = written()
    assert (verb, facts["files"], facts["encrypted"]) == ("backup.made", 1, False)


def test_new_keys_say_who_made_them(
    cast: Cast, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECRETS_KEY_FILE = tmp_path / "secrets.key"
    monkeypatch.setattr(keys, "SETTLED", 0.0)
    accounts.put_secret(cast.mailbox, password="x7canary")
    cast.mailbox.save()
    assert main(["keys", "rotate"]) == 0
    assert written() == ("secrets.key_rotated", {"count": 1})


def test_reading_mail_again_says_who_and_how_much(cast: Cast) -> None:
    assert main(["mail", "reread"]) == 0
    assert not Record.objects.exists(), "there was nothing to read"
    kept = inbox.keep(cast.mailbox, mail(), source="test", now=TUESDAY)
    Kept.objects.filter(pk=kept.pk).update(state=Kept.State.UNREADABLE)
    assert main(["mail", "reread"]) == 0
    assert written() == ("mail.reread", {"count": 1})


def test_mails_from_files_say_who_took_them_in_and_how_many(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(mail(key="1"))
    (tmp_path / "two.eml").write_bytes(mail(key="2"))
    assert main(["mail", "take", str(tmp_path), "--to", cast.mailbox.address]) == 0
    assert written() == ("mail.imported", {"count": 2})


def test_days_of_keeping_say_who_set_them(cast: Cast) -> None:
    assert main(["retention", "set", "email", "365"]) == 0
    assert written() == ("retention.changed", {"fields": ["email"]})


def test_every_verb_of_the_list_is_written_somewhere() -> None:
    files = [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts and path.name != "verbs.py"]
    said = "\n".join(path.read_text("utf-8") for path in files)
    built = {f"{kind}.{deed}" for kind in KINDS for deed in ("made", "changed", "deleted")}
    missing = [verb for verb in VERBS if f'"{verb}"' not in said and verb not in built]
    assert not missing
    assert not [kind for kind in KINDS if f'"{kind}"' not in said]


KINDS = ("mailbox", "brand", "team", "skill", "saved_answer", "holiday", "member", "partner", "rule", "connector")
"""Settings whose deeds `desk.audited` names from the kind."""
