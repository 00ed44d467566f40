"""What becomes of a job that fails."""

from __future__ import annotations

import pytest
from rq.timeouts import JobTimeoutException

from bot.domain.errors import BadInput, CompileFailed, GoneForGood, OutsideWorld, StaleWrite
from bot.jobs import CHAT_TURN, DELIVER
from workers import deliveries
from workers.logs import FactFormatter
from workers.retries import LONGEST_PAUSE, Pauses, Verdict, attempt, verdict_on
from workers.runtime import runtime


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (StaleWrite(), Verdict.NOW),
        (OutsideWorld(), Verdict.LATER),
        (GoneForGood(), Verdict.GIVE_UP),
        (CompileFailed(), Verdict.GIVE_UP),
        (BadInput(), Verdict.GIVE_UP),
        (JobTimeoutException(), Verdict.BUG),
        (KeyError(), Verdict.BUG),
    ],
)
def test_every_error_has_a_verdict(error: Exception, verdict: Verdict) -> None:
    assert verdict_on(error) is verdict


def test_a_faster_writer_means_trying_again_at_once() -> None:
    tries: list[str] = []

    def turn(chat_id: str) -> None:
        tries.append(chat_id)
        if len(tries) < 3:
            raise StaleWrite

    assert attempt(CHAT_TURN, turn, "a", Pauses())
    assert tries == ["a", "a", "a"]


def test_always_being_slower_ends_all_the_same() -> None:
    def turn(chat_id: str) -> None:
        raise StaleWrite

    assert not attempt(CHAT_TURN, turn, "a", Pauses())


def test_a_bug_rests_longer_each_time_and_is_forgotten_when_it_goes_well(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    pauses = Pauses(lambda: now[0])
    runs: list[float] = []

    def broken(chat_id: str) -> None:
        runs.append(now[0])
        raise KeyError(chat_id)

    for second in range(100):
        now[0] = float(second)
        attempt(CHAT_TURN, broken, "a", pauses)
    assert runs == [0.0, 2.0, 6.0, 14.0, 30.0, 62.0]
    assert pauses.broke(CHAT_TURN, "a") == LONGEST_PAUSE
    assert all(record.exc_info for record in caplog.records)
    assert attempt(CHAT_TURN, lambda _: None, "b", pauses)
    now[0] = 1000.0
    assert attempt(CHAT_TURN, lambda _: None, "a", pauses)
    assert pauses.broke(CHAT_TURN, "a") == 2.0


def test_the_outside_world_is_logged_without_what_it_said(caplog: pytest.LogCaptureFixture) -> None:
    def turn(chat_id: str) -> None:
        raise OutsideWorld("words of a person")

    pauses = Pauses()
    assert not attempt(CHAT_TURN, turn, "a", pauses)
    assert not pauses.rests(CHAT_TURN, "a")
    assert [FactFormatter().format(record).split(" ", 2)[2] for record in caplog.records] == [
        "job.later job=chat_turn id=a error=OutsideWorld code=outside_world"
    ]


def test_without_a_mail_room_a_delivery_is_made_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[str] = []

    class Delivering:
        def deliver(self, chat_id: str) -> None:
            served.append(chat_id)

    monkeypatch.setattr(deliveries, "_room", None)
    monkeypatch.setattr("workers.runtime._current", Delivering())
    deliveries.deliver("a")
    assert served == ["a"]
    assert DELIVER == "deliver"


def test_a_process_without_a_runtime_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.runtime._current", None)
    with pytest.raises(RuntimeError, match="no runtime"):
        runtime()
