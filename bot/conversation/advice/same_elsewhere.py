"""The very text of another measure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.advice.matter import TEXTS, Advice, Matter
from bot.conversation.advice.repeats import SHORTEST
from bot.domain.text import match_key


def find(matter: Matter) -> Iterator[Advice]:
    """The first measure in which each text stands too."""
    for question, text in matter.texts():
        key = match_key(text)
        if len(key) < SHORTEST:
            continue
        for other in matter.others:
            theirs = (getattr(other.update, each) for each in TEXTS)
            if any(text and match_key(text) == key for text in theirs):
                yield Advice(code="same_text", question=question, words=text, other=other.no)
                break
