"""Pictures that lie elsewhere: held back, shown to whoever asks, fetched once, kept by nobody's browser (S33)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from amends.audit.models import Record
from amends.cases.models import Entry, OutsidePicture, PicturesAsked
from amends.flows import bytes_of, erasing, page_links
from amends.kit import blobs
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint
from tests.security import sink as sinks
from tests.security.sink import PNG, Sink

pytestmark = [pytest.mark.django_db, pytest.mark.server]
SignIn = Callable[[Member], Client]
HTML = "X-Rest: x\nContent-Type: text/html; charset=utf-8\n"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinks.running() as found, sinks.reached(found, as_if_public=True):
        yield found


def letter(cast: Cast, html: str) -> Entry:
    case = complaint(cast, headers=HTML, text=html)
    return Entry.objects.get(case=case, kind="contact.in")


def as_sent(browser: Client, entry: Entry) -> str:
    return browser.get(f"/entries/{entry.pk}/as-sent/").content.decode()


def test_a_letter_says_that_its_pictures_are_held_back_and_from_where(
    cast: Cast, sink: Sink, signed_in: SignIn
) -> None:
    entry = letter(cast, f"<p>Look</p><img src='{sink.url}/a.png'><img src='https://b.example/b.png'>")
    browser = signed_in(cast.delphine)
    assert "are held back" in browser.get(f"/cases/{entry.case_id}/").content.decode()
    page = as_sent(browser, entry)
    assert "2 pictures of this letter lie elsewhere" in page
    assert "Show pictures from pictures.elsewhere.example and 1 other server" in page
    assert "a.png" not in page and sink.asked == []


def test_a_letter_without_such_pictures_says_nothing_of_them(cast: Cast, signed_in: SignIn) -> None:
    entry = letter(cast, "<p>Look <img src='cid:x'></p><img src='https://t.example/p.gif' width=1 height=1>")
    browser = signed_in(cast.delphine)
    assert "held back" not in browser.get(f"/cases/{entry.case_id}/").content.decode()
    assert "elsewhere" not in as_sent(browser, entry).partition('class="page-body')[2]
    assert browser.post(f"/entries/{entry.pk}/pictures/").status_code == 303
    assert not PicturesAsked.objects.exists() and not Record.objects.filter(verb="mail.pictures_fetched").exists()


def test_whoever_asks_sees_them_and_the_log_says_who_asked(cast: Cast, sink: Sink, signed_in: SignIn) -> None:
    entry = letter(cast, f"<p>Look <img alt='the van' src='{sink.url}/a.png?id=rosalind&x=1'></p>")
    browser = signed_in(cast.delphine)
    answer = browser.post(f"/entries/{entry.pk}/pictures/")
    assert (answer.status_code, answer["Location"]) == (303, f"/entries/{entry.pk}/as-sent/")
    kept = OutsidePicture.objects.get(entry=entry)
    page = as_sent(browser, entry)
    assert f'src="/entries/{entry.pk}/pictures/{kept.mark}"' in page and "elsewhere.example:" not in page
    assert "The desk fetched its pictures from pictures.elsewhere.example" in page
    shown = browser.get(f"/entries/{entry.pk}/pictures/{kept.mark}")
    assert (shown["Content-Type"], b"".join(shown)) == ("image/png", PNG)
    assert shown["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert sink.paths == ["/a.png?id=rosalind&x=1"]
    record = Record.objects.get(verb="mail.pictures_fetched")
    assert (record.member_id, record.subject_id, record.facts) == (cast.delphine.pk, str(entry.pk), {"count": 1})


def test_a_colleague_who_has_not_asked_sees_none_and_asks_the_sender_nothing_anew(
    cast: Cast, sink: Sink, signed_in: SignIn
) -> None:
    entry = letter(cast, f"<img src='{sink.url}/a.png'>")
    signed_in(cast.delphine).post(f"/entries/{entry.pk}/pictures/")
    address = f"/entries/{entry.pk}/pictures/{OutsidePicture.objects.get().mark}"
    bo = signed_in(cast.bo)
    assert "<img" not in as_sent(bo, entry).partition('class="as-sent')[2].partition("</div>")[0]
    assert "Show pictures from" in as_sent(bo, entry)
    assert bo.get(address).status_code == 404
    bo.post(f"/entries/{entry.pk}/pictures/")
    assert bo.get(address).status_code == 200
    assert len(sink.asked) == 1, "the sender heard of one reader, not of two"


def test_who_may_not_ask_is_told_so_and_has_no_button(cast: Cast, sink: Sink, signed_in: SignIn) -> None:
    entry = letter(cast, f"<img src='{sink.url}/a.png'>")
    reader = signed_in(cast.carline)
    page = as_sent(reader, entry)
    assert "Your role does not include this" in page and "Show pictures from" not in page
    assert reader.post(f"/entries/{entry.pk}/pictures/").status_code == 403
    assert signed_in(cast.callum).post(f"/entries/{entry.pk}/pictures/").status_code == 404
    assert sink.asked == [] and not PicturesAsked.objects.exists()


def test_what_cannot_be_fetched_is_said_with_its_reason_and_may_be_tried_again(
    cast: Cast, sink: Sink, signed_in: SignIn
) -> None:
    sink.there["/b.png"] = (503, {}, b"")
    urls = (f"{sink.url}/a.png", f"{sink.url}/b.png", "http://10.0.0.1/c.png")
    entry = letter(cast, "".join(f"<img src='{url}'>" for url in urls))
    browser = signed_in(cast.delphine)
    browser.post(f"/entries/{entry.pk}/pictures/")
    page = as_sent(browser, entry)
    assert "1 not shown: the server has none or does not answer." in page
    assert "1 not shown: leads into a private network, where the desk does not go." in page
    del sink.there["/b.png"]
    assert "Try again" in page
    browser.post(f"/entries/{entry.pk}/pictures/")
    assert "the server has none" not in as_sent(browser, entry)
    assert sorted(sink.paths) == ["/a.png", "/b.png", "/b.png"], "what is here is not asked for again"


def test_the_customers_page_never_shows_or_fetches_one(cast: Cast, sink: Sink, signed_in: SignIn) -> None:
    entry = letter(cast, f"<p>Look</p><img src='{sink.url}/a.png'>")
    signed_in(cast.delphine).post(f"/entries/{entry.pk}/pictures/")
    token = page_links.token_for(entry.case, TUESDAY)
    for path in (f"/c/{token}/", f"/c/{token}/all/"):
        page = Client().get(path).content.decode()
        assert "elsewhere.example" not in page and "held:" not in page and "/pictures/" not in page
    mark = OutsidePicture.objects.get().mark
    assert Client().get(f"/entries/{entry.pk}/pictures/{mark}")["Location"].startswith("/accounts/login/")
    assert len(sink.asked) == 1


def test_they_go_with_the_person(cast: Cast, sink: Sink, signed_in: SignIn) -> None:
    entry = letter(cast, f"<img src='{sink.url}/a.png'>")
    signed_in(cast.delphine).post(f"/entries/{entry.pk}/pictures/")
    digest = OutsidePicture.objects.get().sha256
    assert blobs.get(digest) == PNG
    erasing.erase(cast.rosalind, by=cast.marguerite, now=TUESDAY)
    while bytes_of.sweep():
        pass
    assert not OutsidePicture.objects.exists()
    with pytest.raises(FileNotFoundError):
        blobs.get(digest)
