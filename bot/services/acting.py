"""Let one person act for another for a while, and end it; both are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.conversation.effects import EndActing, StartActing
from bot.conversation.types import Message
from bot.domain.acting import LONGEST_ACTING, ActingPost, ActingPostId
from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import ChatId, Person, PersonId
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action, note
from bot.services.notices import Notices


def start_acting(
    uow: UnitOfWork,
    notices: Notices,
    at: datetime,
    by: PersonId | None,
    agency_id: AgencyId,
    holder_id: PersonId,
    acting_id: PersonId,
    first_on: date,
    last_on: date,
) -> tuple[ActingPost, list[ChatId]]:
    """Let somebody act for somebody, both days included; returns the post and the chats that were told.

    Raises:
        NotFound: one of them has no role in the agency.
        BadInput: `why` says what is wrong: same_person, dates, over, too_long, taken, away.
    """
    uow.agencies.hold(agency_id)
    members = {person.id: person for person, _ in uow.people.members(agency_id)}
    if holder_id not in members or acting_id not in members:
        raise NotFound("both must belong to the agency")
    posts = [post for post in uow.acting.since(bangkok_day(at), agency_id) if post.overlaps(first_on, last_on)]
    problem = why_not(posts, holder_id, acting_id, first_on, last_on, bangkok_day(at))
    if problem is not None:
        raise BadInput(f"this acting post cannot be: {problem}", why=problem)
    post = ActingPost(
        id=ActingPostId(notices.ids.new()),
        agency_id=agency_id,
        holder_id=holder_id,
        acting_id=acting_id,
        first_on=first_on,
        last_on=last_on,
        made_at=at,
        made_by=by,
    )
    uow.acting.add(post)
    _write_down(uow, notices, at, by, Action.ACTING_STARTED, post, members[holder_id], members[acting_id])
    return post, _tell_both(uow, notices, "acting_started", post, members[holder_id], members[acting_id], by)


def why_not(
    posts: Iterable[ActingPost], holder_id: PersonId, acting_id: PersonId, first_on: date, last_on: date, today: date
) -> str | None:
    """What speaks against an acting post beside those that fall into the same days; None when nothing does."""
    if holder_id == acting_id:
        return "same_person"
    if last_on < first_on:
        return "dates"
    if last_on < today:
        return "over"
    if last_on - first_on >= timedelta(days=LONGEST_ACTING):
        return "too_long"
    taken = {post.holder_id for post in posts}
    if holder_id in taken:
        return "taken"
    return "away" if acting_id in taken else None


def end_acting(
    uow: UnitOfWork, notices: Notices, at: datetime, by: PersonId | None, agency_id: AgencyId, post_id: ActingPostId
) -> tuple[ActingPost, list[ChatId]]:
    """End it now, before its last day.

    Raises:
        NotFound: the agency has no such post, or it has ended.
    """
    post = uow.acting.get(post_id)
    over = post is None or post.agency_id != agency_id or post.last_on < bangkok_day(at)
    if post is None or over or not uow.acting.end(post_id, at):
        raise NotFound("it has ended already")
    holder, acting = _person(uow, post.holder_id), _person(uow, post.acting_id)
    _write_down(uow, notices, at, by, Action.ACTING_ENDED, post, holder, acting)
    return post, _tell_both(uow, notices, "acting_ended", post, holder, acting, by)


def change_acting(
    uow: UnitOfWork, notices: Notices, at: datetime, holder_id: PersonId | None, effect: StartActing | EndActing
) -> list[ChatId]:
    """Carry out what a person decided in the chat about who acts for them."""
    if holder_id is None:
        return []
    match effect:
        case StartActing(agency_id=agency_id, acting_id=acting_id, first_on=first, last_on=last):
            return start_acting(uow, notices, at, holder_id, agency_id, holder_id, acting_id, first, last)[1]
        case EndActing(agency_id=agency_id, post_id=post_id):
            return end_acting(uow, notices, at, holder_id, agency_id, post_id)[1]


def _person(uow: UnitOfWork, person_id: PersonId) -> Person:
    return uow.people.get(person_id) or Person(id=person_id, name="")


def _tell_both(
    uow: UnitOfWork,
    notices: Notices,
    name: str,
    post: ActingPost,
    holder: Person,
    acting: Person,
    by: PersonId | None,
) -> list[ChatId]:
    """Tell both; who did it in the chat is answered there."""
    agency = uow.agencies.get(post.agency_id)
    told = []
    for person in (acting, holder):
        if person.id == by:
            continue
        values = {
            "mine": person.id == holder.id,
            "holder": holder.name,
            "acting": acting.name,
            "agency": agency.name if agency else "",
            "first_on": post.first_on,
            "last_on": post.last_on,
        }
        message = Message(name=name, values=values)
        told.append(notices.tell_person(uow, person.id, name, message, key=f"{name}-{post.id}-{person.id}"))
    return [each.chat_id for each in told if each]


def _write_down(
    uow: UnitOfWork,
    notices: Notices,
    at: datetime,
    by: PersonId | None,
    action: Action,
    post: ActingPost,
    holder: Person,
    acting: Person,
) -> None:
    days = {"first": post.first_on.isoformat(), "last": post.last_on.isoformat()}
    note(uow, notices.ids, at, by, action, post.agency_id, person=acting.name, holder=holder.name, **days)
