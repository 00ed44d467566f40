"""Replies and pushes: what goes out, and what LINE's answers mean."""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.adapters.line import clients
from bot.adapters.line.messenger import LineMessenger
from bot.ports.outside import Refused, Sent, Unclear

KEY = "123e4567-e89b-12d3-a456-426614174000"
HELLO = [{"type": "text", "text": "สวัสดีค่ะ"}]
TO = "U" + "1" * 32
FLEX = {
    "type": "flex",
    "altText": "รายงานผล",
    "contents": {
        "type": "bubble",
        "body": {
            "type": "box",
            "layout": "vertical",
            "contents": [{"type": "text", "text": "๓ จาก ๔", "wrap": True, "flex": 0}],
        },
    },
    "quickReply": {"items": [{"type": "action", "action": {"type": "message", "label": "ใช่", "text": "ใช่"}}]},
}


def error(status, message, scripted, details=(), **more):
    return scripted(status=status, body=json.dumps({"message": message, "details": list(details)}).encode(), **more)


def test_a_reply_carries_token_messages_and_authorization(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(headers={"x-line-request-id": "r-1"}))
    assert messenger.reply(channel, "rt", [*HELLO, FLEX]) == Sent(request_id="r-1")
    (request,) = fake_line.requests
    assert (request.method, request.path) == ("POST", "/v2/bot/message/reply")
    assert json.loads(request.body) == {"replyToken": "rt", "messages": [*HELLO, FLEX]}
    assert request.headers["authorization"] == "Bearer token-of-the-test"
    assert "x-line-retry-key" not in request.headers


def test_a_push_carries_its_retry_key(fake_line, messenger, channel):
    assert messenger.push(channel, TO, HELLO, KEY) == Sent()
    (request,) = fake_line.requests
    assert request.path == "/v2/bot/message/push"
    assert json.loads(request.body) == {"to": TO, "messages": HELLO}
    assert request.headers["x-line-retry-key"] == KEY


def test_a_multicast_carries_its_recipients_and_its_key(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(status=409, headers={"x-line-accepted-request-id": "r-0"}))
    assert messenger.multicast(channel, (TO, TO[:-1] + "9"), HELLO, KEY) == Sent(request_id="r-0")
    (request,) = fake_line.requests
    assert request.path == "/v2/bot/message/multicast"
    assert json.loads(request.body) == {"to": [TO, TO[:-1] + "9"], "messages": HELLO}
    assert request.headers["x-line-retry-key"] == KEY


@pytest.mark.parametrize(
    "message",
    [
        {"type": "text", "text": "x", "newField": 1},
        {"type": "hologram", "url": "https://example.org/x"},
        {"type": "flex", "altText": "x", "contents": {"type": "bubble", "body": {"type": "cube"}}},
        {"type": "text"},
        {"no": "type"},
        {"type": "text", "text": "x", "quickReply": {"items": [{"type": "action"}] * 14}},
    ],
)
def test_what_the_sdk_would_lose_or_refuse_goes_out_whole(fake_line, messenger, channel, message):
    messenger.push(channel, TO, [message], KEY)
    assert json.loads(fake_line.requests[0].body)["messages"] == [message]


def test_what_is_no_json_is_refused_without_a_call(fake_line, messenger, channel):
    said = messenger.push(channel, TO, [{"type": "text", "text": datetime(2025, 1, 1, tzinfo=UTC)}], KEY)
    assert isinstance(said, Refused)
    assert said.status == 0
    assert fake_line.requests == []


def test_a_token_that_no_header_can_carry_is_refused_without_a_call(fake_line, messenger, channel):
    for token in ("โทเค็น", "a\nb"):
        said = messenger.reply(replace(channel, token=token), "rt", HELLO)
        assert isinstance(said, Refused)
    assert fake_line.requests == []


def test_an_answer_that_the_sdk_cannot_read_is_still_sent(fake_line, messenger, channel, scripted):
    for body in (b"not json", b"[1]", b'{"sentMessages": "new shape"}', b""):
        fake_line.answers(scripted(body=body))
        assert messenger.push(channel, TO, HELLO, KEY) == Sent()


def test_409_on_a_push_means_that_it_was_sent(fake_line, messenger, channel, scripted):
    fake_line.answers(
        error(
            409,
            "The retry key is already accepted",
            scripted,
            headers={"x-line-request-id": "later", "x-line-accepted-request-id": "first"},
        )
    )
    assert messenger.push(channel, TO, HELLO, KEY) == Sent(request_id="first")


def test_409_on_a_reply_is_a_refusal(fake_line, messenger, channel, scripted):
    fake_line.answers(error(409, "Conflict", scripted))
    assert isinstance(messenger.reply(channel, "rt", HELLO), Refused)


def test_an_invalid_reply_token_is_known(fake_line, messenger, channel, scripted):
    fake_line.answers(error(400, "Invalid reply token", scripted, headers={"x-line-request-id": "r"}))
    assert messenger.reply(channel, "rt", HELLO) == Refused(
        words="Invalid reply token", status=400, request_id="r", invalid_reply_token=True
    )


def test_refusals_keep_lines_words_and_details(fake_line, messenger, channel, scripted):
    detail = {"message": "May not be empty", "property": "messages[0].text"}
    fake_line.answers(error(400, "The request body has 1 error(s)", scripted, [detail]))
    said = messenger.push(channel, TO, HELLO, KEY)
    assert said == Refused(
        words="The request body has 1 error(s); May not be empty (messages[0].text)", status=400, request_id=None
    )


