"""Find by which measure or photo a compile failed, in words for people and in ids to leave out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from bot.domain.errors import CompileFailed
from bot.domain.text import thai_digits
from bot.domain.updates import Evidence
from bot.domain.years import AgencyYear, MeasureYear
from bot.reporting.leaving_out import measure_nos, only
from bot.reporting.model import Report

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """What a compile failed by.

    Attributes:
        words: the measure or photos in Thai, as part of a sentence.
        ids: of the measure or the pieces of evidence.
    """

    words: str
    ids: tuple[str, ...]


def blame_measure(year: AgencyYear, no: int) -> Blame:
    """The blame of one measure."""
    ids = tuple(entry.measure.id for entry in year.measures if entry.measure.no == no)
    return Blame(words=thai_digits(f"มาตรการลำดับที่ {no}"), ids=ids)


def blame_photos(year: AgencyYear, keys: Collection[str]) -> Blame | None:
    """The blame of the photos that are stored under these keys; None when none of the year's is."""
    pieces = [(entry.measure.no, piece) for entry in year.measures for piece in _pieces(entry)]
    found = [(no, piece) for no, piece in pieces if piece.stored_as in keys]
    if not found:
        return None
    shown = [f"ภาพ{_named(piece)} ของมาตรการลำดับที่ {no}" for no, piece in found[:3]]
    more = f" และอีก {len(found) - 3} ภาพ" if len(found) > 3 else ""
    return Blame(words=thai_digits(", ".join(shown)) + thai_digits(more), ids=tuple(piece.id for _, piece in found))


def left_out(year: AgencyYear, skip: Iterable[str]) -> tuple[frozenset[int], frozenset[str]]:
    """The numbers of measures and the keys of photos that these ids stand for."""
    ids = frozenset(skip)
    numbers = frozenset(entry.measure.no for entry in year.measures if entry.measure.id in ids)
    pieces = (piece for entry in year.measures for piece in _pieces(entry))
    return numbers, frozenset(piece.stored_as for piece in pieces if piece.id in ids and piece.stored_as)


def probe(report: Report, draw: Callable[[Report], object], before: Callable[[int], None]) -> int | None:
    """Draw each measure alone; the number of the first one that cannot be drawn.

    Args:
        report: the whole report.
        draw: draws a report in the wanted formats.
        before: is told the number of the measure that is drawn next.
    """
    for no in measure_nos(report):
        before(no)
        try:
            draw(only(report, no))
        except (TimeoutError, MemoryError):
            raise
        except Exception as problem:
            log.warning("measure_cannot_be_drawn measure=%s problem=%s", no, type(problem).__name__)
            return no
    return None


def photo_keys(problem: Exception) -> tuple[str, ...]:
    """The keys of the photos that the renderer could not get, when it failed by them."""
    keys = problem.fields.get("image_keys", ()) if isinstance(problem, CompileFailed) else ()
    return tuple(str(key) for key in keys) if isinstance(keys, tuple) else ()


def _pieces(entry: MeasureYear) -> list[Evidence]:
    return [piece for updates in entry.updates.values() for update in updates for piece in update.evidence]


def _named(piece: Evidence) -> str:
    words = piece.caption or piece.name or ""
    return f" “{words[:40]}”" if words else ""
