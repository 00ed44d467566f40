"""Compile a round's report in this process; prints the files' absolute paths, a line each."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.errors import BadInput, CompileFailed, OutsideWorld
from bot.reporting.kinds import PARTS, Kind, tables_of
from bot.reporting.rendering import CompiledReport
from bot.reporting.style_json import read_style
from bot.reporting.styles import NAMED, TableStyle
from bot.services.blame import Blame
from bot.services.compile_report import PROGRESS_FORMATS
from bot.services.report_names import file_name
from bot.services.settle_version import keep_hashes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which round, where to, in which formats."""
    arguments.agency(parser)
    arguments.fiscal_year(parser)
    arguments.round_no(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the files")
    parser.add_argument("--format", default=",".join(PROGRESS_FORMATS), help="pdf,docx,xlsx,html,json")
    kinds = [kind.value for kind in Kind]
    parser.add_argument("--kind", default="progress", choices=kinds, help="which document; default: progress")
    parser.add_argument("--parts", type=_parts, default=(), metavar="PART,…", help=f"of a set: {', '.join(PARTS)}")
    parser.add_argument("--style", metavar="NAME|FILE", help="a table style by name, or a JSON file with an edited one")
    parser.add_argument(
        "--without-failed", action="store_true", help="leave out the measure or photo by which it fails, and say so"
    )
    parser.add_argument("--draft", action="store_true", help="take updates that wait for acceptance too, marked")


def run(options: argparse.Namespace, out: Output) -> int:
    """Compile and write."""
    formats = _formats(options.format)
    kind = Kind(options.kind)
    style = given_style(options.style) if options.style else None
    if options.parts and kind is not Kind.SET:
        raise BadInput("--parts is for --kind set")
    if style and style.kind not in tables_of(kind, options.parts):
        raise BadInput(f"--style {style.name} is for {style.kind.value}, not for {kind.value}")
    compiled = _compiled(options, out, kind, style, formats)
    folder = options.out.absolute()
    paths = {f: folder / file_name(options.agency, options.fiscal_year, options.round, f, kind) for f in formats}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for format_name, path in paths.items():
            _write_whole(path, compiled.files[format_name])
    except OSError as problem:
        raise OutsideWorld(f"--out: {problem.filename or folder} cannot be written: {problem.strerror}") from None
    findings = [finding.message for finding in compiled.findings]
    for finding in findings:
        out.note(f"ข้อสังเกต: {finding}")
    data = {"files": {name: str(path) for name, path in paths.items()}, "findings": findings}
    out.result(data, [str(path) for path in paths.values()])
    return 0


def _compiled(
    options: argparse.Namespace, out: Output, kind: Kind, style: TableStyle | None, formats: list[str]
) -> CompiledReport:
    """The files; what makes them fail is left out where that is wished for."""
    rt = runtime()
    compiler, skip = rt.compiler, set[str]()
    while True:
        report = compiler.model(
            options.agency,
            options.fiscal_year,
            options.round,
            draft=options.draft,
            kind=kind,
            parts=options.parts,
            styles={style.kind: style} if style else None,
            skip=skip,
        )
        try:
            compiled = compiler.drawing.draw(
                report, formats, options.agency, lambda stage, part: out.note(f"{part:4.0%} {stage}")
            )
            keep_hashes(rt.store, report, compiled.files, rt.clock.now())
            return compiled
        except CompileFailed as problem:
            blame = problem.fields.get("blame")
            if not isinstance(blame, Blame) or skip.issuperset(blame.ids):
                raise
            if not options.without_failed:
                raise CompileFailed(f"{problem.detail}; --without-failed compiles the rest", blame=blame) from problem
            out.note(f"ข้าม{blame.words}: {problem.detail}")
            skip |= set(blame.ids)


def _formats(given: str) -> list[str]:
    formats = list(dict.fromkeys(part.strip().lower() for part in given.split(",") if part.strip()))
    if not formats:
        raise BadInput(f"--format must name at least one of {_known()}")
    for name in formats:
        if name not in PROGRESS_FORMATS:
            raise BadInput(f"--format {name!r} is unknown: {_known()}")
    return formats


def given_style(given: str) -> TableStyle:
    """The style that an option names: one of ours, or a file with an edited one."""
    if given in NAMED:
        return NAMED[given]
    try:
        return read_style(json.loads(Path(given).read_text(encoding="utf-8-sig")))
    except OSError:
        raise BadInput(f"there is no table style or file {given!r}: {', '.join(NAMED)}") from None
    except ValueError as problem:
        raise BadInput(f"{given}: no JSON: {problem}") from None


def _parts(given: str) -> tuple[str, ...]:
    """The parts that an option names."""
    parts = tuple(part.strip().lower() for part in given.split(",") if part.strip())
    unknown = [part for part in parts if part not in PARTS]
    if unknown or not parts:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown) or 'nothing'} is no part of a set: {', '.join(PARTS)}")
    return parts


def _known() -> str:
    return ", ".join(PROGRESS_FORMATS)


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside and rename, so that nobody finds half a file."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)
