"""SC-2, SC-3 and SC-9: a line that never existed, and a bill that was wrong twice."""

from __future__ import annotations

from amends.clock.promises import Word
from amends.demo.people import Cast
from amends.demo.telling import Teller
from amends.flows.starting import Beginning

ALASTAIR = "Alastair Penn <a.penn@penn.example>"
JONAS = "Jonas Wexley <jonas@wexley.example>"


def tell(teller: Teller, cast: Cast) -> None:
    """Daniel's phantom line, Alastair's two bills, Jonas's double import."""
    _phantom_line(teller, cast)
    _billed_twice(teller, cast)
    _double_import(teller, cast)


def _phantom_line(teller: Teller, cast: Cast) -> None:
    callum, ines = cast.members["Callum"], cast.members["Ines"]
    case = teller.rings(
        Beginning(
            brand=cast.brands["vantry"],
            name="Daniel Okoro-Hume",
            address="daniel@okorohume.example",
            phone="+44 20 7946 0145",
            title="£220 for a second line that never existed",
            words="You took £220 for a second line. There is no second line. There never was.",
            kind="complaint",
        ),
        callum,
        teller.at(-2, "09:10"),
    )
    teller.call(
        case,
        callum,
        "Said sorry, the line was ordered on the wrong account by us. £220 goes back to the same card today, "
        "and one month is free. He was calm at the end.",
        teller.at(-2, "09:19"),
    )
    teller.promise(
        case,
        callum,
        Word("£220.00 back on your card", teller.ago(-26 * 60), "refund"),
        teller.at(-2, "09:20"),
    )
    teller.note(
        case,
        callum,
        "Seventeen other accounts have the same orphan line. @Ines can you take the list?",
        teller.at(-2, "09:31"),
    )
    teller.note(case, ines, "I have it. Letters to all seventeen leave today.", teller.at(-2, "10:05"))


def _billed_twice(teller: Teller, cast: Cast) -> None:
    hannah, callum = cast.members["Hannah"], cast.members["Callum"]
    case = teller.mail(
        ALASTAIR,
        cast.brands["orbita"],
        "Overcharged, again",
        "In January you billed $41.20 too much and said it was credited. It was not. In February it is $23.30 "
        "on top. I do not want to argue about it, I want it to be right.\n\nAlastair Penn",
        teller.ago(29 * 60),
    )
    owner = case.owner
    assert owner is not None
    other = hannah if owner.pk != hannah.pk else callum
    teller.hand_over(
        case,
        other,
        owner,
        "Second overcharge, our fault both times: the credit was promised and never booked. He has not been "
        "answered yet. Both sums are $64.50 together.",
        teller.ago(26 * 60),
    )
    teller.answer(
        case,
        other,
        "Dear Alastair,\n\nthank you for writing. We charged you $41.20 too much in January, said it was "
        "credited, did not book it, and then did it again with $23.30. That was our mistake, twice, and I am "
        "sorry: you have every reason to be tired of us.\n\nI have returned $64.50 to your account today. I will "
        "read your next bill myself before it leaves and write to you when it is right.\n\n"
        f"{other.name}",
        teller.ago(25 * 60),
        [Word("read your next bill myself before it leaves", teller.ago(-4 * 24 * 60), "tell")],
    )
    teller.mail(
        ALASTAIR,
        cast.brands["orbita"],
        "Re: Overcharged, again",
        "Thank you, that is the first answer that did not explain my own contract to me. I see no $64.50 yet. "
        "When should it be there?",
        teller.ago(95),
    )


def _double_import(teller: Teller, cast: Cast) -> None:
    teller.mail(
        JONAS,
        cast.brands["quillmark"],
        "Every invoice is in my ledger twice",
        "Since last night's import every invoice of the year stands in my ledger twice. I file on Thursday. "
        "This cost me my evening and I am livid.\n\nJonas Wexley",
        teller.ago(5 * 60),
    )
