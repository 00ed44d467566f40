"""What `reminders` shows: reasons, failed and held messages, quota, the coming year, figures of a round."""

from __future__ import annotations

import argparse
from datetime import timedelta

from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.calendar import bangkok_day
from bot.domain.digests import Digest
from bot.services.delivery_desk import dead_letters, held_list, round_delivery, said_line
from bot.services.find import existing_agency, existing_person
from bot.services.plan_ahead import month_forecast, plan_ahead
from bot.services.plan_reminders import MEMORY

ONE_YEAR = timedelta(days=365)


def why(options: argparse.Namespace, out: Output) -> int:
    """A person's reminders with their reasons, oldest first."""
    rt = runtime()
    with rt.store.read() as uow:
        person = existing_person(uow, options.agency, options.name)
        said = uow.reminders.said_since(bangkok_day(rt.clock.now()) - 2 * MEMORY, person.id)
        said = [each for each in said if not each.covered]
        states = {each.message_id: uow.outbox.get(each.message_id) for each in said}
    out.result(
        [
            {
                "day": each.day.isoformat(),
                "rule": each.rule,
                "why": each.why,
                "measures": list(each.measures),
                "key": each.key,
                "state": message.state.value if (message := states[each.message_id]) else None,
            }
            for each in said
        ],
        [f"{each.rule}\t{said_line(each)}" for each in said],
    )
    return 0


def failed(options: argparse.Namespace, out: Output) -> int:
    """Dead letters with LINE's words."""
    with runtime().store.read() as uow:
        found = [(each, chat) for each in dead_letters(uow) if (chat := uow.chats.get(each.chat_id))]
        people = {c.id: p.name for _, c in found if c.person_id and (p := uow.people.get(c.person_id))}
    out.result(
        [
            {
                "message": each.id,
                "person": people.get(chat.id),
                "kind": each.kind,
                "state": each.state.value,
                "error": each.error,
                "attempts": each.attempts,
                "made": each.created_at.isoformat(),
            }
            for each, chat in found
        ],
        [
            f"{each.id}\t{people.get(chat.id, '')}\t{each.kind}\t{each.state.value}\t{each.error or ''}"
            for each, chat in found
        ],
    )
    return 0


def held(options: argparse.Namespace, out: Output) -> int:
    """Text for the group chat."""
    with runtime().store.read() as uow:
        existing_agency(uow, options.agency)
        text = held_list(uow, options.agency)
    out.result([{"text": text}], text.splitlines())
    return 0


def quota(options: argparse.Namespace, out: Output) -> int:
    """What LINE told, what the rest of the month will cost at most, and when it runs out."""
    rt = runtime()
    with rt.store.read() as uow:
        known = uow.reminders.quotas()
        ahead = month_forecast(uow, rt.clock.now())
    rows: list[dict[str, object]] = []
    for each in known:
        rest = ahead.get(each.channel_id)
        rows.append(
            {
                "channel": each.channel_id,
                "limit": each.limit,
                "used": rest.budget.used if rest else each.used,
                "asked_at": each.asked_at.isoformat(),
                "planned": rest.planned if rest else None,
                "short_by": rest.short_by if rest else 0,
                "runs_out_on": rest.runs_out_on.isoformat() if rest and rest.runs_out_on else None,
            }
        )
    out.result(rows, ["\t".join(f"{name} {value}" for name, value in row.items()) for row in rows])
    if not rows:
        out.note("LINE has not told its figures yet: the clock asks once an hour")
    return 0


def year(options: argparse.Namespace, out: Output) -> int:
    """Every reminder of the coming year, if nobody reported anything; the cost is a message a line."""
    rt = runtime()
    now = rt.clock.now()
    with rt.store.read() as uow:
        existing_agency(uow, options.agency)
        days = plan_ahead(uow, now, bangkok_day(now) + ONE_YEAR, options.agency)
    out.result(
        [{"day": d.day.isoformat(), "messages": len(d.digests), "to": [_to(x) for x in d.digests]} for d in days],
        [f"{d.day}\t{x.name}\t{', '.join(r.rule for r in x.reminders)}" for d in days for x in d.digests],
    )
    out.note(f"at most {sum(len(d.digests) for d in days)} messages")
    return 0


def _to(digest: Digest) -> dict[str, object]:
    return {"person": digest.name, "rules": [r.rule for r in digest.reminders]}


def figures(options: argparse.Namespace, out: Output) -> int:
    """Messages of a round by what became of them, by rule, and who cannot be reached."""
    with runtime().store.read() as uow:
        existing_agency(uow, options.agency)
        found = round_delivery(uow, options.agency, options.fiscal_year, options.round)
    out.result(
        [{"states": found.states, "rules": found.rules, "unreachable": list(found.unreachable)}],
        [
            *(f"{state}\t{count}" for state, count in sorted(found.states.items())),
            *(f"rule {rule}\t{count}" for rule, count in sorted(found.rules.items())),
            *(f"cannot be reached\t{name}" for name in found.unreachable),
        ],
    )
    return 0
