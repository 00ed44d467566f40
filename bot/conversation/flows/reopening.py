"""ขอแก้ไข: a locked round is asked to be opened again for one measure; an admin says เปิดให้แก้ไข or ไม่เปิดให้แก้ไข."""

from __future__ import annotations

from bot.conversation.effects import AnswerReopening, AskReopening
from bot.conversation.facts import ReopeningCard, Task
from bot.conversation.flows import administration
from bot.conversation.turn import Turn
from bot.conversation.words import Word
from bot.domain.people import Role
from bot.domain.reopenings import USUAL_DAYS

FLOW = "administration"
WHICH, REASON, CARD = "reopen_which", "reopen_reason", "reopen_card"


def begin(turn: Turn) -> None:
    """Ask which of the measures whose round has locked, or at once why."""
    locked = turn.facts.locked_work
    if not locked:
        turn.say("nothing_locked", has_open=bool(turn.tasks))
        turn.ask_again()
        return
    administration.begin_aside(turn)
    if len(locked) == 1:
        choose(turn, 1)
    else:
        turn.ask(WHICH, flow=FLOW)


def choose(turn: Turn, number: int) -> None:
    """Ask why, for the measure at that place of the list."""
    turn.remember(reopen=key_of(turn.facts.locked_work[number - 1]))
    turn.ask(REASON, flow=FLOW)


def key_of(task: Task) -> str:
    """A small word for a measure of a round, and for whose it is."""
    return f"{task.measure.id}/{task.round.no.value}/{task.holder.id if task.holder else ''}"


def chosen(turn: Turn) -> Task | None:
    """The measure that is being asked for."""
    wanted = turn.recall("reopen")
    return next((task for task in turn.facts.locked_work if key_of(task) == wanted), None)


def ask(turn: Turn, task: Task, reason: str) -> None:
    """Send the request to the agency's admins; asked again while it waits, it is sent once."""
    holder = task.holder or turn.facts.person
    if holder is not None:
        about = {"agency_id": task.agency.id, "measure_id": task.measure.id, "round_no": task.round.no}
        turn.do(AskReopening(person_id=holder.id, reason=reason, **about))  # type: ignore[arg-type]
    turn.remember(reopen=None)
    administration.end_aside(turn, say=False)
    turn.say("reopening_asked", no=task.measure.no, round_no=task.round.no.value)


def waiting(turn: Turn) -> list[ReopeningCard]:
    """The requests that wait for this admin, without those answered by this very turn."""
    done = {effect.reopening_id for effect in turn.done if isinstance(effect, AnswerReopening)}
    return [card for card in turn.facts.reopenings if card.request.id not in done]


def shown(turn: Turn) -> ReopeningCard | None:
    """The request that the chat is showing."""
    return next((card for card in waiting(turn) if card.request.id == turn.recall("card")), None)


def decide(turn: Turn, word: Word) -> None:
    """An answer to the one request that waits; with several, the oldest is shown first and nothing is decided."""
    cards = waiting(turn)
    if not cards:
        is_admin = Role.ADMIN in turn.facts.roles()
        turn.say("nothing_to_reopen" if is_admin else "mistake/not_for_you", word=word.value)
        turn.ask_again()
        return
    administration.begin_aside(turn)
    if len(cards) == 1:
        answer(turn, cards[0], allow=word is Word.ALLOW_CHANGE)
    else:
        _show(turn, cards[0])


def answer(turn: Turn, card: ReopeningCard, *, allow: bool) -> None:
    """Answer it, and show the next."""
    turn.do(AnswerReopening(reopening_id=card.request.id, allow=allow))
    turn.say("reopening_decided", no=card.measure.no, officer=card.officer, allowed=allow, days=USUAL_DAYS)
    left = waiting(turn)
    if left:
        _show(turn, left[0])
    else:
        leave(turn)


def leave(turn: Turn) -> None:
    """Back to where one was."""
    turn.remember(card=None, reopen=None)
    administration.end_aside(turn, say=False)


def _show(turn: Turn, card: ReopeningCard) -> None:
    turn.remember(card=card.request.id)
    turn.ask(CARD, flow=FLOW)
