"""Take a chat's unread events in order, one transaction each; one writer per chat."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.effects import RequestCompile, SetLanguage
from bot.conversation.engine import advance, is_answering
from bot.conversation.events import Event, MediaKind
from bot.conversation.facts import Facts
from bot.conversation.types import State, Step
from bot.domain.calendar import bangkok_day
from bot.domain.errors import OutsideWorld
from bot.domain.people import ChatId
from bot.jobs import CHAT_TURN, DELIVER
from bot.ports.outside import ChatLocks, Clock, Ids, JobQueue, Keyed, MediaStore
from bot.ports.records import Chat, ChatKind, LineMessage, Outgoing, OutgoingState, StoredEvent
from bot.ports.store import Store, UnitOfWork
from bot.services.apply_effects import Hint, Turn, apply_effects
from bot.services.fetch_media import forget_bytes
from bot.services.load_facts import load_facts
from bot.services.notices import MOST_OBJECTS, REPLY_TOKEN_LIFE, TURN, Notices
from bot.services.remind_along import due_along
from bot.services.reminder_message import reminder_along
from bot.services.send_due_reminders import records_of
from bot.services.take_group_turn import GroupTurns

log = logging.getLogger(__name__)

EVENTS_AT_ONCE = 50
"""After so many events a chat goes to the end of the queue, so that nobody can occupy a worker."""

TRIES_PER_EVENT = 3
"""A poison event is put aside after so many tries, so that it does not block its chat for ever."""

_MEDIA = frozenset(f"message.{kind.value}" for kind in MediaKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTurn:
    """The use case with everything it needs."""

    store: Store
    queue: JobQueue
    locks: ChatLocks
    clock: Clock
    ids: Ids
    keyed: Keyed
    notices: Notices
    media: MediaStore
    translate: Callable[[Mapping[str, Any], str, str], Event]
    reply_token: Callable[[Mapping[str, Any]], str | None]
    base_url: str
    groups: GroupTurns
    recheck: Callable[[UnitOfWork, Outgoing], Outgoing] = lambda _, message: message

    def __call__(self, chat_id: ChatId) -> int:
        """Take what is unread; returns how many events were taken. Somebody else at it means nothing to do.

        Unread events are looked for once more after the chat is let go, so that one which came between the last
        look and the letting go is not left until the sweep.
        """
        taken = 0
        while taken < EVENTS_AT_ONCE:
            with self.locks.hold(chat_id) as mine:
                if not mine:
                    return taken
                taken += self._take_all(chat_id, EVENTS_AT_ONCE - taken)
            if not self._has_unread(chat_id):
                return taken
        self.queue.enqueue(CHAT_TURN, chat_id)
        return taken

    def _has_unread(self, chat_id: ChatId) -> bool:
        with self.store.read() as uow:
            return bool(uow.chats.unread(chat_id, 1))

    def _take_all(self, chat_id: ChatId, most: int) -> int:
        for taken in range(most):
            if not self._take_one(chat_id):
                return taken
        return most

    def _take_one(self, chat_id: ChatId) -> bool:
        event: StoredEvent | None = None
        hints: list[Hint] = []
        freed: list[str] = []
        try:
            with self.store.write() as uow:
                chat = uow.chats.get(chat_id)
                unread = uow.chats.unread(chat_id, 2)
                event = unread[0] if unread else None
                if chat is None or event is None:
                    return False
                self._turn(uow, chat, event, hints, freed, more_coming=_is_media(unread[1:]))
        except OutsideWorld:
            raise
        except Exception as problem:
            if event is None:
                raise
            self._put_aside(event, problem)
            return True
        for job, argument in hints:
            self.queue.enqueue(job, argument)
        for key in freed:
            forget_bytes(self.store, self.media, key)
        return True

    def _turn(
        self,
        uow: UnitOfWork,
        chat: Chat,
        stored: StoredEvent,
        hints: list[Hint],
        freed: list[str],
        *,
        more_coming: bool,
    ) -> None:
        if chat.kind is not ChatKind.PERSON:
            hints += self.groups(uow, chat, stored)
            uow.chats.mark_read([stored.id], self.clock.now())
            return
        state = State.from_json(chat.state)
        event = self.translate(stored.payload, stored.id, self.ids.secret())
        facts = load_facts(uow, self.keyed, chat, state, event, self.base_url)
        facts = replace(facts, more_coming=more_coming)
        step = advance(state, event, facts)
        turn = Turn(
            uow=uow,
            chat=chat,
            event=event,
            ids=self.ids,
            keyed=self.keyed,
            notices=self.notices,
            hints=hints,
            freed=freed,
            base_url=self.base_url,
        )
        apply_effects(turn, step.effects)
        if step.messages:
            language = _language(facts, step)
            said = self.notices.renderer.render_all(step.messages, language)
            rests = not is_answering(step.state)
            uow.outbox.add(self._answer(uow, chat, stored, said, facts if rests else None))
            if any(isinstance(effect, RequestCompile) for effect in step.effects):
                uow.outbox.add(self.notices.loading(chat.id))
            hints.append((DELIVER, chat.id))
        uow.chats.save_state(chat.id, step.state.to_json(), chat.version)
        uow.chats.mark_read([stored.id], self.clock.now())

    def _answer(
        self, uow: UnitOfWork, chat: Chat, stored: StoredEvent, messages: list[dict[str, Any]], facts: Facts | None
    ) -> Outgoing:
        """The reply, after what else there is to say for free; nothing else while an answer is being given (None)."""
        token = self.reply_token(stored.payload)
        answer = self.notices.outgoing(
            chat.id,
            TURN,
            messages,
            reply_token=token,
            reply_until=stored.received_at + REPLY_TOKEN_LIFE if token else None,
        )
        if facts is None:
            return answer
        held = self._held(uow, chat, MOST_OBJECTS - len(messages))
        room = MOST_OBJECTS - len(messages) - len(held)
        along = self._along(uow, chat, facts, answer) if room else []
        return replace(answer, messages=(*held, *along[:room], *messages))

    def _along(self, uow: UnitOfWork, chat: Chat, facts: Facts, answer: Outgoing) -> list[LineMessage]:
        """A reminder that is due today, said with the reply, so that no push is spent on it."""
        digest = due_along(uow, chat, facts, self.clock.now())
        person = facts.person
        if digest is None or person is None or not uow.reminders.record(records_of(digest, answer, self.clock.now())):
            return []
        words = reminder_along(person.name, digest.reminders, bangkok_day(self.clock.now()), person.language)
        return self.notices.renderer.render_all([words], person.language)

    def _held(self, uow: UnitOfWork, chat: Chat, room: int) -> list[LineMessage]:
        """What waited for a free reply because the month's messages were used up, as far as there is room."""
        taken: list[LineMessage] = []
        for waiting in uow.outbox.held(chat.id):
            held = self.recheck(uow, waiting)
            if held.state is not OutgoingState.HELD:
                uow.outbox.save(held)
                continue
            if len(taken) + len(held.messages) > room:
                break
            taken += held.messages
            uow.outbox.save(replace(held, state=OutgoingState.SENT, sent_at=self.clock.now(), error="with a reply"))
        return taken

    def _put_aside(self, event: StoredEvent, problem: Exception) -> None:
        give_up = event.attempts + 1 >= TRIES_PER_EVENT
        log.exception(
            "turn_failed event=%s kind=%s attempt=%s give_up=%s", event.id, event.kind, event.attempts + 1, give_up
        )
        with self.store.write() as uow:
            uow.chats.fail_event(event.id, repr(problem)[:1000], give_up=give_up, at=self.clock.now())


def _is_media(following: Sequence[StoredEvent]) -> bool:
    """Whether another photo or file waits: what comes at once is answered once."""
    return any(each.kind in _MEDIA for each in following)


def _language(facts: Facts, step: Step) -> str:
    """The person's language; one that was chosen in this very turn holds at once."""
    chosen = (effect.language for effect in step.effects if isinstance(effect, SetLanguage))
    return next(chosen, facts.person.language if facts.person else "th")
