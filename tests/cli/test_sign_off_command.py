"""`sign-off`, as an operator uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.cli.runtime import runtime
from bot.domain.agencies import AgencyId
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.services.compile_report import queue_report
from tests.cli.test_check_command import YEAR, office, reported

__all__ = ["office"]

HERE = AgencyId("saithong")
STEPS = [
    {
        "label": "ความเห็นของปลัด",
        "position": "รองปลัด",
        "acting": "รักษาราชการแทน",
        "acting_for": "ปลัด",
        "role": "approver",
    },
    {"label": "ความเห็นของนายก", "position": "นายก", "name": "นายสมหวัง ตั้งมั่น"},
]


def chain(office: Path, steps: object) -> int:
    file = office / "chain.json"
    file.write_text(json.dumps(steps), encoding="utf-8")
    return main(["sign-off", "chain", "--agency", HERE, "--file", str(file)])


def with_an_approver() -> None:
    rt = runtime()
    with rt.store.write() as uow:
        from bot.domain.people import Membership, Person, PersonId

        uow.people.add(Person(id=PersonId("p-approver"), name="นางลงนาม เห็นชอบ"))
        uow.people.add_membership(Membership(person_id=PersonId("p-approver"), role=Role.APPROVER, agency_id=HERE))


def compiled_in_the_office() -> None:
    from bot.domain.calendar import FiscalYear

    rt = runtime()
    year = FiscalYear(int(YEAR[YEAR.index("--fiscal-year") + 1]))
    with rt.store.write() as uow:
        run = queue_report(uow, rt.ids, rt.clock, HERE, year, RoundNo.TWELVE, formats=("json",))
    assert rt.compile_report(run.id)


def test_a_chain_is_read_from_a_file_and_shown(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_an_approver()
    person = {"label": "ผู้รายงาน", "position": "นิติกร", "person": "นางลงนาม เห็นชอบ", "asks_opinion": False}
    assert chain(office, [person, *STEPS]) == 0
    capsys.readouterr()
    assert main(["sign-off", "chain", "--agency", HERE, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [step["label"] for step in shown] == ["ผู้รายงาน", "ความเห็นของปลัด", "ความเห็นของนายก"]
    assert (shown[0]["person"], shown[0]["asks_opinion"]) == ("นางลงนาม เห็นชอบ", False)
    assert (shown[1]["role"], shown[1]["acting"], shown[2]["name"]) == ("approver", "รักษาราชการแทน", "นายสมหวัง ตั้งมั่น")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        ["ปลัด"],
        [{"label": "ปลัด"}],
        [{"label": "ปลัด", "position": "ปลัด", "person": "ไม่มีคนนี้"}],
        [{"label": "ปลัด", "position": "ปลัด", "role": "king"}],
        [{"label": "ปลัด", "position": "ปลัด", "acting": "แทน"}],
        [{"label": "ปลัด", "position": "ปลัด", "colour": "red"}],
    ],
)
def test_a_chain_that_cannot_be_is_wrong_usage_and_changes_nothing(
    office: Path, capsys: pytest.CaptureFixture[str], wrong: object
) -> None:
    assert chain(office, STEPS) == 0
    assert chain(office, wrong) == 2
    capsys.readouterr()
    assert main(["sign-off", "chain", "--agency", HERE, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_a_sign_off_begins_and_is_listed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reported(office, "จัดทำคู่มือ ๑๒ งาน")
    start = ["sign-off", "start", *YEAR, "--round", "12", "--json"]
    assert main(start) == 2, "nothing was compiled yet"
    compiled_in_the_office()
    assert main(start) == 2, "there is no chain yet"
    with_an_approver()
    assert chain(office, STEPS) == 0
    capsys.readouterr()
    assert main(start) == 0
    begun = json.loads(capsys.readouterr().out)
    assert (begun["state"], begun["step"], begun["steps"]) == ("running", 1, 2)
    assert main(["sign-off", "list", *YEAR, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [begun]


def test_an_agency_that_is_not_there_is_named(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sign-off", "chain", "--agency", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
