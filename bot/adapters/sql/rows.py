"""Rows and records: what every repository does its reading and writing with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Executable, RowMapping, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

Record = TypeVar("Record")


def _names(kind: object) -> Collection[str]:
    names: Collection[str] = cast(Any, kind).__dataclass_fields__
    return names


@cache
def columns(kind: type, table: Table) -> tuple[ColumnElement[Any], ...]:
    """The table's columns that hold the record's fields."""
    return tuple(table.c[name] for name in _names(kind) if name in table.c)


def load(kind: type[Record], row: RowMapping, **more: Any) -> Record:
    """A record from a row that has its fields; `more` gives those that the row lacks."""
    return kind(**{name: row[name] for name in _names(kind) if name not in more and name in row}, **more)


def values(record: object, *leave_out: str) -> dict[str, Any]:
    """The record's fields as column values."""
    return {name: getattr(record, name) for name in _names(type(record)) if name not in leave_out}


class Transaction:
    """One transaction on one connection.

    Attributes:
        writing: whether it may change anything.
        locks: what it reads one by one is kept from other writers until it ends. SQLite's writers are
            alone anyway.
    """

    def __init__(self, connection: Connection, *, writing: bool) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        self.writing = writing
        self.locks = writing and not self._sqlite

    def all(self, query: Executable) -> Sequence[RowMapping]:
        """Every row."""
        return self._connection.execute(query).mappings().all()

    def first(self, query: Executable) -> RowMapping | None:
        """The first row."""
        return self._connection.execute(query).mappings().first()

    def scalars(self, query: Executable) -> Sequence[Any]:
        """The first column of every row."""
        return self._connection.execute(query).scalars().all()

    def scalar(self, query: Executable) -> Any:
        """The first column of the first row."""
        return self._connection.execute(query).scalar()

    def locked(self, query: Select[Any]) -> Select[Any]:
        """The query, holding its rows against other writers; rows that refer to them can still be added."""
        return query.with_for_update(key_share=True) if self.locks else query

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT."""
        return sqlite.insert(table) if self._sqlite else postgresql.insert(table)

    def change(self, statement: Executable, rows: Sequence[Mapping[str, Any]] | None = None) -> int:
        """Carry out a change; how many rows it touched (told for UPDATE and DELETE only)."""
        self._must_write()
        return self._connection.execute(statement, rows).rowcount

    def changed(self, statement: Executable) -> RowMapping | None:
        """Carry out a change that returns the row it touched, if any."""
        self._must_write()
        return self._connection.execute(statement).mappings().first()

    def all_changed(self, statement: Executable) -> Sequence[RowMapping]:
        """Carry out a change that returns the rows it touched."""
        self._must_write()
        return self._connection.execute(statement).mappings().all()

    def _must_write(self) -> None:
        if not self.writing:
            raise RuntimeError("a reading unit of work was asked to write")


class Repository:
    """A noun's rows within a transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._rows = transaction
