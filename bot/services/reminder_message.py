"""The words' values of a reminder: what is missing, until when, and why this is being said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.conversation.types import Choice, Message
from bot.conversation.words import Word
from bot.domain.digests import Reminder
from bot.domain.plans import Measure
from bot.domain.reminder_reasons import in_language
from bot.domain.reminder_rules import Audience, From

REPORT, POSTPONE, STATUS, REVIEW, WHY = Word.REPORT, Word.POSTPONE, Word.COMPLETENESS, Word.ACCEPT, Word.WHY


_KINDS = {From.SUBMISSION: "review", From.SIGN_OFF: "signature"}


def reminder_message(name: str, reminders: Sequence[Reminder], today: date, language: str = "th") -> Message:
    """One message about all of a person's reminders, the weightiest first."""
    word = REPORT if _own_work(reminders) else _word(reminders[0])
    offered = tuple(Choice(label=each, word=each) for each in (word, POSTPONE, WHY))
    return Message(name="reminder", values=_values(name, reminders, today, language), choices=offered)


def reminder_along(name: str, reminders: Sequence[Reminder], today: date, language: str = "th") -> Message:
    """The same in a few lines, to stand before a reply that is given anyway; the reply keeps its buttons."""
    return Message(name="reminder_along", values=_values(name, reminders, today, language))


def _values(name: str, reminders: Sequence[Reminder], today: date, language: str) -> dict[str, object]:
    first = reminders[0]
    own = _own_work(reminders)
    others = [reminder for reminder in reminders if reminder.audience is not Audience.OFFICER]
    return {
        "person": name,
        "agency": first.agency.name,
        "items": [
            {
                "no": m.no,
                "title": m.title,
                "round_no": each.round.no.value,
                "due_on": each.round.due_on,
                "holder": each.holders.get(m.id, ""),
            }
            for each, measures in own
            for m in measures
        ],
        "counts": [_count(reminder) for reminder in others],
        "due_on": min(r.round.due_on for r in reminders),
        "locks_on": min(r.round.locks_on for r in reminders),
        "is_late": any(r.round.due_on < today for r in reminders),
        "round_no": first.round.no.value,
        "fiscal_year": first.round.fiscal_year,
        "why": in_language(first, today, language),
        "word": REPORT if own else _word(first),
    }


def _own_work(reminders: Sequence[Reminder]) -> list[tuple[Reminder, list[Measure]]]:
    """Each of the person's own measures once, under the weightiest reminder that names it."""
    seen: set[tuple[object, object]] = set()
    found: list[tuple[Reminder, list[Measure]]] = []
    for reminder in reminders:
        if reminder.audience is Audience.OFFICER:
            fresh = [m for m in reminder.measures if (m.id, reminder.round.no) not in seen]
            seen |= {(m.id, reminder.round.no) for m in fresh}
            found.append((reminder, fresh))
    return found


def _word(reminder: Reminder) -> str:
    return REVIEW if reminder.audience in {Audience.REVIEWER, Audience.SIGNER} else STATUS


def _count(reminder: Reminder) -> dict[str, object]:
    """What those who do not report themselves are told: numbers, no names."""
    return {
        "what": _KINDS.get(reminder.since, "missing"),
        "documents": reminder.documents,
        "round_no": reminder.round.no.value,
        "many": len(reminder.measures),
        "total": reminder.total,
        "due_on": reminder.round.due_on,
        "locks_on": reminder.round.locks_on,
    }
