"""What else waits in an agency beside its round: people, signatures, messages, holidays, the month's messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BE_OFFSET, bangkok_day
from bot.domain.joining import REQUEST_LIFE, Handover, JoinRequest, Offer
from bot.domain.message_budget import Budget, warning_at
from bot.domain.people import PersonId
from bot.domain.sign_off import SignOff
from bot.ports.store import UnitOfWork
from bot.ports.store.letters import LetterChoice
from bot.services.delivery_desk import DEAD
from bot.services.notices import TURN
from bot.services.plan_reminders import budgets, calendar_of, calendars
from bot.services.recheck_reminder import NOT_NEEDED

FRESH = timedelta(days=14)
"""How long a message that did not arrive is something of today."""

MOST_LETTERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHandover:
    """Work that was offered and is not taken yet."""

    giver_id: PersonId
    giver: str
    taker: str
    measures: int
    offered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What waits for somebody, each with enough to link to where it is settled.

    Attributes:
        requests: of people without a code, to join.
        sign_offs: reports that wait for a signature.
        reopenings: how many ask to change what a locked round holds.
        dead: messages of the last days that did not arrive; `many_dead` when there are more.
        holidays: the year (BE) whose holidays ought to be known; None when all is known.
        quota: the month's messages of the channel that is lowest, with the share used in per cent, when it is low.
    """

    requests: tuple[JoinRequest, ...]
    sign_offs: tuple[SignOff, ...]
    handovers: tuple[OpenHandover, ...]
    reopenings: int
    dead: int
    many_dead: bool
    holidays: int | None
    quota: tuple[Budget, int] | None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits."""
        people = self.requests or self.sign_offs or self.handovers or self.reopenings
        return not (people or self.dead or self.holidays or self.quota)


def waits_of(uow: UnitOfWork, agency_id: AgencyId, now: datetime) -> Waits:
    """Everything that waits; a fixed number of queries for each channel of the agency."""
    dead = _dead(uow, agency_id, now)
    missing = calendar_of(calendars(uow))(agency_id).missing_year(bangkok_day(now))
    return Waits(
        requests=tuple(uow.join_requests.pending([agency_id], now - REQUEST_LIFE)),
        sign_offs=tuple(each for each in uow.sign_offs.running([agency_id]) if each.step is not None),
        handovers=_handovers(uow, agency_id),
        reopenings=len(uow.reopenings.waiting([agency_id])),
        dead=min(dead, MOST_LETTERS),
        many_dead=dead > MOST_LETTERS,
        holidays=missing + BE_OFFSET if missing else None,
        quota=_quota(uow, agency_id, now),
    )


def _dead(uow: UnitOfWork, agency_id: AgencyId, now: datetime) -> int:
    """What did not arrive, answers in the chat left out: whoever wrote has seen that nothing came."""
    choice = LetterChoice(states=DEAD, without=(TURN,), since=now - FRESH)
    letters = uow.letters.of_agency(agency_id, choice, skip=0, limit=MOST_LETTERS + 1)
    return sum(letter.error != NOT_NEEDED for letter in letters)


def _handovers(uow: UnitOfWork, agency_id: AgencyId) -> tuple[OpenHandover, ...]:
    offered = [each for each in uow.handovers.of_agency(agency_id) if each.state is Offer.OFFERED]
    return _named(uow, agency_id, offered) if offered else ()


def _named(uow: UnitOfWork, agency_id: AgencyId, offered: Sequence[Handover]) -> tuple[OpenHandover, ...]:
    names = {person.id: person.name for person, _ in uow.people.members(agency_id)}
    return tuple(
        OpenHandover(
            giver_id=each.giver_id,
            giver=names.get(each.giver_id, ""),
            taker=names.get(each.taker_id, ""),
            measures=len(each.measure_ids),
            offered_at=each.offered_at,
        )
        for each in offered
        if each.giver_id in names
    )


def _quota(uow: UnitOfWork, agency_id: AgencyId, now: datetime) -> tuple[Budget, int] | None:
    channels = {row.channel_id for row in uow.reminders.reachable([agency_id])}
    found = [budget for channel, budget in budgets(uow, now, channels).items()]
    worst = max(found, key=warning_at, default=None)
    reached = warning_at(worst) if worst is not None else 0
    return (worst, reached) if worst is not None and reached else None
