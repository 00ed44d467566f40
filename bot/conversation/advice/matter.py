"""What the rules look at, and a piece of advice as they give it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from bot.conversation.facts import Draft
from bot.domain.agencies import Agency
from bot.domain.updates import Status, Update

TEXTS = ("summary", "output", "outcome")
"""The answers that say what was done and what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Something that could be better.

    Attributes:
        code: names the line of `templates/chat/advice/`.
        question: the answer that mends it, asked with one tap.
        words: the words that it is about, as they stand.
        other: a second thing that the line names: a measure's or a piece's number, a year, a day.
        status: the status that mends it instead.
    """

    code: str
    question: str
    words: str = ""
    other: int | date | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """What the same person says of another measure."""

    no: int
    update: Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A draft that is about to be sent, with what it may be compared to."""

    draft: Draft
    today: date
    others: tuple[Other, ...] = ()
    agencies: tuple[Agency, ...] = field(default=())

    @property
    def update(self) -> Update:
        """What the draft holds."""
        return self.draft.update

    def texts(self) -> Iterator[tuple[str, str]]:
        """Question and text of what was done and what came of it, as far as the status asks for it."""
        if self.update.status not in {Status.DONE, Status.IN_PROGRESS}:
            return
        for question in TEXTS:
            text = getattr(self.update, question)
            if text:
                yield question, text
