"""Rich menus that are installed, and who was shown which."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from bot.conversation.rich_menus import MenuKind
from bot.domain.people import ChatId
from bot.ports.records import ChannelId, MenuOwner


class Menus(Protocol):
    """What LINE was last told about menus, so that only changes are told again."""

    def installed(self, channel_id: ChannelId) -> dict[tuple[MenuKind, str], str]:
        """LINE's id of each menu, by its kind and language; kinds of a newer program are left out."""
        ...

    def save_installed(self, channel_id: ChannelId, menus: Mapping[tuple[MenuKind, str], str]) -> None:
        """Replace what is known of a channel's menus."""
        ...

    def owners(self, channel_id: ChannelId) -> list[MenuOwner]:
        """Everybody with an unblocked private chat in the channel, and the menu that they were shown last."""
        ...

    def note_shown(self, chat_ids: Collection[ChatId], menu_id: str) -> None:
        """Keep that these chats show a menu."""
        ...

    def forget_shown(self, chat_id: ChatId) -> None:
        """Nothing is known any more of what the chat shows: the person was away."""
        ...
