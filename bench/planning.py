"""How long planning the reminders of a whole country takes, in one process, and how much memory.

A country of 8,304 agencies with 10 measures and 8 people each (5 report, two measures each; a head, an admin and an
approver), 7 days before the round is due, nothing reported and nothing said yet: the costliest day. Three sizes show
that the cost grows with the people. Planning is the pure function; loading from the database is not in it.
Aims: under 60 s and 1 GB for 8,304 agencies. There is nothing to compare it with.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from itertools import count

from bench.figure import Aim, Figure, Options, say, seconds
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.digests import Digest, Recipient
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.reminders import due_reminders
from bot.domain.rounds import Round, RoundNo, default_round
from bot.domain.workdays import PUBLIC
from bot.domain.years import AgencyYear, MeasureYear, Officer

COUNTRY = 8_304
MEASURES, REPORTERS = 10, 5
YEAR = FiscalYear(2567)
NOW = datetime(2024, 4, 3, 9, 0, tzinfo=BANGKOK)
OTHERS = (Role.HEAD, Role.ADMIN, Role.APPROVER)
TIME, MEMORY = Aim(limit=60), Aim(limit=1024)


def measure(options: Options) -> Iterable[Figure]:
    """Three sizes, each in a process of its own, so that memory is its own too."""
    sizes = (20, 40) if options.quick else (COUNTRY // 4, COUNTRY // 2, COUNTRY)
    for size in sizes:
        command = [sys.executable, "-m", "bench.planning", str(size)]
        runs = [
            tuple(map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()))
            for _ in range(options.runs(3))
        ]
        people = size * (REPORTERS + len(OTHERS))
        say(f"{size:,} agencies, {people:,} people: {runs}")
        name = f"planning: {size:,} agencies, {people:,} people"
        yield Figure(name=f"{name}, time", unit="s", values=tuple(run[0] for run in runs), aim=TIME)
        yield Figure(name=f"{name}, memory", unit="MB", values=tuple(run[1] for run in runs), aim=MEMORY)


def plan(agencies: int) -> tuple[float, list[Digest]]:
    """Seconds for one plan of a country of that size, and the plan."""
    rounds: list[Round] = []
    people: dict[AgencyId, list[Recipient]] = {}
    years: dict[tuple[AgencyId, FiscalYear], AgencyYear] = {}
    numbers = count()
    for place in range(agencies):
        agency = Agency(id=AgencyId(f"agency-{place}"), name=f"อบต.ตัวอย่าง {place}")
        everybody = [_person(agency, next(numbers), Role.OFFICER) for _ in range(REPORTERS)]
        everybody += [_person(agency, next(numbers), role) for role in OTHERS]
        rounds.append(default_round(agency.id, YEAR, RoundNo.SIX))
        people[agency.id] = everybody
        years[agency.id, YEAR] = AgencyYear(
            agency=agency, fiscal_year=YEAR, measures=tuple(_measure(agency, no, everybody) for no in range(MEASURES))
        )
    gc.collect()
    gc.freeze()  # what was built is not planning; the collector need not look at it over and over
    found: list[Digest] = []
    took = seconds(lambda: found.extend(due_reminders({}, rounds, people, years, lambda _: PUBLIC, {}, NOW)))
    if len(found) != agencies * REPORTERS:
        raise RuntimeError(f"{len(found)} digests for {agencies} agencies")
    return took, found


def _person(agency: Agency, number: int, role: Role) -> Recipient:
    return Recipient(
        person_id=PersonId(f"person-{number}"),
        name=f"คนที่ {number}",
        roles=frozenset({role}),
        chat_id=ChatId(f"chat-{number}"),
    )


def _measure(agency: Agency, no: int, people: list[Recipient]) -> MeasureYear:
    reporter = people[no % REPORTERS]
    plan_row = Measure(
        id=MeasureId(f"{agency.id}-{no}"), agency_id=agency.id, fiscal_year=YEAR, no=no + 1, title=f"มาตรการที่ {no + 1}"
    )
    return MeasureYear(measure=plan_row, officers=(Officer(person_id=reporter.person_id, name=reporter.name),))


def main() -> None:
    """One size: seconds and the process's largest memory in MB."""
    took, _ = plan(int(sys.argv[1]))
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(took, largest)


if __name__ == "__main__":
    main()
