"""เห็นชอบ and ส่งกลับ: heads and admins decide on updates that wait for them."""

from __future__ import annotations

from bot.conversation.effects import DecideReview
from bot.conversation.facts import ReviewCard
from bot.conversation.flows import administration
from bot.conversation.turn import Turn
from bot.conversation.words import Word
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


def decide(turn: Turn, word: Word) -> None:
    """A decision on the one update that waits; with several, the oldest is shown first."""
    cards = waiting(turn)
    if not cards:
        name = "nothing_to_review" if turn.facts.roles() & REVIEWERS else "mistake/not_for_you"
        turn.say(name, word=word.value)
        return
    administration.begin_aside(turn)
    turn.remember(card=cards[0].update.id)
    if len(cards) > 1:
        turn.ask("review_card", flow=FLOW)
    elif word is Word.ACCEPT:
        accept(turn, cards[0])
    else:
        turn.ask("return_reason", flow=FLOW)


def accept(turn: Turn, card: ReviewCard) -> None:
    """Accept, and show the next card."""
    turn.do(DecideReview(update_id=card.update.id, accept=True))
    turn.say("review_accepted", no=card.measure.no, title=card.measure.title, officer=card.officer)
    _next(turn)


def send_back(turn: Turn, card: ReviewCard, reason: str) -> None:
    """Return it with the reason, and show the next card."""
    turn.do(DecideReview(update_id=card.update.id, accept=False, reason=reason))
    turn.say("review_returned", no=card.measure.no, title=card.measure.title, officer=card.officer, reason=reason)
    _next(turn)


def _next(turn: Turn) -> None:
    left = waiting(turn)
    if left:
        turn.remember(card=left[0].update.id)
        turn.ask("review_card", flow=FLOW)
    else:
        leave(turn)


def leave(turn: Turn) -> None:
    """Back to the draft's question, or to rest."""
    turn.remember(card=None)
    administration.end_aside(turn, say=False)
