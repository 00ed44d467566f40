"""Evidence is fetched at once, kept with its hash, without positions, and its loss is told."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

import pytest
from PIL import Image

from bot.adapters.memory import MemoryMessenger
from bot.domain.errors import OutsideWorld
from bot.domain.updates import Evidence, EvidenceKind, MediaState
from bot.jobs import CHAT_TURN, FETCH_MEDIA
from bot.ports.records import Channel
from bot.services import fetch_media
from bot.services.leases import LEASE
from tests.services.desk import Desk

MALEE = "U-malee"
GPS = 0x8825


def jpeg(*, position: bool = False, colour: str = "red") -> bytes:
    """A small photo, as a phone takes it."""
    exif = Image.Exif()
    exif[0x0112] = 1
    if position:
        exif[GPS] = {1: "N", 2: (13.0, 45.0, 0.0), 3: "E", 4: (100.0, 30.0, 0.0)}
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """An officer who is asked for evidence."""
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "ทำแล้ว", "เสร็จแล้ว", "ผลดี", "เสร็จแล้ว")
    return desk


def _pieces(desk: Desk) -> tuple[Evidence, ...]:
    with desk.rt.store.read() as uow:
        return uow.updates.drafts_of(desk.person(MALEE).id)[0].evidence


def _send(desk: Desk, content: bytes | None, **more: str) -> Evidence:
    """Send a piece whose fetching is asked for but not done."""
    desk.sends(MALEE, content, **more)
    desk.work(only=[CHAT_TURN])
    return _pieces(desk)[-1]


def test_a_photo_is_stored_as_it_came_under_its_hash(asked: Desk) -> None:
    photo = jpeg()
    asked.sends(MALEE, photo)
    asked.work()
    (piece,) = _pieces(asked)
    assert piece.media is MediaState.STORED
    assert piece.sha256 == hashlib.sha256(photo).hexdigest()
    assert (piece.mime, piece.size) == ("image/jpeg", len(photo))
    assert asked.media.files[piece.stored_as or ""] == photo


def test_a_photos_position_is_not_stored_and_its_hash_is_of_what_is_stored(asked: Desk) -> None:
    photo = jpeg(position=True)
    assert GPS in Image.open(io.BytesIO(photo)).getexif()
    asked.sends(MALEE, photo)
    asked.work()
    (piece,) = _pieces(asked)
    stored = asked.media.files[piece.stored_as or ""]
    assert not Image.open(io.BytesIO(stored)).getexif().get_ifd(GPS)
    assert piece.sha256 == hashlib.sha256(stored).hexdigest()
    assert Image.open(io.BytesIO(stored)).tobytes() == Image.open(io.BytesIO(photo)).tobytes()


def test_a_file_keeps_its_name_and_its_bytes(asked: Desk) -> None:
    asked.sends(MALEE, b"%PDF-1.7 \xe0\xb8\x81", kind="file", name="คำสั่ง ๑๒.pdf")
    asked.work()
    (piece,) = _pieces(asked)
    assert (piece.kind, piece.name, piece.media) == (EvidenceKind.FILE, "คำสั่ง ๑๒.pdf", MediaState.STORED)


def test_the_same_photo_twice_is_kept_once(asked: Desk) -> None:
    for _ in range(2):
        asked.sends(MALEE, jpeg())
        asked.work()
    first, second = _pieces(asked)
    assert first.stored_as == second.stored_as
    assert len(asked.media.files) == 1


def test_what_line_has_lost_is_told_once_with_the_measure(asked: Desk) -> None:
    asked.news(MALEE)
    piece = _send(asked, None)
    asked.work()
    told = [text for text in asked.news(MALEE) if "LINE ไม่มีไฟล์นี้แล้ว" in text]
    assert len(told) == 1
    assert "๑" in told[0]
    assert _pieces(asked)[0].media is MediaState.GONE
    assert asked.rt.fetch_media(piece.id) is False


def test_a_file_that_is_too_large_is_refused_with_the_limit(asked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_media, "LARGEST", 1024**2)
    asked.news(MALEE)
    asked.sends(MALEE, b"x" * (1024**2 + 1), kind="file", name="วิดีโอ.mp4")
    asked.work()
    assert _pieces(asked)[0].media is MediaState.REFUSED
    assert any("1 MB" in text or "๑ MB" in text for text in asked.news(MALEE))


class Troubled(MemoryMessenger):
    """LINE's content host with something going on before each answer."""

    before: Callable[[], None]

    def fetch_content(
        self, channel: Channel, message_id: str, url: str | None, into: BinaryIO, limit: int
    ) -> str | None:
        type(self).before()
        return super().fetch_content(channel, message_id, url, into, limit)


