"""Golden conversations: plain text in, what the engine really says out.

# A comment; the first one says what the conversation shows.
world: one_measure           the world it begins in (tests/conversation/world.py)
clock: 2024-08-01T09:00      a later moment
> text · > [label]           says, or taps a button of the last answer; \\n is a line break
> +image +file name +video +audio +sticker +location +link-image +album 3 +unsend 2 +follow +return +unfollow
> +part 2/3 · > +part ?/?    a photo of an album that comes late or out of order, or without its place
> +part 1/2 s9              … of another album
> stale: [label]             taps a button that was shown earlier
> data: 1|2|x                sends postback data as it stands
< message [button] …         what is said
~ effect                     what is decided
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from bot.conversation.choices import pack
from bot.conversation.engine import advance
from bot.conversation.events import (
    ButtonTapped,
    Event,
    Followed,
    LocationReceived,
    MediaKind,
    MediaReceived,
    MessageUnsent,
    StickerReceived,
    TextReceived,
    Unfollowed,
)
from bot.conversation.types import Choice, Message, State, Step
from bot.domain.calendar import BANGKOK
from tests.conversation.world import World, make


@dataclass(slots=True)
class Player:
    """Plays one conversation against one world; the state passes through JSON between turns."""

    world: World
    stored: str = ""
    turns: int = 0
    buttons: list[Choice] = field(default_factory=list)
    ever: dict[str, Choice] = field(default_factory=dict)
    said: list[tuple[Message, ...]] = field(default_factory=list)

    @property
    def state(self) -> State:
        return State.from_json(json.loads(self.stored) if self.stored else None)

    def play(self, event: Event) -> Step:
        """One turn, carried out."""
        state = self.state
        step = advance(state, event, self.world.facts(state, event))
        self.world.apply(step.effects)
        self.stored = json.dumps(step.state.to_json(), ensure_ascii=False)
        if step.messages:
            self.buttons = list(step.messages[-1].choices)
            self.ever |= {choice.label: choice for choice in self.buttons}
            self.said.append(step.messages)
        return step

    def events(self, said: str) -> list[Event]:
        """The events of one line of a transcript; an album is several."""
        if said.startswith("+part"):  # +part 2/3 of an album, or +part ?/? from an old phone
            _, place, set_id = f"{said} s2".split()[:3]
            index, total = (int(n) if n.isdigit() else None for n in place.split("/"))
            return [self._photo(set_id=set_id, set_index=index, set_total=total)]
        if said.startswith("+album"):
            total = int(said.split()[1])
            return [self._photo(set_id="s1", set_index=i + 1, set_total=total) for i in range(total)]
        return [self._event(said)]

    def _fresh(self) -> dict[str, Any]:
        self.turns += 1
        at = self.world.now + timedelta(seconds=self.turns)
        return {"id": f"event-{self.turns}", "at": at, "secret": f"secret-{self.turns}"}

    def _photo(self, **more: Any) -> MediaReceived:
        fresh = self._fresh()
        return MediaReceived(**fresh, kind=MediaKind.IMAGE, message_id=f"msg-{self.turns}", **more)

    def _event(self, said: str) -> Event:
        if said.startswith("stale: "):
            return self._tap(self.ever[said.removeprefix("stale: ").strip("[]")])
        if said.startswith("data: "):
            return ButtonTapped(**self._fresh(), data=said.removeprefix("data: "))
        if said.startswith("[") and said.endswith("]"):
            label = said.strip("[]")
            found = [choice for choice in self.buttons if choice.label == label]
            assert found, f"no button [{label}] among {[c.label for c in self.buttons]}"
            return self._tap(found[0])
        if said.startswith("+"):
            return self._other(said[1:])
        fresh = self._fresh()
        return TextReceived(**fresh, text=said.replace("\\n", "\n"), message_id=f"msg-{self.turns}")

    def _tap(self, choice: Choice) -> Event:
        fresh = self._fresh()
        if choice.picker is not None:
            return ButtonTapped(**fresh, data=pack(choice), params={"date": "2024-12-01"})
        if choice.serial is None:
            return TextReceived(**fresh, text=choice.word, message_id=f"msg-{self.turns}")
        return ButtonTapped(**fresh, data=pack(choice))

    def _other(self, said: str) -> Event:
        kind, _, name = said.partition(" ")
        fresh = self._fresh()
        message_id = f"msg-{self.turns}"
        match kind:
            case "sticker":
                return StickerReceived(**fresh, message_id=message_id)
            case "location":
                place = {"title": "ศาลาประชาคม", "latitude": 13.75, "longitude": 100.5}
                return LocationReceived(**fresh, message_id=message_id, **place)
            case "unsend":
                return MessageUnsent(**fresh, message_id=f"msg-{name}")
            case "follow" | "return":
                return Followed(**fresh, returning=kind == "return")
            case "unfollow":
                return Unfollowed(**fresh)
            case "link-image":
                url = "https://elsewhere.example/a.jpg"
                return MediaReceived(**fresh, kind=MediaKind.IMAGE, message_id=message_id, url=url)
            case _:
                name, _, size = name.partition("=")  # +file long.mp4=99999999 says its size
                more = {"name": name or None, "size": int(size) if size else None}
                return MediaReceived(**fresh, kind=MediaKind(kind), message_id=message_id, **more)


def replay(text: str) -> tuple[str, Player]:
    """Play the inputs of a transcript; its text with what is really said, and the player."""
    player = Player(make("one_measure"))
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith(("<", "~")):
            continue
        lines.append(line)
        if line.startswith("world: "):
            player = Player(make(line.removeprefix("world: ").strip()))
        elif line.startswith("clock: "):
            player.world.now = datetime.fromisoformat(line.removeprefix("clock: ").strip()).replace(tzinfo=BANGKOK)
        elif line.startswith("> "):
            for event in player.events(line.removeprefix("> ")):
                lines += described(player.play(event))
    return "\n".join(lines), player


def described(step: Step) -> list[str]:
    """A turn as a transcript shows it."""
    lines = [f"~ {_effect(effect)}" for effect in step.effects]
    for message in step.messages:
        buttons = "".join(f" [{choice.label}]" for choice in message.choices)
        lines.append(f"< {message.name}{buttons}")
    return lines


def _effect(effect: object) -> str:
    assert dataclasses.is_dataclass(effect)
    shown = []
    for each in dataclasses.fields(effect):
        value = getattr(effect, each.name)
        if each.name in {"update_id", "message_id"} or value is None:
            continue
        shown.append(_value(value))
    return " ".join([type(effect).__name__, *shown])


def _value(value: object) -> str:
    if dataclasses.is_dataclass(value):
        given = ((f.name, getattr(value, f.name), f.default) for f in dataclasses.fields(value))
        return " ".join(f"{name}={_value(v)}" for name, v, default in given if v != default)
    if isinstance(value, tuple) and value and hasattr(value[0], "id"):
        return ",".join(each.id for each in value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\n", "\\n")
    return text if len(text) <= 100 else f"{text[:100]}… ({len(text)})"
