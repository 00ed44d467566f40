from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.errors import BadSettings

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[2]


def env(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"DATA_DIR": str(tmp_path), **more}


def test_every_setting_is_documented_in_the_readme() -> None:
    read = re.findall(r"(?:env\.get\(|_url\(env, )\"([A-Z_]+)\"", (ROOT / "bot" / "config.py").read_text())
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"PORT", "DATA_DIR", "DATABASE_URL", "BOT_NOW"} <= set(read)
    assert [name for name in read if f"`{name}`" not in table] == []


def test_every_field_has_a_sentence() -> None:
    told = Settings.__doc__ or ""
    assert [field.name for field in fields(Settings) if f"{field.name}: " not in told] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("LINE_API_BASE", "api.line.me"),
        ("LINE_DATA_API_BASE", "ftp://api-data.line.me"),
        ("PUBLIC_BASE_URL", "http://"),
        ("PUBLIC_BASE_URL", "http://x:port"),
        ("SECRET_KEY", "short"),
        ("BOT_NOW", "2024-03-01T09:00"),
    ],
)
def test_a_wrong_setting_stops_the_start_naming_the_variable(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadSettings) as problem:
        Settings.from_env(env(tmp_path, **{name: value}))
    assert problem.value.detail.startswith(name)
    assert "\n" not in problem.value.detail


@pytest.mark.parametrize("given", ["LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"])
def test_half_a_channel_is_refused_naming_the_other_half(tmp_path: Path, given: str) -> None:
    with pytest.raises(BadSettings) as problem:
        Settings.from_env(env(tmp_path, **{given: "x" * 32}))
    missing = {"LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"} - {given}
    assert problem.value.detail.startswith(missing.pop())


@pytest.mark.parametrize("base", ["http://127.0.0.1:8001", "http://localhost:9", "http://[::1]:9"])
def test_a_believed_time_is_taken_where_line_is_this_machine(tmp_path: Path, base: str) -> None:
    settings = Settings.from_env(env(tmp_path, BOT_NOW="2024-03-01T09:00", LINE_API_BASE=base))
    assert settings.started_at is not None
    assert settings.started_at.isoformat() == "2024-03-01T09:00:00+07:00"


def test_a_host_that_only_looks_like_this_machine_is_not(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="BOT_NOW"):
        Settings.from_env(env(tmp_path, BOT_NOW="2024-03-01T09:00", LINE_API_BASE="http://127.evil.example"))


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = Settings.from_env(env(tmp_path)).secret_key
    assert Settings.from_env(env(tmp_path)).secret_key == first
    assert len(first) >= 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_an_empty_key_file_is_not_a_key(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    with pytest.raises(BadSettings, match="SECRET_KEY"):
        Settings.from_env(env(tmp_path))


def test_secrets_are_not_in_what_is_printed_of_the_settings(tmp_path: Path) -> None:
    settings = Settings.from_env(
        env(
            tmp_path,
            SECRET_KEY="k" * 32,
            LINE_CHANNEL_SECRET="s" * 32,
            LINE_CHANNEL_ACCESS_TOKEN="t" * 32,
            DATABASE_URL="postgresql://u:password@h/d",
        )
    )
    for secret in ("kkkk", "ssss", "tttt", "password"):
        assert secret not in repr(settings)
