"""Names, files, queues and processes of background jobs agree."""

from __future__ import annotations

import importlib
import inspect
from collections import Counter
from pathlib import Path

from bot import jobs
from bot.adapters.redis_.queue import TIMEOUTS, function_of
from workers.children import CHAT, DELIVERIES, MEDIA, REPORTS
from workers.runtime import WorkerRuntime

ROOT = Path(__file__).resolve().parents[2]
CHILDREN = (CHAT, DELIVERIES, MEDIA, REPORTS)


def test_every_job_name_has_a_file_a_queue_and_a_time_limit() -> None:
    named = {value for name, value in vars(jobs).items() if name.isupper() and isinstance(value, str)}
    files = {path.stem for path in (ROOT / "workers" / "jobs").glob("*.py")} - {"__init__"}
    assert named == files == set(jobs.QUEUES) == set(TIMEOUTS)


def test_the_queue_finds_each_jobs_function() -> None:
    for job in jobs.QUEUES:
        module, name = function_of(job).rsplit(".", 1)
        run = getattr(importlib.import_module(module), name)
        assert len(inspect.signature(run).parameters) == 1


def test_every_queue_is_served_by_one_kind_of_child() -> None:
    served = Counter(queue for child in CHILDREN for queue in child.queues)
    assert served == Counter(set(jobs.QUEUES.values()))
    assert {job for child in CHILDREN for job in child.jobs} == set(jobs.QUEUES)


def test_jobs_wait_behind_their_own_kind_only() -> None:
    assert len(set(jobs.QUEUES.values())) == len(jobs.QUEUES)


def test_the_runtime_promises_what_each_job_calls() -> None:
    for method in ("take_turn", "deliver", "fetch_media", "compile_report", "note_quota", "link_menus", "post_webhook"):
        assert callable(getattr(WorkerRuntime, method))


def test_each_line_of_the_procfile_is_a_plain_command_of_ours() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    assert lines == [f"{name}: python -m bot {name}" for name in ("web", "worker", "clock")]
