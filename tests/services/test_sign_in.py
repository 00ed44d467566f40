"""Signing in with the link from the chat, and links to files."""

from __future__ import annotations

import base64
import json
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.keyed import HmacKeyed
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.services.signed_links import SignedLinks
from tests import builders
from tests.services.desk import Desk

ADMIN = "U-admin"
LINKS = SignedLinks(keyed=HmacKeyed(b"a key for tests of links"), base_url="https://kaona.example")
UNTIL = builders.NOW + timedelta(days=1)


def _token(desk: Desk) -> str:
    desk.news(ADMIN)
    desk.talk(ADMIN, "ผู้ดูแล")
    said = json.dumps(desk.line.sent[-1].messages, ensure_ascii=False)
    links = set(re.findall(r"https://kaona\.example/[^\"\\\s]+", said))
    assert len(links) == 1, "the message's only link"
    assert links.pop() in "\n".join(m.get("text", "") for m in desk.line.sent[-1].messages), "and as text"
    found = re.search(r"https://kaona\.example/\S*?([A-Za-z0-9_-]{30,})", said)
    assert found is not None
    return found[1]


@pytest.fixture
def admin(desk: Desk) -> Desk:
    desk.join(ADMIN, "มานี รอบรู้", Role.ADMIN)
    return desk


def test_the_link_signs_in_once(admin: Desk) -> None:
    sign_in, token = admin.rt.sign_in, _token(admin)
    assert [sign_in.whose(token) for _ in range(3)] == [admin.person(ADMIN)] * 3, "looking spends nothing"
    session = sign_in.begin(token)
    assert session is not None
    assert sign_in.begin(token) is None
    assert sign_in.whose(token) is None
    current = sign_in.current(session)
    assert current is not None
    assert [m.role for m in current.memberships] == [Role.ADMIN]


def test_the_link_lives_ten_minutes(admin: Desk) -> None:
    token = _token(admin)
    admin.clock.pass_time(minutes=10, seconds=1)
    assert admin.rt.sign_in.whose(token) is None
    assert admin.rt.sign_in.begin(token) is None


def test_a_session_ends_by_itself_and_when_asked(admin: Desk) -> None:
    first, second = (admin.rt.sign_in.begin(_token(admin)) or "" for _ in range(2))
    admin.rt.sign_in.end(first)
    assert admin.rt.sign_in.current(first) is None
    assert admin.rt.sign_in.current(second) is not None
    admin.clock.pass_time(days=15)
    assert admin.rt.sign_in.current(second) is None


def test_no_token_or_session_is_kept_as_it_is(admin: Desk) -> None:
    token = _token(admin)
    session = admin.rt.sign_in.begin(token) or ""
    with admin.rt.store.read() as uow:
        assert uow.people.sign_in_person(token, admin.clock.now()) is None
        assert uow.people.session(session, admin.clock.now()) is None


def test_an_officer_gets_no_link(admin: Desk) -> None:
    admin.join("U-malee", "มาลี ใจงาม")
    admin.talk("U-malee", "ผู้ดูแล")
    assert "https://" not in json.dumps(admin.line.sent[-1].messages)


def test_a_signed_link_says_key_and_name() -> None:
    signed = LINKS.url("evidence/ab/abc.jpg", UNTIL, "ป้าย.jpg").rsplit("/", 1)[1]
    assert LINKS.read(signed, builders.NOW) == ("evidence/ab/abc.jpg", "ป้าย.jpg")
    with pytest.raises(NotFound):
        LINKS.read(signed, UNTIL + timedelta(seconds=1))


def test_another_programs_key_signs_nothing_here() -> None:
    foreign = SignedLinks(keyed=HmacKeyed(b"somebody else's key...."), base_url="https://kaona.example")
    with pytest.raises(NotFound):
        LINKS.read(foreign.url("evidence/ab/abc.jpg", UNTIL).rsplit("/", 1)[1], builders.NOW)


@given(place=st.integers(0, 10_000), letter=st.sampled_from("abcXYZ019-_.=%"))
def test_one_changed_letter_makes_a_link_invalid(place: int, letter: str) -> None:
    signed = LINKS.url("evidence/ab/abc.jpg", UNTIL).rsplit("/", 1)[1]
    place %= len(signed)
    changed = signed[:place] + letter + signed[place + 1 :]
    if changed == signed:
        return
    with pytest.raises(NotFound):
        LINKS.read(changed, builders.NOW)


@given(signed=st.text(max_size=200))
def test_rubbish_is_no_link(signed: str) -> None:
    with pytest.raises(NotFound):
        LINKS.read(signed, builders.NOW)


def test_a_longer_life_cannot_be_written_into_a_link() -> None:
    text, _, signature = LINKS.url("evidence/ab/abc.jpg", UNTIL).rsplit("/", 1)[1].partition(".")
    payload = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    payload[1] += 10_000
    forged = base64.urlsafe_b64encode(json.dumps(payload, separators=(",", ":")).encode()).decode().rstrip("=")
    with pytest.raises(NotFound):
        LINKS.read(f"{forged}.{signature}", builders.NOW)
