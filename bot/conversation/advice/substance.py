"""A finished measure told without a number, a day or anybody who gained by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.conversation.advice.matter import Advice, Matter
from bot.domain.updates import Status

_DIGIT = re.compile("[0-9๐-๙]")
_SOMEBODY = re.compile(
    "ประชาชน|ประชากร|ชุมชน|ครัวเรือน|หมู่บ้าน|ผู้|บุคลากร|เจ้าหน้าที่|พนักงาน|ข้าราชการ|ลูกจ้าง|สมาชิก|นักเรียน|เด็ก|เยาวชน|เกษตรกร"
    "|ราษฎร|ชาวบ้าน|หน่วยงาน|องค์กร|อปท|อบต|เทศบาล|คน|ราย|public|people|officer|staff",
    re.IGNORECASE,
)


def find(matter: Matter) -> Iterator[Advice]:
    """One piece of advice for each that is missing."""
    texts = dict(matter.texts())
    if matter.update.status is not Status.DONE or "summary" not in texts:
        return
    everything = "\n".join(texts.values())
    if not _DIGIT.search(everything):
        yield Advice(code="no_number", question="summary", words=texts["summary"])
    if not _SOMEBODY.search(everything):
        question = "outcome" if "outcome" in texts else "summary"
        yield Advice(code="no_beneficiary", question=question, words=texts[question])
