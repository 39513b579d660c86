"""SC-1, SC-7, SC-8 and SC-12: a battery, a knob, a pair of shoes, a laptop."""

from __future__ import annotations

from amends.clock.promises import Word
from amends.demo.people import Cast
from amends.demo.telling import Teller
from amends.flows.starting import Beginning

PRIYA = "Priya Anand <priya@marlowfinch.example>"
MIKKEL = "Mikkel Thorsager <mikkel@thorsager.example>"
RAFAEL = "Rafael Quennell <rafael@quennell.example>"
AGNES = "Agnès Delorme <agnes@delorme.example>"
PETRA = "Petra Lindholm <petra@lindholm.example>"


def tell(teller: Teller, cast: Cast) -> None:
    """The battery by return of post, the amplifier's knob, the shoes, the silent cancellation."""
    _battery(teller, cast)
    _knob(teller, cast)
    _shoes(teller, cast)
    _laptop(teller, cast)
    _new_mails(teller, cast)


def _battery(teller: Teller, cast: Cast) -> None:
    tobias = cast.members["Tobias"]
    case = teller.rings(
        Beginning(
            brand=cast.brands["kestrelight"],
            name="Priya Anand",
            address="priya@marlowfinch.example",
            phone="+44 20 7946 0182",
            title="The battery of the KL-Z5 will not charge",
            words="The battery will not charge at all, and we shoot on Thursday.",
            kind="complaint",
        ),
        tobias,
        teller.at(-3, "11:02"),
    )
    teller.call(
        case,
        tobias,
        "Known trouble with this battery, not her fault, no proof wanted. A new one goes in today's post.",
        teller.at(-3, "11:06"),
    )
    teller.promise(
        case,
        tobias,
        Word("a new battery goes in the post", teller.at(-3, "17:30"), "send"),
        teller.at(-3, "11:07"),
    )
    teller.keep(case, "a new battery goes in the post", tobias, "collected 15:48, KX-4400915", teller.at(-3, "15:48"))
    teller.mail(
        PRIYA,
        cast.brands["kestrelight"],
        "The battery of the KL-Z5 will not charge",
        "Yes, it is charging. One phone call, and it was here the next morning. I have told the whole office.",
        teller.ago(100),
    )


def _knob(teller: Teller, cast: Cast) -> None:
    elodie, bastien = cast.members["Élodie"], cast.members["Bastien"]
    case = teller.mail(
        MIKKEL,
        cast.brands["aubrelle"],
        "A mark on the volume knob of my AX2",
        "There is a mark on the volume knob. Everything else is wonderful. Could you send me a new knob? I would "
        "pay for it.\n\nMikkel",
        teller.at(-4, "09:05"),
    )
    if case.owner != elodie:
        assert case.owner is not None
        teller.hand_over(
            case,
            elodie,
            case.owner,
            "A marked knob on a new AX2. He asks for the part.",
            teller.at(-4, "09:20"),
        )
    teller.answer(
        case,
        elodie,
        "Dear Mikkel,\n\nan amplifier of ours should reach you without a mark, and I am sorry that yours did "
        "not. It was scratched at our bench. Here is a label for the way to us, paid, and the way back is "
        "paid too; the shop by the station takes it on your way to work. Or I post you the knob today, as you "
        "prefer.\n\nÉlodie Marchand",
        teller.at(-4, "11:50"),
    )
    teller.mail(
        MIKKEL,
        cast.brands["aubrelle"],
        "Re: A mark on the volume knob of my AX2",
        "That is more than I asked. I take it to the shop on Wednesday.",
        teller.at(-4, "12:02"),
    )
    teller.answer(
        case,
        elodie,
        "Dear Mikkel,\n\nthank you. Bastien repairs it on the day it arrives, and it leaves the same day.\n\n"
        "Élodie Marchand",
        teller.at(-4, "12:09"),
        [Word("repair it and send it back the day it arrives", teller.ago(-150), "send")],
    )
    teller.note(case, bastien, "On the bench. Knob KN-7 is in the drawer, twenty minutes of work.", teller.ago(60))


def _shoes(teller: Teller, cast: Cast) -> None:
    arthur = cast.members["Arthur"]
    case = teller.rings(
        Beginning(
            brand=cast.brands["fennimore"],
            name="Bianca Lorne",
            phone="+1 212 555 0144",
            title="The shop will not exchange her shoes",
            words="I called four of your people. Nobody rang me back. You answer your own phone?",
            kind="complaint",
        ),
        arthur,
        teller.ago(220),
    )
    teller.call(case, arthur, "Listened. Said sorry. I ring Gus at the shop and have them exchanged.", teller.ago(212))
    teller.promise(
        case,
        arthur,
        Word("ring the shop and have them exchanged", teller.ago(150), "callback"),
        teller.ago(211),
    )


def _laptop(teller: Teller, cast: Cast) -> None:
    hannah = cast.members["Hannah"]
    case = teller.mail(
        RAFAEL,
        cast.brands["tessaly"],
        "No news of my laptop. What is going on?",
        "My order was promised for today. I have heard nothing for ten days: no notice, no phone call, no email, "
        "no nothing. What is going on?\n\nRafael Quennell",
        teller.ago(240),
    )
    teller.answer(
        case,
        hannah,
        "Dear Rafael,\n\nthank you for asking, and you should not have had to. Our system cancelled your order "
        "because of a wrong product code and told nobody, neither you nor us. That was our mistake and I am "
        "sorry.\n\nI have booked it again at the same price with express delivery. I will write to you today "
        "when it has left the house.\n\nHannah Brightwater",
        teller.ago(190),
        [Word("write to you when it has left the house", teller.ago(-25), "tell")],
    )


def _new_mails(teller: Teller, cast: Cast) -> None:
    teller.mail(
        AGNES,
        cast.brands["aubrelle"],
        "Ma platine vinyle ne tourne plus",
        "Bonjour, ma platine ne tourne plus depuis hier soir. Elle a huit mois. Que dois-je faire ?\n\nAgnès Delorme",
        teller.ago(75),
    )
    teller.mail(
        PETRA,
        cast.brands["kestrelight"],
        "A lens hood in every box but mine",
        "The page says that a lens hood is in the box. In my box there was a picture of one. It made me laugh, "
        "but I would still like the hood.\n\nPetra Lindholm",
        teller.ago(20),
    )
