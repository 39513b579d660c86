"""Where a sentence says that we act: "I'll ring", "the courier collects", "you will have". English; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

LOOK_BACK = 160
"""Characters before a verb in which its subject and its condition are sought."""


@dataclass(frozen=True)
class Act:
    """An act of ours in a sentence.

    It begins at `start`; its plain words begin at `verb`; the verb itself ends at `end`. An act that
    `follows` shares the subject of the one before ("and send you a photo").
    """

    start: int
    verb: int
    end: int
    follows: bool = False


def acts(text: str) -> list[Act]:
    """The acts of a sentence in order; what stands under a condition or is only reported is left out."""
    found: list[Act] = []
    for match in _ACT.finditer(text):
        act = _act(text, match)
        if act is not None and not (act.follows and not found) and not under_condition(text, act.start):
            found.append(act)
    return found


def under_condition(text: str, at: int, since: int = 0) -> bool:
    """Whether the clause that holds `at` began with if, when, why, you said … (looking back to `since`)."""
    return _CONDITION.search(text, max(since, at - LOOK_BACK), at) is not None


_ADVERB = r"(?:(?:also|now|then|still|just|certainly|definitely|gladly|personally|myself|already|both|first) ){0,4}"
_HEDGED = (
    r"(?!(?:not|never|no longer|try|hope|aim|need|have to|want|like|open|close|cost|depend|do (?:my"
    r"|our) best"
    r"|be (?:able|open|closed|away|happy|glad|out of|on holiday|in the office|here|available|back on"
    r"|back in the))\b)"
)
_BASE = (
    r"(?:ring|call|phone|send|post|ship|refund|write|bring|deliver|come|return|transfer|pay|dispatch|credit"
    r"|collect|text|mail|email|replace|repair|fix|tell|update|confirm|check|answer|book|order|resend)"
)
_ING = (
    r"(?:ring|call|phon|send|post|shipp|refund|writ|bring|deliver|com|return|transferr|pay|dispatch|credit"
    r"|collect|text|mail|email|replac|repair|rebook|visit|driv)ing"
)
_GOES = (
    r"(?:collects|leaves?|ships?|arrives?|reach(?:es)?|comes|delivers|brings|rings|calls|writes|starts"
    r"|lands?|departs"
    r"|sends|follows|picks|refunds|visits|gets|returns|goes|go (?=out|back|to)|rolls out"
    r"|(?:is|are|'s|'re) (?:with you|at your|due|booked|scheduled|planned|set|being|out|back (?:with|in"
    r"|on)|on (?:its|your)"
    r"|ready|there|coming|leaving|arriving|going))"
)
_WILL = r"(?:'ll| will| shall|'m going to|'re going to|'s going to| (?:am|are|is) going to)"
_NOBODY = r"(?!(?:and|but|or|you|i|we|who|which|what|nobody|no one|nothing|none)\b)"
_FORMS = (
    rf"\b(?:i|we){_WILL} {_ADVERB}{_HEDGED}(?P<we_will>\w+)",
    rf"\b(?:i'm|i am|we're|we are) {_ADVERB}(?P<we_are>{_ING})\b",
    rf"\b(?:i|we) (?:promise|guarantee) (?:you )?to (?P<we_promise>{_BASE})\b",
    rf"\blet (?:me|us) (?P<let_me>{_BASE})\b",
    rf"\b(?:i|we) {_ADVERB}(?P<we_do>{_BASE})\b",
    r"\b(?P<you_will>you)(?:'ll| will| shall)? (?:have|get|receive|hear|see|find|be (?:refunded|called"
    r"|contacted|paid"
    r"|told))\b(?! (?:been|had|to|not|until|got|a right|the right|every|any)\b)",
    rf"(?<![\w-]){_NOBODY}(?P<it_will>[\w-][\w'-]{{0,29}}?){_WILL} {_ADVERB}{_HEDGED}\w+",
    r"\b(?P<expect>expect) (?:my|our|a|the) (?:call|letter|e?mail|parcel|answer|ring|reply|refund)\b",
    rf"\band (?:will|shall) {_ADVERB}{_HEDGED}(?P<and_will>\w+)",
    rf"(?:,|\band|\bthen) (?:then |also ){{0,3}}(?P<also>{_BASE})\b",
    rf"(?P<it_does>(?:(?<= )|(?='))(?:{_GOES})\b)",
)
_ACT = re.compile("|".join(_FORMS), re.IGNORECASE)
_OWN = ("we_will", "and_will", "we_are", "we_promise", "let_me", "we_do")
_CONDITION = re.compile(
    r"\b(?:if|when|once|unless|until|before|after|as soon as|in case|whether|why|because|since|provided"
    r"|should you"
    r"|who|which|what|how|where|while|whenever|as long as|said|told|wrote|promised|thought|hoped|claimed"
    r"|usually"
    r"|normally|always|should|may|might|could|would|can)\b[^,;:]*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:(]\s*|\b(?:and|but|so|that|then|when|if|once|unless|until|after|before|because|since|why|where"
    r"|whether"
    r"|while|as soon as)\b\s*",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"(?:^|\b)(?:you|i|we|who|to|not|should|could|would|can|may|might|must|did|does|do|don't|doesn't"
    r"|didn't|won't|can't"
    r"|will|my|our|your|the|a|an|no|phone|please|nothing|nobody)\s*$",
    re.IGNORECASE,
)


def _act(text: str, match: re.Match[str]) -> Act | None:
    own = next((name for name in _OWN if match[name]), None)
    if own is not None:
        start = match.start(own) if own == "and_will" else match.start()
        return Act(start, match.start(own), match.end())
    if match["also"]:
        return Act(match.start("also"), match.start("also"), match.end(), follows=True)
    if match["it_does"] or match["it_will"]:
        return _of_another(text, match)
    return Act(match.start(), match.start(), match.end())


def _of_another(text: str, match: re.Match[str]) -> Act | None:
    """What a thing or a colleague of ours does; the words before tell who.

    Without such words it shares the subject before ("and reaches you"); a bare "and ship it" is an order.
    """
    at = match.end("it_will") if match["it_will"] else match.start("it_does")
    clauses = [clause.end() for clause in _CLAUSE.finditer(text, max(0, at - LOOK_BACK), at)]
    begins = clauses[-1] if clauses else max(0, at - LOOK_BACK)
    subject = text[begins:at]
    if _NO_SUBJECT.search(subject):
        return None
    if subject.strip():
        return Act(begins, begins, match.end())
    return Act(at, at, match.end()) if re.search(r"(?:s|'re)$|^(?:is|are) ", match["it_does"] or "") else None
