"""Reopenings (ขอแก้ไขหลังปิดรอบ): an officer may change what a locked round holds for some days, if an admin lets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.domain.plans import MeasureId
from bot.domain.rounds import Round, RoundNo

ReopeningId = NewType("ReopeningId", str)

USUAL_DAYS, MOST_DAYS = 7, 30
"""How long a measure is open again, unless the admin says so, and at most."""

LONGEST_REASON = 1_000


class Reply(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    ALLOWED = "allowed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """One officer's request about one measure in one round that has locked.

    Attributes:
        until: the last day on which the officer may report again; None unless allowed.
    """

    id: ReopeningId
    agency_id: AgencyId
    measure_id: MeasureId
    round_no: RoundNo
    person_id: PersonId
    reason: str
    asked_at: datetime
    reply: Reply = Reply.WAITING
    until: date | None = None
    replied_at: datetime | None = None
    replied_by: PersonId | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the measure is open again on that day."""
        return self.reply is Reply.ALLOWED and self.until is not None and day <= self.until


Key = tuple[PersonId, MeasureId, RoundNo]


def open_again(reopenings: Iterable[Reopening], day: date) -> Mapping[Key, date]:
    """Until when each officer may report on what, where its round has locked."""
    found: dict[Key, date] = {}
    for each in reopenings:
        if each.holds_on(day) and each.until is not None:
            key = (each.person_id, each.measure_id, each.round_no)
            found[key] = max(each.until, found.get(key, each.until))
    return found


def reopened(round_: Round, until: date | None) -> Round:
    """The round as it is for an officer who may report again until that day."""
    return round_ if until is None else replace(round_, locks_on=max(until, round_.locks_on))
