"""Requests to change a locked round are answered on a page too, once, and for a day within bounds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.people import PersonId
from bot.domain.plans import MeasureId
from bot.domain.reopenings import Reopening, ReopeningId, Reply
from bot.domain.rounds import RoundNo

PAGE = "/admin/thungthong/reopenings/"
ONE = f"{PAGE}r-1"


@pytest.fixture
def asked(office: Any) -> Any:
    """An office with one request."""
    with office.store.write() as uow:
        uow.reopenings.add(
            Reopening(
                id=ReopeningId("r-1"),
                agency_id=AgencyId("thungthong"),
                measure_id=MeasureId("measure-1"),
                round_no=RoundNo.SIX,
                person_id=PersonId("person-officer"),
                reason="ใส่ตัวเลข <ผิด>",
                asked_at=office.clock.now(),
            )
        )
    return office


def _reply(rt: Any) -> tuple[Reply, Any]:
    with rt.store.read() as uow:
        found = uow.reopenings.get(ReopeningId("r-1"))
    return found.reply, found.until


def test_the_request_is_shown_with_its_reason_and_the_overview_leads_to_it(asked: Any, enter: Any) -> None:
    browser = enter("admin")
    page = browser.get(PAGE).get_data(as_text=True)
    assert "ใส่ตัวเลข &lt;ผิด&gt;" in page
    assert "นางสมศรี รายงานไว" in page
    assert PAGE in browser.get("/admin/thungthong/2567/6/").get_data(as_text=True)
    assert "ไม่เปิดให้แก้ไข" not in enter("auditor").get(PAGE).get_data(as_text=True), "who only reads decides nothing"


def test_it_is_opened_until_the_chosen_day(asked: Any, enter: Any) -> None:
    until = bangkok_day(asked.clock.now()) + timedelta(days=3)
    answer = enter("admin").press(PAGE, ONE, decision="allow", until=until.isoformat())
    assert answer.status_code == 303
    assert _reply(asked) == (Reply.ALLOWED, until)


@pytest.mark.parametrize("until", ["", "soon", "2001-01-01", "2999-01-01"])
def test_a_day_out_of_bounds_is_refused_and_the_request_waits(asked: Any, enter: Any, until: str) -> None:
    browser = enter("admin")
    browser.press(PAGE, ONE, decision="allow", until=until)
    assert _reply(asked) == (Reply.WAITING, None)
    assert "ภายใน" in browser.get(PAGE).get_data(as_text=True)


def test_what_was_answered_meanwhile_is_said_so(asked: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(PAGE, ONE, decision="deny")
    assert _reply(asked) == (Reply.DENIED, None)
    browser.press(PAGE, ONE, decision="deny")
    assert "มีผู้ตอบไปแล้ว" in browser.get(PAGE).get_data(as_text=True)
