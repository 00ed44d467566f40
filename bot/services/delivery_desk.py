"""What became of outgoing messages: dead letters to be sent again, those that wait, and figures of a round."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear, thai_date
from bot.domain.errors import BadInput, NotFound
from bot.domain.rounds import RoundNo
from bot.domain.text import thai_digits
from bot.ports.outside import Clock, Ids
from bot.ports.records import Outgoing, OutgoingId, OutgoingState, SaidReminder
from bot.ports.store import Store, UnitOfWork
from bot.ports.store.letters import LetterChoice
from bot.services.load_year import load_year
from bot.services.notices import GOOD_FOR, LOADING, TURN
from bot.services.recheck_reminder import NOT_NEEDED
from bot.services.send_due_reminders import REMINDER

DEAD = (OutgoingState.REFUSED, OutgoingState.EXPIRED, OutgoingState.UNKNOWN)
MOST = 500


def dead_letters(uow: UnitOfWork) -> list[Outgoing]:
    """What was not delivered and ought to have been, newest first: answers whose moment has passed are left out."""
    found = uow.outbox.in_states(DEAD, MOST)
    return [each for each in found if each.error != NOT_NEEDED and (each.kind not in {TURN, LOADING} or each.matters)]


def send_again(store: Store, ids: Ids, clock: Clock, message_id: str) -> Outgoing:
    """Put a dead letter, or one that is held, into the outbox anew; the old one is marked.

    Raises:
        NotFound: no such message.
        BadInput: it is being sent, was sent, or was sent again already.
    """
    with store.write() as uow:
        old = uow.outbox.get(message_id)
        if old is None:
            raise NotFound(f"there is no message {message_id!r}")
        if old.state not in {*DEAD, OutgoingState.HELD}:
            raise BadInput(f"message {message_id!r} is {old.state.value}; only one that failed can be sent again")
        now = clock.now()
        fresh = replace(
            old,
            id=OutgoingId(ids.new()),
            key=None,
            retry_key=str(uuid.uuid4()),
            multicast_key=None,
            created_at=now,
            next_try_at=now,
            expires_at=now + GOOD_FOR,
            reply_token=None,
            reply_until=None,
            reply_tried=False,
            matters=True,
            state=OutgoingState.QUEUED,
            attempts=0,
            sent_at=None,
            error=None,
            request_id=None,
        )
        uow.outbox.add(fresh)
        uow.reminders.move_message(old.id, fresh.id)
        uow.outbox.save(replace(old, state=OutgoingState.RESENT, error=f"sent again as {fresh.id}"))
        return fresh


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDelivery:
    """A round's reminders: messages by what became of them, by rule, and who cannot be reached."""

    states: Mapping[str, int]
    rules: Mapping[str, int]
    unreachable: tuple[str, ...]


def round_delivery(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, no: RoundNo) -> RoundDelivery:
    """Figures of one round.

    Raises:
        NotFound: no such agency.
    """
    said = [each for each in uow.reminders.of_round(agency_id, fiscal_year, no) if not each.covered]
    states = uow.letters.states({each.message_id for each in said})
    year = load_year(uow, agency_id, fiscal_year)
    away = {o.name for each in year.measures for o in each.missing_officers(no) if not o.joined}
    return RoundDelivery(
        states=dict(Counter(state.value for state in states.values())),
        rules=dict(Counter(each.rule for each in said)),
        unreachable=tuple(sorted(away)),
    )


def held_list(uow: UnitOfWork, agency_id: AgencyId) -> str:
    """What waits because the month's messages are used up, as text that an admin can copy into the group chat."""
    held = LetterChoice(states=[OutgoingState.HELD], kinds=[REMINDER])
    waiting = uow.letters.of_agency(agency_id, held, skip=0, limit=MOST)
    mine = [each for each in uow.reminders.of_messages([m.id for m in waiting]) if each.agency_id == agency_id]
    if not mine:
        return ""
    names = {person.id: person.name for person, _ in uow.people.members(agency_id)}
    lines = [_line(each, names.get(each.person_id, "")) for each in mine]
    return "\n".join(["ขอความร่วมมือรายงานผลในแชตของระบบ (พิมพ์ รายงานผล)", *sorted(dict.fromkeys(lines))])


def _line(said: SaidReminder, name: str) -> str:
    numbers = ", ".join(str(no) for no in said.measures)
    return thai_digits(f"• {name} – รอบ {said.round_no.value} เดือน มาตรการที่ {numbers}")


def said_line(said: SaidReminder) -> str:
    """A reminder as one line: when, why and about what."""
    numbers = ", ".join(str(no) for no in said.measures)
    return f"{thai_date(said.day)} {thai_digits(f'{said.why} (รอบ {said.round_no.value} เดือน มาตรการที่ {numbers})')}"
