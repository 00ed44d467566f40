"""What background processes need of the program, and where RQ's job functions find it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.adapters.redis_.connection import GuardedRedis


class Sendable(Protocol):
    """What goes out in one call, claimed until its lease ends."""

    @property
    def chat_ids(self) -> Sequence[str]:
        """The chats in which nothing else may be under way."""
        ...


class Deliveries(Protocol):
    """Messages as the process that delivers sees them; what `send` returns is handed to a later `turn`."""

    def due(self, limit: int) -> Sequence[str]:
        """Chats for which something is due, longest waiting first."""
        ...

    def turn(self, done: Sequence[Any], chat_ids: Sequence[Any], room: int) -> tuple[Sequence[Any], Sequence[str]]:
        """Write down what became of messages and claim the next, at most `room`; also the chats not looked at."""
        ...

    def renew(self, parcels: Sequence[Any]) -> None:
        """Keep the claims on what is under way."""
        ...

    def send(self, parcel: Any) -> Sequence[Any]:
        """Make the call; called in many threads at once. Returns what became of it, still to be written down."""
        ...


class WorkerRuntime(Protocol):
    """The program as workers and clock see it; built once, before any fork."""

    @property
    def redis(self) -> GuardedRedis:
        """The Redis of this process."""
        ...

    def warm_up(self) -> None:
        """Import what the children will share. It must start no thread and open no connection: forks follow."""
        ...

    def after_fork(self) -> None:
        """Forget connections and random states that belong to the parent."""
        ...

    def now(self) -> datetime:
        """Time as the program believes it."""
        ...

    def take_turn(self, chat_id: str) -> object:
        """Take a chat's unread events."""
        ...

    def deliver(self, chat_id: str) -> object:
        """Send what is due for a chat, here and now."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """What sends many chats' messages."""
        ...

    def fetch_media(self, evidence_id: str) -> object:
        """Fetch the bytes of a piece of evidence."""
        ...

    def compile_report(self, report_id: str) -> object:
        """Compile a report."""
        ...

    def compile_cut_off(self, report_id: str, over: str) -> object:
        """See to a compile that was stopped over its limit of "time" or "memory"."""
        ...

    def note_quota(self, channel_id: str) -> object:
        """Look at a channel's monthly messages."""
        ...

    def link_menus(self, channel_id: str) -> object:
        """Show people the rich menu of their roles."""
        ...

    def post_webhook(self, delivery_id: str) -> object:
        """Post an event to an address outside."""
        ...

    def look_at_links(self, agency_id: str) -> object:
        """Open the addresses that an agency's documents name."""
        ...

    def draw_pages(self, report_id: str) -> object:
        """Draw the pages of a compiled report."""
        ...

    def sweep(self) -> Mapping[str, int]:
        """Queue again whatever is due in the database; returns counts."""
        ...

    def clock_tick(self, name: str) -> Mapping[str, int]:
        """Do the scheduled job of this name; returns counts."""
        ...


_current: WorkerRuntime | None = None


def set_runtime(made: WorkerRuntime) -> None:
    """Make this the runtime of the process and of what it forks: RQ finds jobs by name and can pass them none."""
    global _current
    _current = made


def runtime() -> WorkerRuntime:
    """The runtime of this process."""
    if _current is None:
        raise RuntimeError("a job ran in a process that has no runtime; start workers with `python -m bot worker`")
    return _current
