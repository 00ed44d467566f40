"""An agency's own table style is made in a form, looked at, and kept unless somebody else changed it."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from bot.reporting.kinds import Kind
from bot.reporting.style_json import styles_of
from bot.reporting.styles import A3, STANDARD

PATH = "/admin/thungthong/styles/progress"


def page(browser: Any, path: str = PATH) -> str:
    return html.unescape(browser.get(path).get_data(as_text=True))


def fields_of(text: str) -> dict[str, str]:
    """What a browser would send of the form as it stands."""
    form = text.split("<form", 2)[-1]
    values = dict(re.findall(r'<input (?:type="\w+" )?name="(\w+)" value="([^"]*)"', form))
    values |= dict(re.findall(r'<input type="checkbox" name="(\w+)" value="(\w+)" checked', form))
    for box in re.findall(r'<input type="checkbox" name="(\w+)" value="yes">', form):
        values.pop(box, None)
    for name, body in re.findall(r'<select name="(\w+)">(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.search(r'<option value="(\w*)" selected', body)
        values[name] = chosen[1] if chosen else ""
    values |= dict(re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>', form))
    values.pop("csrf_token", None)
    return values


def kept(office: Any) -> Any:
    with office.store.read() as uow:
        return styles_of(uow.agencies.settings("thungthong").table_styles)[Kind.PROGRESS]


def test_the_form_as_it_stands_is_the_style_that_there_is(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(PATH, PATH, **fields_of(page(browser)), do="save")
    assert kept(office) == STANDARD


def test_one_of_ours_is_taken_whole_and_an_edited_one_is_the_agencys_own(office: Any, enter: Any) -> None:
    browser = enter("admin")
    fields = fields_of(page(browser, f"{PATH}?from=A3"))
    assert browser.press(PATH, PATH, **fields, do="save").status_code == 303
    assert kept(office) == A3
    fields = {**fields_of(page(browser)), "title0": "กิจกรรม", "order5": "0.5", "font_pt": "12.5", "paper": "f14"}
    fields |= {"key6": "obstacles", "title6": "ปัญหา", "order6": "9", "per_page": "2", "thai_digits": "no"}
    fields.pop("landscape")
    browser.press(PATH, PATH, **fields, do="save")
    style = kept(office)
    assert style.keys == ("outcome", "measure", "steps", "responsible", "period", "summary", "obstacles")
    assert (style.columns[1].title, style.font_pt, style.paper) == ("กิจกรรม", 12.5, "f14")
    assert (style.landscape, style.per_page, style.thai_digits) == (False, 2, False)
    assert "แก้เอง" in page(browser, "/admin/thungthong/styles/")
    assert "เปลี่ยนแบบตาราง" in page(browser, "/admin/thungthong/log/")


def test_looking_shows_the_years_own_measures_and_keeps_nothing(office: Any, enter: Any) -> None:
    browser = enter("admin")
    fields = {**fields_of(page(browser)), "title0": "หัวใหม่ของเรา", "footer": "ปี {fiscal_year}"}
    text = browser.press(PATH, PATH, **fields, do="look").get_data(as_text=True)
    sample = text.split('class="sample"')[1].split("</table>")[0]
    assert "หัวใหม่ของเรา" in sample
    assert "มาตรการเผยแพร่ข้อมูลต่อสาธารณะ" in sample
    assert "ปี ๒๕๖๗" in text
    assert 'value="หัวใหม่ของเรา"' in text
    assert kept(office) == STANDARD


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key0": ""}, "ต้องมีช่อง “มาตรการ”"),
        ({"key1": "measure"}, "เลือกซ้ำ"),
        ({"title1": ""}, "ยังไม่ได้เขียนหัวตาราง"),
        ({"width2": "0"}, "ความกว้าง"),
        ({"font_pt": "99"}, "ความกว้าง"),
        ({"font_pt": "x"}, "ความกว้าง"),
        ({"paper": "a9"}, "ความกว้าง"),
    ],
)
def test_what_cannot_be_is_told_and_the_columns_typed_stay(
    office: Any, enter: Any, change: dict[str, str], words: str
) -> None:
    browser = enter("admin")
    fields = {**fields_of(page(browser)), "title3": "ที่พิมพ์ไว้", **change}
    answer = browser.press(PATH, PATH, **fields, do="save")
    text = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert words in text
    assert 'value="ที่พิมพ์ไว้"' in text
    assert kept(office) == STANDARD


def test_two_people_on_one_style_are_told(office: Any, enter: Any) -> None:
    first, second = enter("admin"), enter("admin")
    mine = fields_of(page(first))
    second.press(PATH, PATH, **fields_of(page(second, f"{PATH}?from=C1")), do="save")
    answer = first.press(PATH, PATH, **{**mine, "title0": "ของฉัน"}, do="save")
    assert answer.status_code == 409
    assert "มีผู้อื่นแก้แบบนี้" in answer.get_data(as_text=True)
    assert kept(office).name == "C1"


def test_an_auditor_looks_and_a_table_that_is_none_is_not_there(office: Any, enter: Any) -> None:
    browser = enter("auditor")
    assert "<form" not in page(browser).split("<main", 1)[1]
    assert browser.get("/admin/thungthong/styles/annex").status_code == 404
