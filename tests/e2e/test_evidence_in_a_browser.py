"""Evidence of all kinds at a phone's size: kept in passing, an album, the inbox, practice and history."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.town import Town
from tests.needs import needs
from tests.simulator.webdriver import Browser, browser

pytestmark = pytest.mark.browser

ENTER = "\ue007"
INPUT = '[data-testid="message-input"]'


def _photo(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(out, "JPEG")
    return out.getvalue()


def _says(window: Browser, text: str, answer: str) -> None:
    window.type(INPUT, text + ENTER)
    window.wait_for(answer)


def _taps(window: Browser, label: str, answer: str) -> None:
    window.click(f'[data-label="{label}"]')
    window.wait_for(answer)


def test_evidence_is_kept_offered_looked_through_and_practised_on_a_phone(calm: Town, tmp_path: Path) -> None:
    needs("chromium")
    user = calm.joins("ปรีชา เก็บภาพ", measures="3,8")
    with browser() as window:
        window.resize(360, 740)
        window.open(f"{calm.world.base_url}/simulator/?person={user}")
        window.wait_for("รายงานผล")
        calm.line.send_files(user, [(f"{colour}.jpg", _photo(colour)) for colour in ("red", "green", "blue")])
        window.wait_for("รูปถ่ายชุด ๓ รูป")
        window.screenshot(tmp_path / "1-kept-for.png")
        _taps(window, "มาตรการที่ ๓", "จะเสนอให้ใช้")
        calm.settle()
        _says(window, "คลังหลักฐาน", "เก็บได้ ๕๐")
        _taps(window, "๑", "แตะปุ่ม หรือพิมพ์คำอธิบาย")
        window.screenshot(tmp_path / "2-inbox.png")
        _says(window, "ย้อนกลับ", "แตะหรือพิมพ์หมายเลข")
        _says(window, "ซ้อม", "เริ่มซ้อม")
        window.screenshot(tmp_path / "3-practice.png")
        _says(window, "เลิกซ้อม", "ไม่มีอะไรส่งเข้ารายงาน")
        _says(window, "รายงานผล", "มาตรการใด")
        _taps(window, "มาตรการที่ ๓", "ดำเนินการถึงไหนแล้ว")
        _taps(window, "แล้วเสร็จ", "ข้อ ๑ จาก ๔")
        _says(window, "วางคิวอาร์โค้ดครบ ๔ จุด เมื่อ ๑๕ ก.พ.", "รับแล้ว")
        _taps(window, "เสร็จแล้ว", "ข้อ ๒ จาก ๔")
        _says(window, "ประชาชนประเมินได้ ๕๓๔ ราย", "รับแล้ว")
        _taps(window, "เสร็จแล้ว", "มีหลักฐานที่เก็บไว้ของมาตรการนี้ ๑ ชิ้น")
        window.screenshot(tmp_path / "4-offered.png")
        _taps(window, "ใช้หลักฐานที่เก็บไว้", "ใส่หลักฐานที่เก็บไว้แล้ว")
        _says(window, "พิธีเปิดโครงการ", "ใส่คำอธิบายให้ทั้งชุด")
        _taps(window, "จัดหลักฐาน", "ตามลำดับที่จะอยู่ในรายงาน")
        _taps(window, "๑", "พิมพ์คำอธิบายใหม่ของชิ้นนี้")
        window.screenshot(tmp_path / "5-album.png")
        _says(window, "ย้อนกลับ", "ตามลำดับที่จะอยู่ในรายงาน")
        _taps(window, "เสร็จแล้ว", "ข้อ ๔ จาก ๔")
        _taps(window, "ข้าม", "ตรวจทานก่อนส่ง")
        window.screenshot(tmp_path / "6-preview.png")
        _taps(window, "ยืนยัน", "ขอบคุณ")
        _says(window, "ประวัติ", "ที่เคยส่ง ๑ ฉบับ")
        _taps(window, "๑", "ส่งเมื่อ")
        window.screenshot(tmp_path / "7-history.png")
        assert window.script("return document.documentElement.scrollWidth <= 360"), "nothing sticks out sideways"
    part = calm.part_of("ปรีชา เก็บภาพ", 3)
    assert part["summary"] == "วางคิวอาร์โค้ดครบ ๔ จุด เมื่อ ๑๕ ก.พ."
