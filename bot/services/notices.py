"""Say something to a chat outside of its turn: store the message now, deliver it after."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.conversation.types import Message
from bot.domain.people import ChatId, PersonId
from bot.ports.outside import ChatRenderer, Clock, Ids
from bot.ports.records import Chat, LineMessage, Outgoing, OutgoingId
from bot.ports.store import UnitOfWork
from bot.services.notice_choices import with_ways

GOOD_FOR = timedelta(hours=23)
"""How long a push is tried: LINE keeps a retry key for 24 hours, after which a repeat would be a double."""

TURN = "turn"
"""The kind of a message that answers an event; any other kind was started by the program."""

LEAVE = "leave_group"
"""The kind of a message without words: when its turn comes, the bot leaves the group."""

LOADING = "loading"
"""The kind of a message without words: when its turn comes, the chat shows that something is being made."""

LOADING_IS_GOOD_FOR = timedelta(seconds=15)

MOST_OBJECTS = 5
"""Message objects in one call to LINE."""

REPLY_TOKEN_LIFE = timedelta(seconds=50)
"""LINE promises a minute from the webhook; the rest is for the way there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Puts messages into the outbox."""

    clock: Clock
    ids: Ids
    renderer: ChatRenderer

    def tell_chat(
        self,
        uow: UnitOfWork,
        chat: Chat,
        kind: str,
        messages: Sequence[Message],
        *,
        language: str = "th",
        key: str | None = None,
    ) -> Outgoing | None:
        """Store a push, with what can be tapped below it; None when the chat is blocked or the key was used before."""
        if chat.blocked:
            return None
        said = [*messages[:-1], *(with_ways(last) for last in messages[-1:])]
        outgoing = self.outgoing(chat.id, kind, self.renderer.render_all(said, language), key=key)
        return outgoing if uow.outbox.add(outgoing) else None

    def tell_person(
        self, uow: UnitOfWork, person_id: PersonId, kind: str, message: Message, *, key: str | None = None
    ) -> Outgoing | None:
        """Store a push to a person's chat; None when there is nobody to reach or the key was used before."""
        chat = uow.chats.of_person(person_id)
        person = uow.people.get(person_id)
        if chat is None or person is None:
            return None
        return self.tell_chat(uow, chat, kind, [message], language=person.language, key=key)

    def loading(self, chat_id: ChatId) -> Outgoing:
        """Show that something is being made, after what is said before; nothing when that takes long itself."""
        made = self.outgoing(chat_id, LOADING, ())
        return replace(made, matters=False, expires_at=made.created_at + LOADING_IS_GOOD_FOR)

    def outgoing(
        self,
        chat_id: ChatId,
        kind: str,
        messages: Sequence[LineMessage],
        *,
        key: str | None = None,
        reply_token: str | None = None,
        reply_until: datetime | None = None,
    ) -> Outgoing:
        """A fresh row for the outbox."""
        now = self.clock.now()
        return Outgoing(
            id=OutgoingId(self.ids.new()),
            chat_id=chat_id,
            kind=kind,
            messages=tuple(messages),
            retry_key=str(uuid.uuid4()),
            created_at=now,
            next_try_at=now,
            expires_at=now + GOOD_FOR,
            key=key,
            reply_token=reply_token,
            reply_until=reply_until,
        )
