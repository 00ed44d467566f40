"""State, messages and the step that one turn makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.effects import Effect
from bot.domain.agencies import AgencyId
from bot.domain.updates import UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a chat is: position and references only; texts are rows of their own.

    Attributes:
        flow: the flow's key; "idle" when nothing is being asked.
        question: the key of the question being asked.
        draft: the draft that it is about.
        serial: grows by one with every question asked; buttons carry it, so an old one is recognised.
        editing: an answer of a finished draft is being changed; the preview comes next.
        agency: the agency in which the person chose to work; None means all of theirs.
        practice: in a practice round, everything else as it stood when that began.
        choices: what a few questions need to remember between turns (ids and small words, never texts).
    """

    flow: str = "idle"
    question: str | None = None
    draft: UpdateId | None = None
    serial: int = 0
    editing: bool = False
    agency: AgencyId | None = None
    practice: Mapping[str, object] | None = None
    choices: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The state as it is stored."""
        return {
            "flow": self.flow,
            "question": self.question,
            "draft": self.draft,
            "serial": self.serial,
            "editing": self.editing,
            "agency": self.agency,
            "practice": dict(self.practice) if self.practice else None,
            "choices": dict(self.choices),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object] | None) -> State:
        """The state read back; an empty or unknown one is the start."""
        if not stored:
            return cls()
        known = {key: value for key, value in stored.items() if key in cls.__dataclass_fields__}
        return cls(**known)  # type: ignore[arg-type]  # written by to_json only


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePicker:
    """A button that opens LINE's date picker; ISO days."""

    initial: str
    min: str
    max: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button or quick reply. Tapping does what typing `word` does.

    Attributes:
        label: at most 20 graphemes.
        word: what it says in the chat and means.
        serial: the question it belongs to; None for words that mean the same at any time.
        url: opens a page instead.
        picker: opens the date picker instead.
    """

    label: str
    word: str = ""
    serial: int | None = None
    url: str | None = None
    picker: DatePicker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to say: a template's name under templates/chat/, its values, and the buttons below it."""

    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a turn came to."""

    state: State
    messages: tuple[Message, ...] = ()
    effects: tuple[Effect, ...] = ()
