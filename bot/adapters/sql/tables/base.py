"""What every table is made with."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, MetaData

from bot.adapters.sql.columns import Sequence

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def seq() -> Column[int]:
    """The order of arrival, where moments can be equal."""
    return Column("seq", Sequence, primary_key=True, autoincrement=True)


def of(target: str, *, cascade: bool = False) -> ForeignKey:
    """A reference to another table's column; `cascade` removes the row with what it refers to."""
    return ForeignKey(target, ondelete="CASCADE" if cascade else None)
