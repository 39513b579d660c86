"""What may be uploaded, under what name, and what is never shown in a page."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from amends.kit import uploads

NAMES = [
    ("vase.jpg", "vase.jpg"),
    ("../../etc/passwd", "passwd"),
    ("..\\..\\windows\\lid.png", "lid.png"),
    ("/absolute/path.pdf", "path.pdf"),
    ("C:\\Users\\me\\bill.pdf", "bill.pdf"),
    (".htaccess", "htaccess"),
    ("..", "file"),
    ("", "file"),
    ("   ", "file"),
    ("CON", "_CON"),
    ("com1.txt", "_com1.txt"),
    ("nul\x00.png", "_nul.png"),
    ("photo\u202egnp.exe", "photognp.exe"),
    ("a<b>c:d|e?f*.png", "abcdef.png"),
    ("two  spaces.png", "two spaces.png"),
    ("fleurs fanées.jpg", "fleurs fanées.jpg"),
    ("花束.jpg", "花束.jpg"),
    ("x" * 4096 + ".jpeg", "x" * 115 + ".jpeg"),
    ("name." + "y" * 300, "name." + "y" * 11),
    ("line\r\nbreak.txt", "linebreak.txt"),
]


@pytest.mark.parametrize(("name", "safe"), NAMES)
def test_a_name_is_made_harmless(name: str, safe: str) -> None:
    assert uploads.safe_name(name) == safe


@given(st.text(max_size=300))
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    safe = uploads.safe_name(name)
    assert 0 < len(safe) <= uploads.LONGEST_NAME
    assert not set(safe) & set('/\\\x00\r\n"<>')
    assert safe not in {".", ".."}
    assert uploads.safe_name(safe) == safe


TAKEN = [
    ("vase.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
    ("bill.pdf", b"%PDF-1.7", "application/pdf"),
    ("letter.docx", b"PK\x03\x04", uploads.KINDS["docx"]),
    ("voice.m4a", b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
    ("no-ending", b"\x89PNG\r\n\x1a\n1234", "image/png"),
    ("notes.txt", b"<script>alert(1)</script>", "text/plain"),
]
REFUSED = [
    ("run.exe", b"MZ\x90\x00"),
    ("photo.jpg", b"MZ\x90\x00"),
    ("photo.png", b"\x7fELF\x02"),
    ("notes.txt", b"#!/bin/sh\nrm"),
    ("page.html", b"<html>"),
    ("drawing.svg", b"<svg onload=alert(1)>"),
    ("page.xhtml", b"<html>"),
    ("style.css", b"a{}"),
    ("code.js", b"alert(1)"),
    ("shell.php", b"<?php"),
    ("shell.pht", b"<?php"),
    ("macro.docm", b"PK\x03\x04"),
    ("tool.jar", b"PK\x03\x04"),
    ("tool.ps1", b"Get-Item"),
    ("tool.bat", b"@echo"),
    ("shortcut.lnk", b"L\x00"),
    ("no-ending", b"plain words"),
    ("empty.jpg", b""),
]


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN)
def test_evidence_is_taken_with_a_type_of_our_own(name: str, content: bytes, kind: str) -> None:
    claimed = SimpleUploadedFile(name, content, content_type="text/html")
    assert uploads.check([claimed]) == (uploads.Upload(name, kind, content),)


@pytest.mark.parametrize(("name", "content"), REFUSED)
def test_programs_and_pages_are_refused_by_name(name: str, content: bytes) -> None:
    with pytest.raises(uploads.UploadError, match=name.replace(".", r"\.")):
        uploads.check([SimpleUploadedFile(name, content)])


def test_too_much_together_is_refused_though_each_is_small(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 2 * 1024 * 1024
    files = [SimpleUploadedFile(f"{n}.txt", b"x" * 1024 * 1024) for n in range(2)]
    assert len(uploads.check(files)) == 2
    with pytest.raises(uploads.UploadError, match="larger than 2 MB together"):
        uploads.check([*files, SimpleUploadedFile("3.txt", b"x")])


def test_whatever_page_they_are_sent_to_no_more_bytes_than_allowed_are_taken_in(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 10
    files = [SimpleUploadedFile("1.txt", b"x" * 10), SimpleUploadedFile("2.txt", b"x")]
    request = RequestFactory().post("/anywhere/", {"files": files, "words": "kept"})
    assert [file.name for file in request.FILES.getlist("files")] == ["1.txt"]
    assert request.POST["words"] == "kept"
    assert uploads.was_too_large(request)


def test_what_is_not_too_large_is_not_called_so(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 10
    request = RequestFactory().post("/anywhere/", {"files": [SimpleUploadedFile("1.txt", b"x" * 10)]})
    assert len(request.FILES) == 1
    assert not uploads.was_too_large(request)


def test_too_many_are_refused() -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(11)]
    with pytest.raises(uploads.UploadError, match="at most 10 files"):
        uploads.check(files)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1" + b"\0" * 12, "image/jpeg"),
        (b"GIF89a" + b"\0" * 10, "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x20ftypavif\0\0\0\0", "image/avif"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", ""),
        (b"\x00\x00\x00\x20ftypM4A \0\0\0\0", ""),
        (b"<svg xmlns=", ""),
        (b"%PDF-1.7", ""),
        (b"<!DOCTYPE html>", ""),
        (b"BM" + b"\0" * 14, ""),
        (b"", ""),
    ],
)
def test_only_raster_pictures_are_shown(head: bytes, kind: str) -> None:
    assert uploads.raster_type(head) == kind
