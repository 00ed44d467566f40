"""What a renderer promises, and the values that pass between the report model and the renderers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.reporting.model import Finding, Report

ImageSource = Callable[[str], bytes | Path]
"""Gives the stored bytes (or their file) for a media key; raises when they are not to be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo made ready for print: upright, without metadata, as JPEG."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One format's bytes, and what the renderer could not show as it was."""

    data: bytes
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledReport:
    """All files of one compile by format name, with the findings of the model and of the drawing."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateProblem:
    """Something in a template that must be mended: the place, the very words, what is wrong with them."""

    place: str
    words: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTemplate:
    """A Word template with a report in it, or why it could not be drawn.

    Attributes:
        outline: what stands in the document, block by block, for a preview.
    """

    document: bytes = b""
    outline: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[TemplateProblem, ...] = ()


class Renderer(Protocol):
    """Draws a report in one format; the same report and pictures give the same bytes."""

    def render(self, report: Report, pictures: Mapping[str, Picture]) -> Rendered:
        """The file; raises CompileFailed only for a mistake of ours, never for what an officer typed."""
        ...
