"""A measure that several people report on: what the others have sent of it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.facts import OtherPart, Task
from bot.conversation.turn import Turn


def show_others(turn: Turn, task: Task) -> None:
    """What the others have sent of a shared measure, before one writes one's own part."""
    sent = [_part_line(part) for part in task.others if part.update is not None]
    if sent:
        turn.say("others_parts", no=task.measure.no, parts=sent, missing=[p.name for p in task.others if not p.update])


def _part_line(part: OtherPart) -> dict[str, object]:
    """Somebody else's part as it is shown."""
    update = part.update
    return {
        "name": part.name,
        "status": update.status.thai if update and update.status else None,
        "text": (update.summary or update.obstacles or "") if update else "",
        "pieces": len(update.evidence) if update else 0,
    }


def lines(parts: Iterable[OtherPart]) -> list[dict[str, object]]:
    """The others by name, and whether their part is in."""
    return [{"name": part.name, "sent": part.update is not None} for part in parts]
