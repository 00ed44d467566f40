"""How deliveries share a process: one at a time a chat, many chats at once, and nothing forgotten."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.domain.errors import OutsideWorld
from bot.services.sweep import ALL_DUE
from workers import retries
from workers.deliveries import KEPT_FREE, MailRoom
from workers.retries import Pauses

PATIENCE = 30.0


@dataclass(frozen=True)
class Letter:
    chat_id: str
    number: int

    @property
    def chat_ids(self) -> tuple[str]:
        return (self.chat_id,)


@dataclass
class Post:
    """Messages by chat; `stuck` chats are being sent until `go_on`, `poisoned` ones break the transaction."""

    waiting: dict[str, list[int]] = field(default_factory=dict)
    stuck: set[str] = field(default_factory=set)
    poisoned: set[str] = field(default_factory=set)
    away: int = 0
    go_on: threading.Event = field(default_factory=threading.Event)
    written: list[Letter] = field(default_factory=list)
    began: list[Letter] = field(default_factory=list)
    largest: int = 0
    _sending: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def due(self, limit: int) -> list[str]:
        with self._lock:
            return [chat for chat, numbers in self.waiting.items() if numbers][:limit]

    def turn(self, done: Sequence[Letter], chat_ids: Sequence[str], room: int) -> tuple[list[Letter], list[str]]:
        if self.away:
            self.away -= 1
            raise OutsideWorld("the database is away")
        if self.poisoned.intersection(chat_ids):
            raise KeyError("poisoned")
        self.written += done
        self.largest = max(self.largest, len(done))
        with self._lock:
            has_some = [chat for chat in chat_ids if self.waiting.get(chat)]
            return [Letter(chat, self.waiting[chat].pop(0)) for chat in has_some[:room]], has_some[room:]

    def renew(self, parcels: Sequence[Letter]) -> None: ...

    def send(self, parcel: Letter) -> list[Letter]:
        with self._lock:
            self._sending[parcel.chat_id] += 1
            assert self._sending[parcel.chat_id] == 1, "a chat is served twice at once"
        self.began.append(parcel)
        if parcel.chat_id in self.stuck:
            assert self.go_on.wait(PATIENCE)
        with self._lock:
            self._sending[parcel.chat_id] -= 1
        return [parcel]


def eventually(holds: Callable[[], Any]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "never came true"
        time.sleep(0.005)


@pytest.fixture
def post() -> Iterator[Post]:
    made = Post()
    yield made
    made.go_on.set()


@pytest.fixture(autouse=True)
def _own_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Pauses()
    monkeypatch.setattr("workers.deliveries.PAUSES", fresh)
    monkeypatch.setattr(retries.attempt, "__defaults__", (fresh,))


def opened(post: Post, places: int = 32) -> MailRoom:
    room = MailRoom(post, places)
    room.start()
    return room


def test_messages_of_a_chat_go_out_in_order_and_one_at_a_time(post: Post) -> None:
    post.waiting = {"a": [1, 2, 3]}
    room = opened(post)
    for _ in range(5):
        room.ask("a")
    eventually(lambda: len(post.written) == 3)
    assert room.drain(PATIENCE)
    assert [letter.number for letter in post.written] == [1, 2, 3]


def test_a_chat_asked_for_while_it_is_served_is_looked_at_once_more(post: Post) -> None:
    post.waiting, post.stuck = {"a": [1]}, {"a"}
    room = opened(post)
    room.ask("a")
    eventually(lambda: post.began)
    post.waiting["a"].append(2)
    room.ask("a")
    assert [letter.number for letter in post.began] == [1]
    post.go_on.set()
    eventually(lambda: [letter.number for letter in post.written] == [1, 2])


def test_one_word_serves_everything_that_is_due_and_results_are_written_together(post: Post) -> None:
    post.waiting = {f"chat-{n}": [n] for n in range(500)}
    room = opened(post)
    room.ask(ALL_DUE)
    eventually(lambda: len(post.written) == 500)
    assert {letter.number for letter in post.written} == set(range(500))
    assert post.largest > 1
    assert room.drain(PATIENCE)
    assert room.in_flight() == 0


def test_slow_reminders_leave_places_for_answers(post: Post) -> None:
    reminded = [f"slow-{n}" for n in range(50)]
    post.waiting, post.stuck = {chat: [0] for chat in reminded}, set(reminded)
    room = opened(post, places=KEPT_FREE + 4)
    room.ask(ALL_DUE)
    eventually(lambda: len(post.began) == 4)
    post.waiting["answer"] = [1]
    room.ask("answer")
    eventually(lambda: Letter("answer", 1) in post.written)
    assert len(post.began) == 5
    post.go_on.set()
    eventually(lambda: len(post.written) == 51)


def test_while_the_database_is_away_nothing_is_forgotten(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.deliveries.PAUSE_WITHOUT_DATABASE", 0.01)
    post.waiting, post.away = {"a": [1, 2], "b": [3]}, 3
    room = opened(post)
    room.ask("a")
    room.ask("b")
    eventually(lambda: post.began)
    post.away = 3
    eventually(lambda: sorted(letter.number for letter in post.written) == [1, 2, 3])


def test_one_chat_with_a_bug_holds_up_no_other(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.waiting = {"good": [1], "bad": [2], "fine": [3]}
    post.poisoned = {"bad"}
    room = opened(post)
    room.ask(ALL_DUE)
    eventually(lambda: sorted(letter.number for letter in post.written) == [1, 3])
    assert room.drain(PATIENCE)
    assert "job.broke" in caplog.text


def test_a_call_that_breaks_frees_its_place_and_the_chat_rests(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    class Breaking(Post):
        def send(self, parcel: Letter) -> list[Letter]:
            raise KeyError(parcel.chat_id)

    breaking = Breaking(waiting={f"broken-{n}": [n] for n in range(3)})
    room = opened(breaking, places=1)
    for chat in list(breaking.waiting):
        room.ask(chat)
    eventually(lambda: caplog.text.count("job.broke") == 3)
    assert room.drain(PATIENCE)
    assert breaking.written == []


def test_when_asked_to_stop_what_is_under_way_is_finished_and_nothing_more_is_taken(post: Post) -> None:
    post.waiting, post.stuck = {"a": [1, 2]}, {"a"}
    room = opened(post)
    room.ask("a")
    eventually(lambda: post.began)
    assert not room.drain(0.01)
    post.go_on.set()
    assert room.drain(PATIENCE)
    assert [letter.number for letter in post.written] == [1]
    assert post.waiting == {"a": [2]}


def test_what_is_being_claimed_when_asked_to_stop_is_sent_first(post: Post) -> None:
    claiming, claimed = threading.Event(), threading.Event()

    class Slow(Post):
        def turn(self, done: Sequence[Letter], chat_ids: Sequence[str], room: int) -> tuple[list[Letter], list[str]]:
            claiming.set()
            assert claimed.wait(PATIENCE)
            return super().turn(done, chat_ids, room)

    slow = Slow(waiting={"a": [1]})
    room = opened(slow)
    room.ask("a")
    assert claiming.wait(PATIENCE)
    assert not room.drain(0.05)
    claimed.set()
    assert room.drain(PATIENCE)
    assert [letter.number for letter in slow.written] == [1]
