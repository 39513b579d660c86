"""What customers write after an answer, and by which words a case leaves the house; beside what only looks like it."""

from __future__ import annotations

import pytest

from amends.triage.returning import Words, is_discontent, is_thanks, pressing_words

THANKS = [
    "Thanks Marta, that's exactly what I needed.",
    "Ok great, I'll wait for the parcel then.",
    "Yes please, send the green one.",
    "Got it, thank you for being so quick!",
    "Cheers, all sorted now.",
    "Perfect. See you on Friday.",
    "Received this morning, the colour is lovely.",
    "Danke, das hat geholfen.",
    "Vielen Dank für die schnelle Hilfe!",
    "Ja, so machen wir das.",
    "Super, dann warte ich auf das Paket.",
    "Merci, c'est parfait.",
    "Oui, cela me convient.",
    "Parfait, je vous remercie.",
]
REFUSALS = [
    "Ok, that is not good enough.",
    "Yes. I refuse.",
    "Great. That is not what I asked for.",
    "Received, and it does not help.",
    "Thanks, but a voucher doesn't solve anything.",
    "Thank you for your reply. I do not accept this.",
    "Ok so you keep my money? That won't do.",
    "Yes, I read it. I am not happy with that at all.",
    "Okay, but I am still without a fridge.",
    "Thanks for nothing. What a joke.",
    "Got it: ten pounds. This is an insult.",
    "I reject your offer.",
    "That isn't what we agreed.",
    "Danke, aber das reicht mir nicht.",
    "Ja, toll. Damit bin ich nicht einverstanden.",
    "Das akzeptiere ich so nicht.",
    "Danke für nichts, das hilft mir nicht weiter.",
    "Merci, mais je ne suis pas d'accord.",
    "Oui, j'ai lu. Ce n'est pas acceptable.",
    "Cela ne me suffit pas.",
]
PRESSING = [
    ("If I don't have it by Monday I will sue.", "lawyer"),
    ("My brother says we should sue you for this.", "lawyer"),
    ("You will be hearing from my solicitor.", "lawyer"),
    ("See you in court.", "lawyer"),
    ("I'll take this to the small claims court.", "lawyer"),
    ("Mein Rechtsanwalt wird sich bei Ihnen melden.", "lawyer"),
    ("Sonst sehen wir uns vor Gericht.", "lawyer"),
    ("Je vais consulter un avocat.", "lawyer"),
    ("I am going to the papers with this.", "press"),
    ("My cousin is a journalist and would like your comment.", "press"),
    ("Ich wende mich an die Presse.", "press"),
    ("J'en parlerai à la presse.", "press"),
    ("I have complained to the energy regulator.", "regulator"),
    ("Das melde ich der Bundesnetzagentur.", "regulator"),
    ("I'll ask my bank to reverse the payment.", "chargeback"),
    ("The ombudsman has my file already.", "ombudsman"),
]
HARMLESS = [
    "Hi Sue, when are you open on Sunday?",
    "I spoke to Sue on the phone and she was so kind.",
    "Will Sue ring me back?",
    "Can I order the leather journal in A5?",
    "Do the court shoes come in half sizes?",
    "The tennis court bag fits two rackets, right?",
    "I hold a power of attorney for my mother, can I order for her?",
    "Is the gas regulator included with the grill?",
    "The knives came wrapped in newspaper, nice touch.",
    "How do I clean the coffee press?",
    "Please ask my bank to confirm, I paid on Tuesday.",
    "There is a dot on the screen, is the dot normal?",
    "Das Gericht war sehr lecker.",
    "Ich kann nicht klagen, alles bestens.",
    "Meine Zeitung kam heute pünktlich.",
    "La salade d'avocat était délicieuse.",
    "Le journal de bord est très beau.",
    "Passt die Knoblauchpresse in die Spülmaschine?",
]


@pytest.mark.parametrize("text", THANKS)
def test_c3_3_thanks_are_no_complaint_that_came_back(text: str) -> None:
    assert is_thanks(text)
    assert not is_discontent(Words(text))


@pytest.mark.parametrize("text", REFUSALS)
def test_c3_3_who_says_no_politely_says_no(text: str) -> None:
    assert is_discontent(Words(text))
    assert not is_thanks(text)


@pytest.mark.parametrize(("text", "code"), PRESSING)
def test_c3_2_12_who_goes_elsewhere_is_heard(text: str, code: str) -> None:
    assert pressing_words(text) == {code}


@pytest.mark.parametrize("text", HARMLESS)
def test_c3_2_12_what_only_looks_like_it_goes_to_nobody(text: str) -> None:
    assert not pressing_words(text)
