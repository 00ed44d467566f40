"""A practice round decides nothing about anything real, whatever is said in it."""

from __future__ import annotations

import json

import pytest

from bot.conversation import practice
from bot.conversation.effects import SavePractice
from bot.conversation.types import State
from tests.conversation.test_every_state import OTHERS, SAID, practice_places
from tests.conversation.test_every_state import player_at as player_in
from tests.conversation.transcript import Player
from tests.conversation.world import make

pytestmark = pytest.mark.pure

HARMLESS = (*practice.CARRIED_OUT, SavePractice)


@pytest.mark.parametrize("place", list(practice_places()), ids=lambda place: place.name)
def test_no_effect_on_a_draft_or_anything_else_leaves_a_practice_round(place) -> None:
    for said in (*SAID, *OTHERS):
        if said.startswith("ABCD"):
            continue  # a living invite code ends the practice and is redeemed
        player = player_in(place)
        updates = dict(player.world.updates)
        for event in player.events(said):
            if State.from_json(json.loads(player.stored)).practice is None:
                break
            step = player.play(event)
            assert all(isinstance(effect, HARMLESS) for effect in step.effects), said
        assert player.world.updates == updates
        assert player.world.kept == []


def test_what_was_put_aside_is_there_again_with_its_buttons_dated_anew() -> None:
    player = Player(make("one_measure"))
    for said in ("รายงานผล", "แล้วเสร็จ", "จัดอบรม"):
        player.play(player.events(said)[0])
    before = player.state
    for said in ("ซ้อม", "แล้วเสร็จ", "ซ้อมสรุป", "เลิกซ้อม"):
        step = player.play(player.events(said)[0])
    after = player.state
    assert (after.flow, after.question, after.draft, after.choices) == (
        before.flow, before.question, before.draft, before.choices,
    )  # fmt: skip
    assert after.serial > before.serial
    assert after.practice is None
    assert step.messages[-1].values["typed"] == "จัดอบรม"


def test_every_question_of_a_practice_says_that_it_is_one() -> None:
    player = Player(make("one_measure"))
    asked = []
    for said in ("ซ้อม", "แล้วเสร็จ", "ก", "เสร็จแล้ว", "ข", "เสร็จแล้ว", "ข้าม", "ข้าม"):
        asked += [m for m in player.play(player.events(said)[0]).messages if "agency" in m.values]
    assert {message.name for message in asked} >= {"ask_status", "ask_summary", "ask_evidence", "preview"}
    assert all(message.values["agency"] == practice.AGENCY.name for message in asked)


def test_a_practice_offers_no_other_round_and_names_no_real_measure() -> None:
    player = Player(make("both_rounds"))
    asked = player.play(player.events("ซ้อม")[0]).messages[-1]
    assert asked.name == "ask_status"
    assert asked.values["other_round_no"] is None
    assert not [choice for choice in asked.choices if "เดือน" in choice.label]
