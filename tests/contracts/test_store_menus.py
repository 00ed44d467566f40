"""What is known of rich menus keeps its promises on both databases."""

from __future__ import annotations

from bot.conversation.rich_menus import MenuKind
from bot.domain.people import ChatId, Role
from bot.ports.records import DEFAULT_CHANNEL, ChannelId, ChatKind, MenuOwner
from bot.ports.store import Store
from tests.contracts.office import CHAT, MALEE, OTHER_CHAT, SOMCHAI, a_chat, a_membership

ELSEWHERE = ChannelId("province")


def test_a_channels_menus_are_replaced_as_a_whole(office: Store) -> None:
    first = {(MenuKind.OFFICER, "th"): "menu-1", (MenuKind.OFFICER, "en"): "menu-2"}
    with office.write() as uow:
        uow.menus.save_installed(DEFAULT_CHANNEL, first)
        uow.menus.save_installed(ELSEWHERE, {(MenuKind.ADMIN, "th"): "menu-9"})
    with office.write() as uow:
        assert uow.menus.installed(DEFAULT_CHANNEL) == first
        uow.menus.save_installed(DEFAULT_CHANNEL, {(MenuKind.NEWCOMER, "th"): "menu-3"})
    with office.read() as uow:
        assert uow.menus.installed(DEFAULT_CHANNEL) == {(MenuKind.NEWCOMER, "th"): "menu-3"}
        assert uow.menus.installed(ELSEWHERE) == {(MenuKind.ADMIN, "th"): "menu-9"}


def test_owners_are_people_with_all_their_roles_and_what_they_were_shown(office: Store) -> None:
    with office.write() as uow:
        for membership in uow.people.memberships(SOMCHAI):
            uow.people.end_membership(membership)
        for role in (Role.OFFICER, Role.ADMIN):
            uow.people.add_membership(a_membership(role=role))
        uow.chats.add(a_chat(id=ChatId("group"), line_user_id="C-1", kind=ChatKind.GROUP, person_id=None))
        uow.chats.add(a_chat(id=ChatId("stranger"), line_user_id="U-stranger", person_id=None))
        uow.menus.note_shown([CHAT], "menu-1")
        uow.menus.note_shown([CHAT], "menu-2")
        owners = {owner.chat_id: owner for owner in uow.menus.owners(DEFAULT_CHANNEL)}
    assert set(owners) <= {CHAT, OTHER_CHAT}
    both = frozenset({Role.OFFICER, Role.ADMIN})
    assert owners[CHAT] == MenuOwner(chat_id=CHAT, line_user_id="U-somchai", language="th", roles=both, shown="menu-2")


def test_who_has_blocked_the_bot_is_shown_nothing(office: Store) -> None:
    with office.write() as uow:
        uow.menus.note_shown([CHAT], "menu-1")
        uow.chats.set_blocked(CHAT, True)
        assert CHAT not in {owner.chat_id for owner in uow.menus.owners(DEFAULT_CHANNEL)}
        uow.chats.set_blocked(CHAT, False)
        uow.menus.forget_shown(CHAT)
        shown = {owner.chat_id: owner.shown for owner in uow.menus.owners(DEFAULT_CHANNEL)}
    assert shown[CHAT] is None
    assert MALEE not in shown
