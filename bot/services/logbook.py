"""Write down who did what, in the transaction in which it is done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.ports.outside import Ids
from bot.ports.records import LogEntry, LogEntryId
from bot.ports.store import UnitOfWork


class Action(StrEnum):
    """Everything that is written down; handlers.admin.log_words has a sentence for each."""

    PLAN_IMPORTED = "plan_imported"
    MEASURE_EDITED = "measure_edited"
    MEASURE_ADDED = "measure_added"
    MEASURE_MOVED = "measure_moved"
    MEASURE_REMOVED = "measure_removed"
    PLAN_COPIED = "plan_copied"
    OFFICERS_ASSIGNED = "officers_assigned"
    OFFICERS_REMOVED = "officers_removed"
    INVITED = "invited"
    INVITE_REVOKED = "invite_revoked"
    JOINED = "joined"
    SIGNED_IN = "signed_in"
    SESSION_ENDED = "session_ended"
    JOIN_APPROVED = "join_approved"
    JOIN_DENIED = "join_denied"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    PERSON_EDITED = "person_edited"
    LEAVE_SET = "leave_set"
    DIVISIONS_CHANGED = "divisions_changed"
    HANDOVER_OFFERED = "handover_offered"
    HANDOVER_ENDED = "handover_ended"
    HANDED_OVER = "handed_over"
    ACTING_STARTED = "acting_started"
    ACTING_ENDED = "acting_ended"
    AGENCY_EDITED = "agency_edited"
    SETTINGS_CHANGED = "settings_changed"
    ROUND_SET = "round_set"
    UPDATE_ENTERED = "update_entered"
    UPDATE_ACCEPTED = "update_accepted"
    UPDATE_RETURNED = "update_returned"
    UPDATE_COMMENTED = "update_commented"
    REOPENED = "reopened"
    REOPENING_DENIED = "reopening_denied"
    RESULTS_KEPT = "results_kept"
    REPORT_ASKED = "report_asked"
    SIGN_OFF_STARTED = "sign_off_started"
    STEP_SIGNED = "step_signed"
    SIGN_OFF_RETURNED = "sign_off_returned"
    SIGN_OFF_STOPPED = "sign_off_stopped"
    CHAIN_EDITED = "chain_edited"
    DOCUMENTS_EDITED = "documents_edited"
    REPORT_CANCELLED = "report_cancelled"
    STYLE_CHANGED = "style_changed"
    PUBLICATION_SAVED = "publication_saved"
    PUBLICATION_REMOVED = "publication_removed"
    ACCESS_GIVEN = "access_given"
    ACCESS_TAKEN = "access_taken"
    WEBHOOK_MADE = "webhook_made"
    WEBHOOK_ENDED = "webhook_ended"
    TEMPLATE_ADDED = "template_added"
    TEMPLATE_USED = "template_used"
    TEMPLATE_TAKEN_AWAY = "template_taken_away"
    RULES_CHANGED = "rules_changed"
    DAY_OFF_ADDED = "day_off_added"
    DAY_OFF_REMOVED = "day_off_removed"
    FEED_MADE = "feed_made"
    FEED_REVOKED = "feed_revoked"
    MESSAGE_RESENT = "message_resent"
    EVENT_RETRIED = "event_retried"
    GROUP_LINKED = "group_linked"
    GROUP_LEFT = "group_left"


def note(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId | None,
    action: Action,
    agency_id: AgencyId | None,
    **details: str | int | bool | list[int] | list[str] | None,
) -> None:
    """Add an entry; `by` is None for the program itself."""
    person = uow.people.get(by) if by else None
    uow.log.add(
        LogEntry(
            id=LogEntryId(ids.new()),
            at=at,
            action=action.value,
            agency_id=agency_id,
            person_id=by,
            name=person.name if person else "",
            details=details,
        )
    )
