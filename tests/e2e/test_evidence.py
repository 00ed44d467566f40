"""Photos, files, links and places from phones: stored at once, without positions, under the hash of what is stored."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from PIL import Image

from tests.e2e.town import Town

CONTENT = "/v2/bot/message/*/content"
GPS = 0x8825


def photo(*, position: bool = True) -> bytes:
    """A photo as a phone takes it."""
    exif = Image.Exif()
    if position:
        exif[GPS] = {1: "N", 2: (13.0, 45.0, 12.0), 3: "E", 4: (100.0, 30.0, 36.0)}
    file = io.BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(file, "JPEG", exif=exif, quality=80)
    return file.getvalue()


def _asked(town: Town, name: str) -> str:
    user = town.asked_for_summary(name)
    assert "หลักฐาน" in town.says(user, "ทำแล้ว", "เสร็จแล้ว", "ได้ผลดี", "เสร็จแล้ว")[-1]
    return user


def _sends(town: Town, user: str, *files: Any) -> list[str]:
    town.line.send_files(user, list(files))
    town.settle()
    return town.news(user)


def _submitted(town: Town, user: str, name: str) -> list[dict[str, Any]]:
    """The evidence that stands in the export after the submission."""
    town.says(user, "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    sample = town.world.sample
    assert sample is not None
    with town.world.runtime.store.read() as uow:
        person = uow.people.named(sample.agency_id, name)
        assert person is not None
        measures = [m.id for m in uow.plans.assigned_to(person.id)]
        mine = [u for u in uow.updates.in_force(measures) if u.person_id == person.id]
        keys = {e.sha256: e.stored_as for u in mine for e in u.evidence if e.stored_as}
        own = {(e.kind.value, e.name, e.sha256, e.url, e.caption) for u in mine for e in u.evidence}
    exported = town.export(sample.agency_id, sample.fiscal_year)["measures"][0]["rounds"]["12"]["evidence"]
    ours = [e for e in exported if (e["kind"], e["name"], e["sha256"], e["url"], e["caption"]) in own]
    for each in ours:
        if each["sha256"]:
            stored = (town.world.data_dir / "media" / str(keys[each["sha256"]])).read_bytes()
            assert hashlib.sha256(stored).hexdigest() == each["sha256"]
            each["bytes"] = stored
    return ours


def test_a_photos_position_is_taken_out_and_the_picture_stays_the_same(calm: Town) -> None:
    user, taken = _asked(calm, "ช่างภาพ พกพิกัด"), photo()
    assert Image.open(io.BytesIO(taken)).getexif().get_ifd(GPS)
    _sends(calm, user, ("IMG_0001.jpg", taken))
    calm.says(user, "ป้ายหน้าสำนักงาน")
    (piece,) = _submitted(calm, user, "ช่างภาพ พกพิกัด")
    assert (piece["kind"], piece["caption"]) == ("image", "ป้ายหน้าสำนักงาน")
    assert not Image.open(io.BytesIO(piece["bytes"])).getexif().get_ifd(GPS)
    assert Image.open(io.BytesIO(piece["bytes"])).tobytes() == Image.open(io.BytesIO(taken)).tobytes()
    assert piece["sha256"] != hashlib.sha256(taken).hexdigest()


def test_a_photo_without_a_position_is_stored_as_it_came(calm: Town) -> None:
    user, taken = _asked(calm, "ช่างภาพ ไร้พิกัด"), photo(position=False)
    _sends(calm, user, ("IMG_0002.jpg", taken))
    (piece,) = _submitted(calm, user, "ช่างภาพ ไร้พิกัด")
    assert piece["bytes"] == taken


def test_an_album_is_answered_once_and_kept_in_order(calm: Town) -> None:
    user = _asked(calm, "ช่างภาพ ทั้งอัลบั้ม")
    shots = [photo(position=False) for _ in range(3)]
    heard = _sends(calm, user, *((f"{number}.jpg", shot) for number, shot in enumerate(shots)))
    assert len([text for text in heard if "รับ" in text]) == 1, heard
    pieces = _submitted(calm, user, "ช่างภาพ ทั้งอัลบั้ม")
    assert [piece["bytes"] for piece in pieces] == shots


def test_a_file_a_link_and_a_place_are_evidence_too(calm: Town) -> None:
    user = _asked(calm, "ผู้แนบ ทุกอย่าง")
    _sends(calm, user, ("คำสั่งที่ ๑๒-๒๕๖๙.pdf", b"%PDF-1.7\n%test\n", "application/pdf"))
    calm.says(user, "ดูที่ https://www.suksomdee.example/ข่าว?id=1 ครับ")
    calm.line.send_location(user, 13.75, 100.5, "ศาลากลาง", "ถนนสมมติ")
    calm.settle()
    pieces = _submitted(calm, user, "ผู้แนบ ทุกอย่าง")
    assert [piece["kind"] for piece in pieces] == ["file", "link", "location"]
    assert pieces[0]["name"] == "คำสั่งที่ ๑๒-๒๕๖๙.pdf"
    assert pieces[0]["bytes"] == b"%PDF-1.7\n%test\n"
    assert pieces[1]["url"] == "https://www.suksomdee.example/ข่าว?id=1"


@pytest.mark.parametrize("status", [404, 410])
def test_what_line_no_longer_has_is_told_to_the_officer_once(calm: Town, status: int) -> None:
    user = _asked(calm, f"ช่างภาพ ภาพหาย {status}")
    calm.line.add_fault("error", path=CONTENT, status=status, calls=1)
    heard = _sends(calm, user, ("lost.jpg", photo()))
    assert sum("ไม่มีไฟล์นี้แล้ว" in text for text in heard) == 1, heard


@pytest.mark.parametrize("trouble", ["preparing", "unavailable", "lost_answer"])
def test_a_content_host_in_passing_trouble_costs_nothing(calm: Town, trouble: str) -> None:
    name = f"ช่างภาพ รอได้ {trouble}"
    user, taken = _asked(calm, name), photo(position=False)
    calm.line.add_fault(trouble, path=CONTENT, calls=1)
    _sends(calm, user, ("late.jpg", taken))
    (piece,) = _submitted(calm, user, name)
    assert piece["bytes"] == taken


def test_what_is_taken_back_is_no_evidence(calm: Town) -> None:
    user = _asked(calm, "ช่างภาพ เปลี่ยนใจ")
    (sent,) = calm.line.send_files(user, [("oops.jpg", photo(position=False))])
    calm.settle()
    _sends(calm, user, ("good.jpg", photo(position=False)))
    calm.line.unsend(user, sent["id"])
    calm.settle()
    pieces = _submitted(calm, user, "ช่างภาพ เปลี่ยนใจ")
    assert len(pieces) == 1
    assert pieces[0]["sha256"]
