"""What a turn may need to know of colleagues; loaded only when the person speaks of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from bot.conversation.events import ButtonTapped, Event, TextReceived
from bot.conversation.facts import Colleague, Hat, OwnPost
from bot.conversation.flows.standing_in import FLOW
from bot.conversation.nearly import command as nearly
from bot.conversation.types import State
from bot.conversation.words import Word, command
from bot.domain.people import Person, PersonId
from bot.ports.store import UnitOfWork

_ABOUT = frozenset({Word.STAND_IN})


class PeopleFacts(TypedDict, total=False):
    """Fields of Facts."""

    colleagues: tuple[Colleague, ...]
    own_posts: tuple[OwnPost, ...]


def people_facts(
    uow: UnitOfWork, person_id: PersonId, event: Event, state: State, hats: Iterable[Hat], today: date
) -> PeopleFacts:
    """The fields that this event may ask for."""
    if state.flow != FLOW and not _speaks_of_colleagues(event):
        return {}
    return {
        "colleagues": tuple(_colleagues(uow, person_id, hats, today)),
        "own_posts": tuple(_own_posts(uow, person_id, hats, today)),
    }


def _speaks_of_colleagues(event: Event) -> bool:
    match event:
        case TextReceived(text=text):
            return (command(text) or nearly(text)) in _ABOUT or "stand in" in text.lower()
        case ButtonTapped(data=data):
            return any(word.value in data for word in _ABOUT)
    return False


def _colleagues(uow: UnitOfWork, person_id: PersonId, hats: Iterable[Hat], today: date) -> Iterable[Colleague]:
    for hat in hats:
        if hat.agency is None:
            continue
        people = {person.id: person for person, _ in uow.people.members(hat.agency.id) if person.id != person_id}
        joined = uow.chats.joined(list(people))
        posts = uow.acting.since(today, hat.agency.id)
        for person in (p for p in people.values() if p.id in joined):
            away = tuple((post.first_on, post.last_on) for post in posts if post.holder_id == person.id)
            yield Colleague(person=person, agency=hat.agency, away=away)


def _own_posts(uow: UnitOfWork, person_id: PersonId, hats: Iterable[Hat], today: date) -> Iterable[OwnPost]:
    for hat in hats:
        if hat.agency is None:
            continue
        for post in uow.acting.since(today, hat.agency.id):
            if post.holder_id == person_id:
                acting = uow.people.get(post.acting_id) or Person(id=post.acting_id, name="")
                yield OwnPost(
                    id=post.id, agency=hat.agency, acting=acting, first_on=post.first_on, last_on=post.last_on
                )
