"""Agencies, what they chose, and the LINE channels that serve them."""

from __future__ import annotations

from typing import Protocol

from bot.domain.agencies import Agency, AgencyId, AgencySettings
from bot.ports.records import (
    Channel,
    ChannelId,
)


class Agencies(Protocol):
    """Agencies and what they chose."""

    def add(self, agency: Agency) -> None: ...
    def get(self, agency_id: AgencyId) -> Agency | None: ...
    def hold(self, agency_id: AgencyId) -> None:
        """Keep other writing units of work that hold this agency waiting until this one ends."""
        ...

    def save(self, agency: Agency) -> None:
        """Overwrite a known agency (by id)."""
        ...

    def all(self) -> list[Agency]: ...
    def names(self) -> list[tuple[AgencyId, str]]:
        """Of all agencies, by id: what a list of thousands is searched and paged by."""
        ...

    def settings(self, agency_id: AgencyId) -> AgencySettings: ...
    def save_settings(self, agency_id: AgencyId, settings: AgencySettings) -> None: ...


class Channels(Protocol):
    """Further LINE channels; secrets and tokens are encrypted at rest."""

    def add(self, channel: Channel) -> None: ...
    def get(self, channel_id: ChannelId) -> Channel | None: ...
    def all(self) -> list[Channel]: ...
    def learn_bot_user_id(self, channel_id: ChannelId, bot_user_id: str) -> None: ...
