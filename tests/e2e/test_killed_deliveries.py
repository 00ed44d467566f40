"""Workers killed at random while they deliver: everybody hears everything once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter

import pytest

from bench.office import Place, office
from bot.ports.records import OutgoingState

PEOPLE, WITH_THE_SAME = 300, 100
DEATHS = 5
PATIENCE = 60.0
SLOW = 0.15
"""Seconds that LINE takes for a call here, so that every death finds calls under way."""


def _text(number: int) -> str:
    return "แจ้งทุกคน" if number % (PEOPLE // WITH_THE_SAME) == 0 else f"ถึงคนที่ {number}"


def _sent(place: Place) -> int:
    return place.count(OutgoingState.SENT, PEOPLE)


def _kill_after_some_more(place: Place) -> None:
    """Start a worker, and kill its whole tree once it has delivered a few."""
    enough = _sent(place) + random.randint(5, 30)
    with place.worker() as process:
        until = time.monotonic() + PATIENCE
        while place.left() and _sent(place) < enough:
            assert time.monotonic() < until, "nothing is delivered any more"
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)


def _heard(place: Place) -> dict[str, Counter[str]]:
    return {user: Counter(line.text for line in place.line.chat(user) if line.by == "bot") for user in place.texts}


def test_workers_killed_at_random_lose_nothing_and_double_nothing() -> None:
    with office(PEOPLE, text=_text) as place:
        place.line.add_fault("slow", path="/v2/bot/message/*", seconds=SLOW)
        place.fill(0, PEOPLE)
        for _ in range(DEATHS):
            _kill_after_some_more(place)
        repeated = _taken_before(place)
        while place.left():
            _kill_after_some_more(place)
            repeated |= _taken_before(place)
        assert _heard(place) == {user: Counter([text]) for user, text in place.texts.items()}
        place.check()
        assert repeated, "a call that had been carried out was repeated with its key"


def _taken_before(place: Place) -> set[str]:
    """The keys of calls that LINE had taken before, as far back as its log goes."""
    return {row["retry_key"] for row in place.line.log(direction="api") if row["status"] == 409}


@pytest.mark.parametrize("limit", [40.0])
def test_refusals_for_being_too_fast_lose_nothing_and_are_learnt_from(limit: float) -> None:
    with office(PEOPLE, line_takes=limit) as place:
        place.deliver()
        statuses = Counter(row["status"] for row in place.line.log(direction="api"))
        assert statuses[429] > 0
        assert _heard(place) == {user: Counter([text]) for user, text in place.texts.items()}
