"""The analysis of the last assessment: scores, a chart over the years, and what was written of each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.results import GROUPS, INDICATORS, PASSING, AssessmentResult, Instrument, rounded
from bot.reporting.model import Chart, MeasureRow, SectionRow, Table, TableColumn
from bot.reporting.words import Words

_SCORE_COLUMN = TableColumn(key="score", title="คะแนน", width=25)
SHEETS = ("คะแนนรายเครื่องมือ", "คะแนนรายตัวชี้วัด", "ผลการวิเคราะห์")


def chosen_result(results: Sequence[AssessmentResult]) -> AssessmentResult | None:
    """The result that a year's documents analyse: that of the year before, else the year's own."""
    return min(results, key=lambda result: result.fiscal_year, default=None)


def analysis_tables(results: Sequence[AssessmentResult], words: Words) -> tuple[Table, ...]:
    """The tables of the result that the year's documents analyse; none without a result."""
    result = chosen_result(results)
    if result is None:
        return ()
    title = f"ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน (ITA)\nประจำปีงบประมาณ พ.ศ. {result.fiscal_year}"
    chart = _chart(result, words)
    tables = [
        Table(
            title=words(title),
            lead=words(_overall(result)),
            columns=(TableColumn(key="instrument", title="เครื่องมือ", width=75), _SCORE_COLUMN),
            rows=tuple(
                MeasureRow(no=place, cells=(words(each.thai), words(f"{rounded(result.instruments[each])}")))
                for place, each in enumerate((each for each in Instrument if each in result.instruments), start=1)
            ),
            sheet=SHEETS[0],
            landscape=False,
            chart=None if result.indicators else chart,
        )
    ]
    if result.indicators:
        tables.append(_indicators(result, words, chart))
    if result.analysis:
        tables.append(_written(result, words))
    return tuple(tables)


def _overall(result: AssessmentResult) -> str:
    if result.overall is None:
        return ""
    level = f" อยู่ในระดับ “{result.level}”" if result.level else ""
    return f"คะแนนโดยรวม {rounded(result.overall)} คะแนน{level}"


def _indicators(result: AssessmentResult, words: Words, chart: Chart | None) -> Table:
    rows: list[SectionRow | MeasureRow] = []
    for _, group, numbers in GROUPS:
        scored = [number for number in numbers if number in result.indicators]
        rows += [SectionRow(title=words(group))] if scored else []
        rows += [
            MeasureRow(no=number, cells=(words(_named(number)), words(f"{rounded(result.indicators[number])}")))
            for number in scored
        ]
    weak = [number for number, score in sorted(result.indicators.items()) if score < PASSING]
    lead = "ตัวชี้วัดที่ได้คะแนนต่ำกว่า 85 ซึ่งต้องพัฒนาก่อน: " + " · ".join(map(_named, weak)) if weak else ""
    return Table(
        title="ผลการประเมินรายตัวชี้วัด",
        lead=words(lead),
        columns=(TableColumn(key="indicator", title="ตัวชี้วัดการประเมิน ITA", width=75), _SCORE_COLUMN),
        rows=tuple(rows),
        sheet=SHEETS[1],
        landscape=False,
        follows=True,
        chart=chart,
    )


def _written(result: AssessmentResult, words: Words) -> Table:
    return Table(
        title="ผลการวิเคราะห์รายตัวชี้วัด",
        columns=(
            TableColumn(key="indicator", title="ตัวชี้วัด", width=28),
            TableColumn(key="analysis", title="ผลการวิเคราะห์", width=72),
        ),
        rows=tuple(
            MeasureRow(no=number, cells=(words(_named(number)), words(text)))
            for number, text in sorted(result.analysis.items())
        ),
        sheet=SHEETS[2],
        landscape=False,
    )


def _named(number: int) -> str:
    return f"{number}. {INDICATORS[number - 1]}"


def _chart(result: AssessmentResult, words: Words) -> Chart | None:
    """The overall scores over the years, with two years or more."""
    scores = dict(result.history)
    if result.overall is not None:
        scores.setdefault(int(result.fiscal_year), result.overall)
    if len(scores) < 2:
        return None
    told = ", ".join(f"ปี {year} ได้ {rounded(score)}" for year, score in sorted(scores.items()))
    return Chart(
        key=f"chart:{result.fiscal_year}",
        title=words(f"คะแนนโดยรวม ปี {min(scores)} – {max(scores)}"),
        points=tuple((str(year), float(score)) for year, score in sorted(scores.items())),
        mark=float(PASSING),
        alt=words(f"แผนภูมิแท่งคะแนนโดยรวม {told} เส้นประคือ 85 คะแนน"),
    )
