"""Keep what LINE tells of a channel's monthly messages, and warn the admins at 70 and 90 %."""

from __future__ import annotations

import logging

from bot.conversation.types import Message
from bot.domain.calendar import bangkok_day, thai_date
from bot.domain.message_budget import Budget, warning_at
from bot.domain.people import PersonId, Role
from bot.ports.outside import Messenger
from bot.ports.records import DEFAULT_CHANNEL, Channel, KnownQuota
from bot.ports.store import Store, UnitOfWork
from bot.services.notices import Notices
from bot.services.plan_ahead import month_forecast
from bot.services.plan_reminders import calendars

log = logging.getLogger(__name__)

WARNING = "quota_warning"


def watch_quota(store: Store, messenger: Messenger, notices: Notices, channel: Channel) -> bool:
    """Ask LINE, store the answer, and tell the admins once when a threshold is passed; whether it is above 90 %.

    A warning costs a message too: it goes to one admin of each agency of the channel, and waits for their next
    free reply when nothing is left.
    """
    told = messenger.quota(channel)
    if told is None:
        return False
    now = notices.clock.now()
    with store.write() as uow:
        old = uow.reminders.quota(channel.id)
        reached = warning_at(Budget(limit=told.limit, used=told.used))
        same_month = old is not None and bangkok_day(old.asked_at).replace(day=1) == bangkok_day(now).replace(day=1)
        warned = old.warned if old is not None and same_month else 0
        tells = reached > warned and calendars(uow)[None].is_working_time(now)
        uow.reminders.save_quota(
            KnownQuota(
                channel_id=channel.id,
                limit=told.limit,
                used=told.used,
                asked_at=now,
                warned=reached if tells else warned,
            )
        )
        if tells:
            _warn(uow, notices, channel, reached, told.used, told.limit or 0)
    level = logging.WARNING if reached else logging.INFO
    log.log(level, "quota channel=%s used=%s limit=%s", channel.id, told.used, told.limit)
    return reached >= 90


def _warn(uow: UnitOfWork, notices: Notices, channel: Channel, reached: int, used: int, limit: int) -> None:
    now = notices.clock.now()
    month = f"{bangkok_day(now):%Y-%m}"
    ahead = month_forecast(uow, now).get(channel.id)
    values = {
        "percent": reached,
        "used": used,
        "limit": limit,
        "left": max(limit - used, 0),
        "planned": ahead.planned if ahead else 0,
        "runs_out": thai_date(ahead.runs_out_on) if ahead and ahead.runs_out_on else "",
    }
    for admin in _admins(uow, channel):
        key = f"quota-{reached}-{month}-{channel.id}-{admin}"
        notices.tell_person(uow, admin, WARNING, Message(name=WARNING, values=values), key=key)


def _admins(uow: UnitOfWork, channel: Channel) -> list[PersonId]:
    """One admin of each agency whose people are in the channel's chats."""
    first: dict[str, PersonId] = {}
    for each in uow.reminders.reachable():
        mine = each.channel_id == channel.id and (channel.id == DEFAULT_CHANNEL or each.agency_id in channel.agency_ids)
        if mine and each.role is Role.ADMIN:
            first.setdefault(each.agency_id, each.person_id)
    return list(dict.fromkeys(first.values()))
