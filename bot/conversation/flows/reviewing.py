"""Heads and admins decide on updates that wait for them."""

from __future__ import annotations

from bot.conversation.effects import DecideReview
from bot.conversation.facts import ReviewCard
from bot.conversation.turn import Turn
from bot.domain.people import Role

REVIEWERS = frozenset({Role.HEAD, Role.ADMIN, Role.APPROVER})
FLOW = "review"


def waiting(turn: Turn) -> list[ReviewCard]:
    """The updates that still wait, without those that this very turn decides on."""
    decided = {effect.update_id for effect in turn.done if isinstance(effect, DecideReview)}
    return [card for card in turn.facts.reviews if card.update.id not in decided]


def shown_card(turn: Turn) -> ReviewCard | None:
    """The card that the chat is showing, if it still waits."""
    wanted = turn.recall("card")
    return next((card for card in turn.facts.reviews if card.update.id == wanted), None)


def card_values(turn: Turn, card: ReviewCard) -> dict[str, object]:
    """What a card shows."""
    update = card.update
    return {
        "officer": card.officer,
        "agency": card.agency.name,
        "no": card.measure.no,
        "title": card.measure.title,
        "status": update.status.thai if update.status else "",
        "summary": update.summary or update.obstacles or "",
        "outcome": update.outcome or "",
        "expected_on": update.expected_on,
        "pieces": len(update.evidence),
        "waiting": len(waiting(turn)),
    }


def accept(turn: Turn, card: ReviewCard) -> None:
    """Accept."""
    turn.do(DecideReview(update_id=card.update.id, accept=True))
    turn.say("review_accepted", no=card.measure.no, title=card.measure.title, officer=card.officer)


def send_back(turn: Turn, card: ReviewCard, reason: str) -> None:
    """Return it with the reason."""
    turn.do(DecideReview(update_id=card.update.id, accept=False, reason=reason))
    turn.say("review_returned", no=card.measure.no, title=card.measure.title, officer=card.officer, reason=reason)
