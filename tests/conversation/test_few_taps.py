"""How much it takes to report: taps when nothing is new, prompts the first time."""

from __future__ import annotations

import pytest

from tests.conversation.transcript import Player
from tests.conversation.world import make

pytestmark = pytest.mark.pure


def _played(world: str, *said: str) -> Player:
    player = Player(make(world))
    for line in said:
        for event in player.events(line):
            player.play(event)
    return player


def test_nothing_new_since_the_last_round_takes_at_most_six_taps() -> None:
    said = ("รายงานผล", "[ใช้ข้อความรอบก่อน]", "[ยืนยัน]")
    player = _played("last_round", *said)
    assert player.said[-1][0].name == "submitted"
    assert len(said) <= 6


def test_a_first_update_with_text_and_photos_takes_at_most_eight_prompts() -> None:
    said = (
        *("รายงานผล", "[มาตรการที่ ๑]", "[แล้วเสร็จ]"),
        *("อบรมประชาชน ๓๕ คน เมื่อ ๑๕ ก.พ. ๒๕๖๗", "[เสร็จแล้ว]", "ประชาชนได้รับบริการตามเวลา", "[เสร็จแล้ว]"),
        *("+album 3", "ภาพการอบรม", "[เสร็จแล้ว]", "[ข้าม]", "[ยืนยัน]"),
    )
    player = _played("two_measures", *said)
    assert player.said[-1][0].name == "submitted"
    asked = [ms[-1].name for ms in player.said if ms[-1].name.startswith("ask_") or ms[-1].name == "preview"]
    assert len(asked) <= 8, asked
    assert "advice" not in {message.name for messages in player.said for message in messages}
