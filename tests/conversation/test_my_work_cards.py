"""งานของฉัน as a carousel that LINE takes, however many measures there are and however long they are."""

from __future__ import annotations

import pytest

from bot.adapters.jinja.chat import ChatRenderer
from bot.conversation.choices import unpack
from bot.conversation.engine import advance
from bot.conversation.events import TextReceived
from bot.conversation.facts import Facts, Hat, OtherPart, Task
from bot.conversation.types import State
from bot.domain.people import Role
from bot.simulator.validation import validate_messages
from tests import builders
from tests.conversation.test_transcripts import ROOT

pytestmark = pytest.mark.pure


def _asked(tasks: tuple[Task, ...], state: State | None = None) -> dict[str, object]:
    hat = Hat(agency=builders.AGENCY, roles=frozenset({Role.OFFICER}))
    facts = Facts(person=builders.PERSON, hats=(hat,), rounds=(builders.round_(),), tasks=tasks)
    event = TextReceived(id="e-1", at=builders.NOW, text="งานของฉัน", message_id="m-1")
    step = advance(state or State(), event, facts)
    said = ChatRenderer(ROOT / "templates" / "chat").render_all(step.messages)
    assert validate_messages(said) == []
    carousel = said[0]["contents"]
    assert isinstance(carousel, dict)
    return carousel | {"text": said[1]["text"], "serial": step.state.serial}


def test_forty_long_measures_fit_and_those_still_to_report_come_first() -> None:
    long = "มาตรการ" + "ส่งเสริมคุณธรรมและความโปร่งใส" * 40
    tasks = tuple(
        builders.task(
            no,
            measure=builders.measure(no, title=long),
            others=tuple(OtherPart(name=f"ผู้ร่วมรายงานคนที่ {i} ที่มีชื่อยาวมาก") for i in range(40)),
            update=builders.submitted(f"u-{no}", about=builders.measure(no)) if no <= 35 else None,
        )
        for no in range(1, 41)
    )
    carousel = _asked(tasks)
    bubbles = carousel["contents"]
    assert isinstance(bubbles, list)
    assert len(bubbles) == 12
    titles = [bubble["body"]["contents"][0]["text"] for bubble in bubbles]
    assert [title.split(" · ")[0] for title in titles[:6]] == [
        *(f"มาตรการที่ {no}" for no in ("๓๖", "๓๗", "๓๘", "๓๙", "๔๐")),
        "มาตรการที่ ๑",
    ]
    assert "อีก ๒๘ มาตรการ" in str(carousel["text"])


def test_a_cards_button_picks_its_measure_at_this_very_question_only() -> None:
    carousel = _asked((builders.task(1), builders.task(2)))
    bubbles = carousel["contents"]
    assert isinstance(bubbles, list)
    taps = [unpack(bubble["footer"]["contents"][0]["action"]["data"]) for bubble in bubbles]
    assert [(tap.word, tap.serial) for tap in taps if tap] == [
        ("มาตรการที่ ๑", carousel["serial"]),
        ("มาตรการที่ ๒", carousel["serial"]),
    ]
