"""QR codes as drawings within a page."""

from __future__ import annotations

import segno
from markupsafe import Markup


def drawn_qr(link: str) -> Markup:
    """A code for a link; the drawing is ours, made of numbers only."""
    code = segno.make(link, error="m", micro=False)
    return Markup(code.svg_inline(scale=5, border=2, svgclass="qr", lineclass=None, omitsize=True))  # noqa: S704
