"""One's own sessions: listed with their devices, ended one by one or all but this."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from handlers.devices import device_of

from .conftest import HERE, person

SESSIONS = "/admin/sessions/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (CHROME, "Chrome · Windows"),
        (CHROME + " Edg/126.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36 Line/14.9.0/IAB", "LINE · Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox · Linux"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
        ("x" * 500, "x" * 60),
    ],
)
def test_a_device_is_named_in_a_few_words(agent: str, device: str) -> None:
    assert device_of(agent) == device


def keys(rt: Any, key: str = "admin") -> list[str]:
    with rt.store.read() as uow:
        return [each.key for each in uow.people.sessions(person(key), rt.clock.now())]


def test_this_device_is_marked_and_others_are_listed(office: Any, enter: Any) -> None:
    enter("admin")
    page = enter("admin").get(SESSIONS).get_data(as_text=True)
    assert page.count('<li class="split">') == 2
    assert page.count("เครื่องนี้") == 1
    assert "๑๔ มีนาคม ๒๕๖๗" in page


def test_one_is_ended_and_this_one_goes_on(office: Any, enter: Any) -> None:
    old = enter("admin")
    (first,) = keys(office)
    new = enter("admin")
    assert new.press(SESSIONS, f"{SESSIONS}{first}/end").status_code == 303
    assert old.get(SESSIONS).status_code == 401
    assert new.get(SESSIONS).status_code == 200
    assert first not in keys(office)


def test_all_others_are_ended_at_once(office: Any, enter: Any) -> None:
    others, here = [enter("admin"), enter("admin")], enter("admin")
    assert here.press(SESSIONS, f"{SESSIONS}end-others").status_code == 303
    assert [other.get(SESSIONS).status_code for other in others] == [401, 401]
    assert here.get(SESSIONS).status_code == 200


def test_ending_this_one_signs_out(office: Any, enter: Any) -> None:
    browser = enter("admin")
    answer = browser.press(SESSIONS, f"{SESSIONS}{keys(office)[0]}/end")
    assert answer.headers["Location"] == "/admin/signed-out"
    assert browser.get(SESSIONS).status_code == 401


def test_nobody_ends_somebody_elses(office: Any, enter: Any) -> None:
    enter("auditor")
    admin = enter("admin")
    answer = admin.press(SESSIONS, f"{SESSIONS}{keys(office, 'auditor')[0]}/end")
    assert answer.status_code == 303
    assert len(keys(office, "auditor")) == 1


def test_it_is_kept_when_a_session_was_used_but_not_at_every_page(office: Any, enter: Any) -> None:
    browser = enter("admin")
    began = office.clock.now()
    office.clock.pass_time(minutes=9)
    browser.get(SESSIONS)
    with office.store.read() as uow:
        assert uow.people.sessions(person("admin"), office.clock.now())[0].seen_at == began
    office.clock.pass_time(minutes=2)
    browser.get(SESSIONS)
    with office.store.read() as uow:
        seen = uow.people.sessions(person("admin"), office.clock.now())[0].seen_at
    assert seen - began >= timedelta(minutes=11)


def test_signing_in_and_being_signed_out_are_written_down(office: Any, browser: Any) -> None:
    for token in ("one", "two"):
        with office.store.write() as uow:
            until = office.clock.now() + timedelta(minutes=10)
            uow.people.add_sign_in(office.keyed.hash("sign-in", token), person("admin"), until)
        browser.press(f"/admin/sign-in/{token}", f"/admin/sign-in/{token}")
    office.sign_in.begin("one")
    with office.store.write() as uow:
        uow.people.add_session("elsewhere", person("admin"), office.clock.now(), office.clock.now() + timedelta(days=1))
    browser.press(SESSIONS, f"{SESSIONS}end-others")
    with office.store.read() as uow:
        found = [(entry.action, entry.details) for entry in uow.log.entries(HERE)]
    assert [action for action, _ in found] == ["session_ended", "signed_in", "signed_in"]
    assert "device" in found[1][1]
