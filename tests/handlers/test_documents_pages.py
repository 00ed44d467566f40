"""The pages of chain, preface, emblem and memo, and the sign-off of a report as an admin sees it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from bot.domain.calendar import bangkok_day
from bot.domain.documents import MemoFields
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import ActingAs, ChainStep, SignOffState
from bot.reporting.kinds import USUAL_PARTS
from bot.services.sign_off import return_sign_off, sign_step

from .conftest import HERE, NOW, YEAR, person

DOCUMENTS = "/admin/thungthong/documents/"
MEMO = "/admin/thungthong/2567/6/memo"
REPORT = "/admin/thungthong/reports/report-1"
STEP = {
    "label": "ความเห็นของหัวหน้าสำนักปลัด",
    "position": "หัวหน้าสำนักปลัด",
    "signer": "person:person-approver",
    "name": "",
    "acting": "",
    "acting_for": "",
    "asks_opinion": "yes",
}


def text(browser: Any, path: str = DOCUMENTS) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def seen(page: str, action: str) -> str:
    return re.search(rf'action="{action}".*?name="seen" value="(\w+)"', page, re.DOTALL)[1]


def save(browser: Any, action: str, fields: dict[str, Any], *, page: str | None = None) -> Any:
    return browser.press(DOCUMENTS, action, seen=seen(page or text(browser), action), **fields)


def chain(rt: Any) -> tuple[ChainStep, ...]:
    with rt.store.read() as uow:
        return tuple(uow.sign_offs.chain(HERE))


def choices(rt: Any) -> Any:
    with rt.store.read() as uow:
        return uow.documents.choices(HERE)


def picture(kind: str = "PNG") -> io.BytesIO:
    kept = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (60, 60), "navy").save(kept, kind)
    kept.seek(0)
    return kept


@pytest.fixture
def with_chain(office: Any) -> Any:
    """An approver's step and one on paper."""
    steps = (
        ChainStep(label="ความเห็นของปลัด", position="ปลัด อบต.", person_id=person("approver")),
        ChainStep(label="ความเห็นของนายก", position="นายก อบต.", name="นายสมหวัง ตั้งมั่น"),
    )
    with office.store.write() as uow:
        uow.sign_offs.save_chain(HERE, steps)
        uow.chats.add(_chat_of_the_approver())
    return office


def _chat_of_the_approver() -> Any:
    from .conftest import _chat

    return _chat("approver")


def test_steps_are_added_changed_moved_and_removed_without_a_script(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert save(browser, f"{DOCUMENTS}chain/add", STEP).status_code == 303
    acting = {**STEP, "label": "ปลัด", "position": "รองปลัด", "signer": "role:approver"}
    acting |= {"acting": ActingAs.FOR_OFFICE.value, "acting_for": "ปลัด อบต."}
    assert save(browser, f"{DOCUMENTS}chain/add", acting).status_code == 303
    first, second = chain(office)
    assert (first.person_id, first.asks_opinion) == (person("approver"), True)
    assert (second.role, second.positions()) == (Role.APPROVER, ("รองปลัด รักษาราชการแทน", "ปลัด อบต."))
    page = text(browser)
    assert "รองปลัด รักษาราชการแทน / ปลัด อบต." in page
    assert save(browser, f"{DOCUMENTS}chain/1/move", {"to": "up"}).status_code == 303
    assert [step.label for step in chain(office)] == ["ปลัด", STEP["label"]]
    paper = {**STEP, "signer": "paper:", "name": "นายสมหวัง", "asks_opinion": ""}
    assert save(browser, f"{DOCUMENTS}chain/0", paper).status_code == 303
    assert (chain(office)[0].on_paper, chain(office)[0].name, chain(office)[0].asks_opinion) == (
        True,
        "นายสมหวัง",
        False,
    )
    assert save(browser, f"{DOCUMENTS}chain/0/remove", {}).status_code == 303
    assert len(chain(office)) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"label": " "}, "เหนือลายมือชื่อ"),
        ({"position": ""}, "ตำแหน่งของผู้ลงนาม"),
        ({"acting": "รักษาราชการแทน"}, "ตำแหน่งที่รักษาราชการแทน"),
        ({"signer": "person:person-elsewhere"}, "ไม่ได้อยู่ในหน่วยงาน"),
        ({"signer": "role:operator"}, "ไม่ได้อยู่ในหน่วยงาน"),
        ({"signer": "role:nobody"}, "ไม่ได้อยู่ในหน่วยงาน"),
    ],
)
def test_a_step_that_cannot_be_is_explained_and_what_was_typed_stays(
    office: Any, enter: Any, wrong: dict[str, str], words: str
) -> None:
    answer = save(enter("admin"), f"{DOCUMENTS}chain/add", {**STEP, "position": "หัวหน้างานพิเศษ", **wrong})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    if wrong.get("position") is None:
        assert 'value="หัวหน้างานพิเศษ"' in page
    assert chain(office) == ()


