"""The tables. A column that holds a field of a record has that field's name."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, MetaData, Table, Text, text

from bot.adapters.sql.columns import Id, Json, JsonTuple, Member, Moment, Sequence, Words
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.domain.updates import Answer, EvidenceKind, MediaState, Review, Stage, Status
from bot.ports.records import OutgoingState, ReportState

HEAD_REVISION = "0006"
"""The newest migration, which these tables equal.

To change a table, change it here, write migrations/versions/NNNN_….py by hand, and name its revision here; tests
compare the two on both databases.
"""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _seq() -> Column[int]:
    """The order of arrival, where moments can be equal."""
    return Column("seq", Sequence, primary_key=True, autoincrement=True)


def _of(target: str, *, cascade: bool = False) -> ForeignKey:
    return ForeignKey(target, ondelete="CASCADE" if cascade else None)


agencies = Table(
    "agencies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Words, nullable=False),
    Column("kind", Words),
    Column("subdistrict", Words),
    Column("district", Words),
    Column("province", Words),
    Column("address", Words),
    Column("website", Words),
    Column("doc_code", Words),
)

agency_settings = Table(
    "agency_settings",
    metadata,
    Column("agency_id", Id, _of("agencies.id", cascade=True), primary_key=True),
    Column("asks_output", Boolean, nullable=False),
    Column("review_by_admin", Boolean, nullable=False),
    Column("thai_digits", Boolean, nullable=False),
    Column("table_styles", Json, nullable=False, server_default=text("'{}'")),
)

assessment_results = Table(
    "assessment_results",
    metadata,
    Column("agency_id", Id, _of("agencies.id", cascade=True), primary_key=True),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    Column("scores", Json, nullable=False),
)

# The default channel is not stored, so nothing refers to this table but channel_agencies.
channels = Table(
    "channels",
    metadata,
    Column("id", Id, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("bot_user_id", Id),
)

channel_agencies = Table(
    "channel_agencies",
    metadata,
    Column("channel_id", Id, _of("channels.id", cascade=True), primary_key=True),
    Column("agency_id", Id, _of("agencies.id", cascade=True), primary_key=True),
    Column("position", Integer, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Words, nullable=False),
    Column("language", Text, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    _seq(),
    Column("person_id", Id, _of("people.id"), nullable=False),
    Column("role", Member(Role), nullable=False),
    Column("agency_id", Id, _of("agencies.id")),
    Index("ix_memberships_agency_id", "agency_id"),
    # Two indexes, because no agency (NULL) is never equal to no agency.
    Index(
        "uq_memberships_in_agency",
        "person_id",
        "role",
        "agency_id",
        unique=True,
        sqlite_where=text("agency_id IS NOT NULL"),
        postgresql_where=text("agency_id IS NOT NULL"),
    ),
    Index(
        "uq_memberships_of_operator",
        "person_id",
        "role",
        unique=True,
        sqlite_where=text("agency_id IS NULL"),
        postgresql_where=text("agency_id IS NULL"),
    ),
)

invites = Table(
    "invites",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", Id, nullable=False, unique=True),
    Column("agency_id", Id, _of("agencies.id"), index=True),
    Column("role", Member(Role), nullable=False),
    Column("person_id", Id, _of("people.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("fiscal_year", Integer),
    Column("measure_ids", JsonTuple, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_in_chat", Id),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    _seq(),
    Column("chat_id", Id, _of("chats.id", cascade=True), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_wrong_codes_chat_id_at", "chat_id", "at"),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", Id, primary_key=True),
    Column("person_id", Id, _of("people.id"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session_hash", Id, primary_key=True),
    Column("person_id", Id, _of("people.id"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

measures = Table(
    "measures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency_id", Id, _of("agencies.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("no", Integer, nullable=False),
    Column("title", Words, nullable=False),
    Column("section", Words),
    Column("indicator", Words),
    Column("approach", Words),
    Column("steps", Words),
    Column("responsible", Words),
    Column("monitoring", Words),
    Column("period_text", Words),
    Column("period_start", Date),
    Column("period_end", Date),
    # Not unique: importing again renumbers row by row.
    Index("ix_measures_agency_id_fiscal_year_no", "agency_id", "fiscal_year", "no"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("measure_id", Id, _of("measures.id", cascade=True), primary_key=True),
    Column("person_id", Id, _of("people.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)

rounds = Table(
    "rounds",
    metadata,
    Column("agency_id", Id, _of("agencies.id"), primary_key=True),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    Column("no", Member(RoundNo), primary_key=True, autoincrement=False),
    Column("opens_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("locks_on", Date, nullable=False),
)

updates = Table(
    "updates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("measure_id", Id, _of("measures.id", cascade=True), nullable=False),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("person_id", Id, _of("people.id"), nullable=False),
    Column("stage", Member(Stage), nullable=False),
    Column("status", Member(Status)),
    Column("summary", Words),
    Column("output", Words),
    Column("outcome", Words),
    Column("obstacles", Words),
    Column("remark", Words),
    Column("expected_on", Date),
    Column("started_at", Moment),
    Column("submitted_at", Moment),
    Column("review", Member(Review), nullable=False),
    Column("review_reason", Words),
    Column("reviewed_at", Moment),
    Column("replaces", Id, ForeignKey("updates.id", ondelete="SET NULL"), index=True),
    Column("entered_by", Id),
    Index("ix_updates_measure_id_stage", "measure_id", "stage"),
    Index("ix_updates_person_id_stage", "person_id", "stage"),
    *(
        Index(
            f"uq_updates_one_{stage}",
            "person_id",
            "measure_id",
            "round_no",
            unique=True,
            sqlite_where=text(f"stage = '{stage}'"),
            postgresql_where=text(f"stage = '{stage}'"),
        )
        for stage in (Stage.DRAFT.value, Stage.SUBMITTED.value)
    ),
)

update_parts = Table(
    "update_parts",
    metadata,
    _seq(),
    Column("update_id", Id, _of("updates.id", cascade=True), nullable=False, index=True),
    Column("answer", Member(Answer), nullable=False),
    Column("text", Words, nullable=False),
    Column("message_id", Words, nullable=False),
)

# fetch_after: bytes that are wanted are not fetched before then (NULL: at once); a claim moves it on.
evidence = Table(
    "evidence",
    metadata,
    _seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("update_id", Id, _of("updates.id", cascade=True), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Member(EvidenceKind), nullable=False),
    Column("name", Words),
    Column("caption", Words),
    Column("url", Words),
    Column("message_id", Words),
    Column("media", Member(MediaState), nullable=False),
    Column("sha256", Id),
    Column("size", Sequence),
    Column("mime", Words),
    Column("stored_as", Id, index=True),
    Column("chat_id", Id, _of("chats.id")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("fetch_after", Moment),
    Index("ix_evidence_update_id_position", "update_id", "position"),
    Index(
        "ix_evidence_wanted",
        "seq",
        sqlite_where=text("media = 'wanted'"),
        postgresql_where=text("media = 'wanted'"),
    ),
)

chats = Table(
    "chats",
    metadata,
    _seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("channel_id", Id, nullable=False),
    Column("line_user_id", Id, nullable=False),
    Column("person_id", Id, _of("people.id"), index=True),
    Column("blocked", Boolean, nullable=False),
    Column("state", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Index("uq_chats_channel_id_line_user_id", "channel_id", "line_user_id", unique=True),
)

events = Table(
    "events",
    metadata,
    _seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("channel_id", Id, nullable=False),
    Column("webhook_event_id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("chat_id", Id, _of("chats.id")),
    Column("payload", Json, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("read_at", Moment),
    Column("error", Words),
    Index("uq_events_channel_id_webhook_event_id", "channel_id", "webhook_event_id", unique=True),
    Index("ix_events_chat_id", "chat_id"),
    Index(
        "ix_events_failed",
        "seq",
        sqlite_where=text("error IS NOT NULL"),
        postgresql_where=text("error IS NOT NULL"),
    ),
    Index(
        "ix_events_unread",
        "chat_id",
        "at",
        "seq",
        sqlite_where=text("read_at IS NULL"),
        postgresql_where=text("read_at IS NULL"),
    ),
)

# claimed_until equals next_try_at while somebody is delivering the message.
outgoing = Table(
    "outgoing",
    metadata,
    _seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("chat_id", Id, _of("chats.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("messages", JsonTuple, nullable=False),
    Column("retry_key", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_try_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("key", Id, unique=True),
    Column("reply_token", Text),
    Column("reply_until", Moment),
    Column("reply_tried", Boolean, nullable=False),
    Column("matters", Boolean, nullable=False),
    Column("state", Member(OutgoingState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Moment),
    Column("error", Words),
    Column("request_id", Words),
    Column("claimed_until", Moment),
    Index(
        "ix_outgoing_queued",
        "chat_id",
        "created_at",
        "seq",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
)

report_versions = Table(
    "report_versions",
    metadata,
    Column("inputs_hash", Id, primary_key=True),
    Column("agency_id", Id, _of("agencies.id", cascade=True), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("kind", Text, nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("content", Json, nullable=False),
    Column("findings", JsonTuple, nullable=False),
    Index("ix_report_versions_agency_id_fiscal_year", "agency_id", "fiscal_year"),
)

reports = Table(
    "reports",
    metadata,
    _seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("agency_id", Id, _of("agencies.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("formats", JsonTuple, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("requested_by", Id, _of("people.id"), index=True),
    Column("chat_id", Id, _of("chats.id"), index=True),
    Column("state", Member(ReportState), nullable=False),
    Column("stage", Words, nullable=False),
    Column("progress", Float, nullable=False),
    Column("files", Json, nullable=False),
    Column("findings", JsonTuple, nullable=False),
    Column("error", Words),
    Column("attempts", Integer, nullable=False),
    Column("claimed_until", Moment),
    Column("finished_at", Moment),
    Index("ix_reports_agency_id_fiscal_year_created_at", "agency_id", "fiscal_year", "created_at"),
    Index(
        "ix_reports_failed",
        "created_at",
        sqlite_where=text("state = 'failed'"),
        postgresql_where=text("state = 'failed'"),
    ),
    Index(
        "ix_reports_open",
        "state",
        sqlite_where=text("state IN ('queued', 'running')"),
        postgresql_where=text("state IN ('queued', 'running')"),
    ),
)

# A row for every reminder that was said or whose place another took; the key is what makes twice once.
reminders = Table(
    "reminders",
    metadata,
    Column("key", Id, primary_key=True),
    Column("message_id", Id, nullable=False, index=True),
    Column("person_id", Id, _of("people.id"), nullable=False),
    Column("agency_id", Id, _of("agencies.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("rule", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("measures", JsonTuple, nullable=False),
    Column("covered", Boolean, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Index("ix_reminders_person_id_at", "person_id", "at"),
    Index("ix_reminders_agency_id_fiscal_year_round_no", "agency_id", "fiscal_year", "round_no"),
)

reminder_changes = Table(
    "reminder_changes",
    metadata,
    Column("agency_id", Id, _of("agencies.id", cascade=True), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("on", Boolean, nullable=False),
    Column("days", Integer),
)

# Of one person: until when nothing is to be said, leave, and quiet hours ("HH:MM").
person_times = Table(
    "person_times",
    metadata,
    Column("person_id", Id, _of("people.id", cascade=True), primary_key=True),
    Column("snoozed_until", Date),
    Column("away_from", Date),
    Column("away_until", Date),
    Column("quiet_from", Text),
    Column("quiet_until", Text),
)

# agency_id is empty for a day that is everybody's: NULL would not be unique.
own_days = Table(
    "own_days",
    metadata,
    Column("agency_id", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("name", Words, nullable=False),
    Column("works", Boolean, nullable=False),
)

quotas = Table(
    "quotas",
    metadata,
    Column("channel_id", Id, primary_key=True),
    Column("limit", Integer),
    Column("used", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("warned", Integer, nullable=False),
)

# A calendar feed of a person or an agency; only a keyed hash of its secret is kept.
feeds = Table(
    "feeds",
    metadata,
    Column("token_hash", Id, primary_key=True),
    Column("person_id", Id, _of("people.id", cascade=True), index=True),
    Column("agency_id", Id, _of("agencies.id", cascade=True), index=True),
    Column("made_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

# It refers to nothing, so that nothing it tells of has to stay, and it is never changed.
log_entries = Table(
    "log_entries",
    metadata,
    _seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    Column("agency_id", Id),
    Column("person_id", Id),
    Column("name", Words, nullable=False),
    Column("action", Text, nullable=False),
    Column("details", Json, nullable=False),
    Index("ix_log_entries_agency_id_at", "agency_id", "at", "seq"),
)
