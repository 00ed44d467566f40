"""English is complete: every message has it, every button too, and no Thai stands in it but names and chat words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, nodes

from bot.adapters.jinja.chat import ChatRenderer
from bot.adapters.jinja.vocabulary import Vocabulary
from bot.conversation.types import Message
from bot.conversation.words import Word
from bot.domain.sign_off import OPINIONS
from bot.simulator.validation import validate_messages
from tests.conversation.transcript import replay

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "chat"
RENDERER = ChatRenderer(TEMPLATES)
ENGLISH = Vocabulary.read(TEMPLATES, "en")
TRANSCRIPTS = ROOT / "tests" / "transcripts"
FILES = sorted(TRANSCRIPTS.rglob("*.txt"))
THAI = re.compile("[ก-๙]+")
DIGITS = re.compile("[๐-๙]+")
SAID_IN_THAI = {*Word, *OPINIONS, "เห็นควรเสนอ", "เปลี่ยนหน่วยงาน", "เตือนได้ทุกเวลา", "ยกเลิกวันลา", "รอบ", "เดือน", "ก้าวหน้า"}
"""What an English text may tell people to type, and opinions, which are printed as they are given."""


def strings_of(value: Any) -> Iterator[str]:
    """Every text among the values of a message."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from strings_of(each)
        case list() | tuple():
            for each in value:
                yield from strings_of(each)
        case _:
            pass


def shown(rendered: Any) -> Iterator[str]:
    """Every text that a person sees of messages as LINE has them; an action's text is what tapping says."""
    match rendered:
        case dict():
            own = {"altText", "label"} if rendered.get("type") == "message" else {"altText", "label", "text"}
            yield from (value for key, value in rendered.items() if key in own and isinstance(value, str))
            for value in rendered.values():
                yield from shown(value)
        case list():
            for each in rendered:
                yield from shown(each)
        case _:
            pass


def left_in_thai(message: Message) -> set[str]:
    """Thai of our own in the English of a message."""
    values = list(strings_of(message.values))
    names = [text for text in values if text not in ENGLISH.words and not DIGITS.fullmatch(text)]
    rendered = json.loads(json.dumps(RENDERER.render(message, "en")))
    runs = {run for text in shown(rendered) for run in THAI.findall(text)}
    words = {run for run in runs if run in SAID_IN_THAI}
    return {run for run in runs - words if not any(run in name for name in names)}


def test_every_message_has_english_words_beside_its_thai_ones() -> None:
    thai = {path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("th.*")}
    english = {path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("en.*")} - {Path("_words/en.json")}
    assert {path.with_name(path.name.replace("th.", "en.", 1)) for path in thai} == english


def looked_at(template: str) -> set[str]:
    """What a template shows or decides by: its values, and the words that it compares them with."""
    tree = Environment(autoescape=False).parse(template)
    compared = {
        const.value
        for comparison in tree.find_all(nodes.Compare)
        for const in comparison.find_all(nodes.Const)
        if isinstance(const.value, str)
    }
    return {name.name.removesuffix("_in_english") for name in tree.find_all(nodes.Name)} | compared


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("th.*")), ids=lambda path: path.parent.name + path.suffix)
def test_english_tells_nothing_less_than_thai(path: Path) -> None:
    english = path.with_name(path.name.replace("th.", "en.", 1))
    assert looked_at(path.read_text(encoding="utf-8")) <= looked_at(english.read_text(encoding="utf-8"))


def test_help_names_the_same_words_in_both_languages() -> None:
    said = {tongue: (TEMPLATES / "help" / f"{tongue}.txt").read_text("utf-8") for tongue in ("th", "en")}
    thai = {word for word in Word if re.search(rf"(?<![ก-๙]){word}(?![ก-๙])", said["th"])}
    english = {word for word in Word if word in said["en"] or ENGLISH(word) in said["en"]}
    assert thai - english == {Word.ENGLISH}  # whoever reads English is told the way back


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TRANSCRIPTS).with_suffix("").as_posix())
def test_every_answer_can_be_given_in_english(path: Path) -> None:
    _, player = replay(path.read_text(encoding="utf-8"))
    for messages in player.said:
        assert validate_messages(json.loads(json.dumps(RENDERER.render_all(messages, "en")))) == []
        for message in messages:
            assert left_in_thai(message) == set(), message.name


def test_every_button_is_named_in_english() -> None:
    choices = {
        choice.label
        for path in FILES
        for messages in replay(path.read_text(encoding="utf-8"))[1].said
        for message in messages
        for choice in message.choices
    }
    printed = {shortened for opinion in OPINIONS for shortened in (opinion, opinion.removesuffix("เพื่อพิจารณา"))}
    assert {label for label in choices - printed if THAI.search(ENGLISH(label))} == set()
    assert {word for word in Word if THAI.search(ENGLISH(word))} == set()


@pytest.mark.parametrize(
    ("thai", "english"),
    [
        ("เสร็จแล้ว", "Done"),
        ("มาตรการที่ ๓", "Measure 3"),
        ("คือ ย้อนกลับ", "I meant: Back"),
        ("รอบ ๖ เดือน", "6-month round"),
        ("๑๓ ก.ย. ๖๗", "13 Sep 2024"),
        ("๑ ตุลาคม ๒๕๖๗", "1 Oct 2024"),
        ("๒", "2"),
        ("องค์การบริหารส่วนตำบลหนองดี", "องค์การบริหารส่วนตำบลหนองดี"),
    ],
)
def test_buttons_and_words_are_put_into_english(thai: str, english: str) -> None:
    assert ENGLISH(thai) == english
