"""Letters that a PDF broke, still in an answer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import mending
from bot.conversation.advice.matter import Advice, Matter


def find(matter: Matter) -> Iterator[Advice]:
    """The first word that is broken in each answer."""
    for question in ("summary", "output", "outcome", "obstacles"):
        text = getattr(matter.update, question)
        if text and mending.mended(text) != text:
            yield Advice(code="broken_letters", question=question, words=_first_broken(text))


def _first_broken(text: str) -> str:
    lines = (line for line in text.split("\n") if mending.mended(line) != line)
    return next(lines, text)
