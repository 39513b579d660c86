"""A browser is allowed to show alarms, and shows each one (SL4): all but the push service between is real."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import expect

from tests.peers.desk import Desk
from tests.stories.seats import Seat

POINT = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
SERVICE = """
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async function (options) {
    const registration = await navigator.serviceWorker.getRegistration("/static/ui/");
    if (!registration?.active) throw new DOMException("no active Service Worker", "AbortError");
    if (new Uint8Array(options.applicationServerKey).length !== 65) throw new DOMException("no key");
    return { toJSON: () => (%s) };
};
"""
SHOWN = """async () => (await (await navigator.serviceWorker.getRegistration("/static/ui/")).getNotifications())
    .map((one) => [one.title, one.renotify])"""


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_whoever_allows_a_browser_sees_alarms_in_it_from_the_first_press_on(
    seat: Callable[[str], Seat], desk: Desk
) -> None:
    here = seat("delphine")
    here.page.context.grant_permissions(["notifications"], origin=desk.url)
    keys = {"p256dh": text(POINT), "auth": text(b"0123456789abcdef")}
    address = {"endpoint": "https://push.example/a/browser", "keys": keys}
    here.page.add_init_script(SERVICE % json.dumps(address))
    page = here.go("/settings/you/alarms/")
    page.get_by_role("button", name="Allow this browser").click()
    expect(page.get_by_role("button", name="Take out")).to_be_visible()
    devtools = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    for _frame in range(600):  # the browser tells of its workers in its own time
        if found:
            break
        page.evaluate("() => new Promise(requestAnimationFrame)")
    told = {"title": "A-1 A promise was broken.", "body": "", "url": f"{desk.url}/cases/1/"}
    for _time in range(2):
        pushed = {"origin": desk.url, "registrationId": found[0]["registrationId"], "data": json.dumps(told)}
        devtools.send("ServiceWorker.deliverPushMessage", pushed)
    page.wait_for_function(f"async () => (await ({SHOWN})()).length > 0")
    assert page.evaluate(SHOWN) == [["A-1 A promise was broken.", True]], "one about a case, and each is heard"
