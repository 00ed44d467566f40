"""A channel's monthly messages: what is left, what a plan costs, and who goes first when they run low."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.calendar import last_day_of_month
from bot.domain.digests import Digest
from bot.domain.reminder_rules import Weight

RESERVE_SHARE = 0.2
"""The part of the month's messages that is kept for what matters most."""

WARN_AT = (70, 90)
"""Per cent of the month's messages at which the admin is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The month's pushes of a channel; `limit` is None when there is none."""

    limit: int | None
    used: int = 0

    @property
    def left(self) -> int | None:
        """What may still be pushed this month."""
        return None if self.limit is None else max(self.limit - self.used, 0)

    @property
    def reserve(self) -> int:
        """What only urgent messages may use; an agency with very few keeps at least one."""
        return 0 if not self.limit else max(1, round(self.limit * RESERVE_SHARE))

    def allows(self, weight: Weight, spent: int) -> bool:
        """Whether one more message of that weight may be pushed after `spent` others of this plan."""
        if self.left is None:
            return True
        kept = {Weight.URGENT: 0, Weight.USEFUL: self.reserve // 2, Weight.ROUTINE: self.reserve}[weight]
        return self.left - spent - kept > 0


def share(digests: Sequence[Digest], budgets: Mapping[str, Budget]) -> list[Digest]:
    """The digests in their order, those held for which the channel has no message left; the weightiest go first."""
    if not budgets:
        return list(digests)
    spent: dict[str, int] = dict.fromkeys(budgets, 0)
    held: set[int] = set()
    for place, digest in sorted(enumerate(digests), key=lambda each: -each[1].weight):
        budget = budgets.get(digest.channel)
        if budget is None:
            continue
        if budget.allows(digest.weight, spent[digest.channel]):
            spent[digest.channel] += 1
        else:
            held.add(place)
    return [replace(digest, held=True) if place in held else digest for place, digest in enumerate(digests)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How the month will end.

    Attributes:
        planned: messages that the plan will still cost this month.
        runs_out_on: the first day on which a planned message has none left; None when they suffice.
    """

    budget: Budget
    planned: int
    runs_out_on: date | None

    @property
    def short_by(self) -> int:
        """Messages that are missing at the month's end."""
        left = self.budget.left
        return 0 if left is None else max(self.planned - left, 0)


def forecast(budget: Budget, costs: Mapping[date, int], today: date) -> Forecast:
    """What the rest of the month costs by day, and when the messages run out."""
    end = last_day_of_month(today.year, today.month)
    rest = sorted((day, cost) for day, cost in costs.items() if today <= day <= end)
    planned, out = 0, None
    for day, cost in rest:
        planned += cost
        if out is None and budget.left is not None and planned > budget.left:
            out = day
    return Forecast(budget=budget, planned=planned, runs_out_on=out)


def warning_at(budget: Budget) -> int:
    """The highest threshold that the use has reached, in per cent; 0 for none."""
    if budget.limit is None:
        return 0
    used = 100 if budget.limit == 0 else budget.used * 100 / budget.limit
    return max((at for at in WARN_AT if used >= at), default=0)
