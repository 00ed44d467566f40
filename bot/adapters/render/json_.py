"""The JSON of the compiled round."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.reporting.model import Report
from bot.reporting.rendering import Picture, Rendered


class JsonFile:
    """Writes the JSON of a year with the updates that the report holds."""

    def render(self, report: Report, pictures: Mapping[str, Picture]) -> Rendered:
        """The JSON, readable by people too."""
        return Rendered(data=(json.dumps(report.year, ensure_ascii=False, indent=2) + "\n").encode())
