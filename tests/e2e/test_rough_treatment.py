"""Killed processes, a flushed or killed Redis, LINE in trouble: nothing lost, nothing doubled, nobody held up."""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image

from tests.e2e.town import PUSH, REPLY, Town, until

DUE_AGAIN = 15.0
"""Seconds in which everything due goes on after a SIGKILL or a flush (the contract)."""


def _photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(file, "JPEG")
    return file.getvalue()


PHOTO = _photo()


def _no_double_answers(town: Town, user: str) -> None:
    """Every reply token and every push's key was taken once, and nothing came twice in a row."""
    calls = [row for row in town.line.log(direction="api") if row["path"] in (REPLY, PUSH) and row["status"] == 200]
    said = Counter(row["retry_key"] or row["request"]["replyToken"] for row in calls)
    assert said, "the log tells something"
    assert [key for key, count in said.items() if count > 1] == []
    heard = [line.text for line in town.told(user)]
    assert not [text for text, after in pairwise(heard) if text == after and "ยังไม่เข้าใจ" not in text]


@pytest.mark.parametrize("victim", ["the worker", "its children", "the clock"])
def test_a_chat_goes_on_where_it_was_after_a_kill(rough: Town, victim: str) -> None:
    name = f"ผู้รอดชีวิต จาก {victim}"
    user = rough.asked_for_summary(name)
    rough.line.send_text(user, "ก่อนหน้า")
    match victim:
        case "the worker":
            rough.kill("worker")
        case "its children":
            assert rough.kill_children_of("worker")
        case _:
            rough.kill("clock")
    rough.line.send_text(user, "หลังจากนั้น")
    began = time.monotonic()
    rough.settle()
    assert time.monotonic() - began < DUE_AGAIN + 5
    rough.finishes(user)
    assert rough.part_of(name)["summary"] == "ก่อนหน้า\nหลังจากนั้น"
    _no_double_answers(rough, user)


def test_a_fetch_whose_worker_was_killed_is_done_by_another_in_time(rough: Town) -> None:
    user = rough.asked_for_summary("ผู้ส่งรูป ตอนถูกตัด")
    rough.says(user, "ทำแล้ว", "เสร็จแล้ว", "ได้ผลดี", "เสร็จแล้ว")
    rough.line.add_fault("slow", path="/v2/bot/message/*/content", seconds=20.0, calls=1)
    rough.line.send_files(user, [("a.jpg", PHOTO)])
    until(lambda: not _fault_waits(rough), 10, lambda: "nobody fetches")
    rough.kill("worker")
    began = time.monotonic()
    rough.settle()
    assert time.monotonic() - began < DUE_AGAIN + 5
    rough.says(user, "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    assert hashlib.sha256(PHOTO).hexdigest() in json.dumps(rough.export("suksomdee", rough.year))


def test_a_report_whose_worker_was_killed_is_made_by_another_in_time(rough: Town) -> None:
    admin = rough.joins("ผู้ดูแล ตอนถูกตัด", role="admin")
    rough.line.send_text(admin, "ออกรายงาน")
    until(lambda: _compiles_open(rough) > 0 or bool(_ready(rough, admin)), 20, lambda: "nobody compiles")
    rough.kill("worker")
    began = time.monotonic()
    rough.settle()
    assert time.monotonic() - began < DUE_AGAIN + 5
    assert len(_ready(rough, admin)) == 1


def _compiles_open(town: Town) -> int:
    with town.world.runtime.store.read() as uow:
        return uow.backlog(town.world.runtime.clock.now()).compiles_open


def _ready(town: Town, user: str) -> list[str]:
    return [line.text for line in town.told(user) if "PDF" in line.text]


def test_a_flush_of_redis_in_the_middle_loses_nothing(rough: Town) -> None:
    user = rough.asked_for_summary("ผู้รอดชีวิต จากการล้างคิว")
    for number in range(5):
        rough.line.send_text(user, f"ข้อ {number}")
        with rough.redis() as client:
            client.flushall()
    rough.settle(DUE_AGAIN + 5)
    rough.finishes(user)
    assert rough.part_of("ผู้รอดชีวิต จากการล้างคิว")["summary"] == "\n".join(f"ข้อ {n}" for n in range(5))
    _no_double_answers(rough, user)


def test_a_killed_redis_comes_back_and_the_chat_goes_on(rough: Town) -> None:
    user = rough.asked_for_summary("ผู้รอดชีวิต จากเซิร์ฟเวอร์ดับ")
    first = rough.redis_pid()
    os.kill(first, signal.SIGKILL)
    rough.line.send_text(user, "พิมพ์ตอนดับ")
    rough.settle(DUE_AGAIN + 10)
    assert rough.redis_pid() != first
    rough.finishes(user)
    assert rough.part_of("ผู้รอดชีวิต จากเซิร์ฟเวอร์ดับ")["summary"] == "พิมพ์ตอนดับ"


def test_what_line_could_not_deliver_while_web_was_down_comes_once_in_order(rough: Town) -> None:
    user = rough.asked_for_summary("ผู้รอดชีวิต จากเว็บล่ม")
    rough.line.settings(redelivery=True)
    rough.line.send_text(user, "หนึ่ง")
    rough.kill("web")
    rough.line.send_text(user, "สอง")
    rough.line.send_text(user, "สาม")
    rough.settle()
    until(lambda: rough.line.redeliver() == 0, 30, lambda: "still being redelivered")
    rough.settle()
    rough.finishes(user)
    assert rough.part_of("ผู้รอดชีวิต จากเว็บล่ม")["summary"] == "หนึ่ง\nสอง\nสาม"


def test_duplicated_and_redelivered_webhooks_are_answered_once(rough: Town) -> None:
    rough.line.settings(redelivery=True, duplicates=True)
    user = rough.asked_for_summary("ผู้ถูกส่งซ้ำ ทุกข้อความ")
    rough.says(user, "เพียงครั้งเดียว")
    rough.finishes(user)
    assert rough.part_of("ผู้ถูกส่งซ้ำ ทุกข้อความ")["summary"] == "เพียงครั้งเดียว"


def test_twenty_taps_at_once_are_one_tap(rough: Town) -> None:
    name = "ผู้แตะรัว ยี่สิบครั้ง"
    user = rough.asked_for_summary(name)
    preview = rough.says(user, "ทำแล้ว", "เสร็จแล้ว", "ได้ผลดี", "เสร็จแล้ว", "ข้าม", "ข้าม")
    assert "ตรวจทาน" in preview[-1]
    confirm = next(data for data in _postbacks(rough.told(user)[-1].message) if data.endswith("ยืนยัน"))
    before = len(rough.told(user))
    with ThreadPoolExecutor(20) as hands:
        list(hands.map(lambda _: rough.line.postback(user, confirm), range(20)))
    rough.settle()
    sent = [line for line in rough.told(user)[before:] if line.text.startswith("✓") or "\n✓" in line.text]
    assert len(sent) == 1
    assert rough.part_of(name)["summary"] == "ทำแล้ว"
    with rough.world.runtime.store.read() as uow:
        sample = rough.world.sample
        assert sample is not None
        person = uow.people.named(sample.agency_id, name)
        assert person is not None
        assert uow.updates.drafts_of(person.id) == []
        measures = [m.id for m in uow.plans.assigned_to(person.id)]
        assert len([u for u in uow.updates.in_force(measures) if u.person_id == person.id]) == 1


def _postbacks(value: Any) -> list[str]:
    """The data of every button in a message."""
    if isinstance(value, list):
        return [data for each in value for data in _postbacks(each)]
    if not isinstance(value, dict):
        return []
    own = [str(value["data"])] if value.get("type") == "postback" else []
    return own + [data for each in value.values() for data in _postbacks(each)]


# LINE in trouble


@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "slow", "seconds": 10.0},
        {"kind": "down"},
        {"kind": "unavailable"},
        {"kind": "rate_limit"},
        {"kind": "error", "status": 500},
    ],
    ids=lambda t: t["kind"],
)
def test_trouble_with_one_chat_holds_up_nobody_and_says_nothing_twice(rough: Town, trouble: dict[str, object]) -> None:
    name = f"ผู้มีปัญหา {trouble['kind']}"
    troubled = rough.asked_for_summary(name)
    other = rough.asked_for_summary(f"เพื่อนบ้านของ {trouble['kind']}")
    before = len(rough.told(troubled))
    rough.line.add_fault(path=REPLY, calls=1, **trouble)
    rough.line.send_text(troubled, "ช่วงที่มีปัญหา")
    until(lambda: not _fault_waits(rough), 10, lambda: "nobody tried to answer")
    seq, began = rough.line.last_seq(other), time.monotonic()
    rough.line.send_text(other, "ของเพื่อนบ้าน")
    rough.line.wait_for_bot(other, after=seq, seconds=5)
    assert time.monotonic() - began < 5
    rough.settle()
    assert len(rough.told(troubled)) - before <= 1, "at most one answer to one message"
    rough.finishes(troubled)
    assert rough.part_of(name)["summary"] == "ช่วงที่มีปัญหา"
    _no_double_answers(rough, troubled)


