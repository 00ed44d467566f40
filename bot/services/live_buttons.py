"""A message started by the program carries the buttons of the question being asked, which LINE would take away.

Quick replies show below the newest message only. So that a reminder in the middle of a question does not leave the
person without its buttons, they are offered again below the reminder, after its own.
"""

from __future__ import annotations

from dataclasses import replace

from bot.ports.records import Chat, LineMessage, Outgoing, OutgoingState
from bot.ports.store import UnitOfWork
from bot.services.notices import TURN

MOST_BUTTONS = 13


def carry_buttons(uow: UnitOfWork, chat: Chat, message: Outgoing) -> Outgoing:
    """The message with the live question's buttons; one that was tried already stays as LINE may have taken it."""
    is_fresh = message.state is OutgoingState.QUEUED and message.attempts == 0 and bool(message.messages)
    if message.kind == TURN or not is_fresh or not chat.state.get("question"):
        return message
    answer = uow.outbox.newest(chat.id, TURN)
    asked = _buttons(answer.messages[-1]) if answer is not None and answer.messages else []
    own = _buttons(message.messages[-1])
    both = [*own, *(item for item in asked if item not in own)][:MOST_BUTTONS]
    if both == own:
        return message
    last = {**message.messages[-1], "quickReply": {"items": both}}
    return replace(message, messages=(*message.messages[:-1], last))


def _buttons(message: LineMessage) -> list[LineMessage]:
    items: list[LineMessage] = message.get("quickReply", {}).get("items", [])
    return items
