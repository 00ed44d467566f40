"""A message taken back leaves drafts, answers and stored events on both databases; what was submitted stays."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.sent_parts import SentPart
from bot.domain.updates import Answer, Stage, UpdateId
from bot.ports.records import CameWith
from bot.ports.store import Store, UnitOfWork
from bot.services.accept_answer import accept_answer, take_back
from tests.contracts.office import CHAT, FIRST, OTHER_CHAT, a_photo, a_submitted, an_event, an_update, the_update

DRAFT = UpdateId("update-1")


def _told(uow: UnitOfWork, *said: str) -> None:
    """A draft whose summary is made of these messages, m0 and on."""
    uow.updates.add(an_update())
    for number, text in enumerate(said):
        uow.updates.add_part(DRAFT, Answer.SUMMARY, text, f"m{number}")
    accept_answer(uow, DRAFT, Answer.SUMMARY, "\n".join(said), None)


def test_an_accepted_answer_keeps_its_messages_apart_from_those_being_given(office: Store) -> None:
    with office.write() as uow:
        _told(uow, "ก", "ข")
        uow.updates.add_part(DRAFT, Answer.SUMMARY, "ค", "m2")
    with office.write() as uow:
        assert uow.updates.parts(DRAFT) == {Answer.SUMMARY: ("ค",)}
        uow.updates.forget_parts(DRAFT, Answer.SUMMARY)
    with office.read() as uow:
        kept = [SentPart(text="ก", message_id="m0", accepted=True), SentPart(text="ข", message_id="m1", accepted=True)]
        assert list(uow.updates.sent_parts(DRAFT, Answer.SUMMARY)) == kept
        assert uow.updates.parts(DRAFT) == {}
        assert the_update(uow).summary == "ก\nข"


def test_a_message_taken_back_leaves_the_accepted_answer_and_the_rest_stays(office: Store) -> None:
    with office.write() as uow:
        _told(uow, "ก", "ข", "ค")
    with office.write() as uow:
        assert uow.updates.came_with(CHAT, "m1") == [
            CameWith(update_id=DRAFT, measure_id=FIRST, stage=Stage.DRAFT, answers=(Answer.SUMMARY,))
        ]
        assert uow.updates.came_with(OTHER_CHAT, "m1") == []
        take_back(uow, OTHER_CHAT, "m0")
        take_back(uow, CHAT, "m1")
        assert the_update(uow).summary == "ก\nค"
        take_back(uow, CHAT, "m0")
        take_back(uow, CHAT, "m2")
        assert the_update(uow).summary is None


def test_words_rewritten_since_are_left_alone(office: Store) -> None:
    with office.write() as uow:
        _told(uow, "ก", "ข")
        uow.updates.save(replace(the_update(uow), summary="เขียนใหม่"))
        take_back(uow, CHAT, "m0")
        assert the_update(uow).summary == "เขียนใหม่"


def test_one_message_that_gave_two_answers_leaves_both(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update())
        accept_answer(uow, DRAFT, Answer.SUMMARY, "สรุป", "m0")
        accept_answer(uow, DRAFT, Answer.OUTCOME, "ผล", "m0")
        take_back(uow, CHAT, "m0")
        assert (the_update(uow).summary, the_update(uow).outcome) == (None, None)


def test_what_was_submitted_stays_and_is_named(office: Store) -> None:
    sent = UpdateId("sent")
    with office.write() as uow:
        uow.updates.add(a_submitted(id=sent, summary="ก"))
        uow.updates.accept_parts(sent, Answer.SUMMARY, [SentPart(text="", message_id="m0", accepted=True)])
        uow.updates.add_evidence(sent, a_photo(message_id="m1"), CHAT)
    with office.write() as uow:
        for message_id in ("m0", "m1"):
            assert [each.stage for each in uow.updates.came_with(CHAT, message_id)] == [Stage.SUBMITTED]
            take_back(uow, CHAT, message_id)
        assert (the_update(uow, "sent").summary, len(the_update(uow, "sent").evidence)) == ("ก", 1)


def test_the_words_leave_the_stored_event_too(office: Store) -> None:
    said = {"type": "message", "timestamp": 1, "message": {"type": "text", "id": "m0", "text": "ลับ"}}
    other = {"type": "message", "timestamp": 2, "message": {"type": "text", "id": "m1", "text": "ไม่ลับ"}}
    with office.write() as uow:
        uow.chats.add_event(an_event(1, kind="message.text", payload=said))
        uow.chats.add_event(an_event(2, kind="message.text", payload=other))
    with office.write() as uow:
        take_back(uow, CHAT, "m0")
    with office.read() as uow:
        left = [event.payload for event in uow.chats.unread(CHAT, 5)]
    assert left == [{**said, "message": {"type": "text", "id": "m0"}}, other]


def test_an_album_comes_back_as_one(office: Store) -> None:
    photo = a_photo(group_id="set-1", group_index=2)
    with office.write() as uow:
        uow.updates.add(an_update())
        uow.updates.add_evidence(DRAFT, photo, CHAT)
    with office.read() as uow:
        assert the_update(uow).evidence == (photo,)
