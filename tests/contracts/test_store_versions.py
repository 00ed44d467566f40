"""Versions of documents keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.people import Person, PersonId
from bot.domain.rounds import RoundNo
from bot.ports.records import ReportVersion, VersionFile
from bot.ports.store import Store
from tests.contracts.office import AGENCY, SOMCHAI, an_agency

AT = datetime(2024, 10, 1, 9, tzinfo=BANGKOK)
VERSION = ReportVersion(
    inputs_hash="a" * 64,
    agency_id=AGENCY,
    fiscal_year=FiscalYear(2567),
    round_no=RoundNo.TWELVE,
    kind="progress",
    draft=False,
    made_at=AT,
    content={"measures": []},
    findings=("มาตรการลำดับที่ ๑: ยังไม่ได้รายงาน",),
    code="ABCD2345",
    made_by=SOMCHAI,
    made_with={"styles": {"progress": "A3"}},
)
LATER = replace(VERSION, inputs_hash="b" * 64, made_at=AT + timedelta(days=1), code="WXYZ6789")


def listed(version: ReportVersion) -> ReportVersion:
    return replace(version, content={}, findings=())


def a_file(digest: str, **how: object) -> VersionFile:
    values = {"inputs_hash": VERSION.inputs_hash, "format": "pdf", "sha256": digest, "size": 7, "made_at": AT, **how}
    return VersionFile(**values)  # type: ignore[arg-type]


def test_a_version_is_kept_once_and_never_overwritten(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency())
        assert uow.versions.settle(VERSION) == VERSION
    with store.write() as uow:
        assert uow.versions.settle(replace(VERSION, made_at=LATER.made_at, made_by=None, findings=())) == VERSION
        assert uow.versions.settle(LATER) == LATER
    with store.read() as uow:
        assert uow.versions.get(VERSION.inputs_hash) == VERSION
        assert uow.versions.get("c" * 64) is None


def test_lists_are_newest_first_and_leave_out_what_is_long(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency())
        for each in (VERSION, LATER):
            uow.versions.settle(each)
    with store.read() as uow:
        assert uow.versions.of_year(AGENCY, VERSION.fiscal_year) == [listed(LATER), listed(VERSION)]
        assert uow.versions.of_year(AGENCY, FiscalYear(2566)) == []
        assert uow.versions.of_code("ABCD2345") == [listed(VERSION)]
        assert uow.versions.of_code("NNNN2222") == []


def test_newer_is_only_what_was_made_later_of_the_same_document_for_publication(store: Store) -> None:
    others = [
        replace(LATER, inputs_hash="c" * 64, draft=True),
        replace(LATER, inputs_hash="d" * 64, kind="plan"),
        replace(LATER, inputs_hash="e" * 64, round_no=RoundNo.SIX),
        replace(LATER, inputs_hash="f" * 64, fiscal_year=FiscalYear(2568)),
    ]
    with store.write() as uow:
        uow.agencies.add(an_agency())
        for each in (VERSION, *others):
            uow.versions.settle(each)
        assert uow.versions.newest_like(VERSION) == VERSION
        uow.versions.settle(LATER)
        assert uow.versions.newest_like(VERSION) == listed(LATER)
        assert uow.versions.newest_like(LATER) == LATER


def test_the_same_bytes_count_once_and_other_bytes_beside_them(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency())
        for each in (VERSION, LATER):
            uow.versions.settle(each)
        uow.versions.add_files([a_file("1" * 64), a_file("2" * 64, format="docx")])
    with store.write() as uow:
        uow.versions.add_files([a_file("1" * 64, made_at=AT + timedelta(days=2))])
        uow.versions.add_files([a_file("3" * 64, made_at=AT + timedelta(days=3))])
        wanted = [a_file("2" * 64, format="docx"), a_file("1" * 64), a_file("3" * 64, made_at=AT + timedelta(days=3))]
        assert uow.versions.files([VERSION.inputs_hash, LATER.inputs_hash]) == {
            VERSION.inputs_hash: wanted,
            LATER.inputs_hash: [],
        }


def test_who_made_a_version_follows_them_when_two_records_become_one(office: Store) -> None:
    with office.write() as uow:
        uow.versions.settle(VERSION)
        other = Person(id=PersonId("person-other"), name="นายสมชาย ใจดี")
        uow.people.add(other)
        uow.people.merge(SOMCHAI, other.id)
        kept = uow.versions.get(VERSION.inputs_hash)
        assert kept is not None
        assert kept.made_by == other.id
