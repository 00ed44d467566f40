"""Events go out signed, in order and in LINE's shape; failed ones come again when so set."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.simulator.harness import Line, platform, text


def test_every_body_is_signed_over_its_raw_bytes(line: Line) -> None:
    line.client.send_text(line.person(), "สวัสดี 🙂")
    line.settled_events()
    assert line.bot.signed == [True, True]


def test_an_event_has_lines_shape(line: Line) -> None:
    person = line.person()
    line.client.send_text(person, "สวัสดี")
    event = line.settled_events()[-1]
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", event["webhookEventId"])
    assert event["source"] == {"type": "user", "userId": person}
    assert (event["mode"], event["deliveryContext"]) == ("active", {"isRedelivery": False})
    assert set(event["message"]) == {"id", "type", "text", "quoteToken", "markAsReadToken"}
    assert re.fullmatch("U[0-9a-f]{32}", line.bot.bodies[-1]["destination"])


def test_the_sdk_reads_every_event(line: Line) -> None:
    from linebot.v3.models import UnknownEvent
    from linebot.v3.webhooks import Event

    person = line.person()
    line.client.send_text(person, "ก")
    line.client.send_sticker(person)
    line.client.send_location(person, 16.4, 102.8, "ศาลา", "หมู่ ๔")
    line.client.send_files(person, [("a.png", b"\x89PNG\r\n\x1a\n1"), ("b.png", b"\x89PNG\r\n\x1a\n2")])
    line.client.send_files(person, [("a.pdf", b"%PDF"), ("a.mp4", b"v"), ("a.m4a", b"a")])
    line.client.postback(person, "x=1", {"date": "2026-04-10"})
    line.client.unsend(person, line.client.chat(person)[1].id)
    line.client.block(person)
    line.client.unblock(person)
    events = line.settled_events()
    kinds = [event["type"] + event.get("message", {}).get("type", "") for event in events]
    assert kinds == [
        "follow",
        *("message" + kind for kind in ("text", "sticker", "location", "image", "image", "file", "video", "audio")),
        "postback",
        "unsend",
        "unfollow",
        "follow",
    ]
    parsed = [Event.from_dict(event) for event in events]
    assert not [event for event in parsed if isinstance(event, UnknownEvent)]
    assert [event.follow.is_unblocked for event in (parsed[0], parsed[-1])] == [False, True]


def test_unfollow_and_unsend_carry_no_reply_token(line: Line) -> None:
    person = line.person()
    sent = line.client.send_text(person, "ก")
    line.client.unsend(person, sent["id"])
    line.client.block(person)
    events = {event["type"]: event for event in line.settled_events()}
    assert [name for name, event in events.items() if "replyToken" in event] == ["follow", "message"]
    assert events["unsend"]["unsend"] == {"messageId": sent["id"]}


def test_photos_sent_together_are_a_set_of_one_event_each(line: Line) -> None:
    person = line.person()
    line.client.send_files(person, [(f"{n}.png", b"\x89PNG\r\n\x1a\n" + bytes([n])) for n in range(3)])
    sets = [event["message"]["imageSet"] for event in line.settled_events()[1:]]
    assert len({each["id"] for each in sets}) == 1
    assert [(each["index"], each["total"]) for each in sets] == [(1, 3), (2, 3), (3, 3)]
    line.client.send_files(person, [("one.png", b"\x89PNG\r\n\x1a\n")])
    assert "imageSet" not in line.settled_events()[-1]["message"]


def test_events_of_one_action_can_share_a_body(line: Line) -> None:
    person = line.person()
    line.client.settings(bundle_events=True)
    line.client.send_files(person, [("a.png", b"\x89PNG\r\n\x1a\n"), ("b.png", b"\x89PNG\r\n\x1a\n")])
    line.settled_events()
    assert [len(body["events"]) for body in line.bot.bodies] == [1, 2]


def test_a_persons_events_arrive_in_order(line: Line) -> None:
    person = line.person()
    for number in range(20):
        line.client.send_text(person, str(number))
    said = [event["message"]["text"] for event in line.settled_events()[1:]]
    assert said == [str(number) for number in range(20)]


def test_a_failed_webhook_is_lost_unless_redelivery_is_on(line: Line) -> None:
    line.bot.status = 500
    line.person()
    line.settled_events()
    assert line.client.redeliver() == 0
    assert line.client.webhooks()["statistics"] == {"sent": 1, "error_status_code": 1}


def test_a_redelivered_event_is_the_same_but_for_its_mark_and_can_be_answered() -> None:
    with platform(redelivery=True, redelivery_waits=(3600.0,)) as line:
        line.bot.status = 503
        person = line.person()
        _wait_for(line, 1)
        line.bot.status = 200
        assert line.client.redeliver() == 1
        first, again = line.settled_events()
        assert again == {**first, "deliveryContext": {"isRedelivery": True}}
        assert line.reply(again["replyToken"], text("ตอบช้า")).status == 200
        assert line.client.chat(person)[-1].text == "ตอบช้า"


def test_a_redelivered_token_is_dead_20_minutes_after_its_event() -> None:
    moment = [datetime(2026, 4, 1, tzinfo=UTC)]
    with platform(redelivery=True, redelivery_waits=(3600.0,) * 2, now=lambda: moment[0]) as line:
        line.bot.status = 503
        line.person()
        token = _wait_for(line, 1)[0]["replyToken"]
        moment[0] += timedelta(minutes=19)
        assert line.reply(token, text()).json == {"message": "Invalid reply token"}
        line.client.redeliver()
        _wait_for(line, 2)
        assert line.reply(token, {"type": "text"}).json["message"] == "The request body has 1 error(s)"
        moment[0] += timedelta(minutes=2)
        line.bot.status = 200
        line.client.redeliver()
        line.settled_events()
        assert line.reply(token, text()).json == {"message": "Invalid reply token"}


def test_redelivery_comes_by_itself_and_gives_up() -> None:
    with platform(redelivery=True, redelivery_waits=(0.01, 0.01)) as line:
        line.bot.status = 500
        line.person()
        marks = [event["deliveryContext"]["isRedelivery"] for event in _wait_for(line, 3)]
        assert marks == [False, True, True]
        assert len(line.settled_events()) == 3


def test_duplicates_come_without_a_mark(line: Line) -> None:
    line.client.settings(duplicates=True)
    line.person()
    first, again = line.settled_events()
    assert first == again


def test_a_bot_that_is_not_there_is_a_connection_that_failed() -> None:
    with platform(webhook_url="http://127.0.0.1:9/callback") as line:
        line.person()
        assert line.client.webhooks(wait=20)["statistics"] == {"sent": 1, "could_not_connect": 1}


def test_the_webhook_can_be_tested_and_moved(line: Line) -> None:
    tested = line.api("POST", "/v2/bot/channel/webhook/test", {}).json
    assert (tested["success"], tested["reason"], tested["statusCode"]) == (True, "OK", 200)
    assert line.bot.bodies == [{"destination": "U" + "b0" * 16, "events": []}]
    line.bot.status = 500
    assert line.api("POST", "/v2/bot/channel/webhook/test", {}).json["reason"] == "ERROR_STATUS_CODE"
    moved = {"endpoint": "https://example.com/hook"}
    assert line.api("PUT", "/v2/bot/channel/webhook/endpoint", moved).status == 200
    assert line.api("GET", "/v2/bot/channel/webhook/endpoint").json == {**moved, "active": True}
    assert line.api("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": "ftp://x"}).status == 400


def test_the_log_shows_both_directions_and_refusals_in_lines_words(line: Line) -> None:
    person = line.person()
    line.settled_events()
    line.push(person, {"type": "text"})
    webhook, call = line.client.log()
    assert (webhook["direction"], webhook["reason"]) == ("webhook", "ok")
    assert webhook["request"]["events"][0]["type"] == "follow"
    assert (call["direction"], call["status"], call["path"]) == ("api", 400, "/v2/bot/message/push")
    assert call["response"]["details"] == [{"message": "May not be empty", "property": "messages[0].text"}]


def _wait_for(line: Line, count: int) -> list[dict[str, Any]]:
    """Follow the log until so many webhooks were answered."""
    seen = 0
    while len(line.client.log(direction="webhook")) < count:
        seen = line.client.feed(after=seen, wait=20)["seq"]
    return line.bot.events
