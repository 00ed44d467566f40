"""Photos made ready for print: upright, small, without metadata; what is no readable photo is listed as a file."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from PIL import Image

from bot.adapters.render.charts import chart_picture
from bot.adapters.render.photo import JPEG_QUALITY, for_print, read_small
from bot.adapters.render.photo_pool import ready_photos
from bot.domain.errors import CompileFailed, KaonaError, NotFound, OutsideWorld
from bot.domain.updates import EvidenceKind
from bot.reporting.model import AnnexGroup, EvidenceItem, Finding, Report, Severity, of_measure
from bot.reporting.rendering import ImageSource, Picture

AWAY = "อ่านภาพจากที่เก็บไฟล์ไม่ได้"
MOST_AWAY = 5
"""With so many photos not to be had it is the storage that is away, and no photo to blame."""
UNREADABLE_NOTE = "เปิดเป็นภาพไม่ได้ จึงแสดงเป็นรายการไฟล์"


def prepare_pictures(
    report: Report, images: ImageSource, done: Callable[[int, int], None] = lambda ready, of: None
) -> tuple[Report, dict[str, Picture]]:
    """The report with unreadable photos turned into files (each a finding), and the photos and charts to be drawn.

    Args:
        report: the report.
        images: gives a photo's stored bytes by its key.
        done: is told how many photos are ready, and of how many.

    Raises:
        CompileFailed: photos cannot be fetched just now; its fields name their `image_keys`.
    """
    shown = [item.image_key for group in report.annex for item in group.items if item.image_key]
    keys = list(dict.fromkeys(shown))
    away: dict[str, None] = {}

    def stored(key: str) -> bytes | None:
        if len(away) >= MOST_AWAY:
            return None
        try:
            return _stored(key, images)
        except CompileFailed:
            away[key] = None
            return None

    made = ready_photos(keys, stored, len(shown), lambda count: done(count, len(keys)))
    if len(away) >= MOST_AWAY:
        raise OutsideWorld(f"{AWAY} โปรดลองใหม่ภายหลัง (the media storage is away)")
    if away:
        raise CompileFailed(AWAY, image_keys=tuple(away))
    pictures = {key: picture for key, picture in made.items() if picture is not None}
    findings: list[Finding] = []
    groups = []
    for group in report.annex:
        lost = [item for item in group.items if item.image_key and item.image_key not in pictures]
        findings += [_unreadable(group, item) for item in lost]
        groups.append(replace(group, items=tuple(_listed(i) if i in lost else i for i in group.items)))
    charts = {table.chart.key: chart_picture(table.chart) for table in report.tables if table.chart}
    emblem = _emblem(report, images)
    ready = replace(report, annex=tuple(groups), findings=(*report.findings, *findings))
    return ready, pictures | charts | emblem


def _listed(item: EvidenceItem) -> EvidenceItem:
    return replace(item, image_key=None, kind_word="ไฟล์", note=UNREADABLE_NOTE)


def _emblem(report: Report, images: ImageSource) -> dict[str, Picture]:
    """The picture at the head of the memo, where the agency gave one that can be read."""
    key = report.memo.emblem if report.memo else None
    picture = read_picture(key, images) if key else None
    return {key: picture} if key and picture else {}


def read_picture(key: str, images: ImageSource, photos: int = 1) -> Picture | None:
    """The photo under a key, ready for print among so many; None when there is none that Pillow can read.

    Raises:
        CompileFailed: it cannot be fetched just now.
    """
    stored = _stored(key, images)
    if stored is None:
        return None
    try:
        data, width, height = for_print(stored, photos)
    except Exception:  # a decoder may fail in any way on a strange file; the report goes on
        return None
    return Picture(data=data, width=width, height=height)


def _stored(key: str, images: ImageSource) -> bytes | None:
    """The photo's bytes; None when there are none.

    Raises:
        CompileFailed: they cannot be fetched just now.
    """
    try:
        stored = images(key)
        return stored.read_bytes() if isinstance(stored, Path) else stored
    except (NotFound, FileNotFoundError):
        return None
    except TimeoutError:
        raise  # the job's time is up
    except (KaonaError, OSError) as problem:
        raise CompileFailed(AWAY, image_keys=(key,)) from problem


def thumbnail(picture: Picture, pixels: int) -> Picture:
    """The same photo, no side longer than that many pixels."""
    if max(picture.width, picture.height) <= pixels:
        return picture
    with Image.open(io.BytesIO(picture.data)) as image:
        read_small(image, pixels)
        image.thumbnail((pixels, pixels))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=JPEG_QUALITY)
        return Picture(data=out.getvalue(), width=image.width, height=image.height)


def fitted(picture: Picture, width: float, height: float) -> tuple[float, float]:
    """The photo's size inside a box, its shape kept."""
    scale = min(width / picture.width, height / picture.height)
    return picture.width * scale, picture.height * scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Neighbouring items that are drawn together.

    Attributes:
        photos: they are drawn, not listed.
        caption: of one album: its number and what it shows, once for all of its photos; None for single photos.
    """

    photos: bool
    items: tuple[EvidenceItem, ...]
    caption: tuple[str, str] | None = None


def runs(items: Sequence[EvidenceItem], pictures: Mapping[str, Picture]) -> list[Run]:
    """The items in their order: an album's photos together, single photos side by side, the rest as a list."""

    def kind(item: EvidenceItem) -> tuple[bool, str]:
        photo = item.kind is EvidenceKind.IMAGE and item.image_key in pictures
        return photo, item.label if photo and item.set_of > 1 else ""

    captions = {item.label: item.caption for item in items if item.caption}
    found = []
    for (photo, album), grouped in groupby(items, kind):
        together = tuple(grouped)
        caption = (together[0].heading, captions.get(album, "")) if album else None
        found.append(Run(photos=photo, items=together, caption=caption))
    return found


def _unreadable(group: AnnexGroup, item: EvidenceItem) -> Finding:
    return Finding(
        code="photo_unreadable",
        severity=Severity.WARNING,
        message=of_measure(group.measure_no, f"ภาพที่ {item.label} เปิดไม่ได้ จึงแสดงเป็นรายการไฟล์"),
        measure_no=group.measure_no,
        field="evidence",
        words=item.source or item.caption or None,
    )
