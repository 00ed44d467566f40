"""What every question has in common; a question file overrides what is its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.events import LocationReceived, MediaReceived
from bot.conversation.facts import Draft
from bot.conversation.flows import progress_update as flow
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: its words are the template, its buttons the choices, and what it makes of an answer.

    Attributes:
        needs_draft: asked only about a draft.
        is_answer: free text is being given, so whatever is no chat word belongs to the answer.
    """

    key: str
    template: str
    needs_draft: bool = True
    is_answer: bool = False

    def values(self, turn: Turn) -> Mapping[str, object]:
        """What the template shows."""
        return where(turn, self.key)

    def preface(self, turn: Turn) -> None:
        """Say something before the question, when it is said in full."""

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """The buttons below it."""
        return ()

    def hears(self, turn: Turn, text: str) -> bool:
        """Take a word that is one only here (a status, a number, ใช่ …); False when it is none."""
        return False

    def takes(self, turn: Turn, word: Word) -> bool:
        """Take a chat word that means something of its own here; False leaves it to `commands`."""
        return False

    def accept(self, turn: Turn, text: str) -> None:
        """Take any other text; unless this is an answer, it was not understood."""
        turn.say("mistake/answer_not_understood")
        turn.ask_again()

    def receives(self, turn: Turn, event: MediaReceived | LocationReceived) -> bool:
        """Take a photo, file, voice or place; False leaves it to the engine."""
        return False


def button(turn: Turn, word: str, label: str | None = None) -> Choice:
    """A button of the live question, dated with its serial."""
    return Choice(label=label or word, word=word, serial=turn.state.serial)


def way_back(turn: Turn) -> tuple[Choice, ...]:
    """The buttons that every question of a draft offers besides its own."""
    return (button(turn, Word.BACK), button(turn, Word.PAUSE), Choice(label=Word.HELP, word=Word.HELP))


def where(turn: Turn, question: str) -> dict[str, object]:
    """Where one is: ข้อ ๒ จาก ๔ · มาตรการที่ ๓ · รอบ ๑๒ เดือน."""
    draft = turn.draft
    if draft is None:
        return dict.fromkeys(("step", "steps", "no", "title", "round_no", "agency", "holder"))
    place = flow.place_of(draft, question)
    return {
        "step": place[0] if place else None,
        "steps": place[1] if place else None,
        "no": draft.measure.no,
        "title": draft.measure.title,
        "round_no": draft.round.no.value,
        "holder": draft.holder.name if draft.holder else None,
        "agency": draft.agency.name if turn.facts.practising or _has_several_agencies(turn, draft) else None,
    }


def _has_several_agencies(turn: Turn, draft: Draft) -> bool:
    return any(hat.agency and hat.agency.id != draft.agency.id for hat in turn.facts.hats)
