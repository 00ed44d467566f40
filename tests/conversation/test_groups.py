"""In a group: what is understood as said to the bot, and what it comes to; everything else comes to nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.jinja.chat import ChatRenderer
from bot.conversation.facts import Completeness, MissingMeasure
from bot.conversation.groups import Ask, GroupEvent, GroupFacts, GroupStep, advance, asked_by_text
from bot.conversation.words import Word
from bot.simulator.validation import validate_messages
from tests import builders
from tests.conversation.test_transcripts import ROOT

pytestmark = pytest.mark.pure

RENDERER = ChatRenderer(ROOT / "templates" / "chat")
ROUNDS = (
    Completeness(
        agency=builders.AGENCY,
        round=builders.round_(),
        total=8,
        reported=3,
        missing=(MissingMeasure(no=2, title="มาตรการลับ", officers=("สมชาย มาช้า",)),),
    ),
)
NOBODY = GroupFacts(link="https://kaona.example/chat/default")
ADMIN = replace(NOBODY, admin_of=(builders.AGENCY,))
ADMIN_OF_TWO = replace(ADMIN, admin_of=(builders.AGENCY, builders.SECOND_AGENCY))
LINKED = replace(NOBODY, agency=builders.AGENCY, rounds=ROUNDS)
OTHER_ADMIN = replace(LINKED, admin_of=(builders.SECOND_AGENCY,))


def turn(ask: Ask, facts: GroupFacts) -> GroupStep:
    return advance(GroupEvent(ask=ask, at=builders.NOW), facts)


def names(step: GroupStep) -> list[str]:
    return [message.name for message in step.messages]


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("สถานะ", Ask.STATUS),
        (" สถานะครับ ", Ask.STATUS),
        ("Status", Ask.STATUS),
        ("เชื่อมกลุ่มค่ะ", Ask.LINK),
        ("link group", Ask.LINK),
        ("ออกจากกลุ่ม", Ask.LEAVE),
        ("leave group", Ask.LEAVE),
    ],
)
def test_a_word_to_the_bot_is_known_with_its_particles(text: str, ask: Ask) -> None:
    assert asked_by_text(text) is ask


@pytest.mark.parametrize("word", sorted(set(Word) - {Word.COMPLETENESS, Word.LINK_GROUP}))
def test_words_of_the_private_chat_are_nothing_in_a_group(word: Word) -> None:
    assert asked_by_text(word) is None


@pytest.mark.parametrize(
    "text", ["", "สถานะการเงินของเทศบาล", "ขอสถานะหน่อย", "ออกจากกลุ่มกันเถอะ", "สถานะ" * 2000, "ABCD2345"]
)
def test_talk_among_people_is_nothing(text: str) -> None:
    assert asked_by_text(text) is None


def test_it_introduces_itself_in_two_lines_with_a_way_to_the_private_chat() -> None:
    step = turn(Ask.JOINED, NOBODY)
    assert step.came
    [shown] = RENDERER.render_all(step.messages)
    lines = [each["text"] for each in shown["contents"]["body"]["contents"]]
    assert len(lines) == 2
    [button] = shown["contents"]["footer"]["contents"]
    assert button["action"] == {"type": "uri", "label": "เปิดแชตส่วนตัว", "uri": NOBODY.link}


def test_an_admin_of_one_agency_links_the_group_to_it() -> None:
    step = turn(Ask.LINK, ADMIN)
    assert (step.links, names(step)) == (builders.AGENCY.id, ["group_linked"])


def test_an_admin_of_several_is_asked_in_the_private_chat_and_no_agency_is_named_in_the_group() -> None:
    step = turn(Ask.LINK, ADMIN_OF_TWO)
    assert step.links is None
    assert step.asks_which
    assert step.private is not None
    assert step.private.name == "group_which"
    said = str(RENDERER.render_all(step.messages))
    assert not any(agency.name in said for agency in ADMIN_OF_TWO.admin_of)


@pytest.mark.parametrize("facts", [NOBODY, LINKED, OTHER_ADMIN])
@pytest.mark.parametrize("ask", [Ask.LINK, Ask.LEAVE])
def test_who_is_no_admin_of_the_groups_agency_changes_nothing(facts: GroupFacts, ask: Ask) -> None:
    assert turn(ask, facts) == GroupStep(messages=turn(ask, facts).messages)
    assert names(turn(ask, facts)) == ["group_only_admin"]


def test_linking_again_changes_nothing() -> None:
    step = turn(Ask.LINK, replace(ADMIN, agency=builders.AGENCY))
    assert (step.links, names(step)) == (None, ["group_linked"])


def test_the_status_is_counts_and_never_a_name() -> None:
    step = turn(Ask.STATUS, LINKED)
    said = str(RENDERER.render_all(step.messages))
    assert "รายงานแล้ว ๓ จาก ๘ มาตรการ" in said
    assert "'width': '38%'" in said
    assert "สมชาย" not in said
    assert "มาตรการลับ" not in said


def test_the_status_of_a_group_that_serves_nobody_says_how_to_link_it() -> None:
    assert names(turn(Ask.STATUS, NOBODY)) == ["group_not_linked"]


def test_an_admin_sends_it_away() -> None:
    for facts in (ADMIN, replace(ADMIN, agency=builders.AGENCY)):
        step = turn(Ask.LEAVE, facts)
        assert step.leaves
        assert names(step) == ["group_goodbye"]


def test_what_comes_late_changes_nothing() -> None:
    moved = builders.NOW + timedelta(seconds=1)
    for ask in Ask:
        assert turn(ask, replace(ADMIN, moved_at=moved)) == GroupStep()


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("rounds", [(), ROUNDS, ROUNDS * 2, (replace(ROUNDS[0], total=0, reported=0),)])
def test_line_takes_all_that_is_said_in_a_group(language: str, rounds: tuple[Completeness, ...]) -> None:
    long_name = replace(builders.AGENCY, name="องค์การบริหารส่วนตำบล" * 20)
    for facts in (NOBODY, ADMIN, ADMIN_OF_TWO, OTHER_ADMIN, replace(LINKED, agency=long_name, rounds=rounds)):
        for ask in Ask:
            step = turn(ask, facts)
            for messages in (step.messages, (step.private,) if step.private else ()):
                if messages:
                    rendered = RENDERER.render_all(messages, language)
                    assert validate_messages(rendered) == []
                    everything = str(rendered)
                    assert language == "th" or "กลุ่มนี้" not in everything