def test_two_who_edit_the_chain_at_once_are_told(with_chain: Any, enter: Any) -> None:
    browser = enter("admin")
    page = text(browser)
    assert save(browser, f"{DOCUMENTS}chain/0/remove", {}).status_code == 303
    answer = save(browser, f"{DOCUMENTS}chain/0/remove", {}, page=page)
    assert answer.status_code == 409
    assert "มีผู้อื่นแก้ส่วนนี้ก่อน" in answer.get_data(as_text=True)
    assert len(chain(with_chain)) == 1


def test_preface_and_parts_are_chosen_and_given_back_to_the_program(office: Any, enter: Any) -> None:
    browser = enter("admin")
    fields = {"preface": "คำนำของเรา {measures}", "parts": ["preface", "memo", "plan"]}
    assert save(browser, f"{DOCUMENTS}choices", fields).status_code == 303
    assert (choices(office).preface, choices(office).parts) == ("คำนำของเรา {measures}", ("preface", "memo", "plan"))
    assert "คำนำของเรา {measures}</textarea>" in text(browser)
    assert save(browser, f"{DOCUMENTS}choices", {"preface": " ", "parts": list(USUAL_PARTS)}).status_code == 303
    assert (choices(office).preface, choices(office).parts) == (None, None)
    too_long = save(browser, f"{DOCUMENTS}choices", {"preface": "ก" * 11_000})
    assert too_long.status_code == 422


def test_an_emblem_is_kept_shown_and_taken_away(office: Any, enter: Any) -> None:
    browser = enter("admin")
    action = f"{DOCUMENTS}emblem"
    assert save(browser, action, {"file": (picture(), "ตรา.png")}).status_code == 303
    key = choices(office).emblem
    assert key.startswith("emblems/thungthong/")
    assert browser.get(action).data == office.media.files[key]
    assert save(browser, f"{action}/remove", {}).status_code == 303
    assert choices(office).emblem is None
    assert browser.get(action).status_code == 404


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"x" * 50])
def test_what_is_no_picture_is_refused(office: Any, enter: Any, data: bytes) -> None:
    answer = save(enter("admin"), f"{DOCUMENTS}emblem", {"file": (io.BytesIO(data), "x.png")})
    assert answer.status_code == 422
    assert choices(office).emblem is None


