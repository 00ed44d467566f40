"""Photos made ready for print: upright, small, without metadata; what is no readable photo is listed as a file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageOps

from bot.adapters.render.charts import chart_picture
from bot.domain.errors import CompileFailed, KaonaError, NotFound, OutsideWorld
from bot.domain.updates import EvidenceKind
from bot.reporting.model import AnnexGroup, EvidenceItem, Finding, Report, Severity, of_measure
from bot.reporting.rendering import ImageSource, Picture

PRINT_PIXELS, MANY_PIXELS = 1600, 1000
"""The longest side; of many photos two share a line, where 1000 pixels are more than 300 to the inch."""
MANY = 12
JPEG_QUALITY = 85
MAX_PIXELS = 80_000_000
BUDGET = 4_200_000
"""Bytes that the photos of a report of ordinary size share, so that its file stays under 5 MB."""
_LEAST_SHARE = 105_000
_TRIES = ((1.0, JPEG_QUALITY), (1.0, 76), (0.8, 72), (0.62, 66), (0.5, 60))
"""Parts of the size and qualities, until a photo fits its share."""
AWAY = "อ่านภาพจากที่เก็บไฟล์ไม่ได้"
MOST_AWAY = 5
"""With so many photos not to be had it is the storage that is away, and no photo to blame."""
UNREADABLE_NOTE = "เปิดเป็นภาพไม่ได้ จึงแสดงเป็นรายการไฟล์"


def prepare_pictures(report: Report, images: ImageSource) -> tuple[Report, dict[str, Picture]]:
    """The report with unreadable photos turned into files (each a finding), and the photos and charts to be drawn.

    Raises:
        CompileFailed: photos cannot be fetched just now; its fields name their `image_keys`.
    """
    pictures: dict[str, Picture] = {}
    away: dict[str, None] = {}
    photos = sum(bool(item.image_key) for group in report.annex for item in group.items)
    findings: list[Finding] = []
    groups = []
    for group in report.annex:
        items = []
        for item in group.items:
            if item.image_key and item.image_key not in pictures:
                try:
                    picture = read_picture(item.image_key, images, photos)
                except CompileFailed:
                    away[item.image_key] = None
                    _give_up_after_many(away)
                    continue
                if picture is None:
                    findings.append(_unreadable(group, item))
                    items.append(replace(item, image_key=None, kind_word="ไฟล์", note=UNREADABLE_NOTE))
                    continue
                pictures[item.image_key] = picture
            items.append(item)
        groups.append(replace(group, items=tuple(items)))
    if away:
        raise CompileFailed(AWAY, image_keys=tuple(away))
    charts = {table.chart.key: chart_picture(table.chart) for table in report.tables if table.chart}
    emblem = _emblem(report, images)
    ready = replace(report, annex=tuple(groups), findings=(*report.findings, *findings))
    return ready, pictures | charts | emblem


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
    try:
        stored = images(key)
    except (NotFound, FileNotFoundError):
        return None
    except TimeoutError:
        raise  # the job's time is up
    except (KaonaError, OSError) as problem:
        raise CompileFailed(AWAY, image_keys=(key,)) from problem
    try:
        with Image.open(stored if isinstance(stored, Path) else io.BytesIO(stored)) as image:
            return _for_print(image, photos)
    except Exception:  # a decoder may fail in any way on a strange file; the report goes on
        return None


def _give_up_after_many(away: Mapping[str, None]) -> None:
    if len(away) >= MOST_AWAY:
        raise OutsideWorld(f"{AWAY} โปรดลองใหม่ภายหลัง (the media storage is away)")


def _for_print(image: Image.Image, photos: int) -> Picture:
    if image.width * image.height > MAX_PIXELS:
        raise ValueError("too many pixels")
    pixels = PRINT_PIXELS if photos <= MANY else MANY_PIXELS
    _read_small(image, pixels)
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((pixels, pixels))
    flat = Image.new("RGB", upright.size, "white")
    with_alpha = upright.convert("RGBA") if "A" in upright.getbands() or "transparency" in upright.info else None
    flat.paste(with_alpha or upright.convert("RGB"), mask=with_alpha)
    return _within(flat, max(BUDGET // max(1, photos), _LEAST_SHARE))


def _read_small(image: Image.Image, pixels: int) -> None:
    """Lets the JPEG decoder make the photo small while it reads; other files are read whole."""
    scale = min(1.0, pixels / max(image.size))
    image.draft("RGB", (max(1, int(image.width * scale)), max(1, int(image.height * scale))))


def _within(image: Image.Image, share: int) -> Picture:
    """The photo as JPEG, made smaller and coarser until it fits its share of the file."""
    for part, quality in _TRIES:
        tried = image
        if part < 1:
            tried = image.resize((max(1, round(image.width * part)), max(1, round(image.height * part))))
        out = io.BytesIO()
        tried.save(out, "JPEG", quality=quality)
        if out.tell() <= share:
            break
    return Picture(data=out.getvalue(), width=tried.width, height=tried.height)


def thumbnail(picture: Picture, pixels: int) -> Picture:
    """The same photo, no side longer than that many pixels."""
    if max(picture.width, picture.height) <= pixels:
        return picture
    with Image.open(io.BytesIO(picture.data)) as image:
        _read_small(image, pixels)
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
