"""Evidence sent all year round: kept, fetched, put to a measure, and used when it is reported."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.domain.updates import MediaState
from tests.services.desk import Desk
from tests.services.test_fetch_media import jpeg

MALEE = "U-malee"


@pytest.fixture
def joined(desk: Desk) -> Desk:
    """An officer of two measures who is doing nothing."""
    desk.join(MALEE, "มาลี ใจงาม", measures="1,2")
    desk.news(MALEE)
    return desk


def _kept(desk: Desk) -> list[tuple[MediaState, str | None]]:
    with desk.rt.store.read() as uow:
        return [(k.evidence.media, k.evidence.caption) for k in uow.inbox.of(desk.person(MALEE).id)]


def test_a_photo_sent_in_passing_is_fetched_and_used_when_its_measure_is_reported(joined: Desk) -> None:
    desk = joined
    desk.sends(MALEE, jpeg())
    desk.work()
    desk.talk(MALEE, "วันอบรม", "๑")
    assert _kept(desk) == [(MediaState.STORED, "วันอบรม")]
    assert desk.export()["rounds"]["12"] is None, "nothing is reported by keeping"
    heard = desk.talk(MALEE, "รายงานผล", "๑", "แล้วเสร็จ", "ทำแล้ว", "เสร็จแล้ว", "ผลดี", "เสร็จแล้ว")
    assert any("มีหลักฐานที่เก็บไว้ของมาตรการนี้ ๑ ชิ้น" in text for text in heard)
    desk.talk(MALEE, "ใช้หลักฐานที่เก็บไว้", "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    (piece,) = desk.submitted()[0].evidence
    assert (piece.media, piece.caption) == (MediaState.STORED, "วันอบรม")
    assert _kept(desk) == []


def test_what_waits_for_another_measure_is_not_offered(joined: Desk) -> None:
    joined.sends(MALEE, jpeg())
    joined.work()
    joined.talk(MALEE, "๒")
    heard = joined.talk(MALEE, "รายงานผล", "๑", "แล้วเสร็จ", "ทำแล้ว", "เสร็จแล้ว", "ผลดี", "เสร็จแล้ว")
    assert not any("ใช้หลักฐานที่เก็บไว้" in text for text in heard)


def test_a_message_taken_back_leaves_the_inbox_and_the_store(joined: Desk) -> None:
    message_id = joined.sends(MALEE, jpeg())
    joined.work()
    assert joined.media.files
    joined.receive(MALEE, "unsend", unsend={"messageId": message_id})
    joined.work()
    assert (_kept(joined), joined.media.files) == ([], {})


def test_a_piece_is_seen_again_from_the_inbox_and_removed(joined: Desk) -> None:
    joined.sends(MALEE, jpeg())
    joined.work()
    joined.talk(MALEE, "เก็บไว้ก่อน", "คลังหลักฐาน")
    joined.says(MALEE, "๑")
    joined.work()
    bubble = joined.line.sent[-1].messages[0]["contents"]
    assert bubble["hero"]["url"].startswith("https://kaona.example/media/")
    joined.talk(MALEE, "ลบชิ้นนี้", "ใช่")
    assert (_kept(joined), joined.media.files) == ([], {})


def test_the_loss_of_a_kept_photo_is_told_without_a_measure(joined: Desk) -> None:
    joined.sends(MALEE, None)
    joined.work()
    assert any("ในคลังหลักฐาน รับไม่สำเร็จ" in text for text in joined.news(MALEE))
    assert _kept(joined) == [(MediaState.GONE, None)]


def test_a_photo_that_was_damaged_on_the_way_is_kept_and_told(joined: Desk) -> None:
    whole = io.BytesIO()
    Image.effect_noise((400, 300), 80).save(whole, "JPEG")
    joined.sends(MALEE, whole.getvalue()[:6000])
    joined.work()
    assert any("เปิดเป็นภาพไม่ได้" in text for text in joined.news(MALEE))
    assert _kept(joined) == [(MediaState.STORED, None)]
