"""Running demos: one that everybody shares, and one that is treated roughly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.town import Town, town


@pytest.fixture(scope="session")
def _town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("town")) as running:
        yield running


@pytest.fixture
def calm(_town: Town) -> Town:
    """The shared demo, with nothing going on and no trouble ordered."""
    _town.line.clear_faults()
    _town.settle()
    return _town


@pytest.fixture(scope="module")
def _rough(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("rough")) as running:
        yield running


@pytest.fixture
def rough(_rough: Town) -> Iterator[Town]:
    """A module's own demo, for killing its processes and for trouble with LINE."""
    yield _rough
    _rough.line.clear_faults()
    _rough.line.settings(redelivery=False, duplicates=False)
    _rough.settle()
