"""How many turns a second the conversation decides in one process.

Every turn of the golden conversations (tests/transcripts) is recorded with its state, event and facts; then `advance`
alone decides them over and over. Loading facts, carrying out effects and drawing messages are not in it.
Aim: at least 10,000 turns a second. There is nothing to compare it with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bench.figure import Aim, Figure, Options, seconds
from bot.conversation.engine import advance
from bot.conversation.events import Event
from bot.conversation.facts import Facts
from bot.conversation.types import State, Step
from bot.domain.calendar import BANGKOK
from tests.conversation.transcript import Player
from tests.conversation.world import make

AIM = Aim(limit=10_000, at_least=True)
TRANSCRIPTS = Path(__file__).resolve().parent.parent / "tests" / "transcripts"
TURNS_A_RUN = 20_000

Turn = tuple[State, Event, Facts]


@dataclass(slots=True)
class _Recorder(Player):
    recorded: list[Turn] = field(default_factory=list)

    def play(self, event: Event) -> Step:
        state = self.state
        self.recorded.append((state, event, self.world.facts(state, event)))
        return Player.play(self, event)


def measure(options: Options) -> Iterable[Figure]:
    """Decide all recorded turns, many times over."""
    turns = [turn for path in sorted(TRANSCRIPTS.rglob("*.txt")) for turn in _recorded(path.read_text("utf-8"))]
    again = 1 if options.quick else TURNS_A_RUN // len(turns)

    def decide() -> None:
        for _ in range(again):
            for state, event, facts in turns:
                advance(state, event, facts)

    decide()
    rates = tuple(again * len(turns) / seconds(decide) for _ in range(options.runs(7)))
    yield Figure(name="engine: turns decided", unit="/s", values=rates, aim=AIM)


def _recorded(transcript: str) -> list[Turn]:
    recorder = _Recorder(make("one_measure"))
    for line in transcript.splitlines():
        what, _, rest = line.partition(" ")
        if what == "world:":
            recorder = _Recorder(make(rest.strip()))
        elif what == "clock:":
            recorder.world.now = datetime.fromisoformat(rest.strip()).replace(tzinfo=BANGKOK)
        elif what == ">":
            for event in recorder.events(rest):
                recorder.play(event)
    return recorder.recorded
