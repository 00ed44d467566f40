"""Two records of one human made one, without breaking what may exist only once."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import Table, delete, select, update

from bot.adapters.sql.rows import Transaction
from bot.adapters.sql.tables import (
    acting_posts,
    api_tokens,
    assignments,
    chain_steps,
    chats,
    division_members,
    evidence,
    groups,
    handovers,
    invites,
    memberships,
    people,
    publications,
    reopenings,
    report_versions,
    reports,
    sessions,
    sign_ins,
    sign_off_steps,
    sign_offs,
    signatures,
    update_comments,
    updates,
)
from bot.domain.people import PersonId
from bot.domain.reopenings import Reply
from bot.domain.updates import Stage


def merge_people(rows: Transaction, source: PersonId, into: PersonId) -> None:
    """Move everything of `source` to `into`, and forget `source`."""
    if source == into:
        return
    _settle_updates(rows, source, into)
    _move_memberships(rows, source, into)
    already = select(assignments.c.measure_id).where(assignments.c.person_id == into)
    rows.change(delete(assignments).where(assignments.c.person_id == source, assignments.c.measure_id.in_(already)))
    for table in (assignments, updates, invites, sign_ins, sessions, chats, chain_steps, sign_off_steps, signatures):
        _move(rows, table, "person_id", source, into)
    _move(rows, evidence, "person_id", source, into)
    _settle_reopenings(rows, source, into)
    for column in ("started_by", "ended_by"):
        _move(rows, sign_offs, column, source, into)
    _move(rows, reports, "requested_by", source, into)
    _move(rows, groups, "asked_by", source, into)
    _move(rows, report_versions, "made_by", source, into)
    _move(rows, update_comments, "person_id", source, into)
    _move(rows, publications, "saved_by", source, into)
    _move(rows, api_tokens, "person_id", source, into)
    members = division_members
    both = select(members.c.division_id).where(members.c.person_id == into)
    rows.change(delete(members).where(members.c.person_id == source, members.c.division_id.in_(both)))
    _move(rows, members, "person_id", source, into)
    for column in ("giver_id", "taker_id"):
        _move(rows, handovers, column, source, into)
    for column in ("holder_id", "acting_id"):
        _move(rows, acting_posts, column, source, into)
    rows.change(delete(people).where(people.c.id == source))


def _move(rows: Transaction, table: Table, column: str, source: PersonId, into: PersonId) -> None:
    rows.change(update(table).where(table.c[column] == source).values({column: into}))


def _move_memberships(rows: Transaction, source: PersonId, into: PersonId) -> None:
    for row in rows.all(select(memberships).where(memberships.c.person_id == source).order_by(memberships.c.seq)):
        new = {"person_id": into, "role": row["role"], "agency_id": row["agency_id"]}
        rows.change(rows.insert(memberships).values(new).on_conflict_do_nothing())
    rows.change(delete(memberships).where(memberships.c.person_id == source))


def _settle_updates(rows: Transaction, source: PersonId, into: PersonId) -> None:
    """Where both have one of a kind that may exist once: the later submission stays, and the draft of `into`."""
    only_one = (Stage.DRAFT, Stage.SUBMITTED)
    query = select(updates).where(updates.c.person_id.in_([source, into]), updates.c.stage.in_(only_one))
    ordered = query.order_by(updates.c.measure_id, updates.c.round_no, updates.c.stage, updates.c.submitted_at)
    for (_, _, stage), group in groupby(rows.all(ordered), lambda row: (row.measure_id, row.round_no, row.stage)):
        both = list(group)
        if len(both) < 2:
            continue
        if stage is Stage.DRAFT:
            rows.change(delete(updates).where(updates.c.id.in_([r.id for r in both if r.person_id == source])))
        else:
            rows.change(update(updates).where(updates.c.id == both[0].id).values(stage=Stage.SUPERSEDED))


def _settle_reopenings(rows: Transaction, source: PersonId, into: PersonId) -> None:
    """Where both wait for an answer about the same, the request of `into` stays."""
    mine = rows.all(select(reopenings).where(reopenings.c.person_id == into, reopenings.c.reply == Reply.WAITING))
    for row in mine:
        same = (reopenings.c.measure_id == row["measure_id"], reopenings.c.round_no == row["round_no"])
        twice = (reopenings.c.person_id == source, reopenings.c.reply == Reply.WAITING, *same)
        rows.change(delete(reopenings).where(*twice))
    _move(rows, reopenings, "person_id", source, into)
