"""Where a command's results and remarks go: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Prints results as lines or, with --json, as one JSON value."""

    as_json: bool = False

    def result(self, data: Any, lines: list[str] | None = None) -> None:
        """Print a result: `data` with --json, else its lines."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, indent=1, default=str), flush=True)
        else:
            for line in lines if lines is not None else [str(data)]:
                print(line, flush=True)

    def note(self, line: str) -> None:
        """Say something that is no result."""
        print(line, file=sys.stderr, flush=True)
