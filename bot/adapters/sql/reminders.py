"""What was said as a reminder, what was chosen about reminding, quotas, and calendar feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from sqlalchemy import RowMapping, delete, func, insert, or_, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import (
    chats,
    feeds,
    invites,
    memberships,
    outgoing,
    own_days,
    people,
    person_times,
    quotas,
    reminder_changes,
    reminders,
)
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import PersonId
from bot.domain.reminder_rules import RuleChange
from bot.domain.rounds import RoundNo
from bot.domain.workdays import OwnDay
from bot.ports.records import (
    ChannelId,
    Feed,
    KnownQuota,
    OutgoingId,
    OutgoingState,
    PersonTimes,
    Reachable,
    SaidReminder,
)


class SqlReminders(Repository):
    """Keeps bot.ports.store.Reminders."""

    def record(self, said: Sequence[SaidReminder]) -> bool:
        """The first key decides; of two that plan the same, the database lets one through."""
        for place, each in enumerate(said):
            once = self._rows.insert(reminders).values(values(each)).on_conflict_do_nothing(index_elements=["key"])
            new = self._rows.changed(once.returning(reminders.c.key)) is not None
            if place == 0 and not new:
                return False
        return True

    def said_since(self, day: date, person_id: PersonId | None = None) -> list[SaidReminder]:
        """Oldest first."""
        query = select(*columns(SaidReminder, reminders)).where(reminders.c.day >= day)
        if person_id is not None:
            query = query.where(reminders.c.person_id == person_id)
        return [load(SaidReminder, row) for row in self._rows.all(query.order_by(reminders.c.at, reminders.c.key))]

    def said_to(self, person_ids: Collection[PersonId], day: date) -> list[SaidReminder]:
        """Oldest first."""
        wanted = reminders.c.person_id.in_(person_ids), reminders.c.day >= day
        query = select(*columns(SaidReminder, reminders)).where(*wanted).order_by(reminders.c.at, reminders.c.key)
        return [load(SaidReminder, row) for row in self._rows.all(query)] if person_ids else []

    def of_message(self, message_id: str) -> list[SaidReminder]:
        """By key."""
        query = select(*columns(SaidReminder, reminders)).where(reminders.c.message_id == message_id)
        return [load(SaidReminder, row) for row in self._rows.all(query.order_by(reminders.c.key))]

    def of_messages(self, message_ids: Collection[str]) -> list[SaidReminder]:
        """One query."""
        wanted = reminders.c.message_id.in_(message_ids), reminders.c.covered.is_(False)
        query = select(*columns(SaidReminder, reminders)).where(*wanted).order_by(reminders.c.at, reminders.c.key)
        return [load(SaidReminder, row) for row in self._rows.all(query)] if message_ids else []

    def move_message(self, old: str, new: OutgoingId) -> None:
        """Nothing there is nothing to do."""
        self._rows.change(update(reminders).where(reminders.c.message_id == old).values(message_id=new))

    def move_day(self, message_id: str, day: date) -> None:
        """All rows of the message."""
        self._rows.change(update(reminders).where(reminders.c.message_id == message_id).values(day=day))

    def of_round(self, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> list[SaidReminder]:
        """Oldest first."""
        query = select(*columns(SaidReminder, reminders)).where(
            reminders.c.agency_id == agency_id,
            reminders.c.fiscal_year == fiscal_year,
            reminders.c.round_no == round_no,
        )
        return [load(SaidReminder, row) for row in self._rows.all(query.order_by(reminders.c.at, reminders.c.key))]

    def changes(self) -> dict[AgencyId, list[RuleChange]]:
        """By agency."""
        found: dict[AgencyId, list[RuleChange]] = defaultdict(list)
        for row in self._rows.all(select(reminder_changes).order_by(reminder_changes.c.rule)):
            found[row["agency_id"]].append(load(RuleChange, row))
        return dict(found)

    def save_change(self, agency_id: AgencyId, change: RuleChange) -> None:
        """Insert or overwrite."""
        chosen = values(change)
        self._rows.change(
            self._rows.insert(reminder_changes)
            .values(agency_id=agency_id, **chosen)
            .on_conflict_do_update(index_elements=["agency_id", "rule"], set_=chosen)
        )

    def forget_change(self, agency_id: AgencyId, rule: str) -> None:
        """Back to the default."""
        table = reminder_changes
        self._rows.change(delete(table).where(table.c.agency_id == agency_id, table.c.rule == rule))

    def times(self, person_ids: Collection[PersonId] | None = None) -> dict[PersonId, PersonTimes]:
        """By person."""
        query = select(person_times)
        if person_ids is not None:
            query = query.where(person_times.c.person_id.in_(person_ids))
        return {row["person_id"]: _times(row) for row in self._rows.all(query)}

    def save_times(self, times: PersonTimes) -> None:
        """Insert or overwrite."""
        chosen = {**values(times), "quiet_from": _clock(times.quiet_from), "quiet_until": _clock(times.quiet_until)}
        self._rows.change(
            self._rows.insert(person_times)
            .values(chosen)
            .on_conflict_do_update(index_elements=["person_id"], set_=chosen)
        )

    def own_days(self) -> list[OwnDay]:
        """By day."""
        found = self._rows.all(select(own_days).order_by(own_days.c.day, own_days.c.agency_id))
        return [load(OwnDay, row, agency_id=row["agency_id"] or None) for row in found]

    def save_own_day(self, own: OwnDay) -> None:
        """Insert or overwrite."""
        chosen = {**values(own), "agency_id": own.agency_id or ""}
        self._rows.change(
            self._rows.insert(own_days)
            .values(chosen)
            .on_conflict_do_update(index_elements=["agency_id", "day"], set_=chosen)
        )

    def remove_own_day(self, day: date, agency_id: AgencyId | None) -> None:
        """Nothing there is nothing to do."""
        mine = own_days.c.agency_id == (agency_id or "")
        self._rows.change(delete(own_days).where(mine, own_days.c.day == day))

    def reachable(self, agency_ids: Collection[AgencyId] | None = None) -> list[Reachable]:
        """One query; of several chats of a person the newest counts."""
        newest = (
            select(chats.c.person_id, func.max(chats.c.seq).label("seq"))
            .where(chats.c.blocked.is_(False), chats.c.person_id.is_not(None))
            .group_by(chats.c.person_id)
            .subquery()
        )
        query = (
            select(
                memberships.c.agency_id,
                memberships.c.person_id,
                people.c.name,
                memberships.c.role,
                chats.c.id.label("chat_id"),
                chats.c.channel_id,
            )
            .join(people, people.c.id == memberships.c.person_id)
            .join(newest, newest.c.person_id == memberships.c.person_id)
            .join(chats, chats.c.seq == newest.c.seq)
            .where(memberships.c.agency_id.is_not(None))
            .order_by(memberships.c.agency_id, people.c.name, memberships.c.person_id, memberships.c.seq)
        )
        if agency_ids is not None:
            query = query.where(memberships.c.agency_id.in_(agency_ids))
        return [load(Reachable, row) for row in self._rows.all(query)]

    def joined_on(self, person_id: PersonId | None = None) -> dict[tuple[PersonId, AgencyId | None], datetime]:
        """The latest use of an invite."""
        query = (
            select(invites.c.person_id, invites.c.agency_id, func.max(invites.c.used_at).label("used_at"))
            .where(invites.c.used_at.is_not(None))
            .group_by(invites.c.person_id, invites.c.agency_id)
        )
        if person_id is not None:
            query = query.where(invites.c.person_id == person_id)
        return {(row["person_id"], row["agency_id"]): row["used_at"] for row in self._rows.all(query)}

    def quota(self, channel_id: ChannelId) -> KnownQuota | None:
        """As last told."""
        row = self._rows.first(select(quotas).where(quotas.c.channel_id == channel_id))
        return load(KnownQuota, row) if row else None

    def quotas(self) -> list[KnownQuota]:
        """By channel."""
        return [load(KnownQuota, row) for row in self._rows.all(select(quotas).order_by(quotas.c.channel_id))]

    def save_quota(self, quota: KnownQuota) -> None:
        """Insert or overwrite."""
        known = values(quota)
        self._rows.change(
            self._rows.insert(quotas).values(known).on_conflict_do_update(index_elements=["channel_id"], set_=known)
        )

    def pushes_since(self, channel_id: ChannelId, since: datetime) -> int:
        """What answers an event costs nothing."""
        counted = (OutgoingState.QUEUED, OutgoingState.SENT)
        query = (
            select(func.count())
            .select_from(outgoing.join(chats, chats.c.id == outgoing.c.chat_id))
            .where(chats.c.channel_id == channel_id, outgoing.c.created_at > since, outgoing.c.kind != "turn")
            .where(outgoing.c.state.in_(counted))
        )
        return int(self._rows.scalar(query))

    def add_feed(self, feed: Feed) -> None:
        """Insert."""
        self._rows.change(insert(feeds).values(values(feed)))

    def feed(self, token_hash: str) -> Feed | None:
        """Unless it was revoked."""
        row = self._rows.first(select(feeds).where(feeds.c.token_hash == token_hash, feeds.c.revoked_at.is_(None)))
        return load(Feed, row) if row else None

    def feeds(self, agency_id: AgencyId) -> list[Feed]:
        """The agency's own, and those of whoever has a role in it."""
        members = select(memberships.c.person_id).where(memberships.c.agency_id == agency_id)
        query = (
            select(*columns(Feed, feeds))
            .where(feeds.c.revoked_at.is_(None), or_(feeds.c.agency_id == agency_id, feeds.c.person_id.in_(members)))
            .order_by(feeds.c.made_at, feeds.c.token_hash)
        )
        return [load(Feed, row) for row in self._rows.all(query)]

    def revoke_feed(self, token_hash: str, at: datetime) -> bool:
        """Once."""
        living = feeds.c.token_hash == token_hash, feeds.c.revoked_at.is_(None)
        return self._rows.change(update(feeds).where(*living).values(revoked_at=at)) > 0

    def revoke_feeds(self, person_id: PersonId | None, agency_id: AgencyId | None, at: datetime) -> int:
        """Those of the person, and those of the agency."""
        wanted = or_(*(c == v for c, v in ((feeds.c.person_id, person_id), (feeds.c.agency_id, agency_id)) if v))
        return self._rows.change(update(feeds).where(wanted, feeds.c.revoked_at.is_(None)).values(revoked_at=at))


def _times(row: RowMapping) -> PersonTimes:
    return load(PersonTimes, row, quiet_from=_time(row["quiet_from"]), quiet_until=_time(row["quiet_until"]))


def _clock(moment: time | None) -> str | None:
    return moment.isoformat("minutes") if moment else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
