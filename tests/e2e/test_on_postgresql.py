"""The same processes on PostgreSQL: a chat, a photo, a kill, a report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.demo_world import DemoWorld
from tests.e2e.reading import Compiled
from tests.e2e.test_evidence import photo
from tests.e2e.town import Town


@pytest.fixture
def on_postgresql(tmp_path: Path, postgres_url: str) -> Iterator[Town]:
    """A demo whose system of record is a PostgreSQL server."""

    class World(DemoWorld):
        def environment(self) -> dict[str, str]:
            return super().environment() | {"DATABASE_URL": postgres_url}

    notes: list[str] = []
    with World.started(tmp_path / "data", None, notes.append) as world:
        town = Town(world)
        yield town
        world.runtime.store.close()


def test_the_whole_path(on_postgresql: Town, tmp_path: Path) -> None:
    town, sample = on_postgresql, on_postgresql.world.sample
    assert sample is not None
    assert not (town.world.data_dir / "kaona.db").exists()
    user = town.asked_for_summary("ผู้ใช้ พอสต์เกรส")
    town.line.send_text(user, "ก่อนถูกตัด")
    town.kill("worker")
    town.says(user, "หลังถูกตัด", "เสร็จแล้ว", "ได้ผลดี", "เสร็จแล้ว")
    town.line.send_files(user, [("a.jpg", photo())])
    town.settle()
    town.says(user, "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    assert town.part_of("ผู้ใช้ พอสต์เกรส")["summary"] == "ก่อนถูกตัด\nหลังถูกตัด"
    year = ("--agency", sample.agency_id, "--fiscal-year", sample.fiscal_year)
    compiled = Compiled.of(town.bot("compile", *year, "--round", 12, "--out", tmp_path / "out").lines)
    exported = town.export(sample.agency_id, sample.fiscal_year)["measures"][0]
    assert compiled.json["measures"][0]["rounds"]["12"] == exported["rounds"]["12"]
    assert "หลังถูกตัด" in compiled.docx_rows()[0][4]
