"""What a turn may need to know of colleagues; loaded only when the person speaks of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypedDict

from bot.conversation.english import command as english
from bot.conversation.events import ButtonTapped, Event, TextReceived
from bot.conversation.facts import Colleague, Hat, JoinAsked, OfferSeen, OwnPost
from bot.conversation.flows.joining import FLOW as JOINING
from bot.conversation.flows.standing_in import FLOW
from bot.conversation.nearly import command as nearly
from bot.conversation.types import State
from bot.conversation.words import Word, command
from bot.domain.agencies import Agency
from bot.domain.joining import REQUEST_LIFE, Asked, Handover
from bot.domain.people import Person, PersonId, Role
from bot.domain.plans import Measure
from bot.ports.records import Chat
from bot.ports.store import UnitOfWork

_ABOUT = frozenset({Word.STAND_IN, Word.HAND_OVER, Word.TAKE_OVER, Word.DECLINE})


class JoinFacts(TypedDict):
    """Fields of Facts for a chat that has not joined."""

    join_waits: JoinAsked | None
    joins_today: int
    joinable: tuple[Agency, ...]


class PeopleFacts(TypedDict, total=False):
    """Fields of Facts."""

    colleagues: tuple[Colleague, ...]
    own_posts: tuple[OwnPost, ...]
    own_measures: tuple[Measure, ...]
    own_offers: tuple[OfferSeen, ...]
    offers: tuple[OfferSeen, ...]


def people_facts(
    uow: UnitOfWork, person_id: PersonId, event: Event, state: State, hats: Iterable[Hat], today: date
) -> PeopleFacts:
    """The fields that this event may ask for."""
    if state.flow != FLOW and not _speaks_of_colleagues(event):
        return {}
    return {
        "colleagues": tuple(_colleagues(uow, person_id, hats, today)),
        "own_posts": tuple(_own_posts(uow, person_id, hats, today)),
        "own_measures": tuple(uow.plans.assigned_to(person_id)),
        "own_offers": tuple(_seen(uow, o, o.taker_id) for o in uow.handovers.offered_by(person_id)),
        "offers": tuple(_seen(uow, o, o.giver_id) for o in uow.handovers.offered_to(person_id)),
    }


def join_facts(uow: UnitOfWork, chat: Chat, event: Event, state: State) -> JoinFacts:
    """What a chat that has not joined may need to know of asking to."""
    asked = uow.join_requests.of_chat(chat.id, event.at - REQUEST_LIFE)
    waits = next((each for each in asked if each.state is Asked.PENDING), None)
    agency = uow.agencies.get(waits.agency_id) if waits else None
    asks = state.flow == JOINING or _says(event, frozenset({Word.JOIN}))
    return {
        "join_waits": JoinAsked(id=waits.id, agency=agency, name=waits.person_name) if waits and agency else None,
        "joins_today": sum(event.at - each.asked_at < timedelta(days=1) for each in asked),
        "joinable": _joinable(uow, chat) if asks else (),
    }


def _joinable(uow: UnitOfWork, chat: Chat) -> tuple[Agency, ...]:
    """The agencies that the chat's channel serves: its own, else all that no other channel does."""
    channels = uow.channels.all()
    mine = next((set(each.agency_ids) for each in channels if each.id == chat.channel_id), set())
    taken = {agency_id for each in channels if each.id != chat.channel_id for agency_id in each.agency_ids}
    found = (a for a in uow.agencies.all() if (a.id in mine if mine else a.id not in taken))
    return tuple(sorted(found, key=lambda agency: agency.name))


def join_requests(uow: UnitOfWork, hats: Iterable[Hat], event: Event) -> tuple[JoinAsked, ...]:
    """Who asks to be let into the agencies that the person runs."""
    run = {hat.agency.id: hat.agency for hat in hats if hat.agency and Role.ADMIN in hat.roles}
    found = uow.join_requests.pending(list(run), event.at - REQUEST_LIFE)
    return tuple(JoinAsked(id=each.id, agency=run[each.agency_id], name=each.name) for each in found)


def _seen(uow: UnitOfWork, offer: Handover, other: PersonId) -> OfferSeen:
    person = uow.people.get(other)
    return OfferSeen(id=offer.id, other=person.name if person else "", count=len(offer.measure_ids))


def _speaks_of_colleagues(event: Event) -> bool:
    return _says(event, _ABOUT)


def _says(event: Event, among: frozenset[Word]) -> bool:
    match event:
        case TextReceived(text=text):
            return (command(text) or english(text) or nearly(text)) in among
        case ButtonTapped(data=data):
            return any(word.value in data for word in among)
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
