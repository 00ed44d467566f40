"""The system of record. Everything that must not be lost goes through one of these in a transaction.

A unit of work is one transaction: reading ones see a consistent state, writing ones are serial against each
other where they touch the same rows. Leaving the block commits; an exception rolls back. Methods that find
nothing return None or an empty list; ids are made by the caller. Database failures surface as OutsideWorld.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from bot.domain.agencies import Agency, AgencyId, AgencySettings
from bot.domain.calendar import FiscalYear
from bot.domain.people import ChatId, Invite, InviteId, Membership, Person, PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.reminder_rules import RuleChange
from bot.domain.results import AssessmentResult
from bot.domain.rounds import Round, RoundNo
from bot.domain.updates import Answer, Evidence, EvidenceId, Update, UpdateId
from bot.domain.workdays import OwnDay
from bot.ports.records import (
    Backlog,
    Channel,
    ChannelId,
    Chat,
    Contact,
    EventId,
    FailedEvent,
    Feed,
    KnownQuota,
    LogEntry,
    Outgoing,
    OutgoingState,
    PersonTimes,
    Reachable,
    ReportId,
    ReportRun,
    ReportVersion,
    SaidReminder,
    StoredEvent,
    WantedMedia,
)


class Agencies(Protocol):
    """Agencies and what they chose."""

    def add(self, agency: Agency) -> None: ...
    def get(self, agency_id: AgencyId) -> Agency | None: ...
    def hold(self, agency_id: AgencyId) -> None:
        """Keep other writing units of work that hold this agency waiting until this one ends."""
        ...

    def save(self, agency: Agency) -> None:
        """Overwrite a known agency (by id)."""
        ...

    def all(self) -> list[Agency]: ...
    def settings(self, agency_id: AgencyId) -> AgencySettings: ...
    def save_settings(self, agency_id: AgencyId, settings: AgencySettings) -> None: ...


class Channels(Protocol):
    """Further LINE channels; secrets and tokens are encrypted at rest."""

    def add(self, channel: Channel) -> None: ...
    def get(self, channel_id: ChannelId) -> Channel | None: ...
    def all(self) -> list[Channel]: ...
    def learn_bot_user_id(self, channel_id: ChannelId, bot_user_id: str) -> None: ...


class People(Protocol):
    """People, their roles, invitations, sign-in tokens and sessions."""

    def add(self, person: Person) -> None: ...
    def get(self, person_id: PersonId) -> Person | None: ...
    def named(self, agency_id: AgencyId | None, name: str) -> Person | None:
        """The member or invited person of that agency with that name (white space folded); operators for None."""
        ...

    def memberships(self, person_id: PersonId) -> list[Membership]: ...
    def members(self, agency_id: AgencyId | None) -> list[tuple[Person, Membership]]:
        """Everybody with a role in the agency (operators for None), by name, joined or not."""
        ...

    def add_membership(self, membership: Membership) -> None:
        """Give a role; having it already changes nothing."""
        ...

    def end_membership(self, membership: Membership) -> bool:
        """Take a role away; False when they did not have it."""
        ...

    def merge(self, source: PersonId, into: PersonId) -> None:
        """Move roles, invites, assignments and updates of one who never joined to another; forget the first."""
        ...

    def add_invite(self, invite: Invite, code_hash: str) -> None: ...
    def living_invite(self, code_hash: str, now: datetime) -> Invite | None:
        """The invite of that code when it is neither used nor expired."""
        ...

    def invite(self, invite_id: InviteId) -> Invite | None: ...
    def unused_invites(self, agency_id: AgencyId | None) -> list[Invite]:
        """The agency's invites that nobody used, expired ones too, newest first (operators' for None)."""
        ...

    def revoke_invite(self, invite_id: InviteId, now: datetime) -> bool:
        """Let an unused, living invite expire now; False when it was used or had expired."""
        ...

    def use_invite(self, invite_id: InviteId, chat_id: ChatId, now: datetime) -> bool:
        """Spend an invite; False when somebody was faster."""
        ...

    def add_wrong_code(self, chat_id: ChatId, at: datetime) -> None: ...
    def wrong_codes(self, chat_id: ChatId, since: datetime) -> int: ...
    def add_sign_in(self, token_hash: str, person_id: PersonId, expires_at: datetime) -> None: ...
    def sign_in_person(self, token_hash: str, now: datetime) -> PersonId | None:
        """Whose unspent, living sign-in token that is; spends nothing."""
        ...

    def use_sign_in(self, token_hash: str, now: datetime) -> PersonId | None:
        """Spend a sign-in token; None when it is unknown, spent or expired."""
        ...

    def add_session(self, session_hash: str, person_id: PersonId, now: datetime, expires_at: datetime) -> None: ...
    def session_person(self, session_hash: str, now: datetime) -> PersonId | None: ...
    def end_session(self, session_hash: str, now: datetime) -> None: ...


class Plans(Protocol):
    """Measures, who reports on them, and the dates of rounds."""

    def measures(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> list[Measure]:
        """By number."""
        ...

    def measure(self, measure_id: MeasureId) -> Measure | None: ...
    def save(self, measures: Sequence[Measure]) -> None:
        """Insert new measures and overwrite known ones (by id)."""
        ...

    def remove(self, measure_ids: Collection[MeasureId]) -> None:
        """Remove measures with their assignments, updates and evidence rows."""
        ...

    def fiscal_years(self, agency_id: AgencyId) -> list[FiscalYear]:
        """The years that have a measure, oldest first."""
        ...

    def reporters(self, measure_ids: Collection[MeasureId]) -> dict[MeasureId, list[Person]]:
        """Who reports on each, in the order in which they were assigned."""
        ...

    def assign(self, measure_id: MeasureId, person_id: PersonId) -> None:
        """Add a reporter at the end; being one already changes nothing."""
        ...

    def unassign(self, measure_id: MeasureId, person_id: PersonId) -> None: ...
    def assigned_to(self, person_id: PersonId) -> list[Measure]: ...
    def save_round(self, round_: Round) -> None: ...
    def rounds(self, agency_id: AgencyId) -> list[Round]:
        """Rounds whose dates were set; all others have the default dates."""
        ...


class Updates(Protocol):
    """Drafts and submitted updates with their parts and evidence (evidence in order, always loaded)."""

    def get(self, update_id: UpdateId) -> Update | None: ...
    def add(self, update: Update, *, replaces: UpdateId | None = None) -> None:
        """Insert without evidence."""
        ...

    def save(self, update: Update) -> None:
        """Overwrite everything but evidence."""
        ...

    def delete(self, update_id: UpdateId) -> None:
        """With its parts and evidence rows."""
        ...

    def replaces(self, update_id: UpdateId) -> UpdateId | None: ...
    def draft(self, person_id: PersonId, measure_id: MeasureId, round_no: RoundNo) -> Update | None: ...
    def drafts_of(self, person_id: PersonId) -> list[Update]: ...
    def in_force(self, measure_ids: Collection[MeasureId]) -> list[Update]:
        """Submitted updates (stage submitted) of those measures in all rounds, oldest submission first."""
        ...

    def parts(self, update_id: UpdateId) -> Mapping[Answer, tuple[str, ...]]: ...
    def add_part(self, update_id: UpdateId, answer: Answer, text: str, message_id: str) -> None: ...
    def forget_parts(self, update_id: UpdateId, answer: Answer) -> None: ...
    def mend_part(self, update_id: UpdateId, answer: Answer, text: str, mended: str) -> None:
        """Put another text in place of every part that says exactly `text`; its message and place stay."""
        ...

    def add_evidence(self, update_id: UpdateId, evidence: Evidence, chat_id: ChatId | None) -> None:
        """Append to the update's evidence; `chat_id` is where it came from and its bytes are fetched with."""
        ...

    def evidence(self, evidence_id: EvidenceId) -> Evidence | None: ...
    def update_of_evidence(self, evidence_id: EvidenceId) -> Update | None: ...
    def save_evidence(self, evidence: Evidence) -> None: ...
    def remove_evidence(self, evidence_id: EvidenceId) -> None: ...
    def order_evidence(self, update_id: UpdateId, order: Sequence[EvidenceId]) -> None:
        """Put the update's pieces in that order; pieces not named come last, as they were."""
        ...

    def copy_evidence(self, source: UpdateId, into: UpdateId, new_ids: Sequence[EvidenceId]) -> None:
        """Append copies of the source's evidence (same stored bytes; unfetched ones stay wanted) with the ids given."""
        ...

    def is_stored(self, key: str) -> bool:
        """Whether any piece of evidence has its bytes under that key in the media store."""
        ...

    def take_back(self, chat_id: ChatId, message_id: str) -> list[str]:
        """Remove what came with that message from this chat's drafts; returns keys of bytes nobody uses now."""
        ...

    def wanted_media(self, now: datetime, limit: int) -> list[WantedMedia]:
        """Evidence whose bytes should be fetched now (its next try is due), oldest first."""
        ...

    def claim_media(self, evidence_id: EvidenceId, now: datetime, until: datetime) -> WantedMedia | None:
        """Take one wanted piece, counting the attempt; None when it is not wanted or somebody has it."""
        ...

    def retry_media(self, evidence_id: EvidenceId, at: datetime) -> None:
        """Let go of a claimed piece until then, or keep it claimed until then: others look at it only after."""
        ...


