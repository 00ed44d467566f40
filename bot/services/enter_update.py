"""Write down what an officer told otherwise than in the chat, with who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import ChatId, PersonId
from bot.domain.plans import Measure
from bot.domain.rounds import Round
from bot.domain.text import clean
from bot.domain.updates import Answer, EvidenceId, Stage, Status, Update, UpdateId
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action, note
from bot.services.notices import Notices
from bot.services.review_update import put_in_force

LONGEST = 10_000
"""Letters of one answer."""

NEEDED: Mapping[Status, tuple[str, ...]] = {
    Status.DONE: ("summary", "outcome"),
    Status.IN_PROGRESS: ("summary",),
    Status.NOT_STARTED: ("obstacles", "expected_on"),
    Status.CANCELLED: ("obstacles",),
}
"""What the chat does not let anybody skip either."""

_REASON_ONLY = (Status.NOT_STARTED, Status.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the officer said."""

    status: Status
    answers: Mapping[Answer, str]
    expected_on: date | None = None

    def missing(self) -> tuple[str, ...]:
        """The fields that this status needs and that are empty, by their names in the record."""
        given = {answer.value for answer, text in self.answers.items() if clean(text)}
        if self.expected_on:
            given.add("expected_on")
        return tuple(name for name in NEEDED[self.status] if name not in given)


def enter_update(
    uow: UnitOfWork,
    notices: Notices,
    measure: Measure,
    round_: Round,
    officer: PersonId,
    by: PersonId,
    at: datetime,
    seen: str,
    told: Told,
) -> tuple[Update, list[ChatId]]:
    """Put it in force in the officer's name, with their evidence so far; reviewed as any other.

    Args:
        uow: a writing unit of work.
        notices: for asking who reviews.
        measure: what it is about.
        round_: which must be open.
        officer: a reporter of the measure, who told it.
        by: who writes it down.
        at: now.
        seen: the id of the officer's update in force when the form was opened; empty for none.
        told: what was said.

    Returns the update and the chats that were told something.

    Raises:
        NotFound: they do not report on the measure (any more).
        StaleWrite: the officer has reported meanwhile.
        BadInput: the round is closed, or something is missing or too long; `fields` says which.
    """
    _check(told)
    reporters = {person.id: person for person in uow.plans.reporters([measure.id])[measure.id]}
    if officer not in reporters:
        raise NotFound("they do not report on this measure")
    old = in_force_of(uow, measure, round_, officer)
    if (old.id if old else "") != seen:
        raise StaleWrite("the officer has reported meanwhile")
    ids = notices.ids
    texts = {answer.value: clean(text) or None for answer, text in told.answers.items()}
    if told.status in _REASON_ONLY:
        texts = {"obstacles": texts[Answer.OBSTACLES.value]}
    new = Update(
        id=UpdateId(ids.new()),
        measure_id=measure.id,
        round_no=round_.no,
        person_id=officer,
        stage=Stage.SUPERSEDED,  # until it takes the place of the one in force
        status=told.status,
        expected_on=told.expected_on if told.status is Status.NOT_STARTED else None,
        started_at=at,
        entered_by=by,
        **texts,  # type: ignore[arg-type]
    )
    uow.updates.add(new, replaces=old.id if old else None)
    if old is not None and old.evidence:
        uow.updates.copy_evidence(old.id, new.id, [EvidenceId(ids.new()) for _ in old.evidence])
    chats = put_in_force(uow, notices, measure, new, at)
    details = {"no": measure.no, "year": measure.fiscal_year, "round": round_.no.value}
    name = reporters[officer].name
    note(uow, ids, at, by, Action.UPDATE_ENTERED, measure.agency_id, person=name, **details)
    return replace(new, stage=Stage.SUBMITTED), chats


def in_force_of(uow: UnitOfWork, measure: Measure, round_: Round, officer: PersonId) -> Update | None:
    """The officer's own update of the measure in the round."""
    found = uow.updates.in_force([measure.id])
    return next((u for u in found if (u.person_id, u.round_no) == (officer, round_.no)), None)


def _check(told: Told) -> None:
    missing = told.missing()
    if missing:
        raise BadInput("something is missing", fields=missing)
    long = tuple(answer.value for answer, text in told.answers.items() if len(text) > LONGEST)
    if long:
        raise BadInput(f"at most {LONGEST} letters", fields=long)
