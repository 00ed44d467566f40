"""Chat messages from templates: LINE message objects with their quick replies.

`templates/chat/<message>/<language>.txt` is a text; `<language>.json` is a Flex container, with its alternative
text in `<language>.alt.txt`. A message with both says the Flex first. What people wrote is only ever a value.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateNotFound

from bot.adapters.jinja.vocabulary import Vocabulary
from bot.conversation.choices import MOST_CHOICES, pack
from bot.conversation.types import Choice, Message
from bot.domain.calendar import english_date, english_date_time, thai_date, thai_date_time
from bot.domain.text import khun, thai_digits, unnumbered

MOST_MESSAGES = 5
LONGEST_TEXT = 5_000
LONGEST_ALT = 400
FALLBACK_LANGUAGE = "th"


LineMessage = dict[str, Any]


class NoWords(LookupError):
    """A message that no template has words for; a mistake of ours, found by tests."""


class ChatRenderer:
    """Turns messages into LINE's JSON with the words in `template_dir` (the folder templates/chat)."""

    def __init__(self, template_dir: Path | str) -> None:
        loader, self._english = FileSystemLoader(template_dir), Vocabulary.read(Path(template_dir), "en")
        self._environments = {FALLBACK_LANGUAGE: _environment(loader, _THAI), "en": _environment(loader, _ENGLISH)}
        self._environments["en"].filters["en"] = self._english
        self._templates: dict[tuple[str, str, str], Template | None] = {}

    def render(self, message: Message, language: str = FALLBACK_LANGUAGE) -> list[LineMessage]:
        """The LINE messages of one message, quick replies on the last."""
        values = dict(message.values)
        flex = self._template(message.name, language, ".json")
        text = self._template(message.name, language, ".txt")
        if flex is None and text is None:
            raise NoWords(f"{message.name} ({language})")
        rendered: list[LineMessage] = []
        if flex is not None:
            rendered.append(self._flex(message.name, language, flex, values))
        if text is not None:
            said = _tidy(text.render(values))
            rendered += [{"type": "text", "text": piece} for piece in split_text(said)]
        if rendered and message.choices:
            named = self._named(message.choices[:MOST_CHOICES], language)
            items = [quick_reply(choice) for choice in named]
            rendered[-1]["quickReply"] = {"items": items}
        return rendered

    def _named(self, choices: Sequence[Choice], language: str) -> Sequence[Choice]:
        """The choices with labels in the language; what tapping them says stays the chat word."""
        if language != "en":
            return choices
        return [replace(choice, label=self._english(choice.label)) for choice in choices]

    def render_all(self, messages: Sequence[Message], language: str = FALLBACK_LANGUAGE) -> list[LineMessage]:
        """All messages of one answer: at most five objects, quick replies only on the last."""
        rendered = [line for message in messages for line in self.render(message, language)]
        for line in rendered[:-1]:
            line.pop("quickReply", None)
        if len(rendered) > MOST_MESSAGES:
            rendered = _merged(rendered)
        if len(rendered) > MOST_MESSAGES:
            rendered = self._shortened(rendered, language)
        return rendered

    def _flex(self, name: str, language: str, template: Template, values: dict[str, object]) -> LineMessage:
        alt = self._template(name, language, ".alt.txt")
        if alt is None:
            raise NoWords(f"{name}: a Flex message needs its alternative text ({language})")
        contents = json.loads(template.render(values))
        return {"type": "flex", "altText": cut(_tidy(alt.render(values)), LONGEST_ALT), "contents": contents}

    def _template(self, name: str, language: str, ending: str) -> Template | None:
        key = (name, language, ending)
        if key not in self._templates:
            self._templates[key] = self._find(name, language, ending)
        return self._templates[key]

    def _find(self, name: str, language: str, ending: str) -> Template | None:
        for each in dict.fromkeys((language, FALLBACK_LANGUAGE)):
            try:
                environment = self._environments.get(each) or self._environments[FALLBACK_LANGUAGE]
                return environment.get_template(f"{name}/{each}{ending}")
            except TemplateNotFound as missing:
                if missing.name != f"{name}/{each}{ending}":
                    raise
        return None

    def _shortened(self, rendered: list[LineMessage], language: str) -> list[LineMessage]:
        """Leave out the middle of what cannot be shown in five messages, and say so."""
        note = self._template("_cut", language, ".txt")
        words = _tidy(note.render()) if note else "…"
        kept = [*rendered[: MOST_MESSAGES - 1], rendered[-1]]
        last_kept = kept[MOST_MESSAGES - 2]
        if last_kept["type"] == "text":
            last_kept["text"] = split_text(last_kept["text"], LONGEST_TEXT - _units(words) - 2)[0] + f"\n\n{words}"
        return kept


