"""Reminders and what was chosen about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

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
    PersonTimes,
    Reachable,
    SaidReminder,
)


class Reminders(Protocol):
    """What was said as a reminder, what agencies and people chose about it, and what it costs."""

    def record(self, said: Sequence[SaidReminder]) -> bool:
        """Store those whose keys are new; False, and nothing stored, when the first one's key is there."""
        ...

    def said_since(self, day: date, person_id: PersonId | None = None) -> list[SaidReminder]:
        """Of everybody or of one person, from that day on, oldest first."""
        ...

    def said_to(self, person_ids: Collection[PersonId], day: date) -> list[SaidReminder]:
        """Of those people, from that day on, oldest first."""
        ...

    def of_message(self, message_id: str) -> list[SaidReminder]: ...
    def of_messages(self, message_ids: Collection[str]) -> list[SaidReminder]:
        """Of all of those messages, oldest first; what was only covered is left out."""
        ...

    def move_message(self, old: str, new: OutgoingId) -> None:
        """What one message said is said by another now: it was sent again."""
        ...

    def move_day(self, message_id: str, day: date) -> None:
        """What the message says is said on that day: it was put off."""
        ...

    def of_round(self, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> list[SaidReminder]: ...
    def changes(self) -> dict[AgencyId, list[RuleChange]]:
        """What agencies changed about the rules."""
        ...

    def save_change(self, agency_id: AgencyId, change: RuleChange) -> None: ...
    def forget_change(self, agency_id: AgencyId, rule: str) -> None: ...
    def times(self, person_ids: Collection[PersonId] | None = None) -> dict[PersonId, PersonTimes]:
        """Of those people, or of everybody, who chose any."""
        ...

    def save_times(self, times: PersonTimes) -> None: ...
    def own_days(self) -> list[OwnDay]:
        """By day."""
        ...

    def save_own_day(self, own: OwnDay) -> None: ...
    def remove_own_day(self, day: date, agency_id: AgencyId | None) -> None: ...
    def reachable(self, agency_ids: Collection[AgencyId] | None = None) -> list[Reachable]:
        """Every role of everybody with an unblocked chat: the person's newest one; by agency and name.

        Of those agencies, or of all.
        """
        ...

    def joined_on(self, person_id: PersonId | None = None) -> dict[tuple[PersonId, AgencyId | None], datetime]:
        """When each person, or that one, last used an invite of an agency."""
        ...

    def quota(self, channel_id: ChannelId) -> KnownQuota | None: ...
    def quotas(self) -> list[KnownQuota]: ...
    def save_quota(self, quota: KnownQuota) -> None: ...
    def pushes_since(self, channel_id: ChannelId, since: datetime) -> int:
        """Messages begun by the program in the channel's chats after that moment, sent or waiting to be."""
        ...

    def add_feed(self, feed: Feed) -> None: ...
    def feed(self, token_hash: str) -> Feed | None:
        """The living feed of that token."""
        ...

    def feeds(self, agency_id: AgencyId) -> list[Feed]:
        """The living feeds of the agency and of its members, oldest first."""
        ...

    def revoke_feed(self, token_hash: str, at: datetime) -> bool:
        """End one feed; False when it is not living."""
        ...

    def revoke_feeds(self, person_id: PersonId | None, agency_id: AgencyId | None, at: datetime) -> int:
        """End the living feeds of the person, or of the agency; how many there were."""
        ...
