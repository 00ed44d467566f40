"""Several officers' parts of one measure made into one update, each text under its officer's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.rounds import RoundNo
from bot.domain.updates import Evidence, Review, Status, Update
from bot.domain.years import MeasureYear


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One officer's update with the officer's name."""

    officer: str
    update: Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The update of a measure as a whole."""

    status: Status | None
    summary: str | None
    outcome: str | None
    output: str | None
    obstacles: str | None
    remark: str | None
    expected_on: date | None
    parts: tuple[Part, ...]
    evidence: tuple[Evidence, ...]
    submitted_at: datetime | None
    submitted_by: str | None
    review: Review


def parts_of(entry: MeasureYear, round_no: RoundNo, takes: Callable[[Update], bool]) -> tuple[Part, ...]:
    """The measure's updates in a round that `takes` lets through, in settled order."""
    return tuple(
        Part(officer=author_name(entry, update), update=update)
        for update in entry.updates.get(round_no, ())
        if takes(update)
    )


def author_name(entry: MeasureYear, update: Update) -> str:
    """The name of the person who gave an update, acting for somebody or not; "" when nobody is known."""
    return entry.author(update)


def attributed(texts: Iterable[tuple[str, str | None]], *, several: bool) -> str | None:
    """The parts' texts as one: exactly the text when there is one part, else each under its officer's name."""
    given = [(officer, text) for officer, text in texts if text]
    if not given:
        return None
    return "\n".join(f"{officer}\n{text}" if several and officer else text for officer, text in given)


def merge(parts: Sequence[Part]) -> Merged | None:
    """One update from the parts of several officers; None when there is no part."""
    if not parts:
        return None
    several = len(parts) > 1
    updates = [part.update for part in parts]
    last = max(parts, key=lambda part: part.update.submitted_at.timestamp() if part.update.submitted_at else 0.0)

    def joined(field: Callable[[Update], str | None]) -> str | None:
        return attributed(((part.officer, field(part.update)) for part in parts), several=several)

    return Merged(
        status=merged_status(update.status for update in updates),
        summary=joined(lambda update: update.summary),
        outcome=joined(lambda update: update.outcome),
        output=joined(lambda update: update.output),
        obstacles=joined(lambda update: update.obstacles),
        remark=joined(lambda update: update.remark),
        expected_on=max((u.expected_on for u in updates if u.expected_on), default=None),
        parts=tuple(parts),
        evidence=tuple(piece for update in updates for piece in update.evidence),
        submitted_at=last.update.submitted_at,
        submitted_by=last.officer or None,
        review=_merged_review(updates),
    )


def merged_status(statuses: Iterable[Status | None]) -> Status | None:
    """The status of the whole: that of all parts, leaving cancelled parts aside; a mixture is in progress."""
    given = {status for status in statuses if status}
    if len(given) > 1:
        given.discard(Status.CANCELLED)
    if not given:
        return None
    return given.pop() if len(given) == 1 else Status.IN_PROGRESS


def _merged_review(updates: Iterable[Update]) -> Review:
    reviews = {update.review for update in updates}
    for review in (Review.RETURNED, Review.PENDING):
        if review in reviews:
            return review
    return Review.ACCEPTED