def test_a_picture_that_is_too_large_is_refused(office: Any, enter: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.admin.documents.LARGEST_EMBLEM", 100)
    answer = save(enter("admin"), f"{DOCUMENTS}emblem", {"file": (picture(), "x.png")})
    assert answer.status_code == 422
    assert choices(office).emblem is None


def test_an_auditor_reads_and_has_no_form(with_chain: Any, enter: Any) -> None:
    browser = enter("auditor")
    for page in (text(browser), text(browser, MEMO)):
        assert 'name="seen"' not in page
    assert "ความเห็นของนายก" in text(browser)


def test_the_memo_is_written_beside_what_the_program_would_write(with_chain: Any, enter: Any) -> None:
    browser = enter("admin")
    page = text(browser, MEMO)
    assert 'placeholder="นายก อบต."' in page
    assert "จำนวน ๓ มาตรการ" in page
    fields = {"number": "45", "dated": "2024-04-02", "closing": "โปรดทราบ"}
    fields |= dict.fromkeys(("department", "subject", "addressee", "body"), "")
    token = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert browser.press(MEMO, MEMO, seen=token, **fields).status_code == 303
    with with_chain.store.read() as uow:
        kept = uow.documents.memo(HERE, YEAR, RoundNo.SIX)
    assert (kept.number, str(kept.dated), kept.closing, kept.subject) == ("45", "2024-04-02", "โปรดทราบ", None)
    stale = browser.press(MEMO, MEMO, seen=token, **{**fields, "closing": "ของฉัน"})
    assert stale.status_code == 409
    assert 'value="ของฉัน"' in stale.get_data(as_text=True)
    too_long = browser.press(MEMO, MEMO, seen=token, **{**fields, "subject": "ก" * 400})
    assert too_long.status_code in {409, 422}
    assert browser.get("/admin/thungthong/2567/7/memo").status_code == 404


def test_a_memo_that_nobody_wrote_anything_for_stays_the_programs(office: Any, enter: Any) -> None:
    browser = enter("admin")
    token = re.search(r'name="seen" value="(\w+)"', text(browser, MEMO))[1]
    nothing = dict.fromkeys(("number", "dated", "closing", "department", "subject", "addressee", "body"), "")
    assert browser.press(MEMO, MEMO, seen=token, **nothing).status_code == 303
    with office.store.read() as uow:
        assert uow.documents.memo(HERE, YEAR, RoundNo.SIX) == MemoFields()


def test_a_sign_off_begins_on_the_reports_page_and_is_seen_step_by_step(
    with_chain: Any, finished_report: Any, enter: Any
) -> None:
    browser = enter("admin")
    assert "เสนอลงนามฉบับนี้" in text(browser, REPORT)
    begun = browser.press(REPORT, f"{REPORT}/sign-off")
    assert begun.status_code == 303
    page = text(browser, begun.headers["Location"])
    assert "รอ นางลงนาม เห็นชอบ" in page
    assert "ลงนามบนกระดาษ" in page
    assert "มิใช่ลายมือชื่อดิจิทัล" in page
    assert "เสนอลงนามฉบับนี้" not in text(browser, REPORT)
    rt = with_chain
    with rt.store.write() as uow:
        (sign_off,) = uow.sign_offs.running([HERE])
        sign_step(uow, rt.notices, rt.links, sign_off.id, 0, person("approver"), "ไม่ขัดข้อง <b>")
    page = text(browser, begun.headers["Location"])
    assert "ไม่ขัดข้อง &lt;b&gt;" in page
    assert "ลงนามครบแล้ว" in page


def test_a_returned_sign_off_shows_who_and_why_and_can_begin_anew(
    with_chain: Any, finished_report: Any, enter: Any
) -> None:
    browser, rt = enter("admin"), with_chain
    begun = browser.press(REPORT, f"{REPORT}/sign-off")
    with rt.store.write() as uow:
        (sign_off,) = uow.sign_offs.running([HERE])
        return_sign_off(uow, rt.notices, sign_off.id, 0, person("approver"), "ขอตัวเลขเพิ่ม")
    page = text(browser, begun.headers["Location"])
    assert "ส่งกลับโดย นางลงนาม เห็นชอบ" in page
    assert "ขอตัวเลขเพิ่ม" in page
    assert "เสนอลงนามฉบับนี้" in text(browser, REPORT)


def test_a_sign_off_is_stopped_once(with_chain: Any, finished_report: Any, enter: Any) -> None:
    browser = enter("admin")
    place = browser.press(REPORT, f"{REPORT}/sign-off").headers["Location"]
    for said in ("หยุดการลงนามแล้ว", "จบไปก่อนแล้ว"):
        answer = browser.press(DOCUMENTS, f"{place}/stop")
        assert answer.status_code == 303
        assert said in text(browser, place)
    with with_chain.store.read() as uow:
        (sign_off,) = uow.sign_offs.of_year(HERE, YEAR)
    assert (sign_off.state, bangkok_day(sign_off.ended_at)) == (SignOffState.STOPPED, bangkok_day(NOW))


def test_without_a_chain_the_report_says_what_to_do_first(office: Any, finished_report: Any, enter: Any) -> None:
    browser = enter("admin")
    assert "ยังไม่ได้กำหนดสายการลงนาม" in text(browser, REPORT)
    answer = browser.press(DOCUMENTS, f"{REPORT}/sign-off")
    assert answer.headers["Location"].endswith(REPORT)
    assert "ยังไม่ได้กำหนดสายการลงนาม" in text(browser, REPORT)
    assert browser.get("/admin/thungthong/sign-offs/none").status_code == 404


def test_every_word_of_the_chain_is_data(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert (
        save(browser, f"{DOCUMENTS}chain/add", {**STEP, "label": "<script>x</script> {{ 7 * 7 }}"}).status_code == 303
    )
    page = text(browser)
    assert "<script>x" not in page
    assert "{{ 7 * 7 }}" in page
