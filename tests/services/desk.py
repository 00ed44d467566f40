"""An office at work: real services, renderer and database; LINE, the queue, the locks and the files are twins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.line.translate import kind as kind_of
from bot.adapters.memory import CountedIds, MemoryMediaStore, MemoryMessenger, MemoryQueue, MemoryRichMenus, SetClock
from bot.bootstrap import Runtime
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.people import ChatId, Person, Role
from bot.domain.plans import Measure
from bot.domain.rounds import RoundNo
from bot.domain.updates import Update
from bot.domain.years import MeasureYear
from bot.jobs import CHAT_TURN, COMPILE_REPORT, DELIVER, FETCH_MEDIA, LINK_MENUS
from bot.ports.records import DEFAULT_CHANNEL, Chat, Outgoing
from bot.reporting.year_json import year_json
from bot.services.invite_person import invite_person
from bot.services.load_year import load_year
from bot.services.receive_events import Incoming, receive_events
from bot.simulator.client import words_of
from tests import builders

YEAR = builders.YEAR
AGENCY = builders.AGENCY


@dataclass
class Desk:
    """What a test does with the office."""

    rt: Runtime
    clock: SetClock
    ids: CountedIds
    queue: MemoryQueue
    line: MemoryMessenger
    media: MemoryMediaStore
    menus: MemoryRichMenus = field(default_factory=MemoryRichMenus)
    _events: int = 0
    _seen: dict[str, int] = field(default_factory=dict)

    # People

    def invite(self, name: str, role: Role = Role.OFFICER, measures: str | None = None) -> str:
        """A code for a person."""
        if role is Role.OFFICER:
            measures = measures or "all"
        rt = self.rt
        invited = invite_person(
            rt.store, rt.ids, rt.keyed, rt.clock, AGENCY.id, role, name, fiscal_year=YEAR, measures=measures
        )
        return invited.code

    def join(self, user: str, name: str, role: Role = Role.OFFICER, measures: str | None = None) -> None:
        """Invite a person who sends the code at once."""
        self.says(user, self.invite(name, role, measures))
        self.work()

    # What comes from LINE

    def receive(self, user: str, kind: str = "message", **more: Any) -> bool:
        """One webhook event; `at` is LINE's time, `event_id` its id, `token` its reply token."""
        self._events += 1
        number = self._events
        at: datetime = more.pop("at", None) or self.clock.now()
        event_id = more.pop("event_id", f"event-{number}")
        raw = {
            "type": kind,
            "mode": "active",
            "timestamp": int(at.timestamp() * 1000),
            "source": {"type": "user", "userId": user},
            "webhookEventId": event_id,
            "deliveryContext": {"isRedelivery": False},
            "replyToken": more.pop("token", f"{user}#{number}"),
            **more,
        }
        incoming = Incoming(webhook_event_id=event_id, kind=kind_of(raw), at=at, line_user_id=user, raw=raw)
        rt = self.rt
        return bool(receive_events(rt.store, rt.queue, rt.clock, rt.ids, DEFAULT_CHANNEL, [incoming]))

    def says(self, user: str, text: str, **more: Any) -> bool:
        """A text message."""
        message = {"id": f"line-{self._events + 1}", "type": "text", "text": text}
        return self.receive(user, message=message, **more)

    def sends(self, user: str, content: bytes | None, *, kind: str = "image", **more: Any) -> str:
        """A photo or file whose bytes LINE keeps, or has lost (None); returns the message's id."""
        message_id = f"line-{self._events + 1}"
        self.line.contents = {**self.line.contents, message_id: content}
        about = {"fileName": more.pop("name"), "fileSize": len(content or b"")} if "name" in more else {}
        provider = {"contentProvider": {"type": "line"}} if kind == "image" else {}
        album = {"imageSet": more.pop("album")} if "album" in more else {}
        self.receive(user, message={"id": message_id, "type": kind, **provider, **about, **album}, **more)
        return message_id

    def talk(self, user: str, *texts: str) -> list[str]:
        """Say texts one after another, each answered; returns what was heard since the first."""
        heard: list[str] = []
        for text in texts:
            self.says(user, text)
            self.work()
            heard += self.news(user)
        return heard

    def report(self, user: str, no: int = 1, *, summary: str = "จัดอบรมแล้ว", outcome: str = "ได้ผลดี") -> list[str]:
        """A whole update of a measure, up to the submission; `no` 0 where only one measure is left to choose."""
        which = [str(no)] if no else []
        words = ("แล้วเสร็จ", summary, "เสร็จแล้ว", outcome, "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
        return self.talk(user, "รายงานผล", *which, *words)

    # Work

    def work(self, *, only: Sequence[str] | None = None) -> None:
        """Do every job that was asked for, and the jobs they ask for."""
        jobs: dict[str, Callable[[str], Any]] = {
            CHAT_TURN: self.rt.take_turn,
            DELIVER: self.rt.deliver,
            FETCH_MEDIA: self.rt.fetch_media,
            COMPILE_REPORT: self.rt.compile_report,
            LINK_MENUS: self.rt.link_menus,
        }
        put_off: list[tuple[str, tuple[str, ...]]] = []
        while (job := self.queue.take()) is not None:
            name, arguments = job
            if only is not None and name not in only:
                put_off.append(job)
                continue
            jobs[name](*arguments)
            self.clock.pass_time(milliseconds=10)
        for name, arguments in put_off:
            self.queue.enqueue(name, *arguments)

    # What can be seen

    def news(self, user: str) -> list[str]:
        """What the person was told since the last look, a text a message object."""
        told = [
            "\n".join(words_of(message))
            for each in self.line.sent
            if each.to == user or each.to.startswith(f"{user}#")
            for message in each.messages
        ]
        fresh = told[self._seen.get(user, 0) :]
        self._seen[user] = len(told)
        return fresh

    def chat(self, user: str) -> Chat:
        """The person's chat."""
        with self.rt.store.read() as uow:
            found = uow.chats.of_line_user(DEFAULT_CHANNEL, user)
            assert found is not None
            return found

    def person(self, user: str) -> Person:
        """Who the chat belongs to."""
        with self.rt.store.read() as uow:
            chat = uow.chats.of_line_user(DEFAULT_CHANNEL, user)
            person = uow.people.get(chat.person_id) if chat and chat.person_id else None
            assert person is not None
            return person

    def measure_year(self, no: int = 1) -> MeasureYear:
        """A measure with what was submitted."""
        with self.rt.store.read() as uow:
            return load_year(uow, AGENCY.id, YEAR).measures[no - 1]

    def submitted(self, no: int = 1, round_no: RoundNo = RoundNo.TWELVE) -> list[Update]:
        """The updates in force of a measure."""
        return list(self.measure_year(no).updates[round_no])

    def export(self, no: int = 1) -> dict[str, Any]:
        """The measure as the export has it."""
        with self.rt.store.read() as uow:
            found: dict[str, Any] = year_json(load_year(uow, AGENCY.id, YEAR))["measures"][no - 1]
            return found

    def message(self, message_id: str) -> Outgoing:
        """An outgoing message as it now stands."""
        with self.rt.store.read() as uow:
            found = uow.outbox.get(message_id)
            assert found is not None
            return found

    def queue_message(self, user: str, kind: str = "notice", **fields: Any) -> Outgoing:
        """Put a message for a chat into the outbox."""
        texts = ({"type": "text", "text": fields.pop("text", "แจ้งให้ทราบ")},)
        message = self.rt.notices.outgoing(ChatId(self.chat(user).id), kind, texts, **fields)
        with self.rt.store.write() as uow:
            assert uow.outbox.add(message)
        return message


def furnish(rt: Runtime, measures: int = 2) -> list[Measure]:
    """An agency with a plan, in the open 12-month round of fiscal year 2567."""
    plan = [builders.measure(no) for no in range(1, measures + 1)]
    with rt.store.write() as uow:
        uow.agencies.add(AGENCY)
        uow.plans.save(plan)
    return plan


def at(text: str) -> datetime:
    """A Bangkok moment."""
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def be(year: int) -> FiscalYear:
    """A fiscal year in the Buddhist era."""
    return FiscalYear(year)


def seconds(count: float) -> timedelta:
    """A short time."""
    return timedelta(seconds=count)
