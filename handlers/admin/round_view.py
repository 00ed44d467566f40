"""A round of an agency as the overview draws it: pure, from the loaded year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext

from bot.domain.people import PersonId
from bot.domain.rounds import Round, RoundNo, last_closed, next_to_open, open_rounds
from bot.domain.updates import Review, Update
from bot.domain.years import AgencyYear, MeasureYear
from handlers.thai import day, digits


class Standing(StrEnum):
    """Where a measure stands in a round; the value is its CSS class."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    PARTIAL = "partial"
    RETURNED = "returned"
    MISSING = "missing"

    @property
    def thai(self) -> str:
        """The word on the page."""
        return str(_STANDINGS[self][0])

    @property
    def sign(self) -> str:
        """A sign that says the same without colour."""
        return _STANDINGS[self][1]


_STANDINGS = {
    Standing.ACCEPTED: (lazy_gettext("รายงานแล้ว"), "✓"),
    Standing.PENDING: (lazy_gettext("รอตรวจ"), "◷"),
    Standing.PARTIAL: (lazy_gettext("รายงานบางส่วน"), "◐"),
    Standing.RETURNED: (lazy_gettext("ส่งกลับแก้ไข"), "↩"),
    Standing.MISSING: (lazy_gettext("ยังไม่รายงาน"), "–"),
}
REVIEWS = {
    Review.PENDING: lazy_gettext("รอตรวจ"),
    Review.ACCEPTED: lazy_gettext("เห็นชอบแล้ว"),
    Review.RETURNED: lazy_gettext("ส่งกลับแก้ไข"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One reporter's part of a measure; no update means that it is still missing.

    Attributes:
        reports: they report on the measure now; false for a predecessor's part and for an imported one.
    """

    name: str
    joined: bool
    update: Update | None
    person_id: PersonId
    reports: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure in the round."""

    no: int
    title: str
    section: str | None
    standing: Standing
    parts: tuple[Part, ...]

    @property
    def parts_in(self) -> int:
        """How many parts are reported and were not sent back."""
        return sum(part.update is not None and part.update.review is not Review.RETURNED for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """All measures of a round."""

    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        """How many measures there are."""
        return len(self.rows)

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many measures stand where, in the order of drawing."""
        counted = Counter(row.standing for row in self.rows)
        return {standing: counted[standing] for standing in Standing}

    @property
    def reported(self) -> int:
        """How many measures have every part in."""
        return sum(row.standing in (Standing.ACCEPTED, Standing.PENDING) for row in self.rows)

    @property
    def percent(self) -> int:
        """The share of reported measures; never 100 while one is missing."""
        return self.reported * 100 // self.total if self.total else 0


def round_view(year: AgencyYear, no: RoundNo) -> RoundView:
    """The rows of a round, by measure number."""
    return RoundView(rows=tuple(_row(each, no) for each in year.measures))


def parts_of(each: MeasureYear, no: RoundNo) -> tuple[Part, ...]:
    """Every reporter's part, then those of people who no longer report on it or were imported."""
    by_person = {update.person_id: update for update in each.updates.get(no, ())}
    assigned = [
        Part(name=o.name, joined=o.joined, update=by_person.pop(o.person_id, None), person_id=o.person_id)
        for o in each.officers
    ]
    others = [
        Part(
            name=each.authors.get(person_id) or str(_("นำเข้าจากเอกสาร")),
            joined=True,
            update=update,
            person_id=person_id,
            reports=False,
        )
        for person_id, update in by_person.items()
    ]
    return (*assigned, *others)


def standing_of(each: MeasureYear, no: RoundNo) -> Standing:
    """Where the measure stands."""
    reviews = {update.review for update in each.updates.get(no, ())}
    if each.is_reported(no):
        return Standing.PENDING if Review.PENDING in reviews else Standing.ACCEPTED
    if Review.RETURNED in reviews:
        return Standing.RETURNED
    return Standing.PARTIAL if reviews else Standing.MISSING


def _row(each: MeasureYear, no: RoundNo) -> Row:
    measure = each.measure
    return Row(
        no=measure.no,
        title=measure.title,
        section=measure.section,
        standing=standing_of(each, no),
        parts=parts_of(each, no),
    )


def shown_round(rounds: Sequence[Round], today: date) -> Round | None:
    """The round to show first: the live one, else the one that closed last, else the next."""
    live = open_rounds(rounds, today)
    return live[0] if live else last_closed(rounds, today) or next_to_open(rounds, today)


def when(round_: Round, today: date) -> str:
    """Where the round is in time, in a sentence."""
    opens, due, locks = (day(each) for each in (round_.opens_on, round_.due_on, round_.locks_on))
    if today < round_.opens_on:
        return str(_("จะเปิดให้รายงานวันที่ %(opens)s ครบกำหนดวันที่ %(due)s", opens=opens, due=due))
    if today > round_.locks_on:
        return str(_("ปิดรอบแล้วเมื่อวันที่ %(locks)s", locks=locks))
    left = (round_.due_on - today).days
    if left > 0:
        return str(_("กำลังเปิดให้รายงาน ครบกำหนดวันที่ %(due)s (อีก %(days)s วัน)", due=due, days=digits(left)))
    if left == 0:
        return str(_("กำลังเปิดให้รายงาน ครบกำหนดวันนี้"))
    return str(_("เลยกำหนดมาแล้ว %(days)s วัน ยังรับรายงานถึงวันที่ %(locks)s", days=digits(-left), locks=locks))
