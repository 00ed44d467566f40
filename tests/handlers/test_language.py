"""Pages speak the language of who reads them."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import person


def language_of(rt: Any, key: str) -> str:
    with rt.store.read() as uow:
        found = uow.people.get(person(key))
    assert found is not None
    return str(found.language)


def test_a_person_chooses_their_language_and_comes_back_to_the_page(office: Any, enter: Any) -> None:
    admin, page = enter("admin"), "/admin/thungthong/plan/"
    answer = admin.press(page, "/admin/language", language="en", back=page)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert language_of(office, "admin") == "en"
    assert '<html lang="en"' in admin.get(page).get_data(as_text=True)
    admin.press(page, "/admin/language", language="th", back=page)
    assert '<html lang="th"' in admin.get(page).get_data(as_text=True)


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/admin/", "/admin/\\elsewhere", ""])
def test_nobody_is_led_elsewhere(office: Any, enter: Any, back: str) -> None:
    answer = enter("admin").press("/admin/thungthong/", "/admin/language", language="en", back=back)
    assert answer.headers["Location"] == "/admin/"


def test_a_language_that_there_is_not_changes_nothing(office: Any, enter: Any) -> None:
    enter("admin").press("/admin/thungthong/", "/admin/language", language="fr", back="/admin/")
    assert language_of(office, "admin") == "th"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("th", "th"), ("en-GB,en;q=0.9", "en"), ("en,th", "th"), ("en,th;q=0.9", "en"), ("de", "th"), ("", "th")],
)
def test_before_sign_in_the_browser_says_which(browser: Any, asked: str, shown: str) -> None:
    page = browser.get("/admin/signed-out", headers={"Accept-Language": asked}).get_data(as_text=True)
    assert f'<html lang="{shown}"' in page
