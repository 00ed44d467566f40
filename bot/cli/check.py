"""Check a round's report before it is published; exit status 1 when a finding would cost the score."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.text import thai_digits
from bot.reporting.check.run import Checked
from bot.reporting.model import Finding, Severity
from bot.services.check_round import check_round
from bot.services.look_at_links import look_at_round

_MARKS = {Severity.ERROR: "✗ ต้องแก้", Severity.WARNING: "! ควรดู"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which round."""
    arguments.agency(parser)
    arguments.fiscal_year(parser)
    arguments.round_no(parser)
    parser.add_argument(
        "--fetch-links", action="store_true", help="open the report's web addresses first; never private ones"
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Check and print every finding with what mends it."""
    rt = runtime()
    if options.fetch_links:
        opened = look_at_round(rt.store, rt.link_tries, rt.clock, options.agency, options.fiscal_year, options.round)
        out.note(f"ลองเปิดลิงก์ {opened} แห่ง")
    checked = check_round(rt.store, rt.clock, options.agency, options.fiscal_year, options.round)
    data = {
        "findings": [asdict(finding) for finding in checked.findings],
        "look_at": list(checked.look_at),
        "costs_the_score": checked.costs_the_score,
    }
    out.result(data, _lines(checked))
    return 1 if checked.costs_the_score else 0


def _lines(checked: Checked) -> list[str]:
    lines = [line for finding in checked.findings for line in _told(finding)]
    lines += [f"  ดูด้วยตา: {text}" for text in checked.look_at]
    errors = sum(finding.severity is Severity.ERROR for finding in checked.findings)
    if not checked.findings:
        return [*lines, "ไม่พบข้อที่ควรแก้ไข"]
    return [
        *lines,
        thai_digits(f"พบ {len(checked.findings)} ข้อ: ต้องแก้ก่อนเผยแพร่ {errors} · ควรดู {len(checked.findings) - errors}"),
    ]


def _told(finding: Finding) -> list[str]:
    lines = [f"{_MARKS[finding.severity]} · {finding.message}"]
    if finding.words and finding.words not in finding.message:
        lines.append(f"    ข้อความ “{finding.words}”")
    if finding.why:
        lines.append(f"    เพราะ {finding.why} ({finding.source})")
    if finding.action:
        lines.append(f"    แก้โดย {finding.action}")
    return lines
