"""Programs that some tests need: without one a test is skipped with the reason, or fails where skips are forbidden."""

from __future__ import annotations

import os
import shutil

import pytest

NO_SKIPS = "KAONA_NO_SKIPS"
"""Set to 1 where everything is installed, so that a missing program is a failure and not a silent gap."""

_PROGRAMS = {
    "chromium": ("chromium", "chromedriver"),
    "poppler": ("pdftotext", "pdfinfo"),
    "office": ("soffice",),
}


def needs(what: str) -> None:
    """Go on only where the programs are installed: chromium, poppler, office, or a program by its own name."""
    missing = missing_programs(what)
    if missing:
        reason = f"{' and '.join(missing)} not installed"
        if os.environ.get(NO_SKIPS) == "1":
            pytest.fail(f"{reason}, and {NO_SKIPS}=1 forbids to skip", pytrace=False)
        pytest.skip(reason)


def missing_programs(what: str) -> list[str]:
    """Those of the programs that are not on this machine."""
    return [name for name in _PROGRAMS.get(what, (what,)) if shutil.which(name) is None]
