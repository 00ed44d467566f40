"""Handing in: an officer's update from another program, kept as one that an admin wrote down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, Response, jsonify, request

from bot.domain.agencies import AgencyId
from bot.domain.api_tokens import Scope
from bot.domain.calendar import bangkok_day
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Person
from bot.domain.plans import Measure
from bot.domain.text import match_key
from bot.domain.updates import Answer, Status
from bot.jobs import DELIVER
from bot.ports.store import UnitOfWork
from bot.reporting.year_json import year_json
from bot.services.enter_update import LONGEST, Told, enter_update, in_force_of
from bot.services.load_year import load_year
from handlers.admin.access import bearer, for_programs
from handlers.admin.desk import known_round
from handlers.runtime import runtime

pages = Blueprint("api_submitting", __name__, url_prefix="/api/v1")

_FIELDS = frozenset({"officer", "status", "expected_on", "replace", *(answer.value for answer in Answer)})


@pages.post("/agencies/<agency_id>/years/<int:fiscal_year>/rounds/<int:number>/measures/<int:measure_no>/updates")
@for_programs(Scope.SUBMIT)
def submit(agency_id: AgencyId, fiscal_year: int, number: int, measure_no: int) -> tuple[Response, int]:
    """Put an officer's update in force; one that is there is replaced only where that is asked for."""
    rt = runtime()
    given = _given()
    told = _told(given)
    with rt.store.write() as uow:
        round_ = known_round(uow, agency_id, fiscal_year, number)
        measure, officer = _about(uow, agency_id, fiscal_year, measure_no, given)
        now = rt.clock.now()
        if not round_.is_open(bangkok_day(now)):
            raise BadInput("the round is not open", field="round")
        old = in_force_of(uow, measure, round_, officer.id)
        if old is not None and given.get("replace") is not True:
            raise StaleWrite("the officer has reported; say replace to put this in its place")
        seen = old.id if old else ""
        by = bearer().person.id
        _, chats = enter_update(uow, rt.notices, measure, round_, officer.id, by, now, seen, told)
        year = year_json(load_year(uow, agency_id, round_.fiscal_year))
    for chat_id in chats:
        rt.queue.enqueue(DELIVER, chat_id)
    [entry] = [each for each in year["measures"] if each["no"] == measure_no]
    return jsonify(entry["rounds"][str(round_.no.value)]), 201


def _given() -> Mapping[str, object]:
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise BadInput("the body is a JSON object", field="body")
    unknown = sorted(given.keys() - _FIELDS)
    if unknown:
        raise BadInput(f"unknown: {', '.join(unknown)}", field=unknown[0])
    return given


def _told(given: Mapping[str, object]) -> Told:
    try:
        status = Status(_text(given, "status"))
    except ValueError:
        raise BadInput("the status is one of not_started, in_progress, done, cancelled", field="status") from None
    day = _text(given, "expected_on")
    try:
        expected_on = date.fromisoformat(day) if day else None
    except ValueError:
        raise BadInput("a day is written as 2024-03-31", field="expected_on") from None
    told = Told(
        status=status,
        answers={answer: _text(given, answer.value) for answer in Answer},
        expected_on=expected_on,
    )
    missing = told.missing()
    if missing:
        raise BadInput(f"{status.value} needs {', '.join(missing)}", field=missing[0])
    return told


def _text(given: Mapping[str, object], name: str) -> str:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise BadInput(f"{name} is a text", field=name)
    if value and len(value) > LONGEST:
        raise BadInput(f"at most {LONGEST} letters", field=name)
    return value or ""


def _about(
    uow: UnitOfWork, agency_id: AgencyId, fiscal_year: int, measure_no: int, given: Mapping[str, object]
) -> tuple[Measure, Person]:
    year = load_year(uow, agency_id, known_round(uow, agency_id, fiscal_year, 12).fiscal_year)
    measure = next((each.measure for each in year.measures if each.measure.no == measure_no), None)
    if measure is None:
        raise NotFound("there is no such measure")
    wanted = match_key(_text(given, "officer"))
    reporters = uow.plans.reporters([measure.id])[measure.id]
    found = [person for person in reporters if match_key(person.name) == wanted]
    if len(found) != 1:
        raise BadInput("the officer is not a reporter of this measure", field="officer")
    return measure, found[0]