def _fault_waits(town: Town) -> bool:
    with urllib.request.urlopen(f"{town.world.simulator_url}/simulator/api/faults", timeout=5) as answer:
        return bool(json.load(answer)["faults"])


def test_a_lost_answer_to_a_reply_is_not_followed_by_a_second_one(rough: Town) -> None:
    user = rough.asked_for_summary("ผู้ได้ยินครั้งเดียว")
    before = len(rough.told(user))
    rough.line.add_fault("lost_answer", path=REPLY, calls=1)
    rough.line.send_text(user, "ข้อความเดียว")
    rough.settle()
    assert len(rough.told(user)) == before + 1


def test_a_lost_answer_to_a_push_is_repeated_with_its_key_and_seen_once(rough: Town) -> None:
    rough.joins("หัวหน้า ผู้รอฟัง", role="admin")
    admin = next(p["user_id"] for p in rough.line.people() if p["name"] == "หัวหน้า ผู้รอฟัง")
    before = len(rough.told(admin))
    rough.line.add_fault("lost_answer", path=PUSH, calls=1)
    rough.line.send_text(admin, "ออกรายงาน")
    until(lambda: any("PDF" in m.text for m in rough.told(admin)[before:]), 30, lambda: "no report came")
    rough.settle()
    assert sum("PDF" in m.text for m in rough.told(admin)[before:]) == 1
    _no_double_answers(rough, admin)


def test_while_line_is_down_the_chat_is_kept_and_goes_on(rough: Town) -> None:
    user = rough.asked_for_summary("ผู้รอ LINE")
    rough.line.add_fault("down", path="/v2/bot/*")
    for text in ("บรรทัดแรก", "บรรทัดสอง"):
        rough.line.send_text(user, text)
    until(
        lambda: rough.line.webhooks(wait=1)["idle"] and _unread(rough) == 0,
        20,
        lambda: "events stay unread without LINE",
    )
    rough.line.clear_faults()
    rough.settle()
    rough.finishes(user)
    assert rough.part_of("ผู้รอ LINE")["summary"] == "บรรทัดแรก\nบรรทัดสอง"


def _unread(town: Town) -> int:
    with town.world.runtime.store.read() as uow:
        return uow.backlog(town.world.runtime.clock.now()).events_unread
