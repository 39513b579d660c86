"""S2, ASVS 1.3.4 and 3.2.1: forty kinds of files, whatever they say they are: only raster pictures are shown."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from amends.cases.models import File
from amends.flows import page_links
from amends.kit import uploads
from tests.cast import Cast, hear
from tests.security.sink import drawn

ACT = "window.x7heard = true"
JPEG, GIF = b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"GIF89a\x01\0\x01\0\x80\0\0"
WEBP, AVIF = b"RIFF\x24\0\0\0WEBPVP8 ", b"\0\0\0\x1cftypavif\0\0\0\0"
RASTER = {
    "png": drawn(),
    "jpg": JPEG + b"\0" * 40,
    "gif": GIF + b";" * 40,
    "webp": WEBP + b"\0" * 40,
    "avif": AVIF + b"\0" * 40,
}
OTHERS: dict[str, bytes] = {
    "svg": f"<svg xmlns='http://www.w3.org/2000/svg' onload='{ACT}'/>".encode(),
    "svgz": b"\x1f\x8b\x08\0\0\0\0\0",
    "html": f"<!doctype html><script>{ACT}</script>".encode(),
    "htm": f"<script>{ACT}</script>".encode(),
    "xhtml": f"<html xmlns='http://www.w3.org/1999/xhtml'><script>{ACT}</script></html>".encode(),
    "shtml": b"<!--#exec cmd='id'-->",
    "mht": b"MIME-Version: 1.0\nContent-Type: text/html\n\n<script>x</script>",
    "xml": b"<?xml version='1.0'?><?xml-stylesheet href='x.xsl' type='text/xsl'?><a/>",
    "xsl": b"<?xml version='1.0'?><xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'/>",
    "rss": b"<?xml version='1.0'?><rss><script xmlns='http://www.w3.org/1999/xhtml'>x</script></rss>",
    "js": f"{ACT};".encode(),
    "mjs": f"export default {ACT};".encode(),
    "json": b'{"a": 1}',
    "css": b"*{background:url(//x7canary.example)}",
    "wasm": b"\0asm\x01\0\0\0",
    "swf": b"FWS\x09\0\0\0\0",
    "jar": b"PK\x03\x04",
    "php": b"<?php system('id');",
    "pht": b"<?php system('id');",
    "phar": b"<?php __HALT_COMPILER();",
    "jsp": b"<% out.print(1); %>",
    "asp": b"<% Response.Write(1) %>",
    "py": b"import os",
    "sh": b"#!/bin/sh\nid\n",
    "bat": b"@echo off",
    "ps1": b"Get-Item",
    "exe": b"MZ\x90\0",
    "elf": b"\x7fELF\x02",
    "lnk": b"L\0\0\0",
    "hta": f"<script>{ACT}</script>".encode(),
    "htaccess": b"AddType application/x-httpd-php .png",
    "pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
    "docm": b"PK\x03\x04",
    "zip": b"PK\x05\x06",
    "eml": b"Content-Type: text/html\n\n<script>x</script>",
    "ics": b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "vcf": b"BEGIN:VCARD\nEND:VCARD\n",
    "txt": f"<script>{ACT}</script>".encode(),
    "csv": b"=cmd|' /C calc'!A0",
    "ttf": b"\0\x01\0\0",
    "mp4": b"\0\0\0\x18ftypisom",
    "webm": b"\x1aE\xdf\xa3",
    "tiff": b"II*\0",
    "ico": b"\0\0\x01\0",
    "bmp": b"BM",
    "empty": b"",
}
SAYS = ("image/png", "text/html", "image/svg+xml", "application/x-unknown")
"""What the sender says of each."""


def letter(cast: Cast) -> list[File]:
    """A mail that brings all of them, each under every name of a type, and under the ending of a picture."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "rosalind@example.com", cast.mailbox.address
    mail["Subject"], mail["Message-ID"] = "Files", "<files@mail.example.com>"
    mail.set_content("Look")
    for ending, content in [*RASTER.items(), *OTHERS.items()]:
        for number, said in enumerate(SAYS):
            name = f"{ending}.png" if number == 0 else f"x.{ending}"
            mail.add_attachment(content, *said.split("/"), filename=name)
    entry = hear(cast.mailbox, mail.as_bytes(), timezone.now())
    assert entry is not None
    return list(File.objects.filter(entry=entry).select_related("entry__case"))


