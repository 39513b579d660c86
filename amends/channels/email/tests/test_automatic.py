"""Whether a person or a machine wrote: the first row of reliability 3.3, 80 mails."""

from __future__ import annotations

import pytest

from amends.channels.email.read import read

PERSON = [
    "",
    "Auto-Submitted: no",
    "Auto-Submitted: NO",
    "Auto-Submitted: no (a person)",
    "Auto-Submitted: no; owner-email=ann@mail.example",
    "auto-submitted:no",
    "Precedence: normal",
    "Precedence: first-class",
    "Precedence: urgent",
    "Importance: high",
    "X-Priority: 1",
    "Return-Path: <ann@mail.example>",
    "X-Auto-Response-Suppress: None",
    "X-Auto-Response-Suppress: DR, RN, NRN",
    "X-Autoreply: no",
    "X-Autorespond: No",
    "X-Vacation: false",
    "Subject: Out of office chair is broken",
    "Subject: Automatic reply button does not work",
    "Subject: Undelivered parcel",
    "Subject: My parcel was returned to sender",
    "Subject: Delivery Status Notification (Failure) puzzles me",
    "Subject: Re: Vacation booking\nIn-Reply-To: <1@shop.example>",
    "X-Mailer: Microsoft Outlook 16.0",
    "X-Loop: no",
    "X-Spam-Flag: NO",
    "User-Agent: Autoresponder fan club 1.0",
    "Feedback-ID: 1:2:3:mail",
    "Comments: Auto-Submitted: auto-replied",
    "X-Auto-Submitted: auto-replied",
]

MACHINE = {
    "auto-reply": [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: Auto-Replied",
        "Auto-Submitted: auto-replied (vacation)",
        "Auto-Submitted: auto-replied; owner-email=ann@mail.example",
        "Auto-Submitted: (hm) auto-replied",
        "Auto-Submitted:\n auto-replied",
        "Return-Path: <>",
        "Return-Path:<>",
        "Return-Path: < >",
        "X-Autoreply: yes",
        "X-Autoreply-From: ann@mail.example",
        "X-Autorespond: Away",
        "X-Autoresponder: on",
        "X-Mail-Autoreply: 1",
        "X-Vacation: yes",
        "X-MS-Exchange-Inbox-Rules-Loop: ann@mail.example",
        "X-Apple-Action: VACATION",
        "Precedence: auto_reply",
        "Delivered-To: Autoresponder",
        "Subject: Out of office: back on Monday\nIn-Reply-To: <1@shop.example>",
        "Subject: Automatic reply: your order\nReferences: <1@shop.example>",
        "Subject: Abwesenheitsnotiz: Ihre Bestellung\nIn-Reply-To: <1@shop.example>",
        "Subject: Automatic reply: x\nX-Auto-Response-Suppress: All",
        "Auto-Submitted: auto-replied\nPrecedence: bulk",
    ],
    "auto-generated": [
        "Auto-Submitted: auto-generated",
        "Auto-Submitted: AUTO-GENERATED",
        "Auto-Submitted: auto-notified",
        "Auto-Submitted: auto-generated (rejected)",
        "Auto-Submitted: yes",
        "Auto-Submitted: something-new",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: OOF",
        "X-Auto-Response-Suppress: AutoReply",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "From: MAILER-DAEMON@mx.example",
        "From: Mail Delivery Subsystem <mailer-daemon@mx.example>",
    ],
    "bulk": [
        "Precedence: bulk",
        "Precedence: Junk",
        "List-Unsubscribe: <https://shop.example/u>",
        "List-Help: <https://shop.example/h>",
        "List-Id: <news.shop.example>\nList-Unsubscribe: <https://shop.example/u>",
    ],
    "list": [
        "Precedence: list",
        "List-Id: <talk.example.org>",
        "List-Post: <mailto:talk@example.org>",
        "Mailing-List: list talk@example.org; contact talk-owner@example.org",
        "X-Mailing-List: <talk@example.org>",
        "X-BeenThere: talk@example.org",
        "X-ML-Name: talk",
    ],
    "loop": ["\n".join(["Received: from a.example by b.example; Tue, 03 Mar 2026 10:00:00 +0000"] * 51)],
    "bounce": ["X-Failed-Recipients: bob@mail.example"],
}
TABLE = [(head, None) for head in PERSON] + [(head, kind) for kind, heads in MACHINE.items() for head in heads]


def test_the_table_has_eighty_mails() -> None:
    assert len({head for head, _kind in TABLE}) == len(TABLE) == 80


@pytest.mark.parametrize(("head", "kind"), TABLE)
def test_a_machine_is_told_from_a_person(head: str, kind: str | None) -> None:
    """`Auto-Submitted: no` is a person's."""
    lines = [head] if head else []
    if "From:" not in head.split(" ")[0]:
        lines.append("From: Ann Bright <ann@mail.example>")
    if "Subject:" not in head:
        lines.append("Subject: The lamp")
    raw = "\n".join([*lines, "Message-ID: <a1@mail.example>", "", "The lamp came in two pieces."])
    assert read(raw.encode()).automatic == kind
