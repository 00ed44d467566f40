"""Agencies and their settings."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import agencies, agency_settings
from bot.domain.agencies import Agency, AgencyId, AgencySettings
from bot.domain.errors import StaleWrite


class SqlAgencies(Repository):
    """Keeps bot.ports.store.Agencies."""

    def add(self, agency: Agency) -> None:
        """Insert."""
        self._rows.change(insert(agencies).values(values(agency)))

    def get(self, agency_id: AgencyId) -> Agency | None:
        """By id."""
        row = self._rows.first(select(*columns(Agency, agencies)).where(agencies.c.id == agency_id))
        return load(Agency, row) if row else None

    def hold(self, agency_id: AgencyId) -> None:
        """Lock the row; rows that refer to it can still be added."""
        self._rows.first(self._rows.locked(select(agencies.c.id).where(agencies.c.id == agency_id)))

    def save(self, agency: Agency) -> None:
        """Overwrite."""
        if self._rows.change(update(agencies).where(agencies.c.id == agency.id).values(values(agency, "id"))) == 0:
            raise StaleWrite(f"agency {agency.id} is gone")

    def all(self) -> list[Agency]:
        """By id."""
        return [load(Agency, row) for row in self._rows.all(select(*columns(Agency, agencies)).order_by(agencies.c.id))]

    def names(self) -> list[tuple[AgencyId, str]]:
        """By id."""
        return [
            (row["id"], row["name"])
            for row in self._rows.all(select(agencies.c.id, agencies.c.name).order_by(agencies.c.id))
        ]

    def settings(self, agency_id: AgencyId) -> AgencySettings:
        """What was saved, else the defaults."""
        row = self._rows.first(
            select(*columns(AgencySettings, agency_settings)).where(agency_settings.c.agency_id == agency_id)
        )
        return load(AgencySettings, row) if row else AgencySettings()

    def save_settings(self, agency_id: AgencyId, settings: AgencySettings) -> None:
        """Insert or overwrite."""
        chosen = values(settings)
        self._rows.change(
            self._rows.insert(agency_settings)
            .values(agency_id=agency_id, **chosen)
            .on_conflict_do_update(index_elements=["agency_id"], set_=chosen)
        )
