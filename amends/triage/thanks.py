"""Whether a message says thank you and nothing else: it needs to be read, but waits for no answer (SL3). Pure.

Careful on one side: a word that is not known as harmless makes it a message like any other, which is answered.
"""

from __future__ import annotations

import re

from amends.kit.sentences import typed

LONGEST = 240
"""Characters: whoever writes more has more to say."""


def only_thanks(text: str) -> bool:
    """True when every word is one of thanks, greeting or "all is well", one of thanks among them.

    A question, a number or any unknown word says no; so does a "not" in any language, because none is known here.
    """
    plain = typed(text).strip()
    if not plain or len(plain) > LONGEST or _ASKS.search(plain):
        return False
    said = _SIGNED.sub("", plain)
    said = _NAMED.sub(lambda found: found[1], said)
    words = _WORD.findall(said.lower())
    return any(word in _THANKS for word in words) and all(word in _HARMLESS for word in words)


_ASKS = re.compile(r"[?\d@€£$%]|https?:", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_THANKS = frozenset(
    "thank thanks thankyou thx cheers grateful danke dankeschön dank merci remercie gracias grazie bedankt dankjewel "
    "tak tack dziękuję dzięki obrigado obrigada".split()
)
_GREETING = "hello hi hey dear hallo liebe lieber liebes guten tag bonjour bonsoir hola ciao beste hej olá"
_CLOSING = (
    "kind best warm many regards wishes greetings yours sincerely love viele liebe beste herzliche grüße gruß freundlichen "
    "mit lg vg mfg cordialement bien amicalement saludos saluti cordiali groeten groet vriendelijke met hilsen venlig "
    "hälsningar vänliga pozdrawiam abraço cumprimentos"
)
_JOY = (
    "very so much a lot million again you for your the this that that's it it's is all everything everyone well good fine "
    "great perfect wonderful brilliant lovely fantastic excellent super amazing really appreciate appreciated kind kindness "
    "quick fast prompt swift help helping reply answer response support service work effort time patience and to of me my "
    "i we i'm am happy delighted glad pleased ok okay now works working arrived received safely today have day weekend nice "
    "vielen herzlichen besten tausend sehr für die das den der ihre eure deine ihnen euch dir schnelle schnellen hilfe "
    "antwort unterstützung mühe alles gut bestens prima toll klasse ist es jetzt und wir ich freue mich uns angekommen "
    "funktioniert wieder schönen schönes wochenende beaucoup infiniment mille pour votre vos la le les réponse rapide aide "
    "tout est parfait super vous je bonne journée c'est et muchas mil por su la respuesta ayuda todo bien perfecto "
    "tante molte per la risposta aiuto tutto bene perfetto hartelijk veel voor de het snelle hulp antwoord alles goed "
    "heel erg u je mange for hjælpen svaret så mycket hjälpen svaret bardzo za pomoc muito pela ajuda resposta"
)
_HARMLESS = _THANKS | frozenset(f"{_GREETING} {_CLOSING} {_JOY}".split())

_NAME = r"[^\W\d_a-zà-ÿ][^\W\d_]{1,24}"
_NAMED = re.compile(
    rf"\b((?i:thank you|thanks|dear|hello|hi|hey|danke|merci|gracias|grazie|bedankt|hallo|liebe|lieber|bonjour)"
    rf"(?: (?i:a lot|so much|very much|again|schön|vielmals|beaucoup|mille))?)(?:,? {_NAME}){{1,2}}(?=[\s,.!]|$)"
)
"""A name straight after the thanks or the greeting."""
_SIGNED = re.compile(rf"\n[ \t]*(?:[-–—]+ ?)?{_NAME}(?: {_NAME}){{0,2}}\s*$")
"""A name alone on the last line."""
