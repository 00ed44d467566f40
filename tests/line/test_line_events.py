"""LINE's events in our words: payloads as LINE sends them, and everything that can be odd about them."""

from __future__ import annotations

import json
import math
import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.events import (
    ButtonTapped,
    Followed,
    LocationReceived,
    MediaKind,
    MediaReceived,
    MessageUnsent,
    OtherHappened,
    StickerReceived,
    TextReceived,
    Unfollowed,
)
from bot.conversation.groups import Ask
from bot.domain.calendar import BANGKOK
from bot.domain.errors import BadInput
from bot.ports.records import ChatKind
from handlers import line_events
from handlers.line_events import split_body, translate

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parents[1] / "data" / "line"
WEBHOOK_SPEC = Path(__file__).parents[2].parent / "shared" / "line-openapi" / "webhook.yml"
ALBUM = "E005D41A7288F41B65593ED38FF6E9834B046AB36A37921A56BC236F13A91855"

# Every payload of tests/data/line with what it becomes; OtherHappened is "knowingly ignored".
BECOMES = {
    "text": (TextReceived, {"text": "รายงานผล", "message_id": "468090140056700001"}),
    "text_with_mention_and_emoji": (TextReceived, {"text": "@บอต ประชุมแล้ว (brown) $ 🙏\nรอบที่ ๑"}),
    "image": (MediaReceived, {"kind": MediaKind.IMAGE, "url": None, "set_id": None, "name": None}),
    "image_of_an_album": (MediaReceived, {"set_id": ALBUM, "set_index": 2, "set_total": 3}),
    "image_of_an_album_without_index": (MediaReceived, {"set_id": ALBUM, "set_index": None, "set_total": None}),
    "image_elsewhere": (MediaReceived, {"url": "https://example.org/original.jpg"}),
    "video": (MediaReceived, {"kind": MediaKind.VIDEO, "message_id": "468090140056700007"}),
    "audio": (MediaReceived, {"kind": MediaKind.AUDIO}),
    "file": (MediaReceived, {"kind": MediaKind.FILE, "name": "รายงานการประชุม ครั้งที่ ๑.pdf", "size": 2138}),
    "location": (LocationReceived, {"latitude": 16.4419, "longitude": 102.836, "title": "ที่ทำการ อบต.บ้านสมมติ"}),
    "location_without_words": (LocationReceived, {"latitude": 16.0, "title": None, "address": None}),
    "sticker": (StickerReceived, {"message_id": "468090140056700012"}),
    "message_of_a_new_type": (OtherHappened, {"kind": "message.poll"}),
    "postback": (ButtonTapped, {"data": "c1:3:status:done", "params": {}}),
    "postback_of_a_date_picker": (ButtonTapped, {"params": {"date": "2025-12-31"}}),
    "postback_of_a_rich_menu_switch": (ButtonTapped, {"params": {"newRichMenuAliasId": "tab-b", "status": "SUCCESS"}}),
    "follow": (Followed, {"returning": False}),
    "follow_again": (Followed, {"returning": True}),
    "unfollow": (Unfollowed, {}),
    "unsend": (MessageUnsent, {"message_id": "468090140056700001"}),
    "message_edited": (OtherHappened, {"kind": "messageEdited.text"}),
    "join": (OtherHappened, {"kind": "join"}),
    "leave": (OtherHappened, {"kind": "leave"}),
    "member_joined": (OtherHappened, {"kind": "memberJoined"}),
    "member_left": (OtherHappened, {"kind": "memberLeft"}),
    "group_text": (OtherHappened, {"kind": "message.text"}),
    "room_text": (OtherHappened, {"kind": "message.text"}),
    "video_play_complete": (OtherHappened, {"kind": "videoPlayComplete"}),
    "beacon": (OtherHappened, {"kind": "beacon"}),
    "account_link": (OtherHappened, {"kind": "accountLink"}),
    "account_link_failed": (OtherHappened, {"kind": "accountLink"}),
    "membership": (OtherHappened, {"kind": "membership"}),
    "module": (OtherHappened, {"kind": "module"}),
    "activated": (OtherHappened, {"kind": "activated"}),
    "deactivated": (OtherHappened, {"kind": "deactivated"}),
    "bot_suspended": (OtherHappened, {"kind": "botSuspended"}),
    "bot_resumed": (OtherHappened, {"kind": "botResumed"}),
    "delivery": (OtherHappened, {"kind": "delivery"}),
    "standby_text": (OtherHappened, {"kind": "standby.message.text"}),
    "console_test_text": (TextReceived, {"text": "Hello, world"}),
}


