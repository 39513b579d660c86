"""The pictures of README and docs: start a demo desk of its own, look at each page, keep what is used.

    make screenshots                                  the pictures that the pages show, into docs/pictures/
    .venv/bin/python tools/screenshots.py --all DIR   every page in both sizes and both themes, into DIR

Needs Chromium: `$CHROMIUM`, else `chromium`, `chromium-browser` or `google-chrome` from the PATH.
"""

import argparse
import contextlib
import functools
import itertools
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
START_WITHIN = 60.0
QUIET_AFTER_MS = 400
COACH_AFTER_MS = 2500
DRAFT = """Dear Hugo,

the van was loaded for Sunday because we read your order wrongly; nobody checked the day. That was our mistake, and I \
am sorry that your tables stood empty.

I will ring you tomorrow before noon, and you will hear from us about the money soon.

Delphine Marsh"""

Go = Callable[[Page, str], None]


@dataclass(frozen=True)
class Shot:
    """One page: its name, who looks at it, and how to get there from the start."""

    name: str
    go: Go
    who: str = ""


def main() -> int:
    """0 when every picture was made."""
    given = arguments()
    folder = Path(given.all) if given.all else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    wanted = None if given.all else used()
    with tempfile.TemporaryDirectory(prefix="amends-pictures-") as data, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
        with desk(Path(data) / "demo", AMENDS_DEMO="yes") as url:
            failed = take(browser, url, SHOTS, folder, wanted)
        if given.all:
            with desk(Path(data) / "empty") as url:
                failed += take(browser, url, FIRST_DAY, folder, wanted)
        browser.close()
    for name in failed:
        print(f"not made: {name}")
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take the pictures of the README and the docs.")
    parser.add_argument("--all", metavar="DIR", help="every page, size and theme, into DIR")
    return parser.parse_args()


def used() -> set[str]:
    """Names of the pictures that some page shows."""
    pages = [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]
    return {name for page in pages for name in re.findall(r"pictures/([\w-]+)\.png", page.read_text("utf-8"))}


def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        sys.exit("screenshots: there is no Chromium. Install it, or name it in CHROMIUM.")
    return found


def flags() -> list[str]:
    """Chromium refuses its sandbox to root, as in a container."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@contextlib.contextmanager
def desk(data: Path, **settings: str) -> Iterator[str]:
    """A desk of its own on a free port; gives its address, and stops it afterwards."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
    own = {"AMENDS_DATA": str(data), "AMENDS_PORT": str(port), "AMENDS_URL": url, "AMENDS_SMTP_PORT": "0"}
    command = [sys.executable, "-c", "import sys; from amends.cli import main; sys.exit(main())"]
    environment = {**clean, **own, **settings, "PYTHONPATH": str(ROOT), "AMENDS_LOG_LEVEL": "ERROR"}
    subprocess.run([*command, "migrate"], cwd=ROOT, env=environment, check=True)
    web = subprocess.Popen([*command, "web"], cwd=ROOT, env=environment)
    try:
        wait_for(f"{url}/healthz", web)
        yield url
    finally:
        web.terminate()
        web.wait(timeout=15)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        time.sleep(0.2)
    sys.exit("screenshots: the desk did not start; the lines above say why.")


def take(browser: Browser, url: str, shots: list[Shot], folder: Path, wanted: set[str] | None) -> list[str]:
    """Take the wanted pictures (None: all) and return the names of those that failed."""
    failed = []
    for shot, (size, viewport), theme in itertools.product(shots, SIZES.items(), THEMES):
        name = name_of(shot, size, theme)
        if wanted is not None and name not in wanted:
            continue
        context = browser.new_context(
            viewport=viewport, color_scheme=theme, storage_state=signed_in(browser, url, shot.who)
        )
        try:
            picture(context, url, shot, folder / f"{name}.png")
        except Exception as error:
            failed.append(f"{name}: {str(error).splitlines()[0]}")
        finally:
            context.close()
    return failed


def name_of(shot: Shot, size: str, theme: str) -> str:
    return f"{shot.name}-{theme}" if size == "desk" else f"{shot.name}-{size}-{theme}"


@functools.cache
def signed_in(browser: Browser, url: str, who: str) -> StorageState | None:
    """Cookies of `who`, got by the demo's door; None for a stranger."""
    if not who:
        return None
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{url}/demo/")
    page.locator(".demo-person", has=page.get_by_text(who, exact=True)).click()
    page.wait_for_url(f"{url}/")
    state = context.storage_state()
    context.close()
    return state


def picture(context: BrowserContext, url: str, shot: Shot, path: Path) -> None:
    page = context.new_page()
    shot.go(page, url)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(QUIET_AFTER_MS)
    page.screenshot(path=path, animations="disabled")
    print(f"{path.name}  {path.stat().st_size // 1024} KB", flush=True)


def at(path: str) -> Go:
    """The page at `path`."""

    def go(page: Page, url: str) -> None:
        answer = page.goto(url + path)
        if answer is None or answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status if answer else 'nothing'}")

    return go


