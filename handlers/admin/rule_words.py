"""What the rules of reminding are called on the pages, and to whom each speaks."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext

from bot.domain.reminder_rules import BY_KEY, EVERY_RULE, Audience, From, Rule
from handlers.thai import digits

AUDIENCES: Mapping[Audience, object] = {
    Audience.OFFICER: lazy_gettext("ผู้รายงานที่ยังมีมาตรการค้าง"),
    Audience.HEAD: lazy_gettext("หัวหน้าส่วนราชการ (เป็นจำนวน)"),
    Audience.ADMIN: lazy_gettext("ผู้ดูแล (เป็นจำนวน)"),
    Audience.EXECUTIVE: lazy_gettext("ผู้บริหารที่ลงนาม (เป็นจำนวน)"),
    Audience.REVIEWER: lazy_gettext("ผู้ตรวจรายงาน"),
    Audience.SIGNER: lazy_gettext("ผู้ที่เอกสารรอลงนาม"),
    Audience.GROUP: lazy_gettext("กลุ่มไลน์ของหน่วยงาน (เป็นจำนวน)"),
}


def rule_name(key: str) -> str:
    """A rule of the program, or one of a newer program by its key."""
    if key == EVERY_RULE:
        return str(_("การเตือนทั้งหมด"))
    rule = BY_KEY.get(key)
    return name_of(rule) if rule else key


def name_of(rule: Rule) -> str:
    """When the rule speaks, as it holds by default or in an agency."""
    days = digits(abs(rule.days))
    match rule.since:
        case From.OPENING:
            return str(_("รอบเปิด") if rule.days == 0 else _("%(days)s วันหลังรอบเปิด", days=days))
        case From.DUE if rule.days == 0:
            return str(_("วันครบกำหนด"))
        case From.DUE if rule.days < 0:
            return str(_("%(days)s วันก่อนครบกำหนด", days=days))
        case From.DUE:
            return str(_("%(days)s วันหลังครบกำหนด", days=days))
        case From.LOCK:
            return str(_("%(days)s วันก่อนปิดรับ", days=days))
        case From.RETURN:
            return str(_("%(days)s วันทำการหลังส่งกลับให้แก้", days=days))
        case From.SUBMISSION:
            return str(_("%(days)s วันทำการหลังส่งรอตรวจ", days=days))
        case From.SIGN_OFF:
            return str(_("%(days)s วันทำการหลังเสนอให้ลงนาม", days=days))
        case From.WEEK:
            return str(_("สัปดาห์ละครั้ง ระหว่างรอบเปิด"))
