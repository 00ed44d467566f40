"""The limited process in which a template is rendered: `python -m bot.adapters.word_template.child FOLDER LIMITS`."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.adapters.limited import take_limits

TEMPLATE, REQUEST, ANSWER, DOCUMENT = "template.docx", "request.json", "answer.json", "document.docx"


def main(arguments: list[str]) -> int:
    """Render what stands in the folder; the answer is written there."""
    folder = take_limits(arguments)
    answer = _answer(folder, json.loads((folder / REQUEST).read_text(encoding="utf-8")))
    (folder / ANSWER).write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    return 0


def _answer(folder: Path, request: dict[str, Any]) -> dict[str, Any]:
    from dataclasses import asdict

    from bot.adapters.word_template.finish import Shown, finished, marked
    from bot.adapters.word_template.outline import outline
    from bot.adapters.word_template.package import Refused
    from bot.adapters.word_template.render import BadTemplate, filled
    from bot.reporting.rendering import Picture

    numbers = {photo["key"]: number for number, photo in enumerate(request["photos"])}
    try:
        archive = filled((folder / TEMPLATE).read_bytes(), marked(request["values"], numbers.get))
    except BadTemplate as error:
        return {"problems": [asdict(problem) for problem in error.problems]}
    except Refused as error:
        return {"problems": [asdict(error.problem)]}
    photos = {
        number: Shown(
            picture=Picture(data=(folder / f"{number}.jpg").read_bytes(), width=each["width"], height=each["height"]),
            alt=each["alt"],
            name=each["name"],
            box=tuple(each["box"]),
        )
        for number, each in enumerate(request["photos"])
    }
    moment = datetime.fromisoformat(request["moment"])
    document = finished(archive, photos, request["title"], request["agency"], moment)
    (folder / DOCUMENT).write_bytes(document)
    return {"problems": [], "outline": outline(document) if request["outline"] else []}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
