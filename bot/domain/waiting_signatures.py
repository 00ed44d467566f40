"""Steps of a sign-off chain that wait for a signature: who is asked for it, after how many working days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.agencies import Agency
from bot.domain.calendar import bangkok_day
from bot.domain.digests import Recipient, Reminder
from bot.domain.people import PersonId
from bot.domain.reminder_reasons import waiting_why
from bot.domain.reminder_rules import Audience, From, Rule
from bot.domain.rounds import Round
from bot.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingStep:
    """A step that waits for one person.

    Attributes:
        id: of the step: a document that comes to the same person again is another one.
        document: its title.
        since: from when on it waits for them.
    """

    id: str
    person_id: PersonId
    agency: Agency
    round: Round
    document: str
    since: datetime


def signature_reminders(
    rules: Sequence[Rule],
    waiting: Iterable[WaitingStep],
    people: Mapping[PersonId, Recipient],
    calendar: WorkCalendar,
    today: date,
) -> Iterator[Reminder]:
    """One reminder a person whatever the number of documents; nothing to who rests or heard it."""
    ladder = sorted((rule for rule in rules if rule.since is From.SIGN_OFF), key=lambda rule: -rule.days)
    news: dict[PersonId, list[tuple[Rule, WaitingStep]]] = defaultdict(list)
    covers: dict[PersonId, list[str]] = defaultdict(list)
    for step in waiting:
        person = people.get(step.person_id)
        since = bangkok_day(step.since)
        fired = [rule for rule in ladder if calendar.working_days_after(since, rule.days) <= today]
        if person is None or not fired or person.rests_on(today):
            continue
        if _key(fired[0], step) not in person.heard:
            news[person.person_id].append((fired[0], step))
            covers[person.person_id] += [key for r in fired[1:] if (key := _key(r, step)) not in person.heard]
    for person_id, found in news.items():
        rule, first = max(found, key=lambda each: (each[0].days, -each[1].since.timestamp()))
        others = [_key(r, s) for r, s in found if s is not first]
        yield Reminder(
            person_id=person_id,
            agency=first.agency,
            round=first.round,
            measures=(),
            documents=tuple(dict.fromkeys(step.document for _, step in found)),
            rule=rule.key,
            key=_key(rule, first),
            why=waiting_why("มีเอกสารรอลงนาม", [step.since for _, step in found], calendar, today),
            audience=Audience.SIGNER,
            weight=rule.weight,
            covers=(*others, *covers[person_id]),
            since=From.SIGN_OFF,
        )


def _key(rule: Rule, step: WaitingStep) -> str:
    return f"{rule.key}-{step.id}-{step.person_id}"
