"""A mark of everything that draws reports: while it is the same, the same report gives the same bytes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.adapters.render.fonts import VENDORED

ROOT = Path(__file__).resolve().parents[3]
_DRAWN_BY = (
    ROOT / "bot" / "adapters" / "render",
    ROOT / "bot" / "adapters" / "word_template",
    ROOT / "templates" / "report",
)
_PACKAGES = ("typst", "python-docx", "openpyxl", "jinja2", "pillow", "lxml")


@lru_cache(maxsize=4)
def renderer_mark(own_fonts: Path) -> str:
    """The mark: of the shipped templates, the renderers, the fonts and the versions of what they are built on.

    Args:
        own_fonts: the folder of the agency's own fonts, which need not exist.
    """
    mark = hashlib.sha256()
    for folder in _DRAWN_BY:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in (".py", ".typ", ".html")):
            mark.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for folder in (VENDORED, own_fonts):
        for path in sorted(folder.glob("*.[to]tf")):
            mark.update(f"{path.name} {path.stat().st_size}\n".encode())
    for package in _PACKAGES:
        mark.update(f"{package} {_version(package)}\n".encode())
    return mark.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
