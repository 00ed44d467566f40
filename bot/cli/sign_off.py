"""The sign-off of reports: an agency's chain, beginning a sign-off, and where each one stands."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.domain.sign_off import ActingAs, ChainStep, SignOff
from bot.jobs import DELIVER
from bot.ports.records import ReportState
from bot.ports.store import UnitOfWork
from bot.reporting.kinds import Kind
from bot.reporting.versions import short_code
from bot.services.edit_documents import edit_chain
from bot.services.find import existing_agency
from bot.services.sign_off import start_sign_off

_TEXTS = ("label", "position", "name", "acting_for")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions chain, start and list."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="chain|start|list")
    chain = actions.add_parser("chain", help="show an agency's chain, or set it from a JSON file")
    chain.add_argument("--file", type=Path, metavar="FILE", help="a list of steps: label, position, person or role …")
    start = actions.add_parser("start", help="begin the sign-off of a round's newest report")
    arguments.fiscal_year(start)
    arguments.round_no(start)
    listing = actions.add_parser("list", help="the sign-offs of a year")
    arguments.fiscal_year(listing)
    for each in (chain, start, listing):
        arguments.agency(each)
        each.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(options: argparse.Namespace, out: Output) -> int:
    """Show, set, begin or list."""
    match options.action:
        case "chain":
            _chain(options, out)
        case "start":
            _start(options, out)
        case _:
            _list(options, out)
    return 0


def _chain(options: argparse.Namespace, out: Output) -> None:
    rt, agency_id = runtime(), options.agency
    if options.file:
        with rt.store.write() as uow:
            existing_agency(uow, agency_id)
            steps = [_step(uow, agency_id, n, each) for n, each in enumerate(_read(options.file), start=1)]
            try:
                edit_chain(uow, rt.ids, rt.clock.now(), None, agency_id, None, steps)
            except BadInput as problem:
                raise BadInput(f"{options.file}: {problem.fields.get('field', 'steps')}: {problem.detail}") from None
    with rt.store.read() as uow:
        existing_agency(uow, agency_id)
        chain = uow.sign_offs.chain(agency_id)
        names = {person.id: person.name for person, _ in uow.people.members(agency_id)}
    shown = [_as_data(step, names) for step in chain]
    out.result(shown, [f"{n}\t{each['label']}\t{each['position']}\t{_who(each)}" for n, each in enumerate(shown, 1)])


def _start(options: argparse.Namespace, out: Output) -> None:
    rt = runtime()
    with rt.store.write() as uow:
        existing_agency(uow, options.agency)
        runs = uow.reports.latest(options.agency, options.fiscal_year, 50)
        wanted = (options.round, Kind.PROGRESS.value, False)
        done = (r for r in runs if r.state is ReportState.DONE and (r.round_no, r.kind, r.draft) == wanted)
        run = next(done, None)
        if run is None:
            raise NotFound("no report of this round was compiled in the chat or on the web yet")
        sign_off, told = start_sign_off(uow, rt.notices, rt.links, run, None)
    for chat_id in told:
        rt.queue.enqueue(DELIVER, chat_id)
    out.result(_standing(sign_off), [_line(sign_off)])


def _list(options: argparse.Namespace, out: Output) -> None:
    with runtime().store.read() as uow:
        existing_agency(uow, options.agency)
        found = uow.sign_offs.of_year(options.agency, options.fiscal_year)
    out.result([_standing(each) for each in found], [_line(each) for each in found])


def _read(file: Path) -> list[Any]:
    try:
        given = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise BadInput(f"{file} cannot be read: {problem.strerror}") from None
    except ValueError as problem:
        raise BadInput(f"{file}: no JSON: {problem}") from None
    if not isinstance(given, list):
        raise BadInput(f"{file}: a list of steps is expected")
    return given


def _step(uow: UnitOfWork, agency_id: AgencyId, number: int, given: object) -> ChainStep:
    """A step as a file gives it; a person is named as in the agency."""
    if not isinstance(given, Mapping):
        raise BadInput(f"step {number}: an object with label and position is expected")
    unknown = given.keys() - {*_TEXTS, "person", "role", "acting", "asks_opinion"}
    if unknown:
        raise BadInput(f"step {number}: there is no {', '.join(sorted(map(str, unknown)))}")
    person = uow.people.named(agency_id, str(given["person"])) if given.get("person") else None
    if given.get("person") and person is None:
        raise BadInput(f"step {number}: nobody of the agency is called {given['person']!r}")
    try:
        role = Role(given["role"]) if given.get("role") else None
        acting = ActingAs(given["acting"]) if given.get("acting") else None
    except ValueError as problem:
        raise BadInput(f"step {number}: {problem}") from None
    texts = {name: str(given.get(name) or "") for name in _TEXTS}
    asks = given.get("asks_opinion", True) is True
    return ChainStep(person_id=person.id if person else None, role=role, acting=acting, asks_opinion=asks, **texts)


def _as_data(step: ChainStep, names: Mapping[Any, str]) -> dict[str, Any]:
    return {
        "label": step.label,
        "position": step.position,
        "person": names.get(step.person_id) if step.person_id else None,
        "role": step.role.value if step.role else None,
        "name": step.name or None,
        "acting": step.acting.value if step.acting else None,
        "acting_for": step.acting_for or None,
        "asks_opinion": step.asks_opinion,
    }


def _who(step: Mapping[str, Any]) -> str:
    return str(step["person"] or step["role"] or step["name"] or "on paper")


def _standing(sign_off: SignOff) -> dict[str, Any]:
    return {
        "id": sign_off.id,
        "round": sign_off.round_no.value,
        "version": short_code(sign_off.inputs_hash),
        "state": sign_off.state.value,
        "step": sign_off.place + 1 if sign_off.step else None,
        "steps": len(sign_off.steps),
        "reason": sign_off.reason,
    }


def _line(sign_off: SignOff) -> str:
    waits = f"\tstep {sign_off.place + 1} of {len(sign_off.steps)}" if sign_off.step else ""
    return (
        f"{sign_off.id}\t{sign_off.round_no.value}\t{short_code(sign_off.inputs_hash)}\t{sign_off.state.value}{waits}"
    )
