"""A mailbox that changes while it is read, and one with a hundred thousand mails (reliability 3.3, IMAP)."""

from __future__ import annotations

import tracemalloc
from itertools import islice

import pytest

from amends.channels.email.imap import SIZES_AT_ONCE, Fetched
from amends.channels.email.tests.offered import fetch
from amends.channels.email.tests.test_wire_imap_faults import MAIL, account, body
from amends.channels.message import ChannelError
from tests.peers.scripted import Script, Talk, imap_script, running_script

pytestmark = pytest.mark.server

BACKLOG = 100_000
MIB = 1024 * 1024


def serving(count: int, spoken: list[str]) -> Script:
    """A folder with mails 1 to `count`, all alike."""

    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            spoken.append(line)
            tag, command = line.split(" ", 1)
            words = command.split()
            if words[0] == "CAPABILITY":
                talk.say("* CAPABILITY IMAP4rev1")
            elif words[0] == "SELECT":
                talk.say(f"* {count} EXISTS\r\n* OK [UIDVALIDITY 7] Valid.")
            elif words[:2] == ["UID", "SEARCH"]:
                talk.say("* SEARCH " + " ".join(map(str, range(count, 0, -1))))
            elif words[:2] == ["UID", "FETCH"] and "BODY" in command:
                talk.say(body(int(words[2]), MAIL))
            elif words[:2] == ["UID", "FETCH"]:
                for uid in words[2].split(","):
                    talk.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(MAIL)})")
            talk.say(f"{tag} OK Done.")

    return script


def test_a_hundred_thousand_mails_are_read_in_batches_and_in_bounded_memory() -> None:
    spoken: list[str] = []
    with running_script(serving(BACKLOG, spoken)) as port:
        mails = fetch(account(port))
        first = next(mails)
        tracemalloc.start()
        try:
            rest = [mail.uid for mail in islice(mails, 2 * SIZES_AT_ONCE)]
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            mails.close()
    assert [first.uid, *rest] == [str(number) for number in range(1, 2 * SIZES_AT_ONCE + 2)], "oldest first"
    asked = [line for line in spoken if "RFC822.SIZE" in line]
    assert len(asked) == 3
    assert all(line.count(",") < SIZES_AT_ONCE for line in asked)
    assert peak < 5 * MIB


def test_mails_that_others_delete_meanwhile_stop_nothing() -> None:
    gone = b"* 1 EXPUNGE\r\n* 2 EXISTS\r\n"
    messages = {
        4: (len(MAIL), body(4, MAIL)),
        5: (len(MAIL), gone),
        6: (len(MAIL), b"* 2 FETCH (FLAGS (\\Deleted))\r\n* 1 EXPUNGE\r\n" + body(6, MAIL)),
        7: (len(MAIL), b"* VANISHED 7\r\n"),
        8: (len(MAIL), body(8, MAIL)),
    }
    spoken: list[str] = []
    with running_script(imap_script(messages=messages, spoken=spoken)) as port:
        taken = []
        for mail in fetch(account(port)):
            mail.acknowledge()
            taken.append(mail.uid)
    assert taken == ["4", "6", "8"]
    assert [line.split()[3] for line in spoken if "STORE" in line] == taken, "by UID, whatever the numbers are now"


@pytest.mark.parametrize("before", [0, 5, len(MAIL) - 1])
def test_a_goodbye_in_the_middle_of_a_literal_is_no_mail(before: int) -> None:
    said = f"* 1 FETCH (UID 4 BODY[]<0> {{{len(MAIL)}}}\r\n".encode() + MAIL[:before]

    def script(talk: Talk) -> None:
        _until_body(talk)
        talk.say(said)
        talk.connection.close()

    taken: list[Fetched] = []
    with running_script(script) as port, pytest.raises(ChannelError) as caught:
        taken.extend(fetch(account(port)))
    assert taken == []
    assert (caught.value.code, caught.value.permanent) == ("connect", False)


@pytest.mark.parametrize("lie", [0, 1, len(MAIL) - 1, len(MAIL) + 1, 10**6])
def test_a_size_that_is_a_lie_loses_nothing(lie: int) -> None:
    """What counts is how many bytes came."""
    with running_script(imap_script(messages={4: (lie, body(4, MAIL))})) as port:
        assert [mail.raw for mail in fetch(account(port))] == [MAIL]


def test_a_folder_that_was_renamed_is_named_and_nothing_is_marked() -> None:
    spoken: list[str] = []

    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            spoken.append(line)
            tag, command = line.split(" ", 1)
            if command.startswith("CAPABILITY"):
                talk.say("* CAPABILITY IMAP4rev1")
            refused = command.startswith(("SELECT", "EXAMINE"))
            talk.say(f"{tag} {'NO [NONEXISTENT] Unknown Mailbox' if refused else 'OK Done.'}")

    with running_script(script) as port, pytest.raises(ChannelError) as caught:
        list(fetch(account(port)))
    assert caught.value.code == "folder"
    assert not any("FETCH" in line or "STORE" in line for line in spoken)


def test_a_mail_whose_mark_is_refused_is_offered_again() -> None:
    """Acknowledging fails after the mail is kept: it comes again, and is the same message then."""

    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            tag, command = line.split(" ", 1)
            if "STORE" in command:
                talk.say(f"{tag} NO [READ-ONLY] Folder was renamed.")
                continue
            _usual(talk, command)
            talk.say(f"{tag} OK Done.")

    with running_script(script) as port:
        mails = fetch(account(port))
        mail = next(mails)
        with pytest.raises(ChannelError) as caught:
            mail.acknowledge()
        mails.close()
    assert not caught.value.permanent


def _until_body(talk: Talk) -> None:
    """Answers as an honest server does up to the first BODY that is asked for."""
    talk.say("* OK Ready.")
    while "BODY" not in (line := talk.hear()):
        tag, command = line.split(" ", 1)
        _usual(talk, command)
        talk.say(f"{tag} OK Done.")


def _usual(talk: Talk, command: str) -> None:
    if command.startswith("CAPABILITY"):
        talk.say("* CAPABILITY IMAP4rev1")
    elif command.startswith("UID SEARCH"):
        talk.say("* SEARCH 4")
    elif "BODY" in command:
        talk.say(body(4, MAIL))
    elif command.startswith("UID FETCH"):
        talk.say(f"* 1 FETCH (UID 4 RFC822.SIZE {len(MAIL)})")
