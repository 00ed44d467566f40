"""Which updates a person may decide on: an admin's agency, a head's division, and those of heads they act for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.conversation.facts import Hat, ReviewCard
from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId, Role
from bot.domain.rounds import Round, open_rounds
from bot.domain.updates import Review
from bot.ports.store import UnitOfWork
from bot.services.load_year import load_year

_REVIEWERS = frozenset({Role.HEAD, Role.ADMIN})


def review_cards(
    uow: UnitOfWork, person_id: PersonId, hats: Iterable[Hat], rounds: Sequence[Round], today: date
) -> tuple[ReviewCard, ...]:
    """What waits for the person, oldest first."""
    cards: list[ReviewCard] = []
    for hat in hats:
        if hat.agency is None or not hat.roles & _REVIEWERS:
            continue
        heads = [p.id for p, m in uow.people.members(hat.agency.id) if m.role is Role.HEAD]
        mine = None if Role.ADMIN in hat.roles else _as_head(uow, person_id, hat.agency.id, heads, today)
        for round_ in open_rounds([r for r in rounds if r.agency_id == hat.agency.id], today):
            cards += _of_round(uow, hat, round_, heads, mine)
    return tuple(sorted(cards, key=lambda c: c.update.submitted_at.timestamp() if c.update.submitted_at else 0.0))


def _as_head(
    uow: UnitOfWork, person_id: PersonId, agency_id: AgencyId, heads: Sequence[PersonId], today: date
) -> set[PersonId]:
    """The heads as whom the person reviews: themselves, and those in whose place they act."""
    posts = uow.acting.on(today, agency_id=agency_id, acting_id=person_id)
    return {head for head in heads if head == person_id or any(post.holder_id == head for post in posts)}


def _of_round(
    uow: UnitOfWork, hat: Hat, round_: Round, heads: Sequence[PersonId], mine: set[PersonId] | None
) -> Iterable[ReviewCard]:
    """The round's pending updates; `mine` are the heads as whom the person looks, None for an admin."""
    if hat.agency is None:
        return
    year = load_year(uow, hat.agency.id, round_.fiscal_year)
    for each in year.measures:
        for update in each.updates[round_.no]:
            if update.review is not Review.PENDING:
                continue
            if mine is None or mine & set(year.divisions.reviewers(heads, update.person_id, each.measure.id)):
                yield ReviewCard(
                    agency=hat.agency, measure=each.measure, round=round_, update=update, officer=each.author(update)
                )
