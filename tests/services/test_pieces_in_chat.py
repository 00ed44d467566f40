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


def _album(desk: Desk, *colours: str, late: str | None = None) -> None:
    """Photos sent at once, arriving last first; `late` is one that comes after the others were answered."""
    total = len(colours) + (late is not None)
    for index, colour in reversed([*enumerate(colours, start=1)]):
        desk.sends(MALEE, jpeg(colour=colour), album={"id": "set-1", "index": index, "total": total})
    desk.work()
    if late is not None:
        desk.sends(MALEE, jpeg(colour=late), album={"id": "set-1", "index": total, "total": total})
        desk.work()


def test_an_album_is_one_piece_with_one_acknowledgement_and_one_entry_per_file_in_the_export(with_photos: Desk) -> None:
    desk = with_photos
    _album(desk, "green", "yellow", late="black")
    (heard,) = desk.news(MALEE)
    assert heard.startswith("ได้รับรูปถ่ายชุด ๓ รูปแล้ว · รวม ๔ ชิ้น\nพิมพ์คำอธิบายของทั้งชุด")
    desk.talk(MALEE, "วันเปิดโครงการ")
    assert _captions(desk) == [None, None, None, "วันเปิดโครงการ", "วันเปิดโครงการ", "วันเปิดโครงการ"]
    desk.talk(MALEE, "จัดหลักฐาน", "๔", "เลื่อนขึ้น", "ย้อนกลับ", "๑", "ลบชิ้นนี้", "ใช่", "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    captions = [piece["caption"] for piece in desk.export()["rounds"]["12"]["evidence"]]
    assert captions == [None, "วันเปิดโครงการ", "วันเปิดโครงการ", "วันเปิดโครงการ", None]


def test_the_same_photo_twice_within_an_album_is_pointed_out(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "อบรมประชาชน ๓๕ คน", "เสร็จแล้ว", "ผลดีต่อประชาชน", "เสร็จแล้ว")
    _album(desk, "red", "red")
    heard = desk.talk(MALEE, "เสร็จแล้ว", "ข้าม")
    assert any("หลักฐานชิ้นที่ ๑ มีรูปเดียวกันซ้ำอยู่ในชุด" in text for text in heard)


def test_photos_that_wait_together_are_answered_once(with_photos: Desk) -> None:
    for colour in ("green", "yellow", "black"):
        with_photos.sends(MALEE, jpeg(colour=colour))
    with_photos.work()
    (heard,) = with_photos.news(MALEE)
    assert heard.startswith("ได้รับรูปถ่ายแล้ว · รวม ๖ ชิ้น\n")


def test_what_is_taken_back_leaves_the_draft_the_store_and_the_stored_events(with_photos: Desk) -> None:
    desk = with_photos
    kept = set(desk.media.files)
    message_id = desk.sends(MALEE, jpeg(colour="green"))
    desk.work()
    desk.receive(MALEE, "unsend", unsend={"messageId": message_id})
    desk.receive(MALEE, "unsend", unsend={"messageId": "line-4"})  # the summary
    desk.work()
    assert set(desk.media.files) == kept
    with desk.rt.store.read() as uow:
        assert uow.updates.drafts_of(desk.person(MALEE).id)[0].summary is None
    heard = desk.talk(MALEE, "เสร็จแล้ว", "ข้าม")
    assert "ข้อความที่ยกเลิกการส่ง นำออกจากร่างแล้ว" in heard
    assert any("สรุปผลการดำเนินการ" in text for text in heard), "what is missing now is asked"
