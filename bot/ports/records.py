"""Rows that exist because chats, deliveries and compiles must survive a crash; no nouns of the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, NewType

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.plans import MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Answer, Stage, UpdateId

ChannelId = NewType("ChannelId", str)
EventId = NewType("EventId", str)
OutgoingId = NewType("OutgoingId", str)
ReportId = NewType("ReportId", str)
LogEntryId = NewType("LogEntryId", str)

DEFAULT_CHANNEL = ChannelId("default")
"""The channel of LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN; it is not stored."""

LineMessage = dict[str, Any]
"""One message object as LINE's Messaging API takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A LINE channel; `bot_user_id` is LINE's `destination`, learnt when first seen."""

    id: ChannelId
    secret: str = field(repr=False)
    token: str = field(repr=False)
    bot_user_id: str | None = None
    agency_ids: tuple[AgencyId, ...] = ()


class ChatKind(StrEnum):
    """Whom a chat is with."""

    PERSON = "person"
    GROUP = "group"
    ROOM = "room"  # LINE's older chats of several people


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat; `version` guards its state against a slower writer.

    Attributes:
        line_user_id: LINE's id of the user; of the group or room where `kind` says so.
        person_id: whose one-to-one chat it is; groups and rooms are nobody's.
        blocked: nothing can be said here: the person blocked the bot, or it is in the group no more.
    """

    id: ChatId
    channel_id: ChannelId
    line_user_id: str
    kind: ChatKind = ChatKind.PERSON
    person_id: PersonId | None = None
    blocked: bool = False
    state: Mapping[str, object] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is known of a group or room beside its chat.

    Attributes:
        agency_id: the agency that it serves; None until an admin has linked it.
        asked_by: the admin who linked it, or asked to and has still to say for which agency.
        linked_at: when it was linked.
        moved_at: when the bot last came or went, by LINE's clock: an older coming or going says nothing new.
    """

    chat_id: ChatId
    agency_id: AgencyId | None = None
    asked_by: PersonId | None = None
    linked_at: datetime | None = None
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What is known of somebody who has joined; `blocked` when every chat of theirs is."""

    blocked: bool
    last_seen: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """A webhook event as LINE sent it.

    Of an event in a group only id, kind and time are kept. One that is to be answered there brings its chat and,
    until it is read, what it asks, who asked and the token to answer with; never what was said.
    """

    id: EventId
    channel_id: ChannelId
    webhook_event_id: str
    kind: str
    at: datetime
    received_at: datetime
    chat_id: ChatId | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedEvent:
    """An event that was given up; `problem` names the kind of error, never what people wrote."""

    id: EventId
    chat_id: ChatId
    kind: str
    received_at: datetime
    attempts: int
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuOwner:
    """Somebody who sees a rich menu; `shown` is LINE's id of the one that they were shown last."""

    chat_id: ChatId
    line_user_id: str
    language: str
    roles: frozenset[Role]
    shown: str | None = None


class OutgoingState(StrEnum):
    """The life of an outgoing message."""

    QUEUED = "queued"
    HELD = "held"  # the month's messages are used up: it waits for the next free reply
    SENT = "sent"
    REFUSED = "refused"  # LINE said no for good; `error` has its words
    EXPIRED = "expired"  # could not be sent in the time it was good for
    RESENT = "resent"  # failed, and sent again as another message
    UNKNOWN = "unknown"  # a reply whose answer was lost: neither repeated nor pushed


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Up to five message objects for one chat, to be delivered once.

    Attributes:
        kind: what it is ("turn", "reminder", "report_ready" …), for logs and statistics.
        key: unique where set: the same reminder is never stored twice.
        reply_token: of the event that it answers; good until `reply_until`.
        reply_tried: the one attempt to reply was made (recorded before it is made).
        retry_key: UUID sent with every attempt to push.
        multicast_key: UUID of the call in which it goes to many at once: with these others, or not at all.
        matters: worth a push (quota) when the reply cannot be made.
        next_try_at: not before then.
        expires_at: not after then.
    """

    id: OutgoingId
    chat_id: ChatId
    kind: str
    messages: tuple[LineMessage, ...]
    retry_key: str
    created_at: datetime
    next_try_at: datetime
    expires_at: datetime
    key: str | None = None
    reply_token: str | None = field(default=None, repr=False)
    reply_until: datetime | None = None
    reply_tried: bool = False
    matters: bool = True
    state: OutgoingState = OutgoingState.QUEUED
    attempts: int = 0
    sent_at: datetime | None = None
    error: str | None = None
    request_id: str | None = None
    multicast_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An outgoing message as an admin sees it: its life without its words.

    Attributes:
        person_id: whom it goes to; None for a group, which has no name here.
    """

    id: OutgoingId
    kind: str
    person_id: PersonId | None
    name: str | None
    state: OutgoingState
    created_at: datetime
    next_try_at: datetime
    expires_at: datetime
    attempts: int
    sent_at: datetime | None = None
    error: str | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """Who did what, and when; written once.

    Attributes:
        agency_id: None for what concerns the program as a whole.
        person_id: who; None for the program itself. `name` is theirs on that day.
        action: a code of bot.services.logbook.Action; a newer program may have others.
        details: plain values for the sentence; no texts of officers.
    """

    id: LogEntryId
    at: datetime
    action: str
    agency_id: AgencyId | None = None
    person_id: PersonId | None = None
    name: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


