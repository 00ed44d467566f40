"""Chat messages come out as LINE takes them; what people wrote is never interpreted."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from bot.adapters.jinja.chat import LONGEST_TEXT, ChatRenderer, NoWords, cut, split_text
from bot.conversation.types import Choice, DatePicker, Message
from bot.domain.text import khun
from bot.simulator.validation import validate_messages

pytestmark = pytest.mark.pure

TEMPLATES = Path(__file__).parents[3] / "templates" / "chat"
RENDERER = ChatRenderer(TEMPLATES)

OUTSIDE_A_TURN: dict[str, dict[str, Any]] = {
    "reminder": {
        "person": "มาลี ใจงาม",
        "agency": "องค์การบริหารส่วนตำบลหนองดี",
        "items": [
            {"no": no, "title": "มาตรการ " * 30, "round_no": 6, "due_on": date(2024, 4, 10), "holder": holder}
            for no, holder in enumerate(["", "นางสาวปรียานุช " * 9] * 7, start=1)
        ],
        "counts": [
            {"round_no": 6, "many": 2, "total": 6, "due_on": date(2024, 4, 10), "locks_on": date(2024, 4, 30)}
            | {"what": what, "documents": ("รายงานผลรอบ ๖ เดือน " * 9,)}
            for what in ("review", "signature", "missing")
        ],
        "due_on": date(2024, 4, 10),
        "locks_on": date(2024, 4, 30),
        "is_late": True,
        "round_no": 6,
        "fiscal_year": 2567,
        "why": "รอบรายงานเปิดแล้ว",
        "word": "รายงานผล",
    },
    "quota_warning": {
        "percent": 70,
        "used": 210,
        "limit": 300,
        "left": 90,
        "planned": 120,
        "runs_out": "๒๐ มีนาคม ๒๕๖๗",
    },
    "holidays_missing": {"year": 2571},
    "report_ready": {
        "agency": "องค์การบริหารส่วนตำบลหนองดี",
        "round_text": "รอบ ๖ เดือน",
        "fiscal_year": 2567,
        "links": [
            {"label": "PDF", "url": "https://kaona.example/media/a?b=c&d=%22"},
            {"label": "ย" * 60, "url": "http://127.0.0.1/x"},
        ],
        "findings": 3,
    },
    "report_failed": {"agency": "อบต.", "round_text": "รอบ ๖ เดือน", "reason": "", "blame": "ภาพ" * 200},
    "review_request": {
        "officer": "สมชาย รักดี",
        "agency": "อบต.",
        "no": 3,
        "title": "มาตรการ",
        "status": "แล้วเสร็จ",
        "summary": "ก" * 20_000,
        "outcome": "",
        "expected_on": None,
    },
    "update_accepted": {"no": 1, "title": "มาตรการ"},
    "update_returned": {"no": 1, "title": "มาตรการ", "reason": "ขอภาพ", "by": ""},
    "update_comment": {"no": 1, "title": "มาตรการ", "text": "ก" * 20_000, "by": "สมหญิง รักดี"},
    "media_lost": {
        "no": 1,
        "title": "มาตรการ",
        "name": "",
        "is_photo": True,
        "reason": "gone",
        "megabytes": 50,
    },
}


OUTSIDE_A_TURN["reminder_along"] = OUTSIDE_A_TURN["reminder"]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", sorted(OUTSIDE_A_TURN))
def test_messages_sent_outside_a_turn_are_ones_that_line_takes(name: str, language: str) -> None:
    rendered = RENDERER.render_all([Message(name=name, values=OUTSIDE_A_TURN[name])], language)
    assert validate_messages(rendered) == []
    assert "None" not in str(rendered[0].get("text", rendered[0].get("altText")))


@pytest.mark.parametrize("written", ["{{ 7*7 }}", "{% raw %}", '"}]},', "\\", "</script>", "😀", "\u200b ", "a\nb"])
def test_what_people_write_is_never_interpreted(written: str) -> None:
    values = {**OUTSIDE_A_TURN["review_request"], "summary": written, "title": written, "officer": written}
    rendered = RENDERER.render_all([Message(name="review_request", values=values)])
    assert validate_messages(rendered) == []
    texts = [part["text"] for part in rendered[0]["contents"]["body"]["contents"] if part["type"] == "text"]
    assert texts[0] == written
    text = RENDERER.render(Message(name="update_returned", values={"no": 1, "title": "t", "reason": written, "by": ""}))
    assert written.strip() in text[0]["text"]


def test_a_value_that_a_template_lacks_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        RENDERER.render(Message(name="update_accepted", values={"no": 1}))


def test_a_message_without_words_is_an_error() -> None:
    with pytest.raises(NoWords):
        RENDERER.render(Message(name="no_such_message"))


def test_a_language_without_words_falls_back_to_thai() -> None:
    message = Message(name="update_accepted", values={"no": 1, "title": "t"})
    assert RENDERER.render(message, "fr") == RENDERER.render(message, "th")


def test_buttons_are_named_in_the_language_and_say_the_chat_word() -> None:
    message = Message(name="small_talk", choices=(Choice(label="เสร็จแล้ว", word="เสร็จแล้ว"),))
    [item] = RENDERER.render(message, "en")[-1]["quickReply"]["items"]  # type: ignore[index]
    assert item["action"] == {"type": "message", "label": "Done", "text": "เสร็จแล้ว"}


def test_our_numbers_are_thai_and_what_people_wrote_stays_as_it_is() -> None:
    rendered = RENDERER.render(Message(name="update_accepted", values={"no": 12, "title": "อบรม 35 คน"}))
    assert rendered[0]["text"] == "มาตรการที่ ๑๒ ได้รับความเห็นชอบแล้ว\nอบรม 35 คน"


def test_each_kind_of_choice_becomes_its_action() -> None:
    picker = DatePicker(initial="2024-10-01", min="2024-09-12", max="2027-09-12")
    message = Message(
        name="update_accepted",
        values={"no": 1, "title": "t"},
        choices=(
            Choice(label="งานของฉัน", word="งานของฉัน"),
            Choice(label="ใช้คำตอบเดิม", word="เสร็จแล้ว", serial=4),
            Choice(label="เลือกวันที่", serial=4, picker=picker),
            Choice(label="เปิด", url="https://kaona.example/"),
        ),
    )
    rendered = RENDERER.render_all([message])
    assert validate_messages(rendered) == []
    actions = [item["action"] for item in rendered[0]["quickReply"]["items"]]
    assert [action["type"] for action in actions] == ["message", "postback", "datetimepicker", "uri"]
    assert (actions[1]["data"], actions[1]["displayText"]) == ("1|4|เสร็จแล้ว", "เสร็จแล้ว")


def test_only_the_last_message_has_quick_replies() -> None:
    choice = (Choice(label="x", word="x"),)
    messages = [Message(name="small_talk", choices=choice), Message(name="nothing_to_review", choices=choice)]
    rendered = RENDERER.render_all(messages)
    assert ["quickReply" in line for line in rendered] == [False, True]


def test_many_messages_become_five_with_texts_made_one() -> None:
    rendered = RENDERER.render_all([Message(name="small_talk")] * 9)
    assert len(rendered) == 1
    assert rendered[0]["text"].count("ยินดี") == 9


def test_what_does_not_fit_into_five_messages_is_said_to_be_left_out() -> None:
    long = Message(name="update_returned", values={"no": 1, "title": "t", "reason": "r", "by": "ก " * 15_000})
    last = Message(name="nothing_to_review", choices=(Choice(label="x", word="x"),))
    rendered = RENDERER.render_all([long, last])
    assert len(rendered) == 5
    assert validate_messages(rendered) == []
    assert "แสดงเพียงบางส่วน" in rendered[3]["text"]
    assert "quickReply" in rendered[4]


@given(st.text(min_size=1), st.integers(min_value=5, max_value=50))
def test_long_text_is_split_without_losing_a_letter(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(0 < len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_text_is_cut_before_a_letter_never_before_its_marks() -> None:
    assert cut("ที่นี่", 3) == "…"
    assert cut("กขที่นี่", 4) == "กข…"
    assert cut("สั้น", 10) == "สั้น"
    assert [len(piece) for piece in split_text("ก" * (LONGEST_TEXT + 1))] == [LONGEST_TEXT, 1]


def test_every_template_has_words_that_stand_alone() -> None:
    names = {path.parent.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("th.*")}
    assert all((TEMPLATES / name / "th.alt.txt").exists() == (TEMPLATES / name / "th.json").exists() for name in names)


@pytest.mark.parametrize(
    ("name", "said"),
    [("มาลี ใจงาม", "คุณมาลี ใจงาม"), ("นางสาวมาลี ใจงาม", "นางสาวมาลี ใจงาม"), ("นายสมชาย ดี", "นายสมชาย ดี"), ("", "คุณ")],
)
def test_nobody_is_given_two_titles(name: str, said: str) -> None:
    assert khun(name) == said


def test_no_template_writes_khun_before_a_name_that_may_have_its_title() -> None:
    words = {path: path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("th.*")}
    assert [path for path, said in words.items() if re.search(r"คุณ *(\{\{|[\"'] *~)", said)] == []
