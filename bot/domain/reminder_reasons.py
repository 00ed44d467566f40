"""Why a reminder is said, in words that are true on the day it is said, before or after the rule's own day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.domain.calendar import bangkok_day
from bot.domain.digests import Reminder
from bot.domain.reminder_rules import Audience, From, Rule
from bot.domain.rounds import Round
from bot.domain.text import thai_digits
from bot.domain.workdays import WorkCalendar

_IN_ENGLISH: Mapping[str, str] = {
    "opening": "The reporting round is open",
    "last-call": "The round is about to close",
    "returned-2": "Work was sent back to be corrected",
    "returned-5": "Work was sent back to be corrected five working days ago",
    "review-3": "Reports have been waiting for your review",
    "sign-off-2": "A document waits for your signature",
    "sign-off-5": "A document has been waiting for your signature",
}


def said_why(rule: Rule, round_: Round, today: date) -> str:
    """The reason in Thai, as it is stored and shown to people and admins."""
    left = (round_.due_on - today).days
    if rule.since is not From.DUE:
        return rule.why
    if left < 0:
        tail = "ยังส่งได้จนกว่ารอบจะปิด" if rule.audience is Audience.OFFICER else "ยังมีมาตรการที่ขาดรายงาน"
        return thai_digits(f"เลยกำหนดส่งมา {-left} วัน {tail}")
    if left == 0:
        return "วันนี้ครบกำหนดส่งรายงาน"
    if left == 1:
        return "ครบกำหนดในวันพรุ่งนี้"
    return thai_digits(f"เหลือเวลา {left} วันก่อนครบกำหนด")


def waiting_why(what: str, since: Sequence[datetime], calendar: WorkCalendar, today: date) -> str:
    """What waits, and for how many working days the longest of it does."""
    days = working_days_between(bangkok_day(min(since)), today, calendar)
    return thai_digits(f"{what}มา {days} วันทำการแล้ว")


def working_days_between(first: date, last: date, calendar: WorkCalendar) -> int:
    """How many working days after the first one the last one is."""
    count, day = 0, first
    while (day := calendar.working_days_after(day, 1)) <= last:
        count += 1
    return count


def in_language(reminder: Reminder, today: date, language: str) -> str:
    """The reason for a person who reads that language."""
    if language != "en":
        return reminder.why
    if reminder.since is not From.DUE:
        return _IN_ENGLISH.get(reminder.rule, reminder.why)
    left = (reminder.round.due_on - today).days
    if left < 0:
        late = "1 day" if left == -1 else f"{-left} days"
        is_own = reminder.audience is Audience.OFFICER
        tail = "you can report until the round closes" if is_own else "reports are missing"
        return f"{late} past the due date; {tail}"
    return {0: "Reports are due today", 1: "Reports are due tomorrow"}.get(left, f"{left} days left until the due date")
