"""Draw a document in its formats; when that fails, find which measure or photo is to blame."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.agencies import AgencyId
from bot.domain.errors import CompileFailed, KaonaError
from bot.domain.years import AgencyYear
from bot.ports.outside import MediaStore, ReportRenderer
from bot.ports.store import Store
from bot.reporting.model import Report
from bot.reporting.rendering import CompiledReport
from bot.services.blame import Blame, blame_measure, blame_photos, photo_keys, probe
from bot.services.load_year import load_year

log = logging.getLogger(__name__)

Progress = Callable[[str, float], None]


class Cancelled(Exception):
    """The document is not wanted any more; a progress callback raises it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawDocument:
    """The renderer, and the store to name things by."""

    store: Store
    renderer: ReportRenderer
    media: MediaStore

    def draw(self, report: Report, formats: Sequence[str], agency_id: AgencyId, progress: Progress) -> CompiledReport:
        """The document's files.

        Raises:
            CompileFailed: its fields hold the `blame` where that can be found, and its detail names it.
        """
        try:
            return self.renderer.render(report, formats, self.media, progress)
        except (Cancelled, TimeoutError, MemoryError):
            raise
        except Exception as problem:
            blame = self._blame(problem, report, formats, agency_id)
            known = isinstance(problem, KaonaError)
            if known and blame is None:
                raise
            log.warning("draw_failed problem=%s", type(problem).__name__, exc_info=None if known else problem)
            detail = problem.detail if isinstance(problem, KaonaError) else bug(problem)
            at = f" ที่{blame.words}" if blame and blame.words not in detail else ""
            raise CompileFailed(f"{detail}{at}", blame=blame) from problem

    def measure_to_blame(
        self, report: Report, formats: Sequence[str], agency_id: AgencyId, before: Callable[[Blame], None]
    ) -> Blame | None:
        """The first measure that cannot be drawn alone; `before` is told of each that is drawn next."""
        year = self._year(report, agency_id)
        no = probe(report, lambda part: self._alone(part, formats), lambda each: before(blame_measure(year, each)))
        return blame_measure(year, no) if no is not None else None

    def _blame(self, problem: Exception, report: Report, formats: Sequence[str], agency_id: AgencyId) -> Blame | None:
        keys = photo_keys(problem)
        if keys:
            return blame_photos(self._year(report, agency_id), keys)
        if isinstance(problem, KaonaError) and not isinstance(problem, CompileFailed):
            return None  # the outside world is away: no measure's fault
        return self.measure_to_blame(report, formats, agency_id, lambda _: None)

    def _year(self, report: Report, agency_id: AgencyId) -> AgencyYear:
        with self.store.read() as uow:
            return load_year(uow, agency_id, report.fiscal_year)

    def _alone(self, part: Report, formats: Sequence[str]) -> None:
        self.renderer.render(part, formats, self.media, lambda stage, done: None)


def bug(problem: Exception) -> str:
    """Thai words for an error that is a mistake of the program."""
    return f"ข้อผิดพลาดของโปรแกรม ({type(problem).__name__})"
