"""Pieces of evidence looked through, moved and taken out of a draft, over the real database."""

from __future__ import annotations

import pytest

from bot.domain.updates import MediaState
from tests.services.desk import Desk
from tests.services.test_fetch_media import jpeg

MALEE = "U-malee"


@pytest.fixture
def with_photos(desk: Desk) -> Desk:
    """An officer whose draft has two photos, the second as before."""
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "อบรมประชาชน ๓๕ คน", "เสร็จแล้ว", "ผลดีต่อประชาชน", "เสร็จแล้ว")
    for colour in ("red", "blue", "red"):
        desk.sends(MALEE, jpeg(colour=colour))
        desk.work()
    desk.news(MALEE)
    return desk


def _captions(desk: Desk) -> list[str | None]:
    with desk.rt.store.read() as uow:
        return [piece.caption for piece in uow.updates.drafts_of(desk.person(MALEE).id)[0].evidence]


def test_the_same_photo_twice_is_pointed_out_before_sending_and_sent_all_the_same(with_photos: Desk) -> None:
    heard = with_photos.talk(MALEE, "เสร็จแล้ว", "ข้าม")
    assert any("หลักฐานชิ้นที่ ๑ กับ ๓ เป็นไฟล์เดียวกัน" in text for text in heard)
    with_photos.talk(MALEE, "ยืนยัน")
    assert len(with_photos.submitted()[0].evidence) == 3


def test_a_piece_is_captioned_moved_and_taken_out_in_the_store(with_photos: Desk) -> None:
    desk = with_photos
    desk.talk(MALEE, "จัดหลักฐาน", "๒", "ภาพสีน้ำเงิน", "๒", "เลื่อนขึ้น", "ย้อนกลับ")
    assert _captions(desk) == ["ภาพสีน้ำเงิน", None, None]
    desk.talk(MALEE, "๑", "ลบคำอธิบาย")
    assert _captions(desk) == [None, None, None]
    kept = set(desk.media.files)
    desk.talk(MALEE, "๒", "ลบชิ้นนี้", "ใช่")
    assert set(desk.media.files) == kept, "the other piece has the same bytes"
    desk.talk(MALEE, "๒", "ลบชิ้นนี้", "ใช่")
    assert len(desk.media.files) == len(kept) - 1, "what nobody uses any more is deleted"
    desk.talk(MALEE, "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    (piece,) = desk.submitted()[0].evidence
    assert piece.media is MediaState.STORED


def test_a_stored_photo_can_be_seen_again(with_photos: Desk) -> None:
    with_photos.talk(MALEE, "จัดหลักฐาน")
    with_photos.says(MALEE, "๑")
    with_photos.work()
    bubble = with_photos.line.sent[-1].messages[0]["contents"]
    assert bubble["hero"]["url"].startswith("https://kaona.example/media/")
    assert bubble["footer"]["contents"][0]["action"]["uri"] == bubble["hero"]["url"]
