"""What agencies wrote and chose for their documents."""

from __future__ import annotations

from sqlalchemy import select

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import document_choices, memos
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.documents import DocumentChoices, MemoFields
from bot.domain.rounds import RoundNo


class SqlDocuments(Repository):
    """Keeps bot.ports.store.Documents."""

    def choices(self, agency_id: AgencyId) -> DocumentChoices:
        """What was saved, else nothing chosen."""
        mine = document_choices.c.agency_id == agency_id
        row = self._rows.first(select(*columns(DocumentChoices, document_choices)).where(mine))
        return load(DocumentChoices, row) if row else DocumentChoices()

    def save_choices(self, agency_id: AgencyId, choices: DocumentChoices) -> None:
        """Insert or overwrite."""
        chosen = values(choices)
        new = self._rows.insert(document_choices).values(agency_id=agency_id, **chosen)
        self._rows.change(new.on_conflict_do_update(index_elements=["agency_id"], set_=chosen))

    def memo(self, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> MemoFields:
        """What was saved, else nothing written."""
        query = select(*columns(MemoFields, memos)).where(
            memos.c.agency_id == agency_id, memos.c.fiscal_year == fiscal_year, memos.c.round_no == round_no
        )
        row = self._rows.first(query)
        return load(MemoFields, row) if row else MemoFields()

    def save_memo(self, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo, fields: MemoFields) -> None:
        """Insert or overwrite."""
        key = {"agency_id": agency_id, "fiscal_year": fiscal_year, "round_no": round_no}
        written = values(fields)
        new = self._rows.insert(memos).values(**key, **written)
        self._rows.change(new.on_conflict_do_update(index_elements=list(key), set_=written))
