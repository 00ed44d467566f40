"""The furnished office, on both databases."""

from __future__ import annotations

import pytest

from bot.ports.store import Store
from tests.contracts.office import furnish


@pytest.fixture
def office(store: Store) -> Store:
    """A store with the small office in it."""
    furnish(store)
    return store
