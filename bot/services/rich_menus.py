"""Rich menus: installed once for a channel, and shown to people by their roles; helpful, never required."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.conversation.rich_menus import CHAT_BAR, LANGUAGES, MENUS, TALL, WIDTH, Menu, MenuKind, menu_for
from bot.domain.errors import KaonaError
from bot.domain.people import ChatId
from bot.ports.outside import RichMenus
from bot.ports.records import Channel
from bot.ports.store import Store

log = logging.getLogger(__name__)

OURS = "kaona "
"""How the names of our menus begin; LINE's list is searched by name, so that none is made twice."""

Key = tuple[MenuKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What an installation did, or with a dry run would do: names of menus, and how many people see another one."""

    channel_id: str
    made: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    linked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuDesk:
    """Installs menus and shows them; `picture` gives the PNG of a menu in a language."""

    store: Store
    line: RichMenus
    picture: Callable[[Menu, str], bytes]

    def install(self, channel: Channel, *, dry_run: bool = False) -> Installed:
        """Bring LINE's menus in line with ours: what is there stays, new before old, safe to run again.

        Raises:
            NotAllowed: LINE refuses.
            OutsideWorld: LINE cannot be reached, or has had enough for this hour.
        """
        wanted = {
            (menu.kind, language): self._body(menu, language) for menu in MENUS.values() for language in LANGUAGES
        }
        there = {known.name: known.id for known in self.line.all(channel) if known.name.startswith(OURS)}
        names = {body["name"] for body in wanted.values()}
        done = Installed(
            channel_id=channel.id,
            made=tuple(sorted(names - set(there))),
            kept=tuple(sorted(names & set(there))),
            removed=tuple(sorted(set(there) - names)),
        )
        if dry_run:
            return done
        ids = {key: self._ensure(channel, key, body, there) for key, body in wanted.items()}
        default = ids[MenuKind.NEWCOMER, LANGUAGES[0]]
        if self.line.default(channel) != default:
            self.line.set_default(channel, default)
        with self.store.write() as uow:
            uow.menus.save_installed(channel.id, ids)
        linked = self.link(channel)
        for name in done.removed:
            self.line.delete(channel, there[name])
        return Installed(channel_id=channel.id, made=done.made, kept=done.kept, removed=done.removed, linked=linked)

    def link(self, channel: Channel) -> int:
        """Show everybody the menu of their roles who sees another one; returns how many that were."""
        with self.store.read() as uow:
            ids = uow.menus.installed(channel.id)
            owners = uow.menus.owners(channel.id) if ids else []
        changed: dict[str, list[tuple[ChatId, str]]] = {}
        for owner in owners:
            language = owner.language if owner.language in LANGUAGES else LANGUAGES[0]
            menu_id = ids.get((menu_for(owner.roles), language))
            if menu_id is not None and menu_id != owner.shown:
                changed.setdefault(menu_id, []).append((owner.chat_id, owner.line_user_id))
        return sum(self._show(channel, menu_id, people) for menu_id, people in changed.items())

    def link_quietly(self, channel: Channel) -> int:
        """As `link`, but LINE's no is only noted: a menu is helpful, never required."""
        try:
            return self.link(channel)
        except KaonaError as problem:
            log.warning("menus_not_linked channel=%s problem=%s", channel.id, problem.detail)
            return 0

    def _show(self, channel: Channel, menu_id: str, people: list[tuple[ChatId, str]]) -> int:
        self.line.link(channel, menu_id, [line_user_id for _, line_user_id in people])
        with self.store.write() as uow:
            uow.menus.note_shown([chat_id for chat_id, _ in people], menu_id)
        return len(people)

    def _ensure(self, channel: Channel, key: Key, body: dict[str, Any], there: dict[str, str]) -> str:
        """The menu's id, made where it is not there; one that an earlier run left without picture gets it now."""
        kind, language = key
        menu_id = there.get(body["name"])
        if menu_id is None:
            menu_id = self.line.create(channel, body)
        elif self.line.has_picture(channel, menu_id):
            return menu_id
        self.line.put_picture(channel, menu_id, self.picture(MENUS[kind], language))
        return menu_id

    def _body(self, menu: Menu, language: str) -> dict[str, Any]:
        """The menu as LINE takes it; its name holds a hash of all that it shows and does."""
        body = menu_body(menu, language)
        content = json.dumps(body, sort_keys=True).encode() + self.picture(menu, language)
        name = f"{OURS}{menu.kind.value} {language} {hashlib.sha256(content).hexdigest()[:12]}"
        return {"name": name, **body}


def menu_body(menu: Menu, language: str) -> dict[str, Any]:
    """A menu in LINE's words, without its name; low ones are open from the start, tall ones leave room to read."""
    index = LANGUAGES.index(language)
    return {
        "size": {"width": WIDTH, "height": menu.height},
        "selected": menu.height < TALL,
        "chatBarText": CHAT_BAR[index],
        "areas": [
            {
                "bounds": dict(zip(("x", "y", "width", "height"), place, strict=True)),
                "action": {"type": "message", "label": tile.label[index][:20], "text": tile.word},
            }
            for tile, place in menu.places()
        ],
    }
