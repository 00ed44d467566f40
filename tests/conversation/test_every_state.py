"""Every state × every chat word × every kind of event: nothing raises, loses an answer or leads nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from bot.adapters.jinja.chat import ChatRenderer
from bot.conversation import practice
from bot.conversation.choices import pack
from bot.conversation.effects import DropDraft, SetAnswer, SubmitUpdate
from bot.conversation.engine import advance
from bot.conversation.events import ButtonTapped, Event, MediaKind, OtherHappened, TextReceived
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions.registry import QUESTIONS
from bot.conversation.types import Choice, Message, State, Step
from bot.conversation.words import Word
from bot.domain.people import Role
from bot.domain.updates import Answer, Review, Stage, Status, Update, UpdateId
from bot.simulator.validation import validate_messages
from tests import builders
from tests.conversation.test_transcripts import ROOT
from tests.conversation.transcript import Player
from tests.conversation.world import World, make

pytestmark = pytest.mark.pure

RENDERER = ChatRenderer(ROOT / "templates" / "chat")
SAID = (
    *(word.value for word in Word),
    *(status.thai for status in Status),
    *("ใช่", "ไม่ใช่", "๑", "2", "มาตรการที่ ๙", "รอบ ๖ เดือน", "รอบ ๑๒ เดือน", "หลักฐาน", "ผลผลิต", "ออกรายงาน รอบ ๖ เดือน"),
    *("๑ เม.ย. ๒๕๖๘", "เมษายน", "ABCD2345", "AAAA2222", "ขอบคุณครับ", "ข้อความ", " ", "x" * 5000, "https://a.example/b"),
    *("รายงานผน", "เสรจแล้ว", "ยกเลีก", "คือ เสร็จแล้ว", "skip", "back", "done", "status", "ด าเนินการ", "ใช้ข้อความที่ปรับแล้ว"),
    *("พรุ่งนี้", "ลา ๑๐-๑๒ ต.ค.", "ยกเลิกวันลา", "ไม่รบกวน เที่ยงถึงบ่ายโมง", "๑-๒", "12.00-13.00", "เตือนได้ทุกเวลา"),
    *("แก้ไข หลักฐาน", "แก้ไขสรุปผล", "ดูเก่ากว่านี้"),
    *("เก็บไว้ก่อน", "ใช้หลักฐานที่เก็บไว้", "เลือกจากที่เก็บไว้", "ใส่มาตรการ"),
    *("จัดหลักฐาน", "เลื่อนขึ้น", "เลื่อนลง", "ลบชิ้นนี้", "ลบคำอธิบาย", "ไม่ขัดข้องและพิจารณาแล้ว", "ใช้ข้อความเดิม"),
    *("สรุปผลการดำเนินการ: ก\nผลลัพธ์/ความสำเร็จ\nข", '{{ 7 * 7 }} {% raw %} " \\ 😀', "๑" * 4000),
)
OTHERS = (
    *(f"+{kind.value}" for kind in MediaKind),
    *("+link-image", "+album 3", "+location", "+sticker", "+unsend 1", "+follow", "+return", "+unfollow"),
    *("data: ", "data: 1|x|y", "data: 1||เสร็จแล้ว", "data: 1|0|เสร็จแล้ว", "data: " + "ก" * 400),
)


@dataclass(frozen=True)
class Place:
    """A state to begin in, with what the draft holds."""

    name: str
    world: str
    state: State
    draft: Update | None = None
    pending: bool = False


def drafts() -> Iterator[tuple[str, Update]]:
    yield "empty", builders.update("d-1")
    full = {"summary": "ก", "output": "ข", "outcome": "ค", "obstacles": "ง", "evidence": (builders.evidence(),)}
    for status in Status:
        yield f"begun {status.value}", builders.update("d-1", status=status)
        yield (
            f"full {status.value}",
            builders.update("d-1", status=status, expected_on=builders.day("2025-01-01"), **full),
        )


def places() -> Iterator[Place]:
    for world in ("stranger", "stranger_of_two", "stranger_of_many"):
        yield Place(f"at rest in {world}", world, State())
        for key, kept in (
            ("join_agency", {"found": "nongdee,banmai"}),
            ("join_agency", {}),
            ("join_name", {"agency": "banmai"}),
        ):
            state = State(flow="joining", question=key, serial=3, choices=kept)
            yield Place(f"{key} with {kept} in {world}", world, state)
    for card in ("a-1", "a-gone"):
        state = State(flow="people", question="join_card", serial=3, choices={"card": card})
        yield Place(f"join_card of {card}", "two_asked_to_join", state)
    for key in ("handover_what", "confirm_handover", "withdraw_handover"):
        offer = {"purpose": "handover", "colleague": "p-1", "in": "nongdee", "measures": "nongdee-m1"}
        for world in ("colleagues", "one_measure"):
            yield Place(f"{key} in {world}", world, State(flow="people", question=key, serial=3, choices=offer))
    for world in (
        "one_measure",
        "four_measures",
        "admin",
        "head",
        "returned",
        "submitted",
        "before_opening",
        "two_agencies",
        "group_waiting",
        "colleagues",
        "offered",
        "asked_to_join",
        "two_asked_to_join",
        "acting",
        "shared_measure",
    ):
        yield Place(f"idle in {world}", world, State())
    for key in ("measure", "confirm_correction"):
        for world in ("four_measures", "both_rounds", "submitted", "before_opening"):
            choices = {"task": "nongdee-m1", "round": "2567/12"}
            yield Place(
                f"{key} in {world}", world, State(flow="progress_update", question=key, serial=3, choices=choices)
            )
    for purpose in ("measure", "compile"):
        asked = {"purpose": purpose, "no": "1"}
        yield Place(
            f"agency for {purpose}", "two_agencies", State(flow="administration", question="agency", choices=asked)
        )
    for key, waiting in (("leave", "2024-10-08/2024-10-12"), ("quiet", "13:00/14:00")):
        for kept in ({}, {key: waiting}, {key: "nonsense"}, {"back": "1"}):
            aside = State(flow="administration", question=key, serial=3, choices=kept)
            yield Place(f"{key} with {kept}", "reminded", aside)
    for world in ("two_agencies", "group_waiting"):
        state = State(flow="administration", question="agency", choices={"purpose": "group"})
        yield Place(f"agency for a group in {world}", world, state)
    switching = State(flow="administration", question="agency", serial=3, choices={"purpose": "switch"})
    yield Place("agency to switch to", "two_agencies", switching)
    yield Place("at rest in one of two agencies", "two_agencies", State(agency=builders.SECOND_AGENCY.id))
    yield Place("at rest in an agency that was left", "one_measure", State(agency=builders.SECOND_AGENCY.id))
    for key in ("colleague", "acting_from", "acting_until", "confirm_acting", "end_acting"):
        for world in ("colleagues", "one_measure"):
            arranged = {"purpose": "acting", "colleague": "p-1", "in": "nongdee", "first": "2024-09-13"}
            state = State(flow="people", question=key, serial=3, choices={**arranged, "last": "2024-09-20"})
            yield Place(f"{key} in {world}", world, state)
            yield Place(f"{key} in {world}, nothing known", world, State(flow="people", question=key, serial=3))
    for key in ("review_card", "return_reason"):
        for card in ("u-1", "u-gone"):
            state = State(flow="review", question=key, serial=3, choices={"card": card})
            yield Place(f"{key} of {card}", "head", state)
    for world in ("signer", "reporter", "much_to_decide"):
        for key in ("sign_card", "sign_opinion", "sign_return"):
            for card in ("s-1:0", "s-gone:0"):
                state = State(flow="sign_off", question=key, serial=3, choices={"sign": card})
                yield Place(f"{key} of {card} in {world}", world, state)
        yield Place(f"idle in {world}", world, State())
    for name, state in {
        "an unknown question": State(flow="progress_update", question="no_such_question", serial=3),
        "an unknown flow": State(flow="no_such_flow", question="summary", serial=3),
        "a draft that is gone": State(flow="progress_update", question="summary", draft="gone", serial=3),  # type: ignore[arg-type]
        "a paused draft that is gone": State(draft="gone", serial=3),  # type: ignore[arg-type]
    }.items():
        yield Place(name, "four_measures", state)
    yield from inbox_places()
    yield from practice_places()
    for world in ("all_locked", "asked_to_reopen", "one_measure"):
        yield Place(f"idle in {world}, reopening", world, State())
        for key in ("reopen_which", "reopen_reason", "reopen_card"):
            for kept in ({"reopen": "nongdee-m1/6/", "card": "r-1"}, {"reopen": "x", "card": "x", "back": "1"}):
                state = State(flow="administration", question=key, serial=3, choices=kept)
                yield Place(f"{key} in {world} with {kept}", world, state)
    for world in ("submitted", "returned", "one_measure"):
        for kept in ({}, {"page": "8"}, {"page": "x", "back": "1"}):
            state = State(flow="administration", question="history", serial=3, choices=kept)
            yield Place(f"history in {world} with {kept}", world, state)
    yield from draft_places()


def practice_places() -> Iterator[Place]:
    """A practice round in every question, with a real draft, a list or nothing put aside."""
    begun = builders.update("d-1", status=Status.DONE)
    aside = {
        "nothing": State(serial=2),
        "a draft": State(flow="progress_update", question="summary", draft=begun.id, serial=2),
        "a draft that is gone": State(flow="progress_update", question="summary", draft=UpdateId("gone"), serial=2),
    }
    asked = ("status", "summary", "evidence", "pieces", "obstacles", "preview", "answer_to_change", "confirm_cancel")
    for name, before in aside.items():
        for key in asked:
            state = State(
                flow="progress_update", question=key, draft=practice.DRAFT, serial=5, practice=before.to_json()
            )
            yield Place(f"{key} in a practice, {name} aside", "practising", state, begun)


def inbox_places() -> Iterator[Place]:
    for world in ("inbox", "two_agencies", "one_measure"):
        for key in ("kept_for", "inbox", "kept"):
            for kept in ({"kept": "k-2"}, {"kept": "k-1,k-2", "back": "1"}, {"kept": "k-2", "removing": "1"}, {}):
                yield Place(
                    f"{key} in {world} with {kept}", world, State(flow="inbox", question=key, serial=3, choices=kept)
                )
    begun = builders.update("d-1", status=Status.DONE)
    for key in ("evidence", "kept_choice"):
        state = State(flow="progress_update", question=key, draft=begun.id, serial=3)
        yield Place(f"{key} with something kept", "inbox", state, begun)


def draft_places() -> Iterator[Place]:
    of_draft = [key for key, question in QUESTIONS.items() if question.needs_draft]
    for name, draft in drafts():
        yield Place(f"paused {name}", "last_round", State(draft=draft.id, serial=3, choices={"at": "preview"}), draft)
        for key in of_draft:
            for editing, pending in ((False, True), (True, False)):
                if key == "piece":
                    for more in ({}, {"removing": "1"}):
                        looked_at = State(
                            flow="progress_update",
                            question=key,
                            draft=draft.id,
                            serial=3,
                            editing=editing,
                            choices={"piece": "e-1", **more},
                        )
                        yield Place(f"piece e-1 of {name}, {editing}, {more}", "last_round", looked_at, draft, pending)
                choices = (
                    {"at": "summary", "came_from": "outcome"} if key in {"confirm_cancel", "answer_to_change"} else {}
                )
                state = State(
                    flow="progress_update", question=key, draft=draft.id, serial=3, editing=editing, choices=choices
                )
                label = f"{key} of {name}, editing={editing}, pending={pending}"
                yield Place(label, "last_round", state, draft, pending)


def player_at(place: Place) -> Player:
    world = make(place.world)
    world.asks_output = True
    world.invites.setdefault("ABCD2345", builders.invite(Role.HEAD))
    if place.draft is not None:
        world.updates[place.draft.id] = place.draft
        row = place.state.question or ""
        if place.pending and row in flow.ANSWER_OF:
            world.parts[place.draft.id] = [(flow.ANSWER_OF[row], "กำลังพิมพ์", "m-0")]
    return Player(world, stored=json.dumps(place.state.to_json()))


PLACES = list(places())


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_nothing_said_here_raises_loses_an_answer_or_leads_nowhere(place: Place) -> None:
    for said in (*SAID, *OTHERS):
        player = player_at(place)
        for event in player.events(said):
            step = player_step(player, event)
            check_answer(said, event, step)
        check_a_way_out(player, said)


def player_step(player: Player, event: Event) -> Step:
    before = {u.id: u for u in player.world.updates.values()}
    parts = {key: list(kept) for key, kept in player.world.parts.items()}
    step = player.play(event)
    check_nothing_lost(player.world, step, event, before, parts)
    assert State.from_json(json.loads(player.stored)) == step.state
    assert len(player.stored.encode()) <= 8192
    return step


def check_answer(said: str, event: Event, step: Step) -> None:
    silent = said in {"+unfollow", "+unsend 1"} or said.startswith("+album")
    assert step.messages or silent, said
    if step.messages:
        check_messages(step.messages)
        assert step.messages[-1].choices, "there is always something to tap"


_VALID: set[str] = set()


def check_messages(messages: tuple[Message, ...]) -> None:
    key = repr(messages)
    if key not in _VALID:
        rendered = RENDERER.render_all(messages)
        assert 1 <= len(rendered) <= 5
        assert validate_messages(rendered) == []
        _VALID.add(key)


def check_nothing_lost(
    world: World, step: Step, event: Event, before: dict[str, Update], parts: dict[str, list[tuple[Answer, str, str]]]
) -> None:
    """Answers and pieces go only by a word that says so, and what was being typed goes only into its answer."""
    word = event.text.strip() if isinstance(event, TextReceived) else ""
    dropped = {effect.update_id for effect in step.effects if isinstance(effect, DropDraft)}
    submitted = {effect.update_id for effect in step.effects if isinstance(effect, SubmitUpdate)}
    set_now = {(e.update_id, e.answer) for e in step.effects if isinstance(e, SetAnswer) and e.text is not None}
    for old in before.values():
        if old.id in dropped:
            assert word == "ใช่" or old == builders.update("d-1", started_at=old.started_at), (
                "only after ใช่, or when empty"
            )
            continue
        now = world.updates[old.id]
        if old.id in submitted or old.stage is not Stage.DRAFT or word in {Word.REUSE, "ใช่"}:
            continue
        assert len(now.evidence) >= len(old.evidence)
        for answer in Answer:
            kept = now.answer(answer) == old.answer(answer) or (old.id, answer) in set_now
            assert kept or word == Word.SKIP, f"{answer} is lost by {word}"
        for answer, text, message_id in parts.get(old.id, []):
            still = (answer, text, message_id) in world.parts.get(old.id, [])
            in_answer = text in (now.answer(answer) or "")
            assert still or in_answer or (word == Word.BACK and old.answer(answer)), f"{text} is lost by {word}"


def check_a_way_out(player: Player, said: str) -> None:
    """From wherever this led, help answers, and cancelling or leaving comes to rest."""
    if player.world.person is None:
        return
    helped = player.play(player.events("ช่วยเหลือ")[0])
    assert helped.messages
    if player.state.practice is not None:
        player.play(player.events("เลิกซ้อม")[0])
        assert player.state.practice is None
    for word in ("พักไว้", "ยกเลิก", "ใช่", "ย้อนกลับ", "ย้อนกลับ"):
        if player.state.question is None:
            return
        player.play(player.events(word)[0])
    assert player.state.question is None, f"no way out after {said!r}: {player.state}"


def test_every_button_that_is_offered_is_understood() -> None:
    for place in PLACES:
        for said in ("ช่วยเหลือ", "ข้อความ", "งานของฉัน", "แก้ไข"):
            first = player_at(place)
            first.play(first.events(said)[0])
            for choice in first.buttons:
                player = player_at(place)
                player.play(player.events(said)[0])
                names = {message.name for message in player.play(player._tap(choice)).messages}
                assert not names & {"mistake/stale_button", "mistake/button_not_understood", "mistake/not_here"}, (
                    place.name,
                    said,
                    choice,
                )


def test_events_that_say_nothing_are_noted_and_not_answered() -> None:
    for place in PLACES:
        player = player_at(place)
        event = OtherHappened(id="e", at=builders.NOW, kind="videoPlayComplete")
        step = advance(player.state, event, player.world.facts(player.state, event))
        assert step.state == player.state
        assert (step.messages, step.effects) == ((), ())


def test_the_same_turn_comes_out_the_same() -> None:
    player = player_at(PLACES[-1])
    event = player.events("ข้อความ")[0]
    facts = player.world.facts(player.state, event)
    assert advance(player.state, event, facts) == advance(player.state, event, facts)


def test_a_week_old_confirmation_confirms_nothing() -> None:
    draft = builders.update("d-1", status=Status.CANCELLED, obstacles="ซ้ำซ้อน")
    old = Choice(label="ยืนยัน", word="ยืนยัน", serial=2)
    player = player_at(
        Place("", "one_measure", State(flow="progress_update", question="preview", draft=draft.id, serial=9), draft)
    )
    step = player.play(ButtonTapped(id="tap", at=builders.NOW, data=pack(old)))
    assert [message.name for message in step.messages] == ["mistake/stale_button", "preview"]
    assert step.effects == ()


def test_a_correction_of_what_was_accepted_is_pending_review_again() -> None:
    player = Player(make("returned"))
    for said in ("แก้ไข", "หลักฐาน", "+image", "เสร็จแล้ว", "ยืนยัน"):
        player.play(player.events(said)[0])
    in_force = [u for u in player.world.updates.values() if u.stage is Stage.SUBMITTED]
    assert [update.id for update in in_force] == ["event-1"]
    assert in_force[0].review is not Review.RETURNED
    assert replace(in_force[0], evidence=()).summary == "จัดอบรม ๑ ครั้ง"
