"""What a round asks of the admin today: who is missing, what waits, what went wrong, and how it has grown; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import bangkok_day
from bot.domain.people import PersonId
from bot.domain.rounds import Round, RoundNo
from bot.domain.updates import MediaState, Review
from bot.domain.years import AgencyYear, MeasureYear
from bot.ports.records import ReportRun, ReportState
from handlers.admin.charts import Climb, climb
from handlers.admin.round_view import Standing, standing_of

_LOST = frozenset({MediaState.GONE, MediaState.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Somebody whose part is not in, with the numbers of their measures."""

    person_id: PersonId
    name: str
    joined: bool
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something to look at on a measure's page."""

    no: int
    title: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A measure across the year's rounds."""

    no: int
    title: str
    standings: tuple[tuple[RoundNo, Standing], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day's work in a round.

    Attributes:
        missing: who has not reported, most measures first.
        unassigned: measures without a reporter that nobody reported on.
        pending: parts that wait for a review.
        returned: parts that were sent back and have not come again.
        lost: evidence that LINE no longer had or that could not be used.
        failed: compiles of the round that failed after the last that was finished.
        lines: the matrix of measures and rounds.
        growth: the round over time; None before it opens.
    """

    missing: tuple[Missing, ...]
    unassigned: tuple[Piece, ...]
    pending: tuple[Piece, ...]
    returned: tuple[Piece, ...]
    lost: tuple[Piece, ...]
    failed: tuple[ReportRun, ...]
    lines: tuple[Line, ...]
    growth: Climb | None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits and nothing went wrong."""
        return not (self.unassigned or self.pending or self.returned or self.lost or self.failed)


def today_of(year: AgencyYear, round_: Round, runs: Sequence[ReportRun], today: date) -> Today:
    """The day's work; `runs` are the round's compiles, newest first."""
    no = round_.no
    return Today(
        missing=_missing(year, no) if round_.opens_on <= today else (),
        unassigned=tuple(
            Piece(no=m.measure.no, title=m.measure.title, name="")
            for m in year.measures
            if not m.officers and not m.is_reported(no)
        ),
        pending=_parts(year, no, Review.PENDING),
        returned=_parts(year, no, Review.RETURNED),
        lost=_lost(year, no),
        failed=_failed(runs),
        lines=tuple(_line(each) for each in year.measures),
        growth=_growth(year, round_, today),
    )


def _missing(year: AgencyYear, no: RoundNo) -> tuple[Missing, ...]:
    found: dict[PersonId, Missing] = {}
    for each in year.measures:
        for officer in each.missing_officers(no):
            known = found.get(officer.person_id)
            numbers = (*known.numbers, each.measure.no) if known else (each.measure.no,)
            found[officer.person_id] = Missing(
                person_id=officer.person_id, name=officer.name, joined=officer.joined, numbers=numbers
            )
    return tuple(sorted(found.values(), key=lambda person: (-len(person.numbers), person.name)))


def _parts(year: AgencyYear, no: RoundNo, review: Review) -> tuple[Piece, ...]:
    return tuple(
        Piece(no=each.measure.no, title=each.measure.title, name=each.authors.get(update.person_id, ""))
        for each in year.measures
        for update in each.updates.get(no, ())
        if update.review is review
    )


def _lost(year: AgencyYear, no: RoundNo) -> tuple[Piece, ...]:
    return tuple(
        Piece(no=each.measure.no, title=each.measure.title, name=piece.name or piece.caption or "")
        for each in year.measures
        for update in each.updates.get(no, ())
        for piece in update.evidence
        if piece.media in _LOST
    )


def _failed(runs: Sequence[ReportRun]) -> tuple[ReportRun, ...]:
    failed = []
    for run in runs:
        if run.state is ReportState.DONE:
            break
        if run.state is ReportState.FAILED:
            failed.append(run)
    return tuple(failed)


def _line(each: MeasureYear) -> Line:
    standings = tuple((no, standing_of(each, no)) for no in RoundNo)
    return Line(no=each.measure.no, title=each.measure.title, standings=standings)


def _growth(year: AgencyYear, round_: Round, today: date) -> Climb | None:
    if today < round_.opens_on or not year.measures:
        return None
    days = [day for each in year.measures if (day := _reported_on(each, round_.no)) is not None]
    return climb(days, len(year.measures), round_.opens_on, round_.due_on, round_.locks_on, today)


def _reported_on(each: MeasureYear, no: RoundNo) -> date | None:
    """The day on which its last part came in; None while one is missing."""
    moments = [update.submitted_at for update in each.updates.get(no, ()) if update.submitted_at]
    return bangkok_day(max(moments)) if moments and each.is_reported(no) else None
