"""Sign-off chains, sign-offs and signatures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, delete, insert, literal_column, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import chain_steps, sign_off_steps, sign_offs, signatures
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import StaleWrite
from bot.domain.people import PersonId
from bot.domain.sign_off import ChainStep, Signature, SignOff, SignOffId

_FIXED = ("id", "agency_id", "fiscal_year", "round_no", "report_id", "inputs_hash", "title", "reported", "total")
_NEVER_SAVED = (*_FIXED, "findings", "started_at", "started_by", "steps")


class SqlSignOffs(Repository):
    """Keeps bot.ports.store.SignOffs."""

    def chain(self, agency_id: AgencyId) -> tuple[ChainStep, ...]:
        """In order."""
        query = select(*columns(ChainStep, chain_steps)).where(chain_steps.c.agency_id == agency_id)
        return tuple(load(ChainStep, row) for row in self._rows.all(query.order_by(chain_steps.c.place)))

    def save_chain(self, agency_id: AgencyId, steps: Sequence[ChainStep]) -> None:
        """All rows anew: a chain is short, and its places shift."""
        self._rows.change(delete(chain_steps).where(chain_steps.c.agency_id == agency_id))
        for place, step in enumerate(steps):
            self._rows.change(insert(chain_steps).values(agency_id=agency_id, place=place, **values(step)))

    def add(self, sign_off: SignOff) -> None:
        """Insert with its steps."""
        self._rows.change(insert(sign_offs).values(values(sign_off, "steps")))
        for place, step in enumerate(sign_off.steps):
            self._rows.change(insert(sign_off_steps).values(sign_off_id=sign_off.id, place=place, **values(step)))

    def get(self, sign_off_id: SignOffId) -> SignOff | None:
        """By id, held against other writers."""
        query = select(*columns(SignOff, sign_offs)).where(sign_offs.c.id == sign_off_id)
        return next(iter(self._loaded(self._rows.locked(query))), None)

    def save(self, sign_off: SignOff) -> None:
        """Overwrite what may change."""
        mine = update(sign_offs).where(sign_offs.c.id == sign_off.id)
        if self._rows.change(mine.values(values(sign_off, *_NEVER_SAVED))) == 0:
            raise StaleWrite(f"sign-off {sign_off.id} is gone")

    def running(self, agency_ids: Collection[AgencyId] | None = None) -> list[SignOff]:
        """A literal state, so that the planner sees that the partial index serves."""
        query = select(*columns(SignOff, sign_offs)).where(sign_offs.c.state == literal_column("'running'"))
        if agency_ids is not None:
            query = query.where(sign_offs.c.agency_id.in_(agency_ids))
        return self._loaded(query.order_by(sign_offs.c.waiting_since, sign_offs.c.id))

    def of_year(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> list[SignOff]:
        """Newest first."""
        query = select(*columns(SignOff, sign_offs)).where(
            sign_offs.c.agency_id == agency_id, sign_offs.c.fiscal_year == fiscal_year
        )
        return self._loaded(query.order_by(sign_offs.c.started_at.desc(), sign_offs.c.id.desc()))

    def sign(self, signature: Signature) -> bool:
        """Of two signatures on one step the database lets the first one stand."""
        given = self._rows.insert(signatures).values(values(signature)).on_conflict_do_nothing()
        return self._rows.changed(given.returning(signatures.c.place)) is not None

    def last_opinion(self, person_id: PersonId) -> str | None:
        """The newest one that is not empty."""
        mine = select(signatures.c.opinion).where(
            signatures.c.person_id == person_id, signatures.c.opinion.is_not(None)
        )
        opinion: str | None = self._rows.scalar(mine.order_by(signatures.c.signed_at.desc()).limit(1))
        return opinion

    def signatures(self, sign_off_ids: Collection[SignOffId]) -> dict[SignOffId, tuple[Signature, ...]]:
        """One query for all."""
        found: dict[SignOffId, list[Signature]] = {sign_off_id: [] for sign_off_id in sign_off_ids}
        query = select(*columns(Signature, signatures)).where(signatures.c.sign_off_id.in_(sign_off_ids))
        for row in self._rows.all(query.order_by(signatures.c.sign_off_id, signatures.c.place)):
            found[row["sign_off_id"]].append(load(Signature, row))
        return {sign_off_id: tuple(given) for sign_off_id, given in found.items()}

    def _loaded(self, query: Select[tuple[object, ...]]) -> list[SignOff]:
        rows = self._rows.all(query)
        steps = self._steps(row["id"] for row in rows)
        return [load(SignOff, row, steps=tuple(steps[row["id"]])) for row in rows]

    def _steps(self, sign_off_ids: Iterable[SignOffId]) -> dict[SignOffId, list[ChainStep]]:
        wanted = list(sign_off_ids)
        found: dict[SignOffId, list[ChainStep]] = defaultdict(list)
        if not wanted:
            return found
        query = select(sign_off_steps.c.sign_off_id, *columns(ChainStep, sign_off_steps))
        of_these = query.where(sign_off_steps.c.sign_off_id.in_(wanted))
        for row in self._rows.all(of_these.order_by(sign_off_steps.c.sign_off_id, sign_off_steps.c.place)):
            found[row["sign_off_id"]].append(load(ChainStep, row))
        return found
