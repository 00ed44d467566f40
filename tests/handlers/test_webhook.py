"""LINE's webhook: nothing is taken unsigned, nothing is stored twice, nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from bot.jobs import CHAT_TURN
from bot.ports.records import DEFAULT_CHANNEL, Channel, ChannelId, ChatKind
from handlers.create_app import create_app

DESTINATION = "U" + "d" * 32
SOMSRI, SOMCHAI = "U" + "1" * 32, "U" + "2" * 32


def event(number: int, user: str = SOMSRI, **more: Any) -> dict[str, Any]:
    """A text message as LINE sends it."""
    return {
        "type": "message",
        "mode": "active",
        "timestamp": 1710383400000 + number,
        "source": {"type": "user", "userId": user},
        "webhookEventId": f"01HRXT8Z6K5J0000000000{number:04d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"{number:032d}",
        "message": {"id": f"{number}", "type": "text", "text": "รายงานผล", "quoteToken": "q", "markAsReadToken": "m"},
        **more,
    }


@pytest.fixture
def stored(sqlite_url: str) -> Any:
    """What the database holds of events."""

    def rows() -> list[Any]:
        engine = create_engine(sqlite_url)
        with engine.connect() as connection:
            found = connection.execute(text("SELECT * FROM events ORDER BY at, received_at, id")).mappings().all()
        engine.dispose()
        return list(found)

    return rows


def test_an_event_is_stored_and_its_chat_woken(rt: Any, http: FlaskClient, deliver_webhook: Any) -> None:
    assert deliver_webhook(http, event(1)).status_code == 200
    with rt.store.read() as uow:
        chat = uow.chats.of_line_user(DEFAULT_CHANNEL, SOMSRI)
        [unread] = uow.chats.unread(chat.id, 10)
    assert unread.payload["message"]["text"] == "รายงานผล"
    assert unread.kind == "message.text"
    assert list(rt.queue.jobs) == [(CHAT_TURN, (chat.id,))]


def test_a_redelivery_and_a_silent_duplicate_are_stored_once(
    http: FlaskClient, deliver_webhook: Any, stored: Any
) -> None:
    again = {**event(1), "deliveryContext": {"isRedelivery": True}}
    for each in (event(1), event(1), again):
        assert deliver_webhook(http, each).status_code == 200
    assert deliver_webhook(http, event(1), event(2), event(2)).status_code == 200
    assert len(stored()) == 2


def test_an_event_without_id_is_stored_once(http: FlaskClient, deliver_webhook: Any, stored: Any) -> None:
    nameless = {name: value for name, value in event(1).items() if name != "webhookEventId"}
    deliver_webhook(http, nameless)
    deliver_webhook(http, {**nameless, "deliveryContext": {"isRedelivery": True}})
    assert len(stored()) == 1


def test_one_body_may_hold_many_people(rt: Any, http: FlaskClient, deliver_webhook: Any) -> None:
    deliver_webhook(http, event(1), event(2, SOMCHAI), event(3))
    with rt.store.read() as uow:
        counts = [len(uow.chats.unread(uow.chats.of_line_user(DEFAULT_CHANNEL, u).id, 9)) for u in (SOMSRI, SOMCHAI)]
    assert counts == [2, 1]
    assert len(rt.queue.jobs) == 2


def test_of_a_group_no_words_are_kept(rt: Any, http: FlaskClient, deliver_webhook: Any, stored: Any) -> None:
    group = event(1, source={"type": "group", "groupId": "C" + "3" * 32, "userId": SOMSRI})
    assert deliver_webhook(http, group).status_code == 200
    [row] = stored()
    assert "รายงานผล" not in str(dict(row))
    assert row["chat_id"] is None
    assert row["read_at"] is not None
    assert not rt.queue.jobs


GROUP = {"type": "group", "groupId": "C" + "3" * 32, "userId": SOMSRI}
SPOKEN = "ความลับของกลุ่ม"
MESSAGES: dict[str, dict[str, Any]] = {
    "text": {"text": SPOKEN},
    "mention": {"type": "text", "text": f"@บอต {SPOKEN}", "mention": {"mentionees": [{"index": 0, "length": 4}]}},
    "image": {"contentProvider": {"type": "external", "originalContentUrl": f"https://{SPOKEN}.example"}},
    "video": {"duration": 1000, "contentProvider": {"type": "line"}, "quoteToken": SPOKEN},
    "audio": {"duration": 1000, "contentProvider": {"type": "line"}},
    "file": {"fileName": f"{SPOKEN}.pdf", "fileSize": 7},
    "location": {"title": SPOKEN, "address": SPOKEN, "latitude": 16.0, "longitude": 102.0},
    "sticker": {"packageId": "1", "stickerId": "2", "keywords": [SPOKEN], "text": SPOKEN},
    "hologram": {"anything": SPOKEN},
}


@pytest.mark.parametrize("event_type", ["message", "messageEdited"])
@pytest.mark.parametrize("kind", MESSAGES)
def test_of_every_kind_of_message_in_a_group_no_words_are_kept(
    http: FlaskClient, deliver_webhook: Any, stored: Any, kind: str, event_type: str
) -> None:
    message = {"id": "m-of-the-group", "type": kind, **MESSAGES[kind]}
    assert deliver_webhook(http, event(1, source=GROUP, type=event_type, message=message)).status_code == 200
    [row] = stored()
    for word in (SPOKEN, "m-of-the-group", SOMSRI, GROUP["groupId"]):
        assert word not in str(dict(row))
    assert row["kind"].startswith(event_type)


def test_a_word_to_the_bot_wakes_the_groups_own_chat(
    rt: Any, http: FlaskClient, deliver_webhook: Any, stored: Any
) -> None:
    said = {"id": "1", "type": "text", "text": "สถานะครับ"}
    deliver_webhook(http, event(1, source=GROUP, message=said), event(2, message=said))
    with rt.store.read() as uow:
        group = uow.chats.of_line_user(DEFAULT_CHANNEL, GROUP["groupId"])
        private = uow.chats.of_line_user(DEFAULT_CHANNEL, SOMSRI)
    assert list(rt.queue.jobs) == [(CHAT_TURN, (group.id,)), (CHAT_TURN, (private.id,))]
    assert (group.kind, private.kind) == (ChatKind.GROUP, ChatKind.PERSON)
    assert [("สถานะครับ" in row["payload"]) for row in stored()] == [False, True]


def test_the_button_in_a_group_leads_to_the_private_chat(rt: Any, http: FlaskClient) -> None:
    answer = http.get("/chat/default")
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://line.me/R/ti/p/%40default")
    assert http.get("/chat/no-such-channel").status_code == 404
    rt.link = None
    assert http.get("/chat/default").status_code == 404


def test_the_verification_call_without_events_is_answered(http: FlaskClient, deliver_webhook: Any) -> None:
    assert deliver_webhook(http).status_code == 200


def test_unknown_kinds_are_noted(http: FlaskClient, deliver_webhook: Any, stored: Any) -> None:
    odd = [
        event(1, type="somethingNew", message=None),
        event(2, message={"id": "2", "type": "hologram"}),
        event(3, source={"type": "user"}),
        {"type": "accountLink", "timestamp": 1710383400000, "webhookEventId": "X" * 26},
        {},
    ]
    assert deliver_webhook(http, *odd).status_code == 200
    assert len(stored()) == len(odd)


@pytest.mark.parametrize("signature", [None, "", "x", "ทดสอบ".encode().decode("latin-1"), "A" * 44])
def test_a_bad_signature_is_refused_and_nothing_stored(http: FlaskClient, stored: Any, signature: str | None) -> None:
    body = json.dumps({"destination": DESTINATION, "events": [event(1)]}).encode()
    headers = {} if signature is None else {"x-line-signature": signature}
    assert http.post("/callback", data=body, headers=headers).status_code == 400
    assert stored() == []


def test_a_body_changed_on_the_way_is_refused(http: FlaskClient, sign: Any, stored: Any) -> None:
    body = json.dumps({"destination": DESTINATION, "events": [event(1)]}).encode()
    assert http.post("/callback", data=body + b" ", headers=sign(body)).status_code == 400
    assert stored() == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'{"events": 1}',
        b'{"destination": "U"}',
        b'{"events": ["x"]}',
        b"\xff\xfe",
        b"{" * 2000,
    ],
)
def test_a_signed_body_that_is_not_lines_is_refused(http: FlaskClient, sign: Any, stored: Any, body: bytes) -> None:
    assert http.post("/callback", data=body, headers=sign(body)).status_code == 400
    assert stored() == []


def test_a_body_over_the_bound_is_refused(http: FlaskClient, sign: Any) -> None:
    body = b'{"destination": "U", "events": []}' + b" " * (2 * 1024 * 1024)
    assert http.post("/callback", data=body, headers=sign(body)).status_code == 400


def test_with_the_database_away_line_is_asked_to_send_again(away_rt: Any, deliver_webhook: Any) -> None:
    answer = deliver_webhook(create_app(away_rt).test_client(), event(1))
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


class FailsOnWriting:
    """A database that can be read but takes nothing."""

    def __init__(self, store: Any) -> None:
        self.read = store.read

    def write(self) -> Any:
        from bot.domain.errors import OutsideWorld

        raise OutsideWorld("disk full")


def test_what_could_not_be_written_is_not_acknowledged(rt: Any, deliver_webhook: Any) -> None:
    rt.store = FailsOnWriting(rt.store)
    assert deliver_webhook(create_app(rt).test_client(), event(1)).status_code == 503
    assert not rt.queue.jobs


# Channels


@pytest.fixture
def second(rt: Any) -> Channel:
    channel = Channel(id=ChannelId("second"), secret="second-secret", token="t", bot_user_id="U" + "e" * 32)
    with rt.store.write() as uow:
        uow.channels.add(channel)
    return channel


def test_a_registered_destination_belongs_to_its_channel(
    http: FlaskClient, second: Channel, deliver_webhook: Any, stored: Any
) -> None:
    answer = deliver_webhook(http, event(1), destination=second.bot_user_id, secret=second.secret)
    assert answer.status_code == 200
    assert [row["channel_id"] for row in stored()] == ["second"]


def test_a_registered_destination_is_not_taken_from_another_signer(
    http: FlaskClient, second: Channel, deliver_webhook: Any, stored: Any
) -> None:
    assert deliver_webhook(http, event(1), destination=second.bot_user_id).status_code == 400
    assert stored() == []


def test_an_unknown_destination_is_tried_against_every_secret(
    http: FlaskClient, second: Channel, deliver_webhook: Any, stored: Any
) -> None:
    assert deliver_webhook(http, event(1), destination="U" + "f" * 32, secret=second.secret).status_code == 200
    assert deliver_webhook(http, event(2), destination="U" + "f" * 32).status_code == 200
    assert deliver_webhook(http, event(3), destination="U" + "f" * 32, secret="nobody's").status_code == 400
    assert [row["channel_id"] for row in stored()] == ["second", "default"]


def test_where_secrets_are_shared_the_default_channel_is_first(
    rt: Any, http: FlaskClient, deliver_webhook: Any, stored: Any
) -> None:
    with rt.store.write() as uow:
        uow.channels.add(Channel(id=ChannelId("a-twin"), secret=rt.default.secret, token="t"))
    deliver_webhook(http, event(1))
    assert [row["channel_id"] for row in stored()] == ["default"]


def test_a_channels_destination_is_learnt_when_first_seen(rt: Any, http: FlaskClient, deliver_webhook: Any) -> None:
    with rt.store.write() as uow:
        uow.channels.add(Channel(id=ChannelId("new"), secret="new-secret", token="t"))
    deliver_webhook(http, destination="U" + "9" * 32, secret="new-secret")
    with rt.store.read() as uow:
        assert uow.channels.get(ChannelId("new")).bot_user_id == "U" + "9" * 32


def test_the_same_person_has_a_chat_in_each_channel(
    rt: Any, http: FlaskClient, second: Channel, deliver_webhook: Any
) -> None:
    deliver_webhook(http, event(1))
    deliver_webhook(http, event(1), destination=second.bot_user_id, secret=second.secret)
    with rt.store.read() as uow:
        chats = [uow.chats.of_line_user(channel, SOMSRI) for channel in (DEFAULT_CHANNEL, second.id)]
        assert [len(uow.chats.unread(chat.id, 9)) for chat in chats] == [1, 1]
