"""Signing in with the link from the chat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from handlers.create_app import create_app

TOKEN = "a-token-from-the-chat"
LINK = f"/admin/sign-in/{TOKEN}"


@pytest.fixture
def link(office: Any) -> str:
    give(office)
    return LINK


def give(rt: Any, key: str = "admin") -> None:
    with rt.store.write() as uow:
        until = rt.clock.now() + timedelta(minutes=10)
        uow.people.add_sign_in(rt.keyed.hash("sign-in", TOKEN), f"person-{key}", until)


def test_the_link_shows_a_button_and_pressing_it_signs_in(browser: Any, link: str) -> None:
    assert "<button" in browser.get(link).get_data(as_text=True)
    answer = browser.press(link, link)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/")
    assert browser.get("/admin/", follow_redirects=True).status_code == 200


def test_looking_spends_nothing(browser: Any, link: str) -> None:
    for _ in range(3):
        assert browser.get(link).status_code == 200
        assert browser.http.head(link, base_url=browser.base_url).status_code == 200
    assert browser.press(link, link).status_code == 303


def test_the_link_works_once(browser: Any, link: str, app: Any) -> None:
    from tests.handlers.conftest import Browser

    page = browser.get(link)
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    assert browser.http.post(link, base_url=browser.base_url, data={"csrf_token": token}).status_code == 303
    other = Browser(app, browser.base_url)
    answer = other.get(link)
    assert answer.status_code == 410
    assert "ผู้ดูแล" in answer.get_data(as_text=True)


def test_a_second_press_on_an_open_page_is_told_kindly(browser: Any, link: str, app: Any) -> None:
    from tests.handlers.conftest import Browser

    slow = Browser(app, browser.base_url)
    token = slow.get(link).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    browser.press(link, link)
    answer = slow.http.post(link, base_url=slow.base_url, data={"csrf_token": token})
    assert answer.status_code == 410
    assert slow.cookie("kaona") is None


def test_the_link_lives_ten_minutes(office: Any, browser: Any, link: str) -> None:
    office.clock.pass_time(minutes=10, seconds=1)
    assert browser.get(link).status_code == 410


def test_an_unknown_link_is_no_good(browser: Any, office: Any) -> None:
    assert browser.get("/admin/sign-in/invented").status_code == 410


def test_pressing_without_the_pages_token_signs_nobody_in(browser: Any, link: str) -> None:
    assert browser.http.post(link, base_url=browser.base_url).status_code == 400
    assert browser.cookie("kaona") is None
    assert browser.press(link, link).status_code == 303


def test_the_session_cookie_keeps_to_itself(browser: Any, link: str) -> None:
    answer = browser.press(link, link)
    [cookie] = [value for value in answer.headers.getlist("Set-Cookie") if value.startswith("kaona=")]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "Secure" not in cookie


def test_over_https_cookies_are_secure_and_host_only(secure_rt: Any) -> None:
    from tests.handlers.conftest import Browser, fill

    fill(secure_rt)
    give(secure_rt)
    browser = Browser(create_app(secure_rt), "https://kaona.test")
    answer = browser.press(LINK, LINK)
    cookies = answer.headers.getlist("Set-Cookie")
    assert all("Secure" in cookie for cookie in cookies)
    assert any(cookie.startswith("__Host-kaona=") for cookie in cookies)
    assert browser.get("/admin/thungthong/").status_code == 200


def test_signing_out_ends_the_session_in_the_database(office: Any, enter: Any) -> None:
    browser = enter("admin")
    secret = browser.cookie("kaona").value
    assert browser.press("/admin/thungthong/", "/admin/sign-out").status_code == 303
    assert office.sign_in.current(secret) is None
    assert browser.get("/admin/").status_code == 401


def test_a_session_ends_after_two_weeks(office: Any, enter: Any) -> None:
    browser = enter("admin")
    office.clock.pass_time(days=14, seconds=1)
    answer = browser.get("/admin/thungthong/")
    assert answer.status_code == 401
    assert "พิมพ์คำว่า “ผู้ดูแล”" in answer.get_data(as_text=True)


def test_a_forged_session_is_nobody(browser: Any, office: Any) -> None:
    browser.http.set_cookie("kaona", "invented", domain="kaona.test")
    assert browser.get("/admin/").status_code == 401


def test_sign_in_pages_are_kept_by_nobody(browser: Any, link: str) -> None:
    headers = browser.get(link).headers
    assert headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
