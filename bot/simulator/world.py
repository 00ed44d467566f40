"""Everything the simulated platform knows, behind one lock."""

import secrets
import threading
from datetime import datetime
from typing import Any

from bot.simulator import ids
from bot.simulator.channel import Channel
from bot.simulator.config import SimulatorConfig
from bot.simulator.feed import Feed
from bot.simulator.people import Bond, Entry, Group, Person
from bot.simulator.shelf import Shelf
from bot.simulator.tokens import Accepted


class NobodyThere(Exception):
    """A person, account or message that the simulator does not know."""


class World:
    """People, accounts and chats; kept on the shelf, told to the feed.

    Whoever reads or changes what is in here holds `lock`.
    """

    def __init__(self, config: SimulatorConfig) -> None:
        self.config = config
        self.lock = threading.RLock()
        self.feed = Feed()
        self.epoch = secrets.token_hex(8)
        self.shelf = Shelf(config.state_dir)
        self.message_ids = ids.MessageIds()
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.channels = {bot.user_id: Channel(bot, config.reply_token_seconds) for bot in config.bots}
        self._entry_seq = 0
        self._restore()

    def now(self) -> datetime:
        """Return the time it is here."""
        return self.config.clock()

    def now_ms(self) -> int:
        """Return the time it is here, in milliseconds as LINE writes them."""
        return int(self.now().timestamp() * 1000)

    def channel(self, bot: str | None = None) -> Channel:
        """Return an account, the main one when none is named."""
        found = self.channels.get(bot) if bot else next(iter(self.channels.values()))
        if found is None:
            raise NobodyThere(f"no account {bot}")
        return found

    def person(self, user_id: str) -> Person:
        """Return a person by user id, or by name when that is unambiguous."""
        if user_id in self.people:
            return self.people[user_id]
        named = [person for person in self.people.values() if person.name == user_id]
        if len(named) != 1:
            raise NobodyThere(f"{len(named) or 'no'} people match {user_id}")
        return named[0]

    def add_person(self, name: str, user_id: str | None = None) -> Person:
        """Make a new LINE user."""
        person = Person(user_id=user_id or ids.user_id(), name=name)
        self.people[person.user_id] = person
        self.shelf.put("person", person.user_id, person.as_json())
        self.feed.publish("people", {})
        return person

    def group(self, group_id: str) -> Group:
        """Return a group by its id, or by name when that is unambiguous."""
        if group_id in self.groups:
            return self.groups[group_id]
        named = [group for group in self.groups.values() if group.name == group_id]
        if len(named) != 1:
            raise NobodyThere(f"{len(named) or 'no'} groups match {group_id}")
        return named[0]

    def add_group(self, name: str, kind: str, members: list[str]) -> Group:
        """Make a group without an account in it."""
        group_id = ("C" if kind == "group" else "R") + ids.user_id()[1:]
        group = Group(group_id=group_id, name=name, kind=kind, members=members)
        self.groups[group_id] = group
        self.keep_group(group)
        return group

    def keep_group(self, group: Group) -> None:
        """Keep and tell who is in a group now."""
        group.home = group.bot or group.home
        self.shelf.put("group", group.group_id, group.as_json())
        self.feed.publish("groups", {"group_id": group.group_id})

    def home_of(self, group: Group) -> Channel:
        """Return the account in the group, or the one that was in it last."""
        return self.channel(group.bot or group.home or None)

    def chat_of(self, group: Group) -> list[Entry]:
        """Return what was said in a group, oldest first."""
        return self.home_of(group).chat(group.group_id)

    def keep_bond(self, bond: Bond) -> None:
        """Keep and tell how a person now stands to an account."""
        self.shelf.put("bond", f"{bond.bot} {bond.user_id}", bond.as_json())
        self.feed.publish("people", {})

    def add_entry(self, channel: Channel, user_id: str, by: str, message: dict[str, Any], **more: Any) -> Entry:
        """Write a line into a chat."""
        self._entry_seq += 1
        entry = Entry(
            id=more.pop("id", None) or self.message_ids.next(self.now_ms()),
            seq=self._entry_seq,
            at_ms=self.now_ms(),
            bot=channel.id,
            user_id=user_id,
            by=by,
            message=message,
            **more,
        )
        channel.chat(user_id).append(entry)
        if by == "bot":
            channel.loading_until.pop(user_id, None)
        self.keep_entry(entry)
        return entry

    def keep_entry(self, entry: Entry) -> None:
        """Keep and tell a new or changed line."""
        self.shelf.put("entry", f"{entry.bot} {entry.user_id} {entry.seq}", entry.as_json())
        told = {"bot": entry.bot, "user_id": entry.user_id, "entry": entry.as_json()}
        self.feed.publish("entry", told)

    def keep_account(self, channel: Channel) -> None:
        """Keep an account's quota and menus, and tell that it changed; the webhook is the start's to say."""
        body = {"used": channel.quota.used, "menus": channel.menus.as_json()}
        self.shelf.put("account", channel.id, {"bot": channel.id, **body})
        self.feed.publish("account", {"bot": channel.id})

    def keep_accepted(self, channel: Channel, accepted: Accepted) -> None:
        """Keep that a call was accepted under its retry key."""
        channel.retry_keys.add(accepted)
        self.shelf.put("accepted", f"{channel.id} {accepted.key}", {"bot": channel.id, **accepted.as_json()})

    def close(self) -> None:
        """Let followers and files go."""
        self.feed.close()
        with self.lock:
            self.shelf.close()

    def _restore(self) -> None:
        for body in self.shelf.all("person"):
            self.people[body["user_id"]] = Person(**body)
        for body in self.shelf.all("group"):
            self.groups[body["group_id"]] = Group(**body)
        for body in self.shelf.all("bond"):
            if body["bot"] in self.channels:
                self.channels[body["bot"]].bonds[body["user_id"]] = Bond(**body)
        entries = [Entry(**body) for body in self.shelf.all("entry")]
        for entry in sorted(entries, key=lambda each: each.seq):
            self._entry_seq = entry.seq
            self.message_ids.seen(entry.id)
            if entry.bot in self.channels:
                self.channels[entry.bot].chat(entry.user_id).append(entry)
        for body in self.shelf.all("accepted"):
            channel = self.channels.get(body.pop("bot"))
            if channel is not None:
                channel.retry_keys.add(Accepted(**body))
        for body in self.shelf.all("account"):
            self._restore_account(body)

    def _restore_account(self, body: dict[str, Any]) -> None:
        channel = self.channels.get(body["bot"])
        if channel is None:
            return
        channel.quota.used = body["used"]
        menus = body["menus"]
        channel.menus.menus, channel.menus.images = menus["menus"], menus["images"]
        channel.menus.aliases, channel.menus.default = menus["aliases"], menus["default"]
