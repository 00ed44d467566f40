"""A template written as people write it in Word: what repeats, what is chosen, and every mistake with its place."""

from __future__ import annotations

from typing import Any

import pytest

from bot.adapters.word_template.render import BadTemplate, filled
from tests.word_template.files import rows, runs, texts, word

M = [
    {"measure": "๑. คู่มือ", "steps": "ก\nข", "summary": "ทำ <แล้ว> & ดี"},
    {"measure": "๒. อบรม", "steps": "", "summary": "-"},
]
VALUES: dict[str, Any] = {
    "agency": "อบต.ทดสอบ",
    "draft": "",
    "measures": M,
    "sections": [{"title": "กลุ่ม ก", "measures": M}, {"title": "", "measures": M[:1]}],
}


def problems(data: bytes) -> list[tuple[str, str, str]]:
    with pytest.raises(BadTemplate) as caught:
        filled(data, VALUES)
    return [(each.place, each.words, each.message) for each in caught.value.problems]


def test_a_field_is_filled_in_body_and_header_whatever_runs_word_made_of_it() -> None:
    assert texts(filled(runs("เสนอ {", "{ age", "ncy }", "} เพื่อทราบ"), VALUES)) == ["เสนอ อบต.ทดสอบ เพื่อทราบ"]
    from io import BytesIO

    from docx import Document

    done = Document(BytesIO(filled(word("ก", header="{{ agency }}"), VALUES)))
    assert done.sections[0].header.paragraphs[0].text == "อบต.ทดสอบ"


def test_a_row_repeats_that_opens_in_its_first_cell_and_closes_in_its_last() -> None:
    table = [["มาตรการ", "ผล"], ["{% for m in measures %}{{ m.measure }}", "{{ m.summary }}{% endfor %}"]]
    assert rows(filled(word(table=table), VALUES)) == [["มาตรการ", "ผล"], ["๑. คู่มือ", "ทำ <แล้ว> & ดี"], ["๒. อบรม", "-"]]


def test_rows_of_commands_alone_repeat_what_stands_between_them() -> None:
    table = [
        ["{% for s in sections %}", ""],
        ["{{ s.title }}", ""],
        ["{%tr for m in s.measures %}", ""],
        ["{{ m.measure }}", "{{ loop.index }}"],
        ["{%tr endfor %}", ""],
        ["{% endfor %}", ""],
    ]
    found = rows(filled(word(table=table), VALUES))
    assert found == [["กลุ่ม ก", ""], ["๑. คู่มือ", "1"], ["๒. อบรม", "2"], ["", ""], ["๑. คู่มือ", "1"]]


def test_paragraphs_repeat_and_are_chosen() -> None:
    data = word(
        "{% for m in measures %}", "{{ m.measure }}", "{% if m.steps %}", "มีขั้นตอน", "{% endif %}", "{% endfor %}", "จบ"
    )
    assert texts(filled(data, VALUES)) == ["๑. คู่มือ", "มีขั้นตอน", "๒. อบรม", "จบ"]


def test_a_choice_inside_a_line_and_smart_quotes_are_understood() -> None:
    data = word("{% if agency == “อบต.ทดสอบ” %}ใช่{% else %}ไม่ใช่{% endif %} {{ draft or ‘ฉบับจริง’ }}")
    assert texts(filled(data, VALUES)) == ["ใช่ ฉบับจริง"]


def test_line_breaks_of_answers_become_words_own() -> None:
    assert texts(filled(word("{% for m in measures %}{{ m.steps }}|{% endfor %}"), VALUES)) == ["ก\nข||"]


def test_what_officers_wrote_is_never_markup_or_template() -> None:
    values = {**VALUES, "agency": "<w:p/>{{ draft }}{% for x in y %}&amp;"}
    assert texts(filled(word("{{ agency }}"), values)) == ["<w:p/>{{ draft }}{% for x in y %}&amp;"]


def test_a_loop_over_nothing_leaves_a_cell_that_word_can_open() -> None:
    table = [["{% for m in measures %}"], ["{{ m.measure }}"], ["{% endfor %}"]]
    assert texts(filled(word("ก", table=table), {**VALUES, "measures": []})) == ["ก"]
    one_cell = [["{% for m in measures %}x{% endfor %}"]]
    assert rows(filled(word(table=one_cell), {**VALUES, "measures": []})) == [[""]]


