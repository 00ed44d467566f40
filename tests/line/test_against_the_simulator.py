"""The adapter and the simulated platform, each held to what it says of LINE."""

from __future__ import annotations

import io
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.adapters.line.messenger import LineMessenger
from bot.conversation.events import (
    Event,
    Followed,
    LocationReceived,
    MediaReceived,
    MessageUnsent,
    StickerReceived,
    TextReceived,
    Unfollowed,
)
from bot.domain.errors import GoneForGood, NotAllowed, OutsideWorld
from bot.ports.outside import Refused, Sent, Unclear
from bot.ports.records import Channel, ChannelId
from bot.simulator.client import SimulatorClient
from bot.simulator.config import SimulatorConfig
from bot.simulator.serve import running
from handlers.line_events import reply_token, split_body, translate
from handlers.signatures import verify

CHANNEL = Channel(id=ChannelId("sim"), secret="a-secret-of-the-test", token="a-token-of-the-test")
HELLO = [{"type": "text", "text": "สวัสดีค่ะ"}]
PUSH = "/v2/bot/message/push"


@dataclass
class Played:
    """A simulator, a person who has added the bot, and what came to the webhook."""

    client: SimulatorClient
    messenger: LineMessenger
    raws: list[dict[str, Any]] = field(default_factory=list)
    signed: list[bool] = field(default_factory=list)
    person: str = ""

    def heard(self) -> list[Event]:
        """Our events, once every webhook has been answered."""
        assert self.client.webhooks(wait=30)["idle"]
        return [translate(raw, event_id=str(count)) for count, raw in enumerate(self.raws)]

    def token(self) -> str:
        """A fresh reply token."""
        self.client.send_text(self.person, "สวัสดี")
        assert isinstance(self.heard()[-1], TextReceived)
        token = reply_token(self.raws[-1])
        assert token is not None
        return token

    def shown(self) -> list[str]:
        """The texts that the bot has said."""
        return [each.text for each in self.client.chat(self.person) if each.by == "bot"]