@pytest.mark.parametrize("status", [401, 403, 404, 413, 415])
def test_other_refusals_are_final(fake_line, messenger, channel, scripted, status):
    fake_line.answers(error(status, "No", scripted))
    assert messenger.push(channel, TO, HELLO, KEY) == Refused(words="No", status=status)


def test_a_used_up_month_is_final_and_named(fake_line, messenger, channel, scripted):
    fake_line.answers(error(429, "You have reached your monthly limit.", scripted))
    said = messenger.push(channel, TO, HELLO, KEY)
    assert said == Refused(words="You have reached your monthly limit.", status=429, quota=True)


@pytest.mark.parametrize(
    "words", ["The API rate limit has been exceeded. Try again later.", "Too many concurrent requests"]
)
def test_too_many_calls_were_not_taken(fake_line, messenger, channel, scripted, words):
    fake_line.answers(error(429, words, scripted))
    assert messenger.push(channel, TO, HELLO, KEY) == Unclear(words=words, maybe_taken=False, status=429)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_trouble_at_line_may_have_been_taken(fake_line, messenger, channel, scripted, status):
    fake_line.answers(scripted(status=status, body=b"<html>"))
    assert messenger.reply(channel, "rt", HELLO) == Unclear(words=f"HTTP {status}", maybe_taken=True, status=status)
    assert len(fake_line.requests) == 1


def test_an_error_in_no_known_encoding_does_not_raise(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(status=502, body=b"\xff\xfe"))
    said = messenger.push(channel, TO, HELLO, KEY)
    assert isinstance(said, Unclear)
    assert said.maybe_taken


def test_a_redirect_is_not_followed(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(status=302, headers={"location": fake_line.base + "/elsewhere"}))
    assert isinstance(messenger.push(channel, TO, HELLO, KEY), Refused)
    assert len(fake_line.requests) == 1


def test_nobody_listening_was_not_taken(channel, closed_port):
    messenger = LineMessenger(f"http://127.0.0.1:{closed_port()}", "http://127.0.0.1:1")
    for said in (messenger.reply(channel, "rt", HELLO), messenger.push(channel, TO, HELLO, KEY)):
        assert isinstance(said, Unclear)
        assert not said.maybe_taken


def test_an_unknown_host_was_not_taken(channel):
    messenger = LineMessenger("http://no-such-host.invalid", "http://no-such-host.invalid")
    said = messenger.push(channel, TO, HELLO, KEY)
    assert isinstance(said, Unclear)
    assert not said.maybe_taken


def test_a_connection_lost_after_the_request_may_have_been_taken_and_is_not_repeated(
    fake_line, messenger, channel, scripted
):
    fake_line.answers(scripted(drop=True))
    said = messenger.reply(channel, "rt", HELLO)
    assert isinstance(said, Unclear)
    assert said.maybe_taken
    assert len(fake_line.requests) == 1


def test_a_slow_line_is_given_up_and_may_have_taken_it(fake_line, messenger, channel, scripted, monkeypatch):
    monkeypatch.setattr(clients, "READ_SECONDS", 0.05)
    fake_line.answers(scripted(hold=True))
    said = messenger.reply(channel, "rt", HELLO)
    assert isinstance(said, Unclear)
    assert said.maybe_taken
    assert len(fake_line.requests) == 1


def test_a_slow_call_does_not_hold_up_others_and_connections_are_used_again(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(hold=True))
    slow = threading.Thread(target=messenger.push, args=(channel, TO, HELLO, KEY))
    slow.start()
    assert fake_line.arrived.wait(30)
    for _ in range(20):
        assert messenger.push(channel, TO, HELLO, KEY) == Sent()
    assert fake_line.connections == 2
    fake_line.let_go.set()
    slow.join()


def test_many_threads_share_one_client(fake_line, messenger, channel):
    said: list[object] = []
    threads = [threading.Thread(target=lambda: said.append(messenger.push(channel, TO, HELLO, KEY))) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [Sent()] * 40


def test_a_new_token_is_used_at_once(fake_line, messenger, channel):
    messenger.push(channel, TO, HELLO, KEY)
    messenger.push(replace(channel, token="renewed"), TO, HELLO, KEY)
    assert [r.headers["authorization"] for r in fake_line.requests] == ["Bearer token-of-the-test", "Bearer renewed"]


def test_a_forked_child_makes_connections_of_its_own(fake_line, messenger, channel):
    messenger.push(channel, TO, HELLO, KEY)
    line_clients = messenger._clients
    before = line_clients._client(channel)
    line_clients._process = os.getpid() + 1  # as it looks from a child
    assert line_clients._client(channel) is not before
    before.rest_client.pool_manager.clear()
    messenger.after_fork()
    assert messenger.push(channel, TO, HELLO, KEY) == Sent()


def test_neither_tokens_nor_texts_are_logged(fake_line, messenger, channel, scripted, caplog):
    fake_line.answers(scripted(headers={"x-line-request-id": "r-9"}), scripted(drop=True))
    with caplog.at_level(logging.DEBUG):
        messenger.push(channel, TO, HELLO, KEY)
        messenger.reply(channel, "reply-token-x", HELLO)
        messenger.profile_name(channel, TO)
    assert "status=200 request_id=r-9" in caplog.text
    assert "line_no_answer" in caplog.text
    for secret in ("token-of-the-test", "reply-token-x", "สวัสดี", TO):
        assert secret not in caplog.text
