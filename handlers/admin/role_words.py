"""The Thai words for roles, as pages show them and pasted lists name them."""

from __future__ import annotations

from bot.domain.people import Role
from bot.domain.text import match_key

ROLE_NAMES = {
    Role.OFFICER: "ผู้รายงาน",
    Role.HEAD: "หัวหน้าส่วนราชการ",
    Role.APPROVER: "ผู้ลงนาม",
    Role.ADMIN: "ผู้ดูแล",
    Role.AUDITOR: "ผู้ตรวจสอบ",
    Role.OVERSEER: "ผู้กำกับดูแล",
    Role.OPERATOR: "ผู้ดูแลระบบ",
}
ROLE_DUTIES = {
    Role.OFFICER: "รายงานผลมาตรการในแชต",
    Role.HEAD: "ตรวจรายงานของเจ้าหน้าที่ในแชต",
    Role.APPROVER: "ให้ความเห็นและลงนามในแชต",
    Role.ADMIN: "ดูแลแผน บุคลากร และรายงานของหน่วยงาน",
    Role.AUDITOR: "อ่านได้ทุกหน้า แก้ไขไม่ได้",
    Role.OVERSEER: "เห็นเฉพาะความครบถ้วน ไม่เห็นข้อความ",
}
GIVEN_HERE = tuple(ROLE_DUTIES)
"""The roles that an admin may give in their agency; operators are made on the command line."""

_WORDS = {
    **{match_key(name): role for role, name in ROLE_NAMES.items() if role in GIVEN_HERE},
    **{role.value: role for role in GIVEN_HERE},
    match_key("เจ้าหน้าที่"): Role.OFFICER,
    match_key("หัวหน้า"): Role.HEAD,
    match_key("แอดมิน"): Role.ADMIN,
}


def role_named(word: str) -> Role | None:
    """The role that a word in a list means."""
    return _WORDS.get(match_key(word))
