"""Column types that read and write the program's own values alike on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.domain.calendar import BANGKOK

Id: TypeEngine[str] = String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
"""An id or hash; compared byte by byte on both, whatever the server's locale."""
Sequence: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
"""Grows with every row; SQLite numbers by itself only what it calls INTEGER."""

_SQLITE_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC and read back in Bangkok time.

    SQLite has no such type: there it is text of fixed width, so that it sorts as time does.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite."""
        return dialect.type_descriptor(String(27) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """To UTC; a naive moment is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value!r}")
        in_utc = value.astimezone(UTC)
        return in_utc.strftime(_SQLITE_FORMAT) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """To Bangkok."""
        if value is None:
            return None
        moment: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(BANGKOK)


class Words(TypeDecorator[str]):
    """Text that people or LINE wrote: NUL and lone surrogates, which no database takes, are taken out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Without what cannot be stored."""
        return None if value is None else _storable(value)


class Json(TypeDecorator[Any]):
    """A mapping as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To JSON; readable Thai, but escaped where it holds what UTF-8 cannot."""
        if value is None:
            return None
        plain = dict(value) if isinstance(value, Mapping) else list(value)
        text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        return text if _is_utf8(text) else json.dumps(plain, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From JSON."""
        return None if value is None else json.loads(value)


class JsonTuple(Json):
    """A tuple as JSON text."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From JSON, as a tuple."""
        return None if value is None else tuple(json.loads(value))


class Member(TypeDecorator[Any]):
    """A member of an enum, kept as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """A number for an enum of numbers."""
        return dialect.type_descriptor(Integer()) if issubclass(self.kind, int) else super().load_dialect_impl(dialect)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Its value."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The member."""
        return None if value is None else self.kind(value)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _storable(text: str) -> str:
    text = text.replace("\x00", "")
    return text if _is_utf8(text) else text.encode(errors="replace").decode()
