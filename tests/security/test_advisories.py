"""One check for each class of advisory that applies, each seen failing with its guard switched off (reliability §1.2).

`NOT_YET` says why a class does not apply; together with `SHOWN` they are all thirty-five. Most have a file of their own
with all their cases; here is the one by which its guard is seen to matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from amends.desk.live.hub import Hub
from amends.desk.live.news import News
from amends.desk.live.ticket import Ticket
from amends.flows import drafting
from amends.kit import blobs, http, secrets, serving, uploads
from amends.kit.html import sanitise
from amends.people import inviting
from amends.people.models import Role
from amends.portal.tests.world import CONTACT, filled
from tests.cast import Cast, complaint
from tests.security import letters_in_and_out as letters
from tests.security.planted import Flaw, a_form_that_takes_every_field, replaced, settings, without
from tests.security.test_s01_hostile_html import disallowed
from tests.security.test_s03_crawl import faults

pytestmark = pytest.mark.django_db
PASSWORD = "nine patient otters"
Check = Callable[[Cast], None]


def signed_in(member: object) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(member)  # type: ignore[arg-type]
    return browser


def s01_nothing_acts(cast: Cast) -> None:
    assert not disallowed(sanitise("<p>x<script>x7canary()</script><img src=x onerror=x7canary()></p>"))


def s02_only_pictures_are_shown(cast: Cast) -> None:
    answer = serving.kept_file(blobs.put(b"<svg onload=x7canary()>"), "drawing.png")
    assert answer["Content-Disposition"].startswith("attachment")


def s03_every_part_has_a_policy(cast: Cast) -> None:
    assert not faults(signed_in(cast.delphine).get("/now/rows", headers={"HX-Request": "true"}).headers)


def s07_no_case_of_another_brand(cast: Cast) -> None:
    case = complaint(cast)
    assert signed_in(cast.callum).get(f"/cases/{case.pk}/").status_code == 404


def s08_no_news_of_another_brand(cast: Cast) -> None:
    hub = Hub()
    hub.active = {cast.callum.pk: frozenset({cast.vantry.pk})}
    assert not hub._may_hear(Ticket(cast.callum.pk), News(1, 1, cast.thimble.pk, ("now",), "x"))


def s10_no_inner_address(cast: Cast) -> None:
    assert not any(http.is_public(one) for one in ("127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "100.64.0.1"))


def s12_no_second_set_up(cast: Cast) -> None:
    assert Client(raise_request_exception=False).get("/welcome/").status_code == 404


def s13_only_the_fields_of_the_form(cast: Cast) -> None:
    given = {"name": "Delphine Marsh", "time_zone": "Europe/London", "languages": "en", "theme": "", "role": "admin"}
    signed_in(cast.delphine).post("/settings/you/", {**given, "is_active": "on", "email": "x@evil.example"})
    cast.delphine.refresh_from_db()
    assert cast.delphine.role == Role.AGENT


def s17_three_forms_an_hour(cast: Cast) -> None:
    now = timezone.now()
    answers = [Client().post(CONTACT, filled(now)) for _form in range(4)]
    assert answers[-1].status_code == 429


def s18_no_form_without_its_token(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.delphine)
    assert browser.post("/settings/theme/", {"theme": "dark"}).status_code == 403


def s19_no_way_out_by_next(cast: Cast) -> None:
    cast.delphine.set_password(PASSWORD)
    cast.delphine.save()
    given = {"login": cast.delphine.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert "evil" not in Client().post("/accounts/login/", given).get("Location", "")


def s20_no_other_host(cast: Cast) -> None:
    assert Client().get("/accounts/login/", headers={"Host": "evil.example"}).status_code == 400


def s21_five_tries(cast: Cast) -> None:
    cache.clear()
    given = {"login": cast.delphine.email, "password": "not the password"}
    said = [Client().post("/accounts/login/", given).content.decode() for _try in range(6)]
    assert "too many tries" in said[-1]


def s23_who_is_switched_off_is_out(cast: Cast) -> None:
    browser = signed_in(cast.bo)
    inviting.switch_off(cast.bo)
    assert browser.get("/settings/you/").status_code == 302


def s25_no_place_of_ones_own_making(cast: Cast) -> None:
    cache.clear()
    for number in range(11):
        given = {"login": f"x{number}@desk.example", "password": "not the password"}
        answer = Client().post("/accounts/login/", given, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert "too many tries" in answer.content.decode()


ENDINGS = ("", ".png", ".htaccess", "\x00.png", "\u202egnp.exe", " ", ".", "\r\nX-Evil: 1")
BEGINNINGS = ("../", "..\\", "/etc/", "C:\\", "CON", "", ".", "\x00", "x" * 4096)
NAMES = [beginning + ending for beginning in BEGINNINGS for ending in ENDINGS]


def s26_no_name_leads_elsewhere(cast: Cast) -> None:
    assert len(set(NAMES)) >= 60
    for name in NAMES:
        safe = uploads.safe_name(name)
        assert safe and len(safe) <= uploads.LONGEST_NAME and not safe.startswith(".")
        assert not re.search('[\x00-\x1f/\\\\<>:"|?*\u202a-\u202e]', safe)
        assert safe.upper() != "CON"


def s33_nothing_is_fetched(cast: Cast) -> None:
    assert "x7canary" not in sanitise('<p><img src="https://x7canary.example/p.png"></p>')


def s34_words_stay_words(cast: Cast) -> None:
    words = "{{7*7}} ${7} %(x)s {0.__class__} {customer.__class__} {x}"
    assert drafting.filled(words, complaint(cast), cast.delphine) == words


def s35_what_was_changed_does_not_open(cast: Cast) -> None:
    sealed = secrets.seal({"password": "x7canary"})
    with pytest.raises(secrets.SecretError):
        secrets.unseal(sealed[:-6] + ("AAAAAA" if not sealed.endswith("AAAAAA") else "BBBBBB"))
        raise AssertionError("it was opened")


SHOWN: dict[str, tuple[Check, Flaw]] = {
    "S1": (s01_nothing_acts, replaced("tests.security.test_advisories.sanitise", lambda html: html)),
    "S2": (s02_only_pictures_are_shown, replaced("amends.kit.uploads.raster_type", lambda _head: "image/png")),
    "S3": (s03_every_part_has_a_policy, without("csp")),
    "S7": (s07_no_case_of_another_brand, replaced("amends.desk.access.can", lambda *_of: True)),
    "S8": (s08_no_news_of_another_brand, replaced("amends.desk.live.hub.Hub._may_hear", lambda *_of: True)),
    "S10": (s10_no_inner_address, replaced("amends.kit.http.is_public", lambda _address: True)),
    "S12": (s12_no_second_set_up, replaced("amends.people.models.Desk.current", lambda: None)),
    "S13": (s13_only_the_fields_of_the_form, a_form_that_takes_every_field),
    "S17": (s17_three_forms_an_hour, replaced("amends.portal.limits.reached", lambda *_of: False)),
    "S18": (s18_no_form_without_its_token, without("CsrfView")),
    "S19": (s19_no_way_out_by_next, replaced("amends.desk.accounts.AccountAdapter.is_safe_url", lambda *_of: True)),
    "S20": (s20_no_other_host, settings(ALLOWED_HOSTS=["*"])),
    "S21": (s21_five_tries, settings(ACCOUNT_RATE_LIMITS=False)),
    "S23": (
        s23_who_is_switched_off_is_out,
        replaced("django.contrib.auth.backends.ModelBackend.user_can_authenticate", lambda *_of: True),
    ),
    "S25": (s25_no_place_of_ones_own_making, settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)),
    "S26": (s26_no_name_leads_elsewhere, replaced("amends.kit.uploads.safe_name", lambda name: name)),
    "S33": (s33_nothing_is_fetched, replaced("amends.kit.html._kept_attribute", lambda _t, _a, value: value)),
    "S34": (s34_words_stay_words, replaced("amends.flows.drafting.filled", lambda body, *_of: body.replace("{x}", ""))),
    "S35": (s35_what_was_changed_does_not_open, replaced("amends.kit.secrets.unseal", lambda _text: {})),
    "S4": (
        letters.s04_a_stranger_continues_nobodys_case,
        replaced("amends.cases.threading.takes_part", lambda *_of: True),
    ),
    "S5": (
        letters.s05_a_claim_opens_nothing_but_its_own_words,
        replaced("amends.flows.page_links._claim", letters.a_claim_that_opens_the_case),
    ),
    "S6": (
        letters.s06_no_header_steers_the_desk,
        replaced("amends.channels.senders.is_spam", lambda one, _hosts: bool(one.spam_marks)),
    ),
    "S9": (letters.s09_a_question_is_only_words, replaced("amends.cases.search.query.asked", lambda text: [[text]])),
    "S11": (
        letters.s11_a_consent_that_was_not_begun_here_asks_nobody,
        replaced("amends.desk.views.settings.consent._is_ours", lambda *_of: True),
    ),
    "S14": (
        letters.s14_a_letter_has_the_headers_that_we_wrote,
        replaced("amends.channels.email.outgoing_headers.one_line", lambda text: text),
    ),
    "S15": (
        letters.s15_a_name_is_no_address,
        replaced("amends.channels.email.addresses.parse", letters.the_first_thing_with_an_at),
    ),
    "S16": (letters.s16_no_machine_is_answered, replaced("amends.flows.intake.reason_to_ignore", lambda *_of: None)),
    "S22": (letters.s22_nothing_can_be_guessed, replaced("secrets.token_urlsafe", lambda _bytes=None: "abc")),
    "S24": (letters.s24_no_secret_is_logged, replaced("amends.config.masking.PATTERNS", [])),
    "S27": (
        letters.s27_what_is_too_deep_is_never_parsed,
        replaced("amends.kit.html.is_too_complex", lambda _html: False),
    ),
    "S28": (
        letters.s28_a_mail_is_read_to_a_depth_and_no_further,
        replaced("amends.channels.email.limits.PARTS", 10_000),
    ),
    "S32": (
        letters.s32_an_export_holds_one_person,
        replaced("amends.flows.exporting.theirs_to_read", letters.everybody),
    ),
}
HERE = Path(__file__).resolve().parents[2]
NOT_YET = {
    "S29": "there is no widget for other sites",
    "S30": "no webhook of others is taken",
    "S31": "nothing is exported as a table",
}


def test_no_class_is_forgotten() -> None:
    all_of_them = [*SHOWN, *NOT_YET]
    assert sorted(all_of_them, key=lambda one: int(one[1:])) == [f"S{number}" for number in range(1, 36)]


@pytest.mark.parametrize("name", SHOWN)
def test_the_guard_holds(cast: Cast, name: str) -> None:
    SHOWN[name][0](cast)


@pytest.mark.parametrize("name", SHOWN)
def test_the_check_fails_without_its_guard(cast: Cast, name: str) -> None:
    check, flaw = SHOWN[name]
    with flaw(), pytest.raises(AssertionError):
        check(cast)


def test_every_test_that_the_list_names_is_there() -> None:
    told = (HERE / "docs" / "security" / "asvs.md").read_text("utf-8")
    there = {path.stem for folder in ("amends", "tests") for path in (HERE / folder).rglob("test_*.py")}
    assert not set(re.findall(r"`(test_\w+)`", told)) - there
