"""Buttons travel packed; whatever did not come from us is not unpacked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.choices import DATA_LIMIT, DataTooLong, Tap, pack, unpack
from bot.conversation.types import Choice

pytestmark = pytest.mark.pure


@given(
    st.text(max_size=200).filter(lambda text: len(text.encode("utf-16-le")) <= 500), st.none() | st.integers(0, 10**9)
)
def test_what_is_packed_comes_back(word: str, serial: int | None) -> None:
    assert unpack(pack(Choice(label="x", word=word, serial=serial))) == Tap(word=word, serial=serial)


@pytest.mark.parametrize(
    "data", ["", "1", "1|2", "2|3|x", "1|-3|x", "1|๓|x", "1| 3|x", "1|9999999999999|x", "x" * 301, "{}"]
)
def test_anything_else_is_not_unpacked(data: str) -> None:
    assert unpack(data) is None


def test_data_that_line_would_refuse_is_a_mistake_of_ours() -> None:
    with pytest.raises(DataTooLong):
        pack(Choice(label="x", word="ก" * DATA_LIMIT))


@given(st.text())
def test_any_data_at_all_can_be_unpacked(data: str) -> None:
    unpack(data)
