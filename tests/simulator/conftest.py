"""Fixtures of the simulator's tests."""

from collections.abc import Iterator

import pytest

from tests.simulator.harness import Line, platform


@pytest.fixture
def line() -> Iterator[Line]:
    with platform() as running:
        yield running
