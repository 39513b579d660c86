"""What an endpoint answers, in good days and bad: plain text, or one sentence for whoever asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from amends.channels import completions, outside_calls
from amends.channels.completions import Endpoint, complete
from amends.channels.message import ChannelError
from tests.peers import completions as peer
from tests.peers.completions import Model, Reply, completion, error, raw

pytestmark = pytest.mark.server

HELLO = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "Hello"}]
PAGE = b"<!doctype html><title>Welcome</title><script>alert(1)</script>"


@pytest.fixture
def model(settings: Settings) -> Iterator[Model]:
    settings.CONNECTOR_HOSTS = ["127.0.0.1"]
    with peer.running() as running:
        yield running


def endpoint(model: Model, *, key: str = "") -> Endpoint:
    return Endpoint("Cellar", model.url, "tiny-1", key)


def refused(model: Model, reply: Reply) -> ChannelError:
    model.replies.append(reply)
    with pytest.raises(ChannelError) as caught:
        complete(endpoint(model), HELLO)
    return caught.value


def test_it_is_asked_as_its_reference_says_and_nothing_more(model: Model) -> None:
    model.key = "sk-x7"
    assert complete(endpoint(model, key="sk-x7"), HELLO) == "Thank you for telling us."
    ((path, headers, body),) = model.asked
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == "Bearer sk-x7" and headers["content-type"] == "application/json"
    assert body == {"model": "tiny-1", "messages": HELLO, "stream": False}


def test_one_without_a_key_is_sent_none(model: Model) -> None:
    complete(endpoint(model), HELLO)
    assert "authorization" not in model.asked[0][1]


@pytest.mark.parametrize(
    ("reply", "code", "says"),
    [
        (error(401, "invalid_request_error", "invalid_api_key"), "key", "does not accept the key"),
        (error(403, "forbidden"), "refused", "does not let this desk in"),
        (error(404, "invalid_request_error", "model_not_found"), "model", "no model “tiny-1”"),
        (error(429, "requests", "rate_limit_exceeded"), "busy", "asked too much"),
        (error(429, "insufficient_quota", "insufficient_quota"), "quota", "used up"),
        (error(400, "invalid_request_error", "context_length_exceeded"), "long", "too long"),
        (error(400, "invalid_request_error", None, "Unsupported: 'x'."), "refused", "It says: “Unsupported: 'x'.”"),
        (raw(400, b'{"error": "model is loading"}'), "refused", "“model is loading”"),
        (raw(422, b"[]"), "refused", "would not answer (422)"),
        (error(500, "server_error"), "later", "out of order"),
        (raw(502, PAGE, "text/html"), "later", "out of order just now (502)"),
        (raw(302, b"", Location="http://127.0.0.1/other"), "moved", "leads elsewhere"),
        (raw(200, PAGE, "text/html"), "strange", "no chat completion"),
        (raw(200, b'{"choices": [{"message": {"content": "He'), "strange", "no chat completion"),
        (raw(200, b"[" * 100_000), "strange", "no chat completion"),
        (raw(200, b'{"choices": []}'), "strange", "no chat completion"),
        (raw(200, b'{"choices": [{"message": "Hello"}]}'), "strange", "no chat completion"),
        (raw(200, b'{"choices": {"0": 1}}'), "strange", "no chat completion"),
        (raw(200, b"\xff\xfe\x00"), "strange", "no chat completion"),
        (completion(None), "nothing", "nothing to say"),
        (completion(" \n"), "nothing", "nothing to say"),
        (completion("I cannot.", refusal="I cannot."), "nothing", "nothing to say"),
        (completion("…", finish_reason="content_filter"), "nothing", "nothing to say"),
        (completion("Dear " * 5_000), "large", "far more than a letter"),
        (completion("x" * 300_000), "large", "far more than a letter"),
    ],
)
def test_what_goes_wrong_is_one_sentence_that_names_it(model: Model, reply: Reply, code: str, says: str) -> None:
    found = refused(model, reply)
    assert found.code == code
    assert says in str(found) and "Cellar" in str(found)
    assert "<script" not in str(found)
    assert len(model.asked) == 1, "it is asked once, whatever it says"


def test_one_that_says_nothing_is_not_waited_for(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completions, "SECONDS", 0.2)
    found = refused(model, model.silence)
    assert found.code == "slow" and "not answered in time" in str(found)


def test_it_has_half_a_minute_and_room_for_more_than_a_letter(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[str, object] = {}
    ask = outside_calls.ask

    def noted(*given: Any, **named: Any) -> outside_calls.Answer:
        limits.update(named)
        return ask(*given, **named)

    monkeypatch.setattr(outside_calls, "ask", noted)
    complete(endpoint(model), HELLO)
    assert (limits["seconds"], limits["most"]) == (30.0, 256 * 1024)


def test_nobody_there_is_said_so(model: Model) -> None:
    with pytest.raises(ChannelError, match=r"Cellar cannot be reached"):
        complete(Endpoint("Cellar", "http://127.0.0.1:1/v1", "tiny-1"), HELLO)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/v1",
        "https://[::1]/v1",
        "https://169.254.169.254/v1",
        "http://10.0.0.1/v1",
        "ftp://a/",
        "https://[x/",
    ],
)
def test_our_own_network_is_closed_unless_its_host_was_named(model: Model, settings: Settings, url: str) -> None:
    """S10: nothing leaves, whatever an admin writes; only the settings of the machine open a host."""
    settings.CONNECTOR_HOSTS = []
    settings.HOOK_HOSTS = ["127.0.0.1"]
    for address in (url, model.url):
        with pytest.raises(ChannelError) as caught:
            complete(Endpoint("Cellar", address, "tiny-1", "sk-x7"), HELLO)
        assert caught.value.code == "settings" and caught.value.permanent
    assert not model.asked


def test_what_it_thought_before_is_left_out_and_what_was_cut_off_is_a_gap(model: Model) -> None:
    model.replies = [
        completion("<think>Hm.\nA letter.</think>\n\nDear Ann,"),
        completion("Dear", finish_reason="length"),
    ]
    assert complete(endpoint(model), HELLO) == "Dear Ann,"
    assert complete(endpoint(model), HELLO) == "Dear …"


def test_what_it_says_can_be_stored_and_shown(model: Model) -> None:
    model.replies = [
        raw(200, json.dumps({"choices": [{"message": {"content": "a\0b\r\nc\ud800\u202e\x1b[31m"}}]}).encode())
    ]
    assert complete(endpoint(model), HELLO) == "ab\nc?[31m"


def test_only_some_are_asked_at_once_so_that_pages_are_answered(model: Model) -> None:
    began = [threading.Event() for _ in range(completions.AT_ONCE)]

    def waits(number: int) -> Reply:
        def reply(handler: object) -> None:
            began[number].set()
            model.released.wait(20)
            completion("At last.")(handler)  # type: ignore[arg-type]

        return reply

    model.replies = [waits(number) for number in range(completions.AT_ONCE)]
    said: list[str] = []
    asking = [
        threading.Thread(target=lambda: said.append(complete(endpoint(model), HELLO)))
        for _ in range(completions.AT_ONCE)
    ]
    for one in asking:
        one.start()
    assert all(one.wait(10) for one in began)
    with pytest.raises(ChannelError, match=r"is writing for others here"):
        complete(endpoint(model), HELLO)
    model.released.set()
    for one in asking:
        one.join()
    assert said == ["At last."] * completions.AT_ONCE
    assert complete(endpoint(model), HELLO) == "Thank you for telling us."


def test_a_key_is_in_no_trace() -> None:
    assert "sk-x7" not in repr(Endpoint("Cellar", "https://example.com", "tiny-1", "sk-x7"))
