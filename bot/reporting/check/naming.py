"""How agencies are named: the words for their kind, long and short, and the place after them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.agencies import Agency
from bot.reporting.check.folding import fold

_KINDS = {
    "องค์การบริหารส่วนตำบล": "อบต.",
    "องค์การบริหารส่วนจังหวัด": "อบจ.",
    "เทศบาลนคร": "ทน.",
    "เทศบาลเมือง": "ทม.",
    "เทศบาลตำบล": "ทต.",
}
KIND_WORDS = re.compile(
    r"องค์(?:การ|กร)บริ(?:หาร|การ)ส่?วน(?:ตำบล|จังหวัด)|เทศบาล(?:นคร|เมือง|ตำบล)|อบต\.?|อบจ\.?|(?<![ก-๎])ท[มตน]\."
)
"""The words for a kind in folded text, with the two commonest slips."""

_ANY_KIND = re.compile("^(?:" + "|".join(map(re.escape, [*_KINDS, *_KINDS.values()])) + r"|อบต|อบจ)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An agency's name in its parts, folded: the words that may stand before the place, and the place."""

    kinds: tuple[str, ...]
    place: str
    full: str


def name_of(agency: Agency) -> Name | None:
    """The parts of an agency's name; None when it does not begin with the words of a known kind."""
    return _name_of(agency.name)


@lru_cache(maxsize=10_000)
def _name_of(written: str) -> Name | None:
    full = fold.__wrapped__(written).text
    kind = _ANY_KIND.match(full)
    if kind is None or kind.end() == len(full):
        return None
    pairs = {long: (long, short, short.rstrip(".")) for long, short in _KINDS.items()}
    kinds = next((words for words in pairs.values() if kind[0] in words), (kind[0],))
    return Name(kinds=kinds, place=full[kind.end() :], full=full)


def allowed_slips(place: str) -> int:
    """How many letters of a place's name may differ for it to be the same place misspelt."""
    return 1 if len(place) < 6 else 2 if len(place) < 12 else 3
