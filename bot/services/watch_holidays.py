"""Tell the operators in time that the next year's public holidays are not in the program yet."""

from __future__ import annotations

import logging

from bot.conversation.types import Message
from bot.domain.calendar import BE_OFFSET, bangkok_day
from bot.ports.store import Store
from bot.services.notices import Notices
from bot.services.plan_reminders import calendars

log = logging.getLogger(__name__)

WARNING = "holidays_missing"


def watch_holidays(store: Store, notices: Notices) -> int | None:
    """The calendar year (CE) whose holidays are missing; operators are told once, in working hours."""
    now = notices.clock.now()
    with store.read() as uow:
        calendar = calendars(uow)[None]
    year = calendar.missing_year(bangkok_day(now))
    if year is None or not calendar.is_working_time(now):
        return year
    log.warning("holidays_missing year=%s", year + BE_OFFSET)
    with store.write() as uow:
        for person, _ in uow.people.members(None):
            message = Message(name=WARNING, values={"year": year + BE_OFFSET})
            notices.tell_person(uow, person.id, WARNING, message, key=f"holidays-{year}-{person.id}")
    return year
