"""A small invented office in a store, and records with only the telling fields spelled out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.people import ChatId, Invite, InviteId, Membership, Person, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, MediaState, Stage, Update, UpdateId
from bot.ports.records import (
    DEFAULT_CHANNEL,
    Chat,
    EventId,
    Outgoing,
    OutgoingId,
    ReportId,
    ReportRun,
    StoredEvent,
)
from bot.ports.store import Store, UnitOfWork

NOW = datetime(2024, 3, 4, 9, 0, 0, 123456, tzinfo=BANGKOK)
YEAR = FiscalYear(2567)
AGENCY = AgencyId("agency-1")
SOMCHAI, MALEE = PersonId("person-1"), PersonId("person-2")
FIRST, SECOND = MeasureId("measure-1"), MeasureId("measure-2")
CHAT, OTHER_CHAT = ChatId("chat-1"), ChatId("chat-2")


def later(**step: float) -> datetime:
    """NOW and a timedelta's arguments."""
    return NOW + timedelta(**step)


def an_agency(**fields: Any) -> Agency:
    return Agency(**{"id": AGENCY, "name": "องค์การบริหารส่วนตำบลบ้านตัวอย่าง"} | fields)


def a_person(**fields: Any) -> Person:
    return Person(**{"id": SOMCHAI, "name": "สมชาย ใจดี"} | fields)


def a_membership(**fields: Any) -> Membership:
    return Membership(**{"person_id": SOMCHAI, "role": Role.OFFICER, "agency_id": AGENCY} | fields)


def an_invite(**fields: Any) -> Invite:
    return Invite(
        **{
            "id": InviteId("invite-1"),
            "agency_id": AGENCY,
            "role": Role.OFFICER,
            "person_id": SOMCHAI,
            "name": "สมชาย ใจดี",
            "fiscal_year": YEAR,
            "measure_ids": (FIRST, SECOND),
            "expires_at": later(days=30),
        }
        | fields
    )


def a_measure(**fields: Any) -> Measure:
    return Measure(
        **{"id": FIRST, "agency_id": AGENCY, "fiscal_year": YEAR, "no": 1, "title": "มาตรการส่งเสริมคุณธรรม"} | fields
    )


def an_update(**fields: Any) -> Update:
    return Update(
        **{
            "id": UpdateId("update-1"),
            "measure_id": FIRST,
            "round_no": RoundNo.SIX,
            "person_id": SOMCHAI,
            "started_at": NOW,
        }
        | fields
    )


def a_submitted(**fields: Any) -> Update:
    return an_update(**{"stage": Stage.SUBMITTED, "submitted_at": NOW} | fields)


def a_photo(**fields: Any) -> Evidence:
    return Evidence(
        **{
            "id": EvidenceId("evidence-1"),
            "kind": EvidenceKind.IMAGE,
            "message_id": "line-message-1",
            "media": MediaState.WANTED,
        }
        | fields
    )


def a_chat(**fields: Any) -> Chat:
    return Chat(
        **{"id": CHAT, "channel_id": DEFAULT_CHANNEL, "line_user_id": "U-somchai", "person_id": SOMCHAI} | fields
    )


def an_event(number: int = 1, **fields: Any) -> StoredEvent:
    return StoredEvent(
        **{
            "id": EventId(f"event-{number}"),
            "channel_id": DEFAULT_CHANNEL,
            "webhook_event_id": f"webhook-{number}",
            "kind": "message",
            "at": NOW,
            "received_at": NOW,
            "chat_id": CHAT,
            "payload": {"type": "message", "message": {"text": "รายงานผล"}},
        }
        | fields
    )


def a_message(number: int = 1, **fields: Any) -> Outgoing:
    return Outgoing(
        **{
            "id": OutgoingId(f"outgoing-{number}"),
            "chat_id": CHAT,
            "kind": "turn",
            "messages": ({"type": "text", "text": "สวัสดีค่ะ"},),
            "retry_key": f"00000000-0000-4000-8000-{number:012d}",
            "created_at": NOW,
            "next_try_at": NOW,
            "expires_at": later(days=1),
        }
        | fields
    )


def a_run(number: int = 1, **fields: Any) -> ReportRun:
    return ReportRun(
        **{
            "id": ReportId(f"report-{number}"),
            "agency_id": AGENCY,
            "fiscal_year": YEAR,
            "round_no": RoundNo.SIX,
            "formats": ("pdf", "docx"),
            "created_at": NOW,
        }
        | fields
    )


def furnish(store: Store) -> None:
    """One agency with two people, two measures and a chat for each person."""
    with store.write() as uow:
        uow.agencies.add(an_agency())
        uow.people.add(a_person())
        uow.people.add(a_person(id=MALEE, name="มาลี สุขใจ"))
        uow.plans.save([a_measure(), a_measure(id=SECOND, no=2, title="มาตรการป้องกันการทุจริต")])
        uow.chats.add(a_chat())
        uow.chats.add(a_chat(id=OTHER_CHAT, line_user_id="U-malee", person_id=MALEE))


def the_update(uow: UnitOfWork, update_id: str = "update-1") -> Update:
    """An update that must be there."""
    found = uow.updates.get(UpdateId(update_id))
    assert found is not None
    return found
