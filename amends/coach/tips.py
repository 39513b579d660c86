"""The tip in one line for each flag and each label; a shop may put its own in their place (A091, A157)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FLAGS = {
    "NO_APOLOGY": _("Begin with it, and name what happened: “I am sorry that …”."),
    "NON_APOLOGY": _("Be sorry for what we did: “I am sorry that we …”, and name it."),
    "CONDITIONAL": _("It did happen. Say what: “I am sorry that …” without “if” and “any”."),
    "BUT": _("End the sentence before the “but”."),
    "PASSIVE": _("Say who: “We overlooked it”, “I made a mistake”."),
    "GROVEL": _("Once, for the thing itself, weighs more. Let a deed take the place of the others."),
    "REPEAT_SORRY": _("Do something first, then write what was done."),
    "SAME_WORDS": _("Say it anew, about what happened this time."),
    "NO_SENIOR": _("Ask somebody who leads to write or ring, and say so here."),
    "NOT_CHECKED": _("Say what is different this time, and who checks it before it reaches them."),
    "BLAMES": _("Leave out whose fault it was. Say what happens now."),
    "ARGUES": _("Nobody wins this one. Take the customer's word and say what we do."),
    "MINIMISES": _("The customer knows how big it was. Leave the word out."),
    "SARCASM": _("Say it straight, as you would to somebody across the counter."),
    "SHOUT": _("Write it small; one full stop is calmer."),
    "OWN_MONEY": _("We took it, so we return it. Say how much goes back, and when."),
    "UPSELL": _("Nothing is sold while something is wrong, and never what nobody asked for."),
    "SURVEY": _("Ask when it is right again."),
    "STRINGS": _("What we owe has no conditions. Give it and ask for nothing."),
    "W-INSULT": _("Put right what went wrong, or give what it was worth to them."),
    "W-VOUCHER": _("Give the thing or the money itself."),
    "W-ANCHOR": _("Say what this customer gets and why."),
    "PRIVATE_DATA": _("Take it out here, and write to them yourself."),
    "LONG_PUBLIC": _("Three sentences: what we read, what we do, by when."),
    "NO_TIME": _("Name the day and the hour."),
    "VAGUE_TIME": _("Who does it, and by when? Name the day and the hour."),
    "EMPTY_PROMISE": _("Say what changes, who does it and by when."),
    "OVERPROMISE": _("Promise a deed instead, with a day: that you can keep."),
    "ASKS_KNOWN": _("It is told already: take the question out."),
    "ONLY_QUESTION": _("Bring something: what you have found out, what you do now, when they hear from you."),
    "CHANNEL_BOUNCE": _("Do it for them: “I have asked …”, “I will …”."),
    "UNANSWERED": _("Answer it, or say when you can."),
    "SET_PHRASES": _("Name what happened, and what you do."),
    "GAP": _("Write there what this customer needs to read, or take it out."),
    "TEMPLATE": _("Say something that only this customer could have got."),
    "POLICY": _("Say in the next sentence what you can do."),
    "LEGALESE": _("Speak to the person. If the law must be named, do it after the help."),
    "GOODWILL": _("Say “you get back” or “we owe you”; keep gifts for what comes on top."),
    "NOT_YET": _("Say what weighs most first: whose fault it was, what is done, by when."),
}
LABELS = {
    "apology": _("Say sorry, for the thing itself."),
    "empathy": _("Say how it was for them, in words of this case."),
    "explanation": _("Say how it came about, or by when we know."),
    "ownership": _("Say that it was us, or take it on yourself."),
    "next_step": _("Say what exactly is done now, and for whom."),
    "dated_promise": _("Name the day and the hour."),
    "thanks": _("Thank them for telling us."),
}
"""The virtues; the tip of a fault is that of its flag."""
