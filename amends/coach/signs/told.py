"""How a customer shows that they have told it already (C7.2, CV16)."""

from __future__ import annotations

import re

TOLD = {
    "order number": r"(?:order|booking|invoice|ticket|case|account|customer|member(?:ship)?|reservation|reference|ref"
    r"|no\.?"
    r"|number|#)\W{0,3}(?:no\.?|number|nr\.?|is)?\W{0,3}[A-Z]{0,4}-?\d{3,}",
    "serial number": r"serial\W{0,3}(?:number|no\.?)?\W{0,3}[\w-]*\d",
    "address": r"\b(?:street|road|avenue|lane|straße|strasse|allee|\w+weg|rue|via|plaza) ?\d"
    "|\\d+ [A-Z]\\w+ (?:street|road|avenue|lane|st|rd)\b",
    "e-mail address": r"[\w.+-]+@[\w-]+\.\w",
    "phone number": r"\+?\d[\d /-]{7,}\d",
    "photo": r"(?:photos?|pictures?|images?|screenshots?)\b",
    "date": r"\b(?:on|since|of|from|at|for) (?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    "|\b(?:yesterday|today|this morning|last (?:night|week))\b"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb"
    r"|mar|apr|jun|jul|aug|sep|oct|nov|dec)\w* \d",
    "size": r"size \w*\d|\b(?:size|in) (?:xs|s|m|l|xl|xxl)\b",
    "model": r"\b[A-Z]\w+ ?\d{1,4}\b|\b[A-Z]{1,4}-?\d{1,4}\b",
    "amount": r"[£€$] ?\d|\d ?(?:£|€|\$|euros?|pounds|dollars)",
    "receipt": r"receipt (?:is )?(?:attached|enclosed|below|here)",
    "pets": r"\b(?:dogs?|cats?|pupp(?:y|ies)|rabbits?)\b",
    "wishes": r"\b(?:vegetarian|vegan|allerg\w+|gluten|halal|kosher|wheelchair|prefer\w*|lactose|nuts?)\b",
    "time": r"\bat (?:about |around )?\d|\d ?(?:am|pm|o'clock)\b|\d:\d\d|\bnoon\b|\bmidnight\b",
    "colour": r"\b(?:black|white|red|blue|green|grey|gray|yellow|brown|pink|purple|orange|beige|navy|silver|gold)\b",
    "postcode": r"\bpost ?code\b|\bzip\b|\b\d{5}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b",
    "quantity": r"\bfor (?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\b|\b(?:two|three|four|five|six"
    r"|seven|eight|nine|ten|twelve) (?:of us|people|persons|adults|\w+s)\b|\b\d+ (?!days?|hours?|weeks?"
    r"|minutes?)[a-z]+s\b",
    "place": r"\b(?:to|in|at|from) [A-Z]\w+",
}
"""How a customer's words show that they told it already."""

TOLD_SO = re.compile(
    r"\b(?:told|wrote|sent|gave|given|entered|stated|mentioned|explained|said|attached|already|twice|again|as above"
    r"|see (?:above|below)|in (?:the|my) (?:form|mail|e-?mail|message|order|letter)|(?:second|third|fourth"
    r"|fifth) time)\b",
    re.IGNORECASE,
)
"""The customer says that they told it."""

ALSO = {
    "order number": ("order", "booking", "invoice", "reference", "account"),
    "e-mail address": ("e-mail", "email", "mail"),
}
