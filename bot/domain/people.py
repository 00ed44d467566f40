"""People, the roles they hold in agencies, and the codes by which they join."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.text import arabic_digits

PersonId = NewType("PersonId", str)
ChatId = NewType("ChatId", str)
InviteId = NewType("InviteId", str)

CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits without look-alikes (no 0 O 1 I L)."""
CODE_LENGTH = 8
CODE_LIFE = timedelta(days=30)
WRONG_CODES_PER_HOUR = 10


class Role(StrEnum):
    """What a person may do in an agency."""

    OFFICER = "officer"
    HEAD = "head"
    APPROVER = "approver"
    ADMIN = "admin"
    AUDITOR = "auditor"
    OVERSEER = "overseer"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who talks to the bot or will; `language` is th or en."""

    id: PersonId
    name: str
    language: str = "th"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One role of one person in one agency; an operator's has no agency."""

    person_id: PersonId
    role: Role
    agency_id: AgencyId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A living or spent invitation; the code itself is kept only as a keyed hash.

    Attributes:
        created_by: who issued it; None for the command line.
    """

    id: InviteId
    agency_id: AgencyId | None
    role: Role
    person_id: PersonId
    name: str
    fiscal_year: FiscalYear | None
    measure_ids: tuple[str, ...]
    expires_at: datetime
    used_at: datetime | None = None
    created_by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser in which somebody is signed in.

    Attributes:
        key: the keyed hash of what the browser shows; it signs nobody in.
        device: browser and system, in a few words.
        seen_at: when it was used, to the nearest ten minutes or so.
    """

    key: str
    person_id: PersonId
    started_at: datetime
    expires_at: datetime
    seen_at: datetime
    device: str = ""


def normal_code(text: str) -> str | None:
    """The code that a message is, case, blanks and dashes ignored; None when it cannot be one."""
    code = re.sub(r"[\s\-–—]", "", arabic_digits(text)).upper()
    if len(code) == CODE_LENGTH and all(letter in CODE_ALPHABET for letter in code):
        return code
    return None
