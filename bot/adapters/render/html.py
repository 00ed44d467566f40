"""HTML by Jinja2: one page that holds everything it shows, for the agency's website."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.adapters.render.pictures import runs, thumbnail
from bot.adapters.render.qr import ALT, qr_svg
from bot.domain.updates import EvidenceKind
from bot.reporting.letters import CONTENTS_TITLE, MEMO_TITLE, PREFACE_TITLE, SIGN_HERE
from bot.reporting.model import AnnexGroup, EvidenceItem, Report
from bot.reporting.rendering import Picture, Rendered

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "report"
SCREEN_PIXELS = 1000
_WORDS = {"memo": MEMO_TITLE, "preface": PREFACE_TITLE, "contents": CONTENTS_TITLE, "sign_here": SIGN_HERE}
_WEB = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A photo inside the page."""

    data: str
    width: int
    height: int


class HtmlFile:
    """Writes the page: no script, and no address from which anything would be loaded."""

    def render(self, report: Report, pictures: Mapping[str, Picture]) -> Rendered:
        """The page, as UTF-8."""
        page = _environment().get_template("progress/page.html")
        text = page.render(
            report=report,
            page=report.tables[0].page_size() if report.tables else (21.0, 29.7),
            charts={t.chart.key: _shown(pictures[t.chart.key]) for t in report.tables if t.chart},
            words=_WORDS,
            emblem=_emblem(report, pictures),
            annex=[_group(group, pictures) for group in report.annex],
            qr=Markup(qr_svg(report.cover.link, inline=True)) if report.cover.link else None,  # noqa: S704 - numbers only
            qr_alt=f"{ALT} {report.cover.link}",
        )
        return Rendered(data=text.encode())


def _emblem(report: Report, pictures: Mapping[str, Picture]) -> _Shown | None:
    picture = pictures.get(report.memo.emblem or "") if report.memo else None
    return _shown(picture) if picture else None


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.tests["weblink"] = _is_web_link
    return environment


def _is_web_link(item: EvidenceItem) -> bool:
    return item.kind is EvidenceKind.LINK and item.source.lower().startswith(_WEB)


def _group(group: AnnexGroup, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    """A measure's evidence, neighbouring photos side by side."""
    return {
        "title": group.measure,
        "runs": [
            (run, [(item, _shown(pictures[item.image_key or ""]) if run.photos else None) for item in run.items])
            for run in runs(group.items, pictures)
        ],
    }


def _shown(picture: Picture) -> _Shown:
    small = thumbnail(picture, SCREEN_PIXELS)
    return _Shown(data=base64.b64encode(small.data).decode(), width=small.width, height=small.height)
