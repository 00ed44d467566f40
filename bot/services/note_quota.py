"""Look at each channel's monthly messages and say in the log when they run low."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from bot.ports.outside import Messenger
from bot.ports.records import Channel

log = logging.getLogger(__name__)

LOW = 0.9


def note_quota(messenger: Messenger, channels: Iterable[Channel]) -> int:
    """Log every channel's use; returns how many are above 90 %. A channel that does not say is passed over."""
    low = 0
    for channel in channels:
        quota = messenger.quota(channel)
        if quota is None or quota.limit is None:
            continue
        is_low = quota.used >= LOW * quota.limit
        low += is_low
        log.log(
            logging.WARNING if is_low else logging.INFO,
            "quota channel=%s used=%s limit=%s",
            channel.id,
            quota.used,
            quota.limit,
        )
    return low
