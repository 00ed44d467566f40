"""Further LINE channels and the agencies they serve."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import RowMapping, Select, insert, select, update

from bot.adapters.sql.rows import Repository, Transaction, columns
from bot.adapters.sql.seal import Seal
from bot.adapters.sql.tables import channel_agencies, channels
from bot.domain.agencies import AgencyId
from bot.ports.records import Channel, ChannelId


class SqlChannels(Repository):
    """Keeps bot.ports.store.Channels."""

    def __init__(self, transaction: Transaction, seal: Seal) -> None:
        super().__init__(transaction)
        self._seal = seal

    def add(self, channel: Channel) -> None:
        """Insert, with its agencies."""
        seal = self._seal
        self._rows.change(
            insert(channels).values(
                id=channel.id,
                secret=seal.close(channel.secret),
                token=seal.close(channel.token),
                bot_user_id=channel.bot_user_id,
            )
        )
        served = [
            {"channel_id": channel.id, "agency_id": agency_id, "position": position}
            for position, agency_id in enumerate(channel.agency_ids)
        ]
        if served:
            self._rows.change(insert(channel_agencies), served)

    def get(self, channel_id: ChannelId) -> Channel | None:
        """By id."""
        found = self._load(select(*columns(Channel, channels)).where(channels.c.id == channel_id))
        return found[0] if found else None

    def all(self) -> list[Channel]:
        """By id."""
        return self._load(select(*columns(Channel, channels)).order_by(channels.c.id))

    def learn_bot_user_id(self, channel_id: ChannelId, bot_user_id: str) -> None:
        """Keep LINE's `destination` of this channel."""
        self._rows.change(update(channels).where(channels.c.id == channel_id).values(bot_user_id=bot_user_id))

    def _load(self, query: Select[tuple[object, ...]]) -> list[Channel]:
        rows = self._rows.all(query)
        if not rows:
            return []
        served: dict[str, list[AgencyId]] = defaultdict(list)
        links = select(channel_agencies).where(channel_agencies.c.channel_id.in_([row["id"] for row in rows]))
        for link in self._rows.all(links.order_by(channel_agencies.c.position)):
            served[link["channel_id"]].append(link["agency_id"])
        return [self._channel(row, tuple(served[row["id"]])) for row in rows]

    def _channel(self, row: RowMapping, agency_ids: tuple[AgencyId, ...]) -> Channel:
        seal = self._seal
        return Channel(
            id=row["id"],
            secret=seal.open(row["secret"]),
            token=seal.open(row["token"]),
            bot_user_id=row["bot_user_id"],
            agency_ids=agency_ids,
        )
