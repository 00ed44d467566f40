"""A sentence for everything that is written down; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.domain.calendar import thai_date
from bot.domain.people import Role
from bot.domain.text import thai_digits
from bot.ports.records import LogEntry
from bot.services.logbook import Action
from handlers.admin.role_words import ROLE_NAMES
from handlers.admin.rule_words import rule_name

PROGRAM = "ระบบ (คำสั่งหรือทำเอง)"
"""Who did it, where nobody was signed in."""

TITLES = {
    Action.PLAN_IMPORTED: "นำเข้าแผน",
    Action.MEASURE_EDITED: "แก้ไขมาตรการ",
    Action.MEASURE_ADDED: "เพิ่มมาตรการ",
    Action.MEASURE_MOVED: "ย้ายลำดับมาตรการ",
    Action.MEASURE_REMOVED: "ลบมาตรการ",
    Action.PLAN_COPIED: "คัดลอกแผน",
    Action.OFFICERS_ASSIGNED: "กำหนดผู้รายงาน",
    Action.OFFICERS_REMOVED: "ถอนผู้รายงาน",
    Action.INVITED: "เชิญเข้าร่วม",
    Action.INVITE_REVOKED: "ยกเลิกรหัส",
    Action.JOINED: "เข้าร่วมด้วยรหัส",
    Action.JOIN_APPROVED: "อนุมัติคำขอเข้าร่วม",
    Action.JOIN_DENIED: "ไม่อนุมัติคำขอเข้าร่วม",
    Action.SIGNED_IN: "เข้าสู่หน้าเว็บ",
    Action.SESSION_ENDED: "ให้ออกจากหน้าเว็บ",
    Action.ROLE_GIVEN: "ให้บทบาท",
    Action.ROLE_ENDED: "ให้พ้นจากบทบาท",
    Action.PERSON_EDITED: "แก้ไขข้อมูลบุคคล",
    Action.LEAVE_SET: "กำหนดวันลา",
    Action.DIVISIONS_CHANGED: "เปลี่ยนส่วนราชการ",
    Action.HANDOVER_OFFERED: "ขอโอนงาน",
    Action.HANDOVER_ENDED: "การขอโอนงานสิ้นสุด",
    Action.HANDED_OVER: "โอนงาน",
    Action.ACTING_STARTED: "ให้รักษาราชการแทน",
    Action.ACTING_ENDED: "สิ้นสุดการรักษาราชการแทน",
    Action.AGENCY_EDITED: "แก้ไขข้อมูลหน่วยงาน",
    Action.SETTINGS_CHANGED: "เปลี่ยนวิธีทำงาน",
    Action.ROUND_SET: "กำหนดวันของรอบ",
    Action.UPDATE_ENTERED: "บันทึกรายงานแทน",
    Action.UPDATE_ACCEPTED: "เห็นชอบรายงาน",
    Action.UPDATE_RETURNED: "ส่งกลับรายงาน",
    Action.REOPENED: "เปิดให้แก้ไขหลังปิดรอบ",
    Action.REOPENING_DENIED: "ไม่เปิดให้แก้ไขหลังปิดรอบ",
    Action.RESULTS_KEPT: "บันทึกคะแนน ITA",
    Action.REPORT_ASKED: "ออกรายงาน",
    Action.SIGN_OFF_STARTED: "เสนอลงนาม",
    Action.STEP_SIGNED: "ให้ความเห็นและลงนาม",
    Action.SIGN_OFF_RETURNED: "ส่งรายงานกลับ",
    Action.SIGN_OFF_STOPPED: "หยุดการลงนาม",
    Action.CHAIN_EDITED: "แก้ไขสายการลงนาม",
    Action.DOCUMENTS_EDITED: "แก้ไขข้อความในเอกสาร",
    Action.REPORT_CANCELLED: "ยกเลิกการออกรายงาน",
    Action.STYLE_CHANGED: "เปลี่ยนแบบตาราง",
    Action.PUBLICATION_SAVED: "บันทึกการเผยแพร่",
    Action.PUBLICATION_REMOVED: "ลบบันทึกการเผยแพร่",
    Action.ACCESS_GIVEN: "ออกโทเคน API",
    Action.ACCESS_TAKEN: "ยกเลิกโทเคน API",
    Action.WEBHOOK_MADE: "เพิ่มเว็บฮุก",
    Action.WEBHOOK_ENDED: "ยกเลิกเว็บฮุก",
    Action.TEMPLATE_ADDED: "เพิ่มแม่แบบ Word",
    Action.TEMPLATE_USED: "ใช้แม่แบบ Word",
    Action.TEMPLATE_TAKEN_AWAY: "เลิกใช้แม่แบบ Word",
    Action.RULES_CHANGED: "เปลี่ยนกติกาการเตือน",
    Action.DAY_OFF_ADDED: "เพิ่มวันหยุด",
    Action.DAY_OFF_REMOVED: "ลบวันหยุด",
    Action.FEED_MADE: "ออกลิงก์ปฏิทิน",
    Action.FEED_REVOKED: "ยกเลิกลิงก์ปฏิทิน",
    Action.MESSAGE_RESENT: "ส่งข้อความอีกครั้ง",
    Action.EVENT_RETRIED: "อ่านข้อความอีกครั้ง",
    Action.GROUP_LINKED: "เชื่อมกลุ่มไลน์",
    Action.GROUP_LEFT: "ออกจากกลุ่มไลน์",
}

_FIELDS = {
    "title": "ชื่อมาตรการ", "section": "หัวข้อ", "indicator": "ตัวชี้วัด", "approach": "แนวทาง", "steps": "ขั้นตอน",
    "responsible": "ผู้รับผิดชอบ", "monitoring": "การกำกับติดตาม", "period_text": "ระยะเวลา", "period_start": "วันเริ่ม",
    "period_end": "วันสิ้นสุด", "name": "ชื่อ", "kind": "ประเภท", "subdistrict": "ตำบล", "district": "อำเภอ",
    "province": "จังหวัด", "address": "ที่อยู่", "website": "เว็บไซต์", "doc_code": "รหัสหนังสือ",
    "language": "ภาษา", "divisions": "ส่วนราชการ",
    "preface": "คำนำ", "parts": "ส่วนของเล่มรวม", "emblem": "ตรา", "memo": "บันทึกข้อความ",
    "review_by_admin": "ผู้ดูแลตรวจก่อน", "asks_output": "ถามผลผลิต", "thai_digits": "เลขไทยในเอกสาร",
}  # fmt: skip

_KINDS: dict[str, str] = {"progress": "รายงานผล", "plan": "แผนมาตรการ", "outcome": "ผลผลิตและผลลัพธ์", "annex": "ภาคผนวก"}

Details = Mapping[str, Any]


def title_of(action: str) -> str:
    """What was done, in two or three words; an action of a newer program as its code."""
    return TITLES[Action(action)] if action in {each.value for each in Action} else action


def who_did(entry: LogEntry) -> str:
    """Their name on that day."""
    return entry.name or PROGRAM


def sentence(entry: LogEntry) -> str:
    """What it was about."""
    say = _SENTENCES.get(entry.action, _plainly)
    return thai_digits(say(entry.details))


def _plainly(details: Details) -> str:
    return " · ".join(f"{key}: {value}" for key, value in details.items())


def _names(names: list[str], most: int = 5) -> str:
    more = f" และอีก {len(names) - most} คน" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _fields(codes: list[str]) -> str:
    return ", ".join(_FIELDS.get(code, code) for code in codes)


def _imported(d: Details) -> str:
    removed = f" · นำออก {d['removed']}" if d["removed"] else ""
    results = f" · ผลการดำเนินการ {d['results']}" if d["results"] else ""
    return f"แผนปี {d['year']}: เพิ่ม {d['added']} · ปรับ {d['changed']}{removed}{results}"


def _officers(d: Details) -> str:
    return f"{_names(d['people'])} · มาตรการที่ {', '.join(map(str, d['numbers']))} ปี {d['year']}"


def _invited(d: Details) -> str:
    pairs = [f"{name} ({_role(role)})" for name, role in zip(d["people"], d["roles"], strict=True)]
    return _names(pairs)


def _settings(d: Details) -> str:
    return ", ".join(f"{_FIELDS.get(code, code)}: {'เปิด' if code in d['on'] else 'ปิด'}" for code in d["fields"])


def _round(d: Details) -> str:
    return f"รอบ {d['round']} เดือน ปี {d['year']}: เปิด {d['opens']} ครบกำหนด {d['due']} ปิด {d['locks']}"


def _update(d: Details) -> str:
    return f"มาตรการที่ {d['no']} รอบ {d['round']} เดือน ปี {d['year']} ของ {d['person']}"


def _version(d: Details) -> str:
    return f"รอบ {d['round']} เดือน ปี {d['year']} รหัสฉบับ {d['code']}"


def _documents(d: Details) -> str:
    of_round = f" รอบ {d['round']} เดือน ปี {d['year']}" if "round" in d else ""
    return f"{_fields(d['fields'])}{of_round}"


def _report(d: Details) -> str:
    return f"รอบ {d['round']} เดือน ปี {d['year']}{' (ร่าง)' if d['draft'] else ''}"


def _acting(d: Details) -> str:
    first, last = (thai_date(date.fromisoformat(d[key])) for key in ("first", "last"))
    return f"{d['person']} แทน {d['holder']} ตั้งแต่ {first} ถึง {last}"


def _leave(d: Details) -> str:
    if not d["first"]:
        return f"{d['person']}: ไม่มีวันลา"
    first, last = (thai_date(date.fromisoformat(d[key])) for key in ("first", "last"))
    return f"{d['person']}: {first} ถึง {last}"


_DIVISION_WORDS = {"added": "เพิ่ม", "renamed": "เปลี่ยนชื่อ", "removed": "นำออก", "people": "จัดคน", "measures": "จัดมาตรการ"}


def _divisions(d: Details) -> str:
    return f"{_DIVISION_WORDS.get(d['what'], d['what'])} {d['name']}"


def _handover(d: Details) -> str:
    return f"จาก {d['person']} ให้ {d['taker']} · มาตรการที่ {', '.join(map(str, d['numbers']))}"


def _day(text: str) -> str:
    return thai_date(date.fromisoformat(text))


def _rules(d: Details) -> str:
    return ", ".join(f"{rule_name(key)}: {'ปิด' if key in d['off'] else 'เปิดหรือเลื่อน'}" for key in d["rules"])


def _role(code: str) -> str:
    return ROLE_NAMES[Role(code)]


_SENTENCES: Mapping[str, Callable[[Details], str]] = {
    Action.PLAN_IMPORTED: _imported,
    Action.MEASURE_EDITED: lambda d: f"มาตรการที่ {d['no']} ปี {d['year']}: {_fields(d['fields'])}",
    Action.MEASURE_ADDED: lambda d: f"มาตรการที่ {d['no']} ปี {d['year']}",
    Action.MEASURE_MOVED: lambda d: f"จากที่ {d['old']} เป็นที่ {d['no']} ปี {d['year']}",
    Action.MEASURE_REMOVED: lambda d: f"มาตรการที่ {d['no']} ปี {d['year']} “{d['title']}” · รายงาน {d['updates']} ฉบับ",
    Action.PLAN_COPIED: lambda d: f"{d['count']} มาตรการ จากปี {d['from_year']} เป็นปี {d['year']}",
    Action.OFFICERS_ASSIGNED: _officers,
    Action.OFFICERS_REMOVED: _officers,
    Action.INVITED: _invited,
    Action.INVITE_REVOKED: lambda d: f"{d['person']} ({_role(d['role'])})",
    Action.JOINED: lambda d: _role(d["role"]),
    Action.JOIN_APPROVED: lambda d: d["person"],
    Action.JOIN_DENIED: lambda d: d["person"],
    Action.SIGNED_IN: lambda d: d["device"],
    Action.SESSION_ENDED: lambda d: d["person"],
    Action.ROLE_GIVEN: lambda d: f"{d['person']} ({_role(d['role'])})",
    Action.ROLE_ENDED: lambda d: f"{d['person']} ({_role(d['role'])})",
    Action.PERSON_EDITED: lambda d: f"{d['person']}: {_fields(d['fields'])}",
    Action.LEAVE_SET: _leave,
    Action.DIVISIONS_CHANGED: _divisions,
    Action.HANDOVER_OFFERED: _handover,
    Action.HANDOVER_ENDED: _handover,
    Action.HANDED_OVER: _handover,
    Action.ACTING_STARTED: _acting,
    Action.ACTING_ENDED: _acting,
    Action.AGENCY_EDITED: lambda d: _fields(d["fields"]),
    Action.SETTINGS_CHANGED: _settings,
    Action.ROUND_SET: _round,
    Action.UPDATE_ENTERED: _update,
    Action.UPDATE_ACCEPTED: _update,
    Action.UPDATE_RETURNED: _update,
    Action.REOPENED: _update,
    Action.REOPENING_DENIED: _update,
    Action.RESULTS_KEPT: lambda d: f"ปี {d['year']}",
    Action.REPORT_ASKED: _report,
    Action.REPORT_CANCELLED: _report,
    Action.STYLE_CHANGED: lambda d: f"แบบ {d['name']}",
    Action.PUBLICATION_SAVED: lambda d: f"ITA ปี {d['year']} {d['item']}",
    Action.PUBLICATION_REMOVED: lambda d: f"ITA ปี {d['year']} {d['item']}",
    Action.SIGN_OFF_STARTED: _version,
    Action.STEP_SIGNED: lambda d: f"{d['step']} · {_version(d)}",
    Action.SIGN_OFF_RETURNED: _version,
    Action.SIGN_OFF_STOPPED: _version,
    Action.CHAIN_EDITED: lambda d: f"{d['steps']} ขั้น",
    Action.DOCUMENTS_EDITED: _documents,
    Action.ACCESS_GIVEN: lambda d: f"{d['name']} ({', '.join(d['scopes'])})",
    Action.ACCESS_TAKEN: lambda d: str(d["name"]),
    Action.WEBHOOK_MADE: lambda d: str(d["host"]),
    Action.WEBHOOK_ENDED: lambda d: str(d["host"]),
    Action.TEMPLATE_ADDED: lambda d: f"{_KINDS.get(d['kind'], d['kind'])}: {d['name']}",
    Action.TEMPLATE_USED: lambda d: f"{_KINDS.get(d['kind'], d['kind'])}: {d['name']}",
    Action.TEMPLATE_TAKEN_AWAY: lambda d: str(_KINDS.get(d["kind"], d["kind"])),
    Action.RULES_CHANGED: _rules,
    Action.DAY_OFF_ADDED: lambda d: f"{_day(d['day'])} {d['name']}{' (วันทำงาน)' if d['works'] else ''}",
    Action.DAY_OFF_REMOVED: lambda d: f"{_day(d['day'])} {d['name']}",
    Action.FEED_MADE: lambda d: str(d["person"] or "ของหน่วยงาน"),
    Action.FEED_REVOKED: lambda d: str(d["person"] or "ของหน่วยงาน"),
    Action.MESSAGE_RESENT: lambda d: f"ชนิด {d['kind']}",
    Action.EVENT_RETRIED: lambda d: f"รหัส {d['event']}",
    Action.GROUP_LINKED: lambda _: "กลุ่มเห็นเพียงจำนวนมาตรการที่รายงานแล้ว",
    Action.GROUP_LEFT: lambda _: "กลุ่มไม่ได้รับข้อความจากระบบอีก",
}
