"""The week's digest into the outbox for groups of agencies that want it: counts only, once a week, if affordable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.types import Message
from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.group_digests import GroupChat, GroupDigest, group_digests, key_of
from bot.domain.message_budget import Budget
from bot.domain.people import ChatId
from bot.domain.reminder_rules import Audience, Rule, rules_of
from bot.domain.rounds import open_rounds
from bot.ports.outside import Messenger
from bot.ports.records import Channel, ChannelId, Chat
from bot.ports.store import Store, UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.load_year import load_year
from bot.services.notices import Notices
from bot.services.plan_reminders import budgets, calendar_of, calendars

KIND = "group_digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDigests:
    """The use case with everything it needs."""

    store: Store
    messenger: Messenger
    notices: Notices
    channel: Callable[[ChannelId], Channel | None]
    base_url: str

    def __call__(self, now: datetime) -> list[ChatId]:
        """Store what groups are to hear now; returns their chats. Of two clocks the message's key lets one through."""
        return [digest.chat.chat_id for digest in self.send(now)]

    def planned(self, now: datetime) -> list[GroupDigest]:
        """What groups would hear now; changes nothing."""
        return [digest for agency, rules in self._wanted().items() for digest in self._plan(agency, rules, now)]

    def send(self, now: datetime) -> list[GroupDigest]:
        """Store what groups are to hear now; returns what was stored."""
        return [digest for digest in self.planned(now) if self._store(digest)]

    def _store(self, digest: GroupDigest) -> bool:
        with self.store.write() as uow:
            said = self.notices.renderer.render_all([self._message(digest)])
            return uow.outbox.add(self.notices.outgoing(digest.chat.chat_id, KIND, said, key=digest.key))

    def _wanted(self) -> Mapping[AgencyId, tuple[Rule, ...]]:
        with self.store.read() as uow:
            found = {agency_id: rules_of(changes) for agency_id, changes in uow.reminders.changes().items()}
        return {a: rules for a, rules in found.items() if any(r.audience is Audience.GROUP for r in rules)}

    def _plan(self, agency_id: AgencyId, rules: tuple[Rule, ...], now: datetime) -> list[GroupDigest]:
        """What is due; LINE is asked for the size of a group only where its messages are counted."""
        with self.store.read() as uow:
            if not calendar_of(calendars(uow))(agency_id).is_working_time(now):
                return []
            groups = self._groups(uow, agency_id, now)
            quota = budgets(uow, now) if groups else {}
        sized = [self._sized(chat, quota) for chat in groups]
        if not sized:
            return []
        with self.store.read() as uow:
            rounds = open_rounds(agency_rounds(uow, agency_id), bangkok_day(now))
            years = {r.fiscal_year: load_year(uow, agency_id, r.fiscal_year) for r in rounds}
            return group_digests(rules, rounds, years, sized, calendar_of(calendars(uow))(agency_id), quota, now)

    def _groups(self, uow: UnitOfWork, agency_id: AgencyId, now: datetime) -> list[Chat]:
        """The agency's groups that heard nothing this week."""
        chats = [uow.chats.get(group.chat_id) for group in uow.groups.of_agency(agency_id)]
        keys = {c.id: key_of(c.id, agency_id, bangkok_day(now)) for c in chats if c is not None}
        told = uow.outbox.with_keys(list(keys.values()))
        return [chat for chat in chats if chat is not None and keys[chat.id] not in told]

    def _sized(self, chat: Chat, quota: Mapping[str, Budget]) -> GroupChat:
        group = GroupChat(chat_id=chat.id, channel=chat.channel_id)
        channel = self.channel(chat.channel_id) if chat.channel_id in quota else None
        if channel is None:
            return group
        return replace(group, members=self.messenger.group_size(channel, chat.kind, chat.line_user_id))

    def _message(self, digest: GroupDigest) -> Message:
        share = round(100 * digest.reported / digest.total) if digest.total else 0
        shown = {
            "round_no": digest.round.no.value,
            "year": digest.round.fiscal_year,
            "due_on": digest.round.due_on,
            "total": digest.total,
            "reported": digest.reported,
            "width": f"{share}%",
        }
        values = {
            "link": f"{self.base_url}/chat/{digest.chat.channel}",
            "agency": digest.agency.name,
            "rounds": [shown],
        }
        return Message(name="group_status", values=values)
