"""What a turn may know of evidence: the inbox, links to stored bytes, and what a message taken back was part of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypedDict

from bot.conversation.events import Event, MessageUnsent
from bot.conversation.facts import Draft, Unsent
from bot.conversation.types import State
from bot.domain.updates import Evidence, EvidenceId, KeptEvidence, Stage
from bot.ports.records import Chat
from bot.ports.store import UnitOfWork
from bot.services.signed_links import SignedLinks

LINK_LIFE = timedelta(hours=1)
"""How long a piece of evidence can be opened from the chat."""


class EvidenceFacts(TypedDict):
    """Fields of `Facts`."""

    kept: tuple[KeptEvidence, ...]
    kept_links: dict[EvidenceId, str]
    unsent: Unsent | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLinks:
    """Makes links to stored pieces, good until then."""

    signed: SignedLinks
    until: datetime

    def of(self, pieces: Iterable[Evidence]) -> dict[EvidenceId, str]:
        """A link for each piece whose bytes are here."""
        return {p.id: self.signed.url(p.stored_as, self.until, p.name) for p in pieces if p.stored_as}

    def with_links(self, draft: Draft | None, state: State) -> Draft | None:
        """The draft with links to its stored pieces, while they are being looked through."""
        if draft is None or state.question not in {"pieces", "piece"}:
            return draft
        return replace(draft, links=self.of(draft.update.evidence))


def evidence_facts(uow: UnitOfWork, chat: Chat, event: Event, state: State, links: EvidenceLinks) -> EvidenceFacts:
    """What is kept by the chat's person, and what this event takes back."""
    kept = tuple(uow.inbox.of(chat.person_id)) if chat.person_id else ()
    seen = (each.evidence for each in kept) if state.question in {"inbox", "kept"} else ()
    return EvidenceFacts(kept=kept, kept_links=links.of(seen), unsent=_unsent(uow, chat, event, kept))


def _unsent(uow: UnitOfWork, chat: Chat, event: Event, kept: Iterable[KeptEvidence]) -> Unsent | None:
    if not isinstance(event, MessageUnsent):
        return None
    found = uow.updates.came_with(chat.id, event.message_id)
    sent = (uow.plans.measure(each.measure_id) for each in found if each.stage is Stage.SUBMITTED)
    return Unsent(
        left=any(each.stage is Stage.DRAFT for each in found)
        or any(each.evidence.message_id == event.message_id for each in kept),
        sent=tuple(sorted({measure.no for measure in sent if measure})),
    )
