"""The rules of reminding, as data: on which day of a round who hears what, why, and how much it matters.

A day that is no working day moves to the last working day before; for opening, overdue and waiting rules to the
first one after. The due date itself does not move.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from bot.domain.rounds import Round
from bot.domain.workdays import PUBLIC, WorkCalendar


class From(StrEnum):
    """What a rule's days are counted from."""

    OPENING = "opening"
    DUE = "due"
    LOCK = "lock"
    RETURN = "return"  # an update was sent back; working days
    SUBMISSION = "submission"  # an update waits for its review; working days
    SIGN_OFF = "sign_off"  # a step of a sign-off chain waits for its signature; working days
    WEEK = "week"  # every week's Monday, while a round is open


class Audience(StrEnum):
    """Whom a rule speaks to; all but officers are told counts."""

    OFFICER = "officer"
    HEAD = "head"
    ADMIN = "admin"
    EXECUTIVE = "executive"  # whoever signs: the role approver
    REVIEWER = "reviewer"  # who decides on updates: heads, else the admins
    SIGNER = "signer"  # whose signature a report waits for
    GROUP = "group"  # the agency's LINE groups: counts only


class Weight(IntEnum):
    """How much a message matters when the month's messages run low."""

    ROUTINE = 1
    USEFUL = 2
    URGENT = 3  # last calls and sent-back work: the reserve is for these


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One occasion to remind.

    Attributes:
        key: names the occasion in keys, settings and logs; letters, digits and dashes.
        days: counted from `since`; negative is before.
        why: the reason in words; where days are counted, bot.domain.reminder_reasons names those that are really left.
        last_call: is heard in spite of a snooze; no snooze reaches past it.
        on: holds unless an agency switches it off; one that is off holds where an agency switches it on.
    """

    key: str
    since: From
    days: int
    why: str
    audience: Audience = Audience.OFFICER
    weight: Weight = Weight.ROUTINE
    last_call: bool = False
    on: bool = True

    @property
    def moves_forward(self) -> bool:
        """Whether a day that is no working day moves to the next one."""
        match self.since:
            case From.DUE:
                return self.days > 0
            case From.LOCK:
                return False
            case From.OPENING | From.RETURN | From.SUBMISSION | From.SIGN_OFF | From.WEEK:
                return True

    @property
    def is_of_round(self) -> bool:
        """Whether its day follows from the round's dates alone."""
        return self.since in {From.OPENING, From.DUE, From.LOCK}


RULES = (
    Rule(key="opening", since=From.OPENING, days=0, why="รอบรายงานเปิดแล้ว", weight=Weight.USEFUL),
    Rule(key="due-30", since=From.DUE, days=-30, why="เหลือเวลา ๓๐ วันก่อนครบกำหนด"),
    Rule(key="due-14", since=From.DUE, days=-14, why="เหลือเวลา ๑๔ วันก่อนครบกำหนด"),
    Rule(key="due-7", since=From.DUE, days=-7, why="เหลือเวลา ๗ วันก่อนครบกำหนด", weight=Weight.USEFUL),
    Rule(key="due-3", since=From.DUE, days=-3, why="เหลือเวลา ๓ วันก่อนครบกำหนด"),
    Rule(key="due-1", since=From.DUE, days=-1, why="ครบกำหนดในวันพรุ่งนี้", weight=Weight.USEFUL),
    Rule(key="due-0", since=From.DUE, days=0, why="วันนี้ครบกำหนดส่งรายงาน", weight=Weight.URGENT, last_call=True),
    Rule(key="overdue-1", since=From.DUE, days=1, why="เลยกำหนดส่งแล้ว ยังส่งได้จนกว่ารอบจะปิด", weight=Weight.USEFUL),
    Rule(key="overdue-7", since=From.DUE, days=7, why="เลยกำหนดส่งมา ๗ วัน ยังส่งได้จนกว่ารอบจะปิด"),
    Rule(
        key="overdue-head-3", since=From.DUE, days=3, audience=Audience.HEAD, why="เลยกำหนดส่ง ๓ วัน ยังมีมาตรการที่ขาดรายงาน"
    ),
    Rule(
        key="overdue-admin-7",
        since=From.DUE,
        days=7,
        audience=Audience.ADMIN,
        why="เลยกำหนดส่ง ๗ วัน ยังมีมาตรการที่ขาดรายงาน",
    ),
    Rule(
        key="overdue-executive-14",
        since=From.DUE,
        days=14,
        audience=Audience.EXECUTIVE,
        why="เลยกำหนดส่ง ๑๔ วัน ยังมีมาตรการที่ขาดรายงาน",
    ),
    Rule(
        key="last-call", since=From.LOCK, days=-1, why="ใกล้ปิดรับรายงานของรอบนี้แล้ว", weight=Weight.URGENT, last_call=True
    ),
    Rule(key="returned-2", since=From.RETURN, days=2, why="มีงานที่ส่งกลับให้แก้ไข", weight=Weight.URGENT),
    Rule(key="returned-5", since=From.RETURN, days=5, why="มีงานที่ส่งกลับให้แก้ไข ๕ วันทำการแล้ว", weight=Weight.URGENT),
    Rule(
        key="review-3",
        since=From.SUBMISSION,
        days=3,
        audience=Audience.REVIEWER,
        why="มีรายงานรอความเห็นชอบ ๓ วันทำการแล้ว",
    ),
    *(
        Rule(
            key=f"sign-off-{days}",
            since=From.SIGN_OFF,
            days=days,
            audience=Audience.SIGNER,
            why="มีเอกสารรอลงนาม",
            weight=Weight.USEFUL,
        )
        for days in (2, 5)
    ),
    Rule(
        key="group-week",
        since=From.WEEK,
        days=0,
        audience=Audience.GROUP,
        why="สรุปความคืบหน้าประจำสัปดาห์",
        on=False,
    ),
)
"""The defaults."""

BY_KEY = {rule.key: rule for rule in RULES}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """What an agency decided about a rule; the rule "all" switches every reminder on or off."""

    rule: str
    on: bool = True
    days: int | None = None


EVERY_RULE = "all"


def rules_of(changes: Iterable[RuleChange]) -> tuple[Rule, ...]:
    """The rules of an agency: the defaults with its changes."""
    changed = {change.rule: change for change in changes}
    everything = changed.get(EVERY_RULE)
    if everything is not None and not everything.on:
        return ()
    found = []
    for rule in RULES:
        change = changed.get(rule.key)
        if change is None:
            found += [rule] if rule.on else []
        elif change.on:
            found.append(rule if change.days is None else replace(rule, days=change.days))
    return tuple(found)


def day_of(rule: Rule, round_: Round) -> date:
    """The calendar day that the rule names, before it moves to a working day."""
    base = {From.OPENING: round_.opens_on, From.DUE: round_.due_on, From.LOCK: round_.locks_on}[rule.since]
    return base + timedelta(days=rule.days)


def fires_on(rule: Rule, round_: Round, calendar: WorkCalendar = PUBLIC) -> date:
    """The working day on which a rule of the round fires."""
    day = day_of(rule, round_)
    return calendar.on_or_after(day) if rule.moves_forward else calendar.on_or_before(day)


def next_last_call(rules: Iterable[Rule], round_: Round, today: date, calendar: WorkCalendar = PUBLIC) -> date | None:
    """The day of the round's next last call to officers, today included; None when there is none to come."""
    days = (
        fires_on(rule, round_, calendar)
        for rule in rules
        if rule.last_call and rule.audience is Audience.OFFICER and rule.is_of_round
    )
    return min((day for day in days if day >= today), default=None)
