"""The QR code on a cover: the same link is always the same picture."""

from __future__ import annotations

import io

import segno

ALT = "คิวอาร์โค้ดสำหรับตรวจสอบฉบับของเอกสารนี้"
_BORDER = 2


def qr_svg(link: str, *, inline: bool = False) -> str:
    """The code as a drawing made of numbers only; `inline` without what a file of its own begins with."""
    out = io.BytesIO()
    _code(link).save(
        out, kind="svg", scale=1, border=_BORDER, xmldecl=False, svgns=not inline, svgclass=None, lineclass=None,
        omitsize=True, nl=False,
    )  # fmt: skip
    return out.getvalue().decode()


def qr_png(link: str) -> bytes:
    """The code as a picture, sharp at the size of a stamp."""
    out = io.BytesIO()
    _code(link).save(out, kind="png", scale=12, border=_BORDER)
    return out.getvalue()


def qr_matrix(link: str) -> list[list[bool]]:
    """Which modules are dark, without the border."""
    return [[bool(module) for module in row] for row in _code(link).matrix]


def _code(link: str) -> segno.QRCode:
    return segno.make(link, error="m", micro=False, boost_error=False)
