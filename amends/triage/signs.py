"""Words that leave little doubt about a message's kind and its haste. Pure; several languages."""

from __future__ import annotations

import re
from typing import Literal

from amends.kit.sentences import typed

Kind = Literal["complaint", "question", "praise", "other"]


def kind_of(text: str) -> Kind:
    """Hurt outweighs praise: who praises and complains in one letter is helped, not thanked."""
    plain = _plain(text)
    if _HURT.search(plain) or _BITTER.search(plain):
        return "complaint"
    if _PRAISE.search(plain) and not re.search(r"\?", plain):
        return "praise"
    if _QUESTION.search(plain):
        return "question"
    return "other"


def urgent_words(text: str) -> tuple[str, ...]:
    """The words that ask for haste, lower case, each once, in order."""
    return tuple(dict.fromkeys(match[0] for match in _URGENT.finditer(_plain(text))))


def feelings(text: str) -> list[int]:
    """Where words tell of hurt or of joy, in order."""
    plain = _plain(text)
    return sorted(found.start() for pattern in (_HURT, _PRAISE) for found in pattern.finditer(plain))


def requests(text: str) -> list[int]:
    """Where words ask for something, in order; a question mark is none of them."""
    return [found.start() for found in _REQUEST.finditer(_plain(text))]


def _plain(text: str) -> str:
    """In small letters, as the patterns below are: ignoring the case in them takes ten times as long."""
    plain = typed(text)
    small = plain.lower()
    return small if len(small) == len(plain) else plain  # one letter, a Turkish I with its dot, becomes two


_HURT = re.compile(
    r"\b(?:broken|broke|cracked|damaged|defective|faulty|torn|leaking|does(?:n't| not) work|not working"
    r"|stopped working"
    r"|won't (?:start|charge|turn on|work|open)|never (?:arrived|came|called|received|got)|(?:has|have"
    r"|had)(?:n't| not)"
    r" (?:arrived|come|received)|still (?:waiting|nothing|no|not|missing|broken)|did(?:n't"
    r"| not) (?:arrive|come|get|receive)"
    r"|(?:too|came|arrived|days?|weeks?|hours?) late|missing|wrong|overcharged|charged twice"
    r"|double charge|complain\w*|complaint|unacceptable|disappoint\w+"
    r"|disgrace\w*|terrible|awful|horrible|appalling|useless|rude|fed up|sick of|furious|angry|ridiculous"
    r"|(?:want|where is) my (?:refund|money)|money back|rip-?off|scam|hung up|dead on arrival|nobody"
    r"|without (?:asking|telling|warning)|doubled"
    r"|(?:logs|logged|throws) me out|crash(?:es|ed)|freezes|loses|swallowed|buzz(?:es|ing)"
    r"|burns|gone after"
    r"|no (?:sound|power|internet|data|seat|signal|picture|heating|water)|killed|worst|nobody (?:answers"
    r"|calls"
    r"|called|picks|rang)|no (?:answer|reply)|let down|cancelled"
    r"|kaputt|defekt|beschädigt|falsch|beschwerde|reklamation|enttäuscht|funktioniert nicht"
    r"|nicht angekommen|unverschämt"
    r"|cassée?|abîmée?|défectueux|réclamation|déçue?|ne (?:marche|fonctionne) pas|jamais (?:arrivé|reçu)"
    r"|inadmissible"
    r"|rot[oa]|no funciona|queja|decepcionad[oa]|no ha llegado|reclamación|dañad[oa]|rott[oa]"
    r"|non funziona|reclamo"
    r"|delus[oa]|mai arrivat[oa]|kapot|klacht|teleurgesteld|werkt niet|niet aangekomen|ødelagt|klage"
    r"|virker ikke|skuffet"
    r"|trasig|klagomål|fungerar inte|besviken|zepsut[ya]|reklamacj[aię]|nie działa|rozczarowan[ya]"
    r"|quebrad[oa]|avariad[oa]"
    r"|não funciona|reclamação|desiludid[oa])\b",
)
_PRAISE = re.compile(
    r"\b(?:thank you (?:so|very) much|thanks a (?:lot|million)|many thanks|well done|brilliant|fantastic"
    r"|wonderful|excellent"
    r"|amazing|delighted|impressed|love (?:it|my|the|your)|perfect|lovely|great (?:service|job|work"
    r"|people|shop)|kudos"
    r"|made my day|super|best (?:service|shop|support)|vielen dank|großartig|begeistert|toller?"
    r"|merci beaucoup|génial"
    r"|ravie?|muchas gracias|encantad[oa]|estupendo|grazie mille|fantastico|hartelijk dank|geweldig"
    r"|mange tak|fantastisk"
    r"|tack så mycket|underbart?|dziękuję bardzo|świetn[ieay]+|muito obrigad[oa]|excelente)\b",
)
_BITTER = re.compile(
    r"\b(?:great|good|nice|brilliant|fantastic|super|well) (?:job|work|done|service)\b[^.!?\n]{0,60}?"
    r"\b(?:second|third|fourth|again|another|still|yet|never|week \w+|day \w+)\b",
)
_QUESTION = re.compile(
    r"\?|^(?:how|what|when|where|which|who|can|could|do|does|is|are|would|may|wie|was|wann|kann|où|quand"
    r"|comment|cómo|cuándo"
    r"|puedo|come|quando|posso|hoe|wanneer|kan|hvordan|hvornår|hur|när|jak|kiedy|czy|como)\b",
    re.MULTILINE,
)
_URGENT = re.compile(
    r"\b(?:urgent(?:ly)?|asap|as soon as possible|immediately|right away|emergency|today|tonight"
    r"|tomorrow|by (?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day|stranded|dangerous|smoke|smoking|fire|burn(?:s|t|ed|ing)?|shock|injur\w+"
    r"|bleeding|hospital"
    r"|insulin|medication|medicine|wedding|funeral|no heating|no water|locked out|dringend|sofort|heute"
    r"|morgen|urgence"
    r"|aujourd'hui|demain|urgente|hoy|mañana|oggi|domani|dringend|vandaag|morgen|haster|i dag|i morgen"
    r"|brådskande|idag"
    r"|imorgon|pilne|dzisiaj|jutro|hoje|amanhã)\b",
)
_REQUEST = re.compile(
    r"\b(?:please|i(?:'d| would) like|i want|i need|i expect|can you|could you|will you|would you"
    r"|kindly|let me know|bitte"
    r"|können sie|könnten sie|ich möchte|s'il vous plaît|pouvez-vous|je voudrais|por favor|pueden|quiero"
    r"|per favore"
    r"|vorrei|potete|alstublieft|graag|kunt u|venligst|kan i|snälla|kan ni|proszę|czy możecie|podem)\b"
)


def is_angry(text: str) -> bool:
    """Whether words are loud: rage, insults, capitals, rows of exclamation marks. It raises nothing (C3.2)."""
    return _RAGE.search(_plain(text)) is not None or _LOUD.search(text) is not None


_RAGE = re.compile(
    r"\b(?:furious|livid|outrag\w+|enraged|angry|fuming|disgrace\w*|disgust\w+|thieves|crooks|idiots?|liars?|useless"
    r"|wütend|stinksauer|unverschämt\w*|frechheit|betrüger|lügner|furieux|furieuse|scandaleux|honteux|voleurs"
    r"|furios[oa]|ladrones|vergogna|schande|woedend)\b"
)
_LOUD = re.compile(r"!{3,}|(?:\b[A-ZÄÖÜÉÈ]{2,}\b[^\w\n]{1,3}){3}")
