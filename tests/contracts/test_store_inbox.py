"""The inbox of evidence keeps its promises on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.updates import EvidenceId, MediaState, UpdateId
from bot.ports.store import Store
from tests.contracts.office import CHAT, FIRST, MALEE, NOW, SECOND, SOMCHAI, a_photo, an_update, the_update

DRAFT = UpdateId("update-1")
ONE, TWO, THREE = (EvidenceId(f"kept-{number}") for number in (1, 2, 3))


def _keep(office: Store) -> None:
    """A photo, and an album whose second photo came first."""
    with office.write() as uow:
        uow.inbox.keep(SOMCHAI, a_photo(id=ONE, message_id="m1"), FIRST, CHAT)
        uow.inbox.keep(SOMCHAI, a_photo(id=TWO, message_id="m2", group_id="set", group_index=2), None, CHAT)
        uow.inbox.keep(SOMCHAI, a_photo(id=THREE, message_id="m3", group_id="set", group_index=1), None, CHAT)


def test_what_is_kept_is_the_persons_own_and_an_album_stands_as_chosen(office: Store) -> None:
    _keep(office)
    with office.read() as uow:
        assert [(k.evidence.id, k.measure_id) for k in uow.inbox.of(SOMCHAI)] == [
            (ONE, FIRST), (THREE, None), (TWO, None),
        ]  # fmt: skip
        assert uow.inbox.of(MALEE) == []


def test_only_the_owner_puts_and_uses_what_is_kept(office: Store) -> None:
    _keep(office)
    with office.write() as uow:
        uow.updates.add(an_update())
        uow.inbox.put(MALEE, [ONE], SECOND)
        uow.inbox.use(MALEE, [ONE], DRAFT)
        uow.inbox.put(SOMCHAI, [TWO, THREE], SECOND)
    with office.read() as uow:
        assert [k.measure_id for k in uow.inbox.of(SOMCHAI)] == [FIRST, SECOND, SECOND]
        assert the_update(uow).evidence == ()


def test_what_is_used_moves_to_the_end_of_the_update(office: Store) -> None:
    _keep(office)
    with office.write() as uow:
        uow.updates.add(an_update())
        uow.updates.add_evidence(DRAFT, a_photo(), CHAT)
        uow.inbox.use(SOMCHAI, [THREE, TWO], DRAFT)
    with office.write() as uow:
        assert [piece.id for piece in the_update(uow).evidence] == ["evidence-1", THREE, TWO]
        assert [k.evidence.id for k in uow.inbox.of(SOMCHAI)] == [ONE]
        uow.updates.delete(DRAFT)
        assert uow.updates.evidence(TWO) is None, "it goes with the draft as any evidence"


def test_what_is_kept_is_fetched_captioned_and_taken_back_as_any_evidence(office: Store) -> None:
    _keep(office)
    with office.write() as uow:
        assert [wanted.evidence_id for wanted in uow.updates.wanted_media(NOW, 9)] == [ONE, TWO, THREE]
        assert uow.updates.claim_media(ONE, NOW, NOW + timedelta(minutes=1)) is not None
        stored = a_photo(id=ONE, message_id="m1", caption="ภาพ", media=MediaState.STORED, stored_as="evidence/ab/cd")
        uow.updates.save_evidence(stored)
    with office.write() as uow:
        assert uow.inbox.of(SOMCHAI)[0].evidence == stored
        assert uow.updates.take_back(CHAT, "m1") == ["evidence/ab/cd"]
        uow.updates.remove_evidence(TWO)
        assert [k.evidence.id for k in uow.inbox.of(SOMCHAI)] == [THREE]


def test_a_measure_that_is_dropped_leaves_its_evidence_unplaced(office: Store) -> None:
    _keep(office)
    with office.write() as uow:
        uow.plans.remove([FIRST])
    with office.read() as uow:
        assert [k.measure_id for k in uow.inbox.of(SOMCHAI)] == [None, None, None]


def test_what_waits_for_a_measure_goes_with_it_to_its_next_officer(office: Store) -> None:
    _keep(office)
    with office.write() as uow:
        uow.inbox.hand_over(SOMCHAI, MALEE, {FIRST})
    with office.read() as uow:
        assert [k.evidence.id for k in uow.inbox.of(MALEE)] == [ONE]
        assert [k.evidence.id for k in uow.inbox.of(SOMCHAI)] == [THREE, TWO]
