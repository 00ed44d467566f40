"""Text messages with substitution: ``{key}`` stands for a mention or an emoji."""

import re
from collections.abc import Mapping
from typing import Any

from bot.simulator.validation.common import COMMON, QUOTE_TOKEN
from bot.simulator.validation.report import Path, Report
from bot.simulator.validation.specs import INVALID, Record, Spec, Tagged, Text

_KEY = re.compile(r"[0-9A-Za-z_]{1,20}")
_SHOWN = "^[a-zA-Z0-9_]{1,20}$"
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_ENTRY = Tagged(
    {
        "mention": Record(
            fields={
                "type": Text(),
                "mentionee": Tagged(
                    {
                        "user": Record(
                            fields={"type": Text(), "userId": Text(low=1, pattern="U[0-9a-f]{32}")},
                            required=("userId",),
                        ),
                        "all": Record(fields={"type": Text()}),
                    }
                ),
            },
            required=("mentionee",),
        ),
        "emoji": Record(
            fields={"type": Text(), "productId": Text(low=1), "emojiId": Text(low=1)},
            required=("productId", "emojiId"),
        ),
    }
)


class _Substitution:
    """The map from keys to what stands for them."""

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check the count, the kinds, the keys and each entry."""
        if not isinstance(value, dict) or len(value) > 100:
            report.refuse(path, INVALID)
            return
        for key, entry in value.items():
            if not _KEY.fullmatch(key):
                report.refuse((*path, key), INVALID)
            _ENTRY.check(entry, (*path, key), report)


def _placeholder_rule(message: Mapping[str, Any], path: Path, report: Report) -> None:
    """Each ``{key}`` needs its substitution; a lone brace must be doubled."""
    text = message.get("text")
    if not isinstance(text, str):
        return
    known = message.get("substitution")
    used: list[str] = []
    for piece in _PIECE.finditer(text):
        key = piece.group(1)
        if piece.group(0) in ("{{", "}}"):
            continue
        if key is None or not _KEY.fullmatch(key):
            words = f"The key '{key or ''}' enclosed in '{{}}' does not match the pattern '{_SHOWN}'."
            report.refuse((*path, "text"), words)
        elif not isinstance(known, dict) or key not in known:
            report.refuse((*path, "text"), f"The key '{key}' is not found in the substitution")
        else:
            used.append(key)
    _count_rule(used, known if isinstance(known, dict) else {}, path, report)


def _count_rule(used: list[str], known: Mapping[str, Any], path: Path, report: Report) -> None:
    kinds = [known[key].get("type") for key in used if isinstance(known[key], dict)]
    for kind in ("mention", "emoji"):
        if kinds.count(kind) > 20:
            report.refuse((*path, "substitution"), f"must not have more than 20 {kind}s")


_FIELDS: dict[str, Spec] = {
    **COMMON,
    "text": Text(low=1, high=5000, empty="May not be empty"),
    "substitution": _Substitution(),
    "quoteToken": QUOTE_TOKEN,
}
TEXT_V2 = Record(fields=_FIELDS, required=("text",), missing={"text": "May not be empty"}, rules=(_placeholder_rule,))
