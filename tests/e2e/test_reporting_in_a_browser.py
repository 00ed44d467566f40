"""A newcomer in a real browser at a phone's size: joins, reports on a measure by tapping and typing, is thanked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.town import Town
from tests.needs import needs
from tests.simulator.webdriver import Browser, browser

pytestmark = pytest.mark.browser

ENTER = "\ue007"
INPUT = '[data-testid="message-input"]'


def _says(window: Browser, text: str, answer: str) -> None:
    window.type(INPUT, text + ENTER)
    window.wait_for(answer)


def _taps(window: Browser, label: str, answer: str) -> None:
    """Tap a quick reply or a card's button."""
    window.click(f'[data-label="{label}"]')
    window.wait_for(answer)


def test_a_measure_is_reported_by_tapping_and_typing(calm: Town, tmp_path: Path) -> None:
    needs("chromium")
    code = calm.invite("นงลักษณ์ แตะเก่ง", measures="3,8")
    with browser() as window:
        window.resize(360, 740)
        window.open(f"{calm.world.base_url}/simulator/")
        window.find('[data-testid="person-select"]')
        user = calm.newcomer("นงลักษณ์ แตะเก่ง")
        window.open(f"{calm.world.base_url}/simulator/?person={user}")
        window.wait_for("รหัสเชิญ")
        _says(window, code, "นงลักษณ์ แตะเก่ง")
        window.screenshot(tmp_path / "1-greeting.png")
        _taps(window, "รายงานผล", "มาตรการใด")
        _taps(window, "มาตรการที่ ๓", "ดำเนินการถึงไหนแล้ว")
        _taps(window, "แล้วเสร็จ", "ข้อ ๑ จาก ๔")
        window.screenshot(tmp_path / "2-question.png")
        _says(window, "วางคิวอาร์โค้ดครบ ๔ จุด และสรุปผลเสนอผู้บริหาร", "รับแล้ว")
        _taps(window, "เสร็จแล้ว", "ข้อ ๒ จาก ๔")
        _says(window, "ผู้ตอบแบบประเมิน ๕๓๔ ราย พึงพอใจร้อยละ ๙๓.๒๕", "รับแล้ว")
        _taps(window, "เสร็จแล้ว", "ข้อ ๓ จาก ๔")
        _taps(window, "ข้าม", "ข้อ ๔ จาก ๔")
        _taps(window, "ข้าม", "ตรวจทานก่อนส่ง")
        window.screenshot(tmp_path / "3-preview.png")
        _taps(window, "ยืนยัน", "ขอบคุณ")
        window.wait_for("มาตรการที่ ๘")
        window.screenshot(tmp_path / "4-thanks.png")
        assert window.script("return document.documentElement.scrollWidth <= 360"), "nothing sticks out sideways"
    part = calm.part_of("นงลักษณ์ แตะเก่ง", 3)
    assert part["summary"] == "วางคิวอาร์โค้ดครบ ๔ จุด และสรุปผลเสนอผู้บริหาร"
    assert part["outcome"] == "ผู้ตอบแบบประเมิน ๕๓๔ ราย พึงพอใจร้อยละ ๙๓.๒๕"
