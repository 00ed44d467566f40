"""Say something of an update to its officer without sending it back."""

from __future__ import annotations

from bot.conversation.types import Message
from bot.domain.calendar import bangkok_day
from bot.domain.comments import LONGEST_COMMENT, MOST_COMMENTS, Comment, CommentId
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import ChatId, PersonId
from bot.domain.text import clean
from bot.domain.updates import Stage, UpdateId
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action
from bot.services.notices import Notices
from bot.services.review_update import name_at_review, who_mends, write_down

MESSAGE = "update_comment"


def comment_on_update(
    uow: UnitOfWork, notices: Notices, update_id: UpdateId, by: PersonId, text: str
) -> tuple[Comment | None, list[ChatId]]:
    """Keep a comment on an update in force and tell whoever mends it; nothing for the same words pressed twice.

    Returns the comment, and the chats that were told.

    Raises:
        NotFound: the update is not in force any more.
        BadInput: there is no text, or there are too many comments (`why` is empty or many).
    """
    words = clean(text)[:LONGEST_COMMENT]
    if not words:
        raise BadInput("a comment says something", why="empty")
    update = uow.updates.get(update_id)
    measure = uow.plans.measure(update.measure_id) if update is not None else None
    if update is None or measure is None or update.stage is not Stage.SUBMITTED:
        raise NotFound("the update has been replaced or is gone")
    said = uow.comments.of_updates([update_id])[update_id]
    if said and (said[-1].person_id, said[-1].text) == (by, words):
        return None, []
    if len(said) >= MOST_COMMENTS:
        raise BadInput("there are many comments", why="many")
    at = notices.clock.now()
    comment = Comment(id=CommentId(notices.ids.new()), update_id=update_id, person_id=by, text=words, said_at=at)
    uow.comments.add(comment)
    write_down(uow, notices, update, measure, by, Action.UPDATE_COMMENTED)
    name = name_at_review(uow, by, measure.agency_id, bangkok_day(at))
    message = Message(name=MESSAGE, values={"no": measure.no, "title": measure.title, "text": words, "by": name})
    mends = who_mends(uow, measure, update, bangkok_day(at))
    told = [notices.tell_person(uow, each, MESSAGE, message, key=f"comment-{comment.id}-{each}") for each in mends]
    return comment, [each.chat_id for each in told if each]