class ReportState(StrEnum):
    """The life of a compile."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRun:
    """One compile of a round's report.

    Attributes:
        files: format name to key in the media store.
        stage: Thai words for what is being done, for the page and the chat; `progress` from 0 to 1.
        findings: Thai sentences to look at before publishing.
        chat_id: the chat that asked, to be told when it is ready.
        claimed_until: a worker has it until then; later another may take it.
        kind: which document, by the name of its kind; `parts` are those chosen of a set, none meaning the usual ones.
        styles: by kind of table, where another than the agency's was chosen: names or JSON values.
        inputs_hash: the version that it became, once it is done.
        skip: ids of measures and evidence that are left out, because an earlier compile failed by them.
        blame: Thai words for the measure or photo by which it failed; while it runs, the one in hand.
        blamed: their ids, which a compile of the rest takes as its `skip`.
    """

    id: ReportId
    agency_id: AgencyId
    fiscal_year: FiscalYear
    round_no: RoundNo
    formats: tuple[str, ...]
    created_at: datetime
    draft: bool = False
    requested_by: PersonId | None = None
    chat_id: ChatId | None = None
    state: ReportState = ReportState.QUEUED
    stage: str = ""
    progress: float = 0.0
    files: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    error: str | None = None
    attempts: int = 0
    claimed_until: datetime | None = None
    finished_at: datetime | None = None
    kind: str = "progress"
    parts: tuple[str, ...] = ()
    styles: Mapping[str, Any] = field(default_factory=dict)
    inputs_hash: str | None = None
    skip: tuple[str, ...] = ()
    blame: str | None = None
    blamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVersion:
    """One immutable version of a document.

    Attributes:
        inputs_hash: of everything that it says and shows.
        content: the JSON of the year as it was then, to compare versions by.
        findings: Thai sentences of the check at the time.
        code: what its cover says, without the dash.
        made_by: who asked for it first; None for a command.
        made_with: what shaped it: table styles by kind, as names or JSON values.
    """

    inputs_hash: str
    agency_id: AgencyId
    fiscal_year: FiscalYear
    round_no: RoundNo
    kind: str
    draft: bool
    made_at: datetime
    content: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    code: str = ""
    made_by: PersonId | None = None
    made_with: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFile:
    """The hash of a file that was made of a version, when its bytes were first made."""

    inputs_hash: str
    format: str
    sha256: str
    size: int
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CameWith:
    """An update that holds something of a message; `answers` are those whose accepted text it is part of."""

    update_id: UpdateId
    measure_id: MeasureId
    stage: Stage
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMedia:
    """A piece of evidence whose bytes are still with LINE."""

    evidence_id: str
    chat_id: ChatId
    message_id: str
    url: str | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is left to do; all zero means settled (the contract's `wait` and /metrics)."""

    events_unread: int = 0
    messages_due: int = 0
    media_wanted: int = 0
    compiles_open: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidReminder:
    """A reminder that was put into the outbox with a message, or (`covered`) whose place that message took."""

    key: str
    message_id: OutgoingId
    person_id: PersonId
    agency_id: AgencyId
    fiscal_year: FiscalYear
    round_no: RoundNo
    rule: str
    why: str
    measures: tuple[int, ...]
    day: date
    at: datetime
    covered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTimes:
    """When a person does not want to be reminded.

    Attributes:
        snoozed_until: the first day on which they want to hear again.
        away_from: first day of leave; `away_until` the last.
        quiet_from: hours of every day in which nothing is said; `quiet_until` is their end.
    """

    person_id: PersonId
    snoozed_until: date | None = None
    away_from: date | None = None
    away_until: date | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownQuota:
    """A channel's monthly messages as LINE last told them; `warned` is the threshold already told, in per cent."""

    channel_id: ChannelId
    limit: int | None
    used: int
    asked_at: datetime
    warned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """A member of an agency with a chat that is not blocked."""

    agency_id: AgencyId
    person_id: PersonId
    name: str
    role: Role
    chat_id: ChatId
    channel_id: ChannelId


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar feed: of a person, or of an agency."""

    token_hash: str
    made_at: datetime
    person_id: PersonId | None = None
    agency_id: AgencyId | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A living process of the program; `age` is how many seconds ago it last said so."""

    role: str
    host: str
    pid: int
    age: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRun:
    """A schedule of the clock; `error` is the kind of error that its last run ended with."""

    name: str
    last_at: datetime | None
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """What Redis knows of the processes: who lives, the clock's schedules, and jobs by queue."""

    processes: tuple[Process, ...]
    schedules: tuple[ScheduleRun, ...]
    queued: Mapping[str, int]
    running: Mapping[str, int]
