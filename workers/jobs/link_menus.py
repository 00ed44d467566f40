"""Show people the rich menu of their roles."""

from __future__ import annotations

from bot.jobs import LINK_MENUS
from workers.retries import attempt
from workers.runtime import runtime


def run(channel_id: str) -> None:
    """Tell LINE who sees another menu than before."""
    attempt(LINK_MENUS, runtime().link_menus, channel_id)