def found(words: str, kind: str) -> Go:
    """The first `kind` ("/cases/", "/people/") that a search for `words` finds."""

    def go(page: Page, url: str) -> None:
        at(f"/find/?q={words}")(page, url)
        at(str(page.locator(f"main a[href^='{kind}']").first.get_attribute("href")))(page, url)

    return go


def writing(page: Page, url: str) -> None:
    """A letter in the composer, with what the coach says of it."""
    found("wedding", "/cases/")(page, url)
    page.keyboard.press("r")
    page.locator("#composer textarea").first.fill(DRAFT)
    page.wait_for_timeout(COACH_AFTER_MS)


def why(page: Page, url: str) -> None:
    """Every minute that was counted for the next step's time."""
    found("wedding", "/cases/")(page, url)
    page.locator("#nextstep .why-link").click()
    page.locator("#sheet .counted").wait_for()


def example(page: Page, url: str) -> None:
    """The example beside the hours, its days unfolded."""
    at("/settings/hours/")(page, url)
    page.locator(".example summary").first.click()
    page.locator(".example").scroll_into_view_if_needed()


def one_severity(page: Page, url: str) -> None:
    """The targets of severity 5, left to those of any."""
    at("/settings/targets/")(page, url)
    page.locator(".segments a", has_text="5 ·").click()


def pack_in_use(page: Page, url: str) -> None:
    """A pack that is in use, its letters and source unfolded."""
    at("/settings/packs/")(page, url)
    use = page.locator("#uk-housing-ombudsman-2024 button", has_text="Use it")
    if use.count():
        page.locator("#uk-housing-ombudsman-2024 input[type=date]").fill("2026-01-01")
        use.click()
    page.locator("#uk-housing-ombudsman-2024 summary").first.click()
    page.locator("#uk-housing-ombudsman-2024").scroll_into_view_if_needed()


def sheet_of(name: str) -> Go:
    """A sheet of a case, over its page."""

    def go(page: Page, url: str) -> None:
        found("wedding", "/cases/")(page, url)
        page.locator("summary", has_text="More for this case").or_(page.locator(".drop > summary")).first.click()
        page.locator(f"a[href$='/{name}/']").first.click()
        page.locator("#sheet-body *").first.wait_for()

    return go


def palette(page: Page, url: str) -> None:
    at("/")(page, url)
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("Ros")
    page.locator("#palette [role=option]").first.wait_for()


def customers_page(address: str) -> Go:
    """The case page, by the link in the newest letter to `address`."""

    def go(page: Page, url: str) -> None:
        at(f"/demo/customer/letters/?address={address}")(page, url)
        link = re.search(rf"{re.escape(url)}(/c/[^\s<\"]+)", page.content())
        if link is None:
            raise RuntimeError(f"no letter to {address} names the case page")
        at(link[1])(page, url)

    return go


def why_here(page: Page, url: str) -> None:
    """What a row says of where it stands, over the list."""
    at("/?view=all")(page, url)
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.locator("#sheet .reasons").wait_for()


def handing_over(page: Page, url: str) -> None:
    found("wedding", "/cases/")(page, url)
    page.keyboard.press("h")
    page.locator("#sheet textarea").first.wait_for()


SHOTS = [
    Shot("now", at("/?view=all"), "Ines Calder"),
    Shot("case", found("wedding", "/cases/"), "Delphine Marsh"),
    Shot("writing", writing, "Delphine Marsh"),
    Shot("why", why, "Delphine Marsh"),
    Shot("person", found("Rosalind", "/people/"), "Delphine Marsh"),
    Shot("palette", palette, "Delphine Marsh"),
    Shot("new-case", at("/cases/new/"), "Delphine Marsh"),
    Shot("why-here", why_here, "Ines Calder"),
    Shot("hand-over", handing_over, "Delphine Marsh"),
    Shot("duty", at("/duty/"), "Ines Calder"),
    Shot("alarms", at("/settings/you/alarms/"), "Delphine Marsh"),
    Shot("profile", at("/settings/you/"), "Delphine Marsh"),
    Shot("members", at("/settings/members/"), "Ines Calder"),
    Shot("hours", at("/settings/hours/"), "Ines Calder"),
    Shot("hours-example", example, "Ines Calder"),
    Shot("targets", at("/settings/targets/"), "Ines Calder"),
    Shot("targets-of-one", one_severity, "Ines Calder"),
    Shot("packs", at("/settings/packs/"), "Ines Calder"),
    Shot("pack-in-use", pack_in_use, "Ines Calder"),
    Shot("matter", sheet_of("matter"), "Delphine Marsh"),
    Shot("law", sheet_of("law"), "Delphine Marsh"),
    Shot("mailboxes", at("/settings/mail/"), "Ines Calder"),
    Shot("suggestions", at("/settings/suggestions/"), "Ines Calder"),
    Shot("sign-in", at("/accounts/login/")),
    Shot("door", at("/demo/")),
    Shot("contact", at("/contact/thimble/")),
    Shot("customer", customers_page("hugo.brandt@post.example")),
]
FIRST_DAY = [Shot("welcome", at("/welcome/"))]


if __name__ == "__main__":
    sys.exit(main())
