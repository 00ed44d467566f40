"""Compile a round's progress report: queue it, do it in a worker, tell who asked."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.conversation.types import Choice, Message
from bot.conversation.words import Word
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import CompileFailed, KaonaError
from bot.domain.people import ChatId, PersonId
from bot.domain.rounds import RoundNo
from bot.domain.text import thai_digits
from bot.domain.webhooks import HookEvent
from bot.jobs import DELIVER
from bot.ports.outside import Clock, Ids, JobQueue, MediaStore, ReportRenderer
from bot.ports.records import ReportId, ReportRun, ReportState
from bot.ports.store import Store, UnitOfWork
from bot.reporting.kinds import Kind, tables_of
from bot.reporting.model import Report
from bot.reporting.style_json import style_name, styles_given
from bot.reporting.styles import TableStyle
from bot.services.blame import Blame
from bot.services.document_model import load_model
from bot.services.draw_document import Cancelled, DrawDocument, bug
from bot.services.leases import LEASE, lease
from bot.services.logbook import Action, note
from bot.services.notices import Notices
from bot.services.report_names import alias_of, thai_name
from bot.services.settle_version import keep_hashes, settle_version
from bot.services.signed_links import SignedLinks
from bot.services.webhooks import announce

log = logging.getLogger(__name__)

PROGRESS_FORMATS = ("pdf", "docx", "xlsx", "html", "json")
MOST_TRIES = 3
"""The last one looks at each measure alone first, so that the one that stops the program is known by name."""
STOPPED = "การจัดทำหยุดกลางคันหลายครั้ง"
OVER_LIMIT = {"time": "ใช้เวลาเกินกำหนด", "memory": "ใช้หน่วยความจำเกินกำหนด"}
LINK_LIFE = timedelta(days=3)
_LABELS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
"""What people open from the chat; the rest is on the admin pages."""
_OFFERED = tuple(Choice(label=word.value, word=word.value) for word in (Word.SIGN_IN, Word.COMPILE, Word.COMPLETENESS))
"""The desk with the reasons, the document once more, and who is missing."""


def queue_report(
    uow: UnitOfWork,
    ids: Ids,
    clock: Clock,
    agency_id: AgencyId,
    fiscal_year: FiscalYear,
    round_no: RoundNo,
    *,
    formats: Sequence[str] = PROGRESS_FORMATS,
    draft: bool = False,
    requested_by: PersonId | None = None,
    chat_id: ChatId | None = None,
    skip: Sequence[str] = (),
    kind: Kind = Kind.PROGRESS,
    parts: Sequence[str] = (),
    styles: Mapping[str, Any] | None = None,
) -> ReportRun:
    """Store the wish for a compile, without the measures and evidence of `skip`; a worker takes it from there."""
    run = ReportRun(
        id=ReportId(ids.new()),
        agency_id=agency_id,
        fiscal_year=fiscal_year,
        round_no=round_no,
        formats=tuple(formats),
        created_at=clock.now(),
        draft=draft,
        requested_by=requested_by,
        chat_id=chat_id,
        skip=tuple(skip),
        kind=kind.value,
        parts=tuple(parts),
        styles=styles or {},
    )
    uow.reports.add(run)
    details: dict[str, str | int] = {"year": fiscal_year, "round": round_no.value, "draft": draft, "report": run.id}
    details["kind"] = kind.value
    note(uow, ids, run.created_at, requested_by, Action.REPORT_ASKED, agency_id, **details)
    return run


@dataclass(frozen=True, slots=True, kw_only=True)
class CompileReport:
    """The use case with everything it needs."""

    store: Store
    queue: JobQueue
    clock: Clock
    media: MediaStore
    renderer: ReportRenderer
    notices: Notices
    links: SignedLinks
    work_dir: Path
    site: str = ""

    def __call__(self, report_id: ReportId) -> bool:
        """Compile a queued run in this process; False when another has it or it failed."""
        with self.store.write() as uow:
            now = self.clock.now()
            run = uow.reports.claim(report_id, now, now + LEASE)
        if run is None:
            return False
        if run.attempts > MOST_TRIES:
            self._finish(_failed(run, run.error or STOPPED))
            return False
        try:
            with lease(self.store, self.clock, lambda uow, until: uow.reports.extend(report_id, until)):
                done = self._compile(run)
        except Cancelled:
            log.info("compile_cancelled report=%s", run.id)
            return False
        except (TimeoutError, MemoryError) as problem:
            self.cut_off(report_id, "time" if isinstance(problem, TimeoutError) else "memory")
            return False
        except KaonaError as problem:
            log.warning("compile_failed report=%s problem=%s", run.id, problem.detail)
            done = _failed(run, problem.detail, problem.fields.get("blame"))
        except Exception as problem:
            log.exception("compile_failed report=%s", run.id)
            done = _failed(run, bug(problem))
        self._finish(done)
        return done.state is ReportState.DONE

    def cut_off(self, report_id: ReportId, over: str) -> None:
        """See to a run that was stopped over its limit of "time" or "memory": the next try finds what is to blame."""
        with self.store.write() as uow:
            run = uow.reports.get(report_id)
            if run is None or run.state is not ReportState.RUNNING:
                return
            error = OVER_LIMIT[over] + (f" ขณะ{run.stage}" if run.stage else "")
            if run.attempts < MOST_TRIES:
                uow.reports.go_on(replace(run, attempts=MOST_TRIES - 1, claimed_until=self.clock.now(), error=error))
                return
        self._finish(_failed(run, error))

    def _compile(self, run: ReportRun) -> ReportRun:
        def progress(stage: str, part: float) -> None:
            self._go_on(replace(run, stage=stage, progress=part))

        report = self.model(
            run.agency_id,
            run.fiscal_year,
            run.round_no,
            draft=run.draft,
            kind=Kind(run.kind),
            parts=run.parts,
            styles=styles_given(run.styles),
            made_by=run.requested_by,
            skip=run.skip,
        )
        if run.attempts == MOST_TRIES:
            self._look_at_each(run, report)
        compiled = self.drawing.draw(report, run.formats, run.agency_id, progress)
        files = self._store(run, compiled.files)
        keep_hashes(self.store, report, compiled.files, self.clock.now())
        return replace(
            run,
            inputs_hash=report.inputs_hash,
            state=ReportState.DONE,
            stage="เสร็จแล้ว",
            progress=1.0,
            files=files,
            findings=tuple(dict.fromkeys(finding.message for finding in compiled.findings)),
            error=None,
            blame=None,
            blamed=(),
        )

    @property
    def drawing(self) -> DrawDocument:
        """Draws documents, and finds what is to blame when one cannot be drawn."""
        return DrawDocument(store=self.store, renderer=self.renderer, media=self.media)

    def _look_at_each(self, run: ReportRun, report: Report) -> None:
        """Draw each measure alone, its name noted before: should this process die of it, the name is known."""

        def before(blame: Blame) -> None:
            self._go_on(replace(run, stage=f"ลองจัดทำ{blame.words}", blame=blame.words, blamed=blame.ids))

        blame = self.drawing.measure_to_blame(report, run.formats, run.agency_id, before)
        if blame is not None:
            raise CompileFailed(f"จัดทำ{blame.words}ไม่สำเร็จ", blame=blame)

    def _go_on(self, run: ReportRun) -> None:
        running = replace(run, state=ReportState.RUNNING, claimed_until=self.clock.now() + LEASE)
        with self.store.write() as uow:
            if not uow.reports.go_on(running):
                raise Cancelled

    def model(
        self,
        agency_id: AgencyId,
        fiscal_year: FiscalYear,
        round_no: RoundNo,
        *,
        draft: bool,
        kind: Kind = Kind.PROGRESS,
        parts: Collection[str] = (),
        styles: Mapping[Kind, TableStyle] | None = None,
        made_by: PersonId | None = None,
        skip: Collection[str] = (),
    ) -> Report:
        """The model of a document as of now, in the agency's table styles unless another is given.

        What `skip` names by id, measures or evidence, is left out with a finding. Where nothing that the document
        says has changed, it is the version that was made before.
        """
        with self.store.read() as uow:
            document = load_model(
                uow,
                agency_id,
                fiscal_year,
                round_no,
                kind,
                now=self.clock.now(),
                draft=draft,
                site=self.site,
                parts=parts,
                styles=styles,
                skip=skip,
                drawn_by=self.renderer.mark(),
            )
        now = self.clock.now().replace(microsecond=0)
        used, parts = document.styles, document.parts if kind is Kind.SET else ()
        drawn = {each.value: style_name(used[each]) for each in tables_of(kind, parts)}
        template = document.word_templates.get(kind.value)
        made_with = {"styles": drawn, "parts": list(parts), "template": template.sha256 if template else None}
        return settle_version(self.store, agency_id, kind, now, document.build, made_by=made_by, made_with=made_with)

    def _store(self, run: ReportRun, contents: Mapping[str, bytes]) -> dict[str, str]:
        files = {}
        for name, content in contents.items():
            key = f"reports/{run.id}/{alias_of(run, name)}"
            with tempfile.NamedTemporaryFile(dir=self.work_dir, prefix="report-") as file:
                file.write(content)
                file.flush()
                self.media.put(key, Path(file.name))
            files[name] = key
        return files

    def _announce(self, uow: UnitOfWork, run: ReportRun) -> None:
        data = {"fiscal_year": int(run.fiscal_year), "round": run.round_no.value, "kind": run.kind, "report": run.id}
        announce(uow, self.notices.ids, self.clock.now(), run.agency_id, HookEvent.REPORT_READY, data)

    def _finish(self, run: ReportRun) -> None:
        with self.store.write() as uow:
            if not uow.reports.go_on(replace(run, finished_at=self.clock.now(), claimed_until=None)):
                self._forget(run)
                return
            if run.state is ReportState.DONE and not run.draft:
                self._announce(uow, run)
            chat = uow.chats.get(run.chat_id) if run.chat_id else None
            agency = uow.agencies.get(run.agency_id)
            if chat is not None and agency is not None:
                message = self._news(run, agency.name)
                self.notices.tell_chat(uow, chat, "report", [message], key=f"report-{run.id}-{run.state.value}")
        if run.chat_id:
            self.queue.enqueue(DELIVER, run.chat_id)

    def _forget(self, run: ReportRun) -> None:
        for key in run.files.values():
            self.media.delete(key)

    def _news(self, run: ReportRun, agency: str) -> Message:
        round_text = thai_digits(f"รอบ {run.round_no.value} เดือน ปีงบประมาณ พ.ศ. {run.fiscal_year}")
        if run.state is ReportState.FAILED:
            values: dict[str, object] = {
                "agency": agency,
                "round_text": round_text,
                "reason": run.error or "",
                "blame": run.blame if run.blamed else None,
            }
            return Message(name="report_failed", values=values, choices=_OFFERED)
        until = self.clock.now() + LINK_LIFE
        links = [
            {"label": _LABELS[name], "url": self.links.url(key, until, thai_name(run, agency, name))}
            for name, key in run.files.items()
            if name in _LABELS
        ]
        values = {
            "agency": agency,
            "round_text": round_text,
            "fiscal_year": run.fiscal_year,
            "links": links,
            "findings": len(run.findings),
        }
        return Message(name="report_ready", values=values, choices=_OFFERED)


def _failed(run: ReportRun, error: str, blame: object = None) -> ReportRun:
    words, ids = (blame.words, blame.ids) if isinstance(blame, Blame) else (run.blame, run.blamed)
    if words and words not in error:
        error = f"{error} ที่{words}"
    return replace(run, state=ReportState.FAILED, error=error, blame=words, blamed=ids)
