"""The mark of what draws reports: the same while nothing of it changes, another when a template or font does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.render import mark


@pytest.fixture(autouse=True)
def _fresh() -> None:
    mark.renderer_mark.cache_clear()


def test_the_mark_stays_the_same(tmp_path: Path) -> None:
    first = mark.renderer_mark(tmp_path)
    mark.renderer_mark.cache_clear()
    assert mark.renderer_mark(tmp_path) == first
    assert len(first) == 64


def test_the_mark_covers_the_shipped_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = mark.renderer_mark(tmp_path)
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "document.typ").write_text("#set page()")
    monkeypatch.setattr(mark, "_DRAWN_BY", (folder,))
    monkeypatch.setattr(mark, "ROOT", tmp_path)
    mark.renderer_mark.cache_clear()
    first = mark.renderer_mark(tmp_path / "fonts")
    (folder / "document.typ").write_text("#set page(height: 1cm)")
    mark.renderer_mark.cache_clear()
    assert len({before, first, mark.renderer_mark(tmp_path / "fonts")}) == 3


def test_an_agencys_own_font_is_another_look(tmp_path: Path) -> None:
    before = mark.renderer_mark(tmp_path)
    (tmp_path / "THSarabunNew.ttf").write_bytes(b"font")
    mark.renderer_mark.cache_clear()
    assert mark.renderer_mark(tmp_path) != before
