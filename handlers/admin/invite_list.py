"""Reads a pasted list of people to invite: a line each with the name, then role and measures if they differ; pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _  # type: ignore[import-untyped]

from bot.domain.people import Role
from bot.domain.text import arabic_digits, match_key
from bot.services.invite_person import LONGEST_NAME, Wanted
from handlers.admin.role_words import ROLE_NAMES, role_named
from handlers.thai import digits

MOST_PEOPLE = 100

_SEPARATORS = re.compile(r"[\t,;|]")
_NUMBERING = re.compile(r"^\s*[0-9๐-๙]{1,3}\s*[.)]\s*")
_RANGE = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")
_ALL = {match_key(word) for word in ("ทั้งหมด", "ทุกมาตรการ", "ทุกข้อ", "all")}


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteList:
    """What was read; with any mistake nothing is to be done."""

    wanted: tuple[Wanted, ...]
    mistakes: tuple[str, ...]


def read_list(text: str, role: Role, measures: str, known: Collection[int]) -> InviteList:
    """The people of a list.

    Args:
        text: as pasted.
        role: for lines that name none.
        measures: for officers whose lines name none; may be empty.
        known: the numbers of the plan's measures.
    """
    wanted: list[Wanted] = []
    mistakes: list[str] = []
    lines = [(no, line) for no, line in enumerate(text.splitlines(), 1) if line.strip(" \t,;|")]
    for no, line in lines[:MOST_PEOPLE]:
        try:
            each = _person(line, role, measures, known)
        except ValueError as problem:
            mistakes.append(_("บรรทัดที่ %(no)s: %(problem)s", no=digits(no), problem=digits(problem)))
            continue
        if any((each.name, each.role) == (other.name, other.role) for other in wanted):
            mistakes.append(_("บรรทัดที่ %(no)s: “%(name)s” ซ้ำกับบรรทัดก่อนหน้า", no=digits(no), name=digits(each.name)))
        wanted.append(each)
    if len(lines) > MOST_PEOPLE:
        mistakes.append(_("เชิญได้ครั้งละไม่เกิน %(most)s คน", most=digits(MOST_PEOPLE)))
    if not lines:
        mistakes.append(_("กรุณาเขียนชื่ออย่างน้อยหนึ่งคน"))
    return InviteList(wanted=tuple(wanted), mistakes=tuple(mistakes))


def _person(line: str, role: Role, measures: str, known: Collection[int]) -> Wanted:
    name, *rest = [part.strip() for part in _SEPARATORS.split(_NUMBERING.sub("", line))]
    name = " ".join(name.split())
    if not name:
        raise ValueError(_("ไม่มีชื่อ"))
    if len(name) > LONGEST_NAME:
        raise ValueError(_("ชื่อยาวเกินไป"))
    roles = [found for part in rest if (found := role_named(part))]
    if len(set(roles)) > 1:
        raise ValueError(_("มีหลายบทบาท กรุณาแยกเป็นคนละบรรทัด"))
    meant = roles[0] if roles else role
    own = _numbers([part for part in rest if part and not role_named(part)], known)
    if own and meant is not Role.OFFICER:
        raise ValueError(_("%(role)sไม่ได้รายงานมาตรการ จึงไม่ต้องใส่เลขมาตรการ", role=ROLE_NAMES[meant]))
    given = own or (_numbers(_SEPARATORS.split(measures), known) if meant is Role.OFFICER else None)
    return Wanted(name=name, role=meant, measures=given)


def _numbers(parts: list[str], known: Collection[int]) -> str | None:
    """Numbers and ranges as "1,3,4", or "all"; None when there are none."""
    found: set[int] = set()
    for part in filter(str.strip, parts):
        if match_key(part) in _ALL:
            return "all"
        numbers = _RANGE.fullmatch(arabic_digits(part.strip()))
        if numbers is None:
            raise ValueError(_("ไม่เข้าใจ “%(words)s”", words=part.strip()))
        found |= set(range(int(numbers[1]), int(numbers[2] or numbers[1]) + 1))
    missing = sorted(found - set(known))
    if missing:
        raise ValueError(_("ไม่มีมาตรการที่ %(numbers)s ในแผน", numbers=", ".join(map(str, missing))))
    return ",".join(map(str, sorted(found))) or None
