"""เห็นชอบ and ส่งกลับ are about the card being shown: an update to review, or a report to sign."""

from __future__ import annotations

from bot.conversation.facts import ReviewCard, SignCard
from bot.conversation.flows import administration, reviewing, signing
from bot.conversation.flows import progress_update as flow
from bot.conversation.turn import Turn
from bot.conversation.words import Word


def waiting(turn: Turn) -> list[ReviewCard | SignCard]:
    """Everything that waits for the person's decision, oldest first."""
    cards: list[ReviewCard | SignCard] = [*reviewing.waiting(turn), *signing.waiting(turn)]
    return sorted(cards, key=_since)


def _since(card: ReviewCard | SignCard) -> float:
    moment = card.since if isinstance(card, SignCard) else card.update.submitted_at
    return moment.timestamp() if moment else 0.0


def decide(turn: Turn, word: Word) -> None:
    """A decision on the one thing that waits; with several, the oldest is shown first and nothing is decided."""
    cards = waiting(turn)
    if not cards:
        name = "nothing_to_review" if turn.facts.roles() & reviewing.REVIEWERS else "mistake/not_for_you"
        turn.say(name, word=word.value)
        return
    administration.begin_aside(turn)
    if len(cards) > 1:
        signs = sum(isinstance(card, SignCard) for card in cards)
        turn.say("several_waiting", reviews=len(cards) - signs, signs=signs)
        _show(turn, cards[0])
    else:
        _decide_one(turn, cards[0], word)


def _decide_one(turn: Turn, card: ReviewCard | SignCard, word: Word) -> None:
    match card:
        case ReviewCard():
            turn.remember(card=card.update.id)
            if word is Word.ACCEPT:
                reviewing.accept(turn, card)
                go_on(turn)
            else:
                turn.ask("return_reason", flow=reviewing.FLOW)
        case SignCard():
            if word is Word.RETURN:
                turn.remember(sign=card.key)
                turn.ask("sign_return", flow=signing.FLOW)
            elif signing.agree(turn, card):
                go_on(turn)


def go_on(turn: Turn) -> None:
    """Show the next card that waits, or go back to where the person was."""
    cards = waiting(turn)
    if cards:
        _show(turn, cards[0])
    else:
        leave(turn)


def _show(turn: Turn, card: ReviewCard | SignCard) -> None:
    match card:
        case ReviewCard():
            turn.remember(card=card.update.id)
            turn.ask("review_card", flow=reviewing.FLOW)
        case SignCard():
            signing.show(turn, card)


def leave(turn: Turn) -> None:
    """Back to the draft's question, or to rest."""
    turn.remember(card=None, sign=None)
    if turn.is_idle and turn.recall("back") is not None and turn.draft is not None:
        turn.remember(back=None)
        flow.resume(turn)
    else:
        administration.end_aside(turn, say=False)