def payload(name):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def body_of(*events, **more):
    return json.dumps({"destination": "U" + "9" * 32, "events": list(events), **more}).encode()


def test_every_payload_is_in_the_table():
    assert {path.stem for path in DATA.glob("*.json")} == set(BECOMES)


@pytest.mark.parametrize("name", BECOMES)
def test_a_payload_becomes_our_event(name):
    expected, fields = BECOMES[name]
    event = translate(payload(name), event_id="e1", secret="s1")
    assert type(event) is expected
    assert {field: getattr(event, field) for field in fields} == fields
    assert (event.id, event.secret) == ("e1", "s1")
    assert event.at.utcoffset() == BANGKOK.utcoffset(None)


def test_the_time_is_lines_in_bangkok():
    event = translate(payload("text"), event_id="e")
    assert event.at == datetime(2024, 3, 1, 9, 30, 1, tzinfo=BANGKOK)


@pytest.mark.skipif(not WEBHOOK_SPEC.exists(), reason="LINE's OpenAPI description is not here (../shared)")
def test_every_event_and_message_type_of_lines_description_is_in_the_table():
    import yaml

    schemas = yaml.safe_load(WEBHOOK_SPEC.read_text(encoding="utf-8"))["components"]["schemas"]
    payloads = [payload(name) for name in BECOMES]
    assert set(schemas["Event"]["discriminator"]["mapping"]) <= {raw["type"] for raw in payloads}
    messages = {raw["message"]["type"] for raw in payloads if "message" in raw}
    assert set(schemas["MessageContent"]["discriminator"]["mapping"]) <= messages


def test_the_documentation_says_what_becomes_of_every_event():
    rows = (ROOT / "docs" / "line.md").read_text(encoding="utf-8").split("## Every webhook event")[1]
    named = set(re.findall("`([A-Za-z]+)`", rows))
    payloads = [payload(name) for name in BECOMES if name != "message_of_a_new_type"]
    assert {raw["type"] for raw in payloads} <= named
    assert {raw["message"]["type"] for raw in payloads if "message" in raw} <= named


# What every event and message comes to when it happens in a group; all but these is knowingly ignored there.
ASKS_IN_A_GROUP = {"join": Ask.JOINED, "leave": Ask.LEFT}
IN_A_GROUP = sorted(set(BECOMES) - {"standby_text"})


def in_a_group(name, kind="group"):
    who = payload(name).get("source", {}).get("userId")
    source = {"type": kind, f"{kind}Id": "C" + "5" * 32} | ({"userId": who} if who else {})
    return payload(name) | {"source": source}


def words_in(value):
    """Every text that somebody may have written, anywhere in an event."""
    match value:
        case dict():
            return [word for name, each in value.items() if name not in {"type", "mode"} for word in words_in(each)]
        case list():
            return [word for each in value for word in words_in(each)]
        case str():
            return [value]
    return []


@pytest.mark.parametrize("kind", ["group", "room"])
@pytest.mark.parametrize("name", IN_A_GROUP)
def test_of_what_happens_in_a_group_only_id_kind_and_time_are_kept(name, kind):
    raw = in_a_group(name, kind)
    stored = line_events.incoming(raw)
    assert line_events.chat_key(raw) is None
    assert (stored.webhook_event_id, stored.kind) == (raw["webhookEventId"], line_events.kind(raw))
    if name in ASKS_IN_A_GROUP:
        assert (stored.line_user_id, stored.chat_kind) == ("C" + "5" * 32, ChatKind(kind))
        assert stored.raw["asks"] == ASKS_IN_A_GROUP[name]
        assert set(stored.raw) <= {"asks", "from", "replyToken"}
    else:
        assert stored.line_user_id is None
        assert stored.raw == {}
    said = words_in(raw.get("message", {})) + words_in(raw.get("postback", {})) + words_in(raw.get("unsend", {}))
    assert not [word for word in said if word in str(stored.raw)]


