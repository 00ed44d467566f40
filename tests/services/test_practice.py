"""Of a practice round nothing reaches an update, evidence, an export, a count or a report."""

from __future__ import annotations

from sqlalchemy import text

from bot.adapters.sql.store import SqlStore
from bot.adapters.sql.tables import evidence, practice_notes, updates
from bot.jobs import CHAT_TURN, FETCH_MEDIA
from tests.services.desk import Desk
from tests.services.test_fetch_media import jpeg

MALEE = "U-malee"
WHOLE = ("ซ้อม", "แล้วเสร็จ", "ซ้อมสรุป", "เสร็จแล้ว", "ซ้อมผล", "เสร็จแล้ว")


def _count(desk: Desk, table: str) -> int:
    store = desk.rt.store
    assert isinstance(store, SqlStore)
    with store._engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_a_whole_practice_leaves_no_update_no_evidence_and_no_bytes(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    before = desk.export()
    desk.talk(MALEE, *WHOLE)
    desk.sends(MALEE, jpeg())
    desk.work(only=[CHAT_TURN])
    assert not any(job == FETCH_MEDIA for job, _ in desk.queue.jobs)
    desk.work()
    assert _count(desk, "practice_notes") == 1
    heard = desk.talk(MALEE, "ภาพซ้อม", "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    assert any("นี่เป็นการซ้อม" in said for said in heard)
    assert (_count(desk, "updates"), _count(desk, "evidence"), _count(desk, "practice_notes")) == (0, 0, 0)
    assert desk.export() == before
    assert desk.media.files == {}
    counted = desk.talk(MALEE, "สถานะ")
    assert not any("ซ้อม" in said for said in counted)


def test_a_real_draft_goes_on_after_a_practice_in_its_middle(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "จัดอบรมจริง", *WHOLE, "เลิกซ้อม", "เสร็จแล้ว", "ผลจริง", "เสร็จแล้ว")
    desk.talk(MALEE, "ข้าม", "ข้าม", "ยืนยัน")
    (sent,) = desk.submitted()
    assert (sent.summary, sent.outcome) == ("จัดอบรมจริง", "ผลจริง")


def test_nothing_in_the_database_leads_from_a_practice_to_an_agency_or_back() -> None:
    assert {key.column.table.name for key in practice_notes.foreign_keys} == {"chats"}
    for table in (updates, evidence):
        assert practice_notes not in {key.column.table for key in table.foreign_keys}
