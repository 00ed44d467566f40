"""Scores of the assessment are read as printed, and what does not add up is said and never mended."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.domain.results import AssessmentResult, Instrument, mismatches
from bot.importing.measures import Outcome
from bot.importing.scores import ScoresReading, read_scores

pytestmark = pytest.mark.pure
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SAMPLE = Path(__file__).parents[1] / "data" / "importing" / "scores.txt"
AGENCY, YEAR = AgencyId("saithong"), FiscalYear(2567)


def read(text: str | bytes, name: str = "scores.txt") -> ScoresReading:
    return read_scores(name, text if isinstance(text, bytes) else text.encode(), AGENCY, YEAR)


def sample() -> AssessmentResult:
    return read(SAMPLE.read_bytes()).result


def test_every_score_of_a_results_document_is_read_as_printed() -> None:
    result = sample()
    assert (result.overall, result.level) == (Decimal("93.88"), "ผ่านดี")
    assert {key.value: str(score) for key, score in result.instruments.items()} == {
        "IIT": "97.41", "EIT1": "99.82", "EIT2": "97.88", "OIT": "87.50",
    }  # fmt: skip
    assert [str(result.indicators[n]) for n in range(1, 11)] == [
        "94.90", "98.24", "99.02", "97.25", "97.65", "98.87", "98.72", "98.96", "80.00", "95.00",
    ]  # fmt: skip
    assert {year: str(score) for year, score in result.history.items()} == {
        2565: "81.20", 2566: "89.71", 2567: "93.88",
    }  # fmt: skip
    assert result.analysis == {
        1: "คะแนนต่ำสุดของ IIT ควรทบทวน\nคู่มือการให้บริการ",
        2: "ควรเผยแพร่แผนการใช้จ่าย",
    }


def test_what_is_no_score_is_told_row_by_row() -> None:
    lines = read(SAMPLE.read_bytes()).lines
    left_out = [line.sentence for line in lines if line.outcome is Outcome.NOT_TAKEN]
    assert len(left_out) == 4
    assert left_out[-1] == "ตารางมาตรการ ไม่ใช่คะแนน: นำเข้าด้วย plan import"


def test_scores_that_follow_from_each_other_are_without_doubt() -> None:
    assert read(SAMPLE.read_bytes()).doubts == ()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"overall": Decimal("94.88"), "history": {}}, ["คะแนนรวม"]),
        ({"history": {2567: Decimal("90.00")}}, ["คะแนนปี 2567"]),
        ({"indicators": {**sample().indicators, 3: Decimal("90.02")}}, ["IIT"]),
        ({"indicators": {**sample().indicators, 8: Decimal("90")}}, ["EIT"]),
        ({"indicators": {n: s for n, s in sample().indicators.items() if n != 9}}, []),
        ({"instruments": {**sample().instruments, Instrument.OIT: Decimal("87.51")}}, []),
        ({"instruments": {**sample().instruments, Instrument.OIT: Decimal("88.50")}}, ["OIT", "คะแนนรวม"]),
        ({"instruments": {}}, []),
    ],
)
def test_the_assessments_arithmetic_is_checked(change: dict[str, object], what: list[str]) -> None:
    assert [each.what for each in mismatches(replace(sample(), **change))] == what


def test_the_parts_of_the_outsiders_score_count_by_their_mean_unless_the_whole_is_printed() -> None:
    assert sample().score(Instrument.EIT) == Decimal("98.85")
    whole = replace(sample(), instruments={Instrument.EIT: Decimal("98.85")})
    assert whole.score(Instrument.EIT) == Decimal("98.85")


@pytest.mark.parametrize(
    ("label", "key"),
    [("EIT ส่วนที่ 1", "EIT1"), ("แบบวัด EIT (Part 2)", "EIT2"), ("EIT", "EIT"), ("๓. แบบวัด OIT", "OIT"), ("iit", "IIT")],
)
def test_instruments_are_known_in_their_usual_words(label: str, key: str) -> None:
    result = read(f"เครื่องมือ\tคะแนน\n{label}\t88.5\nอื่น ๆ\t-\n").result
    assert [instrument.value for instrument in result.instruments] == [key]


def test_a_row_for_each_year_is_the_history_too_and_csv_will_do() -> None:
    result = read("รายการ,คะแนน\nปี ๒๕๖๖,89.71\nพ.ศ. 2567,93.88\nคะแนนรวม,93.88\n".encode("cp874"), "s.csv").result
    assert result.history == {2566: Decimal("89.71"), 2567: Decimal("93.88")}
    assert result.overall == Decimal("93.88")


def test_a_second_score_for_the_same_thing_is_a_doubt_and_changes_nothing() -> None:
    reading = read("เครื่องมือ\tคะแนน\nIIT\t90.00\nIIT\t91.00\n")
    assert reading.result.instruments == {Instrument.IIT: Decimal("90.00")}
    assert [line.outcome for line in reading.lines] == [Outcome.READ, Outcome.DOUBTFUL]


@pytest.mark.parametrize(
    ("text", "why"), [("มาตรการ\tก\nข\tค\n", "no score"), ("เครื่องมือ\tคะแนน\nIIT\t190\n", "above 100")]
)
def test_a_file_without_scores_or_with_impossible_ones_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read(text)


def what_becomes_of(data: bytes) -> str:
    try:
        return f"scores.txt {len(read(data).lines)}"
    except BadInput as refused:
        return refused.detail


@UNTIMED
@given(st.text(alphabet="IETO ๑๒๙0123456789.\t\nคะแนนปีส่วนที่รวม,", max_size=200))
def test_whatever_is_in_the_file_it_is_read_or_refused_with_a_sentence(text: str) -> None:
    assert "scores.txt" in what_becomes_of(text.encode())
