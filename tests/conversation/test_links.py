"""Links are found in what people write, and the rest is the caption."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.links import Found, find

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "urls", "words"),
    [
        ("https://www.a.example/x?y=1", ("https://www.a.example/x?y=1",), ""),
        ("ข่าว https://a.example/ข่าว/๑ ครับ", ("https://a.example/ข่าว/๑",), "ข่าว"),
        ("(ดู https://a.example/b).", ("https://a.example/b",), "(ดู )."),
        ("https://a.example/b_(c)", ("https://a.example/b_(c)",), ""),
        ("www.a.example/b", ("http://www.a.example/b",), ""),
        ("nongdee.go.th/news", ("http://nongdee.go.th/news",), ""),
        ("https://a.example/1\nhttps://a.example/2", ("https://a.example/1", "https://a.example/2"), ""),
        ("https://a.exampleครับ", ("https://a.example",), ""),
        ("คู่มือ https://a.example/b\nหน้า ๓ ค่ะ", ("https://a.example/b",), "คู่มือ\nหน้า ๓ ค่ะ"),
        ("ก https://a.example/1  และ https://b.example", ("https://a.example/1", "https://b.example"), "ก และ"),
        ("ส่งที่ info@nongdee.go.th", (), "ส่งที่ info@nongdee.go.th"),
        ("ภาพการอบรม ๑๕.๒.๖๗", (), "ภาพการอบรม ๑๕.๒.๖๗"),
        ("http://", (), "http://"),
    ],
)
def test_links_and_the_words_around_them(text: str, urls: tuple[str, ...], words: str) -> None:
    assert find(text) == Found(urls=urls, words=words)


@given(st.text())
def test_any_text_at_all_can_be_searched(text: str) -> None:
    assert all(url.lower().startswith(("http://", "https://")) for url in find(text).urls)