class Chats(Protocol):
    """Chats and the events that came in them."""

    def get(self, chat_id: ChatId) -> Chat | None: ...
    def of_line_user(self, channel_id: ChannelId, line_user_id: str) -> Chat | None: ...
    def of_person(self, person_id: PersonId) -> Chat | None:
        """The person's chat, an unblocked one first, the newest first."""
        ...

    def joined(self, person_ids: Collection[PersonId]) -> set[PersonId]:
        """Those of the people who have a chat that is not blocked."""
        ...

    def contacts(self, person_ids: Collection[PersonId]) -> dict[PersonId, Contact]:
        """Of those of the people who have a chat: whether it can be reached, and when they last did anything."""
        ...

    def add(self, chat: Chat) -> Chat:
        """Insert, or return the one that is there for the same channel and LINE user."""
        ...

    def save_state(self, chat_id: ChatId, state: Mapping[str, object], version: int) -> None:
        """Write the state if the row still has `version`, raising it by one; StaleWrite otherwise."""
        ...

    def set_person(self, chat_id: ChatId, person_id: PersonId) -> None: ...
    def set_blocked(self, chat_id: ChatId, blocked: bool) -> None: ...
    def add_event(self, event: StoredEvent, *, read: bool = False) -> bool:
        """Store an event once; False when its webhook_event_id is there already for the channel."""
        ...

    def unread(self, chat_id: ChatId, limit: int) -> list[StoredEvent]:
        """Unread events in order of LINE's timestamp, then of arrival."""
        ...

    def mark_read(self, event_ids: Collection[EventId], at: datetime) -> None: ...
    def fail_event(self, event_id: EventId, error: str, *, give_up: bool, at: datetime) -> None:
        """Count a failed try; with `give_up` the event is marked read with its error kept for the operator."""
        ...

    def failed_events(self, tries: int, limit: int) -> list[FailedEvent]:
        """Events of chats that failed so often that they were given up, newest first."""
        ...

    def retry_event(self, event_id: EventId) -> ChatId | None:
        """Make an event that was given up unread again; its chat, None when there is no such event."""
        ...

    def chats_with_unread(self, before: datetime, limit: int) -> list[ChatId]:
        """Chats with events received before that moment and still unread, longest waiting first."""
        ...


