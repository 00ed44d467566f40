"""The sign-off in the chat: a step's card, an opinion with the signature, or the report returned with a reason."""

from __future__ import annotations

from bot.conversation.effects import ReturnSignOff, SignStep
from bot.conversation.facts import SignCard
from bot.conversation.turn import Turn

FLOW = "sign_off"


def waiting(turn: Turn) -> list[SignCard]:
    """The steps that still wait, without those that this very turn decides on."""
    decided = {effect.sign_off_id for effect in turn.done if isinstance(effect, SignStep | ReturnSignOff)}
    return [card for card in turn.facts.signings if card.sign_off.id not in decided]


def shown_card(turn: Turn) -> SignCard | None:
    """The step whose card the chat is showing, if it still waits."""
    wanted = turn.recall("sign")
    return next((card for card in waiting(turn) if card.key == wanted), None)


def show(turn: Turn, card: SignCard) -> None:
    """Show a step's card."""
    turn.remember(sign=card.key)
    turn.ask("sign_card", flow=FLOW)


def agree(turn: Turn, card: SignCard) -> bool:
    """Sign at once, or ask for the opinion first where the step has one; whether it is signed."""
    turn.remember(sign=card.key)
    step = card.sign_off.step
    if step is not None and step.asks_opinion:
        turn.ask("sign_opinion", flow=FLOW)
        return False
    sign(turn, card, None)
    return True


def sign(turn: Turn, card: SignCard, opinion: str | None) -> None:
    """Sign the version that the card is about."""
    turn.do(SignStep(sign_off_id=card.sign_off.id, place=card.sign_off.place, opinion=opinion))
    turn.say("signed", choices=(), opinion=opinion, **_what(card))


def send_back(turn: Turn, card: SignCard, reason: str) -> None:
    """Return the report to who began the sign-off."""
    turn.do(ReturnSignOff(sign_off_id=card.sign_off.id, place=card.sign_off.place, reason=reason))
    turn.say("sign_sent_back", choices=(), reason=reason, **_what(card))


def card_values(turn: Turn, card: SignCard) -> dict[str, object]:
    """What a card shows."""
    return {**card.shown, "newer": card.newer, "waiting": len(waiting(turn)) + len(turn.facts.reviews)}


def _what(card: SignCard) -> dict[str, object]:
    return {name: card.shown[name] for name in ("title", "agency", "round_no", "year", "code")}
