"""What a simulator is started with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIRST_BOT_USER_ID = "U" + "b0" * 16


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedBot:
    """One official account: where its webhook is and with what it signs in."""

    webhook_url: str
    channel_secret: str
    channel_access_token: str
    name: str = "บัญชีทดลอง"
    user_id: str = FIRST_BOT_USER_ID
    channel_id: str = "1650000000"
    monthly_quota: int | None = None  # messages a month; None means no limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A shortcut shown on the page, such as the way to the admin pages."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorConfig:
    """Everything a simulator needs to know; the first bot is spelled out, more may follow."""

    webhook_url: str
    channel_secret: str
    channel_access_token: str
    host: str = "127.0.0.1"
    port: int = 8001
    bot_name: str = "บัญชีทดลอง"
    bot_user_id: str = FIRST_BOT_USER_ID
    channel_id: str = "1650000000"
    monthly_quota: int | None = None  # messages a month; None means no limit
    more_bots: tuple[SimulatedBot, ...] = ()
    reply_token_seconds: float = 60.0
    webhook_timeout: float = 2.0  # seconds LINE waits for the bot's 200
    redelivery: bool = False  # LINE's default; on, a failed webhook is sent again
    redelivery_waits: tuple[float, ...] = (1.0, 5.0, 15.0, 60.0)  # seconds before each further attempt
    rate_limits: bool = True
    sending_rate: float | None = None  # calls a second to each endpoint that sends; None means LINE's figures
    state_dir: Path | None = None  # keeps people, chats and content over a restart
    now: Callable[[], datetime] | None = None  # an aware clock; None means the machine's
    now_offset: timedelta = timedelta(0)  # added to the clock, for a demo on another date
    links: tuple[Link, ...] = ()

    @property
    def bots(self) -> tuple[SimulatedBot, ...]:
        """All official accounts, the main one first."""
        main = SimulatedBot(
            webhook_url=self.webhook_url,
            channel_secret=self.channel_secret,
            channel_access_token=self.channel_access_token,
            name=self.bot_name,
            user_id=self.bot_user_id,
            channel_id=self.channel_id,
            monthly_quota=self.monthly_quota,
        )
        return (main, *self.more_bots)

    def clock(self) -> datetime:
        """Return the time the simulator believes it is, aware."""
        return (self.now or _machine_time)() + self.now_offset


def _machine_time() -> datetime:
    return datetime.now(UTC)
