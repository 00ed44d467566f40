"""What the bot asks of LINE: profile, quota, bot info, loading, content."""

from __future__ import annotations

import io
import ipaddress
import json
import logging
import socket
from dataclasses import replace

import pytest

from bot.adapters.line import addresses, content
from bot.adapters.line.messenger import LineMessenger
from bot.domain.errors import BadInput, GoneForGood, NotAllowed, OutsideWorld
from bot.ports.outside import BotInfo, Quota, Refused, Sent, Unclear
from bot.ports.records import ChatKind

USER = "U" + "2" * 32
GROUP = "C" + "7" * 32
JPEG = b"\xff\xd8\xff\xe0" + b"photo" * 50_000


def said(scripted, value, status=200):
    return scripted(status=status, body=json.dumps(value).encode())


def test_a_profile_gives_the_name(fake_line, messenger, channel, scripted):
    fake_line.answers(said(scripted, {"userId": USER, "displayName": "ธิดา", "newField": 1}))
    assert messenger.profile_name(channel, USER) == "ธิดา"
    assert fake_line.requests[0].path == f"/v2/bot/profile/{USER}"


def test_a_user_id_cannot_lead_to_another_path(fake_line, messenger, channel):
    messenger.profile_name(channel, "../message/quota?x=")
    assert fake_line.requests[0].path == "/v2/bot/profile/..%2Fmessage%2Fquota%3Fx%3D"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
def test_what_is_only_helpful_may_be_refused(fake_line, messenger, channel, scripted, status):
    fake_line.answers(*[said(scripted, {"message": "No"}, status) for _ in range(3)])
    assert messenger.profile_name(channel, USER) is None
    assert messenger.quota(channel) is None
    messenger.show_loading(channel, USER)
    assert len(fake_line.requests) == 3


def test_line_down_is_no_reason_to_raise(channel, closed_port):
    away = LineMessenger(f"http://127.0.0.1:{closed_port()}", "http://127.0.0.1:1")
    assert away.profile_name(channel, USER) is None
    assert away.quota(channel) is None
    away.show_loading(channel, USER)


@pytest.mark.parametrize("kind", [ChatKind.GROUP, ChatKind.ROOM])
def test_a_group_is_left_and_its_id_is_not_logged(fake_line, messenger, channel, kind, caplog):
    with caplog.at_level(logging.INFO):
        assert isinstance(messenger.leave(channel, kind, GROUP), Sent)
    assert (fake_line.requests[0].method, fake_line.requests[0].path) == ("POST", f"/v2/bot/{kind.value}/{GROUP}/leave")
    assert f"/v2/bot/{kind.value}/{{id}}/leave" in caplog.text
    assert GROUP not in caplog.text


@pytest.mark.parametrize(("status", "outcome"), [(404, Refused), (400, Refused), (429, Unclear), (500, Unclear)])
def test_a_group_that_cannot_be_left_is_told_apart_from_one_to_leave_later(
    fake_line, messenger, channel, scripted, status, outcome
):
    fake_line.answers(said(scripted, {"message": "No"}, status))
    assert isinstance(messenger.leave(channel, ChatKind.GROUP, GROUP), outcome)


def test_while_line_is_down_a_group_is_left_later(channel, closed_port):
    away = LineMessenger(f"http://127.0.0.1:{closed_port()}", "http://127.0.0.1:1")
    assert isinstance(away.leave(channel, ChatKind.GROUP, GROUP), Unclear)


def test_loading_is_asked_for_in_steps_of_five_seconds(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(status=202))
    messenger.show_loading(channel, USER)
    body = json.loads(fake_line.requests[0].body)
    assert fake_line.requests[0].path == "/v2/bot/chat/loading/start"
    assert body["chatId"] == USER
    assert body["loadingSeconds"] in range(5, 61, 5)


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ({"type": "limited", "value": 300}, Quota(limit=300, used=12)),
        ({"type": "none"}, Quota(limit=None, used=12)),
    ],
)
def test_quota_is_limit_and_use(fake_line, messenger, channel, scripted, allowed, expected):
    fake_line.answers(said(scripted, allowed), said(scripted, {"totalUsage": 12}))
    assert messenger.quota(channel) == expected


def test_an_odd_answer_about_quota_is_none(fake_line, messenger, channel, scripted):
    fake_line.answers(said(scripted, {"type": "none"}), said(scripted, ["odd"]))
    assert messenger.quota(channel) is None


def test_bot_info_names_the_bot(fake_line, messenger, channel, scripted):
    fake_line.answers(said(scripted, {"userId": USER, "basicId": "@123abcde", "displayName": "บอต"}))
    assert messenger.bot_info(channel) == BotInfo(user_id=USER, basic_id="@123abcde")


def test_a_refused_token_is_told_from_an_absent_line(fake_line, messenger, channel, scripted, closed_port):
    fake_line.answers(said(scripted, {"message": "Authentication failed"}, 401), said(scripted, {}, 403))
    with pytest.raises(NotAllowed, match="Authentication failed"):
        messenger.bot_info(channel)
    with pytest.raises(OutsideWorld):
        messenger.bot_info(channel)
    with pytest.raises(NotAllowed):
        messenger.bot_info(replace(channel, token="ไม่ใช่"))
    with pytest.raises(OutsideWorld):
        LineMessenger(f"http://127.0.0.1:{closed_port()}", "http://127.0.0.1:1").bot_info(channel)


