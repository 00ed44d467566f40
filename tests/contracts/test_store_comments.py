"""Comments stay with their update, in order, on both databases."""

from __future__ import annotations

from typing import Any

from bot.domain.comments import Comment, CommentId
from bot.domain.people import PersonId
from bot.domain.updates import UpdateId
from bot.ports.store import Store
from tests.contracts.office import MALEE, NOW, SOMCHAI, a_person, a_submitted, later

UPDATE, OTHER = UpdateId("update-1"), UpdateId("update-2")


def a_comment(number: int = 1, **fields: Any) -> Comment:
    return Comment(
        **{
            "id": CommentId(f"comment-{number}"),
            "update_id": UPDATE,
            "person_id": MALEE,
            "text": "ดีมาก\nขอจำนวนครั้งด้วย",
            "said_at": NOW,
        }
        | fields
    )


def test_comments_come_back_exactly_in_the_order_in_which_they_were_said(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(a_submitted())
        uow.updates.add(a_submitted(id=OTHER, person_id=MALEE))
        uow.comments.add(a_comment(2))
        uow.comments.add(a_comment(1, said_at=later(hours=1)))
    with office.read() as uow:
        found = uow.comments.of_updates([UPDATE, OTHER])
        assert uow.comments.of_updates([]) == {}
    assert found == {UPDATE: (a_comment(2), a_comment(1, said_at=later(hours=1))), OTHER: ()}


def test_comments_go_with_their_update(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(a_submitted())
        uow.comments.add(a_comment())
        uow.updates.delete(UPDATE)
    with office.read() as uow:
        assert uow.comments.of_updates([UPDATE]) == {UPDATE: ()}


def test_what_somebody_said_is_theirs_after_two_records_were_made_one(office: Store) -> None:
    twice = PersonId("person-twice")
    with office.write() as uow:
        uow.people.add(a_person(id=twice, name="คนเดียวกัน"))
        uow.updates.add(a_submitted(person_id=SOMCHAI))
        uow.comments.add(a_comment(person_id=twice))
        uow.people.merge(twice, MALEE)
    with office.read() as uow:
        assert uow.comments.of_updates([UPDATE])[UPDATE][0].person_id == MALEE
