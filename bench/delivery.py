"""How fast real workers deliver pushes to the simulator, and whether any is doubled or lost.

Messages lie in the outbox, one a person; a real worker process (RQ, SQLite, the embedded Redis) delivers them to a
simulator in a process of its own. Five runs: the simulator takes 200 calls a second and we know it; it does and we must
find out by its refusals; no limit, beside a bare loop of LINE's SDK in as many threads, which stores nothing; workers
killed by SIGKILL at random times; and the same words for everybody, which go by multicast. After each, LINE must have
counted as many messages as there were, everybody must have heard their own, and every row must say that it was sent.
Aim: at least 80 % of 200 a second.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from bench.figure import Aim, Beside, Figure, Options, in_turn, say
from bench.office import office

RATE = 200
LIMITED, OTHERWISE = 20_000, 5_000
AIM = Aim(limit=RATE * 0.8, at_least=True)


def measure(options: Options) -> Iterable[Figure]:
    """The five runs."""
    limited, otherwise = (60, 60) if options.quick else (LIMITED, OTHERWISE)
    yield _figure(f"{limited:,} pushes, LINE takes {RATE}/s", _held(limited, knowing=True), AIM)
    yield _figure(f"{otherwise:,} pushes, LINE takes {RATE}/s unknown to us", _held(otherwise, knowing=False), AIM)
    ours, bare = in_turn(options.runs(3), lambda: _unlimited(otherwise), lambda: _bare(otherwise))
    beside = Beside(name="bare SDK loop", values=bare)
    yield Figure(name=f"delivery: {otherwise:,} pushes, no limit", unit="/s", values=ours, beside=beside)
    yield _figure(f"{otherwise:,} pushes, LINE takes {RATE}/s, workers killed", _killed(otherwise))
    yield _figure(f"{limited:,} people, the same words", _same(limited))


def _figure(name: str, rate: float, aim: Aim | None = None) -> Figure:
    _said(name, rate)
    return Figure(name=f"delivery: {name}", unit="/s", values=(rate,), aim=aim)


def _held(people: int, *, knowing: bool) -> float:
    with office(people, line_takes=RATE, we_send=RATE if knowing else 2000.0) as place:
        return people / place.deliver()


def _unlimited(people: int) -> float:
    with office(people, line_takes=100_000, we_send=100_000) as place:
        rate = people / place.deliver()
    _said("no limit", rate)
    return rate


def _bare(people: int) -> float:
    with office(people, line_takes=100_000) as place:
        rate = people / place.push_bare()
    _said("bare", rate)
    return rate


def _killed(people: int) -> float:
    with office(people, line_takes=RATE, we_send=RATE) as place:
        took, deaths = place.deliver_with_deaths()
    say(f"workers killed: {deaths}")
    return people / took


def _same(people: int) -> float:
    with office(people, text=lambda _: "แจ้งทุกคน") as place:
        return people / place.deliver()


def _said(name: str, rate: float) -> None:
    say(f"{name}: {rate:.0f}/s, load average {os.getloadavg()[0]:.1f}")
