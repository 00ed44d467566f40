"""Look at a channel's monthly messages and say in the log when they run low."""

from __future__ import annotations

import logging

from bot.ports.outside import Messenger
from bot.ports.records import Channel

log = logging.getLogger(__name__)

LOW = 0.9


def note_quota(messenger: Messenger, channel: Channel) -> bool:
    """Log the channel's use; returns whether it is above 90 %. LINE need not say."""
    quota = messenger.quota(channel)
    if quota is None or quota.limit is None:
        return False
    low = quota.used >= LOW * quota.limit
    level = logging.WARNING if low else logging.INFO
    log.log(level, "quota channel=%s used=%s limit=%s", channel.id, quota.used, quota.limit)
    return low
