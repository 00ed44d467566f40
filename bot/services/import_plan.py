"""Import a measures plan or a finished report: new measures are added, known ones updated, none doubled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.mending import mended
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, StaleWrite
from bot.domain.people import Person, PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.text import match_key
from bot.domain.updates import Review, Stage, Status, Update, UpdateId
from bot.importing.drafting import as_draft
from bot.importing.matching import match_measures
from bot.importing.pdf_rows import as_pdf_draft, is_pdf, tables_of_pdf
from bot.importing.plan import PlanReading, ReadMeasure, TableChoice, read_plan
from bot.importing.raw import MAX_FILE_BYTES, RawTable
from bot.ports.outside import Clock, Ids, PdfReader
from bot.ports.store import Store, UnitOfWork
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note
from bot.services.mend_reading import Mending, mended_reading, mendings

IMPORTER = "นำเข้าจากไฟล์"
"""Who an imported update is by, where the measure has no reporter yet."""

UNCONFIRMED = (
    "ตารางที่อ่านจาก PDF เป็นเพียงร่าง ดูด้วย --dry-run เทียบกับต้นฉบับ แล้วยืนยันด้วย --confirm-draft "
    "(rows out of a PDF are a draft: look with --dry-run, then import with --confirm-draft)"
)

_FIELDS = ("section", "indicator", "approach", "steps", "responsible", "monitoring")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or with a dry run would do; measures by number as they then stand.

    Attributes:
        mendable: texts that a PDF or an old font broke, as they would be put right; offered, and done when asked.
    """

    reading: PlanReading
    added: tuple[Measure, ...]
    changed: tuple[Measure, ...]
    same: tuple[Measure, ...]
    removed: tuple[Measure, ...]
    absent: tuple[Measure, ...]
    results: int
    mendable: tuple[Mending, ...] = ()

    @property
    def does_something(self) -> bool:
        """Whether anything is or would be stored."""
        return bool(self.added or self.changed or self.removed or self.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The use case with everything it needs."""

    store: Store
    ids: Ids
    clock: Clock
    pdf: PdfReader | None = None

    def __call__(
        self,
        agency_id: AgencyId,
        fiscal_year: FiscalYear,
        name: str,
        data: bytes,
        *,
        table: TableChoice = None,
        results: RoundNo | None = None,
        from_year: FiscalYear | None = None,
        replace_all: bool = False,
        dry_run: bool = False,
        by: PersonId | None = None,
        seen: str | None = None,
        mend: bool = False,
        confirm_draft: bool = False,
    ) -> Imported:
        """Read the file and bring the plan up to it, in one transaction or not at all.

        Args:
            agency_id: whose plan.
            fiscal_year: which year's.
            name: the file's name, for messages.
            data: the whole file.
            table: the only table to take, by the number that a dry run lists.
            results: also take summaries and outcomes as this round's updates.
            from_year: the file is that earlier year's plan or report; it becomes this year's draft.
            replace_all: remove measures that the file does not have, and number as the file does.
            dry_run: change nothing.
            by: who does it, for the log.
            seen: the fingerprint of the measures that the difference was shown against.
            mend: put right the letters that a PDF or an old font broke.
            confirm_draft: somebody has looked through what was read out of a PDF.

        Raises:
            StaleWrite: the plan is no longer as it was seen.
            NotFound: no such agency.
            BadInput: the file cannot be read or has no measures.
        """
        with self.store.read() as uow:
            existing_agency(uow, agency_id)
        if from_year and results:
            raise BadInput("--from-year makes a draft plan: --results cannot be taken with it")
        draft = is_pdf(data)
        if draft and not (dry_run or confirm_draft):
            raise BadInput(f"{name}: {UNCONFIRMED}")
        tables, left_out = self._pdf_tables(name, data) if draft else (None, [])
        reading = read_plan(
            name,
            data,
            from_year or fiscal_year,
            table=table,
            results=results is not None,
            round_no=results,
            tables=tables,
        )
        reading = as_pdf_draft(reading, name, left_out) if draft else reading
        mendable = mendings(reading)
        if mend:
            reading = mended_reading(reading)
        if from_year:
            reading = as_draft(reading, from_year, fiscal_year)
        with self.store.read() if dry_run else self.store.write() as uow:
            if not dry_run:
                uow.agencies.hold(agency_id)
            known = uow.plans.measures(agency_id, fiscal_year)
            if seen is not None and seen != fingerprint(*known):
                raise StaleWrite(f"the plan of {fiscal_year} was changed meanwhile")
            imported, plan = self._compare(known, agency_id, fiscal_year, reading, replace_all=replace_all)
            imported = replace(imported, mendable=mendable)
            if not dry_run:
                uow.plans.remove([measure.id for measure in imported.removed])
                uow.plans.save([*imported.added, *imported.changed])
                _note_output_column(uow, agency_id, reading, replace_all=replace_all)
            if results is not None:
                taken = self._take_results(uow, agency_id, plan, results, dry_run=dry_run)
                imported = replace(imported, results=taken)
            if not dry_run and imported.does_something:
                self._write_down(uow, imported, agency_id, fiscal_year, by)
        return imported

    def _pdf_tables(self, name: str, data: bytes) -> tuple[list[RawTable], list[int]]:
        if len(data) > MAX_FILE_BYTES:
            raise BadInput(f"{name}: ไฟล์ใหญ่เกินกำหนด {MAX_FILE_BYTES // 1024**2} MB (file too large)")
        if self.pdf is None:
            raise BadInput(f"{name}: อ่านไฟล์ PDF ที่นี่ไม่ได้ (PDF is not supported here)")
        return tables_of_pdf(name, self.pdf.pages(name, data))

    def _write_down(
        self, uow: UnitOfWork, imported: Imported, agency_id: AgencyId, year: FiscalYear, by: PersonId | None
    ) -> None:
        counts = {name: len(getattr(imported, name)) for name in ("added", "changed", "removed")}
        results = imported.results
        note(uow, self.ids, self.clock.now(), by, Action.PLAN_IMPORTED, agency_id, year=year, results=results, **counts)

    def _compare(
        self,
        known: Sequence[Measure],
        agency_id: AgencyId,
        fiscal_year: FiscalYear,
        reading: PlanReading,
        *,
        replace_all: bool,
    ) -> tuple[Imported, list[tuple[Measure, ReadMeasure]]]:
        """What would change, and each read measure with its stored one."""
        by_id = {measure.id: measure for measure in known}
        read_as = [replace(read, title=mended(read.title)) for read in reading.measures]  # broken or not: the same
        matches = match_measures([(m.id, m.indicator, mended(m.title)) for m in known], read_as)
        verbatim = {id(each): read for each, read in zip(read_as, reading.measures, strict=True)}
        partner = {id(verbatim[id(read)]): by_id[measure_id] for measure_id, read in matches.pairs}
        next_no = max((m.no for m in known), default=0) + 1
        plan: list[tuple[Measure, ReadMeasure]] = []
        for place, read in enumerate(reading.measures, start=1):
            old = partner.get(id(read))
            no = place if replace_all else old.no if old else next_no
            next_no += old is None
            base = old or Measure(
                id=MeasureId(self.ids.new()), agency_id=agency_id, fiscal_year=fiscal_year, no=no, title=read.title
            )
            plan.append((_updated(base, read, no), read))
        gone = tuple(by_id[measure_id] for measure_id in matches.gone)
        imported = Imported(
            reading=reading,
            added=tuple(m for m, _ in plan if m.id not in by_id),
            changed=tuple(m for m, _ in plan if m.id in by_id and by_id[m.id] != m),
            same=tuple(m for m, _ in plan if by_id.get(m.id) == m),
            removed=gone if replace_all else (),
            absent=() if replace_all else gone,
            results=0,
        )
        return imported, plan

    def _take_results(
        self,
        uow: UnitOfWork,
        agency_id: AgencyId,
        plan: Sequence[tuple[Measure, ReadMeasure]],
        round_no: RoundNo,
        *,
        dry_run: bool,
    ) -> int:
        reporters = uow.plans.reporters([measure.id for measure, _ in plan])
        in_force = {
            (u.measure_id, u.person_id): u
            for u in uow.updates.in_force([measure.id for measure, _ in plan])
            if u.round_no is round_no
        }
        taken = 0
        for measure, read in plan:
            if not (read.summary or read.outcome or read.output or read.obstacles):
                continue
            people = reporters.get(measure.id, [])
            person_id = people[0].id if people else importer_id(agency_id)
            new = self._update(measure, read, round_no, person_id, self.clock.now())
            old = in_force.get((measure.id, person_id))
            if old is not None and _texts(old) == _texts(new):
                continue
            taken += 1
            if not dry_run:
                self._put_in_force(uow, old, new)
        return taken

    def _update(
        self, measure: Measure, read: ReadMeasure, round_no: RoundNo, person_id: PersonId, at: datetime
    ) -> Update:
        return Update(
            id=UpdateId(self.ids.new()),
            measure_id=measure.id,
            round_no=round_no,
            person_id=person_id,
            stage=Stage.SUBMITTED,
            status=Status.DONE if read.outcome else Status.IN_PROGRESS,
            summary=read.summary,
            output=read.output,
            outcome=read.outcome,
            obstacles=read.obstacles,
            remark=read.remark,
            started_at=at,
            submitted_at=at,
            review=Review.ACCEPTED,
        )

    def _put_in_force(self, uow: UnitOfWork, old: Update | None, new: Update) -> None:
        if uow.people.get(new.person_id) is None:
            uow.people.add(Person(id=new.person_id, name=IMPORTER))
        if old is not None:
            uow.updates.save(replace(old, stage=Stage.SUPERSEDED))
        uow.updates.add(new, replaces=old.id if old else None)


def _note_output_column(uow: UnitOfWork, agency_id: AgencyId, reading: PlanReading, *, replace_all: bool) -> None:
    """Ask officers for ผลผลิต from now on where the agency's table has a column for it."""
    headers = [header for table in reading.tables if table.taken for header in table.headers]
    has_column = any(match_key(h).startswith("ผลผลิต") and "ผลลัพธ์" not in h for h in headers)
    settings = uow.agencies.settings(agency_id)
    if has_column is not settings.asks_output and (has_column or replace_all):
        uow.agencies.save_settings(agency_id, replace(settings, asks_output=has_column))


def importer_id(agency_id: AgencyId) -> PersonId:
    """The agency's stand-in for the author of an imported update."""
    return PersonId(hashlib.sha256(f"importer of {agency_id}".encode()).hexdigest()[:26].upper())


def _updated(base: Measure, read: ReadMeasure, no: int) -> Measure:
    """The measure with what the file has; what the file leaves open stays as it was."""
    texts = {name: getattr(read, name) or getattr(base, name) for name in _FIELDS}
    measure = replace(base, no=no, title=read.title, **texts)
    if not read.period.text:
        return measure
    return replace(measure, period_text=read.period.text, period_start=read.period.start, period_end=read.period.end)


def _texts(update: Update) -> tuple[str | None, ...]:
    return (update.summary, update.output, update.outcome, update.obstacles, update.remark)
