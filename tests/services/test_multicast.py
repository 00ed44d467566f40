"""Many who get the same get it in one call, and still each once, in the order of their chat, with a life of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.adapters.memory import MemoryMessenger
from bot.domain.people import ChatId
from bot.ports.outside import Outcome, Refused, Sent, Unclear
from bot.ports.records import Channel, LineMessage, Outgoing, OutgoingState
from bot.services.deliver import SLOWEST_AFTER_TOO_MANY, Deliver
from bot.services.parcels import MANY, Parcel, Way
from tests.services.desk import Desk

USERS = ("U-anong", "U-boonmee", "U-chai", "U-duang")
LOST = Unclear(words="Read timed out", maybe_taken=True)
TOO_FAST = Unclear(words="The API rate limit has been exceeded.", maybe_taken=False, status=429)
NO_QUOTA = Refused(words="You have reached your monthly limit.", status=429, quota=True)
BAD = Refused(words="The property, to[1], in the request body is invalid", status=400)


class Line(MemoryMessenger):
    """LINE that notes its multicasts, and forgets none of the keys it took."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[tuple[str, ...], str]] = []

    def multicast(
        self, channel: Channel, to: Sequence[str], messages: Sequence[LineMessage], retry_key: str
    ) -> Outcome:
        self.calls.append((tuple(to), retry_key))
        return super().multicast(channel, to, messages, retry_key)


@pytest.fixture
def line(desk: Desk) -> Line:
    line = Line()
    for user in USERS:
        desk.join(user, f"คนชื่อ {user[2:]}")
    vars(desk.rt)["messenger"] = desk.line = line
    return line


@pytest.fixture
def deliver(desk: Desk, line: Line) -> Deliver:
    return replace(desk.rt.deliveries, messenger=line)


def _chats(desk: Desk) -> list[ChatId]:
    return [desk.chat(user).id for user in USERS]


def _round(deliver: Deliver, chats: Sequence[ChatId], room: int = 32) -> list[Parcel]:
    """Claim, send and write down."""
    parcels, _ = deliver.turn([], chats, room)
    deliver.turn([message for parcel in parcels for message in deliver.send(parcel)], [], 0)
    return parcels


def _states(desk: Desk, sent: Sequence[Outgoing]) -> list[OutgoingState]:
    return [desk.message(each.id).state for each in sent]


def test_the_same_for_many_is_one_call_and_everybody_hears_it_once(desk: Desk, line: Line, deliver: Deliver) -> None:
    notices = [desk.queue_message(user) for user in USERS]
    _round(deliver, _chats(desk))
    assert [to for to, _ in line.calls] == [USERS]
    assert _states(desk, notices) == [OutgoingState.SENT] * 4
    assert [desk.news(user) for user in USERS] == [["แจ้งให้ทราบ"]] * 4
    assert _round(deliver, _chats(desk)) == []


def test_different_words_answers_and_few_are_pushed_one_by_one(desk: Desk, line: Line, deliver: Deliver) -> None:
    for number, user in enumerate(USERS):
        desk.queue_message(user, text=f"เฉพาะคนที่ {number}")
    assert {parcel.way for parcel in _round(deliver, _chats(desk))} == {Way.PUSH}
    for user in USERS[: MANY - 1]:
        desk.queue_message(user)
    for user in USERS:
        desk.queue_message(user, kind="turn", text="คำตอบ")
    while _round(deliver, _chats(desk)):
        pass
    assert line.calls == []
    assert len(line.sent) == 4 + (MANY - 1) + 4


def test_one_place_is_enough_for_many(desk: Desk, line: Line, deliver: Deliver) -> None:
    for user in USERS:
        desk.queue_message(user)
    parcels, left = deliver.turn([], _chats(desk), 2)
    assert [parcel.way for parcel in parcels] == [Way.MULTICAST]
    assert left == []


