"""The demo's sample agency: a plan, people who have joined, a finished 6-month round, an open 12-month one."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.bootstrap import Runtime
from bot.cli.sample_photos import photo
from bot.cli.sample_texts import SIX_MONTHS, TWELVE_MONTHS, SampleUpdate
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear, bangkok_day, fiscal_year_of
from bot.domain.people import Membership, Person, PersonId, Role
from bot.domain.plans import Measure
from bot.domain.rounds import RoundNo, default_round
from bot.domain.text import thai_digits
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, MediaState, Review, Stage, Status, Update, UpdateId
from bot.ports.store import UnitOfWork
from bot.services.add_agency import add_agency
from bot.services.agency_rounds import set_round
from bot.services.find import existing_measures
from bot.services.import_plan import IMPORTER, ImportPlan, importer_id
from bot.services.invite_person import invite_person
from bot.simulator.client import SimulatorClient

AGENCY_ID = AgencyId("suksomdee")
AGENCY = Agency(
    id=AGENCY_ID,
    name="องค์การบริหารส่วนตำบลสุขสมดี",
    kind="อบต.",
    subdistrict="สุขสมดี",
    district="เมืองสมมติ",
    province="สมมติบุรี",
    website="https://www.suksomdee.example",
    doc_code="สบ ๗๐๙๐๑",
)
ADMIN = "มานี ใจงาม"
OFFICERS = {"สมชาย ตั้งใจ": "1,2", "ปิติ รอบคอบ": "4,5", "ชูใจ สุจริต": "6,7"}
NOT_JOINED = ("วีระ มาใหม่", "3,8")
_PLAN = Path(__file__).with_name("sample_plan.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the welcome and a script need to know of the sample."""

    agency_id: AgencyId
    fiscal_year: FiscalYear
    round_no: RoundNo
    admin: str
    open_code: str | None


def seed_sample(rt: Runtime, client: SimulatorClient, say: Callable[[str], None]) -> Sample:
    """Make the sample where it is missing; what is there already stays as it is."""
    with rt.store.read() as uow:
        known = uow.agencies.get(AGENCY_ID)
        years = uow.plans.fiscal_years(AGENCY_ID)
    if known is None or not years:
        say("making the sample agency")
        year = _year_with_a_finished_half(bangkok_day(rt.clock.now()))
        _make_agency(rt, year, known is None)
    else:
        year = years[-1]
    _join_missing(rt, client, say)
    code = _open_code(rt, year)
    return Sample(agency_id=AGENCY_ID, fiscal_year=year, round_no=RoundNo.TWELVE, admin=ADMIN, open_code=code)


def _year_with_a_finished_half(today: date) -> FiscalYear:
    """The latest fiscal year whose 6-month round has locked."""
    year = fiscal_year_of(today)
    locked = default_round(AGENCY_ID, year, RoundNo.SIX).locks_on < today
    return year if locked else FiscalYear(year - 1)


def _make_agency(rt: Runtime, year: FiscalYear, agency_is_new: bool) -> None:
    if agency_is_new:
        add_agency(rt.store, AGENCY)
    plan = _PLAN.read_text(encoding="utf-8").format(
        year=thai_digits(str(year)),
        previous=thai_digits(str(year - 1)),
        year2=thai_digits(str(year % 100)),
        previous2=thai_digits(str((year - 1) % 100)),
    )
    ImportPlan(store=rt.store, ids=rt.ids, clock=rt.clock)(AGENCY_ID, year, "sample_plan.txt", plan.encode())
    today = bangkok_day(rt.clock.now())
    set_round(
        rt.store,
        rt.ids,
        rt.clock,
        AGENCY_ID,
        year,
        RoundNo.TWELVE,
        opens_on=today - timedelta(days=14),
        due_on=today + timedelta(days=14),
        locks_on=today + timedelta(days=35),
    )
    with rt.store.write() as uow:
        for name, measures in (*OFFICERS.items(), NOT_JOINED):
            _appoint(rt, uow, year, name, measures)
    _report(rt, year)


def _appoint(rt: Runtime, uow: UnitOfWork, year: FiscalYear, name: str, measures: str) -> None:
    """An officer with measures, before anybody has joined."""
    person = Person(id=PersonId(rt.ids.new()), name=name)
    uow.people.add(person)
    uow.people.add_membership(Membership(person_id=person.id, role=Role.OFFICER, agency_id=AGENCY_ID))
    for measure in existing_measures(uow, AGENCY_ID, year, measures):
        uow.plans.assign(measure.id, person.id)


def _invite(rt: Runtime, year: FiscalYear, role: Role, name: str, measures: str | None = None) -> str:
    return invite_person(
        rt.store, rt.ids, rt.keyed, rt.clock, AGENCY_ID, role, name, fiscal_year=year, measures=measures
    ).code


