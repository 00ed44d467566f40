"""The tables. A column that holds a field of a record has that field's name."""

from __future__ import annotations

from bot.adapters.sql.tables.acting import acting_posts
from bot.adapters.sql.tables.agencies import agencies, agency_settings, channel_agencies, channels
from bot.adapters.sql.tables.api_tokens import api_tokens
from bot.adapters.sql.tables.base import metadata
from bot.adapters.sql.tables.chats import chats, events, groups, outgoing, practice_notes
from bot.adapters.sql.tables.comments import update_comments
from bot.adapters.sql.tables.divisions import (
    division_members,
    divisions,
    handovers,
    join_requests,
    measure_divisions,
)
from bot.adapters.sql.tables.log import log_entries
from bot.adapters.sql.tables.menus import menus_shown, rich_menus
from bot.adapters.sql.tables.people import invites, memberships, people, sessions, sign_ins, wrong_codes
from bot.adapters.sql.tables.plans import assignments, measures, rounds
from bot.adapters.sql.tables.publications import links, publications
from bot.adapters.sql.tables.reminders import feeds, own_days, person_times, quotas, reminder_changes, reminders
from bot.adapters.sql.tables.reopenings import reopenings
from bot.adapters.sql.tables.reports import assessment_results, reports
from bot.adapters.sql.tables.sign_offs import (
    chain_steps,
    document_choices,
    memos,
    sign_off_steps,
    sign_offs,
    signatures,
)
from bot.adapters.sql.tables.updates import evidence, update_parts, updates
from bot.adapters.sql.tables.versions import report_versions, version_files
from bot.adapters.sql.tables.webhooks import hook_deliveries, webhooks
from bot.adapters.sql.tables.word_templates import word_templates

__all__ = [
    "HEAD_REVISION",
    "acting_posts",
    "agencies",
    "agency_settings",
    "api_tokens",
    "assessment_results",
    "assignments",
    "chain_steps",
    "channel_agencies",
    "channels",
    "chats",
    "division_members",
    "divisions",
    "document_choices",
    "events",
    "evidence",
    "feeds",
    "groups",
    "handovers",
    "hook_deliveries",
    "invites",
    "join_requests",
    "links",
    "log_entries",
    "measure_divisions",
    "measures",
    "memberships",
    "memos",
    "menus_shown",
    "metadata",
    "outgoing",
    "own_days",
    "people",
    "person_times",
    "practice_notes",
    "publications",
    "quotas",
    "reminder_changes",
    "reminders",
    "reopenings",
    "report_versions",
    "reports",
    "rich_menus",
    "rounds",
    "sessions",
    "sign_ins",
    "sign_off_steps",
    "sign_offs",
    "signatures",
    "update_comments",
    "update_parts",
    "updates",
    "version_files",
    "webhooks",
    "word_templates",
    "wrong_codes",
]

HEAD_REVISION = "0023"
"""The newest migration, which these tables equal.

To change a table, change it here, write migrations/versions/NNNN_….py by hand, and name its revision here; tests
compare the two on both databases.
"""