def test_content_is_streamed_with_its_type(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(body=JPEG, headers={"content-type": "image/jpeg; x=y"}))
    into = io.BytesIO()
    assert messenger.fetch_content(channel, "325/../9", None, into, len(JPEG)) == "image/jpeg"
    assert into.getvalue() == JPEG
    assert fake_line.requests[0].path == "/v2/bot/message/325%2F..%2F9/content"
    assert fake_line.requests[0].headers["authorization"] == "Bearer token-of-the-test"


def test_too_much_is_refused_before_reading_when_it_is_announced(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(body=JPEG))
    into = io.BytesIO()
    with pytest.raises(BadInput):
        messenger.fetch_content(channel, "1", None, into, len(JPEG) - 1)
    assert into.getvalue() == b""


def test_too_much_is_refused_when_it_is_not_announced(fake_line, messenger, channel, scripted):
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(JPEG), JPEG)
    fake_line.answers(*[scripted(body=chunked, headers={"transfer-encoding": "chunked"})] * 2)
    whole, cut = io.BytesIO(), io.BytesIO()
    assert messenger.fetch_content(channel, "1", None, whole, len(JPEG)) == "application/json"
    assert whole.getvalue() == JPEG
    with pytest.raises(BadInput):
        messenger.fetch_content(channel, "1", None, cut, len(JPEG) - 1)
    assert len(cut.getvalue()) < len(JPEG)


def test_content_cut_short_is_not_taken_for_whole(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(body=JPEG, announce=len(JPEG) + 1))
    with pytest.raises(OutsideWorld, match="cannot be fetched"):
        messenger.fetch_content(channel, "1", None, io.BytesIO(), 10**7)


@pytest.mark.parametrize("status", [404, 410])
def test_content_that_is_gone_is_gone_for_good(fake_line, messenger, channel, scripted, status):
    fake_line.answers(said(scripted, {"message": "gone"}, status))
    with pytest.raises(GoneForGood):
        messenger.fetch_content(channel, "1", None, io.BytesIO(), 10)


@pytest.mark.parametrize(("status", "waits"), [(202, True), (429, True), (400, False), (401, False), (500, False)])
def test_other_answers_are_tried_again_later(fake_line, messenger, channel, scripted, status, waits):
    fake_line.answers(scripted(status=status))
    with pytest.raises(OutsideWorld) as caught:
        messenger.fetch_content(channel, "1", None, io.BytesIO(), 10)
    assert not isinstance(caught.value, GoneForGood)
    assert (caught.value.retry_after is not None) is waits


def test_a_data_host_that_is_away_is_the_outside_world(messenger, channel, closed_port, fake_line):
    away = LineMessenger(fake_line.base, f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(OutsideWorld):
        away.fetch_content(channel, "1", None, io.BytesIO(), 10)
    with pytest.raises(OutsideWorld):
        messenger.fetch_content(replace(channel, token="ก"), "1", None, io.BytesIO(), 10)


def test_content_elsewhere_is_fetched_without_our_token(fake_line, messenger, channel, scripted):
    fake_line.answers(scripted(body=b"x", headers={"content-type": "image/png"}))
    into = io.BytesIO()
    assert messenger.fetch_content(channel, "1", fake_line.base + "/a.png?s=1", into, 10) == "image/png"
    assert fake_line.requests[0].path == "/a.png?s=1"
    assert "authorization" not in fake_line.requests[0].headers


def test_a_redirect_of_content_is_not_followed(fake_line, messenger, channel, scripted):
    fake_line.answers(*[scripted(status=302, headers={"location": fake_line.base + "/x"})] * 2)
    for url in (None, fake_line.base + "/a.png"):
        with pytest.raises(OutsideWorld):
            messenger.fetch_content(channel, "1", url, io.BytesIO(), 10)
    assert len(fake_line.requests) == 2


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://10.0.0.8/x",
        "https://169.254.169.254/latest/meta-data",
        "https://192.168.1.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://0.0.0.0/",
        "https://2130706433/",
        "http://93.184.216.34/x",
        "ftp://93.184.216.34/x",
        "file:///etc/passwd",
        "https://",
        "https://example.org:99999/",
        "https://[broken/",
        "",
    ],
)
def test_content_never_leads_into_our_own_network(url, fake_line, channel):
    real = LineMessenger("https://api.line.me", fake_line.base)
    with pytest.raises(OutsideWorld):
        real.fetch_content(channel, "1", url, io.BytesIO(), 10)
    assert fake_line.requests == []


def test_a_name_with_one_private_address_is_refused(monkeypatch):
    def resolve(host, port, **kinds):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("93.184.216.34", "10.0.0.1")]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", resolve)
    with pytest.raises(OutsideWorld):
        addresses.public_place("https://example.org/x", allow_loopback=True)


def test_a_public_address_is_the_one_that_was_checked(monkeypatch):
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", ("93.184.216.34", 443))])
    place = addresses.public_place("https://example.org/x?y=1", allow_loopback=False)
    assert (place.ip, place.host, place.target) == ("93.184.216.34", "example.org", "/x?y=1")


@pytest.mark.parametrize(
    "text", ["64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:10.0.0.1", "fe80::1", "fc00::1", "ff02::1"]
)
def test_an_address_inside_an_address_counts(text):
    assert not addresses.is_public(ipaddress.ip_address(text))
    assert addresses.is_public(ipaddress.ip_address("2606:4700::6810:84e5"))


def test_content_that_trickles_is_given_up(fake_line, messenger, channel, scripted, monkeypatch):
    monkeypatch.setattr(content, "LONGEST_SECONDS", -1)
    fake_line.answers(scripted(body=JPEG))
    with pytest.raises(OutsideWorld, match="slowly"):
        messenger.fetch_content(channel, "1", None, io.BytesIO(), 10**7)