def _fetch_with(desk: Desk, piece: Evidence, before: Callable[[], None]) -> bool:
    class This(Troubled):
        pass

    This.before = staticmethod(before)
    messenger = This(contents=desk.line.contents)
    return replace(desk.rt._fetch_media, messenger=messenger)(piece.id)


def test_a_content_host_in_trouble_is_asked_again_later(asked: Desk) -> None:
    piece = _send(asked, jpeg())
    asked.queue.jobs.clear()

    def down() -> None:
        raise OutsideWorld("the content host is down")

    assert _fetch_with(asked, piece, down) is False
    assert asked.rt.fetch_media(piece.id) is False, "it waits for its next try"
    asked.clock.pass_time(minutes=1)
    assert asked.rt.sweep()[FETCH_MEDIA] == 1
    asked.work()
    assert _pieces(asked)[0].media is MediaState.STORED


def test_content_still_being_prepared_is_asked_for_when_line_says(asked: Desk) -> None:
    piece = _send(asked, jpeg())

    def preparing() -> None:
        raise OutsideWorld("still being prepared", retry_after=7)

    assert _fetch_with(asked, piece, preparing) is False
    asked.clock.pass_time(seconds=6)
    assert asked.rt.fetch_media(piece.id) is False
    asked.clock.pass_time(seconds=2)
    assert asked.rt.fetch_media(piece.id) is True


def test_after_many_tries_the_officer_is_told(asked: Desk) -> None:
    piece = _send(asked, jpeg())
    asked.news(MALEE)

    def down() -> None:
        raise OutsideWorld("the content host is down")

    for _ in range(fetch_media.MOST_TRIES):
        _fetch_with(asked, piece, down)
        asked.clock.pass_time(minutes=16)
    asked.work()
    assert _pieces(asked)[0].media is MediaState.REFUSED
    assert sum("ไม่สำเร็จ" in text for text in asked.news(MALEE)) == 1


def test_what_is_taken_back_while_it_is_fetched_leaves_no_bytes(asked: Desk) -> None:
    message_id = asked.sends(MALEE, jpeg())
    asked.work(only=[CHAT_TURN])
    (piece,) = _pieces(asked)

    def take_back() -> None:
        asked.receive(MALEE, "unsend", unsend={"messageId": message_id}, token=None)
        asked.rt.take_turn(asked.chat(MALEE).id)

    _fetch_with(asked, piece, take_back)
    assert _pieces(asked) == ()
    assert asked.media.files == {}


def test_taking_back_one_of_two_equal_photos_keeps_the_others_bytes(asked: Desk) -> None:
    first = asked.sends(MALEE, jpeg())
    asked.work()
    asked.sends(MALEE, jpeg())
    asked.work()
    asked.receive(MALEE, "unsend", unsend={"messageId": first}, token=None)
    asked.work()
    (left,) = _pieces(asked)
    assert left.stored_as in asked.media.files


def test_a_caption_that_comes_while_the_photo_is_fetched_is_kept(asked: Desk) -> None:
    piece = _send(asked, jpeg())

    def caption() -> None:
        asked.says(MALEE, "ป้ายหน้าสำนักงาน")
        asked.rt.take_turn(asked.chat(MALEE).id)

    _fetch_with(asked, piece, caption)
    (kept,) = _pieces(asked)
    assert (kept.caption, kept.media) == ("ป้ายหน้าสำนักงาน", MediaState.STORED)


def test_one_piece_is_fetched_by_one_worker(asked: Desk) -> None:
    piece = _send(asked, jpeg())
    second: list[bool] = []
    assert _fetch_with(asked, piece, lambda: second.append(asked.rt.fetch_media(piece.id))) is True
    assert second == [False]


def test_a_fetch_whose_worker_died_is_found_again(asked: Desk) -> None:
    piece = _send(asked, jpeg())
    asked.queue.jobs.clear()

    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    with pytest.raises(Killed):
        _fetch_with(asked, piece, die)
    asked.clock.pass_time(seconds=LEASE.total_seconds() + 1)
    assert asked.rt.sweep()[FETCH_MEDIA] == 1
    asked.work()
    assert _pieces(asked)[0].media is MediaState.STORED
