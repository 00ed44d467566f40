"""Groups from LINE's event to LINE's answer: linked by an admin, counts for all, and never a word of what is said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.adapters.line.groups import kept_of
from bot.conversation.types import Message
from bot.domain.people import Membership, Role
from bot.jobs import CHAT_TURN, DELIVER
from bot.ports.outside import Refused, Unclear
from bot.ports.records import DEFAULT_CHANNEL, Chat, ChatKind, Group, OutgoingState
from bot.services.logbook import Action
from bot.services.receive_events import receive_events
from handlers.line_events import incoming
from tests import builders
from tests.services.desk import AGENCY, Desk

ADMIN, MEMBER = "U-pimjai", "U-somchai"
GROUP = "C" + "7" * 32


@dataclass
class Party:
    """A group with the bot in it."""

    desk: Desk
    source: dict[str, str]
    count: int = 0

    def happens(self, kind: str, user: str | None = None, **more: Any) -> int:
        """One event of the group; returns whether it was new."""
        self.count += 1
        rt, at = self.desk.rt, more.pop("at", self.desk.clock.now())
        raw = {
            "type": kind,
            "mode": "active",
            "timestamp": int(at.timestamp() * 1000),
            "source": self.source | ({"userId": user} if user else {}),
            "webhookEventId": more.pop("event_id", f"group-event-{self.count}"),
            "deliveryContext": {"isRedelivery": False},
            **({} if kind in {"leave", "memberLeft", "unsend"} else {"replyToken": f"{GROUP}#{self.count}"}),
            **more,
        }
        return receive_events(rt.store, rt.queue, rt.clock, rt.ids, DEFAULT_CHANNEL, [incoming(raw)])

    def said(self, words: str, user: str | None = MEMBER, **more: Any) -> list[str]:
        """Somebody says something; returns what the group is told."""
        self.happens("message", user, message={"type": "text", "id": f"m{self.count}", "text": words}, **more)
        self.desk.work()
        return self.heard()

    def heard(self) -> list[str]:
        """What the group was told since the last look."""
        return self.desk.news(GROUP)

    @property
    def chat(self) -> Chat:
        """Its chat."""
        return self.desk.chat(GROUP)

    def group(self) -> Group | None:
        """What is known of it."""
        with self.desk.rt.store.read() as uow:
            return uow.groups.get(self.chat.id)


@pytest.fixture(params=["group", "room"])
def party(desk: Desk, request: pytest.FixtureRequest) -> Party:
    desk.join(ADMIN, "พิมพ์ใจ ดูแลดี", Role.ADMIN)
    desk.join(MEMBER, "สมชาย มาช้า")
    desk.news(ADMIN)
    desk.news(MEMBER)
    party = Party(desk, {"type": request.param, f"{request.param}Id": GROUP})
    party.happens("join")
    desk.work()
    assert len(party.heard()) == 1
    return party


def rows(desk: Desk) -> list[dict[str, Any]]:
    with desk.rt.store.read() as uow:
        query = text("SELECT * FROM events WHERE webhook_event_id LIKE 'group-%'")
        return [dict(row) for row in uow._rows.all(query)]


def test_a_group_that_invited_the_bot_is_a_chat_that_serves_nobody(party: Party) -> None:
    assert party.chat.kind is ChatKind(party.source["type"])
    assert party.chat.person_id is None
    known = party.group()
    assert known is not None
    assert (known.agency_id, known.asked_by, known.linked_at) == (None, None, None)
    assert known.moved_at is not None


def test_an_admin_links_it_and_everybody_may_ask_for_the_counts(party: Party) -> None:
    [linked] = party.said("เชื่อมกลุ่มค่ะ", ADMIN)
    assert AGENCY.name in linked
    [counts] = party.said("สถานะ", None)
    assert "รายงานแล้ว ๐ จาก ๒ มาตรการ" in counts
    assert "สมชาย" not in counts
    party.desk.report(MEMBER)
    assert "รายงานแล้ว ๑ จาก ๒ มาตรการ" in party.said("status", "U-not-a-friend")[0]
    with party.desk.rt.store.read() as uow:
        assert [each.chat_id for each in uow.groups.of_agency(AGENCY.id)] == [party.chat.id]
        assert [entry.action for entry in uow.log.entries(AGENCY.id, actions=[Action.GROUP_LINKED])]


def test_a_mention_in_front_of_a_word_is_seen_through() -> None:
    mention = {"mentionees": [{"index": 0, "length": 11, "isSelf": True}]}  # the emoji counts twice
    message = {"type": "text", "id": "m", "text": "@ก้าวหน้า\N{THUMBS UP SIGN} สถานะ", "mention": mention}
    assert kept_of({"type": "message", "source": {"type": "group"}, "message": message}) == {"asks": "status"}


@pytest.mark.parametrize("words", ["เชื่อมกลุ่ม", "ออกจากกลุ่ม"])
@pytest.mark.parametrize("user", [MEMBER, "U-unknown", None])
def test_others_than_admins_link_nothing_and_send_nobody_away(party: Party, words: str, user: str | None) -> None:
    [told] = party.said(words, user)
    assert "เฉพาะผู้ดูแล" in told
    known = party.group()
    assert known is not None
    assert known.agency_id is None
    assert party.desk.line.left == []


def test_an_admin_of_several_agencies_says_privately_which(party: Party) -> None:
    desk = party.desk
    with desk.rt.store.write() as uow:
        uow.agencies.add(builders.SECOND_AGENCY)
        second = Membership(person_id=desk.person(ADMIN).id, role=Role.ADMIN, agency_id=builders.SECOND_AGENCY.id)
        uow.people.add_membership(second)
    [told] = party.said("เชื่อมกลุ่ม", ADMIN)
    assert "แชตส่วนตัว" in told
    assert "เชื่อมกลุ่ม" in desk.news(ADMIN)[0]
    desk.talk(ADMIN, "เชื่อมกลุ่ม", builders.SECOND_AGENCY.name)
    known = party.group()
    assert known is not None
    assert known.agency_id == builders.SECOND_AGENCY.id
    assert builders.SECOND_AGENCY.name in party.said("สถานะ")[0]


def test_talk_is_not_answered_and_wakes_nobody(party: Party) -> None:
    party.said("เชื่อมกลุ่ม", ADMIN)
    for words in ("รายงานผล", "ABCD2345", "ช่วยเหลือ", "ผู้ดูแล", "ออกรายงาน", "สวัสดีครับทุกคน", "สถานะการเงินเป็นอย่างไร"):
        party.happens("message", ADMIN, message={"type": "text", "id": "m", "text": words})
    for kind in ("memberJoined", "memberLeft", "unsend", "postback", "messageEdited", "beacon"):
        party.happens(kind, MEMBER, postback={"data": "1||รายงานผล"})
    assert not party.desk.queue.jobs
    assert party.heard() == []
    assert party.desk.news(ADMIN) == []


def test_an_event_that_was_answered_keeps_id_kind_and_time(party: Party) -> None:
    party.said("เชื่อมกลุ่ม", ADMIN)
    party.said("สถานะ", MEMBER)
    for row in rows(party.desk):
        assert row["payload"] == "{}"
        assert row["read_at"] is not None


def test_until_it_is_answered_an_event_keeps_who_asks_what_and_no_words(party: Party) -> None:
    message = {"type": "text", "id": "m", "text": "สถานะ ครับ", "quoteToken": "q"}
    party.happens("message", MEMBER, message=message)
    [row] = [each for each in rows(party.desk) if each["read_at"] is None]
    assert set(json.loads(row["payload"])) == {"asks", "from", "replyToken"}
    assert "ครับ" not in str(row)
    assert message["text"] not in str(row)


def test_an_admin_sends_it_away_and_it_says_goodbye_first(party: Party) -> None:
    party.said("เชื่อมกลุ่ม", ADMIN)
    assert party.said("ออกจากกลุ่ม", ADMIN) == ["ขออนุญาตออกจากกลุ่มนี้ ขอบคุณครับ"]
    assert party.desk.line.left == [GROUP]
    assert party.chat.blocked
    with party.desk.rt.store.read() as uow:
        assert uow.groups.of_agency(AGENCY.id) == []
        assert uow.log.entries(AGENCY.id, actions=[Action.GROUP_LEFT])


def test_leaving_is_tried_again_until_line_takes_it(party: Party) -> None:
    desk = party.desk
    party.happens("message", ADMIN, message={"type": "text", "id": "m", "text": "ออกจากกลุ่ม"})
    desk.work(only=[CHAT_TURN])
    desk.line.outcomes.extend([Refused(words="no", status=400), Unclear(words="LINE is away", maybe_taken=False)])
    desk.work()
    assert desk.line.left == []
    assert not party.chat.blocked
    desk.clock.pass_time(minutes=1)
    assert desk.rt.sweep()[DELIVER] == 1
    desk.work()
    assert desk.line.left == [GROUP]
    assert party.chat.blocked


def test_a_group_that_the_bot_is_not_in_any_more_is_left(party: Party) -> None:
    desk = party.desk
    party.happens("message", ADMIN, message={"type": "text", "id": "m", "text": "ออกจากกลุ่ม"})
    desk.work(only=[CHAT_TURN])
    desk.line.outcomes.extend([Refused(words="x", status=400), Refused(words="Not found", status=404)])
    desk.work()
    assert party.chat.blocked


def test_removed_from_the_group_it_serves_nobody_until_it_is_linked_again(party: Party) -> None:
    party.said("เชื่อมกลุ่ม", ADMIN)
    party.desk.clock.pass_time(seconds=1)
    party.happens("leave")
    party.desk.work()
    assert party.chat.blocked
    party.desk.clock.pass_time(seconds=1)
    party.happens("join")
    party.desk.work()
    assert not party.chat.blocked
    party.heard()
    assert "ยังไม่ได้เชื่อม" in party.said("สถานะ")[0]


def test_a_leave_that_comes_after_the_next_join_changes_nothing(party: Party) -> None:
    party.said("เชื่อมกลุ่ม", ADMIN)
    party.happens("leave", at=party.desk.clock.now() - timedelta(hours=1))
    party.desk.work()
    assert not party.chat.blocked
    known = party.group()
    assert known is not None
    assert known.agency_id == AGENCY.id


def test_a_redelivered_word_is_answered_once(party: Party) -> None:
    assert len(party.said("สถานะ", event_id="group-same")) == 1
    assert party.said("สถานะ", event_id="group-same") == []


def test_where_the_reply_token_is_spent_nothing_is_pushed_to_all_members(party: Party) -> None:
    party.happens("message", MEMBER, message={"type": "text", "id": "m", "text": "สถานะ"})
    party.desk.clock.pass_time(minutes=2)
    party.desk.work()
    assert party.heard() == []


def test_a_message_for_a_group_goes_through_the_outbox(party: Party) -> None:
    """What a digest does."""
    desk = party.desk
    party.said("เชื่อมกลุ่ม", ADMIN)
    with desk.rt.store.write() as uow:
        [group] = uow.groups.of_agency(AGENCY.id)
        chat = uow.chats.get(group.chat_id)
        assert chat is not None
        goodbye = [Message(name="group_goodbye")]
        told = desk.rt.notices.tell_chat(uow, chat, "group_digest", goodbye, key="digest-1")
    assert told is not None
    desk.rt.deliver(chat.id)
    assert desk.message(told.id).state is OutgoingState.SENT
    assert len(party.heard()) == 1
