"""The Thai words for roles, as pages show them and pasted lists name them."""

from __future__ import annotations

from flask_babel import lazy_gettext  # type: ignore[import-untyped]

from bot.domain.people import Role
from bot.domain.text import match_key

ROLE_NAMES = {
    Role.OFFICER: lazy_gettext("ผู้รายงาน"),
    Role.HEAD: lazy_gettext("หัวหน้าส่วนราชการ"),
    Role.APPROVER: lazy_gettext("ผู้ลงนาม"),
    Role.ADMIN: lazy_gettext("ผู้ดูแล"),
    Role.AUDITOR: lazy_gettext("ผู้ตรวจสอบ"),
    Role.OVERSEER: lazy_gettext("ผู้กำกับดูแล"),
    Role.OPERATOR: lazy_gettext("ผู้ดูแลระบบ"),
}
ROLE_DUTIES = {
    Role.OFFICER: lazy_gettext("รายงานผลมาตรการในแชต"),
    Role.HEAD: lazy_gettext("ตรวจรายงานของเจ้าหน้าที่ในแชต"),
    Role.APPROVER: lazy_gettext("ให้ความเห็นและลงนามในแชต"),
    Role.ADMIN: lazy_gettext("ดูแลแผน บุคลากร และรายงานของหน่วยงาน"),
    Role.AUDITOR: lazy_gettext("อ่านได้ทุกหน้า แก้ไขไม่ได้"),
    Role.OVERSEER: lazy_gettext("เห็นเฉพาะความครบถ้วน ไม่เห็นข้อความ"),
}
GIVEN_HERE = tuple(ROLE_DUTIES)
"""The roles that an admin may give in their agency; operators are made on the command line."""

_WORDS = {
    **{match_key(str(name)): role for role, name in ROLE_NAMES.items() if role in GIVEN_HERE},
    **{role.value: role for role in GIVEN_HERE},
    match_key("เจ้าหน้าที่"): Role.OFFICER,
    match_key("หัวหน้า"): Role.HEAD,
    match_key("แอดมิน"): Role.ADMIN,
}


def role_named(word: str) -> Role | None:
    """The role that a word in a list means."""
    return _WORDS.get(match_key(word))
