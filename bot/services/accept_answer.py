"""Accept an answer with the messages that made it, and let a message that is taken back leave it again."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import sent_parts
from bot.domain.people import ChatId
from bot.domain.updates import Answer, Stage, UpdateId
from bot.ports.store import UnitOfWork


def accept_answer(
    uow: UnitOfWork, update_id: UpdateId, answer: Answer, text: str | None, message_id: str | None
) -> None:
    """Put the text in the draft; None empties the answer."""
    update = uow.updates.get(update_id)
    if update is None:
        return
    kept = uow.updates.sent_parts(update_id, answer)
    uow.updates.accept_parts(update_id, answer, sent_parts.accepted(kept, text, message_id))
    uow.updates.save(replace(update, **{answer.value: text}))  # type: ignore[arg-type]  # each answer is a column


def take_back(uow: UnitOfWork, chat_id: ChatId, message_id: str) -> list[str]:
    """Remove what came with the message from the person's drafts and the events; what was submitted stays.

    Returns the keys of stored bytes that nobody uses now.
    """
    for found in uow.updates.came_with(chat_id, message_id):
        if found.stage is Stage.DRAFT:
            for answer in found.answers:
                _leave(uow, found.update_id, answer, message_id)
    uow.chats.forget_message(chat_id, message_id)
    return uow.updates.take_back(chat_id, message_id)


def _leave(uow: UnitOfWork, update_id: UpdateId, answer: Answer, message_id: str) -> None:
    update = uow.updates.get(update_id)
    accepted = [part for part in uow.updates.sent_parts(update_id, answer) if part.accepted]
    if update is None or sent_parts.joined(accepted) != update.answer(answer):
        return  # rewritten since: it is not known any more which words are that message's
    left = sent_parts.joined([part for part in accepted if part.message_id != message_id])
    uow.updates.save(replace(update, **{answer.value: left}))  # type: ignore[arg-type]
