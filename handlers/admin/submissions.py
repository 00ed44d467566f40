"""Everything that was ever submitted on a measure in a round, with what each submission changed; nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import gettext as _  # type: ignore[import-untyped]

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId, Role
from bot.domain.updates import Answer, Evidence, Update
from bot.ports.store import UnitOfWork
from bot.reporting.word_diff import Piece, word_diff
from bot.services.find import existing_agency
from handlers.admin.access import for_roles
from handlers.admin.desk import known_measure, known_round
from handlers.admin.round_view import REVIEWS
from handlers.runtime import runtime
from handlers.thai import day, said

pages = Blueprint("submissions", __name__, url_prefix="/admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One answer before and after, in pieces."""

    heading: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One submission against the one before it of the same reporter; the first has nothing to differ from.

    Attributes:
        added: names of evidence that is new in it; `removed` what the one before had.
    """

    update: Update
    in_force: bool
    first: bool
    differences: tuple[Difference, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A reporter's submissions, the newest first."""

    name: str
    submissions: tuple[Submission, ...]


@pages.get("/<agency_id>/<int:fiscal_year>/<int:number>/<int:measure_no>/versions")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, fiscal_year: int, number: int, measure_no: int) -> str:
    """All of them, by reporter."""
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        round_ = known_round(uow, agency_id, fiscal_year, number)
        measure = known_measure(uow, agency_id, fiscal_year, measure_no).measure
        submitted = uow.updates.ever_submitted(measure.id, round_.no)
        comments = uow.comments.of_updates([update.id for update in submitted])
        said_by = [comment.person_id for each in comments.values() for comment in each]
        names = _names(uow, submitted, said_by)
    return render_template(
        "submissions.html",
        agency=agency,
        round=round_,
        measure=measure,
        people=histories(submitted, names),
        names=names,
        comments=comments,
        reviews=REVIEWS,
    )


def histories(submitted: Sequence[Update], names: dict[PersonId, str]) -> list[History]:
    """By reporter, in the order of their first submission; `submitted` is oldest first."""
    people: dict[PersonId, list[Update]] = {}
    for update in submitted:
        people.setdefault(update.person_id, []).append(update)
    return [
        History(
            name=names.get(key) or _("นำเข้าจากเอกสาร"),
            submissions=tuple(_submission(mine[at], mine[at - 1] if at else None) for at in reversed(range(len(mine)))),
        )
        for key, mine in people.items()
    ]


def _submission(new: Update, old: Update | None) -> Submission:
    return Submission(
        update=new,
        in_force=new.stage.value == "submitted",
        first=old is None,
        differences=_differences(old, new) if old is not None else (),
        added=_without(new, old) if old is not None else (),
        removed=_without(old, new) if old is not None else (),
    )


def _differences(old: Update, new: Update) -> tuple[Difference, ...]:
    pairs = [
        (_("สถานะ"), _status(old), _status(new)),
        *((said(answer), old.answer(answer) or "", new.answer(answer) or "") for answer in Answer),
        (_("คาดว่าจะเริ่ม"), _day(old), _day(new)),
        (_("หมายเหตุ"), old.remark or "", new.remark or ""),
    ]
    return tuple(
        Difference(heading=heading, before=before, after=after, pieces=word_diff(before, after))
        for heading, before, after in pairs
        if before != after
    )


def _status(update: Update) -> str:
    return said(update.status) if update.status else ""


def _day(update: Update) -> str:
    return day(update.expected_on) if update.expected_on else ""


def _without(mine: Update, other: Update | None) -> tuple[str, ...]:
    """Names of what one has and the other has not: copies of the same bytes, address or message are the same."""
    known = {_mark(piece) for piece in other.evidence} if other else set()
    return tuple(piece.caption or piece.name or piece.url or "" for piece in mine.evidence if _mark(piece) not in known)


def _mark(piece: Evidence) -> tuple[str, str]:
    return piece.kind.value, piece.sha256 or piece.message_id or piece.url or piece.name or piece.id


def _names(uow: UnitOfWork, submitted: Sequence[Update], others: Sequence[PersonId]) -> dict[PersonId, str]:
    keys = {key for u in submitted for key in (u.person_id, u.entered_by, u.acted_by) if key} | set(others)
    return {key: person.name for key in keys if (person := uow.people.get(key))}