def test_there_are_enough() -> None:
    assert len(OTHERS) >= 40 and len(OTHERS) * len(SAYS) >= 160


@pytest.mark.long
@pytest.mark.django_db
def test_only_what_is_a_raster_picture_is_shown_to_members_and_to_customers(cast: Cast) -> None:
    files = letter(cast)
    assert len(files) >= (len(OTHERS) + len(RASTER) - 1) * len(SAYS)
    pictures = {content: uploads.raster_type(content[:16]) for content in RASTER.values()}
    member = Client()
    member.force_login(cast.delphine)
    token = page_links.token_for(files[0].entry.case, timezone.now())
    shown = 0
    for file in files:
        for answer in (
            member.get(reverse("file", args=[file.pk, file.name])),
            Client().get(reverse("case_page_file", args=[token, file.pk, file.name])),
        ):
            content = b"".join(answer)
            kind = pictures.get(content, "")
            shown += bool(kind)
            assert answer["Content-Type"] == (kind or "application/octet-stream"), file.name
            assert answer["Content-Disposition"].startswith("inline" if kind else "attachment"), file.name
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert shown == 2 * len(RASTER) * len(SAYS)


@pytest.mark.parametrize("ending", OTHERS)
def test_an_upload_is_a_kind_of_evidence_or_refused(ending: str) -> None:
    """Under its own name, and under that of a picture: what is taken has a type of our own table, and is served as above."""
    for name in (f"x.{ending}", f"x.{ending}.png", "x.png"):
        file = SimpleUploadedFile(name, OTHERS[ending], content_type="image/png")
        try:
            (taken,) = uploads.check([file])
        except uploads.UploadError:
            continue
        assert taken.content_type in uploads.KINDS.values()
        assert taken.content_type not in {"image/svg+xml", "text/html", "text/javascript"}
        assert not uploads.raster_type(taken.content[:16])


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url)
    client = Client()
    client.force_login(cast.delphine)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    yield context
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_file_runs_as_a_script_of_ours(cast: Cast, window: BrowserContext) -> None:
    """The content policy allows our own scripts; a file from outside is none, not even a picture that is one, too."""
    both = b"GIF89a=1;" + ACT.encode()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "rosalind@example.com", cast.mailbox.address, "<js@mail.example.com>"
    mail.set_content("Look")
    mail.add_attachment(f"{ACT};".encode(), "text", "javascript", filename="x.js")
    mail.add_attachment(both, "image", "gif", filename="x.gif")
    mail.add_attachment(b"body{display:none}", "text", "css", filename="x.css")
    hear(cast.mailbox, mail.as_bytes(), timezone.now())
    page = window.new_page()
    page.goto("/")
    static = page.evaluate("document.querySelector('script[src]').src")
    load = """([tag, name, url]) => new Promise(done => {
        const one = document.createElement(tag);
        if (tag === 'link') one.rel = 'stylesheet';
        one.onload = () => done('loaded');
        one.onerror = () => done('refused');
        one[name] = url;
        document.head.append(one);
    })"""
    for file in File.objects.all():
        url = reverse("file", args=[file.pk, file.name])
        for tag, name in (("script", "src"), ("link", "href")):
            assert page.evaluate(load, [tag, name, url]) == "refused", (tag, file.name)
    assert page.evaluate("window.x7heard") is None
    assert page.evaluate(load, ["script", "src", static]) == "loaded", "the test can tell"