@pytest.mark.parametrize(
    ("data", "place", "words", "message"),
    [
        (word("ก", "{{ agncy }}"), "เนื้อหา ย่อหน้าที่ ๒", "{{ agncy }}", "ไม่มีช่องชื่อ agncy หมายถึง agency หรือไม่"),
        (
            word(table=[["ก", "ข"], ["{% for m in measures %}{{ m.sumary }}", "{% endfor %}"]]),
            "เนื้อหา ตารางที่ ๑ แถวที่ ๒ ช่องที่ ๑",
            "{{ m.sumary }}",
            "ไม่มีช่องชื่อ sumary หมายถึง summary หรือไม่",
        ),
        (word("ก {{ agency ข"), "เนื้อหา ย่อหน้าที่ ๑", "ก {{ agency ข", "เปิดด้วย {{ แต่ไม่พบ }} ในย่อหน้าเดียวกัน"),
        (word("ก agency }} ข"), "เนื้อหา ย่อหน้าที่ ๑", "ก agency }} ข", "ปิดด้วย }} แต่ไม่ได้เปิดไว้ในย่อหน้าเดียวกัน"),
        (word("ก", header="{{ nobody }}"), "หัวกระดาษ ย่อหน้าที่ ๑", "{{ nobody }}", "ไม่มีช่องชื่อ nobody"),
        (word("{{ measures }}"), "เนื้อหา ย่อหน้าที่ ๑", "{{ measures }}", "เป็นรายการ พิมพ์ทั้งรายการไม่ได้"),
        (word("{{ measures.title }}"), "เนื้อหา ย่อหน้าที่ ๑", "{{ measures.title }}", "measures เป็นรายการ ต้องวน"),
        (word("{{ agency.name }}"), "เนื้อหา ย่อหน้าที่ ๑", "{{ agency.name }}", "agency ไม่มีช่องย่อย"),
        (word("{% for m in agency %}{% endfor %}"), "เนื้อหา ย่อหน้าที่ ๑", "{% for m in agency %}", "วนซ้ำไม่ได้"),
        (word("{{ agency|safe }}"), "เนื้อหา ย่อหน้าที่ ๑", "{{ agency|safe }}", "ไม่มีตัวกรอง safe"),
        (word("{{ }}"), "เนื้อหา ย่อหน้าที่ ๑", "{{ }}", "ไม่มีชื่อช่อง"),
        (word("{{ agency + }}"), "เนื้อหา ย่อหน้าที่ ๑", "{{ agency + }}", "เขียนคำสั่งไม่ถูก"),
        (word("{% include 'x' %}"), "เนื้อหา ย่อหน้าที่ ๑", "{% include 'x' %}", "ใช้ได้เฉพาะ for"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_words(data: bytes, place: str, words: str, message: str) -> None:
    (found,) = problems(data)
    assert found[:2] == (place, words)
    assert found[2].startswith(message)


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (word("{% for m in measures %}", "{{ m.measure }}"), "เนื้อหา ย่อหน้าที่ ๑", "{% for m in measures %}"),
        (word("ก", "{% endif %}"), "เนื้อหา ย่อหน้าที่ ๒", "{% endif %}"),
        (word("{% if draft %}", table=[["{% endif %}"]]), "เนื้อหา ย่อหน้าที่ ๑", "{% if draft %}"),
        (word(table=[["{% for m in measures %}ก", "ข"]]), "เนื้อหา ตารางที่ ๑ แถวที่ ๑ ช่องที่ ๑", "{% for m in measures %}"),
    ],
)
def test_a_loop_never_ended_is_told_with_its_place(data: bytes, place: str, words: str) -> None:
    assert any(found[:2] == (place, words) and "ระดับเดียวกัน" in found[2] for found in problems(data))


def test_every_mistake_is_told_at_once() -> None:
    found = problems(word("{{ one }}", "{{ two }}", header="{{ three }}"))
    assert [words for _, words, _ in found] == ["{{ one }}", "{{ two }}", "{{ three }}"]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ agency.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ agency['__class__'] }}",
        "{{ agency.upper() }}",
        "{{ cycler }}",
        "{{ self }}",
        "{{ loop }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 99999999 }}",
        "{{ measures|attr('x') }}",
        "{{ [1] }}",
        "{% for a in measures recursive %}{% endfor %}",
        "{% set agency.x = 1 %}",
    ],
)
def test_nothing_but_fields_is_within_reach(tag: str) -> None:
    assert problems(word(tag))


def test_loops_in_loops_end_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.word_template.render.MOST_CHARACTERS", 100_000)
    many = {**VALUES, "measures": M * 50}
    opening = "".join(f"{{% for {letter} in measures %}}" for letter in "abcd")
    with pytest.raises(BadTemplate, match="ใหญ่เกินกำหนด"):
        filled(word(opening + "x" * 50 + "{% endfor %}" * 4), many)
