"""Finds which measures of two lists are the same: by indicator, where both have one, and title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.domain.text import arabic_digits, fold_space

Identity = TypeVar("Identity", bound=Hashable)

_PRINTED_NO = re.compile(r"^(?:[0-9]{1,3}(?:\.[0-9]{1,2})*[.)]+,?|\([0-9]{1,3}\)|[0-9]{1,2}\.[0-9]{1,2})\s*")


class HasTitle(Protocol):
    """What a measure is matched by."""

    @property
    def indicator(self) -> str | None:
        """The indicator as printed."""

    @property
    def title(self) -> str:
        """The title as printed, with its number."""


Read = TypeVar("Read", bound=HasTitle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches(Generic[Identity, Read]):
    """Measures that are in both lists, only in what was read, and only in what was known."""

    pairs: tuple[tuple[Identity, Read], ...]
    new: tuple[Read, ...]
    gone: tuple[Identity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """The two names of one measure, folded; in the second reading without the numbers printed before them."""

    indicator: str
    title: str


def folded(text: str | None, *, numbered: bool = True) -> str:
    """A title or indicator for comparison: white space folded, Thai digits as Arabic ones."""
    plain = arabic_digits(fold_space(text or ""))
    return plain if numbered else _PRINTED_NO.sub("", plain) or plain


def match_measures(known: Sequence[tuple[Identity, str | None, str]], read: Sequence[Read]) -> Matches[Identity, Read]:
    """Pairs each measure that was read with at most one known one, never by its printed number.

    Args:
        known: id, indicator and title of the measures that are there already, in their order.
        read: the measures of the file.
    """
    rounds: tuple[tuple[bool, Callable[[_Names, _Names], bool]], ...] = (
        (True, _both_same), (False, _both_same), (True, _one_without_indicator), (False, _one_without_indicator),
    )  # fmt: skip
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for numbered, same in rounds:
        olds = [_names(indicator, title, numbered) for _, indicator, title in known]
        by_title: dict[str, list[int]] = defaultdict(list)
        for at, names in enumerate(olds):
            if at not in taken:
                by_title[names.title].append(at)
        for index, measure in enumerate(read):
            if index in partner:
                continue
            names = _names(measure.indicator, measure.title, numbered)
            candidates = by_title[names.title]
            found = next((at for at in candidates if at not in taken and same(olds[at], names)), None)
            if found is not None:
                partner[index] = found
                taken.add(found)
    return Matches(
        pairs=tuple((known[partner[index]][0], measure) for index, measure in enumerate(read) if index in partner),
        new=tuple(measure for index, measure in enumerate(read) if index not in partner),
        gone=tuple(identity for at, (identity, _, _) in enumerate(known) if at not in taken),
    )


def _names(indicator: str | None, title: str, numbered: bool) -> _Names:
    return _Names(indicator=folded(indicator, numbered=numbered), title=folded(title, numbered=numbered))


def _both_same(old: _Names, new: _Names) -> bool:
    return old.indicator == new.indicator


def _one_without_indicator(old: _Names, new: _Names) -> bool:
    return not old.indicator or not new.indicator
