"""The week's digest for an agency's LINE groups: counts only, at most one a week, and only when it can be afforded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day
from bot.domain.message_budget import Budget
from bot.domain.people import ChatId
from bot.domain.reminder_rules import Audience, Rule, Weight
from bot.domain.rounds import Round
from bot.domain.workdays import WorkCalendar
from bot.domain.years import AgencyYear

GROUP_RULE = "group-week"
"""The rule that it follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChat:
    """A group that serves an agency; `members` is what a push to it costs, None when LINE does not say."""

    chat_id: ChatId
    channel: str
    members: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDigest:
    """What a group is to hear this week; `key` is unique for group and week, `on` is the day."""

    agency: Agency
    round: Round
    chat: GroupChat
    total: int
    reported: int
    key: str
    on: date


def group_digests(
    rules: Sequence[Rule],
    rounds: Iterable[Round],
    years: Mapping[FiscalYear, AgencyYear],
    groups: Sequence[GroupChat],
    calendar: WorkCalendar,
    quota: Mapping[str, Budget],
    now: datetime,
) -> list[GroupDigest]:
    """What the agency's groups are to hear now: of its open round that is due first, while something is missing.

    A round that opened later in the week has nothing to count yet.
    """
    today = bangkok_day(now)
    wanted = any(rule.audience is Audience.GROUP for rule in rules)
    day = _day_of_week(calendar, today)
    if not wanted or not calendar.is_working_time(now) or today < day:
        return []
    live = sorted((each for each in rounds if each.is_open(today) and each.is_open(day)), key=lambda each: each.due_on)
    for round_ in live:
        year = years.get(round_.fiscal_year)
        reported = sum(each.is_reported(round_.no) for each in year.measures) if year else 0
        if year is not None and reported < len(year.measures):
            return [
                GroupDigest(
                    agency=year.agency,
                    round=round_,
                    chat=group,
                    total=len(year.measures),
                    reported=reported,
                    key=key_of(group.chat_id, round_.agency_id, today),
                    on=today,
                )
                for group in groups
                if _affordable(group, quota)
            ]
    return []


def key_of(chat_id: ChatId, agency_id: AgencyId, today: date) -> str:
    """Unique for group, agency and week: of two clocks, or two attempts, one is let through."""
    week = today.isocalendar()
    return f"group-{agency_id}-{chat_id}-{week.year}w{week.week:02d}"


def _day_of_week(calendar: WorkCalendar, today: date) -> date:
    """The week's first working day."""
    return calendar.on_or_after(today - timedelta(days=today.weekday()))


def _affordable(group: GroupChat, quota: Mapping[str, Budget]) -> bool:
    """A push to a group costs a message for each member: where that is unknown, nothing with a limit is spent."""
    budget = quota.get(group.channel)
    if budget is None or budget.left is None:
        return True
    return group.members is not None and budget.allows(Weight.ROUTINE, group.members - 1)
