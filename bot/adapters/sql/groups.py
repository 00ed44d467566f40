"""Groups and rooms that the bot is in."""

from __future__ import annotations

from sqlalchemy import Select, select

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import chats, groups
from bot.domain.agencies import AgencyId
from bot.domain.people import ChatId, PersonId
from bot.ports.records import Group


class SqlGroups(Repository):
    """Keeps bot.ports.store.Groups."""

    def get(self, chat_id: ChatId) -> Group | None:
        """By its chat."""
        row = self._rows.first(select(*columns(Group, groups)).where(groups.c.chat_id == chat_id))
        return load(Group, row) if row else None

    def save(self, group: Group) -> None:
        """Insert or overwrite."""
        insert = self._rows.insert(groups).values(values(group))
        fresh = values(group, "chat_id")
        self._rows.change(insert.on_conflict_do_update(index_elements=["chat_id"], set_=fresh))

    def of_agency(self, agency_id: AgencyId) -> list[Group]:
        """First linked first."""
        query = _present().where(groups.c.agency_id == agency_id)
        return [load(Group, row) for row in self._rows.all(query.order_by(groups.c.linked_at, groups.c.seq))]

    def waiting_for(self, person_id: PersonId) -> Group | None:
        """The newest."""
        query = _present().where(groups.c.asked_by == person_id, groups.c.agency_id.is_(None))
        row = self._rows.first(query.order_by(groups.c.seq.desc()).limit(1))
        return load(Group, row) if row else None


def _present() -> Select[tuple[object, ...]]:
    """Groups that the bot is in."""
    return select(*columns(Group, groups)).join_from(groups, chats).where(~chats.c.blocked)
