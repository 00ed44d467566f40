"""A sentence for everything that is written down; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext

from bot.domain.people import Role
from bot.ports.records import LogEntry
from bot.services.logbook import Action
from handlers.admin.log_titles import DIVISION_WORDS, FIELDS, KINDS, TITLES
from handlers.admin.role_words import ROLE_NAMES
from handlers.admin.rule_words import rule_name
from handlers.thai import day, digits

PROGRAM = lazy_gettext("ระบบ (คำสั่งหรือทำเอง)")
"""Who did it, where nobody was signed in."""

Details = Mapping[str, Any]


def title_of(action: str) -> str:
    """What was done, in two or three words; an action of a newer program as its code."""
    return str(TITLES[Action(action)]) if action in {each.value for each in Action} else action


def who_did(entry: LogEntry) -> str:
    """Their name on that day."""
    return entry.name or str(PROGRAM)


def sentence(entry: LogEntry) -> str:
    """What it was about."""
    say = _SENTENCES.get(entry.action, _plainly)
    return digits(say(entry.details))


def _plainly(details: Details) -> str:
    return " · ".join(f"{key}: {value}" for key, value in details.items())


def _names(names: list[str], most: int = 5) -> str:
    shown = ", ".join(names[:most])
    if len(names) <= most:
        return shown
    return str(_("%(names)s และอีก %(count)s คน", names=shown, count=len(names) - most))


def _fields(codes: list[str]) -> str:
    return ", ".join(str(FIELDS.get(code, code)) for code in codes)


def _imported(d: Details) -> str:
    said = [_("เพิ่ม %(count)s", count=d["added"]), _("ปรับ %(count)s", count=d["changed"])]
    said += [_("นำออก %(count)s", count=d["removed"])] if d["removed"] else []
    said += [_("ผลการดำเนินการ %(count)s", count=d["results"])] if d["results"] else []
    return str(_("แผนปี %(year)s: %(parts)s", year=d["year"], parts=" · ".join(said)))


def _officers(d: Details) -> str:
    return f"{_names(d['people'])} · {_measures(d)} {_year(d)}"


def _invited(d: Details) -> str:
    pairs = [f"{name} ({_role(role)})" for name, role in zip(d["people"], d["roles"], strict=True)]
    return _names(pairs)


def _settings(d: Details) -> str:
    on, off = _("เปิด"), _("ปิด")
    return ", ".join(f"{FIELDS.get(code, code)}: {on if code in d['on'] else off}" for code in d["fields"])


def _round(d: Details) -> str:
    days = {key: d[key] for key in ("opens", "due", "locks")}
    return f"{_of_round(d)}: {_('เปิด %(opens)s ครบกำหนด %(due)s ปิด %(locks)s', **days)}"


def _update(d: Details) -> str:
    return f"{_measure(d)} {_of_round(d)} {_('ของ %(name)s', name=d['person'])}"


def _version(d: Details) -> str:
    return f"{_of_round(d)} {_('รหัสฉบับ %(code)s', code=d['code'])}"


def _documents(d: Details) -> str:
    return f"{_fields(d['fields'])} {_of_round(d)}" if "round" in d else _fields(d["fields"])


def _report(d: Details) -> str:
    return f"{_of_round(d)} ({_('ร่าง')})" if d["draft"] else _of_round(d)


def _acting(d: Details) -> str:
    names = {key: d[key] for key in ("person", "holder")}
    days = {key: _day(d[key]) for key in ("first", "last")}
    return str(_("%(person)s แทน %(holder)s ตั้งแต่ %(first)s ถึง %(last)s", **names, **days))


def _leave(d: Details) -> str:
    if not d["first"]:
        return f"{d['person']}: {_('ไม่มีวันลา')}"
    days = {key: _day(d[key]) for key in ("first", "last")}
    return f"{d['person']}: {_('%(first)s ถึง %(last)s', **days)}"


def _divisions(d: Details) -> str:
    return f"{DIVISION_WORDS.get(d['what'], d['what'])} {d['name']}"


def _handover(d: Details) -> str:
    said = _("จาก %(person)s ให้ %(taker)s", person=d["person"], taker=d["taker"])
    return f"{said} · {_measures(d)}"


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _rules(d: Details) -> str:
    off, on = _("ปิด"), _("เปิดหรือเลื่อน")
    return ", ".join(f"{rule_name(key)}: {off if key in d['off'] else on}" for key in d["rules"])


def _role(code: str) -> str:
    return str(ROLE_NAMES[Role(code)])


def _year(d: Details) -> str:
    return str(_("ปี %(year)s", year=d["year"]))


def _measure(d: Details) -> str:
    return str(_("มาตรการที่ %(no)s", no=d["no"]))


def _measures(d: Details) -> str:
    return str(_("มาตรการที่ %(no)s", no=", ".join(map(str, d["numbers"]))))


def _of_round(d: Details) -> str:
    return str(_("รอบ %(no)s เดือน ปี %(year)s", no=d["round"], year=d["year"]))


def _moved(d: Details) -> str:
    return f"{_('จากที่ %(old)s เป็นที่ %(no)s', old=d['old'], no=d['no'])} {_year(d)}"


def _removed(d: Details) -> str:
    return f"{_measure(d)} {_year(d)} “{d['title']}” · {_('รายงาน %(count)s ฉบับ', count=d['updates'])}"


def _copied(d: Details) -> str:
    said = {"count": d["count"], "source": d["from_year"], "year": d["year"]}
    return str(_("%(count)s มาตรการ จากปี %(source)s เป็นปี %(year)s", **said))


def _day_off(d: Details) -> str:
    return f"{_day(d['day'])} {d['name']}" + (f" ({_('วันทำงาน')})" if d["works"] else "")


def _whose(d: Details) -> str:
    return str(d["person"] or _("ของหน่วยงาน"))


_SENTENCES: Mapping[str, Callable[[Details], str]] = {
    Action.PLAN_IMPORTED: _imported,
    Action.MEASURE_EDITED: lambda d: f"{_measure(d)} {_year(d)}: {_fields(d['fields'])}",
    Action.MEASURE_ADDED: lambda d: f"{_measure(d)} {_year(d)}",
    Action.MEASURE_MOVED: _moved,
    Action.MEASURE_REMOVED: _removed,
    Action.PLAN_COPIED: _copied,
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
    Action.UPDATE_COMMENTED: _update,
    Action.REOPENED: _update,
    Action.REOPENING_DENIED: _update,
    Action.RESULTS_KEPT: _year,
    Action.REPORT_ASKED: _report,
    Action.REPORT_CANCELLED: _report,
    Action.STYLE_CHANGED: lambda d: str(_("แบบ %(name)s", name=d["name"])),
    Action.PUBLICATION_SAVED: lambda d: f"ITA {_year(d)} {d['item']}",
    Action.PUBLICATION_REMOVED: lambda d: f"ITA {_year(d)} {d['item']}",
    Action.SIGN_OFF_STARTED: _version,
    Action.STEP_SIGNED: lambda d: f"{d['step']} · {_version(d)}",
    Action.SIGN_OFF_RETURNED: _version,
    Action.SIGN_OFF_STOPPED: _version,
    Action.CHAIN_EDITED: lambda d: str(_("%(count)s ขั้น", count=d["steps"])),
    Action.DOCUMENTS_EDITED: _documents,
    Action.ACCESS_GIVEN: lambda d: f"{d['name']} ({', '.join(d['scopes'])})",
    Action.ACCESS_TAKEN: lambda d: str(d["name"]),
    Action.WEBHOOK_MADE: lambda d: str(d["host"]),
    Action.WEBHOOK_ENDED: lambda d: str(d["host"]),
    Action.TEMPLATE_ADDED: lambda d: f"{KINDS.get(d['kind'], d['kind'])}: {d['name']}",
    Action.TEMPLATE_USED: lambda d: f"{KINDS.get(d['kind'], d['kind'])}: {d['name']}",
    Action.TEMPLATE_TAKEN_AWAY: lambda d: str(KINDS.get(d["kind"], d["kind"])),
    Action.RULES_CHANGED: _rules,
    Action.DAY_OFF_ADDED: _day_off,
    Action.DAY_OFF_REMOVED: lambda d: f"{_day(d['day'])} {d['name']}",
    Action.FEED_MADE: _whose,
    Action.FEED_REVOKED: _whose,
    Action.MESSAGE_RESENT: lambda d: str(_("ชนิด %(kind)s", kind=d["kind"])),
    Action.EVENT_RETRIED: lambda d: str(_("รหัส %(code)s", code=d["event"])),
    Action.GROUP_LINKED: lambda d: str(_("กลุ่มเห็นเพียงจำนวนมาตรการที่รายงานแล้ว")),
    Action.GROUP_LEFT: lambda d: str(_("กลุ่มไม่ได้รับข้อความจากระบบอีก")),
}
