"""The office, on SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.memory import (
    CountedIds,
    MemoryLocks,
    MemoryMediaStore,
    MemoryMessenger,
    MemoryQueue,
    NoRateLimits,
    SetClock,
)
from bot.adapters.sql.store import SqlStore
from bot.bootstrap import Runtime
from bot.config import Settings
from tests import builders
from tests.services.desk import Desk, furnish


@pytest.fixture
def desk(tmp_path: Path, sqlite_store: SqlStore) -> Desk:
    """A furnished office with the program's own wiring; only what is outside the program is played."""
    settings = Settings.from_env(
        {
            "DATA_DIR": str(tmp_path / "data"),
            "SECRET_KEY": "a secret key for tests only",
            "LINE_CHANNEL_SECRET": "secret",
            "LINE_CHANNEL_ACCESS_TOKEN": "token",
            "PUBLIC_BASE_URL": "https://kaona.example",
        }
    )
    rt = Runtime(settings)
    rt.rate_limits = NoRateLimits()
    desk = Desk(
        rt=rt,
        clock=SetClock(builders.NOW),
        ids=CountedIds(),
        queue=MemoryQueue(),
        line=MemoryMessenger(),
        media=MemoryMediaStore(),
    )
    vars(rt).update(
        clock=desk.clock,
        ids=desk.ids,
        store=sqlite_store,
        queue=desk.queue,
        locks=MemoryLocks(),
        messenger=desk.line,
        media=desk.media,
        rich_menus=desk.menus,
    )
    furnish(rt)
    return desk
