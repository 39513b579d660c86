"""Ask a connector for a draft or a summary: only when a member wants it, and nothing here ever waits for one (RQ8).

What it says is a suggestion on the screen. It is written nowhere until somebody takes it over into a draft of theirs, which
the coach reads like any other. The timeline tells who asked whom for what, and what was taken; never the words.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from amends.audit import log as audit
from amends.cases import timeline
from amends.cases.models import Case, Draft
from amends.cases.outcome import GIVEN
from amends.channels import completions
from amends.channels.completions import Endpoint
from amends.channels.message import ChannelError
from amends.clock import promises
from amends.coach import prompts
from amends.coach.prompts import Facts, Kind, Told
from amends.flows import briefing, drafting, story
from amends.flows.summing_up import moment
from amends.kit import secrets
from amends.people.models import Connector, Member
from amends.people.models.connector import KEY
from amends.triage.masking import Kind as Masked
from amends.triage.masking import Mask, names_in

DRAFTS: dict[Kind, str] = {"draft": Draft.Kind.LETTER, "summary": Draft.Kind.NOTE}
"""Where a suggestion goes when it is taken over."""


class Withheld(Exception):
    """Nothing of the case is sent; the message says why."""


@dataclass(frozen=True)
class Question:
    """What would leave the desk, word for word, and what its stand-ins stand for."""

    connector: Connector
    kind: Kind
    messages: list[dict[str, str]]
    mask: Mask


def offered(case: Case, kind: Kind) -> Connector | None:
    """Whom the case's people may ask for this. Costs a query only where the brand has somebody."""
    connector = case.brand.connector if case.brand.connector_id else None
    wanted = connector and (connector.drafts if kind == "draft" else connector.summaries)
    return connector if wanted else None


def question(case: Case, connector: Connector, kind: Kind, *, by: Member, now: datetime) -> Question:
    """What is asked. Raises Withheld for a guarded case, and for one without words or whose words are gone."""
    if case.guard:
        raise Withheld(_("Only those who need this case see it: its words never leave the desk."))
    told = story.of_case(case)
    if case.erased_at or not any(words.strip() for words in told.heard):
        raise Withheld(_("Nothing that the customer wrote stands here."))
    mask = Mask(_known(case), on=connector.masks)
    return Question(connector, kind, prompts.messages(kind, _facts(case, told, kind, mask, by, now)), mask)


def ask(asked: Question, case: Case, *, by: Member, now: datetime, request: HttpRequest | None = None) -> str:
    """The suggestion. Written down before anything leaves, so that a crash hides nothing. Raises ChannelError."""
    endpoint = endpoint_of(asked.connector)
    with transaction.atomic():
        timeline.record(case, "suggestion.asked", at=now, by=by, what=asked.kind, connector=asked.connector.name)
        audit.write(
            "suggestion.asked", by=by, subject=case, request=request, name=asked.connector.name, what=asked.kind
        )
    return asked.mask.show(completions.complete(endpoint, asked.messages))


def take(case: Case, connector: Connector, kind: Kind, words: str, *, by: Member, now: datetime) -> Draft:
    """Put a suggestion at the end of one's draft. Raises drafts.DraftTaken, drafts.DraftGone."""
    with transaction.atomic():
        draft = drafting.add_words(case, DRAFTS[kind], completions.plain(words), by=by, now=now)
        timeline.record(case, "suggestion.taken", at=now, by=by, what=kind, connector=connector.name)
    return draft


def try_out(endpoint: Endpoint) -> str:
    """What it says to a question about nobody. Raises ChannelError."""
    return completions.complete(endpoint, prompts.trial())


def endpoint_of(connector: Connector) -> Endpoint:
    """How it is reached. Raises ChannelError when no key opens its key."""
    try:
        key = secrets.unseal(connector.sealed).get(KEY, "")
    except secrets.SecretError as error:
        raise ChannelError(str(error), permanent=True, code="settings") from error
    return Endpoint(connector.name, connector.url, connector.model, key)


def _known(case: Case) -> dict[str, Masked]:
    """What names the customer, as far as the desk knows it."""
    known: dict[str, Masked] = dict(names_in(case.customer.name))
    for identity in case.customer.identities.all():
        kind: Masked = "EMAIL" if identity.kind == "email" else "NUMBER"
        known |= {identity.shown: kind, identity.value: kind}
    return known | ({case.about: "NUMBER"} if any(sign.isdigit() for sign in case.about) else {})


def _facts(case: Case, told: story.Story, kind: Kind, mask: Mask, by: Member, now: datetime) -> Facts:
    brief = briefing.brief(case, by, now)
    code = (get_language() or "en") if kind == "summary" else brief.language
    owed = (one for one in promises.owed(case) if one.visible and one.source in GIVEN)
    return Facts(
        brand=case.brand.name,
        language=_language(code),
        first_name=mask.hide(case.customer.first_name),
        letters=tuple(
            Told(
                "the customer" if one.kind == "contact.in" else "we",
                moment(case, one.at),
                mask.hide(one.letter.new_text),
            )
            for one in told.entries
            if hasattr(one, "letter") and one.letter.new_text.strip()
        ),
        complaint=brief.complaint,
        failed=brief.failed,
        apologies=brief.apologies_before,
        known=tuple((what, mask.hide(value)) for what, value in brief.known.items() if what != "name"),
        owed=tuple(f"{mask.hide(one.act)}, by {moment(case, one.due)}" for one in owed),
    )


def _language(code: str) -> str:
    """Its English name, as a model knows it best; of one that nobody named, its code."""
    for known in (code, f"{code}-hans"):
        with suppress(KeyError):
            return str(get_language_info(known)["name"])
    return f"the language of the code {code}"
