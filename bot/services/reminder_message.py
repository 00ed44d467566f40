"""The words' values of a reminder: what is missing, until when, and why this is being said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.conversation.types import Choice, Message
from bot.domain.calendar import thai_date
from bot.domain.digests import Reminder
from bot.domain.plans import Measure
from bot.domain.reminder_rules import Audience, From
from bot.domain.text import thai_digits

REPORT, POSTPONE, STATUS, REVIEW, WHY = "รายงานผล", "เลื่อนเตือน", "สถานะ", "เห็นชอบ", "ทำไมจึงเตือน"


def reminder_message(name: str, reminders: Sequence[Reminder], today: date) -> Message:
    """One message about all of a person's reminders, the weightiest first."""
    first = reminders[0]
    items = [
        {
            "no": measure.no,
            "title": measure.title,
            "round": _round_text(reminder),
            "due_text": thai_date(reminder.round.due_on),
        }
        for reminder, measures in _own_work(reminders)
        for measure in measures
    ]
    others = [reminder for reminder in reminders if reminder.audience is not Audience.OFFICER]
    word = REPORT if items else _word(others[0])
    values = {
        "person": name,
        "agency": first.agency.name,
        "items": items,
        "counts": [_count(reminder) for reminder in others],
        "due_text": thai_date(min(r.round.due_on for r in reminders)),
        "locks_text": thai_date(min(r.round.locks_on for r in reminders)),
        "is_late": any(r.round.due_on < today for r in reminders),
        "round_text": thai_digits(f"รอบ {first.round.no.value} เดือน ปีงบประมาณ พ.ศ. {first.round.fiscal_year}"),
        "why": first.why,
        "word": word,
    }
    offered = tuple(Choice(label=each, word=each) for each in (word, POSTPONE, WHY))
    return Message(name="reminder", values=values, choices=offered)


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


def _round_text(reminder: Reminder) -> str:
    return thai_digits(f"รอบ {reminder.round.no.value} เดือน")


def _word(reminder: Reminder) -> str:
    return REVIEW if reminder.audience is Audience.REVIEWER else STATUS


def _count(reminder: Reminder) -> str:
    """What those who do not report themselves are told: numbers, no names."""
    many = len(reminder.measures)
    if reminder.since is From.SUBMISSION:
        return thai_digits(f"{_round_text(reminder)} · รอความเห็นชอบ {many} มาตรการ")
    due, locks = (thai_date(day, short=True) for day in (reminder.round.due_on, reminder.round.locks_on))
    return thai_digits(
        f"{_round_text(reminder)} · ยังไม่มีรายงาน {many} จาก {reminder.total} มาตรการ ครบกำหนดเมื่อ {due} ปิดรับ {locks}"
    )