def quick_reply(choice: Choice) -> dict[str, object]:
    """A choice as a quick reply button."""
    return {"type": "action", "action": action(choice)}


def action(choice: Choice) -> dict[str, object]:
    """What tapping a choice does, in LINE's words.

    A word that means the same at any time is simply said; one that belongs to a question comes back dated.
    """
    if choice.url is not None:
        return {"type": "uri", "label": choice.label, "uri": choice.url}
    if choice.picker is not None:
        picker = choice.picker
        days = {"initial": picker.initial, "min": picker.min, "max": picker.max}
        return {"type": "datetimepicker", "label": choice.label, "data": pack(choice), "mode": "date", **days}
    if choice.serial is None:
        return {"type": "message", "label": choice.label, "text": choice.word}
    return {"type": "postback", "label": choice.label, "data": pack(choice), "displayText": choice.word}


def cut(text: str, length: int) -> str:
    """The text, shortened with … when it is longer; never between a letter and its marks."""
    if len(text) <= length:
        return text
    end = length - 1
    while end > 0 and unicodedata.category(text[end]) in {"Mn", "Mc", "Me", "Cf"}:
        end -= 1
    return f"{text[:end].rstrip()}…"


def split_text(text: str, limit: int = LONGEST_TEXT) -> list[str]:
    """A long text in pieces that LINE takes, cut at a line or blank where there is one."""
    pieces: list[str] = []
    rest = text
    while _units(rest) > limit:
        end = _fitting(rest, limit)
        at = max(rest.rfind("\n", end // 2, end), rest.rfind(" ", end // 2, end))
        end = at if at > 0 else end
        while end > 1 and unicodedata.category(rest[end]) in {"Mn", "Mc", "Me", "Cf"}:
            end -= 1
        pieces.append(rest[:end].strip())
        rest = rest[end:].strip()
    if rest:
        pieces.append(rest)
    return [piece for piece in pieces if piece]


def _fitting(text: str, limit: int) -> int:
    """How many characters fit into so many UTF-16 units."""
    units = 0
    for index, letter in enumerate(text):
        units += 2 if ord(letter) > 0xFFFF else 1
        if units > limit:
            return index
    return len(text)


def _units(text: str) -> int:
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def _merged(rendered: Sequence[LineMessage]) -> list[LineMessage]:
    """Neighbouring texts made one, where both fit."""
    merged: list[LineMessage] = []
    for line in rendered:
        before = merged[-1] if merged else None
        both = f"{before['text']}\n\n{line['text']}" if before and before["type"] == line["type"] == "text" else ""
        if before and both and _units(both) <= LONGEST_TEXT:
            merged[-1] = {**before, **line, "text": both}
        else:
            merged.append(line)
    return merged


def _tidy(text: str) -> str:
    """Trimmed ends and no more than one empty line in a row of the template's own making."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return "\n".join(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manner:
    """How a language writes numbers, days and times of day."""

    number: Callable[[int | str], str]
    day: Callable[[date], str]
    short_day: Callable[[date], str]
    moment: Callable[[datetime], str]
    clock: Callable[[time], str]

    def shown(self, value: object) -> object:
        """Numbers and days as the language writes them."""
        if isinstance(value, bool) or value is None:
            return "" if value is None else value
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return self.day(value)
        return value


def _number(value: int | str) -> str:
    """A number in Thai digits; from a thousand on with separators."""
    return thai_digits(_plain_number(value))


def _plain_number(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) and not 2400 <= value <= 2700 else str(value)


_THAI = _Manner(
    number=_number,
    day=thai_date,
    short_day=lambda day: thai_date(day, short=True),
    moment=thai_date_time,
    clock=lambda clock: thai_digits(f"{clock.hour}.{clock:%M}"),
)
_ENGLISH = _Manner(
    number=_plain_number,
    day=english_date,
    short_day=lambda day: english_date(day, short=True),
    moment=english_date_time,
    clock=lambda clock: f"{clock:%H:%M}",
)


def _environment(loader: FileSystemLoader, manner: _Manner) -> Environment:
    # Nothing here becomes HTML: text goes to LINE as it is, and JSON templates pass every value through tojson.
    environment = Environment(  # noqa: S701
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=manner.shown,
        auto_reload=False,
    )
    environment.filters |= {
        "n": manner.number,
        "date": manner.day,
        "short_date": manner.short_day,
        "moment": manner.moment,
        "clock": manner.clock,
        "cut": cut,
        "unnumbered": unnumbered,
        "khun": khun,
    }
    return environment