class Outbox(Protocol):
    """Outgoing messages: stored with the decision that caused them, delivered after."""

    def add(self, message: Outgoing) -> bool:
        """Store; False when its `key` is there already (nothing is stored then)."""
        ...

    def get(self, message_id: str) -> Outgoing | None: ...
    def save(self, message: Outgoing) -> None: ...
    def claim(self, chat_id: ChatId, now: datetime, until: datetime) -> Outgoing | None:
        """The chat's oldest queued message if its time has come, hidden from others until `until`.

        Earlier messages of a chat go first: None while one of them waits for its next try or is claimed.
        """
        ...

    def extend(self, message_id: str, until: datetime) -> None:
        """Keep a claimed message hidden from others until then; nothing when it is not queued any more."""
        ...

    def chats_due(self, now: datetime, limit: int) -> list[ChatId]:
        """Chats whose oldest queued message is due and unclaimed, longest waiting first."""
        ...

    def held(self, chat_id: ChatId) -> list[Outgoing]:
        """The chat's messages in state held, oldest first."""
        ...

    def with_keys(self, keys: Collection[str]) -> set[str]:
        """Those of the keys that are stored."""
        ...

    def in_states(self, states: Collection[OutgoingState], limit: int) -> list[Outgoing]:
        """Messages in those states, newest first."""
        ...


