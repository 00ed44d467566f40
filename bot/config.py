"""Every setting of the program, read from the environment once; one typed field per variable.

A missing or wrong value stops the start with one line that names the variable.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.domain.calendar import BANGKOK
from bot.domain.errors import BadSettings

LINE_API = "https://api.line.me"
LINE_DATA_API = "https://api-data.line.me"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The program's settings; README.md has the same table for operators.

    Attributes:
        port: PORT, the web port.
        data_dir: DATA_DIR, made if missing: SQLite, evidence, compiled reports, the embedded Redis.
        database_url: DATABASE_URL, an SQLAlchemy URL: SQLite or PostgreSQL.
        redis_url: REDIS_URL; None means the embedded server of this DATA_DIR.
        media_url: MEDIA_URL, an fsspec URL; None means a folder in DATA_DIR.
        line_channel_secret: LINE_CHANNEL_SECRET of the default channel.
        line_channel_access_token: LINE_CHANNEL_ACCESS_TOKEN of the default channel.
        line_api_base: LINE_API_BASE, without a trailing slash.
        line_data_api_base: LINE_DATA_API_BASE, without a trailing slash.
        public_base_url: PUBLIC_BASE_URL, how phones reach the web pages, without a trailing slash.
        secret_key: SECRET_KEY; made in DATA_DIR at first start, mode 600.
        started_at: BOT_NOW, the Bangkok time at which this process believes it started.
        line_rate: LINE_RATE, calls a second to one endpoint of LINE that all workers together make at most.
        simulator_url: SIMULATOR_URL, set by `demo`: the simulator that the web shows under /simulator/.
    """

    port: int
    data_dir: Path
    database_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)
    media_url: str | None
    line_channel_secret: str | None = field(repr=False)
    line_channel_access_token: str | None = field(repr=False)
    line_api_base: str
    line_data_api_base: str
    public_base_url: str
    secret_key: bytes = field(repr=False)
    started_at: datetime | None
    simulator_url: str | None = None
    line_rate: float = 2000.0

    @property
    def has_default_channel(self) -> bool:
        """Whether the default LINE channel is configured."""
        return self.line_channel_secret is not None and self.line_channel_access_token is not None

    @property
    def line_is_simulated(self) -> bool:
        """Whether LINE's host is this machine."""
        return is_loopback(self.line_api_base)

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the environment.

        Raises:
            BadSettings: naming the first variable that is missing or wrong.
        """
        env = os.environ if env is None else env
        port = _port(env)
        data_dir = _data_dir(env)
        api_base = _url(env, "LINE_API_BASE", LINE_API)
        secret, token = _channel(env)
        return cls(
            port=port,
            data_dir=data_dir,
            database_url=env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'kaona.db'}",
            redis_url=env.get("REDIS_URL") or None,
            media_url=env.get("MEDIA_URL") or None,
            line_channel_secret=secret,
            line_channel_access_token=token,
            line_api_base=api_base,
            line_data_api_base=_url(env, "LINE_DATA_API_BASE", LINE_DATA_API),
            public_base_url=_url(env, "PUBLIC_BASE_URL", f"http://127.0.0.1:{port}"),
            secret_key=_secret_key(env, data_dir),
            started_at=started_at(env, api_base),
            line_rate=_rate(env),
            simulator_url=_url(env, "SIMULATOR_URL", "") if env.get("SIMULATOR_URL") else None,
        )


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(env: Mapping[str, str]) -> int:
    text = env.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadSettings(f"PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)


def _data_dir(env: Mapping[str, str]) -> Path:
    path = Path(env.get("DATA_DIR") or "data").absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadSettings(f"DATA_DIR: the folder {path} cannot be made: {problem.strerror}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise BadSettings(f"DATA_DIR: the folder {path} cannot be written to")
    return path


def _rate(env: Mapping[str, str]) -> float:
    text = env.get("LINE_RATE") or "2000"
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 100_000:
        raise BadSettings(f"LINE_RATE must be a number of calls a second above 0, not {text!r}")
    return rate


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    text = (env.get(name) or default).rstrip("/")
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise BadSettings(f"{name} must be an http or https address, not {text!r}")
    return text


def _channel(env: Mapping[str, str]) -> tuple[str | None, str | None]:
    secret = env.get("LINE_CHANNEL_SECRET") or None
    token = env.get("LINE_CHANNEL_ACCESS_TOKEN") or None
    if (secret is None) != (token is None):
        missing = "LINE_CHANNEL_SECRET" if secret is None else "LINE_CHANNEL_ACCESS_TOKEN"
        raise BadSettings(f"{missing} is missing: the channel needs both its secret and its access token")
    return secret, token


def _secret_key(env: Mapping[str, str], data_dir: Path) -> bytes:
    given = env.get("SECRET_KEY")
    if given:
        if len(given) < 16:
            raise BadSettings("SECRET_KEY is too short: use at least 16 characters")
        return given.encode()
    path = data_dir / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    except OSError as problem:
        raise BadSettings(f"SECRET_KEY: {path} cannot be written: {problem.strerror}") from None
    else:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return _read_secret_key(path)


def _read_secret_key(path: Path) -> bytes:
    try:
        key = path.read_bytes().strip()
    except OSError as problem:
        raise BadSettings(f"SECRET_KEY: {path} cannot be read: {problem.strerror}") from None
    if len(key) < 16:
        raise BadSettings(f"SECRET_KEY: {path} is empty or too short; delete it to have a new one made")
    return key


def started_at(env: Mapping[str, str], api_base: str) -> datetime | None:
    """BOT_NOW as an aware Bangkok time; refused unless LINE's host is this machine."""
    text = env.get("BOT_NOW")
    if not text:
        return None
    if not is_loopback(api_base):
        raise BadSettings("BOT_NOW is for trying things out: it is refused unless LINE_API_BASE is loopback")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadSettings(f"BOT_NOW must be a time like 2024-09-15T09:00, not {text!r}") from None
    return moment.replace(tzinfo=BANGKOK) if moment.tzinfo is None else moment.astimezone(BANGKOK)
