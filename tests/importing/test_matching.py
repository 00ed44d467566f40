from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.importing.matching import match_measures

pytestmark = pytest.mark.pure
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class _Read:
    indicator: str | None
    title: str


def _match(known: list[tuple[str, str | None, str]], *read: tuple[str | None, str]) -> tuple[list[str], int, list[str]]:
    matches = match_measures(known, [_Read(*each) for each in read])
    return [identity for identity, _ in matches.pairs], len(matches.new), list(matches.gone)


def test_the_same_title_is_the_same_measure_whatever_its_white_space() -> None:
    assert _match([("a", None, "จัดทำ  คู่มือ")], (None, " จัดทำ\nคู่มือ ")) == (["a"], 0, [])


def test_a_printed_number_is_no_identity() -> None:
    known = [("a", None, "๑. คู่มือ"), ("b", None, "๒. อบรม")]
    assert _match(known, (None, "๑. อบรม"), (None, "2) คู่มือ")) == (["b", "a"], 0, [])


def test_indicators_tell_equal_titles_apart_where_both_have_one() -> None:
    known = [("a", "๑. หน้าที่", "คู่มือ"), ("b", "๖. คุณภาพ", "คู่มือ")]
    assert _match(known, ("๖. คุณภาพ", "คู่มือ"), ("๑. หน้าที่", "คู่มือ")) == (["b", "a"], 0, [])
    assert _match(known, ("๘. ระบบ", "คู่มือ")) == ([], 1, ["a", "b"])
    assert _match(known, (None, "คู่มือ")) == (["a"], 0, ["b"])


def test_one_known_measure_is_never_two_rows() -> None:
    assert _match([("a", None, "คู่มือ")], (None, "คู่มือ"), (None, "คู่มือ")) == (["a"], 1, [])


def test_what_is_new_and_what_is_gone_is_told() -> None:
    assert _match([("a", None, "ก"), ("b", None, "ข")], (None, "ข"), (None, "ค")) == (["b"], 1, ["a"])


_TITLES = st.sampled_from(["ก", "๑. ก", "๒. ก", "ข", "๑. ข", "", "๑."])
_INDICATORS = st.sampled_from([None, "๑. ค", "ค", "ง"])


@UNTIMED
@given(st.lists(st.tuples(_INDICATORS, _TITLES)))
def test_importing_the_same_list_again_finds_every_measure(rows: list[tuple[str | None, str]]) -> None:
    known = [(str(at), *row) for at, row in enumerate(rows)]
    pairs, new, gone = _match(known, *rows)
    assert pairs == [identity for identity, _, _ in known]
    assert (new, gone) == (0, [])


@UNTIMED
@given(st.lists(st.tuples(_INDICATORS, _TITLES)), st.lists(st.tuples(_INDICATORS, _TITLES)))
def test_no_measure_is_lost_or_doubled(old: list[tuple[str | None, str]], new: list[tuple[str | None, str]]) -> None:
    known = [(str(at), *row) for at, row in enumerate(old)]
    pairs, added, gone = _match(known, *new)
    assert sorted([*pairs, *gone]) == sorted(identity for identity, _, _ in known)
    assert len(pairs) + added == len(new)