def test_every_event_and_message_type_of_lines_description_is_tried_in_a_group():
    """Those of the description are all in BECOMES, as the test above says."""
    known, tried = [payload(name) for name in BECOMES], [in_a_group(name) for name in IN_A_GROUP]
    assert {raw["type"] for raw in tried} == {raw["type"] for raw in known}
    assert {raw["message"]["type"] for raw in tried if "message" in raw} == {
        raw["message"]["type"] for raw in known if "message" in raw
    }


def test_a_word_to_the_bot_keeps_what_answering_needs_and_not_the_text():
    raw = in_a_group("text")
    raw["message"] |= {"text": "สถานะครับ"}
    stored = line_events.incoming(raw)
    assert stored.raw == {"asks": "status", "from": raw["source"]["userId"], "replyToken": raw["replyToken"]}
    assert line_events.incoming(raw | {"type": "messageEdited"}).raw == {}
    assert line_events.incoming(raw | {"mode": "standby"}).raw == {}
    nobody = raw | {"source": {"type": "group", "groupId": "C" + "5" * 32}}
    assert "from" not in line_events.incoming(nobody).raw


@pytest.mark.parametrize(
    "source", [{"type": "group"}, {"type": "group", "groupId": "C" * 101}, {"type": "club"}, "C5", None]
)
def test_a_group_without_an_id_has_no_chat(source):
    raw = payload("join") | {"source": source}
    assert line_events.incoming(raw).line_user_id is None
    assert line_events.incoming(raw).raw == {}


@pytest.mark.parametrize(
    "mention",
    [
        None,
        "x",
        {"mentionees": "x"},
        {"mentionees": ["x", {}]},
        {"mentionees": [{"isSelf": True}]},
        {"mentionees": [{"isSelf": True, "index": -1, "length": 3}]},
        {"mentionees": [{"isSelf": True, "index": 9999, "length": 9999}]},
        {"mentionees": [{"isSelf": False, "index": 0, "length": 5}]},
    ],
)
def test_an_odd_mention_does_not_hide_the_word(mention):
    raw = in_a_group("text")
    raw["message"] |= {"text": "สถานะ", "mention": mention}
    assert line_events.incoming(raw).raw["asks"] == "status"


def test_what_happens_without_a_chat_is_noted_without_payload():
    stored = line_events.incoming(payload("account_link_failed"))
    assert (stored.line_user_id, stored.raw) == (None, {})


def test_a_one_to_one_event_is_kept_as_sent():
    raw = payload("text")
    stored = line_events.incoming(raw)
    assert stored.line_user_id == raw["source"]["userId"]
    assert stored.raw == raw
    assert stored.kind == "message.text"


def test_dummy_and_standby_reply_tokens_are_none():
    assert line_events.reply_token(payload("text")) == "b60d432864f44d079f6d8efe86cf0001"
    assert line_events.reply_token(payload("console_test_text")) is None
    assert line_events.reply_token(payload("text") | {"replyToken": "f" * 32}) is None
    assert line_events.reply_token(payload("text") | {"mode": "standby"}) is None
    assert line_events.reply_token(payload("unfollow")) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"message": None},
        {"message": {"type": "text", "id": "1"}},
        {"message": {"type": "text", "text": 7, "id": "1"}},
        {"message": {"type": "text", "text": "x"}},
        {"message": {"type": "image"}},
        {"message": {"type": ["image"], "id": "1"}},
        {"message": {"type": "location", "id": "1", "latitude": "16", "longitude": 1}},
        {"message": {"type": "location", "id": "1", "latitude": 91, "longitude": 1}},
        {"message": {"type": "location", "id": "1", "latitude": True, "longitude": 1}},
        {"message": {"type": "location", "id": "1", "latitude": math.nan, "longitude": 1}},
        {"message": {"type": "sticker"}},
        {"type": "postback", "postback": {"params": {"date": "2025-01-01"}}},
        {"type": "unsend", "unsend": {}},
        {"type": None},
        {"type": {}},
        {"type": "somethingNew"},
        {"source": None},
        {"source": {"type": "user"}},
        {"source": {"type": "user", "userId": "U" * 101}},
        {"source": "user"},
    ],
)
def test_a_field_missing_or_odd_is_something_else_and_no_error(broken):
    assert isinstance(translate(payload("text") | broken, event_id="e"), OtherHappened)


