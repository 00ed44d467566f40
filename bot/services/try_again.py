"""What an operator does about something that failed: have it tried again, with that written down."""

from __future__ import annotations

from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import ChatId, PersonId
from bot.jobs import CHAT_TURN, COMPILE_REPORT, DELIVER
from bot.ports.outside import Clock, Ids, JobQueue
from bot.ports.records import EventId, ReportId, ReportRun, ReportState
from bot.ports.store import Store
from bot.reporting.kinds import Kind
from bot.services.compile_report import queue_report
from bot.services.delivery_desk import send_again
from bot.services.logbook import Action, note


def resend_message(store: Store, ids: Ids, clock: Clock, queue: JobQueue, by: PersonId, message_id: str) -> ChatId:
    """Send a message that failed anew; raises as send_again does."""
    fresh = send_again(store, ids, clock, message_id)
    with store.write() as uow:
        note(uow, ids, clock.now(), by, Action.MESSAGE_RESENT, None, kind=fresh.kind, message=message_id)
    queue.enqueue(DELIVER, fresh.chat_id)
    return fresh.chat_id


def resend_letter(
    store: Store, ids: Ids, clock: Clock, queue: JobQueue, by: PersonId, agency_id: AgencyId, message_id: str
) -> None:
    """Send a message to one of the agency's people anew; the same for an admin.

    Raises:
        NotFound: the agency has no such message.
        BadInput: it is being sent, was sent, or was sent again already.
    """
    with store.read() as uow:
        if uow.letters.get(agency_id, message_id) is None:
            raise NotFound("the agency has no such message")
    fresh = send_again(store, ids, clock, message_id)
    with store.write() as uow:
        note(uow, ids, clock.now(), by, Action.MESSAGE_RESENT, agency_id, kind=fresh.kind, message=message_id)
    queue.enqueue(DELIVER, fresh.chat_id)


def retry_event(store: Store, ids: Ids, clock: Clock, queue: JobQueue, by: PersonId, event_id: EventId) -> ChatId:
    """Read an event anew that was given up.

    Raises:
        NotFound: there is no such event, or it is being read again already.
    """
    with store.write() as uow:
        chat_id = uow.chats.retry_event(event_id)
        if chat_id is None:
            raise NotFound("no such event was given up")
        note(uow, ids, clock.now(), by, Action.EVENT_RETRIED, None, event=event_id)
    queue.enqueue(CHAT_TURN, chat_id)
    return chat_id


def retry_report(store: Store, ids: Ids, clock: Clock, queue: JobQueue, by: PersonId, report_id: ReportId) -> ReportRun:
    """Ask for the same report again; who asked first is told when it is ready.

    Raises:
        NotFound: there is no such report that failed.
    """
    with store.write() as uow:
        old = uow.reports.get(report_id)
        if old is None or old.state is not ReportState.FAILED:
            raise NotFound("no such report failed")
        run = queue_report(
            uow,
            ids,
            clock,
            old.agency_id,
            old.fiscal_year,
            old.round_no,
            formats=old.formats,
            draft=old.draft,
            requested_by=by,
            chat_id=old.chat_id,
            skip=old.skip,
            kind=Kind(old.kind),
            parts=old.parts,
            styles=old.styles,
        )
    queue.enqueue(COMPILE_REPORT, run.id)
    return run
