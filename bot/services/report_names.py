"""What compiled files are called: a Thai name for people, an ASCII one for old readers and for keys."""

from __future__ import annotations

from bot.domain.calendar import FiscalYear
from bot.domain.rounds import RoundNo
from bot.domain.text import thai_digits
from bot.ports.records import ReportRun
from bot.reporting.kinds import WORDS, Kind

MOST_BYTES = 240
"""File systems allow a name 255 bytes, of which a Thai letter takes three; the rest is for " (1)" and the suffix."""

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))


def file_name(
    agency_id: str, fiscal_year: FiscalYear, round_no: RoundNo, format_name: str, kind: Kind = Kind.PROGRESS
) -> str:
    """The file's ASCII name, e.g. progress-demo-2569-12.pdf or plan-demo-2569.pdf."""
    of_round = f"-{round_no.value}" if WORDS[kind].of_round else ""
    return f"{kind.value}-{agency_id}-{fiscal_year}{of_round}.{format_name}"


def alias_of(run: ReportRun, format_name: str) -> str:
    """The ASCII name of a compile's file."""
    return file_name(run.agency_id, run.fiscal_year, run.round_no, format_name, Kind(run.kind))


def thai_name(run: ReportRun, agency: str, format_name: str) -> str:
    """The name under which people find the file again, short enough for any file system."""
    words = WORDS[Kind(run.kind)]
    parts = [
        words.short or "".join(words.title),
        f"รอบ {run.round_no.value} เดือน" if words.of_round else "",
        f"ปีงบประมาณ {run.fiscal_year}",
        agency,
    ]
    name = thai_digits(" ".join(part for part in parts if part)) + (" (ร่าง)" if run.draft else "")
    whole = " ".join(name.translate(_FORBIDDEN).split())
    room = MOST_BYTES - len(format_name) - 1
    return f"{whole.encode()[:room].decode(errors='ignore').strip()}.{format_name}"
