"""Plain sentences in every form and for every act (SL7; C4.1), said on Wednesday 12 May 2027 at 9:20 in Paris.

`phrases.tsv`: language, act or "none", the day on which it is due or "vague", the sentence.
"""

from __future__ import annotations

from datetime import datetime
from datetime import time as clock
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from amends.clock.closing import EveryDay
from amends.clock.spoken import Moment
from amends.clock.words import FoundPromise, find_promises

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 5, 12, 9, 20, tzinfo=PARIS)
DUE = {"tomorrow": "13.05. 18:00", "friday": "14.05. 18:00"}
PHRASES = [line.split("\t") for line in Path(__file__).with_name("phrases.tsv").read_text("utf-8").splitlines()]


def said_time(promise: FoundPromise) -> str:
    return promise.due.astimezone(PARIS).strftime("%d.%m. %H:%M") if promise.due else "?"


@pytest.mark.parametrize("language", ["de", "en", "fr"])
@pytest.mark.parametrize("act", sorted({act for _language, act, _day, _text in PHRASES}))
def test_each_sentence_promises_its_act_on_its_day_or_nothing(language: str, act: str) -> None:
    moment = Moment(NOW, PARIS, EveryDay(clock(18), PARIS), plain_days=True)
    wrong = {}
    for said_in, kind, day, text in PHRASES:
        if (said_in, kind) == (language, act):
            found = find_promises(text, moment, language)
            told = [(one.kind, "vague" if one.vague else said_time(one)) for one in found]
            if told != ([(kind, DUE.get(day, day))] if day else []):
                wrong[text] = told
    assert not wrong
