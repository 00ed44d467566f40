"""Look after reminding: rules, holidays, leave, quiet hours, reasons, failed messages, quota, calendars."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import time

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.reminder_reports import failed, figures, held, quota, why, year
from bot.cli.runtime import runtime
from bot.domain.agencies import AgencyId
from bot.domain.reminder_rules import BY_KEY, Rule, rules_of
from bot.domain.thai_holidays import HOLIDAYS
from bot.domain.workdays import OwnDay
from bot.services import reminder_choices as choices
from bot.services.delivery_desk import send_again
from bot.services.find import existing_agency, existing_person

Action = Callable[[argparse.Namespace, Output], int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    rules = _action(actions, "rules", "list an agency's rules, or change one", agency=True)
    rules.add_argument("--rule", metavar="KEY", help="the rule to change, or all")
    rules.add_argument("--off", dest="on", action="store_false", default=None, help="switch it off")
    rules.add_argument("--on", dest="on", action="store_true", help="switch it on")
    rules.add_argument("--days", type=int, metavar="N", help="move it: days after its date, negative before")
    holiday = _action(actions, "holiday", "list days off, or add or remove one")
    holiday.add_argument("--agency", type=AgencyId, metavar="ID", help="of this agency only")
    holiday.add_argument("--add", type=arguments.iso_day, metavar="D", help="a day off")
    holiday.add_argument("--remove", type=arguments.iso_day, metavar="D", help="take back what was added")
    holiday.add_argument("--name", default="วันหยุดของหน่วยงาน", help="what the day is called")
    holiday.add_argument("--works", action="store_true", help="the office works on that day")
    leave = _person(actions, "leave", "days on which a person is not reminded")
    leave.add_argument("--from", dest="first", type=arguments.iso_day, metavar="D")
    leave.add_argument("--until", dest="last", type=arguments.iso_day, metavar="D")
    quiet = _person(actions, "quiet", "hours in which a person is not reminded")
    quiet.add_argument("--from", dest="first", type=_clock, metavar="HH:MM")
    quiet.add_argument("--until", dest="last", type=_clock, metavar="HH:MM")
    _person(actions, "why", "why a person was reminded")
    _action(actions, "failed", "messages that were not delivered")
    again = _action(actions, "send-again", "send a failed or held message again")
    again.add_argument("message", help="its id")
    _action(actions, "held", "what waits for lack of messages, to copy into the group chat", agency=True)
    _action(actions, "quota", "the month's messages and what they will come to")
    _action(actions, "year", "who would get what when in the coming year", agency=True)
    delivery = _action(actions, "figures", "what became of a round's reminders", agency=True)
    arguments.fiscal_year(delivery)
    arguments.round_no(delivery)
    feed = _action(actions, "feed", "the address of a new calendar feed (.ics)", agency=True)
    feed.add_argument("--name", help="of this person instead of the agency")
    feed.add_argument("--revoke", action="store_true", help="end all feeds of the person or agency")


def run(options: argparse.Namespace, out: Output) -> int:
    """Do the action."""
    actions: dict[str, Action] = {
        "rules": _rules,
        "holiday": _holiday,
        "leave": _leave,
        "quiet": _quiet,
        "why": why,
        "failed": failed,
        "send-again": _send_again,
        "held": held,
        "quota": quota,
        "year": year,
        "figures": figures,
        "feed": _feed,
    }
    return actions[options.action](options, out)


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str, *, agency: bool = False
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=words, description=words)
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    if agency:
        arguments.agency(parser)
    return parser


def _person(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    parser = _action(actions, name, words, agency=True)
    parser.add_argument("--name", required=True, help="the person")
    return parser


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time of day like 12:00") from None


def _rules(options: argparse.Namespace, out: Output) -> int:
    rt = runtime()
    if options.rule:
        with rt.store.write() as uow:
            rules = choices.change_rule(uow, options.agency, options.rule, on=options.on, days=options.days)
    else:
        with rt.store.read() as uow:
            existing_agency(uow, options.agency)
            rules = rules_of(uow.reminders.changes().get(options.agency, []))
    on = {rule.key: rule for rule in rules}
    shown = [on.get(key, rule) for key, rule in BY_KEY.items()]
    out.result([_rule_data(r, r.key in on) for r in shown], [_rule_line(r, r.key in on) for r in shown])
    return 0


def _rule_data(rule: Rule, is_on: bool) -> dict[str, object]:
    return {"rule": rule.key, "from": rule.since.value, "days": rule.days, "to": rule.audience.value, "on": is_on}


def _rule_line(rule: Rule, is_on: bool) -> str:
    state = "on" if is_on else "off"
    return f"{rule.key}\t{state}\t{rule.days:+d} days from {rule.since.value}\tto {rule.audience.value}\t{rule.why}"


def _holiday(options: argparse.Namespace, out: Output) -> int:
    rt = runtime()
    if options.add or options.remove:
        with rt.store.write() as uow:
            if options.remove:
                uow.reminders.remove_own_day(options.remove, options.agency)
            else:
                choices.add_own_day(uow, options.add, options.name, works=options.works, agency_id=options.agency)
    with rt.store.read() as uow:
        own = [each for each in uow.reminders.own_days() if options.agency in {None, each.agency_id}]
    days = [(day, name, "public") for day, name in HOLIDAYS.items()]
    days += [
        (each.day, each.name, f"{'works' if each.works else 'off'} {each.agency_id or ''}".strip()) for each in own
    ]
    days.sort()
    out.result(
        [{"day": day.isoformat(), "name": name, "kind": kind} for day, name, kind in days],
        [f"{day}\t{kind}\t{name}" for day, name, kind in days],
    )
    return 0


def _kind(own: OwnDay) -> str:
    return f"{'works' if own.works else 'off'} {own.agency_id or ''}".strip()


def _leave(options: argparse.Namespace, out: Output) -> int:
    with runtime().store.write() as uow:
        person = existing_person(uow, options.agency, options.name)
        choices.go_on_leave(uow, person.id, options.first, options.last)
    out.result([{"person": person.name, "from": str(options.first or ""), "until": str(options.last or "")}], [])
    return 0


def _quiet(options: argparse.Namespace, out: Output) -> int:
    with runtime().store.write() as uow:
        person = existing_person(uow, options.agency, options.name)
        choices.keep_quiet(uow, person.id, options.first, options.last)
    out.result([{"person": person.name, "from": str(options.first or ""), "until": str(options.last or "")}], [])
    return 0


def _send_again(options: argparse.Namespace, out: Output) -> int:
    rt = runtime()
    fresh = send_again(rt.store, rt.ids, rt.clock, options.message)
    sent = rt.deliver_here(fresh.chat_id)
    out.result([{"message": fresh.id, "sent": sent}], [fresh.id])
    return 0 if sent else 1


def _feed(options: argparse.Namespace, out: Output) -> int:
    rt = runtime()
    with rt.store.read() as uow:
        existing_agency(uow, options.agency)
        person = existing_person(uow, options.agency, options.name) if options.name else None
    whose = {"person_id": person.id} if person else {"agency_id": options.agency}
    if options.revoke:
        ended = rt.feeds.revoke(**whose)
        out.result([{"revoked": ended}], [f"{ended} revoked"])
    else:
        url = rt.feeds.make(**whose)
        out.result([{"url": url}], [url])
    return 0