# What was reported before


def _report(rt: Runtime, year: FiscalYear) -> None:
    six = default_round(AGENCY_ID, year, RoundNo.SIX)
    spring = datetime.combine(six.opens_on + timedelta(days=20), time(10, 12), BANGKOK)
    with rt.store.write() as uow:
        uow.people.add(Person(id=importer_id(AGENCY_ID), name=IMPORTER))
        measures = {m.no: m for m in uow.plans.measures(AGENCY_ID, year)}
        for sample in SIX_MONTHS:
            _add(rt, uow, measures[sample.no], sample, RoundNo.SIX, spring + timedelta(hours=7 * sample.no))
        for sample in TWELVE_MONTHS:
            _add(rt, uow, measures[sample.no], sample, RoundNo.TWELVE, rt.clock.now() - timedelta(days=3))


def _add(rt: Runtime, uow: UnitOfWork, measure: Measure, sample: SampleUpdate, round_no: RoundNo, at: datetime) -> None:
    update = Update(
        id=UpdateId(rt.ids.new()),
        measure_id=measure.id,
        round_no=round_no,
        person_id=_author(uow, measure),
        stage=Stage.SUBMITTED,
        status=Status.DONE if round_no is RoundNo.TWELVE else Status.IN_PROGRESS,
        summary=sample.summary,
        outcome=sample.outcome,
        obstacles=sample.obstacles,
        started_at=at - timedelta(minutes=9),
        submitted_at=at,
        review=Review.ACCEPTED,
    )
    uow.updates.add(update)
    for scene, caption in sample.photos:
        uow.updates.add_evidence(update.id, _photo(rt, scene, caption), None)
    if sample.link:
        url, caption = sample.link
        link = Evidence(id=EvidenceId(rt.ids.new()), kind=EvidenceKind.LINK, url=url, name=url, caption=caption)
        uow.updates.add_evidence(update.id, link, None)


def _author(uow: UnitOfWork, measure: Measure) -> PersonId:
    """The measure's officer; for one who has not joined, the paper report that was imported."""
    people = uow.plans.reporters([measure.id]).get(measure.id, [])
    joined = [person for person in people if person.name != NOT_JOINED[0]]
    return joined[0].id if joined else importer_id(AGENCY_ID)


def _photo(rt: Runtime, scene: str, caption: str) -> Evidence:
    data = photo(scene)
    sha256 = hashlib.sha256(data).hexdigest()
    key = f"evidence/{sha256[:2]}/{sha256}.jpg"
    with tempfile.NamedTemporaryFile(dir=rt.work_dir) as file:
        file.write(data)
        file.flush()
        rt.media.put(key, Path(file.name))
    return Evidence(
        id=EvidenceId(rt.ids.new()),
        kind=EvidenceKind.IMAGE,
        name=f"{scene}.jpg",
        caption=caption,
        media=MediaState.STORED,
        sha256=sha256,
        size=len(data),
        mime="image/jpeg",
        stored_as=key,
    )


# Who is there


def _join_missing(rt: Runtime, client: SimulatorClient, say: Callable[[str], None]) -> None:
    """Let everybody of the sample add the bot and send a code, as real officers do."""
    with rt.store.read() as uow:
        year = uow.plans.fiscal_years(AGENCY_ID)[-1]
        people = {name: uow.people.named(AGENCY_ID, name) for name in (ADMIN, *OFFICERS)}
        joined = {name for name, person in people.items() if person and uow.chats.of_person(person.id)}
    known = {each["name"]: str(each["user_id"]) for each in client.people()}
    waiting: list[tuple[str, int]] = []
    for name in people:
        if name in joined:
            continue
        say(f"{name} joins")
        role = Role.ADMIN if name == ADMIN else Role.OFFICER
        who = known.get(name) or str(client.create_person(name)["user_id"])
        seen = client.wait_for_bot(who).seq
        client.send_text(who, _invite(rt, year, role, name))
        waiting.append((who, seen))
    for who, seen in waiting:
        client.wait_for_bot(who, after=seen)


def _open_code(rt: Runtime, year: FiscalYear) -> str | None:
    """A fresh code for the officer who has not joined yet; None once somebody has."""
    with rt.store.write() as uow:
        person = uow.people.named(AGENCY_ID, NOT_JOINED[0])
        if person is None or uow.chats.of_person(person.id) is not None:
            return None
        for old in uow.people.unused_invites(AGENCY_ID):
            if old.person_id == person.id:
                uow.people.revoke_invite(old.id, rt.clock.now())
    return _invite(rt, year, Role.OFFICER, *NOT_JOINED)