def test_odd_extras_do_not_cost_the_message():
    raw = payload("image")
    raw["message"] |= {"imageSet": "x", "contentProvider": 3, "fileSize": -1, "fileName": ["x"], "new": {}}
    raw |= {"deliveryContext": None, "mode": "brand-new"}
    event = translate(raw, event_id="e")
    assert isinstance(event, MediaReceived)
    assert (event.set_id, event.url, event.size, event.name) == (None, None, None, None)


def test_without_a_timestamp_the_ulid_tells_the_time():
    raw = payload("text") | {"webhookEventId": "01HQVX8E3K5M7N9P1R3T5V7XAB"}
    for odd in (None, "1709260200000", True, -1, 1e300):
        assert line_events.moment(raw | {"timestamp": odd}).date() == datetime(2024, 3, 1, tzinfo=BANGKOK).date()
    nothing = {"type": "follow", "webhookEventId": "01"}
    assert line_events.moment(nothing).year == 1970


def test_an_event_without_an_id_is_known_again_when_it_is_redelivered():
    raw = payload("text")
    del raw["webhookEventId"]
    again = raw | {"deliveryContext": {"isRedelivery": True}}
    assert line_events.webhook_event_id(raw) == line_events.webhook_event_id(again)
    assert line_events.webhook_event_id(raw) != line_events.webhook_event_id(raw | {"timestamp": 1})
    assert len(line_events.webhook_event_id(raw | {"webhookEventId": "x" * 5000})) < 100


def test_a_body_is_split_into_destination_and_events():
    raw = [payload("text"), payload("group_text")]
    assert split_body(body_of(*raw)) == ("U" + "9" * 32, raw)
    assert split_body(b'{"events":[]}') == ("", [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"destination":"U1"}',
        b'{"events":{}}',
        b'{"events":[1]}',
        b'{"events":[],"destination":5}',
        b'{"events":[{"a":NaN}]}',
        b'{"events":[{"a":1e999}]}',
        b'{"events":[{"a":"\xff"}]}',
        b"\xef\xbb\xbf" + b'{"events":[]}',
        b'{"events":[' + b"[" * 100_000,
        b'{"events":[{"a":' + b"9" * 10_000 + b"}]}",
    ],
)
def test_a_bad_body_is_bad_input(body):
    with pytest.raises(BadInput):
        split_body(body)


def test_characters_that_no_database_takes_are_replaced_and_emoji_stay():
    body = rb'{"events":[{"type":"message","message":{"text":"a\u0000b \ud83d \ud83d\ude00 \u0e01"}}]}'
    _, (raw,) = split_body(body)
    assert raw["message"]["text"] == "a\ufffdb \ufffd 😀 ก"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted(BECOMES)), data=st.data())
def test_translation_never_raises(name, data):
    raw = payload(name)
    where = data.draw(st.sampled_from(sorted(raw)))
    raw[where] = data.draw(json_values)
    if isinstance(raw.get("message"), dict) and raw["message"]:
        raw["message"][data.draw(st.sampled_from(sorted(raw["message"])))] = data.draw(json_values)
    event = translate(raw, event_id="e")
    assert event.id == "e"
    line_events.incoming(raw)
    line_events.reply_token(raw)
