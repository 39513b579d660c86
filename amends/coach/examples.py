"""One good and one bad example for each thing the coach looks for, all of them ours, and the tip (A091, A246)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """Where a promise without a time stands in the bad example."""

    start: int
    end: int
    due: None = None


@dataclass(frozen=True)
class Shown:
    """The tip in one line, a good draft, a bad one, and facts that the two need."""

    tip: Promise
    good: str
    bad: str
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)


_SORRY = "Dear Rosalind, I am sorry that we sent the wrong lamp. "

ITEMS_SHOWN = {
    "thanks_for_writing": ("Thank you for telling me, and for the photo.", "You wrote about a lamp."),
    "by_name": ("Dear Rosalind, a new lamp ships today. Delphine", "A new lamp ships today."),
    "listening": ("The wrong lamp reached your mother on her birthday.", "We have read your message."),
    "validates_feeling": (
        "A wrong lamp on her 80th birthday is embarrassing, and you have every reason to be angry.",
        "We understand your frustration.",
    ),
    "regret": ("I am sorry that we sent the wrong lamp.", "Any inconvenience is regretted."),
    "responsibility": ("I am sorry. That was our mistake.", "Mistakes were made."),
    "explanation": ("I am sorry. Our packer took the box beside it because both labels were blue.", "Things happen."),
    "repair": ("I have sent you the right lamp.", "We will look into it."),
    "when": ("The right lamp leaves today and I bring it by 17:00.", "The right lamp comes soon."),
    "prevention": ("From Monday each lamp is scanned before it leaves.", "We will do better."),
    "I_will": ("I will bring the right lamp.", "The lamp will be brought."),
    "come_back": ("You can reach me directly at this address.", "Goodbye."),
    "plain_short": (
        "I am sorry. We sent the wrong lamp. The right one leaves today.",
        "Notwithstanding the aforementioned circumstances, organisational irregularities necessitated an alternative "
        "consignment, the reconsideration of which has accordingly been initiated by the departments responsible.",
    ),
}

FLAGS = {
    "NO_APOLOGY": Shown(
        _("Begin with it, and name what happened: “I am sorry that …”."),
        _SORRY + "The right one ships today.",
        "Dear Rosalind, the right lamp ships today.",
    ),
    "NON_APOLOGY": Shown(
        _("Be sorry for what we did: “I am sorry that we …”, and name it."),
        "I am sorry that we sent the wrong lamp.",
        "I am sorry that you feel let down.",
    ),
    "CONDITIONAL": Shown(
        _("It did happen. Say what: “I am sorry that …” without “if” and “any”."),
        "I am sorry that the lamp spoilt the evening.",
        "I am sorry if this has caused any trouble.",
    ),
    "BUT": Shown(
        _("End the sentence before the “but”."),
        "I am sorry about the lamp. It was our last one.",
        "I am sorry about the lamp, but it was our last one.",
    ),
    "PASSIVE": Shown(
        _("Say who: “We overlooked it”, “I made a mistake”."), "We overlooked your note.", "It was overlooked."
    ),
    "GROVEL": Shown(
        _("Once, for the thing itself, weighs more. Let a deed take the place of the others."),
        "I am sorry about the lamp. The right one ships today.",
        "Sorry, so sorry, I am terribly sorry about the lamp.",
    ),
    "REPEAT_SORRY": Shown(
        _("Do something first, then write what was done."),
        "The right lamp was handed to you at 15:30.",
        _SORRY,
        {"apologised_before": True, "apologies_before": 2},
    ),
    "SAME_WORDS": Shown(
        _("Say it anew, about what happened this time."),
        "I am sorry that the lamp is late again; we missed the van.",
        _SORRY,
        {"earlier_letters": (_SORRY,)},
    ),
    "BLAMES": Shown(
        _("Leave out whose fault it was. Say what happens now."),
        _SORRY + "The right one ships today.",
        "You should have checked the order form.",
    ),
    "ARGUES": Shown(
        _("Nobody wins this one. Take the customer's word and say what we do."),
        _SORRY + "The right one ships today.",
        "Our records show that you ordered this lamp.",
    ),
    "MINIMISES": Shown(
        _("The customer knows how big it was. Leave the word out."),
        _SORRY + "The right one ships today.",
        _SORRY + "It was a small mistake.",
    ),
    "SARCASM": Shown(
        _("Say it straight, as you would to somebody across the counter."),
        "A lamp is made of glass, so I pack it twice.",
        "As you surely know, lamps are made of glass.",
    ),
    "SHOUT": Shown(
        _("Write it small; one full stop is calmer."), "Please read this first.", "PLEASE READ THIS FIRST!!"
    ),
    "OWN_MONEY": Shown(
        _("We took it, so we return it. Say how much goes back, and when."),
        "The 40 euros go back to your card today.",
        "Please ask your bank to reverse the charge.",
    ),
    "UPSELL": Shown(
        _("Nothing is sold while something is wrong, and never what nobody asked for."),
        _SORRY + "The right one ships today.",
        _SORRY + "Have you considered our larger lamp?",
    ),
    "SURVEY": Shown(
        _("Ask when it is right again."),
        _SORRY + "The right one ships today.",
        _SORRY + "Please fill in our short survey.",
    ),
    "STRINGS": Shown(
        _("What we owe has no conditions. Give it and ask for nothing."),
        "The price goes back to you today.",
        "You get the price back on condition that the review goes.",
    ),
    "W-INSULT": Shown(
        _("Put right what went wrong, or give what it was worth to them."),
        "The price goes back to you today.",
        _SORRY + "You get 3 euros off your next order.",
    ),
    "W-VOUCHER": Shown(
        _("Give the thing or the money itself."),
        "The price goes back to you today.",
        _SORRY + "Here is a 50 euro voucher for your next purchase.",
    ),
    "W-ANCHOR": Shown(
        _("Say what this customer gets and why."),
        "You get the whole price back.",
        "Other customers usually get 10 euros.",
    ),
    "PRIVATE_DATA": Shown(
        _("Take it out here, and write to them yourself."),
        _SORRY + "I write to you today.",
        _SORRY + "I send the right one to Kastanienallee 14 today.",
        {"public": True},
    ),
    "LONG_PUBLIC": Shown(
        _("Three sentences: what we read, what we do, by when."),
        _SORRY + "The right one ships today.",
        _SORRY + "The right one ships today. It is green. It is bright. It will please her. We hope so.",
        {"public": True},
    ),
    "NO_TIME": Shown(
        _("Name the day and the hour."),
        "I ring you at 15:00.",
        "I will ring you.",
        {"undated": (Place(0, 15),)},
    ),
    "VAGUE_TIME": Shown(
        _("Who does it, and by when? Name the day and the hour."),
        "I ring you by 15:00.",
        "Someone will call you shortly.",
    ),
    "EMPTY_PROMISE": Shown(
        _("Say what changes, who does it and by when."),
        "From Monday each lamp is scanned before it leaves.",
        "We will do better.",
    ),
    "OVERPROMISE": Shown(
        _("Promise a deed instead, with a day: that you can keep."),
        "From Monday each lamp is scanned before it leaves.",
        "I guarantee that this will never happen again.",
    ),
    "ASKS_KNOWN": Shown(
        _("It is told already: take the question out."),
        "I send the right lamp to Kastanienallee 14 today.",
        "Could you tell us your address?",
    ),
    "ONLY_QUESTION": Shown(
        _("Bring something: what you have found out, what you do now, when they hear from you."),
        "I ring the warehouse now and you by 15:00. Could you send a photo of the label?",
        "Could you send a photo of the label?",
    ),
    "CHANNEL_BOUNCE": Shown(
        _("Do it for them: “I have asked …”, “I will …”."),
        "I have asked the courier, and I ring you at 15:00.",
        "Please call the courier.",
    ),
    "UNANSWERED": Shown(
        _("Answer it, or say when you can."),
        "The lamp comes on Friday.",
        "The lamp is on its way.",
        {"customer_words": "When will the lamp come?"},
    ),
    "SET_PHRASES": Shown(
        _("Name what happened, and what you do."),
        _SORRY + "The right one ships today.",
        "Dear valued customer, your satisfaction is important to us.",
    ),
    "TEMPLATE": Shown(
        _("Say something that only this customer could have got."),
        _SORRY + "The right one ships today.",
        _SORRY + "Your opinion is important to us.",
    ),
    "POLICY": Shown(
        _("Say in the next sentence what you can do."),
        "We cannot repair it, so I am sending a new one today.",
        "Our policy does not cover lamps.",
    ),
    "LEGALESE": Shown(
        _("Speak to the person. If the law must be named, do it after the help."),
        "The price goes back to you today.",
        "The refund is made without prejudice.",
    ),
    "GOODWILL": Shown(
        _("Say “you get back” or “we owe you”; keep gifts for what comes on top."),
        "You get your 40 euros back.",
        "As a gesture of goodwill you get your 40 euros back.",
    ),
    "NOT_YET": Shown(
        _("Say what weighs most first: whose fault it was, what is done, by when."),
        _SORRY + "That was our mistake. I will bring you the right one by 17:00.",
        "Sorry about the lamp, Rosalind.",
    ),
}

LABELS_SHOWN = {
    "apology": Shown(
        _("Say sorry, for the thing itself."), "I am sorry that we sent the wrong lamp.", "Sorry to hear that."
    ),
    "empathy": Shown(
        _("Say how it was for them, in words of this case."),
        "A wrong lamp on her birthday, how embarrassing for you. I am sorry.",
        "We understand your frustration.",
    ),
    "explanation": Shown(
        _("Say how it came about, or by when we know."),
        "I am sorry. Our packer took the wrong box.",
        "It has come to our attention.",
    ),
    "ownership": Shown(
        _("Say that it was us, or take it on yourself."),
        "That was our mistake.",
        "The matter is being looked into.",
    ),
    "next_step": Shown(
        _("Say what exactly is done now, and for whom."), "I have sent you the right lamp.", "We will look into it."
    ),
    "dated_promise": Shown(
        _("Name the day and the hour."), "The right lamp leaves today.", "The right lamp comes as soon as possible."
    ),
    "thanks": Shown(_("Thank them for telling us."), "Thank you for the photo.", "You sent a photo."),
    "arguing": FLAGS["ARGUES"],
    "blaming_customer": FLAGS["BLAMES"],
    "upsell": FLAGS["UPSELL"],
    "runaround": FLAGS["CHANNEL_BOUNCE"],
    "reasks_known": FLAGS["ASKS_KNOWN"],
    "no_apology": FLAGS["NO_APOLOGY"],
    "insulting_offer": FLAGS["W-INSULT"],
    "overpromise": FLAGS["OVERPROMISE"],
    "robotic": FLAGS["TEMPLATE"],
}
