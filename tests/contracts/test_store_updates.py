"""Updates, their parts and their evidence keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.store import SqlStore
from bot.domain.errors import StaleWrite
from bot.domain.rounds import RoundNo
from bot.domain.updates import (
    Answer,
    Evidence,
    EvidenceId,
    EvidenceKind,
    MediaState,
    Review,
    Stage,
    Status,
    UpdateId,
)
from bot.ports.records import WantedMedia
from bot.ports.store import Store
from tests.contracts.office import (
    CHAT,
    FIRST,
    MALEE,
    NOW,
    OTHER_CHAT,
    SECOND,
    SOMCHAI,
    a_photo,
    a_submitted,
    an_update,
    later,
    the_update,
)

DRAFT = UpdateId("update-1")
STORED = {"media": MediaState.STORED, "sha256": "ab" * 32, "size": 3_000_000_000, "mime": "image/jpeg"}


def test_an_update_comes_back_exactly_and_is_overwritten_by_saving(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update())
    full = an_update(
        stage=Stage.SUBMITTED,
        status=Status.NOT_STARTED,
        summary="สรุป 😀\nบรรทัดที่สอง",
        output="ผลผลิต",
        outcome="ผลลัพธ์",
        obstacles="เหตุผล",
        remark="หมายเหตุ",
        expected_on=date(2024, 5, 1),
        submitted_at=later(hours=1),
        review=Review.RETURNED,
        review_reason="ขอรายละเอียดเพิ่ม",
    )
    with office.write() as uow:
        uow.updates.save(full)
    with office.read() as uow:
        assert uow.updates.get(DRAFT) == full
        assert uow.updates.get(UpdateId("none")) is None


def test_saving_an_update_that_is_gone_says_so(office: Store) -> None:
    with pytest.raises(StaleWrite), office.write() as uow:
        uow.updates.save(an_update())


def test_a_draft_is_found_by_person_measure_and_round_and_exists_once(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update())
        uow.updates.add(an_update(id=UpdateId("later"), round_no=RoundNo.TWELVE, started_at=later(days=1)))
        assert uow.updates.draft(SOMCHAI, FIRST, RoundNo.SIX) == an_update()
        assert uow.updates.draft(SOMCHAI, SECOND, RoundNo.SIX) is None
        assert uow.updates.draft(MALEE, FIRST, RoundNo.SIX) is None
        assert [u.id for u in uow.updates.drafts_of(SOMCHAI)] == [DRAFT, "later"]
    with pytest.raises(IntegrityError), office.write() as uow:
        uow.updates.add(an_update(id=UpdateId("second")))


def test_only_one_submission_of_a_person_is_in_force_per_round(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(a_submitted())
        uow.updates.save(replace(the_update(uow), stage=Stage.SUPERSEDED))
        uow.updates.add(a_submitted(id=UpdateId("newer"), submitted_at=later(hours=1)))
    with pytest.raises(IntegrityError), office.write() as uow:
        uow.updates.add(a_submitted(id=UpdateId("third")))


def test_updates_in_force_come_oldest_submission_first_with_their_evidence(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(a_submitted(id=UpdateId("second"), submitted_at=later(hours=1)))
        uow.updates.add(a_submitted(id=UpdateId("first"), person_id=MALEE))
        uow.updates.add(a_submitted(id=UpdateId("other measure"), measure_id=SECOND))
        uow.updates.add(an_update(id=UpdateId("draft")))
        uow.updates.add_evidence(UpdateId("second"), a_photo(), CHAT)
    with office.read() as uow:
        found = uow.updates.in_force([FIRST])
        assert [(u.id, [e.id for e in u.evidence]) for u in found] == [("first", []), ("second", ["evidence-1"])]
        assert uow.updates.in_force([]) == []


def test_many_updates_are_loaded_with_two_queries(sqlite_store: SqlStore) -> None:
    from tests.contracts.office import furnish

    furnish(sqlite_store)
    with sqlite_store.write() as uow:
        for number, (person, round_no) in enumerate((p, r) for p in (SOMCHAI, MALEE) for r in RoundNo):
            update_id = UpdateId(f"u{number}")
            uow.updates.add(a_submitted(id=update_id, person_id=person, round_no=round_no))
            uow.updates.add_evidence(update_id, a_photo(id=EvidenceId(f"e{number}")), CHAT)
    seen: list[str] = []
    engine = sqlite_store._engine
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    with sqlite_store.read() as uow:
        assert len(uow.updates.in_force([FIRST])) == 4
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 2


def test_a_correction_remembers_what_it_replaces_until_that_is_gone(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(a_submitted(id=UpdateId("old")))
        uow.updates.add(an_update(), replaces=UpdateId("old"))
        uow.updates.save(an_update(summary="แก้ไข"))
        assert uow.updates.replaces(DRAFT) == "old"
        assert uow.updates.replaces(UpdateId("old")) is None
        uow.updates.delete(UpdateId("old"))
        assert uow.updates.replaces(DRAFT) is None


def test_parts_of_an_answer_keep_their_order_until_forgotten(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update())
        assert uow.updates.parts(DRAFT) == {}
        for number, (answer, text) in enumerate([(Answer.SUMMARY, "ข"), (Answer.OUTCOME, "ผล"), (Answer.SUMMARY, "ก")]):
            uow.updates.add_part(DRAFT, answer, text, f"m{number}")
    with office.write() as uow:
        assert uow.updates.parts(DRAFT) == {Answer.SUMMARY: ("ข", "ก"), Answer.OUTCOME: ("ผล",)}
        uow.updates.forget_parts(DRAFT, Answer.SUMMARY)
        assert uow.updates.parts(DRAFT) == {Answer.OUTCOME: ("ผล",)}


def test_a_mended_part_keeps_its_place_and_its_message(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update())
        for number, text in enumerate(["ด าเนินการ", "ก", "ด าเนินการ"]):
            uow.updates.add_part(DRAFT, Answer.SUMMARY, text, f"m{number}")
        uow.updates.add_part(DRAFT, Answer.OUTCOME, "ด าเนินการ", "m9")
        uow.updates.mend_part(DRAFT, Answer.SUMMARY, "ด าเนินการ", "ดำเนินการ")
        assert uow.updates.parts(DRAFT) == {
            Answer.SUMMARY: ("ดำเนินการ", "ก", "ดำเนินการ"),
            Answer.OUTCOME: ("ด าเนินการ",),
        }


def test_a_deleted_draft_takes_its_parts_and_evidence_with_it(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update())
        uow.updates.add_part(DRAFT, Answer.SUMMARY, "ก", "m1")
        uow.updates.add_evidence(DRAFT, a_photo(), CHAT)
        uow.updates.delete(DRAFT)
        assert uow.updates.get(DRAFT) is None
        assert uow.updates.parts(DRAFT) == {}
        assert uow.updates.evidence(EvidenceId("evidence-1")) is None


def test_evidence_keeps_its_order_and_every_field(office: Store) -> None:
    link = Evidence(id=EvidenceId("link"), kind=EvidenceKind.LINK, url="https://example.go.th/ก", name="ข่าว")
    photo = a_photo(name="IMG_1.jpg", caption="คำบรรยาย", stored_as="evidence/ab/abab.jpg", **STORED)
    with office.write() as uow:
        uow.updates.add(an_update())
        uow.updates.add_evidence(DRAFT, link, None)
        uow.updates.add_evidence(DRAFT, photo, CHAT)
    with office.write() as uow:
        assert the_update(uow).evidence == (link, photo)
        assert uow.updates.evidence(link.id) == link
        assert uow.updates.evidence(EvidenceId("none")) is None
        owner = uow.updates.update_of_evidence(photo.id)
        assert owner is not None
        assert owner.id == DRAFT
        assert uow.updates.update_of_evidence(EvidenceId("none")) is None
        uow.updates.save_evidence(replace(link, caption="คำอธิบาย"))
        uow.updates.remove_evidence(photo.id)
        uow.updates.save_evidence(photo)
        assert the_update(uow).evidence == (replace(link, caption="คำอธิบาย"),)


def test_evidence_is_put_in_another_order_and_more_comes_after_it(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update())
        for name in "abc":
            uow.updates.add_evidence(DRAFT, Evidence(id=EvidenceId(name), kind=EvidenceKind.LINK), None)
        uow.updates.order_evidence(DRAFT, [EvidenceId("c"), EvidenceId("a")])
        uow.updates.add_evidence(DRAFT, Evidence(id=EvidenceId("d"), kind=EvidenceKind.LINK), None)
    with office.read() as uow:
        update = uow.updates.get(DRAFT)
        assert update is not None
        assert [piece.id for piece in update.evidence] == ["c", "a", "b", "d"]


def test_copied_evidence_shares_the_bytes_and_stays_wanted_where_it_is(office: Store) -> None:
    stored = a_photo(id=EvidenceId("stored"), stored_as="evidence/ab/abab.jpg", **STORED)
    with office.write() as uow:
        uow.updates.add(a_submitted(id=UpdateId("source")))
        uow.updates.add(an_update())
        uow.updates.add_evidence(UpdateId("source"), stored, CHAT)
        uow.updates.add_evidence(UpdateId("source"), a_photo(id=EvidenceId("wanted")), CHAT)
        uow.updates.claim_media(EvidenceId("wanted"), NOW, later(minutes=10))
        uow.updates.add_evidence(DRAFT, a_photo(id=EvidenceId("own"), media=MediaState.NONE), CHAT)
        uow.updates.copy_evidence(UpdateId("source"), DRAFT, [EvidenceId("copy-1"), EvidenceId("copy-2")])
        assert [(e.id, e.stored_as, e.media) for e in the_update(uow).evidence] == [
            ("own", None, MediaState.NONE),
            ("copy-1", "evidence/ab/abab.jpg", MediaState.STORED),
            ("copy-2", None, MediaState.WANTED),
        ]
        assert [w.evidence_id for w in uow.updates.wanted_media(NOW, 10)] == ["copy-2"]
        with pytest.raises(ValueError, match="ids"):
            uow.updates.copy_evidence(UpdateId("source"), DRAFT, [])


def test_what_is_taken_back_leaves_the_drafts_of_that_chat_only(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update())
        uow.updates.add(a_submitted(id=UpdateId("sent")))
        uow.updates.add(an_update(id=UpdateId("hers"), person_id=MALEE))
        shared = a_photo(id=EvidenceId("shared"), stored_as="shared.jpg", **STORED)
        own = a_photo(id=EvidenceId("own"), stored_as="own.jpg", **STORED)
        unfetched = a_photo(id=EvidenceId("unfetched"))
        other = a_photo(id=EvidenceId("other"), message_id="line-message-9", stored_as="other.jpg", **STORED)
        for piece in (shared, own, unfetched, other):
            uow.updates.add_evidence(DRAFT, piece, CHAT)
        uow.updates.add_evidence(UpdateId("sent"), replace(shared, id=EvidenceId("kept")), CHAT)
        for update_id in (DRAFT, UpdateId("hers")):
            uow.updates.add_part(update_id, Answer.SUMMARY, "ข้อความ", "line-message-1")
        assert uow.updates.take_back(OTHER_CHAT, "line-message-9") == []
        assert uow.updates.take_back(CHAT, "line-message-1") == ["own.jpg"]
    with office.read() as uow:
        assert [e.id for e in the_update(uow).evidence] == ["other"]
        assert [e.id for e in the_update(uow, "sent").evidence] == ["kept"]
        assert uow.updates.parts(DRAFT) == {}
        assert uow.updates.parts(UpdateId("hers")) == {Answer.SUMMARY: ("ข้อความ",)}


def test_wanted_bytes_are_claimed_by_one_and_come_back_when_due(office: Store) -> None:
    evidence_id = EvidenceId("evidence-1")
    with office.write() as uow:
        uow.updates.add(an_update())
        uow.updates.add_evidence(DRAFT, a_photo(url="https://elsewhere.example/1.jpg"), CHAT)
        uow.updates.add_evidence(DRAFT, a_photo(id=EvidenceId("done"), media=MediaState.STORED), CHAT)
        uow.updates.add_evidence(DRAFT, a_photo(id=EvidenceId("second")), CHAT)
        assert [w.evidence_id for w in uow.updates.wanted_media(NOW, 10)] == ["evidence-1", "second"]
        assert [w.evidence_id for w in uow.updates.wanted_media(NOW, 1)] == ["evidence-1"]
        assert uow.updates.claim_media(evidence_id, NOW, later(minutes=10)) == WantedMedia(
            evidence_id="evidence-1",
            chat_id=CHAT,
            message_id="line-message-1",
            url="https://elsewhere.example/1.jpg",
            attempts=1,
        )
        assert uow.updates.claim_media(evidence_id, NOW, later(minutes=10)) is None
        assert uow.updates.claim_media(EvidenceId("done"), NOW, later(minutes=10)) is None
        assert uow.updates.claim_media(EvidenceId("none"), NOW, later(minutes=10)) is None
        uow.updates.retry_media(evidence_id, later(minutes=1))
    with office.write() as uow:
        assert [w.evidence_id for w in uow.updates.wanted_media(NOW, 10)] == ["second"]
        again = uow.updates.claim_media(evidence_id, later(minutes=1), later(minutes=11))
        assert again is not None
        assert again.attempts == 2


def test_what_a_person_submitted_is_looked_back_on_newest_first(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(a_submitted(id=UpdateId("first"), stage=Stage.SUPERSEDED))
        uow.updates.add(a_submitted(id=UpdateId("second"), submitted_at=later(hours=1)))
        uow.updates.add(a_submitted(id=UpdateId("other"), person_id=MALEE))
        uow.updates.add(an_update(id=UpdateId("draft"), measure_id=SECOND))
    with office.read() as uow:
        assert [u.id for u in uow.updates.sent_by(SOMCHAI, 9)] == ["second", "first"]
        assert [u.id for u in uow.updates.sent_by(SOMCHAI, 1)] == ["second"]


def test_everything_ever_submitted_on_a_measure_in_a_round_is_found_in_order(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(an_update(id=UpdateId("draft"), person_id=MALEE))
        uow.updates.add(a_submitted(id=UpdateId("second"), submitted_at=later(hours=2)))
        uow.updates.add(a_submitted(id=UpdateId("first"), stage=Stage.SUPERSEDED, submitted_at=later(hours=1)))
        uow.updates.add(a_submitted(id=UpdateId("other-round"), round_no=RoundNo.TWELVE))
        uow.updates.add(a_submitted(id=UpdateId("other-measure"), measure_id=SECOND))
        uow.updates.add_evidence(UpdateId("first"), a_photo(), CHAT)
    with office.read() as uow:
        found = uow.updates.ever_submitted(FIRST, RoundNo.SIX)
    assert [(update.id, len(update.evidence)) for update in found] == [("first", 1), ("second", 0)]
