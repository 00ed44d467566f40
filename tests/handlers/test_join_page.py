"""The page behind an invitation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from bot.domain.agencies import AgencyId
from bot.domain.people import Invite, InviteId, PersonId, Role


def test_it_shows_the_code_and_opens_the_chat_with_it_typed(http: FlaskClient) -> None:
    page = http.get("/join/abcd-2345").get_data(as_text=True)
    assert "ABCD-2345" in page
    assert 'href="https://line.me/R/oaMessage/%40kaona/?ABCD2345"' in page
    assert "<svg" in page


def test_without_a_known_chat_it_tells_how_to_go_on(rt: Any, http: FlaskClient) -> None:
    rt.link = None
    page = http.get("/join/ABCD2345").get_data(as_text=True)
    assert "ABCD-2345" in page
    assert "oaMessage" not in page
    assert "เพิ่มบอต" in page


def test_a_living_and_an_unknown_code_look_the_same(office: Any, http: FlaskClient) -> None:
    living, unknown = "ABCD2345", "WXYZ2345"
    with office.store.write() as uow:
        invite = Invite(
            id=InviteId("invite-1"),
            agency_id=AgencyId("thungthong"),
            role=Role.OFFICER,
            person_id=PersonId("person-late"),
            name="นายสมชาย มาช้า",
            fiscal_year=None,
            measure_ids=(),
            expires_at=office.clock.now() + timedelta(days=30),
        )
        uow.people.add_invite(invite, office.keyed.hash("invite", living))
    assert shown(http, living) == shown(http, unknown)


def shown(http: FlaskClient, code: str) -> str:
    """The page without the code and its drawing."""
    page = http.get(f"/join/{code}").get_data(as_text=True)
    without_drawing = re.sub(r"<svg.*</svg>", "", page, flags=re.DOTALL)
    return without_drawing.replace(f"{code[:4]}-{code[4:]}", "").replace(code, "")


def test_words_that_are_no_code_are_not_repeated(http: FlaskClient) -> None:
    answer = http.get("/join/โทร 02-000-0000 ด่วน")
    assert answer.status_code == 404
    assert "ด่วน" not in answer.get_data(as_text=True)
