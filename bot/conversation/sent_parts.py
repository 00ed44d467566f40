"""Which messages an accepted answer was made of, so that one that is taken back can leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation.mending import mended
from bot.domain.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPart:
    """One message of an answer; `accepted` once the answer holds it."""

    text: str
    message_id: str
    accepted: bool = False


def joined(parts: Sequence[SentPart]) -> str | None:
    """The answer that these parts make."""
    return clean("\n".join(part.text for part in parts)) or None


def accepted(kept: Sequence[SentPart], text: str | None, message_id: str | None) -> tuple[SentPart, ...]:
    """The parts of an answer that was just accepted as `text`; none where it is not known who said what.

    Args:
        kept: what was known until now: the messages being given, or else those of the accepted answer.
        text: the accepted answer.
        message_id: the message that gave it, or the end of it, as a whole.
    """
    if text is None:
        return ()
    pending = [part for part in kept if not part.accepted]
    for tried in (pending, [replace(part, text=mended(part.text)) for part in kept if part.accepted]):
        if tried and joined(tried) == text:
            return tuple(replace(part, accepted=True) for part in tried)
    begun = "\n".join(part.text for part in pending)
    if message_id is None:
        return ()
    if pending and text.startswith(f"{begun}\n"):
        last = SentPart(text=text[len(begun) + 1 :], message_id=message_id, accepted=True)
        return (*(replace(part, accepted=True) for part in pending), last)
    return (SentPart(text=text, message_id=message_id, accepted=True),)