def _webhook(raws: list[dict[str, Any]], signed: list[bool]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            signed.append(verify(CHANNEL.secret, body, self.headers["x-line-signature"]))
            raws.extend(split_body(body)[1])
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def played() -> Iterator[Played]:
    raws: list[dict[str, Any]] = []
    signed: list[bool] = []
    webhook = _webhook(raws, signed)
    thread = threading.Thread(target=webhook.serve_forever, args=(0.01,))
    thread.start()
    config = SimulatorConfig(
        webhook_url=f"http://127.0.0.1:{webhook.server_port}/callback",
        channel_secret=CHANNEL.secret,
        channel_access_token=CHANNEL.token,
        port=0,
        webhook_timeout=30.0,
    )
    with running(config) as server:
        messenger = LineMessenger(server.url, server.url)
        client = SimulatorClient(server.url)
        person = str(client.create_person("สมหญิง")["user_id"])
        yield Played(client=client, messenger=messenger, raws=raws, signed=signed, person=person)
        messenger.close()
    webhook.shutdown()
    webhook.server_close()
    thread.join()


def test_what_people_do_arrives_signed_and_in_our_words(played):
    played.client.send_text(played.person, "รายงานผล")
    played.client.send_sticker(played.person)
    played.client.send_location(played.person, 16.44, 102.83, "ที่ทำการ")
    text = next(event for event in played.heard() if isinstance(event, TextReceived))
    played.client.unsend(played.person, text.message_id)
    played.client.block(played.person)
    played.client.unblock(played.person)
    events = played.heard()
    kinds = [Followed, TextReceived, StickerReceived, LocationReceived, MessageUnsent, Unfollowed, Followed]
    assert Counter(map(type, events)) == Counter(kinds)  # LINE promises no order
    assert text.text == "รายงานผล"
    assert [event.message_id for event in events if isinstance(event, MessageUnsent)] == [text.message_id]
    assert sorted(event.returning for event in events if isinstance(event, Followed)) == [False, True]
    assert all(played.signed)


def test_a_reply_is_shown_once_and_its_token_is_spent(played):
    token = played.token()
    assert isinstance(played.messenger.reply(CHANNEL, token, HELLO), Sent)
    again = played.messenger.reply(CHANNEL, token, HELLO)
    assert isinstance(again, Refused)
    assert again.invalid_reply_token
    assert played.shown() == ["สวัสดีค่ะ"]


def test_a_push_whose_answer_was_lost_is_repeated_and_shown_once(played):
    played.client.add_fault("lost_answer", PUSH, calls=1)
    key = str(uuid.uuid4())
    first = played.messenger.push(CHANNEL, played.person, HELLO, key)
    assert isinstance(first, Unclear)
    assert first.maybe_taken
    assert isinstance(played.messenger.push(CHANNEL, played.person, HELLO, key), Sent)
    assert played.shown() == ["สวัสดีค่ะ"]


@pytest.mark.parametrize("fault", ["down", "unavailable", "rate_limit", "error"])
def test_trouble_is_unclear_and_over_when_it_is_over(played, fault):
    played.client.add_fault(fault, PUSH, calls=1)
    said = played.messenger.push(CHANNEL, played.person, HELLO, str(uuid.uuid4()))
    assert isinstance(said, Unclear)
    assert said.maybe_taken is (fault != "rate_limit")
    assert isinstance(played.messenger.push(CHANNEL, played.person, HELLO, str(uuid.uuid4())), Sent)


def test_a_used_up_month_is_known(played):
    played.client.add_fault("quota", PUSH, calls=1)
    said = played.messenger.push(CHANNEL, played.person, HELLO, str(uuid.uuid4()))
    assert isinstance(said, Refused)
    assert said.quota


def test_what_line_dislikes_is_refused_with_its_words(played):
    too_long = [{"type": "text", "text": "ก" * 5001}]
    for broken in (too_long, [{"type": "text", "text": "x", "colour": "red"}], [], HELLO * 6):
        said = played.messenger.push(CHANNEL, played.person, broken, str(uuid.uuid4()))
        assert isinstance(said, Refused)
        assert said.status == 400
        assert said.words
    assert played.shown() == []


def test_a_wrong_token_is_refused(played):
    stranger = replace(CHANNEL, token="another-token")
    said = played.messenger.push(stranger, played.person, HELLO, str(uuid.uuid4()))
    assert isinstance(said, Refused)
    assert said.status == 401
    with pytest.raises(NotAllowed):
        played.messenger.bot_info(stranger)


def test_profile_quota_loading_and_bot_info(played):
    assert played.messenger.profile_name(CHANNEL, played.person) == "สมหญิง"
    assert played.messenger.bot_info(CHANNEL).user_id.startswith("U")
    quota = played.messenger.quota(CHANNEL)
    assert quota is not None
    assert quota.limit is None
    played.messenger.show_loading(CHANNEL, played.person)
    assert [entry for entry in played.client.log() if "/v2/bot/chat/loading/start" in str(entry)]


def test_a_file_is_fetched_when_it_is_ready_and_gone_when_it_was_taken_back(played):
    content = b"%PDF-1.7 " + bytes(range(256)) * 300
    played.client.send_files(played.person, [("แผน ๒๕๖๙.pdf", content)])
    event = played.heard()[-1]
    assert isinstance(event, MediaReceived)
    assert event.name == "แผน ๒๕๖๙.pdf"
    played.client.add_fault("preparing", "*", calls=1)
    with pytest.raises(OutsideWorld) as early:
        played.messenger.fetch_content(CHANNEL, event.message_id, event.url, io.BytesIO(), 10**6)
    assert early.value.retry_after
    into = io.BytesIO()
    played.messenger.fetch_content(CHANNEL, event.message_id, event.url, into, 10**6)
    assert into.getvalue() == content
    played.client.unsend(played.person, event.message_id)
    with pytest.raises(GoneForGood):
        played.messenger.fetch_content(CHANNEL, event.message_id, event.url, io.BytesIO(), 10**6)
