"""Files from outside are handed out so that none of them can act, under a name that means no harm (S2, S10)."""

from __future__ import annotations

import pytest
from django.http import Http404

from amends.kit import blobs, serving

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24


@pytest.mark.parametrize(
    ("name", "data", "kind", "way"),
    [
        ("lid.png", PNG, "image/png", "inline"),
        ("false.png", b"<html>", "application/octet-stream", "attachment"),
        ("lid.svg", b"<svg onload='alert(1)'/>", "application/octet-stream", "attachment"),
        ("page.html", b"<script>alert(1)</script>", "application/octet-stream", "attachment"),
        ("bill.pdf", b"%PDF-1.7", "application/octet-stream", "attachment"),
        ("nothing", b"", "application/octet-stream", "attachment"),
    ],
)
def test_only_what_proves_to_be_a_picture_is_shown(name: str, data: bytes, kind: str, way: str) -> None:
    answer = serving.kept_file(blobs.put(data), name)
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].partition(";")[0] == way
    assert answer.getvalue() == data


@pytest.mark.parametrize("data", [PNG, b"From: a@example.com\n\nHello"])
def test_a_download_is_never_shown_and_nothing_in_it_can_act(data: bytes) -> None:
    answer = serving.kept_file(blobs.put(data), "mail.eml", download_as="message/rfc822")
    assert answer["Content-Type"] == "message/rfc822"
    assert answer["Content-Disposition"] == 'attachment; filename="mail.eml"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bill.pdf", 'attachment; filename="bill.pdf"'),
        ("two words.pdf", 'attachment; filename="two words.pdf"'),
        ("fleurs fanées.jpg", "attachment; filename*=utf-8''fleurs%20fan%C3%A9es.jpg"),
        ("花束.jpg", "attachment; filename*=utf-8''%E8%8A%B1%E6%9D%9F.jpg"),
        ('a"; filename="evil.exe', 'attachment; filename="a; filename=evil.exe"'),
        ("line\r\nX-Evil: 1.txt", 'attachment; filename="lineX-Evil 1.txt"'),
        ("../../etc/passwd", 'attachment; filename="passwd"'),
        ("photo\u202egnp.exe", 'attachment; filename="photognp.exe"'),
        ("", 'attachment; filename="file"'),
    ],
)
def test_a_name_is_said_as_rfc_6266_wants_it(name: str, said: str) -> None:
    assert serving.kept_file(blobs.put(b"words"), name)["Content-Disposition"] == said


@pytest.mark.parametrize("sha256", ["0" * 64, "", "../../secret"])
def test_what_is_not_kept_is_not_there(sha256: str) -> None:
    with pytest.raises(Http404):
        serving.kept_file(sha256, "bill.pdf")
