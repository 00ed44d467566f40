"""A fiscal year of one agency, whole: the plan with who reports on what and what they submitted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.domain.acting import acting_name
from bot.domain.agencies import Agency
from bot.domain.calendar import FiscalYear
from bot.domain.divisions import Divisions
from bot.domain.people import PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Review, Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A reporter of a measure; `joined` is false until the invite code was used."""

    person_id: PersonId
    name: str
    joined: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureYear:
    """A measure with its reporters in settled order and their updates in force (stage submitted) by round.

    `updates[round]` is ordered as `officers`; updates of people who no longer report on it, and updates
    imported from a finished report, come last. `authors` names every update's person,
    and who acted for them.
    """

    measure: Measure
    officers: tuple[Officer, ...] = ()
    updates: Mapping[RoundNo, tuple[Update, ...]] = field(default_factory=dict)
    authors: Mapping[PersonId, str] = field(default_factory=dict)

    def author(self, update: Update) -> str:
        """The name under which an update stands: the officer's, or that of who acted, with whose post it was."""
        named = {officer.person_id: officer.name for officer in self.officers}
        name = self.authors.get(update.person_id) or named.get(update.person_id, "")
        acting = self.authors.get(update.acted_by, "") if update.acted_by else ""
        return acting_name(acting, name) if acting else name

    def missing_officers(self, round_no: RoundNo) -> tuple[Officer, ...]:
        """The reporters whose part is not in, or was sent back.

        Nobody is missing where somebody else's update covers the measure: a predecessor's, or an imported one.
        """
        good = {u.person_id for u in self.updates.get(round_no, ()) if u.review is not Review.RETURNED}
        if good - {officer.person_id for officer in self.officers}:
            return ()
        return tuple(officer for officer in self.officers if officer.person_id not in good)

    def is_reported(self, round_no: RoundNo) -> bool:
        """Whether every reporter's part is in; a measure with no reporter needs any update at all."""
        if self.officers:
            return not self.missing_officers(round_no)
        return any(u.review is not Review.RETURNED for u in self.updates.get(round_no, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyYear:
    """Everything that the year's export and reports are made from."""

    agency: Agency
    fiscal_year: FiscalYear
    measures: tuple[MeasureYear, ...] = ()
    divisions: Divisions = field(default_factory=Divisions)


def in_place_of(
    year: AgencyYear, no: RoundNo, person_id: PersonId, holders: Collection[PersonId]
) -> dict[MeasureId, str]:
    """Whose missing part somebody who acts for `holders` does, by measure; their own parts are left out."""
    found: dict[MeasureId, str] = {}
    for each in year.measures if holders else ():
        missing = {officer.person_id: officer.name for officer in each.missing_officers(no)}
        names = [missing[holder] for holder in holders if holder in missing]
        if names and person_id not in missing:
            found[each.measure.id] = names[0]
    return found
