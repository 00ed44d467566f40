"""A group in the running program: webhooks, workers and LINE's own leave endpoint, from the first hello to goodbye."""

from __future__ import annotations

import sqlite3
import time

from bot.simulator.group_client import GroupClient
from tests.e2e.town import Town

PATIENCE = 30.0


def _hears(hands: GroupClient, group: str, words: str) -> None:
    end = time.monotonic() + PATIENCE
    while not any(words in line.text for line in hands.chat(group) if line.by == "bot"):
        assert time.monotonic() < end, f"«{words}» was not said: {[line.text for line in hands.chat(group)]}"
        time.sleep(0.1)


def test_a_group_is_linked_asked_and_left_and_keeps_its_secrets(calm: Town) -> None:
    assert calm.world.sample is not None
    admin = calm.world.sample.admin
    calm.line.create_person("คนนอกระบบ", follow=False)
    hands = GroupClient(calm.line)
    group = hands.create("กองช่าง", [admin, "คนนอกระบบ"])
    _hears(hands, group, "ก้าวหน้า")
    hands.say(group, admin, "เชื่อมกลุ่มครับ")
    _hears(hands, group, "เชื่อมกับ")
    hands.say(group, "คนนอกระบบ", "ความลับสุดยอดของกองช่าง")
    hands.say(group, "คนนอกระบบ", "สถานะ", named=False)
    _hears(hands, group, "รายงานแล้ว")
    hands.say(group, admin, "ออกจากกลุ่ม")
    end = time.monotonic() + PATIENCE
    while hands.state(group)["bot"] is not None:
        assert time.monotonic() < end, "the bot is still there"
        time.sleep(0.1)
    assert [line.text for line in hands.chat(group) if line.by == "bot"][-1].startswith("ขออนุญาตออกจากกลุ่ม")
    _nothing_was_kept(calm)


def _nothing_was_kept(calm: Town) -> None:
    """No row of the database holds what was said among people."""
    (path,) = calm.world.data_dir.glob("*.db")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        kept = database.execute("SELECT payload FROM events WHERE payload LIKE '%ความลับ%'").fetchall()
        answered = database.execute("SELECT count(*) FROM events WHERE payload LIKE '%\"asks\"%'").fetchone()
    assert kept == []
    assert answered == (0,)
