"""The page that draws the coming year of reminding."""

from __future__ import annotations

from typing import Any

from bot.services.send_due_reminders import send_due_reminders


def test_the_year_ahead_is_drawn_with_its_cost_and_what_was_said(rt: Any, office: Any, enter: Any) -> None:
    planned = send_due_reminders(rt.store, rt.notices, rt.clock.now())
    assert planned
    page = enter("admin").get("/admin/thungthong/reminders").get_data(as_text=True)
    assert page.count('<table class="month">') == 12
    assert 'class="tells"' in page
    assert "ข้อความ" in page
    assert planned[0].name in page
    assert planned[0].reminders[0].why in page


def test_a_new_office_has_nothing_to_show_and_says_so(rt: Any, office: Any, enter: Any) -> None:
    page = enter("admin").get("/admin/thungthong/reminders").get_data(as_text=True)
    assert "ยังไม่ได้เตือนใคร" in page
