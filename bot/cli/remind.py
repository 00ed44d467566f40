"""Plan and deliver the reminders of a moment; a line a message: person or agency's group, measures, rule, key."""

from __future__ import annotations

import argparse
from datetime import datetime

from bot.bootstrap import Runtime
from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.calendar import BE_OFFSET, bangkok_day
from bot.domain.group_digests import GROUP_RULE, GroupDigest
from bot.services.plan_reminders import calendars, plan_reminders
from bot.services.send_due_reminders import Planned, send_due_reminders


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """When, and whether to send."""
    parser.add_argument("--at", type=arguments.bangkok_time, help="Bangkok time such as 2024-03-01T09:00; default now")
    parser.add_argument("--dry-run", action="store_true", help="send nothing")


def run(options: argparse.Namespace, out: Output) -> int:
    """Plan; unless it is a dry run, store and deliver in this process."""
    rt = runtime()
    at = options.at or rt.clock.now()
    if options.dry_run:
        with rt.store.read() as uow:
            planned = plan_reminders(uow, at)
        groups = rt.group_digests.planned(at)
    else:
        planned = send_due_reminders(rt.store, rt.notices, at)
        groups = rt.group_digests.send(at)
        for chat_id in [*(each.chat_id for each in planned), *(each.chat.chat_id for each in groups)]:
            rt.deliver_here(chat_id)
    out.result(
        [*map(_as_data, planned), *map(_group_data, groups)],
        [*map(_as_line, planned), *map(_group_line, groups)],
    )
    _warn_of_missing_holidays(rt, at, out)
    if not planned and not groups:
        out.note("nobody is to be reminded then")
    return 0


def _warn_of_missing_holidays(rt: Runtime, at: datetime, out: Output) -> None:
    with rt.store.read() as uow:
        year = calendars(uow)[None].missing_year(bangkok_day(at))
    if year is not None:
        out.note(
            f"the public holidays of {year} (BE {year + BE_OFFSET}) are not known yet: `reminders holiday` adds them"
        )


def _as_data(each: Planned) -> dict[str, object]:
    return {
        "person": each.name,
        "measures": [m.no for r in each.reminders for m in r.measures],
        "rule": each.reminders[0].rule,
        "key": each.key,
    }


def _as_line(each: Planned) -> str:
    numbers = ",".join(str(m.no) for r in each.reminders for m in r.measures)
    return f"{each.name}\t{numbers}\t{each.reminders[0].rule}\t{each.key}"


def _group_data(each: GroupDigest) -> dict[str, object]:
    return {"group_of": each.agency.name, "measures": [], "rule": GROUP_RULE, "key": each.key}


def _group_line(each: GroupDigest) -> str:
    return f"{each.agency.name}\t\t{GROUP_RULE}\t{each.key}"
