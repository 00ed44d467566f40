"""The steps of sign-offs that wait for a person, with what their cards show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.conversation.facts import Hat, SignCard
from bot.domain.calendar import bangkok_day
from bot.domain.people import PersonId
from bot.ports.store import UnitOfWork
from bot.services.sign_off import card_values, newer_version, pdf_link
from bot.services.signed_links import SignedLinks
from bot.services.who_signs import waiting_signatures

LINK_LIFE = timedelta(days=1)
"""How long a report can be opened from a card in the chat."""


def sign_cards(
    uow: UnitOfWork, links: SignedLinks, person_id: PersonId, hats: Iterable[Hat], at: datetime
) -> tuple[SignCard, ...]:
    """What waits for the person in their agencies, oldest first; one query where nothing waits for anybody."""
    agencies = {hat.agency.id: hat.agency for hat in hats if hat.agency is not None}
    if not agencies:
        return ()
    mine = [w for w in waiting_signatures(uow, bangkok_day(at), list(agencies)) if w.person_id == person_id]
    last = uow.sign_offs.last_opinion(person_id) if mine else None
    return tuple(
        SignCard(
            agency=agencies[each.agency_id],
            sign_off=each.sign_off,
            since=each.since,
            shown=card_values(
                uow, each.sign_off, each.sign_off.place, pdf_link(uow, links, each.sign_off, at + LINK_LIFE)
            ),
            newer=newer_version(uow, each.sign_off),
            last_opinion=last,
        )
        for each in mine
    )