def test_what_waits_in_front_goes_first(desk: Desk, line: Line, deliver: Deliver) -> None:
    desk.queue_message(USERS[0], text="ก่อนหน้า")
    for user in USERS:
        desk.queue_message(user)
    _round(deliver, _chats(desk))
    _round(deliver, _chats(desk))
    assert desk.news(USERS[0]) == ["ก่อนหน้า", "แจ้งให้ทราบ"]
    assert [to for to, _ in line.calls] == [USERS[1:]]


@pytest.mark.parametrize("fate", [LOST, TOO_FAST])
def test_an_unclear_call_is_repeated_whole_with_its_key(
    desk: Desk, line: Line, deliver: Deliver, fate: Unclear
) -> None:
    notices = [desk.queue_message(user) for user in USERS]
    line.outcomes.append(fate)
    _round(deliver, _chats(desk))
    assert _states(desk, notices) == [OutgoingState.QUEUED] * 4
    desk.clock.pass_time(seconds=SLOWEST_AFTER_TOO_MANY)
    _round(deliver, desk.rt.deliveries.due(10))
    assert len(line.calls) == 2
    assert line.calls[0] == line.calls[1]
    assert Counter(each.to for each in line.sent if each.retry_key) == Counter(USERS)
    assert _states(desk, notices) == [OutgoingState.SENT] * 4


@pytest.mark.parametrize("had_arrived", [True, False])
def test_after_a_death_in_the_middle_the_same_people_are_called_with_the_same_key(
    desk: Desk, line: Line, deliver: Deliver, had_arrived: bool
) -> None:
    notices = [desk.queue_message(user) for user in USERS]
    (parcel,), _ = deliver.turn([], _chats(desk), 32)
    if had_arrived:
        deliver.send(parcel)
    desk.queue_message("U-anong", text="อีกเรื่อง")
    desk.clock.pass_time(seconds=8)
    again = _round(deliver, [desk.chat("U-duang").id, *desk.rt.deliveries.due(10)])
    assert [each.chat_ids for each in again] == [parcel.chat_ids]
    assert len({key for _, key in line.calls}) == 1
    assert Counter(each.to for each in line.sent if each.retry_key) == Counter(USERS)
    assert _states(desk, notices) == [OutgoingState.SENT] * 4


def test_when_line_refuses_the_call_each_is_pushed_and_the_refused_one_is_shown(
    desk: Desk, line: Line, deliver: Deliver
) -> None:
    notices = [desk.queue_message(user) for user in USERS]
    line.outcomes.append(BAD)
    _round(deliver, _chats(desk))
    assert _states(desk, notices) == [OutgoingState.QUEUED] * 4
    line.outcomes.append(Refused(words="Failed to send messages", status=400))
    ways = {parcel.way for parcel in _round(deliver, _chats(desk))}
    assert ways == {Way.PUSH}
    states = _states(desk, notices)
    assert Counter(states) == {OutgoingState.SENT: 3, OutgoingState.REFUSED: 1}
    (refused,) = [each for each in notices if desk.message(each.id).state is OutgoingState.REFUSED]
    assert desk.message(refused.id).error == "400 Failed to send messages"


def test_what_is_left_of_the_quota_is_used_up_one_by_one(desk: Desk, line: Line, deliver: Deliver) -> None:
    notices = [desk.queue_message(user) for user in USERS]
    line.outcomes.extend([NO_QUOTA, Sent(), Sent(), NO_QUOTA, NO_QUOTA])
    _round(deliver, _chats(desk))
    _round(deliver, _chats(desk))
    assert Counter(_states(desk, notices)) == {OutgoingState.SENT: 2, OutgoingState.HELD: 2}


def test_who_has_blocked_the_bot_is_left_out_and_the_others_hear_it(desk: Desk, line: Line, deliver: Deliver) -> None:
    notices = [desk.queue_message(user) for user in USERS]
    with desk.rt.store.write() as uow:
        uow.chats.set_blocked(desk.chat(USERS[1]).id, True)
    _round(deliver, _chats(desk))
    assert [to for to, _ in line.calls] == [(USERS[0], *USERS[2:])]
    assert _states(desk, notices)[1] is OutgoingState.REFUSED
