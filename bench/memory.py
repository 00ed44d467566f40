"""What the whole demo holds in memory when it is idle.

The demo is started with its sample agency, left alone for ten seconds, and then the proportional set size (PSS) of
every process that belongs to it is added up: web, worker, clock, simulator, their children, the demo itself and its
embedded Redis server. PSS counts a page that several processes share once. Aim: less than 450 MB in all.
Only Linux tells it (/proc/<pid>/smaps_rollup). There is nothing to compare it with; the list says who holds what.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from bench.figure import Aim, Figure, Options, say
from bench.running_demo import running_demo, temporary_folder

AIM = Aim(limit=450)
SETTLE = 10.0
MB = 1_000_000


def measure(options: Options) -> Iterable[Figure]:
    """Add up the memory of a real demo, several times while it is idle."""
    if not Path("/proc/self/smaps_rollup").exists():
        say("memory: this system does not tell the PSS of a process")
        return
    with temporary_folder() as folder, running_demo(folder / "demo") as demo:
        say("waiting until the demo is idle")
        time.sleep(0 if options.quick else SETTLE)
        samples = []
        for _ in range(options.runs(5)):
            time.sleep(0 if options.quick else 1)
            samples.append(_memory(demo.pid, demo.data_dir))
    totals = tuple(sum(sample.values()) for sample in samples)
    yield Figure(name="memory: whole demo, idle", unit="MB", values=totals, aim=AIM)
    for name in samples[-1]:
        yield Figure(name=f"memory: · {name}", unit="MB", values=tuple(s[name] for s in samples if name in s))


def _memory(demo: int, data_dir: Path) -> dict[str, float]:
    """Each process's PSS in MB by what it is, children numbered in the order of their birth."""
    parents = _parents()
    found: dict[str, float] = {}
    for pid in [demo, *_below(demo, parents)]:
        _add(found, _name(pid, is_child=parents.get(pid) not in (demo, None) and pid != demo), pid)
    _add(found, "embedded Redis", int((data_dir / "redis" / "redis.pid").read_text()))
    return found


def _add(found: dict[str, float], name: str, pid: int) -> None:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (OSError, ProcessLookupError):
        return  # it has ended meanwhile
    number = sum(1 for known in found if known.startswith(name))
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    found[f"{name} {number + 1}" if name.endswith("child") else name] = kilobytes * 1024 / MB


def _name(pid: int, *, is_child: bool) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except (OSError, ProcessLookupError):
        return "ended"  # meanwhile; _add leaves it out
    command = words[words.index("bot") + 1] if "bot" in words else words[0]
    return f"{command}'s child" if is_child else command


def _parents() -> dict[int, int]:
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = status.read_text()
        except OSError:
            continue
        found[int(status.parent.name)] = int(told.rpartition(")")[2].split()[1])
    return found


def _below(pid: int, parents: dict[int, int]) -> list[int]:
    children = sorted(child for child, parent in parents.items() if parent == pid)
    return [each for child in children for each in (child, *_below(child, parents))]
