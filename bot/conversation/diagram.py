"""`docs/conversation.md`, drawn from the flow's table: `python -m bot.conversation.diagram` (make diagram)."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType

from bot.conversation import questions
from bot.conversation.flows.progress_update import FIRST, LAST, SECOND, TABLE, Row
from bot.conversation.questions.registry import QUESTIONS
from bot.conversation.words import Word
from bot.domain.updates import Status

TARGET = Path(__file__).resolve().parents[2] / "docs" / "conversation.md"

_NAMES = {
    "measure": "มาตรการใด",
    "status": "สถานะ",
    "summary": "สรุปผลการดำเนินการ",
    "output": "ผลผลิต",
    "outcome": "ผลลัพธ์/ความสำเร็จ",
    "evidence": "หลักฐาน",
    "obstacles": "ปัญหา อุปสรรค และข้อเสนอแนะ",
    "reason": "เหตุผล",
    "expected_on": "คาดว่าจะเริ่มเมื่อใด",
    "preview": "ตรวจทานก่อนส่ง",
}

_INTRODUCTION = """# The conversation

Drawn from the table in `bot/conversation/flows/progress_update.py` by `make diagram`; do not edit by hand.

`bot.conversation.engine.advance(state, event, facts) -> Step` decides every turn and touches nothing: the state is a
position with references, facts are loaded before, and what is to be done comes back as effects. A text is, in this
order, a word of the live question, a living invite code, a chat word, or (part of) the answer being given.
"""

_RULES = """## What holds in every question

- `ย้อนกลับ` asks the question before with the old answer shown and one tap to keep it. An unfinished correction is
  given up and the accepted answer stays; an unfinished first answer is kept.
- `แก้ไข` chooses an answer by its heading and comes back to where it was said. Outside a draft it begins a correction
  of the update last sent back, else last submitted; the old one stays in force until `ยืนยัน`.
- `พักไว้` keeps the draft, `รายงานผล` goes on with it; `ยกเลิก` drops it after asking; `ช่วยเหลือ` says what can be
  said here, now.
- Long text with the headings fills several answers at once, and what is filled is not asked again.
- A photo, file or video is kept as evidence wherever the draft is; voice and places only where evidence is asked.
- `จัดหลักฐาน`, where there is evidence, lists the pieces; each can be seen again, captioned anew, moved or taken out.
- Photos sent at once share the caption that follows. `ข้าม` on a half-typed answer warns once, then skips it.
- Buttons of a question carry its serial: an old one gets a kind sentence and the live question once more.
- `ใช้ข้อความรอบก่อน` starts an answer from the 6-month text; at the status it takes over the whole update and shows
  the preview.
- A slip in a chat word is understood where nothing can be lost (“เข้าใจว่า รายงานผล”), else offered as the first button.
  Inside an answer it stays text, and one tap (`คือ เสร็จแล้ว`) takes it out and does the word. English words
  (`report`, `my work`, `skip`, `back`, `done` …) are understood; inside an answer by that tap.
- Text whose ำ or marks a PDF broke is kept as it came; `ใช้ข้อความที่ปรับแล้ว` takes its mended form.
- Before the preview, at most one message of gentle advice (`bot/conversation/advice/`, one rule a file): it quotes the
  words that it is about, and each is one tap, or its heading typed, from being mended. It blocks nothing and is not
  said twice of the same text.
- `งานของฉัน` shows up to twelve measures as cards, those still to report first: state, due day, who else reports.
- The preview of a correction shows what was sent before beneath each answer that changes.
- A new status asks what is now missing. Where obstacles turn into a reason, or back, the text is asked about again.
"""


def document() -> str:
    """The page as it has to be."""
    parts = [_INTRODUCTION, _chart(), _table(), _RULES, _words(), _questions()]
    return "\n".join(parts)


def _chart() -> str:
    lines = ["## An update", "", "```mermaid", "flowchart TD"]
    lines += [f'  {FIRST}(["{_NAMES[FIRST]}"]) --> {SECOND}{{"{_NAMES[SECOND]}"}}']
    for status, rows in TABLE.items():
        lines += _path(status, rows)
    lines += [f'  {LAST}["{_NAMES[LAST]}"] -- "{Word.CONFIRM}" --> submitted(["ส่งแล้ว"])', "```", ""]
    return "\n".join(lines)


def _path(status: Status, rows: tuple[Row, ...]) -> list[str]:
    """A status as its own branch: the same question may be optional in one and not in another."""
    lines: list[str] = []
    before, label = SECOND, f' -- "{status.thai}"'
    for row in rows:
        node = f"{status.value}_{row.question}"
        lines.append(f'  {before}{label} --> {node}["{_NAMES[row.question]}{_mark(row)}"]')
        before, label = node, ""
    return [*lines, f"  {before} --> {LAST}"]


def _mark(row: Row) -> str:
    marks = (["ข้ามได้"] if row.optional else []) + (["เฉพาะตารางที่มีคอลัมน์นี้"] if row.needs_output else [])
    return f" ({', '.join(marks)})" if marks else ""


def _table() -> str:
    lines = ["| status | asked, in this order | may be skipped |", "| --- | --- | --- |"]
    for status, rows in TABLE.items():
        asked = " → ".join(f"`{row.question}`" + (" *" if row.needs_output else "") for row in rows)
        skipped = ", ".join(f"`{row.question}`" for row in rows if row.optional) or "–"
        lines.append(f"| `{status.value}` {status.thai} | {asked} | {skipped} |")
    return "\n".join([*lines, "", "\\* only when the agency's table has that column", ""])


def _words() -> str:
    said = " · ".join(f"`{word.value}`" for word in Word)
    return f"## Chat words\n\n{said}\n"


def _questions() -> str:
    lines = ["## Questions", "", "One file each under `bot/conversation/questions/`.", "", "| question | says | asks |"]
    lines.append("| --- | --- | --- |")
    for key, question in QUESTIONS.items():
        lines.append(f"| `{key}` | `templates/chat/{question.template}/` | {_purpose(key)} |")
    return "\n".join([*lines, ""])


def _purpose(key: str) -> str:
    module: ModuleType = getattr(questions, key)
    return (inspect.getdoc(module) or "").split("\n")[0]


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