class Reports(Protocol):
    """Compiles."""

    def add(self, run: ReportRun) -> None: ...
    def get(self, report_id: ReportId) -> ReportRun | None: ...
    def save(self, run: ReportRun) -> None: ...
    def claim(self, report_id: ReportId, now: datetime, until: datetime) -> ReportRun | None:
        """Take a queued run, or a running one whose claim has passed, counting the attempt; None otherwise."""
        ...

    def extend(self, report_id: ReportId, until: datetime) -> None:
        """Keep a claimed run for its worker until then; nothing when it is not running any more."""
        ...

    def waiting(self, now: datetime, limit: int) -> list[ReportId]:
        """Runs that can be claimed."""
        ...

    def failed(self, since: datetime, limit: int) -> list[ReportRun]:
        """Runs of all agencies that failed and were asked for after that moment, newest first."""
        ...

    def latest(self, agency_id: AgencyId, fiscal_year: FiscalYear, limit: int) -> list[ReportRun]:
        """Newest first."""
        ...

    def settle_version(self, version: ReportVersion) -> ReportVersion:
        """Keep a version unless there is one of its inputs' hash already; the one that is then there."""
        ...

    def versions(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> list[ReportVersion]:
        """Newest first."""
        ...


class Reminders(Protocol):
    """What was said as a reminder, what agencies and people chose about it, and what it costs."""

    def record(self, said: Sequence[SaidReminder]) -> bool:
        """Store those whose keys are new; False, and nothing stored, when the first one's key is there."""
        ...

    def said_since(self, day: date, person_id: PersonId | None = None) -> list[SaidReminder]:
        """Of everybody or of one person, from that day on, oldest first."""
        ...

    def of_message(self, message_id: str) -> list[SaidReminder]: ...
    def of_round(self, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> list[SaidReminder]: ...
    def changes(self) -> dict[AgencyId, list[RuleChange]]:
        """What agencies changed about the rules."""
        ...

    def save_change(self, agency_id: AgencyId, change: RuleChange) -> None: ...
    def forget_change(self, agency_id: AgencyId, rule: str) -> None: ...
    def times(self, person_ids: Collection[PersonId] | None = None) -> dict[PersonId, PersonTimes]:
        """Of those people, or of everybody, who chose any."""
        ...

    def save_times(self, times: PersonTimes) -> None: ...
    def own_days(self) -> list[OwnDay]:
        """By day."""
        ...

    def save_own_day(self, own: OwnDay) -> None: ...
    def remove_own_day(self, day: date, agency_id: AgencyId | None) -> None: ...
    def reachable(self) -> list[Reachable]:
        """Every role of everybody with an unblocked chat: the person's newest one; by agency and name."""
        ...

    def joined_on(self) -> dict[tuple[PersonId, AgencyId | None], datetime]:
        """When each person last used an invite of an agency."""
        ...

    def quota(self, channel_id: ChannelId) -> KnownQuota | None: ...
    def quotas(self) -> list[KnownQuota]: ...
    def save_quota(self, quota: KnownQuota) -> None: ...
    def pushes_since(self, channel_id: ChannelId, since: datetime) -> int:
        """Messages begun by the program in the channel's chats after that moment, sent or waiting to be."""
        ...

    def add_feed(self, feed: Feed) -> None: ...
    def feed(self, token_hash: str) -> Feed | None:
        """The living feed of that token."""
        ...

    def revoke_feeds(self, person_id: PersonId | None, agency_id: AgencyId | None, at: datetime) -> int:
        """End the living feeds of the person, or of the agency; how many there were."""
        ...


class Results(Protocol):
    """Results of the assessment."""

    def get(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> AssessmentResult | None: ...
    def save(self, result: AssessmentResult) -> None:
        """Insert or overwrite."""
        ...


class Log(Protocol):
    """Who did what: entries are added, and nothing changes or removes one."""

    def add(self, entry: LogEntry) -> None: ...
    def entries(
        self,
        agency_id: AgencyId | None,
        *,
        actions: Collection[str] = (),
        person_id: PersonId | None = None,
        since: datetime | None = None,
        before: datetime | None = None,
        skip: int = 0,
        limit: int = 50,
    ) -> list[LogEntry]:
        """An agency's entries (the program's own for None), newest first; of certain actions where some are named."""
        ...

    def people(self, agency_id: AgencyId | None) -> list[tuple[PersonId, str]]:
        """Everybody who did something, with the name they had then last, by name."""
        ...


class UnitOfWork(Protocol):
    """One transaction over everything."""

    agencies: Agencies
    channels: Channels
    people: People
    plans: Plans
    updates: Updates
    chats: Chats
    outbox: Outbox
    reports: Reports
    reminders: Reminders
    results: Results
    log: Log

    def backlog(self, now: datetime) -> Backlog:
        """What is left to do; messages waiting for a later try are not due."""
        ...


class Store(Protocol):
    """Opens transactions."""

    def read(self) -> AbstractContextManager[UnitOfWork]: ...
    def write(self) -> AbstractContextManager[UnitOfWork]: ...
    def ping(self) -> None:
        """Raise OutsideWorld with the reason when the database cannot be reached or is not initialised."""
        ...
