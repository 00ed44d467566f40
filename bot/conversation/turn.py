"""One turn while it is being decided: what is said, what is to be done, and where the chat goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.conversation import projection
from bot.conversation.effects import Effect, StartDraft
from bot.conversation.events import Event
from bot.conversation.facts import Draft, Facts, Task
from bot.conversation.types import Choice, Message, State
from bot.domain.agencies import Agency
from bot.domain.calendar import bangkok_day
from bot.domain.rounds import Round
from bot.domain.updates import UpdateId

if TYPE_CHECKING:
    from bot.conversation.advice.matter import Advice

IDLE = "idle"

_OF_THE_DRAFT = frozenset({"at", "editing", "again", "came_from"})
"""Small words that belong to the draft rather than to the question being asked."""


@dataclass(slots=True, kw_only=True)
class Turn:
    """The turn's notepad, local to one call of `advance`; nothing outside is touched.

    Attributes:
        draft: the draft that the chat is about, as it will be after the effects decided so far.
        asking: the live question is to be said in full at the end.
        sent: what this turn submits, by choosing.task_key: it is still among the facts as missing.
        advised: the advice on a draft, worked out once a turn.
    """

    state: State
    event: Event
    facts: Facts
    draft: Draft | None = None
    said: list[Message] = field(default_factory=list)
    done: list[Effect] = field(default_factory=list)
    asking: bool = False
    sent: str | None = None
    advised: tuple[Draft, tuple[Advice, ...]] | None = None

    @property
    def today(self) -> date:
        """The Bangkok day of the event."""
        return bangkok_day(self.event.at)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being asked."""
        return self.state.question is None

    @property
    def agency(self) -> Agency | None:
        """The agency in which the person chose to work, as long as they belong to it."""
        mine = (hat.agency for hat in self.facts.hats if hat.agency is not None)
        return next((agency for agency in mine if agency.id == self.state.agency), None)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What is to be reported: in the chosen agency, else in all of them."""
        chosen = self.agency
        return tuple(t for t in self.facts.tasks if chosen is None or t.agency.id == chosen.id)

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of the chosen agency, else of all of them."""
        chosen = self.agency
        return tuple(r for r in self.facts.rounds if chosen is None or r.agency_id == chosen.id)

    def say(self, name: str, /, *, choices: Sequence[Choice] = (), **values: object) -> None:
        """Say a message; without choices of its own the last one gets those of the live question."""
        self.said.append(Message(name=name, values=values, choices=tuple(choices)))

    def do(self, *effects: Effect) -> None:
        """Decide on effects, seeing the draft as it will be after them."""
        for effect in effects:
            self.done.append(effect)
            if self.draft is not None:
                self.draft = projection.after(self.draft, effect)

    def start_draft(self, effect: StartDraft, task: Task) -> None:
        """Decide to make a draft and turn to it."""
        self.done.append(effect)
        if self.facts.person is not None:
            self.draft = projection.started(effect, task, effect.holder or self.facts.person.id)
        self.state = replace(self.state, draft=effect.update_id)

    def turn_to(self, draft_id: UpdateId, draft: Draft) -> None:
        """Make another draft the one that the chat is about."""
        self.draft = draft
        self.state = replace(self.state, draft=draft_id)

    def ask(self, question: str, *, flow: str = "progress_update", editing: bool | None = None) -> None:
        """Go to a question; a new place gets a new serial, so that older buttons are recognised."""
        moved = (question, flow) != (self.state.question, self.state.flow)
        self.state = replace(
            self.state,
            flow=flow,
            question=question,
            serial=self.state.serial + 1 if moved else self.state.serial,
            editing=self.state.editing if editing is None else editing,
        )
        self.asking = True

    def ask_again(self) -> None:
        """Say the live question once more."""
        self.asking = self.state.question is not None

    def remember(self, **words: str | None) -> None:
        """Keep small words for later turns; None forgets one."""
        kept: Mapping[str, str | None] = {**self.state.choices, **words}
        self.state = replace(self.state, choices={key: word for key, word in kept.items() if word is not None})

    def recall(self, key: str) -> str | None:
        """A small word kept by an earlier turn."""
        return self.state.choices.get(key)

    def rest(self, *, keep_draft: bool = False) -> None:
        """Ask nothing any more; the draft, and where it was left, may be kept for later."""
        kept = {key: word for key, word in self.state.choices.items() if keep_draft and key in _OF_THE_DRAFT}
        self.state = State(
            serial=self.state.serial + 1,
            draft=self.state.draft if keep_draft else None,
            agency=self.state.agency,
            choices=kept,
        )
        if not keep_draft:
            self.draft = None
        self.asking = False
