"""The menu below a chat follows the person's role, and LINE's no about it harms no chat."""

from __future__ import annotations

import pytest

from bot.domain.errors import NotAllowed, OutsideWorld
from bot.domain.people import Role
from bot.jobs import LINK_MENUS, NOTE_QUOTA
from tests.services.desk import Desk

MALEE = "U-malee"


@pytest.fixture
def installed(desk: Desk) -> Desk:
    [channel] = desk.rt.channels()
    desk.rt.menu_desk.install(channel)
    return desk


def shown(desk: Desk) -> str | None:
    name = desk.menus.shown.get(MALEE)
    return name.split()[1] if name else None


def test_joining_brings_the_menu_of_the_role_and_a_further_code_the_next(installed: Desk) -> None:
    installed.says(MALEE, "สวัสดี")
    installed.work()
    assert shown(installed) is None  # everybody's menu
    installed.join(MALEE, "มาลี ใจงาม")
    assert shown(installed) == "officer"
    installed.join(MALEE, "มาลี ใจงาม", Role.ADMIN)
    assert shown(installed) == "admin"


def test_who_blocked_the_bot_and_comes_back_is_shown_it_again(installed: Desk) -> None:
    installed.join(MALEE, "มาลี ใจงาม")
    installed.receive(MALEE, "unfollow")
    installed.work()
    installed.menus.shown.clear()  # LINE forgets it with the friendship
    installed.receive(MALEE, "follow", follow={"isUnblocked": True})
    installed.work()
    assert shown(installed) == "officer"


@pytest.mark.parametrize("problem", [NotAllowed("LINE: no"), OutsideWorld("LINE: later")])
def test_lines_no_harms_no_chat_and_the_next_hour_tries_again(installed: Desk, problem: Exception) -> None:
    installed.menus.refusal = problem
    installed.join(MALEE, "มาลี ใจงาม")
    assert any("มาลี" in text for text in installed.news(MALEE))
    assert shown(installed) is None
    installed.menus.refusal = None
    installed.rt.clock_tick("quota")
    assert (LINK_MENUS, ("default",)) in installed.queue.jobs
    installed.work(only=[LINK_MENUS])
    assert {name for name, _ in installed.queue.jobs} == {NOTE_QUOTA}
    assert shown(installed) == "officer"


def test_where_no_menus_are_installed_line_is_not_asked(desk: Desk) -> None:
    desk.menus.refusal = AssertionError("asked")
    desk.join(MALEE, "มาลี ใจงาม")
    assert shown(desk) is None


def test_another_language_is_another_menu(installed: Desk) -> None:
    installed.join(MALEE, "มาลี ใจงาม")
    installed.talk(MALEE, "English")
    assert installed.menus.shown[MALEE].split()[1:3] == ["officer", "en"]
    installed.talk(MALEE, "ภาษาไทย")
    assert installed.menus.shown[MALEE].split()[1:3] == ["officer", "th"]
