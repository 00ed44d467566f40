"""An agency's own Word templates: look at an upload with this year's data, keep it, use it, take it away."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day, fiscal_year_of
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import PersonId
from bot.domain.rounds import RoundNo
from bot.ports.outside import Clock, Ids, MediaStore
from bot.ports.store import Store
from bot.ports.word_templates import KeptTemplate, TemplateId, WordTemplates
from bot.reporting.build import build_report
from bot.reporting.example_year import example_year
from bot.reporting.kinds import Kind
from bot.reporting.model import Report
from bot.reporting.rendering import DrawnTemplate
from bot.reporting.style_json import styles_of
from bot.services.load_year import load_year
from bot.services.logbook import Action, note

LARGEST = 10 * 1024 * 1024
MOST_KEPT = 200
PREFIX = "templates/"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDesk:
    """The use cases with everything they need."""

    store: Store
    clock: Clock
    ids: Ids
    media: MediaStore
    templates: WordTemplates
    site: str = ""

    def starting(self, agency_id: AgencyId, kind: Kind) -> bytes:
        """The template to begin with, in the agency's table style and digits."""
        with self.store.read() as uow:
            settings = uow.agencies.settings(agency_id)
        style = styles_of(settings.table_styles).get(kind)
        return self.templates.starting(kind, style, thai_digits=settings.thai_digits, with_code=bool(self.site))

    def add(
        self, by: PersonId, agency_id: AgencyId, kind: Kind, name: str, data: bytes
    ) -> KeptTemplate | DrawnTemplate:
        """Keep an upload that can be drawn; for one that cannot, what is wrong with it.

        Raises:
            BadInput: it is too large, or there are too many already.
        """
        if len(data) > LARGEST:
            raise BadInput(f"แม่แบบใหญ่เกิน {LARGEST // 1024**2} เมกะไบต์")
        drawn = self.templates.draw(data, self.report(agency_id, kind), self.media)
        if drawn.problems:
            return drawn
        digest = hashlib.sha256(data).hexdigest()
        kept = KeptTemplate(
            id=TemplateId(self.ids.new()),
            agency_id=agency_id,
            kind=kind.value,
            name=name[:200],
            sha256=digest,
            key=f"{PREFIX}{agency_id}/{digest}.docx",
            uploaded_at=self.clock.now(),
            uploaded_by=by,
        )
        with tempfile.NamedTemporaryFile(prefix="template-") as file:
            file.write(data)
            file.flush()
            self.media.put(kept.key, Path(file.name))
        with self.store.write() as uow:
            if len(uow.word_templates.of_agency(agency_id)) >= MOST_KEPT:
                raise BadInput(f"มีแม่แบบเก็บไว้ครบ {MOST_KEPT} ฉบับแล้ว")
            uow.word_templates.add(kept)
            note(uow, self.ids, kept.uploaded_at, by, Action.TEMPLATE_ADDED, agency_id, kind=kept.kind, name=kept.name)
        return kept

    def use(self, by: PersonId, agency_id: AgencyId, kind: Kind, template_id: TemplateId | None) -> None:
        """Draw the kind by this template from now on; None: as the program draws it.

        Raises:
            NotFound: the agency has no such template of that kind.
        """
        with self.store.write() as uow:
            kept = uow.word_templates.get(template_id) if template_id else None
            if template_id and (kept is None or (kept.agency_id, kept.kind) != (agency_id, kind.value)):
                raise NotFound("there is no such template")
            uow.word_templates.use(agency_id, kind.value, template_id)
            action = Action.TEMPLATE_USED if kept else Action.TEMPLATE_TAKEN_AWAY
            name = kept.name if kept else ""
            note(uow, self.ids, self.clock.now(), by, action, agency_id, kind=kind.value, name=name)

    def get(self, agency_id: AgencyId, template_id: TemplateId) -> KeptTemplate:
        """One template of the agency.

        Raises:
            NotFound: it has no such one.
        """
        with self.store.read() as uow:
            kept = uow.word_templates.get(template_id)
        if kept is None or kept.agency_id != agency_id:
            raise NotFound("there is no such template")
        return kept

    def preview(self, kept: KeptTemplate) -> DrawnTemplate:
        """The template with this year's data."""
        with self.media.open(kept.key) as file:
            data = file.read()
        return self.templates.draw(data, self.report(kept.agency_id, Kind(kept.kind)), self.media)

    def report(self, agency_id: AgencyId, kind: Kind) -> Report:
        """What a preview shows: this year's plan and updates, or an example where there is no plan yet."""
        now = self.clock.now()
        with self.store.read() as uow:
            year = load_year(uow, agency_id, fiscal_year_of(bangkok_day(now)))
            settings = uow.agencies.settings(agency_id)
        shown = year if year.measures else example_year(year.agency, year.fiscal_year)
        return build_report(
            shown,
            RoundNo.TWELVE,
            draft=True,
            compiled_at=now.replace(microsecond=0),
            thai_digits=settings.thai_digits,
            kind=kind,
            styles=styles_of(settings.table_styles),
            site=self.site,
        )
