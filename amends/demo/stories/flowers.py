"""SC-5 and SC-6: the puny flowers, and a second customer whose story is still open."""

from __future__ import annotations

from amends.clock.promises import Word
from amends.demo.people import Cast
from amends.demo.telling import Teller

ROSALIND = "Rosalind Achterberg <rosalind@achterberg.example>"
HUGO = "Hugo Brandt <hugo.brandt@post.example>"
IMANI = "Imani Oduya <imani@oduya.example>"


PUNY = """I chose “Simple & Modern, large” for Winifred, who turned 92 on Thursday. What arrived looks nothing like \
the picture, and I look foolish for choosing it. I attach no photo, I would rather not see it again.

Rosalind Achterberg"""

SORRY = """Dear Rosalind,

thank you for telling me. The arrangement Winifred received on Thursday was not the one you chose: our van ran out of \
the tall stems and we sent it anyway. That was our mistake, and I am sorry that it spoilt her 92nd birthday and made \
your choice look poor; you have every reason to be angry.

Tomorrow between 10 and 11 I will bring Winifred the arrangement you picked, one size larger, with a card saying the \
first was our error. I will send you a photo by noon. From Monday no order leaves short without my call to the buyer.

You can reach me directly at this address.

Delphine Marsh"""


def tell(teller: Teller, cast: Cast) -> None:
    """Rosalind's flowers are made right; Hugo waits for a call; Imani asks."""
    _made_right(teller, cast)
    _still_owed(teller, cast)
    _just_asked(teller, cast)


def _made_right(teller: Teller, cast: Cast) -> None:
    brand, delphine = cast.brands["thimble"], cast.members["Delphine"]
    case = teller.mail(ROSALIND, brand, "Winifred's birthday flowers", PUNY, teller.at(-6, "08:30"))
    words = [
        Word("bring Winifred the arrangement you picked", teller.at(-5, "11:00"), "fix"),
        Word("send you a photo", teller.at(-5, "12:00"), "tell"),
    ]
    teller.answer(case, delphine, SORRY, teller.at(-6, "09:25"), words)
    note = "Tall stems are back at 8 tomorrow. I drive myself. @Arthur for the Monday rule."
    teller.note(case, delphine, note, teller.at(-6, "09:40"))
    teller.keep(case, words[0].act, delphine, "handed over 10:30", teller.at(-5, "10:30"))
    teller.keep(case, words[1].act, delphine, "photo by mail 10:52", teller.at(-5, "10:52"))
    glad = "Winifred rang me, she is over the moon, and she kept the card. Thank you, Delphine."
    teller.mail(ROSALIND, brand, "Re: Winifred's birthday flowers", glad, teller.at(-5, "14:20"))
    greeting = "Dear Rosalind,\n\nthank you for telling me, and please greet Winifred. I am glad.\n\nDelphine Marsh"
    teller.answer(case, delphine, greeting, teller.at(-5, "15:02"))
    teller.close(case, "happy", delphine, "Winifred rang her, she is over the moon", teller.at(-4, "09:10"))


def _still_owed(teller: Teller, cast: Cast) -> None:
    brand, delphine = cast.brands["thimble"], cast.members["Delphine"]
    case = teller.mail(
        HUGO,
        brand,
        "Wedding flowers came a day late",
        "The table flowers for our wedding came on Sunday. The wedding was on Saturday. My wife cried, and I "
        "would like to understand how this can happen.\n\nHugo Brandt",
        teller.ago(27 * 60),
    )
    teller.answer(
        case,
        delphine,
        "Dear Hugo,\n\nflowers that come after the wedding are no use to anybody, and your wife had every "
        "reason to cry. That was our mistake, and I am sorry. I do not know yet how the day got lost. I will "
        "ring you today and tell you what I found, and what I would like to do for you both.\n\nDelphine Marsh",
        teller.ago(25 * 60),
        [Word("ring you and say how the day got lost", teller.ago(-70), "callback")],
    )
    teller.note(case, delphine, "The depot has the sheet. Sunday's driver is back at noon.", teller.ago(180))


def _just_asked(teller: Teller, cast: Cast) -> None:
    teller.mail(
        IMANI,
        cast.brands["thimble"],
        "Peonies in November?",
        "Could you do peonies for the 28th, or is that hopeless? White if there is a choice.\n\nImani",
        teller.ago(48),
    )
