"""Carry out what a turn decided about joining and handing over; returns the chats that were told."""

from __future__ import annotations

from datetime import datetime

from bot.conversation import effects as do
from bot.domain.people import ChatId
from bot.ports.records import Chat
from bot.ports.store import UnitOfWork
from bot.services.hand_over import offer_handover, settle_handover
from bot.services.join_requests import decide_join, request_join
from bot.services.notices import Notices

AboutPeople = do.RequestJoin | do.ForgetJoin | do.DecideJoin | do.OfferHandover | do.SettleHandover


def apply_about_people(
    uow: UnitOfWork, notices: Notices, chat: Chat, at: datetime, effect: AboutPeople
) -> list[ChatId]:
    """One effect; those that need a person do nothing in a chat that has none."""
    match effect, chat.person_id:
        case do.RequestJoin(agency_id=agency_id, name=name), _:
            return request_join(uow, notices, chat, agency_id, name, at)
        case do.ForgetJoin(), _:
            uow.join_requests.forget(chat.id)
        case do.DecideJoin(request_id=request_id, agency_id=agency_id, approve=approve), str(by):
            return decide_join(uow, notices, at, by, agency_id, request_id, approve=approve)[1]
        case do.OfferHandover(agency_id=agency_id, taker_id=taker_id, measure_ids=ids), str(by):
            return offer_handover(uow, notices, at, by, agency_id, taker_id, ids)[1]
        case do.SettleHandover(handover_id=handover_id, state=state), str(by):
            return settle_handover(uow, notices, at, by, handover_id, state)
    return []
