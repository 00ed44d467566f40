"""Rich menus that are installed, and who was shown which."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, insert, select

from bot.adapters.sql.rows import Repository
from bot.adapters.sql.tables import chats, memberships, menus_shown, people, rich_menus
from bot.conversation.rich_menus import MenuKind
from bot.domain.people import ChatId
from bot.ports.records import ChannelId, ChatKind, MenuOwner

_KINDS = {kind.value for kind in MenuKind}


class SqlMenus(Repository):
    """Keeps bot.ports.store.Menus."""

    def installed(self, channel_id: ChannelId) -> dict[tuple[MenuKind, str], str]:
        """By kind and language."""
        rows = self._rows.all(select(rich_menus).where(rich_menus.c.channel_id == channel_id))
        return {(MenuKind(r["kind"]), r["language"]): r["menu_id"] for r in rows if r["kind"] in _KINDS}

    def save_installed(self, channel_id: ChannelId, menus: Mapping[tuple[MenuKind, str], str]) -> None:
        """Delete and insert."""
        self._rows.change(delete(rich_menus).where(rich_menus.c.channel_id == channel_id))
        fresh = [
            {"channel_id": channel_id, "kind": kind.value, "language": language, "menu_id": menu_id}
            for (kind, language), menu_id in menus.items()
        ]
        if fresh:
            self._rows.change(insert(rich_menus), fresh)

    def owners(self, channel_id: ChannelId) -> list[MenuOwner]:
        """A row for each of their roles."""
        query = (
            select(
                *(chats.c.id, chats.c.line_user_id, people.c.language, memberships.c.role, menus_shown.c.menu_id),
            )
            .join_from(chats, people, people.c.id == chats.c.person_id)
            .outerjoin(memberships, memberships.c.person_id == people.c.id)
            .outerjoin(menus_shown, menus_shown.c.chat_id == chats.c.id)
            .where(chats.c.channel_id == channel_id, chats.c.kind == ChatKind.PERSON, ~chats.c.blocked)
            .order_by(chats.c.seq)
        )
        found: dict[str, MenuOwner] = {}
        for row in self._rows.all(query):
            known = found.get(row["id"])
            roles = frozenset({row["role"]} if row["role"] else ()) | (known.roles if known else frozenset())
            found[row["id"]] = MenuOwner(
                chat_id=row["id"],
                line_user_id=row["line_user_id"],
                language=row["language"],
                roles=roles,
                shown=row["menu_id"],
            )
        return list(found.values())

    def note_shown(self, chat_ids: Collection[ChatId], menu_id: str) -> None:
        """Insert or overwrite."""
        for chat_id in chat_ids:
            row = self._rows.insert(menus_shown).values(chat_id=chat_id, menu_id=menu_id)
            self._rows.change(row.on_conflict_do_update(index_elements=["chat_id"], set_={"menu_id": menu_id}))

    def forget_shown(self, chat_id: ChatId) -> None:
        """Delete."""
        self._rows.change(delete(menus_shown).where(menus_shown.c.chat_id == chat_id))
